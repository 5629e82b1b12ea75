//! A cell of a table: text, a stored number with the words that pages have for it, or why there is none.

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A whole number.
    Count,
    /// So many decimals.
    Decimal(usize),
    /// A fraction of 1, in per cent.
    Share,
    /// Major units, without decimals.
    Money,
    /// A change, with its sign.
    Change,
    /// A change of a fraction of 1, in percentage points.
    SharePoints,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A name, and below it what it means.
    Named {
        /// The name.
        name: String,
        /// What it means; may be empty.
        about: String,
    },
    /// A number as it is stored.
    Number {
        /// As it is stored.
        value: f64,
        /// As people read it.
        text: String,
        /// How it is written in a sheet.
        form: Form,
    },
    /// The ends of an interval, each a number.
    Interval(Box<[Cell; 2]>),
    /// A change, with whether it is more than chance.
    Change {
        /// The change, a number.
        change: Box<Cell>,
        /// More than chance.
        sure: bool,
        /// To the better; none of what did not change.
        better: Option<bool>,
    },
    /// Why this and the next columns, so many in all, hold nothing.
    Nothing {
        /// In words, or a dash.
        why: String,
        /// Of the table's columns.
        columns: usize,
    },
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A name and what it means.
    pub fn named(name: impl Into<String>, about: impl Into<String>) -> Self {
        Self::Named { name: name.into(), about: about.into() }
    }

    /// A column that holds nothing, without a reason.
    pub fn none() -> Self {
        Self::nothing(rapport_messages::number::UNKNOWN, 1)
    }

    /// So many columns that hold nothing, and why.
    pub fn nothing(why: impl Into<String>, columns: usize) -> Self {
        Self::Nothing { why: why.into(), columns }
    }

    /// As people read it.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Number { text, .. } => text.clone(),
            Self::Named { name, .. } => name.clone(),
            Self::Interval(ends) => format!("{} – {}", ends[0].words(), ends[1].words()),
            Self::Change { change, sure, .. } => {
                format!("{}{}", change.words(), if *sure { "*" } else { "" })
            }
            Self::Nothing { why, .. } => why.clone(),
        }
    }

    /// Of how many columns of its table it is.
    pub fn columns(&self) -> usize {
        if let Self::Nothing { columns, .. } = self { *columns } else { 1 }
    }
}
