//! Cohort plot: what the same pupils reached before against what they reached now.

use api::results::cell::Cohort;
use leptos::prelude::*;

use super::WIDTH;
use super::axis::{self, Plot, Tick};
use super::frame::{ChartFrame, Figures};
use super::scale::Scale;
use super::walk::{self, Stop};
use crate::text::results::{cell as cell_words, cell_chart as words};
use crate::text::{Language, number};

const HEIGHT: f64 = 196.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 160.0;
const LEFT: f64 = 34.0;
const PLOT: Plot = Plot {
    left: LEFT,
    right: WIDTH,
    top: TOP,
    bottom: BOTTOM,
};

/// A school as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Place of the earlier result.
    pub x: f64,
    /// Place of the present mean.
    pub y: f64,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// The other schools.
    pub others: Vec<Point>,
    /// The school of the cell.
    pub own: Point,
    /// Place of the mean expected of it.
    pub expected: f64,
    /// Places of the limits of honest schools, the lower one first.
    pub limits: [f64; 2],
    /// Labels along the earlier results.
    pub x_ticks: Vec<(f64, f64)>,
    /// Labels along the means.
    pub y_ticks: Vec<(f64, f64)>,
}

/// Lays out a cohort plot; every point and both limits are inside.
pub fn marks(cohort: &Cohort) -> Marks {
    let bounds = |values: &mut dyn Iterator<Item = f64>| {
        values
            .filter(|value| value.is_finite())
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
                [low.min(value), high.max(value)]
            })
    };
    let across = bounds(
        &mut cohort
            .others
            .iter()
            .map(|point| point[0])
            .chain([cohort.before]),
    );
    let upwards = bounds(&mut cohort.others.iter().map(|point| point[1]).chain([
        cohort.now,
        cohort.limits_95[0],
        cohort.limits_95[1],
    ]));
    let horizontal = Scale::new(across, [LEFT + 8.0, WIDTH - 8.0]);
    let vertical = Scale::new(upwards, [BOTTOM - 4.0, TOP]);
    let place = |before: f64, now: f64| Point {
        x: horizontal.place(before),
        y: vertical.place(now),
    };
    let ticks = |scale: Scale| -> Vec<(f64, f64)> {
        let values = scale.ticks(4).into_iter();
        values.map(|value| (scale.place(value), value)).collect()
    };
    Marks {
        others: cohort
            .others
            .iter()
            .map(|point| place(point[0], point[1]))
            .collect(),
        own: place(cohort.before, cohort.now),
        expected: vertical.place(cohort.expected),
        limits: cohort.limits_95.map(|limit| vertical.place(limit)),
        x_ticks: ticks(horizontal),
        y_ticks: ticks(vertical),
    }
}

fn figures(cohort: &Cohort, language: Language) -> Figures {
    let decimal = |value| number::decimal(language, value, 1);
    let [low, high] = cohort.limits_95;
    let mut rows = vec![vec![
        cell_words::this_school(language).to_owned(),
        decimal(cohort.before),
        decimal(cohort.now),
        decimal(cohort.expected),
        format!("{}…{}", decimal(low), decimal(high)),
    ]];
    rows.extend(cohort.others.iter().map(|[before, now]| {
        vec![
            cell_words::other_school(language).to_owned(),
            decimal(*before),
            decimal(*now),
            String::new(),
            String::new(),
        ]
    }));
    Figures {
        header: vec![
            cell_words::school_column(language).to_owned(),
            words::cohort_before(language).to_owned(),
            words::cohort_now(language).to_owned(),
            words::cohort_expected(language).to_owned(),
            words::cohort_limits(language).to_owned(),
        ],
        rows,
    }
}

/// The cohort plot.
#[component]
pub fn CohortChart(
    /// The data; other schools have no names, it is no ranking.
    cohort: Cohort,
) -> impl IntoView {
    let marks = StoredValue::new(marks(&cohort));
    let cohort = StoredValue::new(cohort);
    view! {
        <ChartFrame
            title=words::cohort_title
            note=words::cohort_note
            draw=move |language| {
                marks.with_value(|marks| cohort.with_value(|cohort| draw(marks, cohort, language)))
            }
            figures=move |language| cohort.with_value(|cohort| figures(cohort, language))
        />
    }
}

