//! From answers of the server to a matrix: one function a layer.

use std::collections::HashMap;

use api::id::OrganisationId;
use api::procedures::event::EventState;
use api::registry::organisation::Organisation;
use api::results::heat_map::{CellState, HeatMap, HeatMapCell, HeatMapRow};
use api::results::layer::{Layer, LayerCell, LayerKind};
use api::text::Text;

use super::data::{Cell, Column, Figure, Matrix, Paint, Row, Trajectory, work_key};

/// A layer of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LayerChoice {
    /// State of objectivity.
    #[default]
    State,
    /// Observation index of the submitted sheets.
    Observation,
    /// The board of the day: where every event stands.
    DayBoard,
    /// A layer that the server computes.
    Computed(LayerKind),
}

impl LayerChoice {
    /// Layers that come with the map itself.
    pub const OWN: [LayerChoice; 3] = [
        LayerChoice::State,
        LayerChoice::Observation,
        LayerChoice::DayBoard,
    ];
}

/// Where the classes of the observation index begin: from «to be looked at» to «as it should be».
const OBSERVATION_BOUNDS: [f64; 4] = [0.5, 0.7, 0.85, 0.95];

/// The class of a share.
pub fn step(share: f64, bounds: &[f64]) -> u8 {
    let step = bounds.iter().filter(|bound| share >= **bound).count();
    u8::try_from(step.min(4)).unwrap_or(4)
}

/// The bounds of a layer that travels with the map.
pub fn own_bounds(layer: LayerChoice) -> &'static [f64] {
    match layer {
        LayerChoice::Observation => &OBSERVATION_BOUNDS,
        _ => &[],
    }
}

/// One cell of the map under a layer that travels with it.
pub fn own_cell(cell: &HeatMapCell, layer: LayerChoice) -> Cell {
    let live = cell.live.clone();
    match layer {
        LayerChoice::Observation => {
            let Some((index, sheets)) = live
                .as_ref()
                .and_then(|live| Some((live.index?, live.submitted)))
            else {
                return Cell {
                    live,
                    ..Cell::empty()
                };
            };
            Cell {
                paint: Paint::Step(step(index, &OBSERVATION_BOUNDS)),
                figure: Figure::Share(index),
                n: sheets,
                reason: None,
                live,
            }
        }
        LayerChoice::DayBoard => match &live {
            None => Cell::empty(),
            Some(now) => Cell {
                paint: Paint::Phase(now.state),
                figure: match now.state {
                    EventState::Planned => Figure::None,
                    _ => Figure::Sheets(now.submitted, now.sheets),
                },
                n: now.sheets,
                reason: None,
                live,
            },
        },
        LayerChoice::State | LayerChoice::Computed(_) => Cell {
            paint: Paint::State(cell.state),
            figure: match cell.state {
                CellState::NoData => Figure::None,
                _ => Figure::Count(cell.n),
            },
            n: cell.n,
            reason: cell.first_reason.clone(),
            live,
        },
    }
}

/// What the page knows of schools beside the map: settlements and where results go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// Settlements.
    pub territories: HashMap<OrganisationId, String>,
    /// Where results go.
    pub trajectories: HashMap<OrganisationId, Trajectory>,
}

impl Register {
    /// Takes the settlements of the register of organisations.
    pub fn take_organisations(&mut self, organisations: &[Organisation]) {
        self.territories = organisations
            .iter()
            .map(|one| (one.id, one.settlement.clone()))
            .collect();
    }
}

fn row(row: &HeatMapRow, register: &Register) -> Row {
    Row {
        organisation: row.organisation,
        name: row.name.clone(),
        cluster: row.cluster,
        territory: register
            .territories
            .get(&row.organisation)
            .cloned()
            .unwrap_or_default(),
        trajectory: register.trajectories.get(&row.organisation).copied(),
    }
}

/// The columns of the map.
fn map_columns(map: &HeatMap) -> Vec<Column> {
    map.columns
        .iter()
        .map(|column| Column {
            key: work_key(&column.subject, column.grade),
            group: column.subject.clone(),
            group_name: column.subject_name.clone(),
            group_short: column.subject_short.clone(),
            name: Text::new(
                format!("{} кл.", column.grade),
                format!("gr. {}", column.grade),
            ),
            work: Some((column.subject.clone(), column.grade)),
        })
        .collect()
}

/// The map under a layer that travels with it.
pub fn of_map(map: &HeatMap, layer: LayerChoice, register: &Register) -> Matrix {
    Matrix {
        rows: map.rows.iter().map(|one| row(one, register)).collect(),
        columns: map_columns(map),
        cells: map
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| own_cell(cell, layer))
            .collect(),
    }
}

/// A computed layer over the rows of the map.
pub fn of_layer(map: &HeatMap, layer: &Layer, register: &Register) -> Matrix {
    let values: HashMap<OrganisationId, &Vec<Option<LayerCell>>> = layer
        .rows
        .iter()
        .map(|row| (row.organisation, &row.cells))
        .collect();
    let cells = map
        .rows
        .iter()
        .flat_map(|row| {
            let own = values.get(&row.organisation);
            layer.columns.iter().enumerate().map(move |(at, _)| {
                own.and_then(|cells| cells.get(at)?.as_ref())
                    .map_or_else(Cell::empty, |cell| computed(cell, &layer.bounds))
            })
        })
        .collect();
    Matrix {
        rows: map.rows.iter().map(|one| row(one, register)).collect(),
        columns: layer
            .columns
            .iter()
            .map(|column| Column {
                key: column.key.clone(),
                group: column
                    .subject
                    .clone()
                    .unwrap_or_else(|| column.group.ru.clone()),
                group_name: column.group.clone(),
                group_short: column.group_short.clone(),
                name: column.name.clone(),
                work: column.subject.clone().zip(column.grade),
            })
            .collect(),
        cells,
    }
}

