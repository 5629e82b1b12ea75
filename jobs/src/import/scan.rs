//! Reading a mapping's entries: its files straight or by SELECTs over their tables, row by row into facts or rejects.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use csv::ByteRecord;
use rusqlite::{Statement, types::ValueRef};

use super::{
    facts::{Fact, Known},
    file::{self, Records},
    gathering::{Chunk, Gathering},
    mapping::{EntityEntry, FileFormat, Mapping},
    projection::Origin,
    rejects::Rejects,
    row::{Reading, Row, Value},
    scratch::{Scratch, plain},
};
use crate::Error;

/// Everything a mapping is read with. It moves to the thread that reads and comes back.
pub struct Scan {
    mapping: Mapping,
    scratch: Scratch,
    reading: Reading,
    rejects: BTreeMap<String, Rejects>,
    /// The files whose rows stand in the scratch database; the others are read straight.
    staged: BTreeSet<String>,
    /// What is known so far.
    pub known: Known,
}

impl Scan {
    /// Opens the mapping's files.
    pub fn open(
        mapping: Mapping,
        reading: Reading,
        rejects: Option<PathBuf>,
        known: Known,
    ) -> Result<Self, Error> {
        let mut scratch = Scratch::new()?;
        let mut all = BTreeMap::new();
        for (name, entry) in &mapping.files {
            let format = mapping.format(entry);
            scratch.declare(name, &format)?;
            all.insert(name.clone(), Rejects::of(&format.path, rejects.as_deref()));
        }
        // of rows that stand in the mapping itself
        all.insert(String::new(), Rejects::of(&mapping.path, rejects.as_deref()));
        Ok(Self { mapping, scratch, reading, rejects: all, known, staged: BTreeSet::new() })
    }

    /// Makes sure that every file can be read to its end, and stages those that are not read straight.
    pub fn stage(&mut self) -> Result<(), Error> {
        let files: Vec<(String, FileFormat)> = self
            .mapping
            .files
            .iter()
            .map(|(name, entry)| (name.clone(), self.mapping.format(entry)))
            .collect();
        self.staged = self.to_stage();
        for (name, format) in files {
            file::verify(&format)?;
            if self.staged.contains(&name)
                && let Some(rejects) = self.rejects.get_mut(&name)
            {
                let rows = self.scratch.stage(&name, &format, rejects)?;
                tracing::info!(file = %format.path.display(), rows, "read");
            }
        }
        Ok(())
    }

    /// A file is read straight if one SELECT alone reads it, and that names columns and no more.
    fn to_stage(&self) -> BTreeSet<String> {
        let all = || self.mapping.files.keys().cloned().collect();
        let mut met = BTreeSet::new();
        let mut staged = BTreeSet::new();
        for select in self.mapping.entities.values().flatten().filter_map(|entry| entry.select.as_deref()) {
            let Some(reads) = self.scratch.reads(select) else { return all() };
            for name in self.scratch.names(&reads.tables) {
                if !met.insert(name.to_owned()) || reads.projection.is_none() {
                    staged.insert(name.to_owned());
                }
            }
        }
        staged
    }

    /// How many entries the mapping has for an entity.
    pub fn entries<F: Fact>(&self) -> usize {
        self.mapping.entities.get(F::ENTITY).map_or(0, Vec::len)
    }

    /// Fails if an entry of this entity cannot be run, before anything is loaded.
    pub fn check<F: Fact>(&self) -> Result<(), Error> {
        for entry in self.mapping.entities.get(F::ENTITY).into_iter().flatten() {
            match (&entry.select, &entry.rows) {
                (Some(select), None) => {
                    let statement = self.scratch.prepare(F::ENTITY, select)?;
                    self.check_columns::<F>(&names(&statement))?;
                    self.file_of(F::ENTITY, entry)?;
                }
                (None, Some(rows)) => rows.iter().try_for_each(|row| {
                    let names: Vec<String> = row.keys().cloned().collect();
                    self.check_columns::<F>(&names)
                })?,
                _ => return Err(self.wrong(format!("[[{}]] needs either `select` or `rows`", F::ENTITY))),
            }
        }
        Ok(())
    }