fn draw(marks: &Marks, cohort: &Cohort, language: Language) -> AnyView {
    let others: Vec<_> = marks
        .others
        .iter()
        .map(|point| {
            view! {
                <circle
                    class="chart-dot"
                    cx=format!("{:.1}", point.x)
                    cy=format!("{:.1}", point.y)
                    r="3"
                />
            }
        })
        .collect();
    let ticks = |ticks: &[(f64, f64)]| {
        let digits = digits(ticks);
        let tick = |(at, value): &(f64, f64)| Tick {
            at: *at,
            text: number::decimal(language, *value, digits),
        };
        ticks.iter().map(tick).collect::<Vec<_>>()
    };
    let (x, [low, high]) = (marks.own.x, marks.limits);
    walk::drawing(
        language,
        words::cohort_title(language),
        [WIDTH, HEIGHT],
        stops(marks, cohort, language),
        view! {
            {axis::upwards(PLOT, ticks(&marks.y_ticks))}
            <polygon
                class="chart-band expected"
                points=super::scale::points([
                    (x - 6.0, low),
                    (x + 6.0, low),
                    (x + 6.0, high),
                    (x - 6.0, high),
                ])
            />
            <line
                class="chart-centre"
                x1=format!("{:.1}", x - 9.0)
                x2=format!("{:.1}", x + 9.0)
                y1=format!("{:.1}", marks.expected)
                y2=format!("{:.1}", marks.expected)
            />
            {axis::across(PLOT, ticks(&marks.x_ticks), words::cohort_axis(language))}
            {others}
            <circle
                class="chart-dot own"
                cx=format!("{x:.1}")
                cy=format!("{:.1}", marks.own.y)
                r="6"
            />
        },
    )
}

/// The own school first, then the others from left to right.
fn stops(marks: &Marks, cohort: &Cohort, language: Language) -> Vec<Stop> {
    let decimal = |value| number::decimal(language, value, 1);
    let own = Stop {
        x: marks.own.x,
        y: marks.own.y,
        text: words::cohort_point(
            language,
            u64::from(cohort.n),
            decimal(cohort.before),
            decimal(cohort.now),
            decimal(cohort.expected),
        ),
    };
    let mut others: Vec<Stop> = marks
        .others
        .iter()
        .zip(&cohort.others)
        .map(|(point, [before, now])| Stop {
            x: point.x,
            y: point.y,
            text: words::cohort_other(language, decimal(*before), decimal(*now)),
        })
        .collect();
    others.sort_by(|one, other| one.x.total_cmp(&other.x));
    std::iter::once(own).chain(others).collect()
}

/// Fewest digits after the comma that tell the ticks apart as they are.
fn digits(ticks: &[(f64, f64)]) -> usize {
    let are_whole = |digits: i32| {
        ticks.iter().all(|(_, value)| {
            let scaled = value * 10_f64.powi(digits);
            (scaled - scaled.round()).abs() < 1e-6
        })
    };
    match (are_whole(0), are_whole(1)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cohort() -> Cohort {
        Cohort {
            before: 4.0,
            now: 17.0,
            expected: 12.0,
            limits_95: [9.0, 15.0],
            n: 21,
            others: vec![[2.0, 8.0], [6.0, 14.0]],
        }
    }

    #[test]
    fn higher_results_stand_higher_and_later() {
        let marks = marks(&cohort());
        assert!(marks.own.y < marks.limits[1] && marks.limits[1] < marks.expected);
        assert!(marks.expected < marks.limits[0]);
        assert!(marks.others[0].x < marks.own.x && marks.own.x < marks.others[1].x);
    }

    #[test]
    fn a_school_alone_still_has_a_place() {
        let alone = Cohort {
            others: Vec::new(),
            ..cohort()
        };
        let marks = marks(&alone);
        assert!(marks.own.x.is_finite() && marks.own.y.is_finite());
    }

    #[test]
    fn ticks_bear_as_many_digits_as_they_need() {
        let ticks = |values: &[f64]| values.iter().map(|value| (0.0, *value)).collect::<Vec<_>>();
        assert_eq!(digits(&ticks(&[0.0, 5.0, 10.0])), 0);
        assert_eq!(digits(&ticks(&[0.0, 0.5, 1.0])), 1);
        assert_eq!(digits(&ticks(&[0.25, 0.5])), 2);
    }
}