fn computed(cell: &LayerCell, bounds: &[f64]) -> Cell {
    match cell.share {
        None => Cell::insufficient(cell.n),
        Some(share) => Cell {
            paint: Paint::Step(step(share, bounds)),
            figure: Figure::Share(share),
            n: cell.n,
            reason: None,
            live: None,
        },
    }
}

/// Where each school's results go: its share of low results against that of an earlier year.
///
/// Two shares of all works are compared by the usual normal statistic for two proportions; beyond its
/// 95 % bounds the school rises or falls. Schools without both years have no trajectory.
///
/// # Source
/// Newcombe R. G. Interval estimation for the difference between independent proportions. Statistics in
/// Medicine 17, 1998 (method 1); the bound of 95 % is the platform's.
pub fn trajectories(now: &Layer, before: &Layer) -> HashMap<OrganisationId, Trajectory> {
    /// Two-sided normal quantile of 95 %.
    const BOUND: f64 = 1.959_964;
    let totals = |layer: &Layer| -> HashMap<OrganisationId, (f64, f64)> {
        layer
            .rows
            .iter()
            .map(|row| {
                let (low, all) = row
                    .cells
                    .iter()
                    .flatten()
                    .filter_map(|cell| Some((cell.share? * f64::from(cell.n), f64::from(cell.n))))
                    .fold((0.0, 0.0), |(low, all), (more, works)| {
                        (low + more, all + works)
                    });
                (row.organisation, (low, all))
            })
            .filter(|(_, (_, all))| *all > 0.0)
            .collect()
    };
    let before = totals(before);
    totals(now)
        .into_iter()
        .filter_map(|(school, (low, all))| {
            let (old_low, old_all) = before.get(&school).copied()?;
            let (share, old_share) = (low / all, old_low / old_all);
            let variance = share * (1.0 - share) / all + old_share * (1.0 - old_share) / old_all;
            let z = if variance > 0.0 {
                (share - old_share) / variance.sqrt()
            } else {
                0.0
            };
            let trajectory = if z > BOUND {
                Trajectory::Falling
            } else if z < -BOUND {
                Trajectory::Rising
            } else {
                Trajectory::Stable
            };
            Some((school, trajectory))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::id::EventId;
    use api::results::heat_map::CellLive;
    use api::results::layer::{LayerColumn, LayerRow};
    use uuid::Uuid;

    fn layer(cells: Vec<Vec<Option<LayerCell>>>) -> Layer {
        Layer {
            layer: LayerKind::LowResults,
            year: 2026,
            bounds: vec![0.05, 0.1, 0.2, 0.3],
            columns: (0..cells[0].len())
                .map(|at| LayerColumn {
                    key: format!("math-{at}"),
                    group: Text::new("Математика", "Mathematics"),
                    group_short: Text::new("Мат", "Mat"),
                    name: Text::new("5 кл.", "gr. 5"),
                    grade: Some(5),
                    subject: Some("math".to_owned()),
                })
                .collect(),
            rows: cells
                .into_iter()
                .enumerate()
                .map(|(at, cells)| LayerRow {
                    organisation: OrganisationId(Uuid::from_u128(at as u128)),
                    cells,
                })
                .collect(),
        }
    }

    fn share(share: f64, n: u32) -> Option<LayerCell> {
        Some(LayerCell {
            share: Some(share),
            n,
        })
    }

    fn live(state: EventState, index: Option<f64>) -> HeatMapCell {
        HeatMapCell {
            state: CellState::Calm,
            n: 20,
            first_reason: None,
            live: Some(CellLive {
                event: EventId(Uuid::nil()),
                state,
                sheets: 3,
                submitted: 2,
                index,
                at_ms: 0,
            }),
        }
    }

    #[test]
    fn shares_fall_into_classes_at_their_bounds() {
        let bounds = [0.05, 0.1, 0.2, 0.3];
        let steps = [0.0, 0.049, 0.05, 0.1, 0.25, 0.3, 1.0].map(|share| step(share, &bounds));
        assert_eq!(steps, [0, 0, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn the_board_shows_phases_and_the_index_only_what_was_submitted() {
        let running = live(EventState::Running, None);
        assert_eq!(
            own_cell(&running, LayerChoice::DayBoard).figure,
            Figure::Sheets(2, 3)
        );
        assert!(own_cell(&running, LayerChoice::Observation).is_empty());
        let done = live(EventState::Done, Some(0.9));
        assert_eq!(
            own_cell(&done, LayerChoice::Observation).paint,
            Paint::Step(3)
        );
    }

    /// z for 30 of 100 against 15 of 100 is 2.567 (R 4.5: (.30-.15)/sqrt(.30*.70/100+.15*.85/100)).
    #[test]
    fn a_trajectory_needs_more_than_chance() {
        let before = layer(vec![
            vec![share(0.15, 50), share(0.15, 50)],
            vec![share(0.30, 100)],
            vec![share(0.15, 20)],
        ]);
        let now = layer(vec![
            vec![share(0.30, 50), share(0.30, 50)],
            vec![share(0.15, 100)],
            vec![share(0.25, 20)],
        ]);
        let found = trajectories(&now, &before);
        let of = |at: u128| found.get(&OrganisationId(Uuid::from_u128(at))).copied();
        assert_eq!(of(0), Some(Trajectory::Falling));
        assert_eq!(of(1), Some(Trajectory::Rising));
        assert_eq!(of(2), Some(Trajectory::Stable));
        assert_eq!(of(3), None);
    }
}
