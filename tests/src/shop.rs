//! A shop of a handful of customers, written by hand: small enough to see every number in it.

use std::path::PathBuf;

use crate::World;

/// The mapping of the shop; tests add to it or change it.
pub const MAPPING: &str = r#"
source = "shop"
currency = "CNY"

[files]
customers = "customers.csv"
answers = "answers.csv"
orders = "orders.csv"

[[dimension]]
rows = [{ code = "region", name = "Region 地区" }]
[[segment]]
rows = [{ dimension = "region", code = "east", name = "East 华东" }]

[[customer]]
file = "customers"
select = "SELECT _line, code, name, region AS \"segment.region\" FROM customers"

[[survey]]
rows = [{ code = "pulse" }]
[[question]]
rows = [
  { survey = "pulse", code = "overall", construct = "satisfaction", measure = "overall", low = 1, high = 10, missing = [98, 99] },
  { survey = "pulse", code = "again", measure = "repurchase", low = 1, high = 10 },
  { survey = "pulse", code = "recommend", measure = "recommend", low = 0, high = 10 },
]

[[response]]
file = "answers"
select = "SELECT _line, code, customer, at, overall, again, recommend FROM answers"

[[purchase]]
file = "orders"
select = "SELECT _line, code, customer, at, amount, cost, quantity FROM orders"
"#;

/// Forty customers, half of them in the east.
#[must_use]
pub fn customers() -> String {
    let row = |number: u32| {
        format!("C{number:02},客户 {number},{}\n", if number.is_multiple_of(2) { "east" } else { "west" })
    };
    format!("code,name,region\n{}", (1..=40).map(row).collect::<String>())
}

/// One response of each customer on 15 February 2026: overall and again run through 1…10, recommend through 0…10.
#[must_use]
pub fn answers() -> String {
    let row = |number: u32| {
        let score = (number - 1) % 10 + 1;
        format!("R{number:02},C{number:02},2026-02-15 10:00:00,{score},{score},{}\n", number % 11)
    };
    format!("code,customer,at,overall,again,recommend\n{}", (1..=40).map(row).collect::<String>())
}

/// Two orders of each of the first twenty customers, in January and in March 2026.
#[must_use]
pub fn orders() -> String {
    let row = |number: u32| {
        format!(
            "O{number:02}a,C{number:02},2026-01-10,{number}0.50,{number}.25,1\n\
             O{number:02}b,C{number:02},2026-03-10,100.00,90.00,2\n"
        )
    };
    format!("code,customer,at,amount,cost,quantity\n{}", (1..=20).map(row).collect::<String>())
}

/// Corrects the answers of all customers, differently each time.
pub fn correct(world: &World, round: usize) {
    let row = |number: usize| {
        let score = (number * (round + 3)) % 10 + 1;
        format!("R{number:02},C{number:02},2026-02-15 10:00:00,{score},{score},{}\n", (number + round) % 11)
    };
    let rows: String = (1..=40).map(row).collect();
    world.file("answers.csv", format!("code,customer,at,overall,again,recommend\n{rows}"));
}

/// Writes the shop's files and its mapping.
pub fn write(world: &World) -> PathBuf {
    world.file("customers.csv", customers());
    world.file("answers.csv", answers());
    world.file("orders.csv", orders());
    world.file("shop.toml", MAPPING)
}
