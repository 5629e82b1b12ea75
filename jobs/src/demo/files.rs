//! The CSV files, written row by row through buffers.
//! An empty cell is a missing value; a code is used once in its file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};

use super::Error;
use super::people::{Asked, OF_EMPLOYEES, OF_PARTNERS};
use super::survey::QUESTIONS;

/// The files of the facts.
pub(super) struct Files {
    pub(super) customers: Table,
    pub(super) purchases: Table,
    pub(super) responses: Table,
    pub(super) remarks: Table,
    pub(super) complaints: Table,
    pub(super) steps: Table,
    pub(super) losses: Table,
    pub(super) winbacks: Table,
    pub(super) employees: Table,
    pub(super) partners: Table,
    pub(super) prospects: Table,
    pub(super) grades: Table,
    pub(super) actions: Table,
}

const CUSTOMERS: [&str; 7] = ["code", "name", "email", "region", "plan", "industry", "manager"];
const PURCHASES: [&str; 7] = ["code", "customer", "at", "amount", "cost", "quantity", "product"];
const RESPONSES: [&str; 6] = ["code", "customer", "survey", "at", "mode", "channel"];
const REMARKS: [&str; 6] = ["code", "customer", "at", "kind", "theme", "text"];
const COMPLAINTS: [&str; 10] =
    ["code", "customer", "at", "channel", "unit", "product", "severity", "risk", "text", "resolved_at"];
const STEPS: [&str; 9] =
    ["code", "complaint", "customer", "at", "kind", "person", "note", "amount", "due_at"];

const LOSSES: [&str; 6] = ["code", "customer", "at", "reason", "note", "recorded_by"];
const WINBACKS: [&str; 10] =
    ["code", "customer", "at", "person", "channel", "offer", "cost", "outcome", "ended_at", "note"];

const PEOPLE: [&str; 3] = ["code", "unit", "at"];

const PROSPECTS: [&str; 12] = [
    "code",
    "name",
    "email",
    "region",
    "plan",
    "manager",
    "first_at",
    "grade",
    "customer",
    "converted_at",
    "lost_at",
    "reason",
];
const GRADES: [&str; 3] = ["prospect", "at", "grade"];

const ACTIONS: [&str; 13] = [
    "code",
    "title",
    "owner",
    "due",
    "metric",
    "dimension",
    "segment",
    "effect_from",
    "expected",
    "state",
    "origin",
    "origin_quarter",
    "origin_code",
];

impl Files {
    /// Makes the folder and the files, with their headers.
    pub(super) fn create(folder: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Write { path: folder.to_path_buf(), source };
        fs::create_dir_all(folder).map_err(failed)?;
        let mut responses = RESPONSES.to_vec();
        responses.extend(QUESTIONS.iter().map(|question| question.code));
        let people = |questions: &[Asked]| {
            let codes = questions.iter().map(|question| question.code);
            PEOPLE.into_iter().chain(codes).collect::<Vec<_>>()
        };
        Ok(Self {
            customers: Table::create(folder, "customers.csv", &CUSTOMERS)?,
            purchases: Table::create(folder, "purchases.csv", &PURCHASES)?,
            responses: Table::create(folder, "responses.csv", &responses)?,
            remarks: Table::create(folder, "remarks.csv", &REMARKS)?,
            complaints: Table::create(folder, "complaints.csv", &COMPLAINTS)?,
            steps: Table::create(folder, "steps.csv", &STEPS)?,
            losses: Table::create(folder, "losses.csv", &LOSSES)?,
            winbacks: Table::create(folder, "winbacks.csv", &WINBACKS)?,
            employees: Table::create(folder, "employees.csv", &people(&OF_EMPLOYEES))?,
            partners: Table::create(folder, "partners.csv", &people(&OF_PARTNERS))?,
            prospects: Table::create(folder, "prospects.csv", &PROSPECTS)?,
            grades: Table::create(folder, "grades.csv", &GRADES)?,
            actions: Table::create(folder, "actions.csv", &ACTIONS)?,
        })
    }

    /// Writes what the buffers still hold.
    pub(super) fn finish(self) -> Result<(), Error> {
        [
            self.customers,
            self.purchases,
            self.responses,
            self.remarks,
            self.complaints,
            self.steps,
            self.losses,
            self.winbacks,
            self.employees,
            self.partners,
            self.prospects,
            self.grades,
            self.actions,
        ]
        .into_iter()
        .try_for_each(Table::finish)
    }
}

/// One file, its header written.
pub(super) struct Table {
    path: PathBuf,
    rows: csv::Writer<BufWriter<File>>,
    codes: u64,
}

impl Table {
    fn create(folder: &Path, name: &str, header: &[&str]) -> Result<Self, Error> {
        let path = folder.join(name);
        let file = File::create(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
        let rows = csv::WriterBuilder::new().has_headers(false).from_writer(BufWriter::new(file));
        let mut table = Self { path, rows, codes: 0 };
        table.write_fields(header)?;
        Ok(table)
    }

    /// A code no row of this file has yet: the letter and a running number.
    pub(super) fn next_code(&mut self, letter: char) -> String {
        self.codes += 1;
        format!("{letter}{:07}", self.codes)
    }

    /// How many codes were given.
    pub(super) fn count(&self) -> u64 {
        self.codes
    }

    /// Writes a row of the header's columns, in their order.
    pub(super) fn write(&mut self, row: impl Serialize) -> Result<(), Error> {
        self.rows.serialize(row).map_err(|source| Error::Row { path: self.path.clone(), source })
    }

    /// Writes a row cell by cell.
    pub(super) fn write_fields<T: AsRef<[u8]>>(&mut self, row: &[T]) -> Result<(), Error> {
        self.rows.write_record(row).map_err(|source| Error::Row { path: self.path.clone(), source })
    }

    fn finish(self) -> Result<(), Error> {
        let Self { path, rows, .. } = self;
        let flushed = rows.into_inner().map_err(|stopped| stopped.into_error());
        flushed.and_then(|mut file| file.flush()).map_err(|source| Error::Write { path, source })
    }
}

/// An amount in hundredths of the currency, written with two digits: `12.30`.
pub(super) struct Money(i64);

impl Money {
    /// The nearest amount to so many major units; 0.01 is the least there is.
    pub(super) fn of(major: f64) -> Self {
        Self(((major * 100.0).round() as i64).max(1))
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}
