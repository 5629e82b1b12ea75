// JavaScript's clients of the API, each reading every customer of a quarter to the last one.
//
// Arguments: the server's address and a token. Prints, for each client, its name, the customers it read and their
// revenue in cents; then what the GraphQL-over-HTTP audits found.
import { createHash } from "node:crypto";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { serverAudits } from "graphql-http";
import { GraphQLClient } from "graphql-request";

const [address, token] = process.argv.slice(2);
const url = `${address}/graphql`;
const headers = { Authorization: `Bearer ${token}` };
const rowsText = `query Rows($offset: Int, $limit: Int) {
  customerRows(quarter: "2026-Q1", offset: $offset, limit: $limit) { code revenueDecimal }
}`;

const told = (name, rows) => {
  const codes = new Set(rows.map((row) => row.code));
  if (codes.size !== rows.length) throw new Error(`${name} read a customer twice`);
  const cents = rows.reduce((sum, row) => sum + Math.round(Number(row.revenueDecimal) * 100), 0);
  console.log(name, rows.length, cents / 100);
};

const byOffset = async (ask) => {
  const rows = [];
  for (;;) {
    const page = (await ask({ offset: rows.length, limit: 5000 })).customerRows;
    rows.push(...page);
    if (page.length === 0) return rows;
  }
};

const apollo = new ApolloClient({ link: new HttpLink({ uri: url, headers }), cache: new InMemoryCache() });
const query = gql(rowsText);
told("apollo", await byOffset(async (variables) => (await apollo.query({ query, variables })).data));

// every document once with its text, and then by its hash alone
let texts = 0;
const counting = (to, init) => {
  if (JSON.parse(init.body).query) texts += 1;
  return fetch(to, init);
};
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const byHash = new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri: url, headers, fetch: counting }));
const persisting = new ApolloClient({ link: byHash, cache: new InMemoryCache() });
told("apollo-by-hash", await byOffset(async (variables) => (await persisting.query({ query, variables })).data));
if (texts !== 1) throw new Error(`the text was sent ${texts} times`);

const urql = new Client({ url, exchanges: [cacheExchange, fetchExchange], fetchOptions: { headers }, preferGetMethod: false });
told("urql", await byOffset(async (variables) => {
  const { data, error } = await urql.query(rowsText, variables).toPromise();
  if (error) throw error;
  return data;
}));

const request = new GraphQLClient(url, { headers });
told("graphql-request", await byOffset((variables) => request.request(rowsText, variables)));
const refused = await request.request("{ nothing }").catch((error) => error);
if (refused.response?.errors?.[0]?.extensions?.code !== "GRAPHQL_VALIDATION_FAILED") throw refused;

let failed = 0;
for (const audit of serverAudits({ url, fetchFn: (to, init) => fetch(to, { ...init, headers: { ...init?.headers, ...headers } }) })) {
  const result = await audit.fn();
  if (result.status === "error") {
    failed += 1;
    console.log("audit failed:", audit.name, result.reason);
  } else if (result.status !== "ok") {
    console.log("audit", result.status + ":", audit.name, result.reason);
  }
}
console.log("audits failed", failed);
