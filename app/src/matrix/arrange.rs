//! The order of a matrix on the screen: groups, filters, search, what is pinned. Never an order by value.

use api::id::OrganisationId;
use api::registry::organisation::Cluster;
use api::results::heat_map::CellState;

use super::data::{Matrix, Paint, Place, Trajectory};
use crate::model::collate;

/// What rows are grouped by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Comparable schools: the comparison that is fair.
    #[default]
    Cluster,
    /// Settlements.
    Territory,
    /// Where results go.
    Trajectory,
    /// None: all by name.
    Name,
}

/// What a reader asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Grouping.
    pub grouping: Grouping,
    /// Part of a school's name; empty asks for all.
    pub search: String,
    /// Clusters shown; empty means all.
    pub clusters: Vec<Cluster>,
    /// Groups of columns shown; empty means all.
    pub subjects: Vec<String>,
    /// Only rows with a cell that asks for a look.
    pub is_open_only: bool,
    /// Rows that stay on top.
    pub pinned: Vec<OrganisationId>,
    /// Columns that stay at the left.
    pub pinned_columns: Vec<String>,
}

/// Most rows that may stay on top: more would leave no room for the others.
pub const MOST_PINNED: usize = 5;
/// Most columns that may stay at the left.
pub const MOST_PINNED_COLUMNS: usize = 3;

/// Title over a group of rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GroupTitle {
    /// Comparable schools.
    Cluster(Cluster),
    /// A settlement; empty when not known.
    Territory(String),
    /// Where results go; absent when not known.
    Trajectory(Option<Trajectory>),
}

/// A line of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// A title with the number of its rows.
    Title(GroupTitle, usize),
    /// A row of the matrix.
    Row(usize),
}

/// A matrix in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// Rows that stay on top.
    pub pinned: Vec<usize>,
    /// Lines below them.
    pub lines: Vec<Line>,
    /// Columns that stay at the left.
    pub pinned_columns: Vec<usize>,
    /// The other columns.
    pub columns: Vec<usize>,
    /// All shown rows from top to bottom, pinned ones first.
    pub rows: Vec<usize>,
}

impl Arrangement {
    /// Puts a matrix in order.
    pub fn of(matrix: &Matrix, wish: &Wish) -> Self {
        let pinned: Vec<usize> = wish
            .pinned
            .iter()
            .filter_map(|id| matrix.rows.iter().position(|row| row.organisation == *id))
            .take(MOST_PINNED)
            .collect();
        let columns: Vec<usize> = (0..matrix.columns.len())
            .filter(|column| is_wanted_column(matrix, wish, *column))
            .collect();
        let pinned_columns: Vec<usize> = wish
            .pinned_columns
            .iter()
            .filter_map(|key| {
                columns
                    .iter()
                    .copied()
                    .find(|at| matrix.columns[*at].key == *key)
            })
            .take(MOST_PINNED_COLUMNS)
            .collect();
        let search = wish.search.trim().to_lowercase();
        let mut shown: Vec<usize> = (0..matrix.rows.len())
            .filter(|row| !pinned.contains(row))
            .filter(|row| is_wanted(matrix, wish, &search, &columns, *row))
            .collect();
        sort(matrix, wish.grouping, &mut shown);
        let lines = titled(matrix, wish.grouping, &shown);
        let rows = pinned.iter().chain(&shown).copied().collect();
        Arrangement {
            columns: columns
                .into_iter()
                .filter(|column| !pinned_columns.contains(column))
                .collect(),
            pinned,
            lines,
            pinned_columns,
            rows,
        }
    }

    /// All shown columns from left to right, pinned ones first.
    pub fn all_columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.pinned_columns.iter().chain(&self.columns).copied()
    }

    /// Shown columns.
    pub fn width(&self) -> usize {
        self.pinned_columns.len() + self.columns.len()
    }

    /// The line of a row; absent for pinned rows and those not shown.
    pub fn line_of(&self, row: usize) -> Option<usize> {
        self.lines.iter().position(|line| *line == Line::Row(row))
    }

    /// All shown places, row by row.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.rows.iter().flat_map(move |row| {
            self.all_columns()
                .map(move |column| Place { row: *row, column })
        })
    }
}

fn is_wanted_column(matrix: &Matrix, wish: &Wish, column: usize) -> bool {
    wish.subjects.is_empty() || wish.subjects.contains(&matrix.columns[column].group)
}

fn is_wanted(matrix: &Matrix, wish: &Wish, search: &str, columns: &[usize], row: usize) -> bool {
    let head = &matrix.rows[row];
    let is_found = search.is_empty()
        || head.name.to_lowercase().contains(search)
        || head.territory.to_lowercase().contains(search);
    let is_of_cluster = wish.clusters.is_empty() || wish.clusters.contains(&head.cluster);
    let cells = matrix.row(row);
    let is_open = !wish.is_open_only
        || columns
            .iter()
            .any(|column| cells.get(*column).is_some_and(asks_for_a_look));
    is_found && is_of_cluster && is_open
}

/// Does a cell ask for a look? An alert of today does as well.
fn asks_for_a_look(cell: &super::data::Cell) -> bool {
    let is_alert = cell
        .live
        .as_ref()
        .is_some_and(|live| live.state == api::procedures::event::EventState::Alert);
    is_alert
        || match cell.paint {
            Paint::State(state) => state >= CellState::Attention,
            Paint::Phase(phase) => phase == api::procedures::event::EventState::Alert,
            Paint::Step(step) => step >= 3,
            Paint::Shift(shift) => shift > 0,
        }
}

