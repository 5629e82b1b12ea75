//! What the template reads: the report as plain values, every text made such that it can be set.

use chrono::{Datelike, Timelike};
use serde::Serialize;

use super::words::{LINE, WORD, cut, folded, shown, whole};
use crate::{Block, Cell, Column, Figure, Kind, Report, Table};

/// The longest text of a cell, and the longest name in the line above a page, in characters.
const CELL: usize = 600;
const RUNNING: usize = 40;
/// A table of more columns lies across the page; one of many more is not in the document.
const UPRIGHT: usize = 18;
const ACROSS: usize = 26;

/// How the report is to be read.
const GUIDE: [&str; 5] =
    ["report-reading-stored", "figures-note", "report-reading-few", "shares-note", "report-reading-rules"];

/// The report, as the template knows it.
#[derive(Serialize)]
pub struct Data {
    language: &'static str,
    region: &'static str,
    title: String,
    heading: String,
    company: String,
    place: String,
    quarter: String,
    revision: String,
    running: String,
    contents: String,
    reading: String,
    guide: Vec<String>,
    nothing: String,
    date: [u32; 6],
    facts: Vec<[String; 2]>,
    headline: Option<Tile>,
    about: String,
    sections: Vec<Chapter>,
}

#[derive(Serialize)]
struct Chapter {
    title: String,
    blocks: Vec<Part>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Part {
    Text { text: String },
    Note { text: String },
    List { items: Vec<String> },
    Terms { title: String, items: Vec<[String; 2]> },
    Figures { items: Vec<Tile> },
    Chart { file: String, alternative: String },
    Table(Grid),
}

#[derive(Serialize)]
struct Tile {
    name: String,
    value: Shown,
    changes: Vec<(String, Shown)>,
    interval: Option<String>,
    base: String,
}

#[derive(Serialize)]
struct Grid {
    title: String,
    heads: Vec<Head>,
    rows: Vec<Row>,
    across: bool,
    note: Option<String>,
    /// Why the document has not got it.
    elsewhere: Option<String>,
}

#[derive(Serialize)]
struct Head {
    text: String,
    words: bool,
    /// It holds words that one line has no room for.
    long: bool,
}

#[derive(Serialize)]
struct Row {
    /// What the rows from here on are of.
    group: Option<String>,
    cells: Vec<Shown>,
}

/// A cell.
#[derive(Serialize)]
struct Shown {
    text: String,
    about: String,
    columns: usize,
    muted: bool,
    sure: bool,
    /// 1 to the better, −1 to the worse.
    good: i8,
}

/// The name of a picture, by its place in the report.
pub fn picture(place: usize) -> String {
    format!("chart-{place}.svg")
}

impl Data {
    /// As the template reads it.
    pub fn of(report: &Report) -> Self {
        let locale = report.locale;
        let at = report.published;
        let mut pictures = 0;
        let chapter = |section: &crate::Section| Chapter {
            title: shown(&section.title),
            blocks: section.blocks.iter().map(|block| part(block, report, &mut pictures)).collect(),
        };
        Self {
            language: locale.pick("en", "zh"),
            region: locale.pick("GB", "CN"),
            title: shown(&report.title()),
            heading: locale.text("report-title").into_owned(),
            company: shown(&report.company),
            place: shown(&report.place),
            quarter: report.quarter.clone(),
            revision: locale.say("chart-revision", &[("revision", report.revision.to_string().into())]),
            running: running(report),
            contents: locale.text("report-contents").into_owned(),
            reading: locale.text("report-reading").into_owned(),
            guide: GUIDE.map(|id| whole(&locale.text(id), LINE)).into(),
            nothing: locale.text("report-nothing").into_owned(),
            date: [at.year().unsigned_abs(), at.month(), at.day(), at.hour(), at.minute(), at.second()],
            facts: pairs(&report.facts),
            headline: report.headline.as_ref().map(|headline| tile(&headline.figure)),
            about: report.headline.as_ref().map(|headline| shown(&headline.about)).unwrap_or_default(),
            sections: report.sections.iter().map(chapter).collect(),
        }
    }
}

/// What stands above every page.
fn running(report: &Report) -> String {
    let [company, place] = [&report.company, &report.place].map(|name| cut(name, RUNNING));
    whole(&format!("{company} · {} · {place}", report.quarter), LINE)
}

fn part(block: &Block, report: &Report, pictures: &mut usize) -> Part {
    match block {
        Block::Text(text) => Part::Text { text: whole(text, LINE) },
        Block::Note(text) => Part::Note { text: whole(text, LINE) },
        Block::List(items) => Part::List { items: items.iter().map(|item| whole(item, LINE)).collect() },
        Block::Terms(title, items) => Part::Terms { title: shown(title), items: pairs(items) },
        Block::Figures(items) => Part::Figures { items: items.iter().map(tile).collect() },
        Block::Chart(chart) => {
            let file = picture(*pictures);
            *pictures += 1;
            Part::Chart { file, alternative: rapport_charts::settable(&chart.alternative()) }
        }
        Block::Table(table) => Part::Table(grid(table, report)),
    }
}

fn tile(figure: &Figure) -> Tile {
    Tile {
        name: shown(&figure.name),
        value: cell(&figure.value),
        changes: figure.changes.iter().map(|(to, change)| (shown(to), cell(change))).collect(),
        interval: figure.interval.as_ref().map(Cell::words),
        base: figure.base.words(),
    }
}

/// Words of so many signs stand on a line beside numbers.
const LONG: usize = 24;

fn grid(table: &Table, report: &Report) -> Grid {
    let own = usize::from(table.grouped);
    let columns = table.columns.len() - own;
    let group_of = |cells: &Vec<Cell>| cells.first().filter(|_| table.grouped).map(Cell::words);
    // one group alone needs no name, the table has one
    let apart = table.rows.windows(2).any(|two| group_of(&two[0]) != group_of(&two[1]));
    let mut last = None;
    let row = |cells: &Vec<Cell>| {
        let group = group_of(cells).filter(|_| apart);
        let begins = group.clone().filter(|group| last.as_ref() != Some(group));
        last = group;
        Row { group: begins.map(|group| shown(&group)), cells: cells[own..].iter().map(cell).collect() }
    };
    let say = || report.locale.say("report-wide", &[("columns", (columns as i64).into())]);
    let elsewhere = (columns > ACROSS).then(say);
    let heads = table.columns.iter().enumerate().skip(own);
    Grid {
        title: shown(&table.title),
        heads: heads.map(|(place, column)| head(column, place, table)).collect(),
        rows: if elsewhere.is_some() { Vec::new() } else { table.rows.iter().map(row).collect() },
        across: elsewhere.is_none() && columns > UPRIGHT,
        note: table.note.as_deref().map(|note| whole(note, LINE)),
        elsewhere,
    }
}

/// A head on so many lines that it is not much wider than the numbers below it, where there are many of them.
fn head(column: &Column, place: usize, table: &Table) -> Head {
    let text = shown(&column.head);
    let cells = table.rows.iter().filter_map(|row| at(row, place)).filter(|cell| cell.columns() == 1);
    let room = cells.map(|cell| cell.words().chars().count()).max().unwrap_or_default();
    let (words, long) = (column.kind == Kind::Text, room > LONG);
    if words {
        return Head { text, words, long };
    }
    let least = match table.columns.len() {
        0..=5 => 20,
        6..=9 => 14,
        _ => 8,
    };
    let room = text.split(' ').map(|word| word.chars().count()).fold(room.max(least), usize::max);
    Head { text: folded(&text, room), words, long }
}

/// The cell of a column; none where a cell before it takes the column too.
fn at(row: &[Cell], place: usize) -> Option<&Cell> {
    let mut begin = 0;
    row.iter().find(|cell| {
        let found = begin == place;
        begin += cell.columns();
        found
    })
}

fn cell(cell: &Cell) -> Shown {
    let mut shown_cell = Shown {
        text: whole(&cut(&cell.words(), CELL), WORD),
        about: String::new(),
        columns: cell.columns(),
        muted: matches!(cell, Cell::Nothing { .. }),
        sure: false,
        good: 0,
    };
    match cell {
        Cell::Named { about, .. } => shown_cell.about = shown(about),
        Cell::Change { sure, better, .. } => {
            shown_cell.sure = *sure;
            shown_cell.good = better.map_or(0, |better| if better { 1 } else { -1 });
        }
        _ => {}
    }
    shown_cell
}

fn pairs(pairs: &[(String, String)]) -> Vec<[String; 2]> {
    pairs.iter().map(|(name, text)| [shown(name), whole(text, LINE)]).collect()
}
