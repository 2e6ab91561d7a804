//! Long lists drawn only near the screen.
//!
//! A list is cut into stretches; a stretch that is far from the screen is an empty box of the height it had, or of the
//! height that is expected. Scrolling, tabbing and the jump list bring it back before it is seen.

use std::cell::RefCell;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::port::use_port;

/// Lists lighter than this are drawn whole.
const WHOLE: usize = 48;

/// A stretch ends at the next suitable row once it is this heavy, and in any case at the double of [`STRETCH`].
const LIGHT: usize = 6;

/// Weight of a stretch on average.
const STRETCH: usize = 12;

/// Height of a question before it was drawn, in CSS pixels: the median of the shipped instruments at 768 pixels.
const EXPECTED_PX: usize = 170;

/// How far from the screen a stretch is drawn.
const MARGIN: &str = "900px 0px";

/// One row of a long list.
pub trait Row: Clone + PartialEq + Send + Sync + 'static {
    /// Unique in the list; another key is another row.
    fn key(&self) -> String;
    /// Number of questions inside.
    fn weight(&self) -> usize;
    /// Is the question of that path inside?
    fn holds(&self, sought: &str) -> bool;
}

/// Consecutive rows.
#[derive(Clone, PartialEq)]
struct Stretch<R> {
    key: String,
    rows: Vec<R>,
}

impl<R: Row> Stretch<R> {
    fn weight(&self) -> usize {
        self.rows.iter().map(Row::weight).sum()
    }
}

/// Cuts rows into stretches. Where a stretch ends depends on the keys near the cut alone, so that a row that comes or
/// goes changes its own stretch and leaves the others as they are drawn.
fn stretches<R: Row>(rows: &[R]) -> Vec<Stretch<R>> {
    if rows.iter().map(Row::weight).sum::<usize>() <= WHOLE {
        return vec![Stretch {
            key: String::new(),
            rows: rows.to_vec(),
        }];
    }
    let mut all: Vec<Stretch<R>> = Vec::new();
    let mut weight = 0;
    for row in rows {
        let key = row.key();
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let is_cut = hasher.finish().is_multiple_of(STRETCH as u64);
        let is_full = (is_cut && weight >= LIGHT) || weight + row.weight() > 2 * STRETCH;
        match all.last_mut() {
            Some(last) if !is_full => last.rows.push(row.clone()),
            _ => {
                weight = 0;
                all.push(Stretch {
                    key,
                    rows: vec![row.clone()],
                });
            }
        }
        weight += row.weight();
    }
    all
}

/// A list of which only what is near the screen is drawn.
#[component]
pub fn Windowed<R: Row>(
    /// The rows now.
    rows: Memo<Vec<R>>,
    /// Draws one.
    draw: impl Fn(R) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let all = Memo::new(move |_| rows.with(|rows| stretches(rows)));
    let keys = move || {
        all.with(|all| {
            all.iter()
                .map(|stretch| stretch.key.clone())
                .collect::<Vec<_>>()
        })
    };
    view! {
        <For each=keys key=Clone::clone let(key)>
            {
                // The beginning of a list is what is seen first: it does not wait until the browser says so.
                let is_first = all
                    .with_untracked(|all| all.first().is_some_and(|first| first.key == key));
                let stretch = Memo::new(move |_| {
                    all.with(|all| all.iter().find(|stretch| stretch.key == key).cloned())
                });
                let draw = draw.clone();
                if stretch.with_untracked(|one| one.as_ref().is_none_or(|one| one.key.is_empty())) {
                    draw_rows(stretch, draw)
                } else {
                    view! { <Near stretch=stretch draw=draw is_first=is_first /> }.into_any()
                }
            }
        </For>
    }
}

fn draw_rows<R: Row>(
    stretch: Memo<Option<Stretch<R>>>,
    draw: impl Fn(R) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView {
    let rows = move || stretch.get().map(|one| one.rows).unwrap_or_default();
    view! {
        <For each=rows key=Row::key let(row)>
            {draw(row)}
        </For>
    }
    .into_any()
}

/// A stretch, drawn while it is near the screen, holds the focus, or is sought.
#[component]
fn Near<R: Row>(
    stretch: Memo<Option<Stretch<R>>>,
    draw: impl Fn(R) -> AnyView + Clone + Send + Sync + 'static,
    is_first: bool,
) -> impl IntoView {
    let port = use_port();
    let frame = NodeRef::<html::Div>::new();
    let is_near = RwSignal::new(is_first);
    let height_px = RwSignal::new(None::<i32>);
    follow(frame, is_near, height_px);
    let is_sought = Memo::new(move |_| {
        port.sought.with(|sought| {
            sought.as_ref().is_some_and(|sought| {
                stretch.with(|stretch| {
                    stretch
                        .iter()
                        .flat_map(|stretch| &stretch.rows)
                        .any(|row| row.holds(sought))
                })
            })
        })
    });
    let is_drawn = Memo::new(move |_| is_near.get() || is_sought.get());
    let space = move || {
        (!is_drawn.get()).then(|| {
            let height_px = height_px.get().unwrap_or_else(|| {
                let weight = stretch.with(|one| one.as_ref().map_or(0, Stretch::weight));
                (weight * EXPECTED_PX) as i32
            });
            format!("{height_px}px")
        })
    };
    view! {
        <div class="form-stretch" node_ref=frame style:min-height=space>
            {move || is_drawn.get().then(|| draw_rows(stretch, draw.clone()))}
        </div>
    }
}

/// Says whether an element is near the screen, and how high it was.
fn follow(frame: NodeRef<html::Div>, is_near: RwSignal<bool>, height_px: RwSignal<Option<i32>>) {
    type Watch = (
        web_sys::IntersectionObserver,
        Closure<dyn FnMut(js_sys::Array)>,
    );
    let watch: Rc<RefCell<Option<Watch>>> = Rc::default();
    let begun = watch.clone();
    Effect::new(move |_| {
        let Some(element) = frame.get() else {
            return;
        };
        let seen = element.clone();
        let on_change = Closure::new(move |entries: js_sys::Array| {
            let Some(entry) = entries
                .iter()
                .last()
                .and_then(|entry| entry.dyn_into::<web_sys::IntersectionObserverEntry>().ok())
            else {
                return;
            };
            if entry.is_intersecting() {
                is_near.set(true);
                return;
            }
            // What is being written in stays, wherever the page was scrolled to.
            let has_focus = document()
                .active_element()
                .is_some_and(|active| seen.contains(Some(&active)));
            if !has_focus && is_near.get_untracked() {
                height_px.set(Some(seen.offset_height()));
                is_near.set(false);
            }
        });
        let options = web_sys::IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        let observer = web_sys::IntersectionObserver::new_with_options(
            on_change.as_ref().unchecked_ref(),
            &options,
        );
        match observer {
            Ok(observer) => {
                observer.observe(&element);
                *begun.borrow_mut() = Some((observer, on_change));
            }
            // A browser that cannot tell draws everything.
            Err(_) => is_near.set(true),
        }
    });
    let watch = StoredValue::new_local(watch);
    on_cleanup(move || {
        watch.try_with_value(|watch| {
            if let Some((observer, _)) = watch.borrow_mut().take() {
                observer.disconnect();
            }
        });
    });
}
