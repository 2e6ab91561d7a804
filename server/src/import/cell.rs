//! Cells of tables that people bring: a text, and what the text cannot say.

use std::borrow::Cow;

/// What a cell is besides its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Note {
    /// Its text is all.
    #[default]
    Plain,
    /// A date or a time, whatever the author typed.
    Date,
    /// An error of the spreadsheet, such as `#REF!`.
    Error,
    /// A formula without a stored value.
    Hollow,
    /// The text of a merged range that goes over several rows.
    Spread,
    /// Under a merged range that begins in another column.
    Covered,
}

/// A cell of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Text without outer blanks.
    pub text: String,
    /// What it is besides.
    pub note: Note,
}

impl Cell {
    /// A cell that is its text.
    pub fn plain(text: String) -> Cell {
        Cell {
            text,
            note: Note::Plain,
        }
    }

    /// A cell with a note.
    pub fn noted(text: String, note: Note) -> Cell {
        Cell { text, note }
    }

    /// Is there nothing to see?
    pub fn is_blank(&self) -> bool {
        self.text.is_empty() && !matches!(self.note, Note::Hollow | Note::Error)
    }
}

/// One row of cells.
pub trait Record {
    /// Number of cells.
    fn length(&self) -> usize;
    /// Text of a cell without outer blanks; empty beyond the last.
    fn cell(&self, column: usize) -> Cow<'_, str>;
    /// What the cell is besides its text.
    fn note(&self, column: usize) -> Note {
        note_of(&self.cell(column))
    }
}

impl Record for Vec<Cell> {
    fn length(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> Cow<'_, str> {
        Cow::Borrowed(self.get(column).map_or("", |cell| cell.text.trim()))
    }

    fn note(&self, column: usize) -> Note {
        match self.get(column) {
            Some(cell) if cell.note == Note::Plain => note_of(&cell.text),
            Some(cell) => cell.note,
            None => Note::Plain,
        }
    }
}

impl Record for Vec<String> {
    fn length(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> Cow<'_, str> {
        Cow::Borrowed(self.get(column).map_or("", |cell| cell.trim()))
    }
}

/// Errors of spreadsheets as a table in text holds them, in English and in Russian.
const ERRORS: &[&str] = &[
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#ДЕЛ/0!",
    "#Н/Д",
    "#ИМЯ?",
    "#ПУСТО!",
    "#ЧИСЛО!",
    "#ССЫЛКА!",
    "#ЗНАЧ!",
    "#ПЕРЕНОС!",
    "#ВЫЧИСЛ!",
];

/// What the text of a cell says by itself.
pub fn note_of(text: &str) -> Note {
    if text.starts_with('#') && ERRORS.contains(&text.trim()) {
        Note::Error
    } else {
        Note::Plain
    }
}
