//! How often: «1 раз в четверть», «каждые два года».

use super::super::Every;
use super::super::lexicon::Word;
use super::super::token::Token;
use super::{Piece, Reader};

impl Reader<'_> {
    /// «1 раз в четверть», «дважды в год», «раз в три года», «каждые два года», «каждый месяц».
    pub(super) fn frequency(&mut self) -> bool {
        let mut at = self.at;
        let mut times = 1;
        if self.word(at) == Some(Word::Each) {
            at = self.past(at + 1, &[Word::School, Word::Whole, Word::Last]);
            // «каждую первую неделю месяца»: what counts is the longer period.
            if self.count(at).is_some() && self.word(at + 1) == Some(Word::Week) {
                at += 2;
            }
        } else {
            if let Some(count) = self
                .count(at)
                .filter(|_| self.word(at + 1) == Some(Word::Times))
            {
                times = count;
                at += 1;
            }
            match self.word(at) {
                Some(Word::Times) => {}
                Some(Word::Twice) => times = 2,
                _ => return false,
            }
            at = self.past(at + 1, &[Word::Small]);
            if let Some(Token::Other(other)) = self.tokens.get(at)
                && other == "за"
            {
                at += 1;
            }
            at = self.past(at, &[Word::School, Word::Whole, Word::Each]);
        }
        let length = self.count(at);
        let noun = at + usize::from(length.is_some());
        let noun = self.past(noun, &[Word::School, Word::Whole]);
        let length = length.unwrap_or(1);
        let piece = match self.word(noun) {
            Some(Word::Year | Word::Years) => yearly(times, length),
            Some(Word::Month) => match length {
                1 | 2 => Piece::Every(Every::Month),
                3 | 4 => Piece::Every(Every::Quarter),
                6 => Piece::Every(Every::HalfYear),
                _ => Piece::Every(Every::Year),
            },
            Some(Word::Quarter) => Piece::Every(Every::Quarter),
            Some(Word::SchoolQuarter) => Piece::Every(Every::SchoolQuarter),
            Some(Word::HalfYear) => Piece::Every(Every::HalfYear),
            Some(Word::Week) => Piece::Every(Every::Week),
            Some(Word::MonthName(_) | Word::Season(..)) => {
                self.put(Piece::Every(Every::Year), noun);
                return true;
            }
            _ => return false,
        };
        self.put(piece, noun + 1);
        true
    }
}

fn yearly(times: u8, length: u8) -> Piece {
    match (times, length) {
        (_, 2..) => Piece::EveryYears(length),
        (2, _) => Piece::Every(Every::HalfYear),
        (4..=10, _) => Piece::Every(Every::Quarter),
        (11.., _) => Piece::Every(Every::Month),
        _ => Piece::Every(Every::Year),
    }
}
