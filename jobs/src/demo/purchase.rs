//! Purchases: a Poisson process of the customer's own rate and the season, amounts about the customer's own basket.
//! Who has left buys nothing; who arrives buys at once.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Error;
use super::files::{Files, Money};
use super::relationship::Relationship;

/// One line of the file.
#[derive(Serialize)]
struct PurchaseRow<'a> {
    code: String,
    customer: &'a str,
    at: DateTime<Utc>,
    amount: Money,
    cost: Money,
    quantity: u32,
    product: &'a str,
}

/// What is sold: name, how often, and its price against an ordinary purchase.
pub(super) const PRODUCTS: [(&str, f64, f64); 6] = [
    ("Supplies 耗材", 0.34, 0.7),
    ("Delivery 配送", 0.22, 0.5),
    ("Service visit 上门服务", 0.16, 1.1),
    ("Accessories 配件", 0.13, 0.8),
    ("Training 培训", 0.08, 1.6),
    ("Equipment 设备", 0.07, 3.2),
];

/// Writes the customer's purchases of a quarter.
pub(super) fn write(life: &mut Relationship<'_>, quarter: usize, files: &mut Files) -> Result<(), Error> {
    if !life.buys() {
        return Ok(());
    }
    let season = life.market.season(life.calendar.season(life.quarter));
    let wait = 1.0 / (life.customer.traits.rate * season);
    let arrives = life.arrives();
    let mut part = if arrives { life.customer.arrival.1 } else { life.chance.wait() * wait };
    while part < 1.0 {
        let row = bought(life, quarter, part, files.purchases.next_code('P'));
        files.purchases.write(row)?;
        part += life.chance.wait() * wait;
    }
    Ok(())
}

fn bought<'a>(life: &'a mut Relationship<'_>, quarter: usize, part: f64, code: String) -> PurchaseRow<'a> {
    let chance = &mut life.chance;
    let traits = &life.customer.traits;
    let (product, _, factor) = PRODUCTS[chance.weighted(PRODUCTS.iter().map(|product| product.1))];
    let usual = (traits.basket + chance.normal(0.4)).exp() * factor;
    let margin = traits.margin + chance.normal(0.05);
    PurchaseRow {
        code,
        customer: &life.customer.code,
        at: life.calendar.moment(quarter, part),
        amount: Money::of(usual * life.market.price(life.customer.plan, life.quarter)),
        // A price war lowers what is asked, not what the goods cost.
        cost: Money::of(usual * (1.0 - margin).max(0.05)),
        quantity: 1 + (chance.wait() * 1.5) as u32,
        product,
    }
}
