//! A table as a sheet: numbers as they are stored with a format each, a header that stays in sight, charts below it.

use rapport_messages::Locale;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Image, Worksheet, XlsxError};

use super::{ACCENT, names::cut};
use crate::{Cell, Chart, Error, Form, Kind, Table, table::Plain};

/// The most characters that a cell has room for.
const ROOM: usize = 32_767;
/// The widest a column gets for its cells and for its head, what is left free, and a column that holds nothing; in characters.
const WIDEST: usize = 60;
const LINE: usize = 18;
const MARGIN: usize = 2;
const COLUMN: usize = 8;
/// A text over all columns is at least so wide.
const SENTENCE: usize = 110;
/// The height of a line, in points.
const LINE_HEIGHT: f64 = 15.0;
/// The most that a picture says of itself, in units of UTF-16.
const ALTERNATIVE: usize = 255;
/// The number that sheets have for A4.
pub const A4: u8 = 9;
/// A chart is shown at half its size: 800 × 450 pixels, over so many rows.
const SCALE: f64 = 0.5;
const ROWS: u32 = 23;

/// Writes the table, below it what must be known to read it, and then its charts.
pub fn write(sheet: &mut Worksheet, table: &Table, charts: &[&Chart], locale: Locale) -> Result<(), Error> {
    let heads = table.heads(locale);
    let mut widths: Vec<usize> = heads.iter().map(|(head, _)| wide(head).min(LINE)).collect();
    for (row, cells) in (1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(table.plain(cells)) {
            let width = cell_of(sheet, (row, at), &cell, locale)?;
            if let Some(known) = widths.get_mut(usize::from(at)) {
                *known = width.min(WIDEST).max(*known);
            }
        }
    }
    for (at, width) in (0..).zip(&mut widths) {
        *width += MARGIN;
        sheet.set_column_width(at, *width as f64)?;
    }
    header(sheet, &heads, &widths)?;
    printed(sheet, charts)?;
    below(sheet, table, charts, &widths)
}

/// The heads, on as many lines as they need.
fn header(sheet: &mut Worksheet, heads: &[(String, Kind)], widths: &[usize]) -> Result<(), XlsxError> {
    let words = Format::new()
        .set_bold()
        .set_font_color(ACCENT)
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::Bottom)
        .set_text_wrap();
    let numbers = words.clone().set_align(FormatAlign::Right);
    // beside a number that ends where it begins
    let later = words.clone().set_indent(1);
    let lines = heads.iter().zip(widths).map(|((head, _), width)| lines(head, *width)).max();
    sheet.set_row_height(0, lines.unwrap_or(1) as f64 * LINE_HEIGHT)?.set_freeze_panes(1, 1)?;
    for (at, (head, kind)) in (0..).zip(heads) {
        let format = match kind {
            Kind::Text if at == 0 => &words,
            Kind::Text => &later,
            _ => &numbers,
        };
        sheet.write_string_with_format(0, at, head, format)?;
    }
    Ok(())
}

/// The note, the charts, and what each tells those who cannot see it: a picture's own text is short.
fn below(sheet: &mut Worksheet, table: &Table, charts: &[&Chart], widths: &[usize]) -> Result<(), Error> {
    let mut row = table.rows.len() as u32 + 2;
    if let Some(note) = &table.note {
        across(sheet, row, note, widths)?;
        row += 2;
    }
    for chart in charts {
        let told = chart.alternative();
        let image = Image::new_from_buffer(&chart.png()?)?
            .set_scale_width(SCALE)
            .set_scale_height(SCALE)
            .set_alt_text(cut(&told, ALTERNATIVE));
        sheet.insert_image(row, 0, &image)?;
        row += ROWS;
        across(sheet, row, &told, widths)?;
        row += 2;
    }
    Ok(())
}

/// A text over all columns, as high as it needs to be.
fn across(sheet: &mut Worksheet, row: u32, text: &str, widths: &[usize]) -> Result<(), XlsxError> {
    let slanted = Format::new().set_italic().set_text_wrap().set_align(FormatAlign::Top);
    let (mut columns, mut width) = (widths.len() as u16, widths.iter().sum());
    while width < SENTENCE {
        columns += 1;
        width += COLUMN;
    }
    sheet.set_row_height(row, lines(text, width) as f64 * LINE_HEIGHT)?;
    sheet.merge_range(row, 0, row, columns - 1, &fitting(text), &slanted)?;
    Ok(())
}

/// On so many lines of this width a text has room.
fn lines(text: &str, width: usize) -> usize {
    // words break before the end of a line
    text.lines().map(|line| (wide(line) * 10).div_ceil(width * 9).max(1)).sum::<usize>().max(1)
}

/// On paper: a table as wide as the sheet, the header on every page; with charts all on one, which cuts none of them.
fn printed(sheet: &mut Worksheet, charts: &[&Chart]) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_repeat_rows(0, 0)?;
    match charts.is_empty() {
        true => sheet.set_landscape().set_print_fit_to_pages(1, 0),
        false => sheet.set_print_fit_to_pages(1, 1),
    };
    Ok(())
}

/// Writes a cell; how wide it is.
fn cell_of(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &Plain<'_>,
    locale: Locale,
) -> Result<usize, XlsxError> {
    match cell {
        Plain::Empty => Ok(0),
        Plain::Text(text) => {
            sheet.write_string(row, at, fitting(text))?;
            Ok(wide(text))
        }
        Plain::Number(Cell::Number { value, text, form }) => {
            sheet.write_number_with_format(row, at, *value, &format(*form, locale))?;
            Ok(wide(text))
        }
        Plain::Number(_) => Ok(0),
        Plain::Truth(truth) => {
            let word = locale.text(if *truth { "yes" } else { "no" });
            sheet.write_string_with_format(row, at, word, &Format::new().set_indent(1))?;
            Ok(4)
        }
    }
}

/// As people read it; what is stored stays in the cell.
fn format(form: Form, locale: Locale) -> Format {
    let text = match form {
        Form::Count | Form::Money => "#,##0".to_owned(),
        Form::Decimal(0) => "#,##0".to_owned(),
        Form::Decimal(places) => format!("#,##0.{}", "0".repeat(places)),
        Form::Share => "0.0%".to_owned(),
        Form::Change => "+#,##0.0;-#,##0.0;0.0".to_owned(),
        Form::SharePoints => {
            let points = locale.pick(" pts", "点");
            format!("+0.0%\"{points}\";-0.0%\"{points}\";0.0%\"{points}\"")
        }
    };
    Format::new().set_num_format(text)
}

/// As much of a text as a cell takes.
pub fn fitting(text: &str) -> String {
    text.chars().take(ROOM).collect()
}

/// How wide a text is, in characters of the Latin script.
fn wide(text: &str) -> usize {
    text.chars().map(|sign| if sign > '\u{2E80}' { 2 } else { 1 }).sum()
}
