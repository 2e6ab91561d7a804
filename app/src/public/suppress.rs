//! Suppression in a table with totals: small groups go, and with them whatever would give them away.
//!
//! A table of counts with the totals of its rows and columns is a system of equations. A hidden count can be
//! computed from the shown ones exactly when its edge is a bridge of the graph whose vertices are the lines
//! of the table (rows, columns, and the lines of totals) and whose edges are the hidden counts. So counts are
//! hidden until no small one lies on a bridge.
//!
//! # Source
//! Gusfield D. A graph theoretic approach to statistical data security. SIAM Journal on Computing 17(3),
//! 1988: the theorem on bridges. The search for what else to hide is our own greedy one: it hides the
//! cheapest detour, counted in pupils; it is not optimal.

use super::aggregate::{SMALLEST_PUPILS, SMALLEST_SCHOOLS};

/// A group: pupils and the schools they come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Pupils; zero where the work was not held, which is no secret.
    pub pupils: u32,
    /// Schools.
    pub schools: u32,
}

impl Group {
    fn is_small(self) -> bool {
        self.pupils > 0 && (self.pupils < SMALLEST_PUPILS || self.schools < SMALLEST_SCHOOLS)
    }
}

/// A table of counts with totals; `None` is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Rows of counts, the total of the row last; the row of totals last.
    pub cells: Vec<Vec<Option<u32>>>,
}

/// Hides small groups and whatever would give them away. Rows have one length.
pub fn suppress(groups: &[Vec<Group>]) -> Published {
    let counts = with_totals(groups);
    let mut hidden: Vec<Vec<bool>> = counts.iter().map(|row| vec![false; row.len()]).collect();
    for (row, groups) in groups.iter().enumerate() {
        for (column, group) in groups.iter().enumerate() {
            hidden[row][column] = group.is_small();
        }
    }
    loop {
        if let Some((row, column)) = bridge(&counts, &hidden) {
            let Some(detour) = detour(&counts, &hidden, row, column) else {
                // Nothing else could cover it: the table has a single line. It is not shown at all.
                hidden.iter_mut().flatten().for_each(|cell| *cell = true);
                break;
            };
            for (row, column) in detour {
                hidden[row][column] = true;
            }
            continue;
        }
        // The sum of what is hidden in a line follows from the rest: it must not be a small group either.
        let Some((row, column)) = thin_line(&counts, &hidden) else {
            break;
        };
        hidden[row][column] = true;
    }
    Published {
        cells: counts
            .iter()
            .zip(&hidden)
            .map(|(counts, hidden)| {
                counts
                    .iter()
                    .zip(hidden)
                    .map(|(count, hidden)| (!hidden || *count == 0).then_some(*count))
                    .collect()
            })
            .collect(),
    }
}

fn with_totals(groups: &[Vec<Group>]) -> Vec<Vec<u32>> {
    let mut counts: Vec<Vec<u32>> = groups
        .iter()
        .map(|row| {
            let mut row: Vec<u32> = row.iter().map(|group| group.pupils).collect();
            row.push(row.iter().sum());
            row
        })
        .collect();
    let width = counts.first().map_or(0, Vec::len);
    let totals = (0..width)
        .map(|column| counts.iter().map(|row| row[column]).sum())
        .collect();
    counts.push(totals);
    counts
}

/// In a line whose hidden counts add up to a small number, the smallest shown one to hide as well.
fn thin_line(counts: &[Vec<u32>], hidden: &[Vec<bool>]) -> Option<(usize, usize)> {
    let (height, width) = (counts.len(), counts.first()?.len());
    let rows = (0..height).map(|row| (0..width).map(|column| (row, column)).collect::<Vec<_>>());
    let columns = (0..width).map(|column| (0..height).map(|row| (row, column)).collect());
    rows.chain(columns).find_map(|line: Vec<(usize, usize)>| {
        let is_hidden = |(row, column): &(usize, usize)| hidden[*row][*column];
        let count = |(row, column): &(usize, usize)| counts[*row][*column];
        let sum: u32 = line.iter().filter(|at| is_hidden(at)).map(count).sum();
        if sum == 0 || sum >= SMALLEST_PUPILS {
            return None;
        }
        line.into_iter()
            .filter(|at| !is_hidden(at) && count(at) > 0)
            .min_by_key(|at| count(at))
    })
}

