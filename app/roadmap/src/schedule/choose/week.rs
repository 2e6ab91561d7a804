//! Weeks of months: which week belongs to which month.

use super::super::Week;
use super::super::group::Dated;
use super::super::piece::Piece;
use super::Chosen;

impl Chosen<'_> {
    pub(super) fn weeks(&self) -> Option<Vec<Week>> {
        let style_before = self.pieces.iter().find_map(|piece| match piece {
            Piece::Week(_) => Some(true),
            Piece::Month(..) => Some(false),
            _ => None,
        })?;
        let mut named: Vec<(u8, Vec<Option<u8>>)> = Vec::new();
        let mut waiting = Vec::new();
        for piece in self.pieces {
            match piece {
                Piece::Week(week) if style_before => waiting.push(*week),
                Piece::Week(week) => {
                    if let Some((_, weeks)) = named.last_mut() {
                        weeks.push(*week);
                    }
                }
                Piece::Month(month, _) => named.push((*month, std::mem::take(&mut waiting))),
                _ => {}
            }
        }
        if named.iter().all(|(_, weeks)| weeks.is_empty()) {
            return None;
        }
        share_weeks(&mut named);
        let dated: Vec<(Option<i32>, u8)> = self.written.iter().flat_map(months_of).collect();
        let is_one_to_one = dated.len() == named.len();
        let weeks: Vec<Week> = dated
            .iter()
            .enumerate()
            .flat_map(|(index, (year, month))| {
                let of = if is_one_to_one {
                    named.get(index)
                } else {
                    named.iter().find(|(named, _)| named == month)
                };
                of.map_or(Vec::new(), |(_, weeks)| weeks.clone())
                    .into_iter()
                    .map(|week| Week {
                        year: *year,
                        month: *month,
                        week,
                    })
            })
            .collect();
        (!weeks.is_empty()).then_some(weeks)
    }
}

/// «сентябрь, октябрь (2 неделя)»: a month without weeks has those of its neighbour.
fn share_weeks(named: &mut [(u8, Vec<Option<u8>>)]) {
    for index in 1..named.len() {
        if named[index].1.is_empty() {
            named[index].1 = named[index - 1].1.clone();
        }
    }
    for index in (1..named.len()).rev() {
        if named[index - 1].1.is_empty() {
            named[index - 1].1 = named[index].1.clone();
        }
    }
}

fn months_of(dated: &Dated) -> Vec<(Option<i32>, u8)> {
    match dated {
        Dated::Month(month) => vec![(Some(month.year), month.month)],
        Dated::SameMonths(years, months) => years
            .iter()
            .flat_map(|year| months.iter().map(|month| (Some(*year), *month)))
            .collect(),
        Dated::YearlyMonth(month) => vec![(None, *month)],
        _ => Vec::new(),
    }
}
