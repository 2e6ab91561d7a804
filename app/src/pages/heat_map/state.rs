//! The map in the browser: one signal a cell, so a live change repaints one cell.

use std::time::Duration;

use api::heat_map::{HeatMap, HeatMapCell};
use api::id::RunId;
use api::live::LiveChange;
use api::procedure::ProcedureKind;
use leptos::prelude::*;

use crate::model::heat_map::{Place, Shape, Tally};
use crate::model::map_address::CellKey;
use crate::text::Language;

/// What stands above the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapHead {
    /// The run.
    pub run: Option<RunId>,
    /// When the figures were stored.
    pub updated_ms: i64,
    /// Year shown.
    pub year: i32,
    /// Procedure shown.
    pub procedure: ProcedureKind,
    /// Years with results, newest first.
    pub years: Vec<i32>,
    /// Procedures with results.
    pub procedures: Vec<ProcedureKind>,
    /// Pupil-works.
    pub works: u64,
    /// Schools.
    pub schools: usize,
}

/// The map in the browser.
#[derive(Clone, Copy)]
pub struct MapState {
    /// What stands above.
    pub head: RwSignal<Option<MapHead>>,
    /// Rows and columns; changes only when they do.
    pub shape: RwSignal<Option<Shape>>,
    /// Grows with every changed cell.
    pub version: RwSignal<u32>,
    /// Share of a running computation.
    pub run_progress: RwSignal<Option<f32>>,
    // Reference-counted: cells are made inside effects, whose owners end before the page does.
    cells: StoredValue<Vec<Vec<ArcRwSignal<HeatMapCell>>>>,
    live_sequence: StoredValue<u64>,
}

impl MapState {
    /// A map that has not come yet.
    pub fn new() -> Self {
        MapState {
            head: RwSignal::new(None),
            shape: RwSignal::new(None),
            version: RwSignal::new(0),
            run_progress: RwSignal::new(None),
            cells: StoredValue::new(Vec::new()),
            live_sequence: StoredValue::new(0),
        }
    }

    /// Takes over an answer of the server; where rows and columns stay, only changed cells repaint.
    pub fn accept(self, map: HeatMap) {
        let shape = Shape::of(&map);
        self.live_sequence.set_value(map.live_sequence);
        let head = MapHead {
            run: map.run,
            updated_ms: map.updated_ms,
            year: map.year,
            procedure: map.procedure,
            years: map.years,
            procedures: map.procedures,
            works: map.works,
            schools: map.rows.len(),
        };
        let is_same_view = self.head.with_untracked(|old| {
            old.as_ref()
                .is_some_and(|old| (old.year, old.procedure) == (head.year, head.procedure))
        });
        let is_same_shape = self
            .shape
            .with_untracked(|old| old.as_ref() == Some(&shape));
        if is_same_shape {
            for (row, cells) in map.rows.into_iter().enumerate() {
                for (column, cell) in cells.cells.into_iter().enumerate() {
                    self.set(Place { row, column }, cell, is_same_view);
                }
            }
        } else {
            self.cells.set_value(
                map.rows
                    .into_iter()
                    .map(|row| row.cells.into_iter().map(ArcRwSignal::new).collect())
                    .collect(),
            );
            self.shape.set(Some(shape));
        }
        self.head.set(Some(head));
        self.version.update(|version| *version += 1);
    }

    /// Applies a live change; returns a sentence when it is worth one (an alert).
    pub fn apply(self, sequence: u64, change: &LiveChange, language: Language) -> Option<String> {
        let LiveChange::Site {
            organisation,
            year,
            subject,
            grade,
            live,
            critical,
            ..
        } = change
        else {
            return None;
        };
        // The map that was fetched may contain this change already.
        if sequence <= self.live_sequence.get_value() {
            return None;
        }
        let is_shown = self
            .head
            .with_untracked(|head| head.as_ref().is_some_and(|head| head.year == *year));
        if !is_shown {
            return None;
        }
        let key = CellKey {
            organisation: *organisation,
            subject: subject.clone(),
            grade: *grade,
        };
        let place = self.place(Some(&key))?;
        let mut cell = self.cell(place)?.get_untracked();
        cell.live = Some(live.clone());
        self.set(place, cell.clone(), true);
        self.version.update(|version| *version += 1);
        critical.as_ref()?;
        self.shape
            .with_untracked(|shape| Some(shape.as_ref()?.sentence(language, place, &cell)))
    }

    /// The signal of a cell.
    pub fn cell(self, place: Place) -> Option<ArcRwSignal<HeatMapCell>> {
        self.cells
            .with_value(|cells| cells.get(place.row)?.get(place.column).cloned())
    }

    /// Where a cell stands.
    pub fn place(self, key: Option<&CellKey>) -> Option<Place> {
        self.shape
            .with_untracked(|shape| shape.as_ref()?.place(key?))
    }

    /// All places whose cell satisfies a condition, top to bottom by name (tracked).
    pub fn places_where(self, condition: impl Fn(&HeatMapCell) -> bool) -> Vec<Place> {
        self.version.track();
        let order: Vec<usize> = self.shape.with(|shape| {
            shape
                .as_ref()
                .map(|shape| shape.groups(true))
                .unwrap_or_default()
                .into_iter()
                .flat_map(|group| group.rows)
                .collect()
        });
        self.cells.with_value(|cells| {
            order
                .into_iter()
                .flat_map(|row| {
                    let columns = cells.get(row).map_or(0, Vec::len);
                    (0..columns).map(move |column| Place { row, column })
                })
                .filter(|place| {
                    cells
                        .get(place.row)
                        .and_then(|row| row.get(place.column))
                        .is_some_and(|cell| cell.with_untracked(&condition))
                })
                .collect()
        })
    }

    /// Counts by state (tracked).
    pub fn tally(self) -> Tally {
        self.version.track();
        self.shape.track();
        self.cells.with_value(|cells| {
            let rows: Vec<Vec<HeatMapCell>> = cells
                .iter()
                .map(|row| row.iter().map(|cell| cell.get_untracked()).collect())
                .collect();
            Tally::of(rows.iter().map(Vec::as_slice))
        })
    }

    fn set(self, place: Place, cell: HeatMapCell, is_pulsing: bool) {
        let Some(signal) = self.cell(place) else {
            return;
        };
        if signal.with_untracked(|old| *old != cell) {
            signal.set(cell);
            if is_pulsing {
                pulse(place);
            }
        }
    }
}

/// Id of a cell's element.
pub fn element_id(place: Place) -> String {
    format!("cell-{}-{}", place.row, place.column)
}

/// Lets a cell pulse once, so that the eye finds the change.
fn pulse(place: Place) {
    const PULSE: Duration = Duration::from_millis(1_800);
    let Some(element) = document().get_element_by_id(&element_id(place)) else {
        return;
    };
    // Class names without spaces are never refused.
    drop(element.class_list().add_1("pulse"));
    set_timeout(move || drop(element.class_list().remove_1("pulse")), PULSE);
}
