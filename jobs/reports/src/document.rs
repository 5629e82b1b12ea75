//! The report as a PDF, set by typst: one template of ours, which reads the data as values and never as markup. Tagged for
//! screen readers as PDF/UA asks.

mod data;
mod words;
mod world;

use typst::{diag::SourceDiagnostic, ecow::EcoVec, foundations::Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{Error, Report};
use data::Data;
use world::Files;

/// The report as a PDF.
///
/// # Errors
/// [`Error::Document`] where typst cannot set it, which is a fault of the template.
pub fn pdf(report: &Report) -> Result<Vec<u8>, Error> {
    let pictures = report.charts().map(|chart| rapport_charts::settable(&chart.svg)).collect();
    let files = Files::of(&Data::of(report), pictures)?;
    let set = set(&files, &report.title());
    // typst remembers its work for a document that is set again; this one never is
    typst::comemo::evict(0);
    set
}

fn set(files: &Files, title: &str) -> Result<Vec<u8>, Error> {
    let document: PagedDocument = typst::compile(files).output.map_err(|why| told(&why))?;
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
    // a font of the machine may lack what the standard asks for; the document is tagged nevertheless
    export(&document, title, accessible).or_else(|_| export(&document, title, PdfStandards::default()))
}

fn export(document: &PagedDocument, title: &str, standards: PdfStandards) -> Result<Vec<u8>, Error> {
    let options = PdfOptions {
        ident: Smart::Custom(title.to_owned()),
        creator: Smart::Custom(Some("Rapport".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|why| told(&why))
}

/// The faults in a line.
fn told(faults: &EcoVec<SourceDiagnostic>) -> Error {
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    Error::Document(messages.join("; "))
}