    fn check_columns<F: Fact>(&self, names: &[String]) -> Result<(), Error> {
        let wrong = |why: String| Error::Select { entity: F::ENTITY.to_owned(), why };
        let listed = |columns: &[&str]| columns.join(", ");
        if let Some(missing) = F::REQUIRED.iter().find(|column| !names.iter().any(|name| name == *column)) {
            let why = format!("it has no column `{missing}`; it must have {}", listed(F::REQUIRED));
            return Err(wrong(why));
        }
        let means = |name: &str| {
            name == LINE
                || F::REQUIRED.contains(&name)
                || F::OPTIONAL.contains(&name)
                || self.takes::<F>(name)
        };
        match names.iter().find(|name| !means(name)) {
            None => Ok(()),
            Some(name) => Err(wrong(format!(
                "the column `{name}` is neither one of {}, {} nor (in [[response]], [[employee]] and [[partner]]) a \
                 question's code",
                listed(F::REQUIRED),
                listed(F::OPTIONAL)
            ))),
        }
    }

    /// Questions may stand in the mapping's own rows, which are not loaded when its SELECTs are checked.
    fn takes<F: Fact>(&self, name: &str) -> bool {
        let in_mapping = || {
            let entries = self.mapping.entities.get("question").into_iter().flatten();
            entries.clone().any(|entry| entry.select.is_some())
                || entries
                    .filter_map(|entry| entry.rows.as_ref())
                    .flatten()
                    .any(|row| row.get("code").and_then(toml::Value::as_str) == Some(name))
        };
        F::takes(name, &self.known) || (F::ANSWERS && in_mapping())
    }

    fn file_of(&self, entity: &str, entry: &EntityEntry) -> Result<String, Error> {
        let known = || self.mapping.files.keys().cloned().collect::<Vec<_>>().join(", ");
        match (&entry.file, self.mapping.files.len()) {
            (Some(file), _) if self.mapping.files.contains_key(file) => Ok(file.clone()),
            (Some(file), _) => {
                Err(self.wrong(format!("[[{entity}]]: there is no file `{file}`; there are {}", known())))
            }
            (None, 1) => Ok(self.mapping.files.keys().next().cloned().unwrap_or_default()),
            (None, _) => Err(self.wrong(format!(
                "[[{entity}]] must say `file = …`: the one whose lines `_line` counts, of {}",
                known()
            ))),
        }
    }

    fn wrong(&self, why: String) -> Error {
        Error::Mapping { path: self.mapping.path.clone(), why }
    }

    /// Reads one entry, handing on chunks until `take` refuses one; returns how many rows were refused.
    pub fn read<F: Fact>(&mut self, index: usize, take: impl FnMut(Chunk<F>) -> bool) -> Result<u64, Error> {
        let entry = &self.mapping.entities[F::ENTITY][index];
        let name = match entry.rows {
            Some(_) => String::new(),
            None => self.file_of(F::ENTITY, entry)?,
        };
        let mut rejects = self.rejects.remove(&name).unwrap_or_else(|| Rejects::of(&self.mapping.path, None));
        let before = rejects.count;
        let mut gathering = Gathering::new(self.reading.calendar, take);
        let done = match (&entry.select, &entry.rows) {
            (Some(select), _) => {
                let mut statement = self.scratch.prepare(F::ENTITY, select)?;
                let projection = self.straight(select);
                let mut sink = Sink { known: &mut self.known, reading: &self.reading, rejects: &mut rejects };
                match projection {
                    Some((format, origins)) => {
                        straight::<F>(&format, &names(&statement), &origins, &mut sink, &mut gathering)
                    }
                    None => run::<F>(&mut statement, &mut sink, &mut gathering),
                }
            }
            (None, rows) => {
                let mut sink = Sink { known: &mut self.known, reading: &self.reading, rejects: &mut rejects };
                literal::<F>(rows.as_deref().unwrap_or_default(), &mut sink, &mut gathering)
            }
        };
        let count = rejects.count - before;
        self.rejects.insert(name, rejects);
        done?;
        gathering.finish();
        Ok(count)
    }

    /// The file that a SELECT reads straight, and which of its cells.
    fn straight(&self, select: &str) -> Option<(FileFormat, Vec<Origin>)> {
        let reads = self.scratch.reads(select)?;
        let name = self.scratch.names(&reads.tables).next().filter(|name| !self.staged.contains(*name))?;
        Some((self.mapping.format(self.mapping.files.get(name)?), reads.projection?))
    }

    /// The files of rejects that were written, each with its number of rows.
    pub fn finish(self) -> Result<Vec<(PathBuf, u64)>, Error> {
        self.rejects.into_values().filter_map(|rejects| rejects.finish().transpose()).collect()
    }

