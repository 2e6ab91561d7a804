//! The matrix in the document: measures, listens and sets; what is drawn where is decided in `matrix`.

use std::ops::Range;
use std::time::Duration;

use api::id::OrganisationId;
use leptos::html::Div;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Address;
use super::filters::Legend;
use super::rows::{keep_pointed, keep_rows};
use super::state::MapState;
use crate::components::state_tag::state_class;
use crate::language::{say, use_language};
use crate::matrix::arrange::{Arrangement, MOST_PINNED, MOST_PINNED_COLUMNS};
use crate::matrix::data::{Matrix, Place};
use crate::matrix::draw::{self, RowView, element_id};
use crate::matrix::layer::LayerChoice;
use crate::matrix::legend;
use crate::matrix::walk::walk;
use crate::matrix::window::{Ruler, Sizes, begins_group};
use crate::text::results::heat_map as words;
use crate::text::{Language, matrix as texts};

/// Lines drawn beyond the edge a scroll goes to, so that it meets no empty ground; at rest beyond either.
const MORE_LINES: usize = 8;
/// Lines drawn beyond the edge a scroll comes from.
const FEWER_LINES: usize = 1;
/// After this the scroll is at rest, and there is time to draw beyond both edges.
const REST: Duration = Duration::from_millis(150);
/// Columns are drawn in steps of this many, so that a slow scroll sideways redraws rarely.
const COLUMN_STEP: usize = 4;

/// What one drawing of the matrix needs.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) state: MapState,
    pub(super) arrangement: Memo<Arrangement>,
    sizes: Memo<Sizes>,
    pub(super) lines: Memo<Ruler>,
    columns: Memo<Ruler>,
    /// Left and top edge of the part in sight.
    scroll: RwSignal<(f64, f64)>,
    /// Where the scroll goes: the sign of the last step; 0 at rest.
    travel: RwSignal<i8>,
    /// Width and height of the frame.
    frame: RwSignal<(f64, f64)>,
    printing: RwSignal<bool>,
    cursor: RwSignal<Option<Place>>,
    open: Memo<Option<Place>>,
}

/// The map as a grid.
#[component]
pub fn Grid(
    state: MapState,
    address: Address,
    open: Callback<Place>,
    /// The school in hand, shared with the map of schools.
    chosen: RwSignal<Option<OrganisationId>>,
) -> impl IntoView {
    let wish = Memo::new(move |_| address.now.with(|address| address.wish.clone()));
    let arrangement = Memo::new(move |_| state.arrange(&wish.get()));
    let frame = RwSignal::new((window_width() - 48.0, 560.0));
    let sizes = Memo::new(move |_| {
        let count = arrangement.with(Arrangement::width);
        let groups = arrangement.with(|arrangement| {
            state.matrix.with_value(|matrix| {
                (0..arrangement.columns.len())
                    .filter(|at| begins_group(matrix, arrangement, *at))
                    .count()
            })
        });
        sizes(frame.get().0, count, groups)
    });
    let view = View {
        state,
        arrangement,
        sizes,
        lines: Memo::new(move |_| arrangement.with(|one| Ruler::lines(one, sizes.get()))),
        columns: Memo::new(move |_| {
            arrangement.with(|one| {
                state
                    .matrix
                    .with_value(|matrix| Ruler::columns(matrix, one, sizes.get()))
            })
        }),
        scroll: RwSignal::new((0.0, 0.0)),
        travel: RwSignal::new(0),
        frame,
        printing: RwSignal::new(false),
        cursor: RwSignal::new(None),
        open: Memo::new(move |_| {
            state.structure.track();
            let cell = address.now.with(|address| address.cell.clone());
            state.place(cell.as_ref())
        }),
    };
    // The cell in hand: the last one that was pointed at or walked to.
    let pointed = RwSignal::new(None::<Place>);
    Effect::new(move |_| {
        arrangement.track();
        pointed.set(None);
    });
    let is_empty = Memo::new(move |_| arrangement.with(|one| one.rows.is_empty()));
    view! {
        <Frame view=view address=address pointed=pointed open=open chosen=chosen />
        <Show when=move || is_empty.get()>
            <p class="matrix-nothing">{say(texts::nothing_found)}</p>
        </Show>
        <div class="map-foot">
            <Legend state=state address=address />
            <Reading view=view pointed=pointed />
        </div>
        <p class="hidden-visually" aria-live="polite">
            {move || view.cursor.get().map(|place| state.sentence(place))}
        </p>
    }
}