fn sort(matrix: &Matrix, grouping: Grouping, rows: &mut [usize]) {
    rows.sort_by(|left, right| {
        let (left, right) = (&matrix.rows[*left], &matrix.rows[*right]);
        let by_group = match grouping {
            Grouping::Cluster => left.cluster.cmp(&right.cluster),
            // A settlement that is not known stands last.
            Grouping::Territory => left
                .territory
                .is_empty()
                .cmp(&right.territory.is_empty())
                .then_with(|| {
                    collate::compare(place_name(&left.territory), place_name(&right.territory))
                }),
            Grouping::Trajectory => left
                .trajectory
                .is_none()
                .cmp(&right.trajectory.is_none())
                .then(left.trajectory.cmp(&right.trajectory)),
            Grouping::Name => std::cmp::Ordering::Equal,
        };
        by_group
            .then_with(|| collate::compare(&left.name, &right.name))
            .then(left.organisation.cmp(&right.organisation))
    });
}

/// The name without its kind: «с. Боровое» stands under «Б».
fn place_name(territory: &str) -> &str {
    territory
        .split_once(". ")
        .map_or(territory, |(_, name)| name)
}

fn titled(matrix: &Matrix, grouping: Grouping, rows: &[usize]) -> Vec<Line> {
    let title = |row: usize| {
        let row = &matrix.rows[row];
        match grouping {
            Grouping::Cluster => Some(GroupTitle::Cluster(row.cluster)),
            Grouping::Territory => Some(GroupTitle::Territory(row.territory.clone())),
            Grouping::Trajectory => Some(GroupTitle::Trajectory(row.trajectory)),
            Grouping::Name => None,
        }
    };
    let mut lines = Vec::with_capacity(rows.len() + 8);
    for group in rows.chunk_by(|left, right| title(*left) == title(*right)) {
        if let Some(title) = group.first().and_then(|row| title(*row)) {
            lines.push(Line::Title(title, group.len()));
        }
        lines.extend(group.iter().map(|row| Line::Row(*row)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::data::tests::matrix;
    use super::*;

    fn arrange(wish: &Wish) -> Arrangement {
        Arrangement::of(&matrix(), wish)
    }

    #[test]
    fn rows_stand_by_comparable_schools_and_name() {
        let arrangement = arrange(&Wish::default());
        assert_eq!(
            arrangement.lines,
            [
                Line::Title(GroupTitle::Cluster(Cluster::Rural), 1),
                Line::Row(1),
                Line::Title(GroupTitle::Cluster(Cluster::Urban), 2),
                Line::Row(2),
                Line::Row(0),
            ]
        );
        assert_eq!(arrangement.rows, [1, 2, 0]);
    }

    #[test]
    fn no_wish_orders_rows_by_their_cells() {
        let mut worse = matrix();
        for cell in &mut worse.cells[6..9] {
            cell.paint = Paint::State(CellState::Signs);
        }
        for grouping in [
            Grouping::Cluster,
            Grouping::Territory,
            Grouping::Trajectory,
            Grouping::Name,
        ] {
            let wish = Wish {
                grouping,
                ..Wish::default()
            };
            assert_eq!(
                Arrangement::of(&worse, &wish).rows,
                Arrangement::of(&matrix(), &wish).rows
            );
        }
    }

    #[test]
    fn pinned_rows_and_columns_leave_their_places() {
        let matrix = matrix();
        let wish = Wish {
            grouping: Grouping::Name,
            pinned: vec![matrix.rows[0].organisation],
            pinned_columns: vec!["math-6".to_owned()],
            ..Wish::default()
        };
        let arrangement = Arrangement::of(&matrix, &wish);
        assert_eq!(arrangement.pinned, [0]);
        assert_eq!(arrangement.lines, [Line::Row(1), Line::Row(2)]);
        assert_eq!(arrangement.all_columns().collect::<Vec<_>>(), [2, 0, 1]);
        assert_eq!(arrangement.line_of(2), Some(1));
        assert_eq!(arrangement.line_of(0), None);
    }

    #[test]
    fn search_finds_parts_of_names_in_any_case() {
        let wish = Wish {
            search: " сош № ".to_owned(),
            ..Wish::default()
        };
        assert_eq!(arrange(&wish).rows, [2, 0]);
    }

    #[test]
    fn filters_leave_what_was_asked_for() {
        let wish = Wish {
            is_open_only: true,
            ..Wish::default()
        };
        assert_eq!(arrange(&wish).rows, [1]);
        let wish = Wish {
            clusters: vec![Cluster::Urban],
            subjects: vec!["russian".to_owned()],
            ..Wish::default()
        };
        let arrangement = arrange(&wish);
        assert_eq!(arrangement.rows, [2, 0]);
        assert_eq!(arrangement.columns, [0]);
    }

    #[test]
    fn settlements_stand_by_name_without_their_kind() {
        let mut matrix = matrix();
        matrix.rows[0].territory = "с. Берёзовка".to_owned();
        matrix.rows[1].territory = "г. Яр".to_owned();
        let wish = Wish {
            grouping: Grouping::Territory,
            ..Wish::default()
        };
        assert_eq!(Arrangement::of(&matrix, &wish).rows, [0, 1, 2]);
    }
}