    /// Forgets the rejects of a first reading, and what it learnt.
    pub fn again(&mut self, known: Known, rejects: Option<&std::path::Path>) {
        self.known = known;
        for (name, entry) in &self.mapping.files {
            let path = self.mapping.format(entry).path;
            self.rejects.insert(name.clone(), Rejects::of(&path, rejects));
        }
    }

    /// Rows refused so far.
    pub fn rejected(&self) -> u64 {
        self.rejects.values().map(|rejects| rejects.count).sum()
    }
}

/// The column by which a SELECT says which line of its file a row is.
const LINE: &str = "_line";

struct Sink<'a> {
    known: &'a mut Known,
    reading: &'a Reading,
    rejects: &'a mut Rejects,
}

fn names(statement: &Statement<'_>) -> Vec<String> {
    statement.column_names().into_iter().map(str::to_owned).collect()
}

fn run<F: Fact>(
    statement: &mut Statement<'_>,
    sink: &mut Sink<'_>,
    gathering: &mut Gathering<F, impl FnMut(Chunk<F>) -> bool>,
) -> Result<(), Error> {
    let columns = names(statement);
    let broken = |error: rusqlite::Error| Error::Select { entity: F::ENTITY.to_owned(), why: plain(&error) };
    let mut values = vec![Value::Null; columns.len()];
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(broken)? {
        for (index, value) in values.iter_mut().enumerate() {
            value.assign(row.get_ref(index).map_err(broken)?);
        }
        if !one::<F>(&columns, &values, sink, gathering)? {
            break;
        }
    }
    Ok(())
}

/// Reads a file's records as the rows of the SELECT that names their cells.
fn straight<F: Fact>(
    format: &FileFormat,
    columns: &[String],
    origins: &[Origin],
    sink: &mut Sink<'_>,
    gathering: &mut Gathering<F, impl FnMut(Chunk<F>) -> bool>,
) -> Result<(), Error> {
    let mut records = Records::open(format)?;
    let width = records.header.len();
    let mut record = ByteRecord::new();
    let mut values = vec![Value::Null; columns.len()];
    while records.read(&mut record)? {
        // a file holds fewer lines than an i64 counts
        let line = file::line(&record) as i64;
        if record.len() != width {
            sink.rejects.write(Some(line), &file::wrong_width(&record, width))?;
            continue;
        }
        for (value, origin) in values.iter_mut().zip(origins) {
            match origin {
                Origin::Line => value.assign(ValueRef::Integer(line)),
                Origin::Cell(place) => match record.get(*place).unwrap_or_default() {
                    [] => value.assign(ValueRef::Null),
                    cell => value.assign(ValueRef::Text(cell)),
                },
                Origin::Constant(constant) => constant.clone_into(value),
            }
        }
        if !one::<F>(columns, &values, sink, gathering)? {
            break;
        }
    }
    Ok(())
}

fn literal<F: Fact>(
    rows: &[toml::Table],
    sink: &mut Sink<'_>,
    gathering: &mut Gathering<F, impl FnMut(Chunk<F>) -> bool>,
) -> Result<(), Error> {
    for row in rows {
        let columns: Vec<String> = row.keys().cloned().collect();
        let values: Vec<Value> = row.values().map(of_toml).collect();
        one::<F>(&columns, &values, sink, gathering)?;
    }
    Ok(())
}

fn of_toml(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text.clone()),
        // literal rows hold scales and weights, far below 2⁵³
        toml::Value::Integer(integer) => Value::Number(*integer as f64),
        toml::Value::Float(float) => Value::Number(*float),
        toml::Value::Array(codes) => {
            Value::Text(codes.iter().map(|code| of_toml(code).shown()).collect::<Vec<_>>().join(","))
        }
        other => Value::Text(other.to_string()),
    }
}

/// Reads one row; false if nobody takes facts any more.
fn one<F: Fact>(
    columns: &[String],
    values: &[Value],
    sink: &mut Sink<'_>,
    gathering: &mut Gathering<F, impl FnMut(Chunk<F>) -> bool>,
) -> Result<bool, Error> {
    let row = Row { columns, values, reading: sink.reading };
    let line = match row.value(LINE) {
        // a line's number
        Value::Number(line) => Some(*line as i64),
        _ => None,
    };
    let read = F::read(&row, sink.known).and_then(|fact| gathering.add(fact, line));
    match read {
        Ok(taken) => Ok(taken),
        Err(fault) => sink.rejects.write(line, &fault).map(|()| true),
    }
}
