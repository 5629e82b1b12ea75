//! What a document may expand to, measured before execution: the library's own checks walk every expansion of nested
//! fragments, which a short document can make exponentially many.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use crate::Error;

/// Fields and fragments of a document with its fragments expanded.
const NODES: usize = 1_000;
/// Aliases, expanded.
const ALIASES: usize = 30;
/// Fields at the root of an operation.
const ROOTS: usize = 20;

/// Brackets within brackets. The parser calls itself for each, and would run out of stack.
const NESTING: usize = 64;

/// Fails if the brackets of a document are nested too deep; looks at its text alone, before it is parsed.
pub fn nesting(text: &str) -> Result<(), Error> {
    let bytes = text.as_bytes();
    let (mut place, mut depth) = (0, 0_usize);
    while let Some(byte) = bytes.get(place) {
        place += match byte {
            b'"' => string(&bytes[place..]),
            b'#' => bytes[place..].iter().take_while(|byte| !b"\n\r".contains(byte)).count(),
            _ => 1,
        };
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING {
            let text = format!("the query has more than {NESTING} brackets within one another; nest less");
            return Err(Error::TooCostly(text));
        }
    }
    Ok(())
}

/// The length of the string that a text begins with; of one that does not end, up to the end of its line.
fn string(text: &[u8]) -> usize {
    let block = text.starts_with(b"\"\"\"");
    let mut place = if block { 3 } else { 1 };
    while let Some(byte) = text.get(place) {
        match byte {
            b'\\' if !block || text[place..].starts_with(b"\\\"\"\"") => place += if block { 4 } else { 2 },
            b'"' if !block => return place + 1,
            b'"' if text[place..].starts_with(b"\"\"\"") => return place + 3,
            b'\n' | b'\r' if !block => return place,
            _ => place += 1,
        }
    }
    text.len()
}

/// The size of a selection with its fragments expanded.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    aliases: usize,
    fields: usize,
}

/// Fails if a document is too large, or its fragments go round in a circle.
pub fn check(document: &ExecutableDocument) -> Result<(), Error> {
    let mut measure = Measure { document, known: HashMap::new() };
    for (_, operation) in document.operations.iter() {
        let size = measure.selection(&operation.node.selection_set)?;
        let limits = [
            ("fields", size.nodes, NODES),
            ("aliases", size.aliases, ALIASES),
            ("root fields", size.fields, ROOTS),
        ];
        if let Some((what, _, most)) = limits.into_iter().find(|(_, count, most)| count > most) {
            return Err(Error::TooCostly(format!(
                "the query expands to more than {most} {what}; ask for less"
            )));
        }
    }
    Ok(())
}

struct Measure<'a> {
    document: &'a ExecutableDocument,
    /// Each fragment once; none while it is being measured.
    known: HashMap<&'a Name, Option<Size>>,
}

impl<'a> Measure<'a> {
    fn selection(&mut self, set: &'a Positioned<SelectionSet>) -> Result<Size, Error> {
        set.node.items.iter().try_fold(Size::default(), |sum, item| {
            let one = self.item(&item.node)?;
            Ok(Size {
                nodes: sum.nodes.saturating_add(one.nodes),
                aliases: sum.aliases.saturating_add(one.aliases),
                fields: sum.fields.saturating_add(one.fields),
            })
        })
    }

    fn item(&mut self, item: &'a Selection) -> Result<Size, Error> {
        let mut size = match item {
            Selection::Field(field) => {
                let inner = self.selection(&field.node.selection_set)?;
                let alias = usize::from(field.node.alias.is_some());
                Size { aliases: inner.aliases.saturating_add(alias), fields: 1, ..inner }
            }
            Selection::InlineFragment(fragment) => self.selection(&fragment.node.selection_set)?,
            Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?,
        };
        size.nodes = size.nodes.saturating_add(1);
        Ok(size)
    }

    fn fragment(&mut self, name: &'a Name) -> Result<Size, Error> {
        match self.known.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                return Err(Error::TooCostly(format!("the fragment {name} holds itself; take it out")));
            }
            None => {}
        }
        // an unknown fragment is the validation's to report
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Size::default()) };
        self.known.insert(name, None);
        let size = self.selection(&fragment.node.selection_set)?;
        self.known.insert(name, Some(size));
        Ok(size)
    }
}
