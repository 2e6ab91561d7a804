//! The heat map without its drawing: order of rows, walking by keys, counting, speaking.

use api::heat_map::{CellState, HeatMap, HeatMapCell, HeatMapColumn};
use api::id::OrganisationId;
use api::organisation::Cluster;
use api::text::Text;

use super::collate;
use super::map_address::CellKey;
use crate::text::{Language, common, heat_map as words};

/// Head of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowHead {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Group of comparable schools.
    pub cluster: Cluster,
}

/// What the map is drawn over: it changes only when rows or columns do.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Columns, left to right.
    pub columns: Vec<HeatMapColumn>,
    /// Rows, as the server sent them.
    pub rows: Vec<RowHead>,
}

/// Place of a cell: indices into the shape's rows and columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
}

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The group of schools; absent when all rows stand by name.
    pub cluster: Option<Cluster>,
    /// Row indices in the order shown.
    pub rows: Vec<usize>,
}

/// Neighbouring columns of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Subject code.
    pub subject: String,
    /// Name.
    pub name: Text,
    /// Name for narrow columns.
    pub short: Text,
    /// Number of columns.
    pub columns: usize,
}

impl Shape {
    /// The shape of an answer of the server.
    pub fn of(map: &HeatMap) -> Self {
        Shape {
            columns: map.columns.clone(),
            rows: map
                .rows
                .iter()
                .map(|row| RowHead {
                    organisation: row.organisation,
                    name: row.name.clone(),
                    cluster: row.cluster,
                })
                .collect(),
        }
    }

    /// Rows under their headings: by group and name, or all by name. Never by state.
    pub fn groups(&self, is_by_name: bool) -> Vec<Group> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by(|&left, &right| {
            let (left, right) = (&self.rows[left], &self.rows[right]);
            let by_name = collate::compare(&left.name, &right.name);
            if is_by_name {
                by_name
            } else {
                left.cluster.cmp(&right.cluster).then(by_name)
            }
        });
        if is_by_name {
            return vec![Group {
                cluster: None,
                rows: order,
            }];
        }
        let mut groups: Vec<Group> = Vec::new();
        for row in order {
            let cluster = Some(self.rows[row].cluster);
            match groups.last_mut() {
                Some(group) if group.cluster == cluster => group.rows.push(row),
                _ => groups.push(Group {
                    cluster,
                    rows: vec![row],
                }),
            }
        }
        groups
    }

    /// Columns of each subject together, for the upper row of the head.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for column in &self.columns {
            match spans.last_mut() {
                Some(span) if span.subject == column.subject => span.columns += 1,
                _ => spans.push(Span {
                    subject: column.subject.clone(),
                    name: column.subject_name.clone(),
                    short: column.subject_short.clone(),
                    columns: 1,
                }),
            }
        }
        spans
    }

    /// Where a cell stands.
    pub fn place(&self, key: &CellKey) -> Option<Place> {
        let row = self
            .rows
            .iter()
            .position(|row| row.organisation == key.organisation)?;
        let column = self
            .columns
            .iter()
            .position(|column| column.subject == key.subject && column.grade == key.grade)?;
        Some(Place { row, column })
    }

    /// What stands at a place.
    pub fn key(&self, place: Place) -> Option<CellKey> {
        let column = self.columns.get(place.column)?;
        Some(CellKey {
            organisation: self.rows.get(place.row)?.organisation,
            subject: column.subject.clone(),
            grade: column.grade,
        })
    }

    /// The sentence for a cell: read aloud when it gets the focus, shown when pointed at.
    pub fn sentence(&self, language: Language, place: Place, cell: &HeatMapCell) -> String {
        let (Some(row), Some(column)) = (self.rows.get(place.row), self.columns.get(place.column))
        else {
            return String::new();
        };
        let work = common::subject_grade(
            language,
            column.subject_name.in_language(language),
            column.grade,
        );
        let state = common::state(language, cell.state);
        let sentence = match (cell.state, cell.first_reason.as_deref()) {
            (CellState::NoData, _) => words::spoken_none(language, &row.name, work),
            (_, Some(reason)) => words::spoken_reason(
                language,
                u64::from(cell.n),
                &row.name,
                work,
                state,
                words::reason(language, reason),
            ),
            (_, None) => words::spoken(language, u64::from(cell.n), &row.name, work, state),
        };
        match &cell.live {
            None => sentence,
            Some(live) => words::spoken_live(
                language,
                sentence,
                common::event_state(language, live.state),
                live.submitted,
                live.sheets,
            ),
        }
    }
}

