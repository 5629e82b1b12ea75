//! A delimited file as text records with their lines: gzip, byte order mark, encoding and delimiter are found out.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::MultiGzDecoder;

use super::{mapping::FileFormat, rejects::Fault};
use crate::Error;

/// An opened file, its header read.
pub struct Records {
    reader: csv::Reader<Box<dyn Read + Send>>,
    format: FileFormat,
    /// The names in the header, in order.
    pub header: Vec<String>,
}

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
const BUFFER: usize = 1 << 18;

impl Records {
    /// Opens a file and reads its header.
    pub fn open(format: &FileFormat) -> Result<Self, Error> {
        let mut text = decoded(format)?;
        let head = head(&mut text).map_err(|error| fault(&format.path, 1, error.to_string()))?;
        let delimiter = match format.delimiter {
            Some(given) => u8::try_from(given).map_err(|_| {
                fault(&format.path, 1, format!("the delimiter `{given}` is not one ASCII character"))
            })?,
            None => delimiter_of(&head),
        };
        let boxed: Box<dyn Read + Send> = Box::new(io::Cursor::new(head).chain(text));
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(boxed);
        let header = header_of(&mut reader, format)?;
        Ok(Self { reader, format: format.clone(), header })
    }

    /// Reads the next record, its missing cells emptied; false at the end of the file.
    pub fn read(&mut self, record: &mut ByteRecord) -> Result<bool, Error> {
        let more = self.reader.read_byte_record(record).map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            fault(&self.format.path, line, error.to_string())
        })?;
        if more && !self.format.null.is_empty() {
            *record = self.without_nulls(record);
        }
        Ok(more)
    }

    fn check(&self, record: &ByteRecord) -> Result<(), Error> {
        let wrong = record.iter().any(|cell| match std::str::from_utf8(cell) {
            // the decoder puts this sign where bytes mean nothing
            Ok(text) => self.format.encoding.is_some() && text.contains('\u{FFFD}'),
            Err(_) => true,
        });
        if wrong { Err(undecodable(&self.format, line(record))) } else { Ok(()) }
    }

    fn without_nulls(&self, record: &ByteRecord) -> ByteRecord {
        let missing = |cell: &[u8]| self.format.null.iter().any(|null| null.as_bytes() == cell);
        let mut kept: ByteRecord = record.iter().map(|cell| if missing(cell) { b"" } else { cell }).collect();
        kept.set_position(record.position().cloned());
        kept
    }
}

/// Fails, with the line, if any part of a file cannot be read or is not text; nothing is loaded before this is known.
pub fn verify(format: &FileFormat) -> Result<(), Error> {
    let mut text = decoded(format)?;
    let (mut part, mut kept) = (vec![0; BUFFER], 0);
    loop {
        let Ok(read) = text.read(&mut part[kept..]) else { return first_fault(format) };
        let filled = &part[..kept + read];
        let sound = match std::str::from_utf8(filled) {
            Ok(_) => filled.len(),
            // a character may go on in the next part
            Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
            Err(_) => return first_fault(format),
        };
        if format.encoding.is_some() && filled[..sound].windows(3).any(|bytes| bytes == REPLACEMENT) {
            return first_fault(format);
        }
        if read == 0 {
            return Ok(());
        }
        let end = filled.len();
        part.copy_within(sound..end, 0);
        kept = end - sound;
    }
}

/// The sign U+FFFD, which the decoder puts where bytes mean nothing.
const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

/// Reads record by record, to name the line of the fault there is.
fn first_fault(format: &FileFormat) -> Result<(), Error> {
    let mut records = Records::open(format)?;
    let mut record = ByteRecord::new();
    while records.read(&mut record)? {
        records.check(&record)?;
    }
    Err(undecodable(format, 0))
}

/// A record has as many fields as the header, or this fault.
pub fn wrong_width(record: &ByteRecord, width: usize) -> Fault {
    Fault {
        column: String::new(),
        value: String::from_utf8_lossy(record.get(0).unwrap_or_default()).into_owned(),
        reason: format!(
            "the line has {} fields and the header {width}; a field with a delimiter or a line break needs quotes",
            record.len()
        ),
    }
}

/// The line a record starts on.
pub fn line(record: &ByteRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

fn decoded(format: &FileFormat) -> Result<Box<dyn Read + Send>, Error> {
    let file = File::open(&format.path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => fault(&format.path, 0, "there is no such file".to_owned()),
        _ => fault(&format.path, 0, error.to_string()),
    })?;
    let mut bytes = BufReader::with_capacity(BUFFER, file);
    let magic = bytes.fill_buf().map_err(|error| fault(&format.path, 0, error.to_string()))?;
    let plain: Box<dyn Read + Send> =
        if magic.starts_with(&[0x1f, 0x8b]) { Box::new(MultiGzDecoder::new(bytes)) } else { Box::new(bytes) };
    let encoding = match &format.encoding {
        Some(name) => Some(encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            fault(
                &format.path,
                0,
                format!("`{name}` is no known encoding; try utf-8, gb18030 or windows-1252"),
            )
        })?),
        None => None,
    };
    Ok(Box::new(
        DecodeReaderBytesBuilder::new()
            .encoding(encoding)
            .utf8_passthru(true)
            .strip_bom(true)
            .bom_override(true)
            .build(plain),
    ))
}

/// The beginning of the text, with all of the header's first line unless that is longer than any header.
fn head(text: &mut impl Read) -> io::Result<Vec<u8>> {
    let (mut head, mut part) = (Vec::new(), [0; 4096]);
    while head.len() < BUFFER && !head.contains(&b'\n') {
        match text.read(&mut part)? {
            0 => break,
            read => head.extend_from_slice(&part[..read]),
        }
    }
    Ok(head)
}

fn delimiter_of(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

fn header_of<R: Read>(reader: &mut csv::Reader<R>, format: &FileFormat) -> Result<Vec<String>, Error> {
    let names = reader.byte_headers().map_err(|error| fault(&format.path, 1, error.to_string()))?;
    let mut header: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let name = std::str::from_utf8(name).map_err(|_| undecodable(format, 1))?.trim().to_owned();
        if name.is_empty() || header.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            return Err(fault(
                &format.path,
                1,
                format!("the header names a column `{name}` twice or not at all"),
            ));
        }
        header.push(name);
    }
    if header.is_empty() {
        return Err(fault(&format.path, 1, "it is empty; the first line must name the columns".to_owned()));
    }
    Ok(header)
}

fn undecodable(format: &FileFormat, line: u64) -> Error {
    let why = match &format.encoding {
        Some(name) => format!("it is not {name} text"),
        None => "it is not UTF-8 text; name its encoding in the mapping, as in \
                 { path = \"…\", encoding = \"gb18030\" }"
            .to_owned(),
    };
    fault(&format.path, line, why)
}

fn fault(path: &Path, line: u64, why: String) -> Error {
    Error::File { path: path.to_owned(), line, why }
}
