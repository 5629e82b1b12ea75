//! The reference data, which lie beside the repository and are never part of it, and their models.
#![allow(dead_code)]

pub mod simulated;

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use rapport_statistics::{AcsiItems, Answers, Construct, Item, Items, Mode, Model, Moments, Rows, Scale};
use serde_json::Value;

/// Answers of the mobile phone data and the ACSI's run from 1 to 10.
pub const TEN: Scale = Scale { low: 1.0, high: 10.0, reversed: false };

/// A file of the reference data; `None`, loudly, where they are not.
pub fn shared(path: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|folder| folder.join("shared/data").join(path)).find(|file| file.exists());
    if found.is_none() {
        // straight to the stream: the test runner keeps what a passing test prints
        let _ = writeln!(
            std::io::stderr(),
            "\n*** NOT TESTED: the reference data `{path}` are not there; they belong in ../shared/data ***"
        );
    }
    found
}

pub fn expected(folder: &str) -> Option<Value> {
    let text = std::fs::read_to_string(shared(&format!("{folder}/expected.json"))?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// Rows of a file in the order of the items; a blank is NaN.
pub struct Table {
    pub items: Items,
    pub rows: Vec<Vec<f64>>,
    /// The column asked for beside the items.
    pub group: Vec<String>,
}

impl Table {
    pub fn read(file: &str, items: Vec<Item>, group: &str) -> Option<Self> {
        let mut reader = csv::Reader::from_path(shared(file)?).unwrap();
        let headers = reader.headers().unwrap().clone();
        let place = |name: &str| headers.iter().position(|header| header == name).unwrap();
        let places: Vec<usize> = items.iter().map(|item| place(&item.name)).collect();
        let group = (!group.is_empty()).then(|| place(group));
        let mut table = Self { items: Items::new(items).unwrap(), rows: Vec::new(), group: Vec::new() };
        for record in reader.records() {
            let record = record.unwrap();
            table.rows.push(places.iter().map(|&at| record[at].parse().unwrap_or(f64::NAN)).collect());
            table.group.push(group.map_or_else(String::new, |at| record[at].to_owned()));
        }
        Some(table)
    }

    pub fn moments(&self, keep: impl Fn(usize) -> bool, weight: impl Fn(usize) -> f64) -> Moments {
        moments(&self.items, self.rows.iter().enumerate().filter(|(at, _)| keep(*at)), weight)
    }

    pub fn all(&self) -> Moments {
        self.moments(|_| true, |_| 1.0)
    }

    pub fn stored(&self, keep: impl Fn(usize) -> bool) -> Rows {
        let (mut stored, mut answers) = (Rows::new(&self.items, 5_000), Answers::default());
        for (_, row) in self.rows.iter().enumerate().filter(|(at, _)| keep(*at)) {
            self.items.read(row, 1.0, &mut answers);
            stored.add(&answers);
        }
        stored
    }
}

pub fn moments<'a>(
    items: &Items,
    rows: impl Iterator<Item = (usize, &'a Vec<f64>)>,
    weight: impl Fn(usize) -> f64,
) -> Moments {
    let (mut moments, mut answers) = (Moments::new(items), Answers::default());
    for (at, row) in rows {
        items.read(row, weight(at), &mut answers);
        moments.add(&answers);
    }
    moments
}

pub fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

pub fn item(name: &str, scale: Scale) -> Item {
    Item { name: name.to_owned(), scale }
}

/// The European index on the mobile phone data: reflective but for the constructs named.
pub fn mobi_model(formative: &[&str]) -> Model {
    let blocks = [
        ("Image", "IMAG", 5),
        ("Expectation", "CUEX", 3),
        ("Quality", "PERQ", 7),
        ("Value", "PERV", 2),
        ("Satisfaction", "CUSA", 3),
        ("Complaints", "CUSCO", 0),
        ("Loyalty", "CUSL", 3),
    ];
    let constructs = blocks.map(|(name, stem, count)| Construct {
        name: name.to_owned(),
        items: match count {
            0 => names(&[stem]),
            count => (1..=count).map(|at| format!("{stem}{at}")).collect(),
        },
        mode: if formative.contains(&name) || formative == ["all"] { Mode::B } else { Mode::A },
    });
    let paths = [
        ("Image", "Expectation"),
        ("Image", "Satisfaction"),
        ("Image", "Loyalty"),
        ("Expectation", "Quality"),
        ("Expectation", "Value"),
        ("Expectation", "Satisfaction"),
        ("Quality", "Value"),
        ("Quality", "Satisfaction"),
        ("Value", "Satisfaction"),
        ("Satisfaction", "Complaints"),
        ("Satisfaction", "Loyalty"),
        ("Complaints", "Loyalty"),
    ];
    Model::new(constructs.to_vec(), &paths).unwrap()
}

pub fn mobi(file: &str) -> Option<Table> {
    let items = mobi_model(&[]).items().map(|name| item(name, TEN)).collect();
    Table::read(&format!("ecsi-mobi/{file}"), items, "")
}

pub fn acsi_model() -> Model {
    Model::acsi(AcsiItems::default()).unwrap()
}

pub fn acsi() -> Option<Table> {
    let complained = Scale { low: 0.0, high: 1.0, reversed: false };
    let model = acsi_model();
    let items = model.items().map(|name| item(name, if name == "comp" { complained } else { TEN })).collect();
    Table::read("acsi-2015/acsi_half_a.csv", items, "industry")
}

/// Near in size, and named where it is not.
pub fn near(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance * (1.0 + expected.abs()),
        "{what}: {found}, where {expected} is expected"
    );
}

/// A number of the reference.
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Four items from 1 to 10.
pub fn four() -> Items {
    Items::new(["a", "b", "c", "d"].map(|name| item(name, TEN)).to_vec()).unwrap()
}

pub fn construct(name: &str, items: &[&str], mode: Mode) -> Construct {
    Construct { name: name.to_owned(), items: names(items), mode }
}

/// Quality (a, b) makes satisfaction (c, d).
pub fn two_constructs(mode: Mode) -> Model {
    let constructs =
        vec![construct("Quality", &["a", "b"], mode), construct("Satisfaction", &["c", "d"], mode)];
    Model::new(constructs, &[("Quality", "Satisfaction")]).unwrap()
}

pub fn gathered(items: &Items, rows: &[Vec<f64>]) -> Moments {
    moments(items, rows.iter().enumerate(), |_| 1.0)
}