/// Where a key leads from a cell; `None` for keys that do not walk.
///
/// `order` are the row indices from top to bottom as shown.
pub fn walk(
    order: &[usize],
    columns: usize,
    from: Place,
    key: &str,
    is_control: bool,
) -> Option<Place> {
    /// Rows that a page key passes.
    const PAGE: usize = 10;
    if order.is_empty() || columns == 0 {
        return None;
    }
    let at = order.iter().position(|row| *row == from.row).unwrap_or(0);
    let (last_row, last_column) = (order.len() - 1, columns - 1);
    let (at, column) = match key {
        "ArrowUp" if is_control => (0, from.column),
        "ArrowDown" if is_control => (last_row, from.column),
        "ArrowUp" => (at.saturating_sub(1), from.column),
        "ArrowDown" => ((at + 1).min(last_row), from.column),
        "ArrowLeft" => (at, from.column.saturating_sub(1)),
        "ArrowRight" => (at, (from.column + 1).min(last_column)),
        "Home" if is_control => (0, 0),
        "End" if is_control => (last_row, last_column),
        "Home" => (at, 0),
        "End" => (at, last_column),
        "PageUp" => (at.saturating_sub(PAGE), from.column),
        "PageDown" => ((at + PAGE).min(last_row), from.column),
        _ => return None,
    };
    Some(Place {
        row: order[at],
        column,
    })
}

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
    use uuid::Uuid;

    fn row(number: u128, name: &str, cluster: Cluster) -> RowHead {
        RowHead {
            organisation: OrganisationId(Uuid::from_u128(number)),
            name: name.to_owned(),
            cluster,
        }
    }

    fn column(subject: &str, grade: u8) -> HeatMapColumn {
        HeatMapColumn {
            subject: subject.to_owned(),
            subject_name: Text::new("Математика", "Mathematics"),
            subject_short: Text::new("Мат", "Mat"),
            grade,
        }
    }

    fn shape() -> Shape {
        Shape {
            columns: vec![column("russian", 5), column("math", 5), column("math", 6)],
            rows: vec![
                row(1, "СОШ № 10", Cluster::Urban),
                row(2, "Заречная СОШ", Cluster::Rural),
                row(3, "СОШ № 9", Cluster::Urban),
            ],
        }
    }

    fn cell(state: CellState, n: u32) -> HeatMapCell {
        HeatMapCell {
            state,
            n,
            first_reason: None,
            live: None,
        }
    }

    #[test]
    fn rows_stand_by_group_and_name() {
        let groups = shape().groups(false);
        let rows: Vec<_> = groups.iter().map(|group| group.rows.clone()).collect();
        assert_eq!(rows, [vec![1], vec![2, 0]]);
        assert_eq!(groups[1].cluster, Some(Cluster::Urban));
    }

    #[test]
    fn rows_may_stand_by_name_alone() {
        assert_eq!(
            shape().groups(true),
            [Group {
                cluster: None,
                rows: vec![1, 2, 0]
            }]
        );
    }

    #[test]
    fn columns_of_a_subject_share_a_heading() {
        let spans: Vec<_> = shape()
            .spans()
            .into_iter()
            .map(|span| (span.subject, span.columns))
            .collect();
        assert_eq!(spans, [("russian".to_owned(), 1), ("math".to_owned(), 2)]);
    }

    #[test]
    fn every_place_has_a_key_that_leads_back() {
        let shape = shape();
        for row in 0..shape.rows.len() {
            for column in 0..shape.columns.len() {
                let place = Place { row, column };
                let key = shape.key(place).expect("the place is inside");
                assert_eq!(shape.place(&key), Some(place));
            }
        }
        assert_eq!(shape.key(Place { row: 3, column: 0 }), None);
    }

    #[test]
    fn keys_walk_in_the_order_shown_and_stop_at_edges() {
        let order = [1, 2, 0];
        let at = |row, column| Place { row, column };
        let go = |from, key| walk(&order, 3, from, key, false);
        assert_eq!(go(at(1, 0), "ArrowDown"), Some(at(2, 0)));
        assert_eq!(go(at(0, 0), "ArrowDown"), Some(at(0, 0)));
        assert_eq!(go(at(1, 0), "ArrowUp"), Some(at(1, 0)));
        assert_eq!(go(at(1, 0), "ArrowLeft"), Some(at(1, 0)));
        assert_eq!(go(at(1, 0), "End"), Some(at(1, 2)));
        assert_eq!(go(at(1, 1), "PageDown"), Some(at(0, 1)));
        assert_eq!(walk(&order, 3, at(2, 1), "End", true), Some(at(0, 2)));
        assert_eq!(go(at(1, 0), "a"), None);
        assert_eq!(walk(&[], 3, at(0, 0), "End", false), None);
    }

    #[test]
    fn a_cell_is_spoken_as_a_sentence() {
        let shape = shape();
        let place = Place { row: 1, column: 1 };
        let mut signs = cell(CellState::Signs, 21);
        signs.first_reason = Some("bunching".to_owned());
        assert_eq!(
            shape.sentence(Language::Ru, place, &signs),
            "Заречная СОШ — Математика, 5\u{a0}класс: признаки, 21 участник. Первая причина: скачок на границе отметки."
        );
        assert_eq!(
            shape.sentence(Language::En, place, &cell(CellState::NoData, 0)),
            "Заречная СОШ — Mathematics, grade\u{a0}5: the work was not held."
        );
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
