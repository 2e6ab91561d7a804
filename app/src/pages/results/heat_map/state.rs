//! The map in the browser: the answer of the server, the matrix it gives under a layer, and live changes.

use std::time::Duration;

use api::id::RunId;
use api::live::LiveChange;
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::HeatMap;
use api::results::layer::Layer;
use leptos::prelude::*;

use crate::language::use_language;
use crate::matrix::arrange::{Arrangement, Wish};
use crate::matrix::change::compare;
use crate::matrix::data::{Cell, Matrix, Place, work_key};
use crate::matrix::draw;
use crate::matrix::layer::{LayerChoice, Register, of_layer, of_map, own_cell};
use crate::model::heat_map::Tally;
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

/// What was fetched.
#[derive(Default)]
struct Fetched {
    map: Option<HeatMap>,
    /// The map of the year to compare with.
    earlier: Option<HeatMap>,
    layer: Option<Layer>,
    /// The layer of the year to compare with.
    earlier_layer: Option<Layer>,
    register: Register,
    choice: LayerChoice,
    is_comparing: bool,
}

/// The map in the browser.
#[derive(Clone, Copy)]
pub struct MapState {
    /// What stands above.
    pub head: RwSignal<Option<MapHead>>,
    /// Grows when rows, columns or the layer change: everything is drawn anew.
    pub structure: RwSignal<u32>,
    /// Grows with every changed cell.
    pub version: RwSignal<u32>,
    /// Share of a running computation.
    pub run_progress: RwSignal<Option<f32>>,
    /// What is shown.
    pub matrix: StoredValue<Matrix>,
    /// The layer shown.
    pub layer: RwSignal<LayerChoice>,
    /// Bounds of the classes of colour.
    pub bounds: RwSignal<Vec<f64>>,
    /// Is the change over a year shown?
    pub comparing: RwSignal<bool>,
    fetched: StoredValue<Fetched>,
}

impl MapState {
    /// A map that has not come yet.
    pub fn new() -> Self {
        MapState {
            head: RwSignal::new(None),
            structure: RwSignal::new(0),
            version: RwSignal::new(0),
            run_progress: RwSignal::new(None),
            matrix: StoredValue::new(Matrix::default()),
            layer: RwSignal::new(LayerChoice::State),
            bounds: RwSignal::new(Vec::new()),
            comparing: RwSignal::new(false),
            fetched: StoredValue::new(Fetched::default()),
        }
    }

    /// Takes over an answer of the server; where rows and columns stay, only changed cells repaint.
    pub fn accept(self, map: HeatMap) {
        self.head.set(Some(MapHead {
            run: map.run,
            updated_ms: map.updated_ms,
            year: map.year,
            procedure: map.procedure,
            years: map.years.clone(),
            procedures: map.procedures.clone(),
            works: map.works,
            schools: map.rows.len(),
        }));
        self.fetched.update_value(|fetched| fetched.map = Some(map));
        self.rebuild();
    }

    /// Takes over the map of the year to compare with.
    pub fn accept_earlier(self, map: Option<HeatMap>) {
        self.fetched.update_value(|fetched| fetched.earlier = map);
        self.rebuild();
    }

    /// Takes over a computed layer, and that of the earlier year.
    pub fn accept_layer(self, layer: Option<Layer>, earlier: Option<Layer>) {
        self.fetched.update_value(|fetched| {
            fetched.layer = layer;
            fetched.earlier_layer = earlier;
        });
        self.rebuild();
    }

    /// Is the chosen layer still on its way?
    pub fn awaits_layer(self) -> bool {
        self.fetched.with_value(|fetched| match fetched.choice {
            LayerChoice::Computed(kind) => fetched
                .layer
                .as_ref()
                .is_none_or(|layer| layer.layer != kind),
            _ => false,
        })
    }

    /// What the page shows changed.
    pub fn choose(self, choice: LayerChoice, is_comparing: bool) {
        self.fetched.update_value(|fetched| {
            fetched.choice = choice;
            fetched.is_comparing = is_comparing;
        });
        self.rebuild();
    }

    /// More is known of the schools.
    pub fn learn(self, learn: impl FnOnce(&mut Register)) {
        self.fetched
            .update_value(|fetched| learn(&mut fetched.register));
        self.rebuild();
    }

    fn rebuild(self) {
        let built = self.fetched.with_value(build);
        let Some((matrix, bounds, choice, is_comparing)) = built else {
            return;
        };
        let is_same_view =
            self.layer.get_untracked() == choice && self.comparing.get_untracked() == is_comparing;
        let is_same_shape = is_same_view && self.matrix.with_value(|old| old.has_shape_of(&matrix));
        if is_same_shape {
            let width = matrix.columns.len().max(1);
            for (at, cell) in matrix.cells.into_iter().enumerate() {
                let place = Place {
                    row: at / width,
                    column: at % width,
                };
                self.set(place, cell);
            }
        } else {
            self.matrix.set_value(matrix);
            self.bounds.set(bounds);
            self.comparing.set(is_comparing);
            self.layer.set(choice);
            self.structure.update(|structure| *structure += 1);
        }
        self.version.update(|version| *version += 1);
    }

