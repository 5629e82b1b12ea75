//! The report as a workbook: the facts and a list of the sheets first, then a sheet a table with its charts below it.

mod names;
mod sheet;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};

use crate::{Block, Cell, Chart, Error, Figure, Report, Table};
use names::Names;

/// The colour of headings, as in charts and document.
pub(crate) const ACCENT: Color = Color::RGB(0x0B_4F8A);

/// A table with the charts below it, and the chapter both are of.
struct Leaf<'a> {
    chapter: &'a str,
    name: String,
    table: &'a Table,
    charts: Vec<&'a Chart>,
}

/// The report as a workbook.
///
/// # Errors
/// [`Error::Workbook`] where it cannot be written, [`Error::Picture`] where a chart has no pixels.
pub fn workbook(report: &Report) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let at = report.published.and_utc().timestamp();
    book.set_properties(
        &DocProperties::new()
            .set_title(report.title())
            .set_company(&report.company)
            .set_creation_datetime(&ExcelDateTime::from_timestamp(at)?),
    );
    let mut names = Names::default();
    let first = names.name(&report.locale.text("report-facts"));
    let leaves = leaves(report, &mut names);
    facts(book.add_worksheet().set_name(&first)?, report, &leaves)?;
    for leaf in &leaves {
        let sheet = book.add_worksheet().set_name(&leaf.name)?;
        sheet::write(sheet, leaf.table, &leaf.charts, report.locale)?;
    }
    Ok(book.save_to_buffer()?)
}

/// A sheet each table. A chart goes with the table that follows it in its chapter, or else with the last one.
fn leaves<'a>(report: &'a Report, names: &mut Names) -> Vec<Leaf<'a>> {
    let mut leaves: Vec<Leaf<'a>> = Vec::new();
    for section in &report.sections {
        let begin = leaves.len();
        let mut waiting = Vec::new();
        for block in &section.blocks {
            match block {
                Block::Chart(chart) => waiting.push(chart),
                Block::Table(table) => leaves.push(Leaf {
                    chapter: &section.title,
                    name: names.name(&table.title),
                    table,
                    charts: std::mem::take(&mut waiting),
                }),
                _ => {}
            }
        }
        if let Some(last) = leaves[begin..].last_mut() {
            last.charts.append(&mut waiting);
        }
    }
    leaves
}

/// The first sheet: whose report it is, what is told first, and where the tables are.
fn facts(sheet: &mut Worksheet, report: &Report, leaves: &[Leaf<'_>]) -> Result<(), XlsxError> {
    let (locale, bold) = (report.locale, Format::new().set_bold());
    let title = Format::new().set_bold().set_font_size(16).set_font_color(ACCENT);
    sheet.set_column_width(0, 34)?.set_column_width(1, 68)?.set_screen_gridlines(false);
    sheet.set_print_fit_to_pages(1, 0).set_paper_size(sheet::A4);
    sheet.write_string_with_format(0, 0, sheet::fitting(&report.company), &title)?;
    sheet.write_string(1, 0, sheet::fitting(&report.title()))?;
    let mut row = 3;
    for (name, value) in &report.facts {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string(row, 1, sheet::fitting(value))?;
        row += 1;
    }
    if let Some(headline) = &report.headline {
        row = told_first(sheet, row + 1, &headline.figure)?;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, locale.text("report-sheet"), &bold)?;
    sheet.write_string_with_format(row, 1, locale.text("report-section"), &bold)?;
    for leaf in leaves {
        row += 1;
        let link = format!("internal:'{}'!A1", leaf.name.replace('\'', "''"));
        sheet.write_url_with_text(row, 0, Url::new(link), &leaf.name)?;
        sheet.write_string(row, 1, leaf.chapter)?;
    }
    Ok(())
}

/// The headline; the next row that is free.
fn told_first(sheet: &mut Worksheet, mut row: u32, figure: &Figure) -> Result<u32, XlsxError> {
    let bold = Format::new().set_bold();
    let mut line = |sheet: &mut Worksheet, name: &str, cell: &Cell| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string(row, 1, cell.words())?;
        row += 1;
        Ok(())
    };
    line(sheet, &figure.name, &figure.value)?;
    for (to, change) in &figure.changes {
        line(sheet, to, change)?;
    }
    if let Some(interval) = &figure.interval {
        line(sheet, "95%", interval)?;
    }
    line(sheet, "n", &figure.base)?;
    Ok(row)
}
