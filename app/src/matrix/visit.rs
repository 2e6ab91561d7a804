//! What changed since the last visit: the states of a map as a short text that a browser remembers.

use api::id::OrganisationId;
use api::results::heat_map::CellState;

use super::data::{Matrix, Paint, Place};

/// A remembered map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// When it was looked at.
    pub at_ms: i64,
    columns: Vec<String>,
    rows: Vec<(OrganisationId, String)>,
}

/// A cell whose state is another one now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Where.
    pub place: Place,
    /// The state then.
    pub before: CellState,
    /// The state now.
    pub now: CellState,
}

const LETTERS: [(CellState, char); 5] = [
    (CellState::NoData, 'n'),
    (CellState::Insufficient, 'i'),
    (CellState::Calm, 'c'),
    (CellState::Attention, 'a'),
    (CellState::Signs, 's'),
];

fn letter(paint: Paint) -> char {
    LETTERS
        .into_iter()
        .find(|(state, _)| Paint::State(*state) == paint)
        .map_or('n', |(_, letter)| letter)
}

fn state(letter: char) -> Option<CellState> {
    LETTERS
        .into_iter()
        .find(|(_, other)| *other == letter)
        .map(|(state, _)| state)
}

impl Visit {
    /// Remembers a map of states.
    pub fn of(matrix: &Matrix, at_ms: i64) -> Self {
        Visit {
            at_ms,
            columns: matrix
                .columns
                .iter()
                .map(|column| column.key.clone())
                .collect(),
            rows: matrix
                .rows
                .iter()
                .enumerate()
                .map(|(at, row)| {
                    let states = matrix.row(at).iter().map(|cell| letter(cell.paint));
                    (row.organisation, states.collect())
                })
                .collect(),
        }
    }

    /// As text: instant, columns, then one line a school.
    pub fn write(&self) -> String {
        let mut text = format!("{}\n{}", self.at_ms, self.columns.join(" "));
        for (organisation, states) in &self.rows {
            text.push_str(&format!("\n{organisation} {states}"));
        }
        text
    }

    /// Reads a text; `None` for what was not written by [`Visit::write`].
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let at_ms = lines.next()?.parse().ok()?;
        let columns = lines
            .next()?
            .split(' ')
            .filter(|key| !key.is_empty())
            .map(str::to_owned)
            .collect();
        let rows = lines
            .map(|line| {
                let (organisation, states) = line.split_once(' ')?;
                Some((organisation.parse().ok()?, states.to_owned()))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Visit {
            at_ms,
            columns,
            rows,
        })
    }

    /// Cells of a map whose state is not the remembered one; new schools and works are no changes.
    pub fn changes(&self, matrix: &Matrix) -> Vec<Changed> {
        let mut found = Vec::new();
        for (row, head) in matrix.rows.iter().enumerate() {
            let Some((_, states)) = self
                .rows
                .iter()
                .find(|(organisation, _)| *organisation == head.organisation)
            else {
                continue;
            };
            for (column, cell) in matrix.row(row).iter().enumerate() {
                let at = self
                    .columns
                    .iter()
                    .position(|key| *key == matrix.columns[column].key);
                let before = at.and_then(|at| state(states.chars().nth(at)?));
                if let (Some(before), Paint::State(now)) = (before, cell.paint)
                    && before != now
                {
                    let place = Place { row, column };
                    found.push(Changed { place, before, now });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::data::tests::matrix;
    use super::*;

    #[test]
    fn a_visit_reads_back_as_written() {
        let visit = Visit::of(&matrix(), 1_700_000_000_000);
        assert_eq!(Visit::read(&visit.write()), Some(visit));
        assert_eq!(Visit::read("yesterday"), None);
    }

    #[test]
    fn only_cells_that_were_there_can_change() {
        let visit = Visit::of(&matrix(), 0);
        assert_eq!(visit.changes(&matrix()), []);
        let mut later = matrix();
        later.cells[1].paint = Paint::State(CellState::Signs);
        later.columns[0].key = "history-5".to_owned();
        later.cells[0].paint = Paint::State(CellState::Signs);
        assert_eq!(
            visit.changes(&later),
            [Changed {
                place: Place { row: 0, column: 1 },
                before: CellState::Calm,
                now: CellState::Signs,
            }]
        );
    }
}
