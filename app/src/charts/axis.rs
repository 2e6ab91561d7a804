//! Axes: hairlines, ticks, labels that leave each other room.

use leptos::prelude::*;

/// Height of a line of labels, in units of the drawing.
pub const LINE: f64 = 14.0;
/// Width of a letter of a label, in units of the drawing: a little more than the mean of tabular digits.
const LETTER: f64 = 6.6;
/// Room between two labels.
const ROOM: f64 = 5.0;

/// Where a drawing has its axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// Left end of the axis across; labels of the other one stand left of it.
    pub left: f64,
    /// Right end of the axis across.
    pub right: f64,
    /// Upper end of the axis upwards.
    pub top: f64,
    /// The axis across.
    pub bottom: f64,
}

/// A place along an axis with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Place.
    pub at: f64,
    /// Label.
    pub text: String,
}

/// Width that a label takes, in units of the drawing.
pub fn width(text: &str) -> f64 {
    text.chars().count() as f64 * LETTER
}

/// Ticks whose centred labels do not touch: the first stands, others give way.
pub fn fitting(ticks: Vec<Tick>) -> Vec<Tick> {
    let mut end = f64::NEG_INFINITY;
    ticks
        .into_iter()
        .filter(|tick| {
            let half = width(&tick.text) / 2.0;
            let has_room = tick.at - half >= end + ROOM;
            if has_room {
                end = tick.at + half;
            }
            has_room
        })
        .collect()
}

/// Moves places apart so that no two are nearer than `least`, keeping their order and staying between `ends`; when there
/// is no room for all, they share it evenly. The answer stands in the order of the question.
pub fn apart(places: &[f64], least: f64, ends: [f64; 2]) -> Vec<f64> {
    let [low, high] = ends;
    let steps = places.len().saturating_sub(1).max(1) as f64;
    let least = least.min((high - low) / steps);
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|one, other| places[*one].total_cmp(&places[*other]));
    let push_on = |places: &mut [f64]| {
        let mut floor = low;
        for &at in &order {
            places[at] = places[at].max(floor);
            floor = places[at] + least;
        }
    };
    let push_back = |places: &mut [f64]| {
        let mut ceiling = high;
        for &at in order.iter().rev() {
            places[at] = places[at].min(ceiling);
            ceiling = places[at] - least;
        }
    };
    let [mut on, mut back] = [places.to_vec(), places.to_vec()];
    push_on(&mut on);
    push_back(&mut on);
    push_back(&mut back);
    push_on(&mut back);
    // Both are far enough apart, hence so is the mean of both, and it leans to neither side.
    on.iter()
        .zip(back)
        .map(|(on, back)| (on + back) / 2.0)
        .collect()
}

/// The axis across with its ticks and its name at the right end.
pub fn across(plot: Plot, ticks: Vec<Tick>, name: &str) -> AnyView {
    let ticks: Vec<_> = fitting(ticks)
        .into_iter()
        .map(|tick| {
            let x = format!("{:.1}", tick.at);
            view! {
                <line
                    class="chart-axis"
                    x1=x.clone()
                    x2=x.clone()
                    y1=plot.bottom
                    y2=plot.bottom + 4.0
                />
                <text class="chart-label middle" x=x y=plot.bottom + 16.0>
                    {tick.text}
                </text>
            }
        })
        .collect();
    let name = (!name.is_empty()).then(|| {
        let name = name.to_owned();
        view! {
            <text class="chart-label end" x=plot.right y=plot.bottom + 33.0>
                {name}
            </text>
        }
    });
    view! {
        <line class="chart-axis" x1=plot.left x2=plot.right y1=plot.bottom y2=plot.bottom />
        {ticks}
        {name}
    }
    .into_any()
}

/// Hairlines with labels left of them.
pub fn upwards(plot: Plot, ticks: Vec<Tick>) -> AnyView {
    ticks
        .into_iter()
        .map(|tick| {
            let y = format!("{:.1}", tick.at);
            view! {
                <line class="chart-grid" x1=plot.left x2=plot.right y1=y.clone() y2=y />
                <text class="chart-label end" x=plot.left - 5.0 y=format!("{:.1}", tick.at + 4.0)>
                    {tick.text}
                </text>
            }
        })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_touch_give_way() {
        let tick = |at, text: &str| Tick {
            at,
            text: text.to_owned(),
        };
        let kept: Vec<String> = fitting(vec![
            tick(10.0, "14"),
            tick(30.0, "12.2"),
            tick(50.0, "10"),
            tick(60.0, "11"),
        ])
        .into_iter()
        .map(|tick| tick.text)
        .collect();
        assert_eq!(kept, ["14", "10"]);
    }

    #[test]
    fn places_that_crowd_move_apart_in_their_order_and_inside() {
        let moved = apart(&[52.0, 50.0, 51.0, 100.0], 14.0, [0.0, 100.0]);
        assert_eq!(moved, [65.0, 37.0, 51.0, 100.0]);
        let crowded = apart(&[5.0; 11], 14.0, [0.0, 100.0]);
        for pair in crowded.windows(2) {
            assert!((pair[1] - pair[0] - 10.0).abs() < 1e-9, "{crowded:?}");
        }
        assert_eq!(apart(&[7.0], 14.0, [0.0, 100.0]), [7.0]);
    }
}
