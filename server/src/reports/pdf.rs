//! Papers as PDF: fonts inside, nothing fetched, and tagged so that a screen reader reads them (PDF/UA-1).
//!
//! The lines are set here and the file is written by krilla, the library under typst. Typst itself would set
//! them as well, for four times as many crates.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use anyhow::{Context, anyhow};
use api::text::Language;
use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope,
    Tag, TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings};

use super::page::{Faces, PAGE, Part, Piece, What, pages};
use super::paper::{Block, Paper};
use super::type_face::Face;

/// Grey of quiet words, 0 for black: 7 : 1 on white paper.
const QUIET: u8 = 89;
const RULE: u8 = 200;
const INK: u8 = 20;

/// The paper as a PDF. The same paper is the same bytes.
///
/// # Errors
/// When the built-in fonts cannot be read or the file breaks a rule of PDF/UA-1; both are faults of this program.
pub fn pdf(paper: &Paper) -> anyhow::Result<Vec<u8>> {
    let faces = Faces {
        regular: Face::regular()?,
        heavy: Face::semi_bold()?,
    };
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| anyhow!("no such PDF: {error:?}"))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    let tag = match paper.language {
        Language::Ru => "ru",
        Language::En => "en",
    };
    let mut marks = Marks::default();
    for (index, pieces) in pages(paper, &faces).iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE[0], PAGE[1]).context("A4 is a size of paper")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for piece in pieces {
            marks.draw(&mut surface, &faces, piece, index);
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(marks.outline(paper));
    document.set_tag_tree(marks.tree(paper, tag));
    document.set_metadata(
        Metadata::new()
            .title(paper.title.clone())
            .language(tag.to_owned())
            .creator("Ориентир".to_owned()),
    );
    document
        .finish()
        .map_err(|error| anyhow!("the PDF was not written: {error:?}"))
}

/// What was drawn for each part of the paper.
#[derive(Default)]
struct Marks {
    parts: BTreeMap<Part, Vec<Identifier>>,
    /// Where a part begins: page and distance from its top.
    begins: BTreeMap<Part, (usize, f32)>,
}

impl Marks {
    fn draw(&mut self, surface: &mut Surface<'_>, faces: &Faces, piece: &Piece, page: usize) {
        let [x, y] = piece.at;
        let tag = match (&piece.what, piece.part) {
            (_, Part::Furniture) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)),
            (What::Text { .. }, _) => ContentTag::Span(SpanTag::empty()),
            _ => ContentTag::Other,
        };
        let identifier = surface.start_tagged(tag);
        match &piece.what {
            What::Text {
                line,
                size,
                is_heavy,
                is_quiet,
            } => {
                let face = if *is_heavy {
                    &faces.heavy
                } else {
                    &faces.regular
                };
                surface.set_stroke(None);
                surface.set_fill(Some(Fill {
                    paint: luma::Color::new(if *is_quiet { QUIET } else { INK }).into(),
                    ..Fill::default()
                }));
                surface.draw_glyphs(
                    Point::from_xy(x, y),
                    &line.glyphs,
                    face.font.clone(),
                    &line.text,
                    *size,
                    false,
                );
            }
            What::Rule(length) => {
                stroke(surface, RULE, 0.6);
                if let Some(path) = path(&[vec![[x, y], [x + length, y]]]) {
                    surface.draw_path(&path);
                }
            }
            What::Drawing(strokes) => {
                stroke(surface, INK, 1.2);
                let moved: Vec<Vec<[f32; 2]>> = strokes
                    .iter()
                    .map(|stroke| stroke.iter().map(|at| [x + at[0], y + at[1]]).collect())
                    .collect();
                if let Some(path) = path(&moved) {
                    surface.draw_path(&path);
                }
            }
        }
        surface.end_tagged();
        if piece.part != Part::Furniture {
            self.parts.entry(piece.part).or_default().push(identifier);
            self.begins.entry(piece.part).or_insert((page, y));
        }
    }

    /// A group of everything drawn for a part.
    fn group(&mut self, tag: impl Into<TagKind>, part: Part) -> TagGroup {
        let drawn = self.parts.remove(&part).unwrap_or_default();
        TagGroup::with_children(tag, drawn.into_iter().map(Node::from).collect())
    }

    /// Title and headings with their places.
    fn outline(&self, paper: &Paper) -> Outline {
        let mut outline = Outline::new();
        let headings = paper
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(index, block)| match block {
                Block::Heading(text) => Some((Part::Block(index), text)),
                _ => None,
            });
        for (part, text) in std::iter::once((Part::Title, &paper.title)).chain(headings) {
            if let Some((page, y)) = self.begins.get(&part) {
                let place = XyzDestination::new(*page, Point::from_xy(0.0, (y - 20.0).max(0.0)));
                outline.push_child(OutlineNode::new(text.clone(), place));
            }
        }
        outline
    }

    /// The paper as it is read.
    fn tree(mut self, paper: &Paper, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        tree.push(self.group(heading(NonZeroU16::MIN, &paper.title), Part::Title));
        let mut list: Option<TagGroup> = None;
        for (index, block) in paper.blocks.iter().enumerate() {
            let part = Part::Block(index);
            if let Block::Item(_) = block {
                let mut item = TagGroup::new(Tag::LI);
                item.push(self.group(Tag::Lbl, Part::Number(index)));
                item.push(self.group(Tag::LBody, part));
                list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Decimal)))
                    .push(item);
                continue;
            }
            if let Some(list) = list.take() {
                tree.push(list);
            }
            match block {
                Block::Heading(text) => tree.push(self.group(heading(SECOND, text), part)),
                Block::Paragraph(_) | Block::Small(_) => tree.push(self.group(Tag::P, part)),
                Block::Drawing { words, .. } => {
                    tree.push(self.group(Tag::Figure(Some(words.clone())), part));
                }
                Block::Pairs(rows) => tree.push(self.table(index, rows.len())),
                Block::Item(_) => {}
            }
        }
        if let Some(list) = list {
            tree.push(list);
        }
        tree
    }

    fn table(&mut self, block: usize, rows: usize) -> TagGroup {
        let mut table = TagGroup::new(Tag::Table);
        for row in 0..rows {
            let mut group = TagGroup::new(Tag::TR);
            group.push(self.group(Tag::TH(TableHeaderScope::Row), Part::Field(block, row, 0)));
            group.push(self.group(Tag::TD, Part::Field(block, row, 1)));
            table.push(group);
        }
        table
    }
}

