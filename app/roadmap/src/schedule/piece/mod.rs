//! Tokens put together to what can be dated: days, months, spans, years, frequencies, turns of speech.

mod numbered;
mod often;

use super::Every;
use super::lexicon::Word;
use super::token::{Token, tokens};

/// A part of a schedule that means something by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Day, month, and the year where it is written inside (`15.09.2023`).
    Day(u8, u8, Option<i32>),
    /// A month, and the year where it is written inside (`09.2023`).
    Month(u8, Option<i32>),
    /// A quarter, half-year or season: first and last month.
    Span(u8, u8),
    /// A part of the month that stands beside it: first and last day.
    Part(u8, u8),
    /// A week of the month that stands beside it; `None`: the last.
    Week(Option<u8>),
    /// A calendar year.
    Year(i32),
    /// A school year by its first calendar year.
    SchoolYear(i32),
    /// Once in each …
    Every(Every),
    /// Once in so many years.
    EveryYears(u8),
    /// В течение года.
    AllYear,
    /// В течение учебного года.
    AllSchoolYear,
    /// Весь срок, пока действует программа.
    WhileRuns,
    /// Постоянно.
    Constantly,
    /// Далее: what follows goes on from here.
    Further,
    /// По графику, по плану.
    Plan,
    /// In the days of something that has its own.
    Holding,
    /// По запросу.
    Request,
    /// По результатам, после.
    Results,
    /// `-`
    Dash,
    /// `,`
    Comma,
    /// С.
    From,
    /// По.
    To,
    /// До.
    Until,
}

