//! Funnel plot: means against numbers of pupils, with control limits.

use api::results::cell::Funnel;
use leptos::prelude::*;

use super::WIDTH;
use super::axis::{self, Plot, Tick};
use super::frame::{ChartFrame, Figures};
use super::scale::{Scale, points};
use super::walk::{self, Stop};
use crate::text::results::cell as words;
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

/// Two-sided normal quantiles of the 95 % and 99.8 % control limits.
///
/// # Source
/// Spiegelhalter D. J. Funnel plots for comparing institutional performance. Statistics in Medicine,
/// 2005, 24: 1185–1202; additive over-dispersion by the same author, 2005, Qual Saf Health Care.
pub const LIMITS: [f64; 2] = [1.959_964, 3.090_232];

/// Half-width of a limit at a number of pupils.
pub fn half_width(funnel: &Funnel, quantile: f64, pupils: f64) -> f64 {
    quantile * (funnel.within_sd.powi(2) / pupils + funnel.between_sd.powi(2)).sqrt()
}

/// A school as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Place along the numbers of pupils.
    pub x: f64,
    /// Place along the means.
    pub y: f64,
    /// Pupils.
    pub n: u32,
    /// Mean.
    pub mean: f64,
    /// Is it the school of the cell?
    pub is_own: bool,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Areas inside the limits, the wide one first.
    pub bands: [String; 2],
    /// The centre.
    pub centre: f64,
    /// Schools, the own one last, so that it lies on top.
    pub points: Vec<Point>,
    /// Labels along the numbers of pupils.
    pub x_ticks: Vec<(f64, f64)>,
    /// Labels along the means.
    pub y_ticks: Vec<(f64, f64)>,
}

/// Lays out a funnel; numbers of pupils stand on a square-root scale, where small schools need room.
pub fn marks(funnel: &Funnel) -> Marks {
    let most = funnel.points.iter().map(|point| point.n).max().unwrap_or(1);
    let least = funnel.points.iter().map(|point| point.n).min().unwrap_or(1);
    let domain = [f64::from(least.max(1)), f64::from(most.max(least + 1))];
    let horizontal = Scale::new(domain.map(f64::sqrt), [LEFT + 8.0, WIDTH - 8.0]);
    let widest = half_width(funnel, LIMITS[1], domain[0]);
    let (low, high) = funnel.points.iter().fold(
        (funnel.centre - widest, funnel.centre + widest),
        |(low, high), point| (low.min(point.mean), high.max(point.mean)),
    );
    let vertical = Scale::new([low, high], [BOTTOM, TOP]);
    let band = |quantile: f64| {
        /// Steps of a curve; more would not be seen.
        const STEPS: usize = 40;
        let at = |step: usize| {
            let root = domain[0].sqrt()
                + (domain[1].sqrt() - domain[0].sqrt()) * step as f64 / STEPS as f64;
            (
                horizontal.place(root),
                half_width(funnel, quantile, root * root),
            )
        };
        let upper = (0..=STEPS)
            .map(at)
            .map(|(x, half)| (x, vertical.place(funnel.centre + half)));
        let lower = (0..=STEPS)
            .rev()
            .map(at)
            .map(|(x, half)| (x, vertical.place(funnel.centre - half)));
        points(upper.chain(lower))
    };
    let mut drawn: Vec<Point> = funnel
        .points
        .iter()
        .map(|point| Point {
            x: horizontal.place(f64::from(point.n).sqrt()),
            y: vertical.place(point.mean),
            n: point.n,
            mean: point.mean,
            is_own: point.own,
        })
        .collect();
    drawn.sort_by_key(|point| point.is_own);
    Marks {
        bands: [band(LIMITS[1]), band(LIMITS[0])],
        centre: vertical.place(funnel.centre),
        points: drawn,
        x_ticks: [1.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0]
            .into_iter()
            .filter(|pupils| (domain[0]..=domain[1]).contains(pupils))
            .map(|pupils: f64| (horizontal.place(pupils.sqrt()), pupils))
            .collect(),
        y_ticks: vertical
            .ticks(4)
            .into_iter()
            .map(|value| (vertical.place(value), value))
            .collect(),
    }
}

fn figures(funnel: &Funnel, language: Language) -> Figures {
    let mut points = funnel.points.clone();
    points.sort_by_key(|point| (!point.own, point.n));
    let decimal = |value| number::decimal(language, value, 1);
    Figures {
        header: vec![
            words::school_column(language).to_owned(),
            words::pupils_here(language).to_owned(),
            words::mean_adjusted(language).to_owned(),
            words::limits_95(language).to_owned(),
            words::limits_998(language).to_owned(),
        ],
        rows: points
            .into_iter()
            .map(|point| {
                let limits = |quantile| {
                    let half = half_width(funnel, quantile, f64::from(point.n.max(1)));
                    format!(
                        "{}…{}",
                        decimal(funnel.centre - half),
                        decimal(funnel.centre + half)
                    )
                };
                let name = if point.own {
                    words::this_school(language)
                } else {
                    words::other_school(language)
                };
                vec![
                    name.to_owned(),
                    point.n.to_string(),
                    decimal(point.mean),
                    limits(LIMITS[0]),
                    limits(LIMITS[1]),
                ]
            })
            .collect(),
    }
}

