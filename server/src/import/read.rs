//! A file of results by its bytes: which format it has, and its rows one after another.
//!
//! Pure over the bytes: rows go to a closure, so that two million of them need no memory; problems are gathered.

use std::io::{Cursor, Read, Seek};

use api::procedures::procedure::ProcedureKind;
use api::results::import::{ImportColumn, ImportSheet};
use objectivity::data::{ItemSpec, Work};

use super::columns::{Columns, Meaning, Trust};
use super::problem::{Fault, Problems};
use super::{f1, table};

/// Format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The workbook of the federal system.
    F1,
    /// A table.
    Csv,
}

impl Format {
    /// Code in the API.
    pub fn code(self) -> &'static str {
        match self {
            Format::F1 => "f1",
            Format::Csv => "csv",
        }
    }
}

/// What a file looks like.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Format.
    pub format: Format,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row of the header, 1-based.
    pub header_row: u32,
    /// Columns and items.
    pub columns: Columns,
    /// Columns of further sheets that the first has not.
    pub further: Vec<(String, Meaning)>,
    /// Number of participants the file declares.
    pub declared_participants: Option<u32>,
    /// Kind of procedure, where a title names it.
    pub kind: Option<ProcedureKind>,
    /// Rows seen, fit or not.
    pub rows: u32,
    /// Rows of pupils who took no part.
    pub absent: u32,
    /// Sheets of a workbook, read or not.
    pub sheets: Vec<ImportSheet>,
}

impl Layout {
    /// Columns for the structure shown to people.
    pub fn labels(&self) -> Vec<ImportColumn> {
        self.columns
            .columns
            .iter()
            .chain(&self.further)
            .filter(|(header, meaning)| !header.is_empty() || *meaning != Meaning::Ignored)
            .map(|(header, meaning)| ImportColumn {
                header: header.clone(),
                meaning: meaning.label().to_owned(),
            })
            .collect()
    }
}

/// A row without a score, an item or a mark: the pupil is listed and took no part.
pub fn is_absent(work: &Work) -> bool {
    work.raw_score.is_none() && work.mark.is_none() && work.items.iter().all(Option::is_none)
}

/// A row that is fit to be taken.
pub struct Row<'row> {
    /// Row in its sheet, 1-based.
    pub line: u32,
    /// The same in the whole file: rows of further sheets carry the number of the sheet above 2²⁰.
    pub key: u32,
    /// Sheet of a workbook.
    pub sheet: Option<&'row str>,
    /// Has no score, item or mark.
    pub absent: bool,
    /// Items of the file, in the order of `work.items`.
    pub items: &'row [ItemSpec],
    /// The pupil-work.
    pub work: &'row Work,
    /// Name of the school as the file gives it; empty when it does not.
    pub school_name: &'row str,
}

/// What the first bytes say.
enum Kind {
    Zip,
    Gzip,
    OldWorkbook,
    Other(&'static str),
    Text,
}

fn kind(start: &[u8]) -> Kind {
    match start {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Zip,
        [0x1f, 0x8b, ..] => Kind::Gzip,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Kind::OldWorkbook,
        [b'%', b'P', b'D', b'F', ..] => Kind::Other("PDF"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => {
            Kind::Other("изображение / a picture")
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => Kind::Other("RTF"),
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, 0xaf, ..] => {
            Kind::Other("архив / an archive")
        }
        _ if start.trim_ascii_start().starts_with(b"<") => {
            Kind::Other("веб-страница или XML / a web page or XML")
        }
        _ => Kind::Text,
    }
}

/// Most bytes a compressed table may unpack to when it comes from the network.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;

/// Reads a file that came from the network and is held in memory.
pub fn read_bytes(
    bytes: &[u8],
    trust: Trust<'_>,
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    read(Cursor::new(bytes), MAX_UNPACKED, trust, problems, each)
}

/// A reader that fails beyond a number of bytes, so that a small file cannot unpack without end.
struct Bounded<Inner> {
    inner: Inner,
    left: u64,
}

impl<Inner: Read> Read for Bounded<Inner> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => {
                self.left = left;
                Ok(count)
            }
            None => Err(std::io::ErrorKind::FileTooLarge.into()),
        }
    }
}

/// Reads a file; `each` sees every row that is fit, in the order of the file. A compressed table may unpack to
/// `max_unpacked` bytes.
///
/// Returns `None` when there is nothing to show: the problems say why.
pub fn read(
    mut input: impl Read + Seek,
    max_unpacked: u64,
    trust: Trust<'_>,
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    let mut start = [0_u8; 8];
    let mut filled = 0;
    while filled < start.len() {
        match input.read(&mut start[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                problems.whole(Fault::BrokenTable {
                    detail: error.kind().to_string(),
                });
                return None;
            }
        }
    }
    if let Err(error) = input.rewind() {
        problems.whole(Fault::BrokenTable {
            detail: error.kind().to_string(),
        });
        return None;
    }
    if filled == 0 {
        problems.whole(Fault::Empty);
        return None;
    }
    match kind(&start[..filled]) {
        Kind::Zip => f1::read(input, trust, problems, each),
        Kind::Gzip => {
            let inner = flate2::read::MultiGzDecoder::new(std::io::BufReader::new(input));
            let bounded = Bounded {
                inner,
                left: max_unpacked,
            };
            table::read(bounded, trust, problems, each)
        }
        Kind::OldWorkbook => {
            problems.whole(Fault::OldWorkbook);
            None
        }
        Kind::Other(what) => {
            problems.whole(Fault::WrongType { what });
            None
        }
        Kind::Text => table::read(input, trust, problems, each),
    }
}