/// A hidden count that the shown ones give away.
fn bridge(counts: &[Vec<u32>], hidden: &[Vec<bool>]) -> Option<(usize, usize)> {
    for (row, cells) in hidden.iter().enumerate() {
        for (column, is_hidden) in cells.iter().enumerate() {
            if !is_hidden || counts[row][column] == 0 {
                continue;
            }
            let cost = |r: usize, c: usize| (hidden[r][c] && counts[r][c] > 0).then_some(0);
            if path(counts, (row, column), cost).is_none() {
                return Some((row, column));
            }
        }
    }
    None
}

/// Shown counts to hide so that a hidden one is no bridge: the cheapest way round, in pupils.
fn detour(
    counts: &[Vec<u32>],
    hidden: &[Vec<bool>],
    row: usize,
    column: usize,
) -> Option<Vec<(usize, usize)>> {
    let cost = |r: usize, c: usize| match (counts[r][c], hidden[r][c]) {
        (0, _) => None,
        (_, true) => Some(0),
        (count, false) => Some(u64::from(count)),
    };
    path(counts, (row, column), cost)
}

/// The cheapest path between the two lines of a cell that does not use the cell: rows are vertices
/// `0..height`, columns follow.
fn path(
    counts: &[Vec<u32>],
    (row, column): (usize, usize),
    cost: impl Fn(usize, usize) -> Option<u64>,
) -> Option<Vec<(usize, usize)>> {
    let height = counts.len();
    let vertices = height + counts.first()?.len();
    let edge = |one: usize, other: usize| {
        let (r, c) = (one.min(other), one.max(other).checked_sub(height)?);
        if r >= height || (r, c) == (row, column) {
            return None;
        }
        Some((cost(r, c)?, (r, c)))
    };
    let goal = height + column;
    let mut best: Vec<Option<u64>> = vec![None; vertices];
    let mut came = vec![None; vertices];
    let mut is_done = vec![false; vertices];
    best[row] = Some(0);
    // Dijkstra over a handful of lines: no heap is needed.
    while let Some(at) = (0..vertices)
        .filter(|at| !is_done[*at] && best[*at].is_some())
        .min_by_key(|at| best[*at])
    {
        if at == goal {
            break;
        }
        is_done[at] = true;
        for next in 0..vertices {
            let Some((cost, cell)) = edge(at, next) else {
                continue;
            };
            let total = best[at].unwrap_or(0) + cost;
            if best[next].is_none_or(|known| total < known) {
                best[next] = Some(total);
                came[next] = Some((at, cell));
            }
        }
    }
    best[goal]?;
    let mut cells = Vec::new();
    let mut at = goal;
    while let Some((before, cell)) = came[at] {
        cells.push(cell);
        at = before;
    }
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn group(pupils: u32) -> Group {
        Group {
            pupils,
            schools: 5.min(pupils),
        }
    }

    fn table(rows: &[&[u32]]) -> Vec<Vec<Group>> {
        rows.iter()
            .map(|row| row.iter().map(|pupils| group(*pupils)).collect())
            .collect()
    }

    /// Which hidden counts follow from the shown ones: Gaussian elimination over the equations of the
    /// lines, with the hidden counts as unknowns. Independent of graphs.
    fn determined(published: &Published) -> Vec<(usize, usize)> {
        let (height, width) = (published.cells.len(), published.cells[0].len());
        let unknowns: Vec<(usize, usize)> = (0..height)
            .flat_map(|row| (0..width).map(move |column| (row, column)))
            .filter(|(row, column)| published.cells[*row][*column].is_none())
            .collect();
        let sign = |index: usize, last: usize| if index + 1 == last { -1.0 } else { 1.0 };
        let mut equations: Vec<Vec<f64>> = Vec::new();
        for row in 0..height {
            equations.push(
                unknowns
                    .iter()
                    .map(|(r, c)| if *r == row { sign(*c, width) } else { 0.0 })
                    .collect(),
            );
        }
        for column in 0..width {
            equations.push(
                unknowns
                    .iter()
                    .map(|(r, c)| if *c == column { sign(*r, height) } else { 0.0 })
                    .collect(),
            );
        }
        let mut pivots = Vec::new();
        let mut rank = 0;
        for column in 0..unknowns.len() {
            let Some(pivot) =
                (rank..equations.len()).find(|at| equations[*at][column].abs() > 1e-9)
            else {
                continue;
            };
            equations.swap(rank, pivot);
            let scale = equations[rank][column];
            equations[rank].iter_mut().for_each(|value| *value /= scale);
            for other in 0..equations.len() {
                let factor = equations[other][column];
                if other != rank && factor.abs() > 1e-9 {
                    let base = equations[rank].clone();
                    for (value, base) in equations[other].iter_mut().zip(base) {
                        *value -= factor * base;
                    }
                }
            }
            pivots.push((rank, column));
            rank += 1;
        }
        pivots
            .into_iter()
            .filter(|(row, column)| {
                equations[*row]
                    .iter()
                    .enumerate()
                    .all(|(at, value)| at == *column || value.abs() < 1e-9)
            })
            .map(|(_, column)| unknowns[column])
            .collect()
    }

    #[test]
    fn large_groups_stay_as_they_are() {
        let published = suppress(&table(&[&[40, 50], &[60, 70]]));
        assert_eq!(
            published.cells,
            [
                [Some(40), Some(50), Some(90)],
                [Some(60), Some(70), Some(130)],
                [Some(100), Some(120), Some(220)]
            ]
        );
    }

    #[test]
    fn one_small_group_takes_three_others_along() {
        let published = suppress(&table(&[&[4, 50, 30], &[60, 70, 20], &[30, 20, 90]]));
        assert_eq!(published.cells[0][0], None);
        let hidden = published
            .cells
            .iter()
            .flatten()
            .filter(|cell| cell.is_none());
        assert_eq!(hidden.count(), 4);
        assert_eq!(published.cells[3][3], Some(374), "the grand total stays");
        assert_eq!(determined(&published), []);
    }

    #[test]
    fn works_that_were_not_held_are_no_secret() {
        let published = suppress(&table(&[&[0, 50], &[60, 0]]));
        assert_eq!(published.cells[0][0], Some(0));
    }

    #[test]
    fn a_single_small_group_is_not_given_away_by_its_total() {
        let published = suppress(&table(&[&[4]]));
        assert!(published.cells.iter().flatten().all(Option::is_none));
    }

    proptest! {
        /// No small group can be computed from what is shown, and no hidden sum of a line is small.
        #[test]
        fn nothing_hidden_can_be_computed(
            counts in (1_usize..6, 1_usize..6).prop_flat_map(|(height, width)| {
                let count = prop_oneof![2 => Just(0_u32), 3 => 1_u32..10, 5 => 10_u32..200];
                prop::collection::vec(prop::collection::vec(count, width), height)
            }),
        ) {
            let rows: Vec<&[u32]> = counts.iter().map(Vec::as_slice).collect();
            let groups = table(&rows);
            let published = suppress(&groups);
            for (row, groups) in groups.iter().enumerate() {
                for (column, group) in groups.iter().enumerate() {
                    prop_assert!(!group.is_small() || published.cells[row][column].is_none());
                }
            }
            let all_hidden = published.cells.iter().flatten().all(|cell| cell.is_none() || *cell == Some(0));
            prop_assert!(all_hidden || determined(&published).is_empty(), "{published:?}");
            // What is shown is true.
            let whole = with_totals(&groups);
            for (shown, count) in published.cells.iter().flatten().zip(whole.iter().flatten()) {
                prop_assert!(shown.is_none_or(|shown| shown == *count));
            }
        }
    }
}
