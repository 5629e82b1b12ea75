//! The report as an archive: document, workbook, every table and every chart as files of their own, and a text that says
//! what is what.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{Error, Report, pdf, workbook};

/// The report with all its parts as files, packed. The files bear the date that archives begin with: the same report gives
/// the same bytes.
///
/// # Errors
/// As [`pdf`] and [`workbook`], and [`Error::Archive`] where it cannot be packed.
pub fn archive(report: &Report) -> Result<Vec<u8>, Error> {
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = options(CompressionMethod::Deflated);
    // what is packed already takes no second packing
    let stored = options(CompressionMethod::Stored);
    let mut put = |name: &str, options, bytes: &[u8]| -> Result<(), Error> {
        packed.start_file(name, options)?;
        Ok(packed.write_all(bytes)?)
    };
    put("README.txt", deflated, readme(report).as_bytes())?;
    put("report.pdf", stored, &pdf(report)?)?;
    put("report.xlsx", stored, &workbook(report)?)?;
    for table in report.tables() {
        put(&format!("tables/{}.csv", table.name), deflated, &table.csv(report.locale)?)?;
    }
    for chart in report.charts() {
        put(&format!("charts/{}.svg", chart.name), deflated, chart.svg.as_bytes())?;
        put(&format!("charts/{}.png", chart.name), stored, &chart.png()?)?;
    }
    Ok(packed.finish()?.into_inner())
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    options.compression_method(method).unix_permissions(0o644)
}

/// What is in the archive, in the report's language; lines end as Windows has them.
fn readme(report: &Report) -> String {
    let locale = report.locale;
    let mut lines = vec![report.company.clone(), report.title(), String::new()];
    let between = locale.pick(": ", "：");
    lines.extend(report.facts.iter().map(|(name, value)| format!("{name}{between}{value}")));
    lines.extend([String::new(), locale.text("report-readme").into_owned(), String::new()]);
    for (name, word) in [
        ("report.pdf", locale.text("report-readme-pdf")),
        ("report.xlsx", locale.text("report-readme-xlsx")),
        ("tables/", locale.text("report-readme-tables")),
        ("charts/", locale.text("report-readme-charts")),
    ] {
        lines.push(format!("{name}  {word}"));
    }
    lines.push(String::new());
    let tables = report.tables().map(|table| format!("tables/{}.csv  {}", table.name, table.title));
    let charts = report.charts().map(|chart| format!("charts/{}.svg, .png  {}", chart.name, chart.title));
    lines.extend(tables.chain(charts));
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}