fn window_width() -> f64 {
    window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .unwrap_or(1_280.0)
}

fn matches(query: &str) -> bool {
    window()
        .match_media(query)
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Columns share the width that is there, inside bounds where a number can be read and hit.
fn sizes(width: f64, columns: usize, groups: usize) -> Sizes {
    let is_narrow = matches("(max-width: 47.9rem)");
    let is_coarse = matches("(pointer: coarse)");
    let names = if is_narrow { 128.0 } else { 224.0 };
    let gap = 6.0;
    let (least, most) = if is_narrow || is_coarse {
        (47.0, 96.0)
    } else {
        (41.0, 96.0)
    };
    let room = width - names - gap * groups as f64 - 12.0;
    Sizes {
        row: if is_narrow || is_coarse { 46.0 } else { 28.0 },
        title: 26.0,
        column: (room / columns.max(1) as f64).floor().clamp(least, most),
        gap,
        names,
    }
}

impl View {
    /// Lines to be drawn.
    fn shown_lines(self) -> Range<usize> {
        let (_, top) = self.scroll.get();
        let (_, height) = self.frame.get();
        self.lines.with(|lines| {
            if self.printing.get() {
                0..lines.len()
            } else {
                let (before, after) = match self.travel.get() {
                    0 => (MORE_LINES, MORE_LINES),
                    1.. => (FEWER_LINES, MORE_LINES),
                    _ => (MORE_LINES, FEWER_LINES),
                };
                let seen = lines.visible(top, height, 0);
                seen.start.saturating_sub(before)..(seen.end + after).min(lines.len())
            }
        })
    }

    /// Columns to be drawn, in steps.
    fn shown_columns(self) -> Range<usize> {
        let (left, _) = self.scroll.get();
        let room = self.frame.get().0 - self.fixed();
        self.columns.with(|columns| {
            if self.printing.get() {
                return 0..columns.len();
            }
            let seen = columns.visible(left, room.max(1.0), 1);
            let start = seen.start / COLUMN_STEP * COLUMN_STEP;
            let end = seen.end.div_ceil(COLUMN_STEP) * COLUMN_STEP;
            start..end.min(columns.len())
        })
    }

    /// Width of the names with the pinned columns.
    fn fixed(self) -> f64 {
        let sizes = self.sizes.get();
        let pinned = self.arrangement.with(|one| one.pinned_columns.len());
        let gap = if pinned == 0 { 0.0 } else { sizes.gap };
        sizes.names + sizes.column * pinned as f64 + gap
    }

    /// Where a column begins.
    pub(super) fn start_of(self, column: usize) -> String {
        let start = self.columns.with_untracked(|columns| columns.start(column));
        format!("{start}px")
    }

    /// Draws rows as they are now (not tracked).
    pub(super) fn draw<T>(self, language: Language, draw: impl FnOnce(RowView) -> T) -> T {
        self.state.matrix.with_value(|matrix| {
            self.arrangement.with_untracked(|arrangement| {
                draw(RowView {
                    matrix,
                    arrangement,
                    language,
                    open: self.open.get_untracked(),
                    cursor: self.cursor.get_untracked(),
                })
            })
        })
    }
}

#[component]
fn Frame(
    view: View,
    address: Address,
    pointed: RwSignal<Option<Place>>,
    open: Callback<Place>,
    chosen: RwSignal<Option<OrganisationId>>,
) -> impl IntoView {
    let language = use_language();
    let frame_ref = NodeRef::<Div>::new();
    let head_ref = NodeRef::<Div>::new();
    let room = RwSignal::new(None::<f64>);
    let measure = move || {
        if let Some(frame) = frame_ref.get_untracked() {
            room.set(room_for(&frame));
            let size = (
                f64::from(frame.client_width()),
                f64::from(frame.client_height()),
            );
            if size != view.frame.get_untracked() && size.0 > 0.0 {
                view.frame.set(size);
            }
        }
    };
    Effect::new(move |_| {
        frame_ref.track();
        view.lines.track();
        // After the document was laid out with what has just changed.
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    let before = window_event_listener_untyped("beforeprint", move |_| {
        view.printing.set(true);
    });
    let after = window_event_listener_untyped("afterprint", move |_| {
        view.printing.set(false);
    });
    on_cleanup(move || {
        resized.remove();
        before.remove();
        after.remove();
    });
    let rest = StoredValue::new(None::<TimeoutHandle>);
    let await_rest = move || {
        rest.update_value(|rest| {
            if let Some(rest) = rest.take() {
                rest.clear();
            }
            let settle = move || {
                view.travel.try_set(0);
            };
            *rest = set_timeout_with_handle(settle, REST).ok();
        });
    };
    let is_scheduled = StoredValue::new(false);
    let on_scroll = move |_| {
        if is_scheduled.get_value() {
            return;
        }
        is_scheduled.set_value(true);
        request_animation_frame(move || {
            is_scheduled.set_value(false);
            if let Some(frame) = frame_ref.get_untracked() {
                let now = (
                    f64::from(frame.scroll_left()),
                    f64::from(frame.scroll_top()),
                );
                let (_, before) = view.scroll.get_untracked();
                if now.1 != before {
                    view.travel.set(if now.1 > before { 1 } else { -1 });
                }
                view.scroll.set(now);
                await_rest();
            }
        });
    };
    let reveal = move |place: Place| {
        let (Some(frame), Some(head)) = (frame_ref.get_untracked(), head_ref.get_untracked())
        else {
            return;
        };
        let height = f64::from(frame.client_height() - head.offset_height());
        let room = f64::from(frame.client_width()) - untrack(|| view.fixed());
        let (line, column) = view.arrangement.with_untracked(|one| {
            let column = one.columns.iter().position(|other| *other == place.column);
            (one.line_of(place.row), column)
        });
        let (left, top) = (
            f64::from(frame.scroll_left()),
            f64::from(frame.scroll_top()),
        );
        if let Some(to) = line.and_then(|line| {
            view.lines
                .with_untracked(|lines| lines.reveal(line, top, height))
        }) {
            frame.set_scroll_top(to.ceil() as i32);
        }
        if let Some(to) = column.and_then(|column| {
            view.columns
                .with_untracked(|columns| columns.reveal(column, left, room))
        }) {
            frame.set_scroll_left(to.ceil() as i32);
        }
    };
    // Cursor and open cell are marked where they stand, so that walking redraws no row.
    mark(move || view.cursor.get(), "cursor");
    mark(move || view.open.get(), "open");
    // An open cell that is out of sight, chosen in a list or by an address, comes into the middle.
    Effect::new(move |_| {
        let Some(place) = view.open.get() else { return };
        view.lines.track();
        request_animation_frame(move || {
            let (Some(frame), Some(head)) = (frame_ref.get_untracked(), head_ref.get_untracked())
            else {
                return;
            };
            let top = f64::from(frame.scroll_top());
            let height = f64::from(frame.client_height() - head.offset_height());
            let line = view
                .arrangement
                .with_untracked(|one| one.line_of(place.row));
            let Some(line) = line else { return };
            let centred = view.lines.with_untracked(|lines| {
                lines
                    .reveal(line, top, height)
                    .map(|_| lines.start(line) - height / 2.0)
            });
            reveal(place);
            if let Some(to) = centred {
                frame.set_scroll_top(to.max(0.0) as i32);
            }
        });
    });
    let move_to = move |place: Place| {
        view.cursor.set(Some(place));
        pointed.set(Some(place));
        reveal(place);
    };
    let school_of = move |place: Place| {
        view.state
            .matrix
            .with_value(|matrix| Some(matrix.rows.get(place.row)?.organisation))
    };
    // A school chosen on the ground takes the cursor here; one chosen here is shown there.
    Effect::new(move |_| {
        let Some(school) = chosen.get() else { return };
        let at = view.cursor.get_untracked();
        if at.and_then(school_of) == Some(school) {
            return;
        }
        let row = view.state.matrix.with_value(|matrix| {
            matrix
                .rows
                .iter()
                .position(|row| row.organisation == school)
        });
        if let (Some(row), Some(first)) = (row, first(view)) {
            let column = at.map_or(first.column, |place| place.column);
            move_to(Place { row, column });
        }
    });
    Effect::new(move |_| {
        let school = view.cursor.get().and_then(school_of);
        if school.is_some() && school != chosen.get_untracked() {
            chosen.set(school);
        }
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let key = event.key();
        let from = view.cursor.get_untracked();
        match (key.as_str(), from) {
            ("Escape", _) => {
                if view.open.get_untracked().is_some() {
                    address.change(false, |address| address.cell = None);
                }
            }
            ("Enter" | " ", Some(place)) => {
                event.prevent_default();
                open.run(place);
            }
            ("p" | "P" | "з" | "З", Some(place)) => {
                event.prevent_default();
                if event.shift_key() {
                    pin_column(view.state, address, place);
                } else {
                    pin_row(view.state, address, place);
                }
            }
            _ => {
                let is_control = event.ctrl_key() || event.meta_key();
                let to = view
                    .arrangement
                    .with_untracked(|one| walk(one, from, &key, is_control));
                if let Some(to) = to {
                    event.prevent_default();
                    move_to(if from.is_none() {
                        first(view).unwrap_or(to)
                    } else {
                        to
                    });
                }
            }
        }
    };
    let on_focus = move |_| {
        if view.cursor.get_untracked().is_none()
            && let Some(place) = view.open.get_untracked().or_else(|| first(view))
        {
            view.cursor.set(Some(place));
        }
    };
    let on_click = move |event: leptos::ev::MouseEvent| {
        if let Some(place) = place_of(&event) {
            view.cursor.set(Some(place));
            pointed.set(Some(place));
            open.run(place);
        }
    };
    let on_over = move |event: leptos::ev::MouseEvent| {
        if let Some(place) = place_of(&event)
            && pointed.get_untracked() != Some(place)
        {
            pointed.set(Some(place));
        }
    };
    let columns = Memo::new(move |_| view.shown_columns());
    let run = move || {
        view.columns.track();
        view.start_of(columns.get().start)
    };
    let width = move || {
        let total = view.columns.with(Ruler::total) + view.fixed();
        format!("{total}px")
    };
    let lines = Memo::new(move |_| view.shown_lines());
    let body_ref = NodeRef::<Div>::new();
    keep_rows(view, body_ref, lines, columns);
    keep_pointed(view, body_ref, lines, pointed);
    let pinned = move || view.arrangement.with(|one| one.pinned.clone());
    let label = say(words::grid_label);
    view! {
        <div
            class="matrix-frame"
            node_ref=frame_ref
            on:scroll=on_scroll
            tabindex="-1"
            style:max-height=move || room.get().map(|room| format!("{room}px"))
        >
            <div
                class="matrix"
                id=GRID
                role="grid"
                tabindex="0"
                aria-label=label
                aria-rowcount=move || {
                    view.arrangement.with(|one| one.lines.len() + one.pinned.len() + 1)
                }
                aria-colcount=move || view.arrangement.with(|one| one.width() + 1)
                aria-activedescendant=move || view.cursor.get().map(element_id)
                data-only=move || {
                    let is_state = view.state.layer.get() == LayerChoice::State;
                    address.now.get().only.filter(|_| is_state).map(state_class)
                }
                style:width=width
                style:--matrix-row=move || format!("{}px", view.sizes.get().row)
                style:--matrix-title=move || format!("{}px", view.sizes.get().title)
                style:--matrix-column=move || format!("{}px", view.sizes.get().column)
                style:--matrix-gap=move || format!("{}px", view.sizes.get().gap)
                style:--matrix-names=move || format!("{}px", view.sizes.get().names)
                on:keydown=on_key
                on:focus=on_focus
                on:click=on_click
                on:mouseover=on_over
            >
                <div
                    class="matrix-head"
                    role="rowgroup"
                    node_ref=head_ref
                    style:--matrix-run=run
                >
                    <Heads view=view columns=columns pointed=pointed />
                    {move || {
                        let language = language.get();
                        let columns = columns.get();
                        view.state.structure.track();
                        pinned()
                            .into_iter()
                            .enumerate()
                            .map(|(at, row)| {
                                view! {
                                    <div
                                        class="matrix-line"
                                        role="row"
                                        aria-rowindex=at + 2
                                        inner_html=view
                                            .draw(language, |view| draw::row(view, row, &columns))
                                    ></div>
                                }
                            })
                            .collect_view()
                    }}
                </div>
                <div
                    class="matrix-body"
                    role="rowgroup"
                    node_ref=body_ref
                    style:height=move || format!("{}px", view.lines.with(Ruler::total))
                ></div>
            </div>
        </div>
    }
}

/// Id of the grid, for the skip link.
pub(super) const GRID: &str = "map-grid";

/// Least height of the frame, pixels: a head and ten rows.
const LEAST_ROOM: f64 = 352.0;

/// Height from the top of the frame down to the foot at the window's edge; none on a telephone, where the page scrolls.
fn room_for(frame: &web_sys::HtmlElement) -> Option<f64> {
    if matches("(max-width: 47.9rem)") {
        return None;
    }
    let scrolled = window().scroll_y().unwrap_or_default();
    let top = frame.get_bounding_client_rect().top() + scrolled;
    let inner = window().inner_height().ok()?.as_f64()?;
    let foot = document().query_selector(".map-foot").ok().flatten();
    let foot = foot.map_or(0.0, |foot| foot.get_bounding_client_rect().height());
    Some((inner - top - foot).floor().max(LEAST_ROOM))
}

fn first(view: View) -> Option<Place> {
    view.arrangement.with_untracked(|one| {
        Some(Place {
            row: *one.rows.first()?,
            column: one.all_columns().next()?,
        })
    })
}

/// Names of columns: the group over its first column, the grade below.
#[component]
fn Heads(
    view: View,
    columns: Memo<Range<usize>>,
    pointed: RwSignal<Option<Place>>,
) -> impl IntoView {
    let language = use_language();
    let pointed_column = Memo::new(move |_| pointed.get().map(|place| place.column));
    let heads = move || {
        let language = language.get();
        view.state.structure.track();
        view.state.matrix.with_value(|matrix| {
            view.arrangement.with(|one| {
                let head = |column: usize, index: usize, is_first: bool| {
                    let is_named =
                        is_first || index == columns.get().start + one.pinned_columns.len();
                    column_head(
                        matrix,
                        language,
                        (column, index),
                        (is_first, is_named),
                        pointed_column,
                    )
                };
                let pinned: Vec<_> = one
                    .pinned_columns
                    .iter()
                    .enumerate()
                    .map(|(at, column)| head(*column, at, at == 0))
                    .collect();
                let shown: Vec<_> = columns
                    .get()
                    .filter(|at| *at < one.columns.len())
                    .map(|at| {
                        let is_first = begins_group(matrix, one, at);
                        head(one.columns[at], one.pinned_columns.len() + at, is_first)
                    })
                    .collect();
                (pinned, shown)
            })
        })
    };
    view! {
        <div class="matrix-heads" role="row" aria-rowindex="1">
            {move || {
                let (pinned, shown) = heads();
                view! {
                    <div class="matrix-fixed" role="presentation">
                        <div class="matrix-corner" role="columnheader" aria-colindex="1">
                            {say(words::school)}
                            <small>{move || unit(language.get(), view.state)}</small>
                        </div>
                        {pinned}
                    </div>
                    <div class="matrix-run" role="presentation">
                        {shown}
                    </div>
                }
            }}
        </div>
    }
}

/// What the numbers in the cells are.
fn unit(language: Language, state: MapState) -> &'static str {
    legend::figures(language, state.layer.get(), state.comparing.get())
}

fn column_head(
    matrix: &Matrix,
    language: Language,
    (column, index): (usize, usize),
    (is_first, is_named): (bool, bool),
    pointed: Memo<Option<usize>>,
) -> impl IntoView + use<> {
    let own = &matrix.columns[column];
    let whole = draw::column_name(language, matrix, column);
    let spoken = whole.clone();
    let is_work = own.work.is_some();
    let group = is_work.then(|| {
        let name = own.group_short.in_language(language).to_owned();
        let shown = is_named.then_some(name);
        view! { <span class="matrix-group" aria-hidden="true">{shown}</span> }
    });
    let name = own.name.in_language(language).to_owned();
    let class = if is_work { "" } else { "long" };
    view! {
        <div
            class="matrix-column"
            class:first=is_first
            class:pointed=move || pointed.get() == Some(column)
            role="columnheader"
            aria-colindex=index + 2
            title=whole
        >
            {group}
            <span class=class aria-hidden="true">{name}</span>
            <span class="hidden-visually">{spoken}</span>
        </div>
    }
}

/// The sentence of the cell in hand.
#[component]
fn Reading(view: View, pointed: RwSignal<Option<Place>>) -> impl IntoView {
    let state = view.state;
    let has = move || pointed.with(Option::is_some);
    view! {
        <div class="map-reading matrix-reading num" class:idle=move || !has() role="group" aria-label=say(texts::cell_in_hand)>
            <span class="map-reading-text">
                {move || pointed.get().map(|place| state.sentence(place))}
            </span>
        </div>
    }
}

/// Pins a row, or lets a pinned one go.
pub(super) fn pin_row(state: MapState, address: Address, place: Place) {
    let Some(id) = state
        .matrix
        .with_value(|matrix| Some(matrix.rows.get(place.row)?.organisation))
    else {
        return;
    };
    address.change(true, |address| {
        toggle(&mut address.wish.pinned, id, MOST_PINNED);
    });
}

/// Pins a column, or lets a pinned one go.
pub(super) fn pin_column(state: MapState, address: Address, place: Place) {
    let Some(key) = state
        .matrix
        .with_value(|matrix| Some(matrix.columns.get(place.column)?.key.clone()))
    else {
        return;
    };
    address.change(true, |address| {
        toggle(&mut address.wish.pinned_columns, key, MOST_PINNED_COLUMNS);
    });
}

/// Adds or removes; the oldest goes when there are too many.
fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T, most: usize) {
    if let Some(at) = list.iter().position(|other| *other == item) {
        list.remove(at);
    } else {
        list.push(item);
        if list.len() > most {
            list.remove(0);
        }
    }
}

/// Keeps a class on the element of one place.
fn mark(place: impl Fn() -> Option<Place> + 'static, class: &'static str) {
    Effect::new(move |before: Option<Option<Place>>| {
        let now = place();
        for (place, is_on) in [(before.flatten(), false), (now, true)] {
            let element = place.and_then(|place| document().get_element_by_id(&element_id(place)));
            if let Some(element) = element {
                // A class name without spaces is never refused.
                drop(element.class_list().toggle_with_force(class, is_on));
                if class == "open" {
                    drop(element.set_attribute("aria-selected", &is_on.to_string()));
                }
            }
        }
        now
    });
}

/// The place of the cell an event happened in.
fn place_of(event: &web_sys::Event) -> Option<Place> {
    let element: web_sys::Element = event.target()?.dyn_into().ok()?;
    let cell = element.closest("[data-row]").ok()??;
    Some(Place {
        row: cell.get_attribute("data-row")?.parse().ok()?,
        column: cell.get_attribute("data-column")?.parse().ok()?,
    })
}

/// Gives the grid the focus, after a panel was closed.
pub fn focus() {
    let grid = document().query_selector(".matrix").ok().flatten();
    if let Some(grid) = grid.and_then(|grid| grid.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element in the document takes the focus; elsewhere nothing is lost.
        drop(grid.focus());
    }
}
