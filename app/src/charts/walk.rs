//! A drawing read mark by mark: arrows and the pointer go to the same marks, words stand beside them and are spoken.

use leptos::prelude::*;
#[cfg(feature = "csr")]
use leptos::{ev, html};

use crate::text::{Language, chart as words};

/// A mark that can be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Place across.
    pub x: f64,
    /// Place downwards.
    pub y: f64,
    /// What it says.
    pub text: String,
}

/// On which side of its mark the words begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// They begin at the mark.
    Start,
    /// They stand over the middle.
    Middle,
    /// They end at the mark.
    End,
}

/// Where the words of a mark stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tip {
    /// Place across, per cent of the drawing.
    pub left: f64,
    /// Place downwards, per cent of the drawing.
    pub top: f64,
    /// Side.
    pub side: Side,
    /// Below the mark, for want of room above?
    pub is_below: bool,
}

impl Tip {
    /// Beside a mark of a drawing of this size; the words stay over the drawing.
    pub fn of(stop: &Stop, [width, height]: [f64; 2]) -> Self {
        /// Room that two lines of words need above their mark, in units of the drawing.
        const ABOVE: f64 = 52.0;
        let (left, top) = (stop.x / width, stop.y / height);
        Tip {
            left: left * 100.0,
            top: top * 100.0,
            side: if left < 1.0 / 3.0 {
                Side::Start
            } else if left > 2.0 / 3.0 {
                Side::End
            } else {
                Side::Middle
            },
            is_below: stop.y < ABOVE,
        }
    }

    #[cfg(feature = "csr")]
    fn class(self) -> &'static str {
        match (self.side, self.is_below) {
            (Side::Start, false) => "chart-tip start",
            (Side::Start, true) => "chart-tip start below",
            (Side::Middle, false) => "chart-tip",
            (Side::Middle, true) => "chart-tip below",
            (Side::End, false) => "chart-tip end",
            (Side::End, true) => "chart-tip end below",
        }
    }
}

/// Where a key leads among `count` marks. The outer answer is whether the key means anything here.
pub fn step(key: &str, at: Option<usize>, count: usize) -> Option<Option<usize>> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowRight" | "ArrowDown" => Some(at.map_or(0, |at| (at + 1).min(last))),
        "ArrowLeft" | "ArrowUp" => Some(at.map_or(last, |at| at.saturating_sub(1))),
        "Home" => Some(0),
        "End" => Some(last),
        // Escape puts the words away; once there are none it belongs to whatever stands around the drawing.
        "Escape" if at.is_some() => None,
        _ => return None,
    })
}

/// The mark nearest to a place, if one is within `reach`.
pub fn nearest(stops: &[Stop], [x, y]: [f64; 2], reach: f64) -> Option<usize> {
    stops
        .iter()
        .map(|stop| (stop.x - x).hypot(stop.y - y))
        .enumerate()
        .filter(|(_, distance)| *distance <= reach)
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(at, _)| at)
}

