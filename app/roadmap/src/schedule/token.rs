//! Words of a schedule as tokens.

use super::lexicon::{Word, meaning};
use crate::text::plain;

/// The smallest part of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A number that is no year, with what is written: «05» is two digits.
    Number(u32),
    /// A year, 1990–2099.
    Year(i32),
    /// `15.09`, `15.09.2023`: day, month, year.
    Date(u8, u8, Option<i32>),
    /// `09.2023`.
    MonthOf(u8, i32),
    /// A known word.
    Word(Word),
    /// An unknown word.
    Other(String),
    /// Any dash.
    Dash,
    /// A comma or a semicolon.
    Comma,
    /// A slash.
    Slash,
}

/// Tokens of a text; points, brackets and colons are left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let text = plain(text);
    let signs: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let sign = signs[at];
        if sign.is_ascii_digit() {
            at = number(&signs, at, &mut found);
        } else if sign.is_alphabetic() {
            at = word(&signs, at, &mut found);
        } else {
            match sign {
                '-' => found.push(Token::Dash),
                ',' | ';' | '&' => found.push(Token::Comma),
                '/' | '\\' => found.push(Token::Slash),
                _ => {}
            }
            at += 1;
        }
    }
    without_references(found)
}

/// «приказ от 12.01.2023 № 5»: the day of a paper is no day of the line.
fn without_references(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let is_date = matches!(token, Token::Date(_, _, Some(_)));
        if is_date && kept.last() == Some(&Token::Other("от".to_owned())) {
            continue;
        }
        kept.push(token);
    }
    kept
}

fn digits(signs: &[char], at: usize) -> usize {
    signs[at..]
        .iter()
        .take_while(|sign| sign.is_ascii_digit())
        .count()
}

fn value(signs: &[char]) -> u32 {
    let text: String = signs.iter().take(9).collect();
    text.parse().unwrap_or_default()
}

/// Numbers joined by points are a date; an ending as in «2-я» or «1-го» belongs to the number.
fn number(signs: &[char], at: usize, found: &mut Vec<Token>) -> usize {
    let mut parts: Vec<(u32, usize)> = Vec::new();
    let mut end = at;
    loop {
        let count = digits(signs, end);
        parts.push((value(&signs[end..end + count]), count));
        end += count;
        let goes_on = signs.get(end) == Some(&'.')
            && signs.get(end + 1).is_some_and(char::is_ascii_digit)
            && parts.len() < 3;
        if !goes_on {
            break;
        }
        end += 1;
    }
    if let Some(token) = date(&parts) {
        found.push(token);
        return end;
    }
    found.extend(parts.iter().map(|(value, count)| single(*value, *count)));
    after_ending(signs, end)
}

fn single(value: u32, count: usize) -> Token {
    if count == 4 && (1990..2100).contains(&value) {
        Token::Year(i32::try_from(value).expect("a year fits"))
    } else {
        Token::Number(value)
    }
}

fn date(parts: &[(u32, usize)]) -> Option<Token> {
    let small = |value: u32, most: u32| {
        (1..=most)
            .contains(&value)
            .then(|| u8::try_from(value).expect("it is small"))
    };
    let year = |(value, count): (u32, usize)| match count {
        4 if (1990..2100).contains(&value) => i32::try_from(value).ok(),
        2 => i32::try_from(2000 + value).ok(),
        _ => None,
    };
    match parts {
        [(day, _), (month, _), last] => Some(Token::Date(
            small(*day, 31)?,
            small(*month, 12)?,
            Some(year(*last)?),
        )),
        [(month, _), last @ (_, 4)] => Some(Token::MonthOf(small(*month, 12)?, year(*last)?)),
        [(day, _), (month, 2)] => Some(Token::Date(small(*day, 31)?, small(*month, 12)?, None)),
        _ => None,
    }
}

/// Skips «-я», «-й», «-го», «-ая» directly behind a number.
fn after_ending(signs: &[char], at: usize) -> usize {
    let begins = signs.get(at) == Some(&'-');
    let letters = at + usize::from(begins);
    let count = signs[letters.min(signs.len())..]
        .iter()
        .take_while(|sign| sign.is_alphabetic())
        .count();
    let ending: String = signs[letters.min(signs.len())..][..count].iter().collect();
    let is_ending = matches!(
        ending.as_str(),
        "я" | "й"
            | "е"
            | "го"
            | "му"
            | "ая"
            | "ый"
            | "ой"
            | "ое"
            | "ю"
            | "ую"
            | "х"
            | "ти"
            | "и"
            | "м"
    );
    if is_ending && (begins || ending != "и") {
        letters + count
    } else {
        at
    }
}

fn word(signs: &[char], at: usize, found: &mut Vec<Token>) -> usize {
    let count = signs[at..]
        .iter()
        .take_while(|sign| sign.is_alphanumeric())
        .count();
    let text: String = signs[at..at + count].iter().collect();
    let end = at + count;
    if let Some(number) = roman(&text) {
        found.push(Token::Number(number));
        return after_ending(signs, end);
    }
    // «2025г», «сентябрь2023»: the letters and the digits were not kept apart.
    if let Some(letters) = signs[at..end].iter().position(char::is_ascii_digit) {
        let text: String = signs[at..at + letters].iter().collect();
        if let Some(known) = meaning(&text) {
            found.push(Token::Word(known));
            return at + letters;
        }
    }
    found.push(match meaning(&text) {
        Some(known) => Token::Word(known),
        None => Token::Other(text),
    });
    end
}

/// Roman numbers up to twelve, also in Cyrillic letters that look like them.
fn roman(text: &str) -> Option<u32> {
    // «Ш квартал» and «П полугодие» are typed where the keyboard has no Latin letters.
    match text {
        "ш" => return Some(3),
        "п" => return Some(2),
        _ => {}
    }
    let latin: String = text
        .chars()
        .map(|sign| match sign {
            'і' => 'i',
            'х' => 'x',
            sign => sign,
        })
        .collect();
    const NUMBERS: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let position = NUMBERS.iter().position(|number| *number == latin)?;
    u32::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::{Token, Word, tokens};

    #[test]
    fn dates_and_years_are_told_from_numbers() {
        assert_eq!(
            tokens("15.09.2023г., 09.2024; 1-я 2025"),
            [
                Token::Date(15, 9, Some(2023)),
                Token::Word(Word::Year),
                Token::Comma,
                Token::MonthOf(9, 2024),
                Token::Comma,
                Token::Number(1),
                Token::Year(2025),
            ]
        );
    }

    #[test]
    fn the_day_of_an_order_is_no_day_of_the_line() {
        assert_eq!(
            tokens("по приказу от 12.01.2023 №5")
                .iter()
                .filter(|t| matches!(t, Token::Date(..)))
                .count(),
            0
        );
    }
}
