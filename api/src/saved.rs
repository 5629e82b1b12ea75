//! Saved queries: GraphQL documents with a name, each also a table at an address of its own. Those that ship and those
//! of the company's folder are read when the program starts, and fit the schema or are refused there.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use async_graphql::parser::types::ExecutableDocument;

use crate::Error;

mod column;
mod pages;
mod shape;
mod variable;

pub use column::{Column, Kind, Table};
pub use pages::{Charge, PAGE, Pages, Reader};
pub use shape::Shape;
pub use variable::Variable;

/// A saved query.
#[derive(Debug)]
pub struct Saved {
    /// Its name, as in its address.
    pub name: String,
    /// What it tells, from the comment it begins with.
    pub about: String,
    /// The document.
    pub text: String,
    /// What it may be asked with.
    pub variables: Vec<Variable>,
    /// What it answers with: a table for each field at its root.
    pub tables: Vec<Table>,
    document: ExecutableDocument,
    /// Whether every selected field is answered whatever the variables are: no directive leaves one out.
    unconditional: bool,
}

/// All saved queries, by name.
#[derive(Debug, Default)]
pub struct Library(BTreeMap<String, Arc<Saved>>);

/// Those that ship.
macro_rules! shipped {
    ($($name:literal),+ $(,)?) => { [$(($name, include_str!(concat!("../queries/", $name, ".graphql")))),+] };
}

const SHIPPED: [(&str, &str); 28] = shipped![
    "action-effects",
    "actions",
    "board",
    "care",
    "classes",
    "cohorts",
    "customers",
    "drivers",
    "funnel",
    "hostages",
    "linkage",
    "loss-flow",
    "loss-reasons",
    "lost-customers",
    "loyalty-types",
    "mode-effects",
    "prospects",
    "quarters",
    "retention-curve",
    "satisfaction-trend",
    "scores",
    "segments",
    "structural-model",
    "themes",
    "transitions",
    "unit-scores",
    "value-classes",
    "winback",
];

impl Library {
    /// Those that ship and those of a folder, whose names win. Fails at the first that cannot be, and says where.
    pub fn read(folder: Option<&Path>) -> Result<Self, Error> {
        let shape = Shape::of_schema()?;
        let mut library = Self::default();
        for (name, text) in SHIPPED {
            library.add(name, text, &shape)?;
        }
        for path in folder.map(files).transpose()?.unwrap_or_default() {
            let text = std::fs::read_to_string(&path).map_err(|source| Error::Io {
                what: format!("the saved query {} cannot be read", path.display()),
                source,
            })?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            library.add(&name, &text, &shape)?;
        }
        Ok(library)
    }

    /// The one of this name. Fails and names those there are.
    pub fn find(&self, name: &str) -> Result<&Arc<Saved>, Error> {
        self.0.get(name).ok_or_else(|| {
            let known: Vec<&str> = self.0.keys().map(String::as_str).collect();
            Error::NotFound(format!("there is no saved query `{name}`; there are {}", known.join(", ")))
        })
    }

    /// All, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Saved> {
        self.0.values().map(Arc::as_ref)
    }

    fn add(&mut self, name: &str, text: &str, shape: &Shape) -> Result<(), Error> {
        let saved = Saved::of(name, text, shape)
            .map_err(|why| Error::Settings(format!("the saved query `{name}` cannot be used: {why}")))?;
        self.0.insert(name.to_owned(), Arc::new(saved));
        Ok(())
    }
}

impl Saved {
    fn of(name: &str, text: &str, shape: &Shape) -> Result<Self, String> {
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        {
            return Err("its name must be of letters, digits, - and _, to be an address".to_owned());
        }
        let document = async_graphql::parser::parse_query(text).map_err(|error| error.to_string())?;
        let operation = column::operation(&document)?;
        let variables = Variable::all(operation)?;
        let tables = Table::all(operation, shape)?;
        let is_comment = |line: &&str| line.trim_start().starts_with('#');
        let unconditional = !text.lines().filter(|line| !is_comment(line)).any(|line| line.contains('@'));
        Ok(Self {
            name: name.to_owned(),
            about: about(text),
            text: text.trim().to_owned(),
            variables,
            tables,
            document,
            unconditional,
        })
    }

    /// The table of this name; the only one, if none is named. Fails and names those there are.
    pub fn table(&self, name: Option<&str>) -> Result<usize, Error> {
        let names = || self.tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>().join(", ");
        match name {
            None if self.tables.len() == 1 => Ok(0),
            None => {
                Err(Error::BadInput(format!("{} has several tables; name one of {}", self.name, names())))
            }
            Some(name) => self.tables.iter().position(|table| table.name == name).ok_or_else(|| {
                Error::NotFound(format!("{} has no table `{name}`; it has {}", self.name, names()))
            }),
        }
    }
}

/// The comment that a text begins with.
fn about(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
    lines.collect::<Vec<_>>().join("\n")
}

/// The documents of a folder, by name.
fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Error> {
    let unreadable = |source| Error::Io {
        what: format!("the folder of saved queries {} cannot be read", folder.display()),
        source,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "graphql") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
