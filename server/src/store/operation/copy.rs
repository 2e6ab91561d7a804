//! Rows of a table as bytes: the binary format of PostgreSQL's COPY, which is exact, simple and documented.
//!
//! # Source
//! PostgreSQL 15 manual, COPY, "Binary Format"; numbers are big-endian, a length of -1 is NULL.

use std::io::{self, Read};

use super::Kind;

/// What a table's rows begin with: signature, no flags, no extension.
pub(super) const HEADER: &[u8; 19] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// What they end with.
pub(super) const TRAILER: &[u8; 2] = &[0xff, 0xff];
/// Longest value that is believed, bytes: above it the file is damaged.
const LONGEST: usize = 1 << 30;

/// One value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// Sixteen bytes.
    Uuid(&'a [u8]),
    /// Text.
    Text(&'a str),
    /// Yes or no.
    Boolean(bool),
    /// 32 bits.
    Integer(i32),
    /// 64 bits.
    Bigint(i64),
    /// 64 bits, floating.
    Double(f64),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// Begins a row of so many values.
pub(super) fn begin_row(out: &mut Vec<u8>, columns: usize) {
    let columns = i16::try_from(columns).unwrap_or(i16::MAX);
    out.extend_from_slice(&columns.to_be_bytes());
}

/// Adds a value to the row.
pub(super) fn put(out: &mut Vec<u8>, cell: Cell<'_>) {
    let mut sized = |bytes: &[u8]| {
        let length = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(bytes);
    };
    match cell {
        Cell::Null => out.extend_from_slice(&(-1_i32).to_be_bytes()),
        Cell::Uuid(bytes) | Cell::Bytes(bytes) => sized(bytes),
        Cell::Text(text) => sized(text.as_bytes()),
        Cell::Boolean(value) => sized(&[u8::from(value)]),
        Cell::Integer(value) => sized(&value.to_be_bytes()),
        Cell::Bigint(value) => sized(&value.to_be_bytes()),
        Cell::Double(value) => sized(&value.to_be_bytes()),
    }
}

/// A row read back: the bytes of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    bytes: Vec<u8>,
    /// End of each value in `bytes`; none for NULL.
    ends: Vec<Option<usize>>,
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// `InvalidData` when its bytes are none of that kind.
    pub fn cell(&self, index: usize, kind: Kind) -> io::Result<Cell<'_>> {
        let Some(end) = self.ends.get(index).copied().flatten() else {
            return Ok(Cell::Null);
        };
        let start = self
            .ends
            .get(..index)
            .and_then(|before| before.iter().rev().flatten().next().copied())
            .unwrap_or_default();
        let bytes = self.bytes.get(start..end).ok_or_else(strange)?;
        Ok(match kind {
            Kind::Uuid if bytes.len() == 16 => Cell::Uuid(bytes),
            Kind::Uuid => return Err(strange()),
            Kind::Text => Cell::Text(std::str::from_utf8(bytes).map_err(|_| strange())?),
            Kind::Boolean => Cell::Boolean(bytes == [1]),
            Kind::Integer => Cell::Integer(i32::from_be_bytes(exact(bytes)?)),
            Kind::Bigint => Cell::Bigint(i64::from_be_bytes(exact(bytes)?)),
            Kind::Double => Cell::Double(f64::from_be_bytes(exact(bytes)?)),
            Kind::Bytes => Cell::Bytes(bytes),
        })
    }
}

/// Reads rows one after another.
pub struct CopyReader<R> {
    from: R,
    columns: usize,
}

impl<R: Read> CopyReader<R> {
    /// Begins to read a table of so many columns.
    ///
    /// # Errors
    /// `InvalidData` when it is no such table.
    pub fn new(mut from: R, columns: usize) -> io::Result<Self> {
        let mut header = [0; HEADER.len()];
        from.read_exact(&mut header)?;
        if &header != HEADER {
            return Err(strange());
        }
        Ok(CopyReader { from, columns })
    }

    /// Goes on with a table whose beginning was read before.
    pub fn resume(from: R, columns: usize) -> Self {
        CopyReader { from, columns }
    }

    /// What is not read yet.
    pub fn rest(&self) -> &R {
        &self.from
    }

    /// Reads the next row into `row`; false after the last.
    ///
    /// # Errors
    /// `InvalidData`, or `UnexpectedEof` for a table that was cut.
    pub fn next(&mut self, row: &mut Row) -> io::Result<bool> {
        row.bytes.clear();
        row.ends.clear();
        let mut count = [0; 2];
        self.from.read_exact(&mut count)?;
        let count = i16::from_be_bytes(count);
        if count == -1 {
            return Ok(false);
        }
        if usize::try_from(count) != Ok(self.columns) {
            return Err(strange());
        }
        for _ in 0..self.columns {
            let mut length = [0; 4];
            self.from.read_exact(&mut length)?;
            let length = i32::from_be_bytes(length);
            if length == -1 {
                row.ends.push(None);
                continue;
            }
            let length = usize::try_from(length).map_err(|_| strange())?;
            if length > LONGEST {
                return Err(strange());
            }
            let start = row.bytes.len();
            row.bytes.resize(start + length, 0);
            let place = row.bytes.get_mut(start..).ok_or_else(strange)?;
            self.from.read_exact(place)?;
            row.ends.push(Some(row.bytes.len()));
        }
        Ok(true)
    }
}

fn exact<const N: usize>(bytes: &[u8]) -> io::Result<[u8; N]> {
    bytes.try_into().map_err(|_| strange())
}

fn strange() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "rows of a table are damaged")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_a_cut_is_noticed() {
        let id = [7_u8; 16];
        let row = [
            (Kind::Uuid, Cell::Uuid(&id)),
            (Kind::Text, Cell::Text("Школа «Ёлка»")),
            (Kind::Text, Cell::Null),
            (Kind::Text, Cell::Text("")),
            (Kind::Boolean, Cell::Boolean(true)),
            (Kind::Integer, Cell::Integer(-5)),
            (Kind::Bigint, Cell::Bigint(i64::MIN)),
            (Kind::Double, Cell::Double(0.1)),
            (Kind::Bytes, Cell::Bytes(&[0, 255])),
        ];
        let mut bytes = HEADER.to_vec();
        for _ in 0..2 {
            begin_row(&mut bytes, row.len());
            for (_, cell) in row {
                put(&mut bytes, cell);
            }
        }
        bytes.extend_from_slice(TRAILER);
        let mut reader = CopyReader::new(bytes.as_slice(), row.len()).expect("a table");
        let mut read = Row::default();
        for _ in 0..2 {
            assert!(reader.next(&mut read).expect("a row"));
            for (index, (kind, cell)) in row.into_iter().enumerate() {
                assert_eq!(read.cell(index, kind).expect("a value"), cell);
            }
        }
        assert!(!reader.next(&mut read).expect("the end"));
        for cut in 0..bytes.len() {
            let whole = (|| {
                let mut reader = CopyReader::new(&bytes[..cut], row.len())?;
                while reader.next(&mut read)? {}
                io::Result::Ok(())
            })();
            assert!(whole.is_err(), "cut at {cut}");
        }
    }
}