    /// Applies a live change; returns a sentence when it is worth one (an alert).
    pub fn apply(self, sequence: u64, change: &LiveChange, language: Language) -> Option<String> {
        let LiveChange::Site {
            organisation,
            procedure,
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
        let mut changed = None;
        self.fetched.update_value(|fetched| {
            let choice = fetched.choice;
            let is_state_of_now = !fetched.is_comparing;
            let Some(map) = &mut fetched.map else {
                return;
            };
            // The map that was fetched may contain this change already.
            if sequence <= map.live_sequence || map.year != *year || map.procedure != *procedure {
                return;
            }
            let column = map
                .columns
                .iter()
                .position(|column| (&column.subject, column.grade) == (subject, *grade));
            let row = map
                .rows
                .iter_mut()
                .find(|row| row.organisation == *organisation);
            if let (Some(column), Some(row)) = (column, row)
                && let Some(cell) = row.cells.get_mut(column)
            {
                cell.live = Some(live.clone());
                let is_own = LayerChoice::OWN.contains(&choice) && is_state_of_now;
                changed = Some(is_own.then(|| own_cell(cell, choice)));
            }
        });
        let cell = changed?;
        let place = self
            .matrix
            .with_value(|matrix| matrix.place(*organisation, &work_key(subject, *grade)));
        if let (Some(place), Some(cell)) = (place, cell) {
            self.set(place, cell);
            self.version.update(|version| *version += 1);
        }
        critical.as_ref()?;
        let layer = self.layer.get_untracked();
        self.matrix
            .with_value(|matrix| Some(draw::sentence(language, matrix, layer, place?)))
    }

    /// The matrix in order (tracked: rows move only when the structure or the wish does, never because a
    /// cell has changed).
    pub fn arrange(self, wish: &Wish) -> Arrangement {
        self.structure.track();
        self.matrix
            .with_value(|matrix| Arrangement::of(matrix, wish))
    }

    /// Where a cell stands.
    pub fn place(self, key: Option<&CellKey>) -> Option<Place> {
        let key = key?;
        self.matrix
            .with_value(|matrix| matrix.place(key.organisation, &work_key(&key.subject, key.grade)))
    }

    /// The key of a place; absent where the column is no work.
    pub fn key(self, place: Place) -> Option<CellKey> {
        self.matrix.with_value(|matrix| {
            let (subject, grade) = matrix.columns.get(place.column)?.work.clone()?;
            Some(CellKey {
                organisation: matrix.rows.get(place.row)?.organisation,
                subject,
                grade,
            })
        })
    }

    /// Counts by state of objectivity, whatever the layer (tracked).
    pub fn tally(self) -> Tally {
        self.version.track();
        self.fetched.with_value(|fetched| {
            let rows = fetched.map.iter().flat_map(|map| &map.rows);
            Tally::of(rows.map(|row| row.cells.as_slice()))
        })
    }

    /// The map of states alone, for what is remembered between visits.
    pub fn states(self) -> Option<Matrix> {
        self.version.track();
        self.fetched.with_value(|fetched| {
            let map = fetched.map.as_ref()?;
            Some(of_map(map, LayerChoice::State, &fetched.register))
        })
    }

    /// The sentence of a place (tracked).
    pub fn sentence(self, place: Place) -> String {
        self.version.track();
        let language = use_language().get();
        let layer = self.layer.get();
        self.matrix
            .with_value(|matrix| draw::sentence(language, matrix, layer, place))
    }

    fn set(self, place: Place, cell: Cell) {
        let mut is_changed = false;
        self.matrix.update_value(|matrix| {
            if let Some(old) = matrix.cell_mut(place)
                && *old != cell
            {
                *old = cell.clone();
                is_changed = true;
            }
        });
        if is_changed {
            repaint(place, &cell, use_language().get_untracked());
        }
    }
}

type Built = (Matrix, Vec<f64>, LayerChoice, bool);

fn build(fetched: &Fetched) -> Option<Built> {
    let map = fetched.map.as_ref()?;
    let register = &fetched.register;
    let LayerChoice::Computed(kind) = fetched.choice else {
        let own = of_map(map, fetched.choice, register);
        let bounds = crate::matrix::layer::own_bounds(fetched.choice).to_vec();
        return Some(
            match fetched.earlier.as_ref().filter(|_| fetched.is_comparing) {
                Some(earlier) => {
                    let before = of_map(earlier, fetched.choice, register);
                    (compare(&own, &before, false), bounds, fetched.choice, true)
                }
                None => (own, bounds, fetched.choice, false),
            },
        );
    };
    let layer = fetched.layer.as_ref().filter(|layer| layer.layer == kind)?;
    let own = of_layer(map, layer, register);
    let bounds = layer.bounds.clone();
    // More low results need a look; more of anything else is better.
    let is_more_worse = kind == api::results::layer::LayerKind::LowResults;
    let earlier = fetched
        .earlier_layer
        .as_ref()
        .filter(|earlier| fetched.is_comparing && earlier.layer == kind);
    Some(match earlier {
        Some(earlier) => {
            let before = of_layer(map, earlier, register);
            (
                compare(&own, &before, is_more_worse),
                bounds,
                fetched.choice,
                true,
            )
        }
        None => (own, bounds, fetched.choice, false),
    })
}

/// Paints one cell anew where it is in the document, and lets it pulse once so that the eye finds it.
fn repaint(place: Place, cell: &Cell, language: Language) {
    const PULSE: Duration = Duration::from_millis(1_800);
    let Some(element) = document().get_element_by_id(&draw::element_id(place)) else {
        return;
    };
    let kept: Vec<&str> = ["first", "open", "cursor"]
        .into_iter()
        .filter(|class| element.class_list().contains(class))
        .collect();
    element.set_class_name(&format!("{} {} pulse", draw::class(cell), kept.join(" ")));
    // A name without spaces and any text are never refused.
    drop(element.set_attribute("aria-label", &draw::spoken(language, cell)));
    element.set_inner_html(&draw::inside(language, cell));
    set_timeout(
        // A class name without spaces is never refused.
        move || drop(element.class_list().remove_1("pulse")),
        PULSE,
    );
}
