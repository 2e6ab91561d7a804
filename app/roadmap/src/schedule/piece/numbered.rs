//! Days, quarters, half-years, weeks and years by their numbers.

use super::super::Every;
use super::super::lexicon::Word;
use super::super::token::Token;
use super::{Piece, Reader};

impl Reader<'_> {
    /// «15 сентября», «1–10 сентября», «1, 15 сентября», «с 1 по 10 сентября», «5 числа».
    pub(super) fn days(&mut self) -> bool {
        let is_day = |at: usize| match self.tokens.get(at) {
            Some(Token::Number(number)) => u8::try_from(*number)
                .ok()
                .filter(|day| (1..=31).contains(day)),
            _ => None,
        };
        let mut at = self.at;
        let mut chain: Vec<(u8, Option<Piece>)> = Vec::new();
        while let Some(day) = is_day(at) {
            let joint = match self.tokens.get(at + 1) {
                Some(Token::Dash) => Some(Piece::Dash),
                Some(Token::Comma | Token::Slash | Token::Word(Word::And)) => Some(Piece::Comma),
                Some(Token::Word(Word::To | Word::Until)) => Some(Piece::To),
                _ => None,
            };
            chain.push((day, joint));
            at += 1 + usize::from(joint.is_some());
            if joint.is_none() {
                break;
            }
        }
        if chain.is_empty() || chain.last().is_some_and(|(_, joint)| joint.is_some()) {
            return false;
        }
        match self.word(at) {
            Some(Word::DayNumber) => {
                self.at = at + 1;
                true
            }
            Some(Word::MonthName(month)) => {
                for (day, joint) in chain {
                    self.found.push(Piece::Day(day, month, None));
                    self.found.extend(joint);
                }
                self.at = at + 1;
                true
            }
            _ => false,
        }
    }

    /// «1 квартал», «I–II кварталы», «2, 4 недели», «первая половина», «последняя неделя».
    pub(super) fn numbered(&mut self) -> bool {
        let mut at = self.at;
        let mut numbers: Vec<(u8, u8)> = Vec::new();
        let mut is_last = false;
        if self.word(at) == Some(Word::Last) && self.word(at + 1) == Some(Word::Week) {
            is_last = true;
            at += 1;
        }
        let mut joined_by_dash = false;
        while !is_last && let Some(number) = self.count(at) {
            match numbers.last_mut() {
                Some(range) if joined_by_dash => range.1 = number,
                _ => numbers.push((number, number)),
            }
            at += 1;
            joined_by_dash = self.tokens.get(at) == Some(&Token::Dash);
            let is_joint = joined_by_dash
                || matches!(
                    self.tokens.get(at),
                    Some(Token::Comma | Token::Slash | Token::Word(Word::And))
                );
            if !is_joint || self.count(at + 1).is_none() {
                break;
            }
            at += 1;
        }
        if numbers.is_empty() && !is_last {
            return false;
        }
        at = self.past(at, &[Word::School]);
        let Some(noun) = self.word(at) else {
            return false;
        };
        let Some(pieces) = self.named(noun, &numbers, at) else {
            return false;
        };
        for (index, piece) in pieces.into_iter().enumerate() {
            if index > 0 && matches!(piece, Piece::Span(..)) {
                self.found.push(Piece::Comma);
            }
            self.found.push(piece);
        }
        self.at = at + 1;
        true
    }

    fn named(&self, noun: Word, numbers: &[(u8, u8)], at: usize) -> Option<Vec<Piece>> {
        let spans = |of: &dyn Fn(u8) -> Option<(u8, u8)>| -> Option<Vec<Piece>> {
            numbers
                .iter()
                .map(|(first, last)| Some(Piece::Span(of(*first)?.0, of(*last)?.1)))
                .collect()
        };
        let covered: Vec<u8> = numbers
            .iter()
            .flat_map(|(first, last)| *first..=*last)
            .collect();
        match noun {
            Word::Quarter if covered == [1, 2, 3, 4] => Some(vec![Piece::Every(Every::Quarter)]),
            Word::SchoolQuarter if covered == [1, 2, 3, 4] => {
                Some(vec![Piece::Every(Every::SchoolQuarter)])
            }
            Word::HalfYear if covered == [1, 2] => Some(vec![Piece::Every(Every::HalfYear)]),
            Word::Quarter => spans(&|n| (1..=4).contains(&n).then_some((n * 3 - 2, n * 3))),
            Word::SchoolQuarter => spans(&|n| match n {
                1 => Some((9, 10)),
                2 => Some((11, 12)),
                3 => Some((1, 3)),
                4 => Some((4, 5)),
                _ => None,
            }),
            Word::HalfYear => {
                let is_school = self.is_school(at);
                spans(&|n| match (n, is_school) {
                    (1, false) => Some((1, 6)),
                    (2, false) => Some((7, 12)),
                    (1, true) => Some((9, 12)),
                    (2, true) => Some((1, 5)),
                    _ => None,
                })
            }
            Word::Week => Some(if numbers.is_empty() {
                vec![Piece::Week(None)]
            } else {
                covered
                    .into_iter()
                    .map(|week| Piece::Week(Some(week)))
                    .collect()
            }),
            Word::Decade => parts(numbers, &[(1, 10), (11, 20), (21, 31)]),
            Word::Half => parts(numbers, &[(1, 15), (16, 31)]),
            _ => None,
        }
    }

    /// Does a school year stand within a few words behind?
    fn is_school(&self, at: usize) -> bool {
        let end = (at + 6).min(self.tokens.len());
        self.tokens[at.saturating_sub(1)..end].contains(&Token::Word(Word::School))
            || self.school_year(at + 1).is_some()
    }

    /// `2023/24`, `2023-2024 учебный год`, `2023 учебный год`: the first year and what comes behind.
    pub(super) fn school_year(&self, at: usize) -> Option<(i32, usize)> {
        let Some(Token::Year(first)) = self.tokens.get(at) else {
            return None;
        };
        let joint = self.tokens.get(at + 1);
        let second = match self.tokens.get(at + 2) {
            Some(Token::Year(year)) => Some(*year),
            Some(Token::Number(number)) => i32::try_from(*number).ok().map(|year| 2000 + year),
            _ => None,
        };
        let is_pair =
            matches!(joint, Some(Token::Slash | Token::Dash)) && second == Some(first + 1);
        let end = if is_pair { at + 3 } else { at + 1 };
        let behind = self.past(end, &[Word::Year]);
        let is_school = self.word(behind) == Some(Word::School);
        let is_slash = is_pair && joint == Some(&Token::Slash);
        (is_school || is_slash).then_some((*first, if is_school { behind + 1 } else { end }))
    }

    pub(super) fn years(&mut self) -> bool {
        if let Some((first, next)) = self.school_year(self.at) {
            self.put(Piece::SchoolYear(first), next);
            return true;
        }
        let Some(Token::Year(year)) = self.tokens.get(self.at) else {
            return false;
        };
        self.put(Piece::Year(*year), self.at + 1);
        // «2023–25»
        if self.tokens.get(self.at) == Some(&Token::Dash)
            && let Some(Token::Number(number)) = self.tokens.get(self.at + 1)
            && let Ok(short) = i32::try_from(*number)
            && short > year % 100
            && short < 100
        {
            self.found.push(Piece::Dash);
            self.put(Piece::Year(2000 + short), self.at + 2);
        }
        true
    }
}

fn parts(numbers: &[(u8, u8)], of: &[(u8, u8)]) -> Option<Vec<Piece>> {
    let [(first, last)] = numbers else {
        return None;
    };
    let part = |n: u8| of.get(usize::from(n.checked_sub(1)?)).copied();
    Some(vec![Piece::Part(part(*first)?.0, part(*last)?.1)])
}