/// A drawing of this size; `stops` stand in the order in which they are walked.
#[cfg(feature = "csr")]
pub fn drawing(
    language: Language,
    label: &str,
    size: [f64; 2],
    stops: Vec<Stop>,
    marks: impl IntoView,
) -> AnyView {
    /// How far from a mark the pointer still means it, in units of the drawing.
    const REACH: f64 = 36.0;
    let [width, height] = size;
    let at = RwSignal::new(None::<usize>);
    let stops = StoredValue::new(stops);
    let frame = NodeRef::<html::Div>::new();
    let point = move |event: ev::PointerEvent| {
        let Some(frame) = frame.get_untracked() else {
            return;
        };
        let bounds = frame.get_bounding_client_rect();
        let place = [
            (f64::from(event.client_x()) - bounds.left()) / bounds.width() * width,
            (f64::from(event.client_y()) - bounds.top()) / bounds.height() * height,
        ];
        let found = stops.with_value(|stops| nearest(stops, place, REACH));
        if found != at.get_untracked() {
            at.set(found);
        }
    };
    let tip = move || {
        let stop = stops.with_value(|stops| stops.get(at.get()?).cloned())?;
        let tip = Tip::of(&stop, size);
        let (left, top) = (format!("{:.2}%", tip.left), format!("{:.2}%", tip.top));
        Some(view! {
            <span class="chart-ring" style:left=left.clone() style:top=top.clone()></span>
            <span class=tip.class() style:left=left style:top=top>
                {stop.text}
            </span>
        })
    };
    let count = stops.with_value(Vec::len);
    let label = words::walk(language, label);
    view! {
        <div
            class="chart-walk"
            // Screen readers hand over the arrows to nothing less.
            role="application"
            tabindex="0"
            aria-label=label
            node_ref=frame
            on:keydown=move |event| {
                if event.alt_key() || event.ctrl_key() || event.meta_key() {
                    return;
                }
                if let Some(next) = step(&event.key(), at.get_untracked(), count) {
                    event.prevent_default();
                    event.stop_propagation();
                    at.set(next);
                }
            }
            on:blur=move |_| at.set(None)
            on:pointermove=point
            on:pointerdown=point
            on:pointerleave=move |event| {
                // A finger that is lifted leaves the words to be read.
                if event.pointer_type() == "mouse" {
                    at.set(None);
                }
            }
        >
            <svg class="chart-drawing" viewBox=format!("0 0 {width} {height}") aria-hidden="true">
                {marks}
            </svg>
            <div aria-live="polite">{tip}</div>
        </div>
    }
    .into_any()
}

/// A drawing on a page without script: a picture with a name.
#[cfg(not(feature = "csr"))]
pub fn drawing(
    language: Language,
    label: &str,
    size: [f64; 2],
    stops: Vec<Stop>,
    marks: impl IntoView,
) -> AnyView {
    let [width, height] = size;
    let said = stops.into_iter().map(|stop| stop.text);
    let label: Vec<String> = [words::walk(language, label)]
        .into_iter()
        .chain(said)
        .collect();
    view! {
        <svg
            class="chart-drawing"
            viewBox=format!("0 0 {width} {height}")
            role="img"
            aria-label=label.join(". ")
        >
            {marks}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(x: f64, y: f64) -> Stop {
        Stop {
            x,
            y,
            text: String::new(),
        }
    }

    #[test]
    fn arrows_stay_among_the_marks() {
        assert_eq!(step("ArrowRight", None, 3), Some(Some(0)));
        assert_eq!(step("ArrowRight", Some(2), 3), Some(Some(2)));
        assert_eq!(step("ArrowLeft", None, 3), Some(Some(2)));
        assert_eq!(step("ArrowLeft", Some(0), 3), Some(Some(0)));
        assert_eq!(step("End", Some(0), 3), Some(Some(2)));
        assert_eq!(step("Escape", Some(1), 3), Some(None));
        assert_eq!(step("Escape", None, 3), None, "closes what is around");
        assert_eq!(step("Tab", Some(1), 3), None);
        assert_eq!(step("ArrowRight", None, 0), None);
    }

    #[test]
    fn the_pointer_means_the_nearest_mark_within_reach() {
        let stops = [stop(0.0, 0.0), stop(30.0, 40.0)];
        assert_eq!(nearest(&stops, [29.0, 38.0], 36.0), Some(1));
        assert_eq!(nearest(&stops, [3.0, 4.0], 36.0), Some(0));
        assert_eq!(nearest(&stops, [300.0, 40.0], 36.0), None);
    }

    #[test]
    fn words_stay_over_the_drawing() {
        let tip = |x, y| Tip::of(&stop(x, y), [360.0, 200.0]);
        assert_eq!(tip(20.0, 150.0).side, Side::Start);
        assert_eq!(tip(180.0, 150.0).side, Side::Middle);
        assert_eq!(tip(350.0, 150.0).side, Side::End);
        assert!(tip(20.0, 10.0).is_below && !tip(20.0, 150.0).is_below);
        assert_eq!(tip(90.0, 50.0).left, 25.0);
        assert_eq!(tip(90.0, 50.0).top, 25.0);
    }
}
