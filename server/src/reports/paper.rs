//! A paper as a row of blocks; what becomes of them is the business of the writers.

use api::text::Language;

/// A paper to be filed.
pub struct Paper {
    /// Language of its words.
    pub language: Language,
    /// Title.
    pub title: String,
    /// The title again, short enough for the foot of every page.
    pub foot: String,
    /// What follows the title.
    pub blocks: Vec<Block>,
}

/// A part of a paper.
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph; line feeds begin new lines.
    Paragraph(String),
    /// A line of smaller words, about what stands above it.
    Small(String),
    /// A numbered remark.
    Item(Item),
    /// A table of two columns: name and value.
    Pairs(Vec<(String, String)>),
    /// Strokes on a sheet of 600 × 200.
    Drawing {
        /// The strokes, each a list of points.
        strokes: Vec<Vec<[u16; 2]>>,
        /// What is drawn, for who cannot see it.
        words: String,
    },
}

/// A numbered remark.
pub struct Item {
    /// Number from 1.
    pub number: usize,
    /// What stands before the remark with weight; may be blank.
    pub weight: String,
    /// The remark.
    pub text: String,
    /// Smaller words below it.
    pub note: Option<String>,
}
