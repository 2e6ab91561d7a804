//! The type face of papers: which glyphs a text becomes, how wide they are, and where lines break.

use std::ops::Range;

use anyhow::Context;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

use crate::document::{is_shapeless, written};

/// Golos Text, the face of the product's pages (OFL, see `fonts/OFL.txt`), whole: a paper is written without
/// knowing which characters it will hold.
const REGULAR: &[u8] = include_bytes!("fonts/GolosText-Regular.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("fonts/GolosText-SemiBold.ttf");

/// One weight of the face.
pub struct Face {
    /// As the writer of the file takes it.
    pub font: Font,
    shaper: rustybuzz::Face<'static>,
    units: f32,
}

/// A line of text, ready to be drawn.
pub struct Line {
    /// Its characters.
    pub text: String,
    /// Its glyphs, in parts of the size.
    pub glyphs: Vec<KrillaGlyph>,
    /// Width at size 1.
    pub width: f32,
}

impl Face {
    /// For running text.
    ///
    /// # Errors
    /// When the built-in file is no font.
    pub fn regular() -> anyhow::Result<Face> {
        Face::read(REGULAR)
    }

    /// For headings and what has weight.
    ///
    /// # Errors
    /// When the built-in file is no font.
    pub fn semi_bold() -> anyhow::Result<Face> {
        Face::read(SEMI_BOLD)
    }

    fn read(data: &'static [u8]) -> anyhow::Result<Face> {
        let shaper = rustybuzz::Face::from_slice(data, 0).context("no font to shape with")?;
        Ok(Face {
            font: Font::new(data.into(), 0).context("no font to write with")?,
            units: shaper.units_per_em() as f32,
            shaper,
        })
    }

    /// The text in lines of at most `width` at a size; a line feed begins a new one. Words that are wider are
    /// broken anywhere.
    pub fn lines(&self, text: &str, size: f32, width: f32) -> Vec<Line> {
        let room = width / size;
        let space = self.shape(" ").width;
        let mut lines = Vec::new();
        for part in written(text).lines() {
            let (mut line, mut used) = (String::new(), 0.0);
            for word in part.split(is_gap) {
                let word = self.drawable(word);
                if word.is_empty() {
                    continue;
                }
                let wide = self.shape(&word).width;
                if !line.is_empty() && used + space + wide <= room {
                    line.push(' ');
                    line.push_str(&word);
                    used += space + wide;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(self.shape(&line));
                }
                line = self.break_word(word, room, &mut lines);
                used = self.shape(&line).width;
            }
            lines.push(self.shape(&line));
        }
        lines
    }

    /// Puts the full lines of a word that is too wide aside and returns the rest.
    fn break_word(&self, word: String, room: f32, lines: &mut Vec<Line>) -> String {
        if self.shape(&word).width <= room {
            return word;
        }
        let mut rest = String::new();
        for character in word.chars() {
            let mut longer = rest.clone();
            longer.push(character);
            if !rest.is_empty() && self.shape(&longer).width > room {
                lines.push(self.shape(&rest));
                rest = String::from(character);
            } else {
                rest = longer;
            }
        }
        rest
    }

    /// One line, whatever its width.
    pub fn shape(&self, text: &str) -> Line {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let infos = shaped.glyph_infos();
        let glyphs: Vec<KrillaGlyph> = infos
            .iter()
            .zip(shaped.glyph_positions())
            .enumerate()
            .map(|(index, (info, position))| {
                let part = |units: i32| units as f32 / self.units;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    part(position.x_advance),
                    part(position.x_offset),
                    part(position.y_offset),
                    part(position.y_advance),
                    characters(infos, index, text.len()),
                    None,
                )
            })
            .collect();
        let advance: i32 = shaped
            .glyph_positions()
            .iter()
            .map(|position| position.x_advance)
            .sum();
        Line {
            text: text.to_owned(),
            glyphs,
            width: advance as f32 / self.units,
        }
    }

    /// The text in signs that the face has. Signs without a shape and pictures that it lacks (emoji) are left out: a
    /// sign that nobody wrote would be worse. A letter or figure that it lacks leaves an empty frame, so that a reader
    /// sees that there is one; the document for Word has it.
    fn drawable(&self, text: &str) -> String {
        let has = |sign: char| {
            self.shaper
                .glyph_index(sign)
                .is_some_and(|glyph| glyph.0 != 0)
        };
        text.chars()
            .filter(|sign| !is_shapeless(*sign))
            .filter_map(|sign| match sign {
                sign if has(sign) => Some(sign),
                '\u{2010}' | '\u{2011}' => Some('-'),
                sign if sign.is_alphanumeric() => Some(if has(FRAME) { FRAME } else { '?' }),
                _ => None,
            })
            .collect()
    }
}

/// Stands for a letter that the face lacks.
const FRAME: char = '□';

/// Which characters a glyph stands for; the face is written from left to right.
fn characters(infos: &[rustybuzz::GlyphInfo], index: usize, end: usize) -> Range<usize> {
    let own = infos[index].cluster;
    let next = infos[index..]
        .iter()
        .map(|info| info.cluster)
        .find(|cluster| *cluster > own);
    own as usize..next.map_or(end, |cluster| cluster as usize)
}

/// Where a line may break: at white space that does not hold words together.
fn is_gap(character: char) -> bool {
    character.is_whitespace() && !['\u{a0}', '\u{202f}', '\u{2007}'].contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_every_word_and_fit() {
        let face = Face::regular().expect("the built-in font");
        let text = "Меня пропустили в школу и в кабинет без задержек,\nместо для наблюдения есть";
        let lines = face.lines(text, 10.0, 120.0);
        assert!(lines.len() > 3, "{}", lines.len());
        assert!(lines.iter().all(|line| line.width * 10.0 <= 120.0));
        let joined: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(joined.join(" "), text.replace('\n', " "));
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_kept() {
        let face = Face::regular().expect("the built-in font");
        let word = "я".repeat(100);
        let lines = face.lines(&word, 10.0, 100.0);
        assert!(lines.len() > 3);
        let joined: String = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(joined, word);
    }

    #[test]
    fn a_picture_without_a_glyph_is_left_out_and_a_letter_leaves_a_frame() {
        let face = Face::regular().expect("the built-in font");
        let first = |text: &str| face.lines(text, 10.0, 200.0)[0].text.clone();
        assert_eq!(first("да 🐟 нет"), "да нет");
        assert_eq!(first("да 🐟"), "да");
        assert_eq!(
            first("нуль\u{200b}ширина, мяг\u{ad}кий"),
            "нульширина, мягкий"
        );
        assert_eq!(first("👍🏽 1\u{fe0f}\u{20e3}"), "1");
        let unknown = first("слово 漢 дальше");
        assert!(
            unknown == "слово □ дальше" || unknown == "слово ? дальше",
            "{unknown}"
        );
        for (typed, expected) in [
            ("пустой\u{b}мягкий", 1),
            ("а\r\nб\u{2028}в", 3),
            ("а\n\nб", 3),
        ] {
            assert_eq!(face.lines(typed, 10.0, 200.0).len(), expected, "{typed:?}");
        }
    }
}
