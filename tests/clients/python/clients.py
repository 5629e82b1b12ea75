"""Python's clients of the API, each reading every customer of a quarter to the last one.

Arguments: the server's address and a token. Prints, for each client, its name, the customers it read and their revenue.
"""

import base64
import csv
import io
import json
import sys
from decimal import Decimal
from urllib.parse import urlencode

import openpyxl
import requests
from gql import Client, gql
from gql.transport.requests import RequestsHTTPTransport
from sgqlc.endpoint.http import HTTPEndpoint
from sqlalchemy import create_engine, text

ADDRESS, TOKEN = sys.argv[1:3]
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ROWS = """query($offset: Int, $limit: Int) {
  customerRows(quarter: "2026-Q1", offset: $offset, limit: $limit) { code typeCode revenue revenueDecimal }
}"""


def told(name, rows):
    """One line a client: codes are counted once each."""
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows), f"{name} read a customer twice"
    print(name, len(codes), sum(Decimal(str(row["revenueDecimal"])) for row in rows))


def by_offset(ask, limit):
    rows = []
    while page := ask({"offset": len(rows), "limit": limit})["customerRows"]:
        rows += page
    return rows


def by_gql():
    transport = RequestsHTTPTransport(url=f"{ADDRESS}/graphql", headers=BEARER)
    client = Client(transport=transport, fetch_schema_from_transport=True)
    query = """query($after: String) { customers(first: 5000, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { code quarters(quarter: "2026-Q1") { revenueDecimal } } } }"""
    nodes, after = [], None
    while True:
        page = client.execute(gql(query), variable_values={"after": after})["customers"]
        nodes += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert page["totalCount"] == len(nodes)
    told("gql", [{"code": one["code"], **one["quarters"][0]} for one in nodes])


def by_sgqlc():
    endpoint = HTTPEndpoint(f"{ADDRESS}/graphql", BEARER)

    def ask(variables):
        answer = endpoint(ROWS, variables)
        assert "errors" not in answer, answer
        return answer["data"]

    told("sgqlc", by_offset(ask, 7000))
    wrong = endpoint("{ nothing }")
    assert wrong["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED", wrong


def by_superset():
    host = ADDRESS.removeprefix("http://")
    engine = create_engine(f"graphql://:{TOKEN}@{host}/graphql?is_https=0")
    rows = []
    with engine.connect() as connection:
        for offset in (0, 10000):
            table = f"customerRows?is_connection=0&arg_quarter=2026-Q1&iarg_limit=10000&iarg_offset={offset}"
            select = text(f'SELECT code, typeCode, revenue, revenueDecimal, quarterStart FROM "{table}"')
            rows += connection.execute(select).mappings().all()
        types = connection.execute(text('SELECT typeCode, customers, share FROM "loyaltyRows?is_connection=0"')).all()
        assert sum(row.customers or 0 for row in types) >= len(rows)
    told("superset", rows)


def by_power_query():
    """As Web.Contents asks: GET, Basic with the token as password, JSON; and the CSV of a saved query."""
    basic = base64.b64encode(f"any:{TOKEN}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "Accept": "application/json"}

    def ask(variables):
        query = urlencode({"query": ROWS, "variables": json.dumps(variables)})
        answer = requests.get(f"{ADDRESS}/graphql?{query}", headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"].startswith("application/json")
        return answer.json()["data"]

    told("power-query", by_offset(ask, 10000))
    assert requests.get(f"{ADDRESS}/graphql?query={{nothing}}", headers=headers).status_code == 400
    file = requests.get(f"{ADDRESS}/q/customers.csv?quarter=2026-Q1&bom=1", headers=headers)
    assert file.content.startswith(b"\xef\xbb\xbf")
    told("excel-csv", list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))))
    assert requests.head(f"{ADDRESS}/q/quarters.json", headers=headers).headers["Content-Type"].startswith("application/json")


def by_infinity():
    """As Grafana's Infinity asks; its status decides."""
    headers = {**BEARER, "Accept": "application/json;q=0.9,text/plain"}

    def ask(variables):
        answer = requests.post(f"{ADDRESS}/graphql", json={"query": ROWS, "variables": variables}, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    told("infinity", by_offset(ask, 10000))
    wrong = requests.post(f"{ADDRESS}/graphql", json={"query": "{"}, headers=headers)
    assert wrong.status_code == 400 and "errors" in wrong.json()


def by_workbook():
    file = requests.get(f"{ADDRESS}/q/customers.xlsx?quarter=2026-Q1", headers=BEARER)
    book = openpyxl.load_workbook(io.BytesIO(file.content), read_only=True)
    header, *rows = book["customerRows"].iter_rows(values_only=True)
    rows = [dict(zip(header, row)) for row in rows]
    assert rows[0]["quarterStart"].year == 2026 and isinstance(rows[0]["revenue"], (int, float))
    told("openpyxl", rows)


for client in (by_gql, by_sgqlc, by_superset, by_power_query, by_infinity, by_workbook):
    client()
