//! What a matrix shows: rows, columns and cells, whatever the layer.

use api::id::OrganisationId;
use api::procedures::event::EventState;
use api::registry::organisation::Cluster;
use api::results::heat_map::{CellLive, CellState};
use api::text::Text;

/// A place: indices into rows and columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
}

/// A row: a school.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Group of comparable schools.
    pub cluster: Cluster,
    /// Settlement; empty before the register has come.
    pub territory: String,
    /// Where its results go; absent when not known.
    pub trajectory: Option<Trajectory>,
}

/// Where a school's results go (траектория).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trajectory {
    /// Fewer low results than a year ago.
    Rising,
    /// No change that stands out of chance.
    Stable,
    /// More low results than a year ago.
    Falling,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Key, unique inside the matrix.
    pub key: String,
    /// Key of the group of neighbouring columns.
    pub group: String,
    /// Name of the group.
    pub group_name: Text,
    /// The same for a narrow place.
    pub group_short: Text,
    /// Name under the group: «5 кл.».
    pub name: Text,
    /// Subject and grade, where a column is a work that has a page.
    pub work: Option<(String, u8)>,
}

/// How a cell is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// State of objectivity.
    State(CellState),
    /// Where an event stands.
    Phase(EventState),
    /// Class of a quantity, 0–4, light to dark.
    Step(u8),
    /// Class of a change, −2…2; positive needs attention.
    Shift(i8),
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Nothing.
    None,
    /// A number of pupils.
    Count(u32),
    /// A share, 0–1, shown as a percentage.
    Share(f64),
    /// A change in percentage points.
    Points(f64),
    /// Sheets submitted of sheets begun.
    Sheets(u32, u32),
    /// Steps between states: up needs attention.
    Steps(i8),
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Paint.
    pub paint: Paint,
    /// What stands in it.
    pub figure: Figure,
    /// What it rests on: pupils, answers, sheets.
    pub n: u32,
    /// The channel named first.
    pub reason: Option<String>,
    /// What goes on there today.
    pub live: Option<CellLive>,
}

impl Cell {
    /// A cell with nothing in it.
    pub fn empty() -> Self {
        Cell {
            paint: Paint::State(CellState::NoData),
            figure: Figure::None,
            n: 0,
            reason: None,
            live: None,
        }
    }

    /// A cell that rests on too few.
    pub fn insufficient(n: u32) -> Self {
        Cell {
            paint: Paint::State(CellState::Insufficient),
            figure: Figure::Count(n),
            n,
            ..Cell::empty()
        }
    }

    /// Is there nothing?
    pub fn is_empty(&self) -> bool {
        self.paint == Paint::State(CellState::NoData)
    }
}

/// A matrix. Cells stand row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Rows, as the server sent them: never by value.
    pub rows: Vec<Row>,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Cells, row by row; exactly rows × columns of them.
    pub cells: Vec<Cell>,
}

impl Matrix {
    /// The cell at a place.
    pub fn cell(&self, place: Place) -> Option<&Cell> {
        if place.column >= self.columns.len() {
            return None;
        }
        self.cells
            .get(place.row * self.columns.len() + place.column)
    }

    /// The cell at a place, to be changed.
    pub fn cell_mut(&mut self, place: Place) -> Option<&mut Cell> {
        if place.column >= self.columns.len() {
            return None;
        }
        self.cells
            .get_mut(place.row * self.columns.len() + place.column)
    }

    /// The cells of a row.
    pub fn row(&self, row: usize) -> &[Cell] {
        let width = self.columns.len();
        self.cells
            .get(row * width..(row + 1) * width)
            .unwrap_or_default()
    }

    /// Where a school and a column stand.
    pub fn place(&self, organisation: OrganisationId, column: &str) -> Option<Place> {
        Some(Place {
            row: self
                .rows
                .iter()
                .position(|row| row.organisation == organisation)?,
            column: self.columns.iter().position(|other| other.key == column)?,
        })
    }

    /// Are rows and columns those of another matrix?
    pub fn has_shape_of(&self, other: &Matrix) -> bool {
        self.rows == other.rows && self.columns == other.columns
    }
}

/// A key of a column of works.
pub fn work_key(subject: &str, grade: u8) -> String {
    format!("{subject}-{grade}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use uuid::Uuid;

    pub fn row(number: u128, name: &str, cluster: Cluster) -> Row {
        Row {
            organisation: OrganisationId(Uuid::from_u128(number)),
            name: name.to_owned(),
            cluster,
            territory: String::new(),
            trajectory: None,
        }
    }

    pub fn column(subject: &str, grade: u8) -> Column {
        Column {
            key: work_key(subject, grade),
            group: subject.to_owned(),
            group_name: Text::new("Математика", "Mathematics"),
            group_short: Text::new("Мат", "Mat"),
            name: Text::new(format!("{grade} кл."), format!("gr. {grade}")),
            work: Some((subject.to_owned(), grade)),
        }
    }

    pub fn state(state: CellState, n: u32) -> Cell {
        Cell {
            paint: Paint::State(state),
            figure: Figure::Count(n),
            n,
            ..Cell::empty()
        }
    }

    /// Three schools of two clusters, three works of two subjects.
    pub fn matrix() -> Matrix {
        use CellState::{Attention, Calm, Insufficient, NoData, Signs};
        Matrix {
            rows: vec![
                row(1, "СОШ № 10", Cluster::Urban),
                row(2, "Заречная СОШ", Cluster::Rural),
                row(3, "СОШ № 9", Cluster::Urban),
            ],
            columns: vec![column("russian", 5), column("math", 5), column("math", 6)],
            cells: vec![
                state(Calm, 40),
                state(Calm, 41),
                state(NoData, 0),
                state(Attention, 20),
                state(Signs, 21),
                state(Calm, 19),
                state(Insufficient, 3),
                state(Calm, 44),
                state(Calm, 45),
            ],
        }
    }

    #[test]
    fn every_place_leads_to_its_cell_and_back() {
        let matrix = matrix();
        for row in 0..3 {
            for column in 0..3 {
                let place = Place { row, column };
                let key = &matrix.columns[column].key;
                assert_eq!(
                    matrix.place(matrix.rows[row].organisation, key),
                    Some(place)
                );
                assert_eq!(matrix.cell(place), Some(&matrix.row(row)[column]));
            }
        }
        assert_eq!(matrix.cell(Place { row: 0, column: 3 }), None);
        assert_eq!(matrix.cell(Place { row: 3, column: 0 }), None);
    }
}
