//! A paper laid out on pages: where every line, rule and drawing stands, and which part of the paper it is.

use super::paper::{Block, Item, Paper};
use super::type_face::{Face, Line};

/// A4, in points.
pub const PAGE: [f32; 2] = [595.28, 841.89];
/// Wide enough on the left to be filed.
const LEFT: f32 = 71.0;
const RIGHT: f32 = PAGE[0] - 43.0;
const TOP: f32 = 57.0;
const BOTTOM: f32 = PAGE[1] - 64.0;
/// Where the foot stands.
const FOOT: f32 = PAGE[1] - 36.0;

const TITLE: f32 = 17.0;
const HEADING: f32 = 12.5;
const TEXT: f32 = 10.5;
const SMALL: f32 = 9.0;
/// Distance of lines, in sizes.
const LEADING: f32 = 1.42;
/// Width of the names in a table.
const NAMES: f32 = 150.0;
/// Width of the numbers of remarks.
const NUMBERS: f32 = 24.0;
/// How large a drawing on a sheet of 600 × 200 becomes.
const DRAWING: f32 = 0.3;
/// A heading does not stand alone at the foot of a page.
const WITH_HEADING: f32 = 60.0;

/// Which part of the paper a piece belongs to, in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The title.
    Title,
    /// A block, by its index.
    Block(usize),
    /// The number of a remark, by the index of its block.
    Number(usize),
    /// A field of a table: block, row, column.
    Field(usize, usize, usize),
    /// Rules and feet: nothing that is read.
    Furniture,
}

/// Something to be drawn.
pub struct Piece {
    /// What it belongs to.
    pub part: Part,
    /// Left end, and the base line of text or the top of a drawing.
    pub at: [f32; 2],
    /// What it is.
    pub what: What,
}

/// What a piece is.
pub enum What {
    /// A line of text.
    Text {
        /// Its glyphs.
        line: Line,
        /// Size in points.
        size: f32,
        /// In the heavier weight?
        is_heavy: bool,
        /// In grey?
        is_quiet: bool,
    },
    /// A thin line to the right, of this length.
    Rule(f32),
    /// Strokes, in points from [`Piece::at`].
    Drawing(Vec<Vec<[f32; 2]>>),
}

/// How a line is set.
#[derive(Clone, Copy)]
struct Look {
    size: f32,
    is_heavy: bool,
    is_quiet: bool,
}

const BODY: Look = Look {
    size: TEXT,
    is_heavy: false,
    is_quiet: false,
};
const QUIET: Look = Look {
    size: SMALL,
    is_heavy: false,
    is_quiet: true,
};
const WEIGHTY: Look = Look {
    size: TEXT,
    is_heavy: true,
    is_quiet: false,
};

/// The faces a paper is set in.
pub struct Faces {
    /// For running text.
    pub regular: Face,
    /// For headings and what has weight.
    pub heavy: Face,
}

impl Faces {
    fn of(&self, look: Look) -> &Face {
        if look.is_heavy {
            &self.heavy
        } else {
            &self.regular
        }
    }
}

/// The paper on pages, with a foot on each.
pub fn pages(paper: &Paper, faces: &Faces) -> Vec<Vec<Piece>> {
    let mut flow = Flow {
        faces,
        pages: vec![Vec::new()],
        y: TOP,
    };
    let title = Look {
        size: TITLE,
        is_heavy: true,
        is_quiet: false,
    };
    flow.text(Part::Title, &paper.title, title, LEFT);
    flow.y += 10.0;
    for (index, block) in paper.blocks.iter().enumerate() {
        flow.block(index, block);
    }
    flow.feet(&paper.foot);
    flow.pages
}

struct Flow<'faces> {
    faces: &'faces Faces,
    pages: Vec<Vec<Piece>>,
    y: f32,
}

