//! Compound files, in which old Office keeps its documents, and how large an old workbook (`.xls`) would be once it is read.
//!
//! # Source
//! \[MS-CFB\] sections 2.2–2.6 (compound file), \[MS-XLS\] sections 2.1.4 and 2.5.13 (records, cells).

const MAX_SECTORS: usize = 1 << 17;
const END: u32 = 0xffff_fffa;

/// A compound file: a small file system.
pub struct Compound<'b> {
    bytes: &'b [u8],
    sector_size: usize,
    fat: Vec<u32>,
    directory: Vec<u8>,
}

impl<'b> Compound<'b> {
    /// Looks at a file; `None` when it is no compound file or its tables cannot be read.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector_size = 1_usize
            .checked_shl(u32::from(u16_at(bytes, 30)?))
            .filter(|size| matches!(size, 512 | 4096))?;
        let mut file = Self {
            bytes,
            sector_size,
            fat: Vec::new(),
            directory: Vec::new(),
        };
        file.fat = file.read_fat()?;
        file.directory = file.chain(u32_at(bytes, 48)?);
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = (number as usize)
            .checked_add(1)?
            .checked_mul(self.sector_size)?;
        self.bytes
            .get(start..self.bytes.len().min(start + self.sector_size))
    }

    /// The sectors from one on, as the table of the file joins them; a chain that never ends is cut.
    fn chain(&self, mut number: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut steps = 0;
        while number < END && steps < MAX_SECTORS {
            let Some(data) = self.sector(number) else {
                break;
            };
            out.extend_from_slice(data);
            number = self.fat.get(number as usize).copied().unwrap_or(u32::MAX);
            steps += 1;
        }
        out
    }

    fn read_fat(&self) -> Option<Vec<u32>> {
        let mut numbers: Vec<u32> = (0..109)
            .filter_map(|at| u32_at(self.bytes, 76 + at * 4))
            .filter(|n| *n < END)
            .collect();
        let mut next = u32_at(self.bytes, 68)?;
        let mut steps = 0;
        while next < END && steps < 1_000 {
            let Some(table) = self.sector(next) else {
                break;
            };
            let per_sector = self.sector_size / 4 - 1;
            numbers.extend(
                (0..per_sector)
                    .filter_map(|at| u32_at(table, at * 4))
                    .filter(|n| *n < END),
            );
            next = u32_at(table, per_sector * 4).unwrap_or(u32::MAX);
            steps += 1;
        }
        let mut fat = Vec::new();
        for number in numbers.into_iter().take(MAX_SECTORS / 128 + 1) {
            let Some(table) = self.sector(number) else {
                continue;
            };
            fat.extend((0..self.sector_size / 4).filter_map(|at| u32_at(table, at * 4)));
        }
        Some(fat)
    }

    /// The entry of the directory with this name, whatever the case of its letters.
    pub fn find(&self, wanted: &str) -> Option<&[u8]> {
        self.directory.chunks_exact(128).find(|entry| {
            let length = usize::from(u16_at(entry, 64).unwrap_or(0)).min(64);
            let units: Vec<u16> = (0..length.saturating_sub(2) / 2)
                .filter_map(|at| u16_at(entry, at * 2))
                .collect();
            String::from_utf16_lossy(&units).eq_ignore_ascii_case(wanted)
        })
    }

    /// The content of an entry that was found; `None` when its place is none.
    pub fn stream(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (start, size) = (u32_at(entry, 116)?, u32_at(entry, 120)?);
        if size >= u32_at(self.bytes, 56)? {
            return Some(self.chain(start));
        }
        // Small streams live in the root's stream, in pieces of 64 bytes.
        let root = self.directory.chunks_exact(128).next()?;
        let small = self.chain(u32_at(root, 116)?);
        let small_fat = self.chain(u32_at(self.bytes, 60)?);
        let mut out = Vec::new();
        let mut number = start;
        for _ in 0..=size / 64 {
            let at = (number as usize).checked_mul(64)?;
            out.extend_from_slice(small.get(at..small.len().min(at + 64)).unwrap_or_default());
            number = match u32_at(&small_fat, (number as usize).checked_mul(4)?) {
                Some(next) if next < END => next,
                _ => break,
            };
        }
        Some(out)
    }

    /// The stream of an old workbook, `Workbook` or `Book`.
    pub fn workbook(&self) -> Option<Vec<u8>> {
        let entry = self.find("Workbook").or_else(|| self.find("Book"))?;
        self.stream(entry)
    }
}

/// Cells of the rectangles that the sheets of an old workbook would be laid out as. A library that lays each sheet out as a
/// full rectangle would take gigabytes for two cells in opposite corners of many sheets; so the records are walked before
/// the file is opened.
pub fn area(stream: &[u8]) -> u64 {
    let mut area = 0_u64;
    let mut bounds: Option<(u64, u64, u64, u64)> = None;
    let mut at = 0;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let body = at + 4;
        match kind {
            0x0809 | 0x0009 | 0x0209 | 0x0409 => area += size(bounds.take()),
            // Cells: FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING, BLANK, MULBLANK, MULRK and old forms.
            0x0006 | 0x0206 | 0x0406 | 0x0203 | 0x0003 | 0x0204 | 0x0004 | 0x0205 | 0x0005
            | 0x027e | 0x007e | 0x00fd | 0x00d6 | 0x0201 | 0x0001 | 0x00be | 0x00bd => {
                if let (Some(row), Some(first)) = (u16_at(stream, body), u16_at(stream, body + 2)) {
                    let last = if matches!(kind, 0x00bd | 0x00be) {
                        u16_at(stream, body + usize::from(length).saturating_sub(2))
                            .unwrap_or(first)
                    } else {
                        first
                    };
                    let (row, first, last) =
                        (u64::from(row), u64::from(first), u64::from(last.max(first)));
                    let (top, bottom, left, right) = bounds.unwrap_or((row, row, first, last));
                    bounds = Some((
                        top.min(row),
                        bottom.max(row),
                        left.min(first),
                        right.max(last),
                    ));
                }
            }
            _ => {}
        }
        at = body + usize::from(length);
    }
    area + size(bounds)
}

fn size(bounds: Option<(u64, u64, u64, u64)>) -> u64 {
    bounds.map_or(0, |(top, bottom, left, right)| {
        (bottom - top + 1) * (right - left + 1)
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(
        bytes.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(
        bytes.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
}
