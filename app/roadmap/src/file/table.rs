//! What all formats come to: paragraphs and tables of cells on a grid.

/// A paragraph or a table of a document, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Text outside tables.
    Paragraph(String),
    /// A table or a sheet.
    Table(Table),
}

/// What was read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// In the order of the document.
    pub blocks: Vec<Block>,
    /// Insertions and deletions that nobody accepted yet; insertions are read, deletions are not.
    pub tracked_changes: usize,
    /// A file of plain records has no tables and no sheets to name.
    pub is_csv: bool,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet.
    pub sheet: Option<String>,
    /// Rows that have cells.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Place in the source, from 1.
    pub number: usize,
    /// From left to right.
    pub cells: Vec<Cell>,
    /// Somebody deleted it and nobody accepted that yet.
    pub is_deleted: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Cleaned text; paragraphs are lines.
    pub text: String,
    /// First column of the grid, from 0.
    pub column: usize,
    /// How many columns of the grid it covers.
    pub span: usize,
    /// The lower part of a cell that is merged over rows.
    pub goes_on: bool,
    /// Tables inside; their text stands in the cell's.
    pub nested: usize,
}

impl Row {
    /// Cells that say something themselves.
    pub fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells
            .iter()
            .filter(|cell| !cell.goes_on && !cell.text.is_empty())
    }
}

/// Most rows of all tables of a file.
pub const MAX_ROWS: usize = 5_000;
/// Most columns of a table.
pub const MAX_COLUMNS: usize = 64;
/// Most cells of a file.
pub const MAX_CELLS: usize = 100_000;