/// The funnel plot.
#[component]
pub fn FunnelChart(
    /// The data; other schools have no names, it is no ranking.
    funnel: Funnel,
) -> impl IntoView {
    let marks = StoredValue::new(marks(&funnel));
    let funnel = StoredValue::new(funnel);
    view! {
        <ChartFrame
            title=words::funnel_title
            note=words::funnel_note
            draw=move |language| marks.with_value(|marks| draw(marks, language))
            figures=move |language| funnel.with_value(|funnel| figures(funnel, language))
        />
    }
}

fn draw(marks: &Marks, language: Language) -> AnyView {
    let ticks = |ticks: &[(f64, f64)]| {
        let tick = |(at, value): &(f64, f64)| Tick {
            at: *at,
            text: number::decimal(language, *value, 0),
        };
        ticks.iter().map(tick).collect::<Vec<_>>()
    };
    let schools: Vec<_> = marks
        .points
        .iter()
        .map(|point| {
            let (class, radius) = if point.is_own {
                ("chart-dot own", "6")
            } else {
                ("chart-dot", "3")
            };
            view! {
                <circle
                    class=class
                    cx=format!("{:.1}", point.x)
                    cy=format!("{:.1}", point.y)
                    r=radius
                />
            }
        })
        .collect();
    let [wide, narrow] = marks.bands.clone();
    walk::drawing(
        language,
        words::funnel_title(language),
        [WIDTH, HEIGHT],
        stops(marks, language),
        view! {
            <polygon class="chart-band wide" points=wide />
            <polygon class="chart-band" points=narrow />
            {axis::upwards(PLOT, ticks(&marks.y_ticks))}
            <line
                class="chart-centre"
                x1=LEFT
                x2=WIDTH
                y1=format!("{:.1}", marks.centre)
                y2=format!("{:.1}", marks.centre)
            />
            {axis::across(PLOT, ticks(&marks.x_ticks), words::funnel_axis(language))}
            {schools}
        },
    )
}

/// From small schools to large ones; the own school says that it is.
fn stops(marks: &Marks, language: Language) -> Vec<Stop> {
    let mut points: Vec<&Point> = marks.points.iter().collect();
    points.sort_by(|one, other| one.x.total_cmp(&other.x));
    points
        .into_iter()
        .map(|point| {
            let said = words::funnel_point(
                language,
                u64::from(point.n),
                number::decimal(language, point.mean, 1),
            );
            let name = if point.is_own {
                words::this_school(language)
            } else {
                words::other_school(language)
            };
            Stop {
                x: point.x,
                y: point.y,
                text: [name, &said].join(" · "),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::results::cell::FunnelPoint;

    fn funnel() -> Funnel {
        let point = |n, mean, own| FunnelPoint { n, mean, own };
        Funnel {
            centre: 12.0,
            within_sd: 4.0,
            between_sd: 1.0,
            points: vec![
                point(23, 16.0, true),
                point(4, 9.0, false),
                point(100, 12.5, false),
            ],
        }
    }

    #[test]
    fn limits_narrow_with_pupils_but_not_below_the_spread_between_schools() {
        let funnel = funnel();
        let small = half_width(&funnel, LIMITS[0], 4.0);
        let large = half_width(&funnel, LIMITS[0], 1_000.0);
        // 1.96 · sqrt(16/4 + 1) and just above 1.96 · 1.
        assert!((small - 4.382_6).abs() < 1e-3, "{small}");
        assert!((1.959..1.98).contains(&large), "{large}");
    }

    #[test]
    fn the_own_school_is_drawn_last() {
        let marks = marks(&funnel());
        let own: Vec<bool> = marks.points.iter().map(|point| point.is_own).collect();
        assert_eq!(own, [false, false, true]);
    }

    #[test]
    fn all_schools_stand_inside_the_drawing() {
        for point in marks(&funnel()).points {
            assert!((LEFT..=WIDTH).contains(&point.x));
            assert!((TOP..=BOTTOM).contains(&point.y));
        }
    }

    #[test]
    fn a_funnel_without_schools_does_not_panic() {
        let empty = Funnel {
            points: Vec::new(),
            ..funnel()
        };
        assert!(marks(&empty).points.is_empty());
    }
}
