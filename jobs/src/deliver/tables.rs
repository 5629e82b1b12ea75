//! A report's tables: those the mail shows, and those that are attached, in the reader's language.

use rapport_entities::{LoyaltyType, composition};
use rapport_messages::{Locale, number::decimal};

use super::{
    csv::{self, Cell},
    letter::{File, Table},
    report::Report,
    words,
};
use crate::{
    Error,
    close::{metric_name, minor_units},
};

impl Report {
    /// What the mail shows.
    pub(super) fn tables(&self, locale: Locale) -> Vec<Table> {
        let figures = self.headline().into_iter().map(|score| {
            let mark = if score.change_significant == Some(true) { " *" } else { "" };
            vec![
                metric_name(score.metric, locale).to_owned(),
                words::value(score.metric, score.value),
                words::interval(score.metric, score.lower.zip(score.upper)),
                decimal(score.n as f64, 0),
                format!("{}{mark}", words::change(score.metric, score.change, locale)),
            ]
        });
        let types = self.own_types().map(|row| {
            let share = |share: Option<f64>| share.map_or_else(|| words::NONE.to_owned(), words::percent);
            vec![
                kind_name(row, locale),
                row.customers.map_or_else(|| words::NONE.to_owned(), |count| decimal(count as f64, 0)),
                share(row.share),
                share(self.before.get(&row.class).copied()),
            ]
        });
        let head = |names: [(&str, &str); 5]| {
            names.iter().map(|(en, zh)| locale.pick(en, zh).to_owned()).collect::<Vec<_>>()
        };
        let figures_head = head([
            ("", ""),
            ("Value", "数值"),
            ("95 % interval", "95%置信区间"),
            ("n", "样本量"),
            ("Change", "较上季度"),
        ]);
        let mut types_head = head([
            ("", ""),
            ("Customers", "客户数"),
            ("Share", "占比"),
            ("Quarter before", "上季度"),
            ("", ""),
        ]);
        types_head.pop();
        let table = |en, zh, head, rows| Table { title: locale.pick(en, zh).to_owned(), head, rows };
        vec![
            table("Figures", "主要指标", figures_head, figures.collect()),
            table("Loyalty types", "忠诚度类型", types_head, types.collect()),
        ]
    }

    /// What is attached: every segment the report is about.
    pub(super) fn attachments(&self, locale: Locale) -> Result<Vec<File>, Error> {
        let one = &self.publication;
        let place = |dimension: &str, segment: &str| {
            let name = self.name(dimension, segment, locale);
            [one.quarter.to_string(), dimension.to_owned(), segment.to_owned(), name].map(Cell::Text)
        };
        let scores = self.scores.iter().map(|row| {
            let mut cells = Vec::from(place(&row.dimension, &row.segment));
            cells.extend([row.metric.as_str().into(), metric_name(row.metric, locale).into()]);
            cells.extend([row.value, row.lower, row.upper].map(Cell::Number));
            cells.push(Cell::Count(Some(row.n)));
            cells.push(Cell::Number(row.change));
            cells.push(yes_or_no(row.change_significant, locale));
            cells
        });
        let minor = minor_units(one.currency.as_deref());
        let money = |amount: Option<i64>| Cell::Number(amount.map(|amount| amount as f64 / minor));
        let types = self.types.iter().map(|row| {
            let mut cells = Vec::from(place(&row.dimension, &row.segment));
            cells.extend([row.class.as_str().into(), kind_name(row, locale).as_str().into()]);
            cells.extend([Cell::Count(row.customers), Cell::Number(row.share)]);
            cells.extend([money(row.revenue), money(row.profit), Cell::Count(Some(row.n))]);
            cells
        });
        Ok(vec![
            csv::file(format!("scores-{}.csv", one.quarter), &scores_head(locale), scores.collect())?,
            csv::file(format!("loyalty-{}.csv", one.quarter), &types_head(locale), types.collect())?,
        ])
    }
}

fn kind_name(row: &composition::Model, locale: Locale) -> String {
    words::loyalty(row.class.parse().unwrap_or(LoyaltyType::Unclassified), locale).to_owned()
}

fn yes_or_no(answer: Option<bool>, locale: Locale) -> Cell {
    match answer {
        None => "".into(),
        Some(true) => locale.pick("yes", "是").into(),
        Some(false) => locale.pick("no", "否").into(),
    }
}

fn scores_head(locale: Locale) -> [&'static str; 12] {
    match locale {
        Locale::En => [
            "quarter",
            "dimension",
            "segment",
            "segment name",
            "metric",
            "metric name",
            "value",
            "lower",
            "upper",
            "n",
            "change",
            "significant",
        ],
        Locale::Zh => [
            "季度",
            "维度",
            "细分代码",
            "细分名称",
            "指标代码",
            "指标",
            "数值",
            "下限",
            "上限",
            "样本量",
            "较上季度",
            "显著",
        ],
    }
}

fn types_head(locale: Locale) -> [&'static str; 11] {
    match locale {
        Locale::En => [
            "quarter",
            "dimension",
            "segment",
            "segment name",
            "type",
            "type name",
            "customers",
            "share",
            "revenue",
            "profit",
            "all customers",
        ],
        Locale::Zh => [
            "季度",
            "维度",
            "细分代码",
            "细分名称",
            "类型代码",
            "类型",
            "客户数",
            "占比",
            "收入",
            "利润",
            "客户总数",
        ],
    }
}
