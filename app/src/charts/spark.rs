//! A sparkline: years in the height of a line of text, for beside a value.

use leptos::prelude::*;

use super::scale::{Scale, segments};

const WIDTH: f64 = 72.0;
const HEIGHT: f64 = 20.0;
/// Room for the dot of the newest year.
const EDGE: f64 = 4.0;

/// Where its marks stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Lines, broken at gaps.
    pub lines: Vec<String>,
    /// Years that stand alone between gaps.
    pub alone: Vec<(f64, f64)>,
    /// The newest value.
    pub newest: Option<(f64, f64)>,
}

/// Lays out values by year; a year that is not among them is a gap.
pub fn marks(values: &[(i32, f64)]) -> Marks {
    let known = || values.iter().filter(|(_, value)| value.is_finite());
    let years = known().map(|(year, _)| *year);
    let (Some(first), Some(last)) = (years.clone().min(), years.max()) else {
        return Marks {
            lines: Vec::new(),
            alone: Vec::new(),
            newest: None,
        };
    };
    let [low, high] = known().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
        [low.min(value.1), high.max(value.1)]
    });
    let across = Scale::new(
        [f64::from(first), f64::from(last)],
        if first == last {
            [WIDTH - EDGE; 2]
        } else {
            [EDGE, WIDTH - EDGE]
        },
    );
    let upwards = Scale::new([low, high], [HEIGHT - EDGE, EDGE]);
    let places: Vec<Option<(f64, f64)>> = (first..=last)
        .map(|year| {
            let (_, value) = known().find(|(other, _)| *other == year)?;
            // Values that are all equal stand in the middle, not on the ground.
            let y = if high > low {
                upwards.place(*value)
            } else {
                HEIGHT / 2.0
            };
            Some((across.place(f64::from(year)), y))
        })
        .collect();
    let newest = places.last().copied().flatten();
    Marks {
        lines: segments(&places),
        alone: places
            .split(Option::is_none)
            .filter(|run| run.len() == 1)
            .flat_map(|run| run.iter().flatten().copied())
            .filter(|place| Some(*place) != newest)
            .collect(),
        newest,
    }
}

/// The drawing; nothing below two years.
#[component]
pub fn Sparkline(
    /// Values by year.
    values: Vec<(i32, f64)>,
    /// The same in words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    (values.len() > 1).then(|| {
        let marks = marks(&values);
        let dot = |class: &'static str, r: &'static str| {
            move |(x, y): (f64, f64)| {
                view! { <circle class=class cx=format!("{x:.1}") cy=format!("{y:.1}") r=r /> }
            }
        };
        view! {
            <svg
                class="spark"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                role="img"
                aria-label=move || label.get()
            >
                <title>{move || label.get()}</title>
                {marks
                    .lines
                    .into_iter()
                    .map(|points| view! { <polyline class="spark-line" points=points /> })
                    .collect_view()}
                {marks.alone.into_iter().map(dot("spark-alone", "1.5")).collect_view()}
                {marks.newest.map(dot("spark-newest", "3"))}
            </svg>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_year_breaks_the_line() {
        let marks = marks(&[(2022, 1.0), (2024, 3.0), (2025, 2.0)]);
        assert_eq!(marks.lines.len(), 1);
        assert_eq!(marks.alone, [(EDGE, HEIGHT - EDGE)], "2022 stands alone");
        let (x, y) = marks.newest.expect("2025");
        assert_eq!((x, y), (WIDTH - EDGE, HEIGHT / 2.0));
    }

    #[test]
    fn equal_values_lie_in_the_middle_and_nothing_is_nothing() {
        let level = marks(&[(2025, 7.0), (2026, 7.0)]);
        assert_eq!(level.lines, ["4.0,10.0 68.0,10.0"]);
        let none = marks(&[(2025, f64::NAN)]);
        assert_eq!((none.lines.len(), none.newest), (0, None));
    }
}
