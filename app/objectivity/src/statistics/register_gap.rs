//! Mark for the work against the mark in the register (отметка за работу и отметка по журналу).

use super::intervals::{Interval, share_interval};

/// Pupils by register mark and mark for the work, 2–5 each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RegisterTable {
    counts: [[u32; 4]; 4],
    outside: u32,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Share, 0–1.
    pub share: f64,
    /// Wilson interval at 95 %.
    pub interval: Interval,
}

impl RegisterTable {
    /// Adds a pupil with both marks; returns whether both are 2–5. Pupils without one of the marks are not given at all.
    pub fn push(&mut self, work: u8, register: u8) -> bool {
        let (Some(column), Some(row)) = (work.checked_sub(2), register.checked_sub(2)) else {
            self.outside += 1;
            return false;
        };
        match self
            .counts
            .get_mut(usize::from(row))
            .and_then(|row| row.get_mut(usize::from(column)))
        {
            Some(count) => {
                *count += 1;
                true
            }
            None => {
                self.outside += 1;
                false
            }
        }
    }

    /// Adds the pupils of another part.
    pub fn merge(&mut self, other: &Self) {
        for (row, more) in self.counts.iter_mut().zip(&other.counts) {
            for (count, more) in row.iter_mut().zip(more) {
                *count += more;
            }
        }
        self.outside += other.outside;
    }

    /// Pupils by register mark (rows, 2–5) and mark for the work (columns, 2–5).
    #[must_use]
    pub fn counts(&self) -> &[[u32; 4]; 4] {
        &self.counts
    }

    /// Pupils with both marks.
    #[must_use]
    pub fn pupils(&self) -> u32 {
        self.where_gap(|_| true)
    }

    /// Pupils with a mark outside 2–5.
    #[must_use]
    pub fn outside(&self) -> u32 {
        self.outside
    }

    fn where_gap(&self, holds: impl Fn(i32) -> bool) -> u32 {
        (0..4)
            .flat_map(|row| (0..4).map(move |column| (row, column)))
            .filter(|&(row, column)| holds(column as i32 - row as i32))
            .map(|(row, column)| self.counts[row][column])
            .sum()
    }

    fn share(&self, holds: impl Fn(i32) -> bool) -> Option<Share> {
        let (count, pupils) = (self.where_gap(holds), self.pupils());
        Some(Share {
            share: f64::from(count) / f64::from(pupils.max(1)),
            interval: share_interval(f64::from(count), f64::from(pupils), 0.95)?,
        })
    }

    /// «Понизили»: the work is below the register. Much above peers it reads as inflated register marks. `None` without
    /// pupils.
    #[must_use]
    pub fn lowered(&self) -> Option<Share> {
        self.share(|gap| gap < 0)
    }

    /// «Подтвердили»: the work equals the register.
    #[must_use]
    pub fn confirmed(&self) -> Option<Share> {
        self.share(|gap| gap == 0)
    }

    /// «Повысили»: the work is above the register. Much above peers it reads as help during the work.
    #[must_use]
    pub fn raised(&self) -> Option<Share> {
        self.share(|gap| gap > 0)
    }

    /// Gaps of two marks and more in either direction.
    #[must_use]
    pub fn wide(&self) -> Option<Share> {
        self.share(|gap| gap.abs() >= 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_follow_the_direction_of_the_gap() {
        let mut table = RegisterTable::default();
        for (work, register) in [(3, 5), (4, 5), (4, 4), (5, 4), (5, 5)] {
            assert!(table.push(work, register));
        }
        assert!(!table.push(1, 4) && !table.push(4, 6) && table.outside() == 2);
        assert_eq!(table.lowered().unwrap().share, 0.4);
        assert_eq!(table.confirmed().unwrap().share, 0.4);
        assert_eq!(table.raised().unwrap().share, 0.2);
        assert_eq!(table.wide().unwrap().share, 0.2);
    }

    #[test]
    fn no_pupils_no_shares() {
        let table = RegisterTable::default();
        assert!(table.lowered().is_none() && table.pupils() == 0);
    }
}
