//! Documents for people to sign and to edit: headings, paragraphs, tables, as Office Open XML (.docx).
//!
//! A few elements are all that protocols, acts and reports need, so they are written here instead of by a
//! library: the same content gives the same bytes.

mod docx;
mod picture;
mod written;

pub use picture::Picture;
pub use written::{escaped, is_shapeless, written};

/// A document from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Title, also in the properties of the file.
    pub title: String,
    /// Language of the text, for the spelling checker: `ru-RU`, `en-GB`.
    pub language: &'static str,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading of level 1 or 2.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A paragraph in smaller grey letters: how it was computed, what it means.
    Note(String),
    /// A point of a list.
    Point(String),
    /// A table.
    Table(Table),
    /// A picture with words for who cannot see it.
    Picture(Picture, String),
}

/// A table with a head that repeats on every page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Widths of the columns in parts of their sum.
    pub widths: Vec<u32>,
    /// Cells of the head.
    pub head: Vec<String>,
    /// Rows; one with fewer cells is filled up with empty ones.
    pub rows: Vec<Vec<String>>,
}

impl Document {
    /// An empty document.
    pub fn new(title: impl Into<String>, language: &'static str) -> Self {
        Document {
            title: title.into(),
            language,
            blocks: Vec::new(),
        }
    }

    /// Adds a heading of level 1 or 2.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Heading(level, text.into()));
        self
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Paragraph(text.into()));
        self
    }

    /// Adds a note.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Note(text.into()));
        self
    }

    /// Adds a point of a list.
    pub fn point(&mut self, text: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Point(text.into()));
        self
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) -> &mut Self {
        self.blocks.push(Block::Table(table));
        self
    }

    /// Adds a picture; `words` tell it to who cannot see it.
    pub fn picture(&mut self, picture: Picture, words: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Picture(picture, words.into()));
        self
    }

    /// The bytes of a .docx file.
    ///
    /// # Errors
    /// When the archive cannot be written, which memory alone can cause.
    pub fn docx(&self) -> anyhow::Result<Vec<u8>> {
        docx::write(self)
    }
}

/// Media type of a .docx file.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