impl Flow<'_> {
    fn block(&mut self, index: usize, block: &Block) {
        let part = Part::Block(index);
        match block {
            Block::Heading(text) => {
                self.y += 12.0;
                self.room(WITH_HEADING);
                let heading = Look {
                    size: HEADING,
                    ..WEIGHTY
                };
                self.text(part, text, heading, LEFT);
                self.y += 3.0;
            }
            Block::Paragraph(text) => {
                self.text(part, text, BODY, LEFT);
                self.y += 4.0;
            }
            Block::Small(text) => {
                self.text(part, text, QUIET, LEFT);
                self.y += 6.0;
            }
            Block::Item(item) => self.item(index, item),
            Block::Pairs(rows) => {
                for (row, pair) in rows.iter().enumerate() {
                    self.row(index, row, pair);
                }
            }
            Block::Drawing { strokes, .. } => self.drawing(part, strokes),
        }
    }

    fn item(&mut self, index: usize, item: &Item) {
        let (part, indent) = (Part::Block(index), LEFT + NUMBERS);
        self.room(2.0 * TEXT * LEADING);
        let number = self.faces.regular.shape(&format!("{}.", item.number));
        let base = self.y + TEXT;
        self.put(Part::Number(index), [LEFT, base], number, BODY);
        if !item.weight.is_empty() {
            self.text(part, &format!("{}.", item.weight), WEIGHTY, indent);
        }
        self.text(part, &item.text, BODY, indent);
        if let Some(note) = &item.note {
            self.text(part, note, QUIET, indent);
        }
        self.y += 5.0;
    }

    /// A row of a table stays on one page.
    fn row(&mut self, block: usize, row: usize, pair: &(String, String)) {
        let name_look = Look {
            is_quiet: true,
            ..BODY
        };
        let face = &self.faces.regular;
        let names = face.lines(&pair.0, TEXT, NAMES - 12.0);
        let values = face.lines(&pair.1, TEXT, RIGHT - LEFT - NAMES);
        let count = names.len().max(values.len());
        let height = count as f32 * TEXT * LEADING + 7.0;
        self.room(height);
        let top = self.y + 3.0;
        for (column, (lines, x, look)) in [(names, LEFT, name_look), (values, LEFT + NAMES, BODY)]
            .into_iter()
            .enumerate()
        {
            for (number, line) in lines.into_iter().enumerate() {
                let base = top + number as f32 * TEXT * LEADING + TEXT;
                self.put(Part::Field(block, row, column), [x, base], line, look);
            }
        }
        self.y += height;
        let rule = Piece {
            part: Part::Furniture,
            at: [LEFT, self.y],
            what: What::Rule(RIGHT - LEFT),
        };
        self.push(rule);
    }

    fn drawing(&mut self, part: Part, strokes: &[Vec<[u16; 2]>]) {
        let height = 200.0 * DRAWING;
        self.room(height + TEXT * LEADING);
        let scaled = strokes
            .iter()
            .map(|stroke| {
                stroke
                    .iter()
                    .map(|point| point.map(|at| f32::from(at) * DRAWING))
                    .collect()
            })
            .collect();
        let piece = Piece {
            part,
            at: [LEFT, self.y],
            what: What::Drawing(scaled),
        };
        self.push(piece);
        self.y += height + 4.0;
    }

    /// Text from `x` to the right edge, over as many lines and pages as it takes.
    fn text(&mut self, part: Part, text: &str, look: Look, x: f32) {
        for line in self.faces.of(look).lines(text, look.size, RIGHT - x) {
            self.room(look.size * LEADING);
            let base = self.y + look.size;
            self.put(part, [x, base], line, look);
            self.y += look.size * LEADING;
        }
    }

    fn put(&mut self, part: Part, at: [f32; 2], line: Line, look: Look) {
        if line.glyphs.is_empty() {
            return;
        }
        let what = What::Text {
            line,
            size: look.size,
            is_heavy: look.is_heavy,
            is_quiet: look.is_quiet,
        };
        self.push(Piece { part, at, what });
    }

    fn push(&mut self, piece: Piece) {
        if let Some(page) = self.pages.last_mut() {
            page.push(piece);
        }
    }

    /// Begins a new page when there is less room than this.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    /// The short title on the left and the number of the page on the right.
    fn feet(&mut self, foot: &str) {
        let count = self.pages.len();
        for (index, page) in self.pages.iter_mut().enumerate() {
            let number = self
                .faces
                .regular
                .shape(&format!("{} / {count}", index + 1));
            let right = RIGHT - number.width * SMALL;
            let named = self.faces.regular.shape(foot);
            for (x, line) in [(LEFT, named), (right, number)] {
                let what = What::Text {
                    line,
                    size: SMALL,
                    is_heavy: false,
                    is_quiet: true,
                };
                page.push(Piece {
                    part: Part::Furniture,
                    at: [x, FOOT],
                    what,
                });
            }
        }
    }
}
