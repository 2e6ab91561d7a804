//! Automatic numbers of Word: the reader of a paper sees them, its text does not hold them.

use std::collections::BTreeMap;

use super::Refusal;
use super::xml::{attribute, events, number, opened};

/// Numbers of paragraphs as Word shows them.
#[derive(Debug, Default)]
pub struct Numbering {
    lists: BTreeMap<String, List>,
    kinds: BTreeMap<String, BTreeMap<usize, Level>>,
    /// Style → list and level.
    styles: BTreeMap<String, (String, usize)>,
    /// Kind → the last number of each level.
    at: BTreeMap<String, [Option<usize>; 9]>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    text: String,
    start: usize,
}

#[derive(Clone, Debug, Default)]
struct List {
    kind: String,
    starts: BTreeMap<usize, usize>,
    is_used: bool,
}

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`.
    pub fn read(numbering: Option<&str>, styles: Option<&str>) -> Result<Self, Refusal> {
        let mut all = Self::default();
        all.read_lists(numbering.unwrap_or_default())?;
        let mut style = String::new();
        events(styles.unwrap_or_default(), |event| {
            if let Some((start, _)) = opened(event) {
                let value = || attribute(start, "val").unwrap_or_default();
                match start.local_name().as_ref() {
                    "style" => style = attribute(start, "styleId").unwrap_or_default(),
                    "numId" => all.styles.entry(style.clone()).or_default().0 = value(),
                    "ilvl" => {
                        all.styles.entry(style.clone()).or_default().1 = number(start, "val", 0)
                    }
                    _ => {}
                }
            }
            Ok(())
        })?;
        Ok(all)
    }

    fn read_lists(&mut self, text: &str) -> Result<(), Refusal> {
        let (mut kind, mut list, mut level) = (String::new(), None::<String>, 0);
        events(text, |event| {
            let Some((start, _)) = opened(event) else {
                return Ok(());
            };
            let value = || attribute(start, "val").unwrap_or_default();
            match start.local_name().as_ref() {
                "abstractNum" => {
                    kind = attribute(start, "abstractNumId").unwrap_or_default();
                    list = None;
                }
                "num" => list = attribute(start, "numId"),
                "abstractNumId" => {
                    if let Some(id) = &list {
                        self.lists.entry(id.clone()).or_default().kind = value();
                    }
                }
                "lvlOverride" => level = number(start, "ilvl", 0),
                "startOverride" => {
                    if let Some(list) = list.as_ref().and_then(|id| self.lists.get_mut(id)) {
                        list.starts.insert(level, number(start, "val", 1));
                    }
                }
                "lvl" if list.is_none() => {
                    level = number(start, "ilvl", 0);
                    self.kinds.entry(kind.clone()).or_default().insert(
                        level,
                        Level {
                            start: 1,
                            ..Level::default()
                        },
                    );
                }
                name @ ("numFmt" | "lvlText" | "start") if list.is_none() => {
                    if let Some(level) = self
                        .kinds
                        .get_mut(&kind)
                        .and_then(|kind| kind.get_mut(&level))
                    {
                        match name {
                            "numFmt" => level.format = value(),
                            "lvlText" => level.text = value(),
                            _ => level.start = number(start, "val", 1),
                        }
                    }
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// List and level that a style brings.
    pub fn of_style(&self, style: &str) -> Option<(String, usize)> {
        self.styles.get(style).cloned()
    }

    /// Counts a paragraph of a list on and says its number; `None` for bullets and hidden numbers.
    pub fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let level = level.min(8);
        let own = self.lists.get_mut(list)?;
        let levels = self.kinds.get(&own.kind)?;
        let at = self.at.entry(own.kind.clone()).or_default();
        // A list with a start of its own begins anew, though it shares its kind with another.
        if !std::mem::replace(&mut own.is_used, true) && !own.starts.is_empty() {
            *at = [None; 9];
        }
        let first = |level: usize| {
            let start = levels.get(&level).map_or(1, |level| level.start);
            own.starts.get(&level).copied().unwrap_or(start)
        };
        at[level] = Some(at[level].map_or(first(level), |last| last + 1));
        for (above, number) in at.iter_mut().enumerate().take(level) {
            number.get_or_insert(first(above));
        }
        at[level + 1..].fill(None);
        let shape = levels.get(&level)?;
        if matches!(shape.format.as_str(), "bullet" | "none") {
            return None;
        }
        let text = (0..=level).fold(shape.text.clone(), |text, level| {
            let format = levels
                .get(&level)
                .map_or("decimal", |level| level.format.as_str());
            let number = shown(at[level].unwrap_or(1), format);
            text.replace(&format!("%{}", level + 1), &number)
        });
        Some(text)
    }
}

/// A number in a format of Word.
pub fn shown(number: usize, format: &str) -> String {
    let letter = |alphabet: &str| {
        let count = alphabet.chars().count();
        alphabet
            .chars()
            .nth(number.saturating_sub(1) % count)
            .map_or(String::new(), String::from)
    };
    match format {
        "upperRoman" | "I" => roman(number),
        "lowerRoman" | "i" => roman(number).to_lowercase(),
        "russianLower" => letter("абвгдежзиклмнопрстуфхцчшщэюя"),
        "russianUpper" => letter("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
        "lowerLetter" | "a" => letter("abcdefghijklmnopqrstuvwxyz"),
        "upperLetter" | "A" => letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "decimalZero" if number < 10 => format!("0{number}"),
        _ => number.to_string(),
    }
}

fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3_999);
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text += sign;
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Numbering;

    const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
        </w:numbering>"#;

    #[test]
    fn deeper_levels_start_anew_and_lists_may_start_elsewhere() {
        let mut numbering = Numbering::read(Some(NUMBERING), None).unwrap();
        let mut next = |list: &str, level| numbering.next(list, level).unwrap();
        let shown = [
            next("5", 0),
            next("5", 1),
            next("5", 1),
            next("5", 0),
            next("5", 1),
            next("6", 0),
        ];
        assert_eq!(shown, ["1.", "1.1.", "1.2.", "2.", "2.1.", "7."]);
    }
}