/// Level of the headings below the title.
const SECOND: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);

fn heading(level: NonZeroU16, text: &str) -> TagKind {
    Tag::Hn(level, Some(text.to_owned())).into()
}

fn stroke(surface: &mut Surface<'_>, grey: u8, width: f32) {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: luma::Color::new(grey).into(),
        width,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }));
}

/// Strokes as one path; `None` when there is nothing to draw.
fn path(strokes: &[Vec<[f32; 2]>]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for stroke in strokes {
        let Some(([x, y], rest)) = stroke.split_first() else {
            continue;
        };
        path.move_to(*x, *y);
        // A dot is a stroke of almost no length; round ends make it visible.
        if rest.is_empty() {
            path.line_to(x + 0.1, *y);
        }
        for [x, y] in rest {
            path.line_to(*x, *y);
        }
    }
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::super::paper::Item;
    use super::*;

    fn paper(items: usize) -> Paper {
        let mut blocks = vec![
            Block::Pairs(vec![("Школа".to_owned(), "СОШ № 4".to_owned())]),
            Block::Heading("Замечания".to_owned()),
        ];
        blocks.extend((1..=items).map(|number| {
            Block::Item(Item {
                number,
                weight: "Грубое нарушение".to_owned(),
                text: format!(
                    "Меня пропустили в школу без задержек — ответ «Нет», случай {number}"
                ),
                note: Some("Заметка: «ждал у входа» <&> 😀".to_owned()),
            })
        }));
        blocks.push(Block::Drawing {
            strokes: vec![vec![[0, 0], [600, 200]], vec![[3, 3]], vec![]],
            words: "Подпись".to_owned(),
        });
        Paper {
            language: Language::Ru,
            title: "Акт общественного наблюдения № 1".to_owned(),
            foot: "Акт № 1".to_owned(),
            blocks,
        }
    }

    /// What another library reads out of the file.
    fn read(bytes: &[u8]) -> (usize, String) {
        let document = lopdf::Document::load_mem(bytes).expect("a PDF");
        let pages: Vec<u32> = document.get_pages().into_keys().collect();
        let text = document.extract_text(&pages).expect("text");
        (
            pages.len(),
            text.split_whitespace().collect::<Vec<_>>().join(" "),
        )
    }

    #[test]
    fn russian_text_can_be_read_out_of_it() {
        let (pages, text) = read(&pdf(&paper(2)).expect("a PDF"));
        assert_eq!(pages, 1);
        for words in [
            "Акт общественного наблюдения № 1",
            "СОШ № 4",
            "Меня пропустили в школу без задержек — ответ «Нет», случай 2",
            "Заметка: «ждал у входа» <&>",
        ] {
            assert!(text.contains(words), "{words} in {text}");
        }
    }

    #[test]
    fn a_long_paper_goes_on_over_numbered_pages() {
        let (pages, text) = read(&pdf(&paper(60)).expect("a PDF"));
        assert!(pages > 3, "{pages}");
        assert!(text.contains("случай 60"), "{text}");
        assert!(text.contains(&format!("{pages} / {pages}")), "{text}");
    }

    #[test]
    fn the_same_paper_is_the_same_bytes() {
        let [one, other] = [paper(3), paper(3)].map(|paper| pdf(&paper).expect("a PDF"));
        assert!(one == other);
        let text = String::from_utf8_lossy(&one);
        assert!(text.contains("pdfuaid"), "says that it is PDF/UA");
    }
}