/// The pieces of a text, in their order.
pub fn pieces(text: &str) -> Vec<Piece> {
    let tokens = tokens(text);
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
        found: Vec::new(),
    };
    while reader.at < tokens.len() {
        reader.step();
    }
    reader.found
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    found: Vec<Piece>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> Option<Word> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(*word),
            _ => None,
        }
    }

    /// Number or numeral.
    fn count(&self, at: usize) -> Option<u8> {
        match self.tokens.get(at)? {
            Token::Number(number) => u8::try_from(*number).ok(),
            Token::Word(Word::Ordinal(number) | Word::Count(number)) => Some(*number),
            _ => None,
        }
    }

    /// The first place from `at` on that holds none of these words.
    fn past(&self, mut at: usize, words: &[Word]) -> usize {
        while self.word(at).is_some_and(|word| words.contains(&word)) {
            at += 1;
        }
        at
    }

    fn is_dated(&self, at: usize) -> bool {
        let at = self.past(at, &[Word::End, Word::Begin, Word::Small, Word::Last]);
        match self.tokens.get(at) {
            Some(Token::Number(_) | Token::Year(_) | Token::Date(..) | Token::MonthOf(..)) => true,
            Some(Token::Word(word)) => matches!(
                word,
                Word::MonthName(_)
                    | Word::Ordinal(_)
                    | Word::Year
                    | Word::School
                    | Word::Quarter
                    | Word::SchoolQuarter
                    | Word::HalfYear
            ),
            _ => false,
        }
    }

    fn put(&mut self, piece: Piece, next: usize) {
        self.found.push(piece);
        self.at = next;
    }

    fn step(&mut self) {
        let done = self.frequency()
            || self.days()
            || self.numbered()
            || self.years()
            || self.whole()
            || self.ends();
        if !done {
            self.rest();
        }
    }

    /// «в течение года», «весь учебный год», «в период действия программы», «весь срок».
    fn whole(&mut self) -> bool {
        let Some(word) = self.word(self.at) else {
            return false;
        };
        let next = self.past(self.at + 1, &[Word::Small, Word::Whole, Word::School]);
        let has_school =
            self.tokens[self.at..next.min(self.tokens.len())].contains(&Token::Word(Word::School));
        let year = if has_school {
            Piece::AllSchoolYear
        } else {
            Piece::AllYear
        };
        match (word, self.word(next)) {
            (Word::AllYear, _) => self.put(Piece::AllYear, self.at + 1),
            (Word::During | Word::Whole, Some(Word::Year)) => self.put(year, next + 1),
            (Word::School, Some(Word::Year)) => self.put(Piece::AllSchoolYear, next + 1),
            (Word::During | Word::Whole, Some(Word::Term | Word::Run)) => {
                self.put(Piece::WhileRuns, next + 1);
            }
            (Word::Term, Some(Word::Run)) | (Word::Run, Some(Word::Programme)) => {
                self.put(Piece::WhileRuns, next + 1);
            }
            (Word::Fixed, Some(Word::Term)) => self.put(Piece::Plan, next + 1),
            (Word::During, Some(Word::Quarter | Word::HalfYear | Word::Month | Word::Week)) => {
                self.at = next + 1;
            }
            _ => return false,
        }
        true
    }

    /// «до конца 2023 года», «к началу учебного года», «по итогам четверти», «в конце полугодия».
    fn ends(&mut self) -> bool {
        let Some(word) = self.word(self.at) else {
            return false;
        };
        if !matches!(word, Word::End | Word::Begin | Word::Results | Word::After) {
            return false;
        }
        let is_day = matches!(word, Word::End | Word::Begin);
        let begins = word == Word::Begin;
        if is_day && let Some((first, next)) = self.school_year(self.at + 1) {
            let piece = if begins {
                Piece::Day(1, 9, Some(first))
            } else {
                Piece::Day(31, 5, Some(first + 1))
            };
            self.put(piece, next);
            return true;
        }
        if is_day && let Some(Token::Year(year)) = self.tokens.get(self.at + 1) {
            let (day, month) = if begins { (1, 1) } else { (31, 12) };
            self.put(Piece::Day(day, month, Some(*year)), self.at + 2);
            return true;
        }
        let noun = self.past(self.at + 1, &[Word::School, Word::Whole, Word::Each]);
        let is_school =
            self.tokens[self.at..noun.min(self.tokens.len())].contains(&Token::Word(Word::School));
        let piece = match self.word(noun) {
            Some(Word::Quarter) => Piece::Every(Every::Quarter),
            Some(Word::SchoolQuarter) => Piece::Every(Every::SchoolQuarter),
            Some(Word::HalfYear) => Piece::Every(Every::HalfYear),
            Some(Word::Month) => Piece::Every(Every::Month),
            Some(Word::Year) if is_day => {
                let (day, month) = match (begins, is_school) {
                    (true, true) => (1, 9),
                    (true, false) => (1, 1),
                    (false, true) => (31, 5),
                    (false, false) => (31, 12),
                };
                // «до конца года» is a day, «в конце года» a month.
                if self.found.last() == Some(&Piece::Until) {
                    Piece::Day(day, month, None)
                } else {
                    Piece::Month(month, None)
                }
            }
            Some(Word::Year) => Piece::Every(Every::Year),
            _ => return false,
        };
        self.put(piece, noun + 1);
        true
    }

    fn rest(&mut self) {
        let at = self.at;
        self.at += 1;
        let piece = match &self.tokens[at] {
            Token::Date(day, month, year) => Piece::Day(*day, *month, *year),
            Token::MonthOf(month, year) => Piece::Month(*month, Some(*year)),
            Token::Dash => Piece::Dash,
            Token::Comma | Token::Slash => Piece::Comma,
            Token::Number(_) | Token::Year(_) | Token::Other(_) => return,
            Token::Word(word) => match word {
                Word::MonthName(month) => Piece::Month(*month, None),
                // The days of school holidays are set each year anew.
                Word::Season(..) if self.word(at + 1) == Some(Word::Holidays) => Piece::Holding,
                Word::Season(first, last) => Piece::Span(*first, *last),
                Word::Holding | Word::Holidays => Piece::Holding,
                Word::Yearly => Piece::Every(Every::Year),
                Word::Monthly => Piece::Every(Every::Month),
                Word::Quarterly => Piece::Every(Every::Quarter),
                Word::Weekly => Piece::Every(Every::Week),
                Word::Quarter => Piece::Every(Every::Quarter),
                Word::SchoolQuarter => Piece::Every(Every::SchoolQuarter),
                Word::HalfYear => Piece::Every(Every::HalfYear),
                Word::Further => Piece::Further,
                Word::Constantly => Piece::Constantly,
                Word::Plan => Piece::Plan,
                Word::Request => Piece::Request,
                Word::Results | Word::After => Piece::Results,
                Word::From if self.is_dated(at + 1) => Piece::From,
                Word::To if self.is_dated(at + 1) => Piece::To,
                Word::Until if self.is_dated(at + 1) => Piece::Until,
                Word::And => Piece::Comma,
                _ => return,
            },
        };
        self.found.push(piece);
    }
}
