//! Counting the states of a heat map.

use api::results::heat_map::{CellState, HeatMapCell};

/// How many cells are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Signs.
    pub signs: u32,
    /// Attention.
    pub attention: u32,
    /// Calm.
    pub calm: u32,
    /// Too few pupils.
    pub insufficient: u32,
    /// No results.
    pub no_data: u32,
    /// Schools with at least one cell of signs.
    pub schools_with_signs: u32,
}

impl Tally {
    /// Counts rows of cells.
    pub fn of<'a>(rows: impl Iterator<Item = &'a [HeatMapCell]>) -> Self {
        let mut tally = Tally::default();
        for cells in rows {
            for cell in cells {
                *tally.of_state(cell.state) += 1;
            }
            let has_signs = cells.iter().any(|cell| cell.state == CellState::Signs);
            tally.schools_with_signs += u32::from(has_signs);
        }
        tally
    }

    /// The count of one state.
    pub fn count(mut self, state: CellState) -> u32 {
        *self.of_state(state)
    }

    fn of_state(&mut self, state: CellState) -> &mut u32 {
        match state {
            CellState::Signs => &mut self.signs,
            CellState::Attention => &mut self.attention,
            CellState::Calm => &mut self.calm,
            CellState::Insufficient => &mut self.insufficient,
            CellState::NoData => &mut self.no_data,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(state: CellState, n: u32) -> HeatMapCell {
        HeatMapCell {
            state,
            n,
            first_reason: None,
            live: None,
        }
    }

    #[test]
    fn cells_are_counted_by_state() {
        let rows = [
            vec![cell(CellState::Signs, 20), cell(CellState::Signs, 9)],
            vec![cell(CellState::Calm, 20), cell(CellState::NoData, 0)],
        ];
        let tally = Tally::of(rows.iter().map(Vec::as_slice));
        assert_eq!((tally.signs, tally.schools_with_signs), (2, 1));
        assert_eq!(tally.count(CellState::Calm), 1);
        assert_eq!(tally.count(CellState::Attention), 0);
    }
}
