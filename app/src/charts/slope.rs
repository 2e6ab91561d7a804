//! Slopes: where a school stood against the schools like it, and where it stands now.

use api::results::dynamics::{Beside, WorkDynamics, WorkYear};
use leptos::prelude::*;

use super::WIDTH;
use super::axis::{self, LINE, Plot, Tick};
use super::frame::{ChartFrame, Figures};
use super::scale::Scale;
use super::walk::{self, Stop};
use super::years::name;
use crate::text::{Language, chart as words, number};

const LEFT: f64 = 44.0;
/// Where the lines end; names stand right of it.
const RIGHT: f64 = 150.0;
const TOP: f64 = 26.0;
/// Letters of a name that find room.
const LETTERS: usize = 27;

/// A work in two years.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Place among the works.
    pub work: usize,
    /// Distance to the others in both years, shares of the highest score, −1…1.
    pub distance: [f64; 2],
    /// Is the change greater than the intervals of both years let expect by chance?
    pub is_clear: bool,
}

/// Works in the same two years.
#[derive(Clone, Debug, PartialEq)]
pub struct Slopes {
    /// The years.
    pub years: [i32; 2],
    /// Lines in the order of the works.
    pub lines: Vec<Line>,
}

/// Both shares of a year and the half-width of the interval.
fn known(work: &WorkDynamics, year: i32) -> Option<(f64, f64)> {
    let year: &WorkYear = work.years.iter().find(|other| other.year == year)?;
    let (own, others) = (year.own.as_ref()?, year.others.as_ref()?);
    let half = own
        .interval
        .map_or(f64::INFINITY, |[low, high]| (high - low) / 2.0);
    Some((own.share - others.share, half))
}

/// The newest year and the one nearest before it that have at least two works in common.
pub fn slopes(works: &[WorkDynamics]) -> Option<Slopes> {
    /// A single line says no more than its panel.
    const FEWEST: usize = 2;
    let mut years: Vec<i32> = works
        .iter()
        .flat_map(|work| work.years.iter().map(|year| year.year))
        .filter(|year| works.iter().any(|work| known(work, *year).is_some()))
        .collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let (now, before) = years.split_first()?;
    before.iter().find_map(|before| {
        let lines: Vec<Line> = works
            .iter()
            .enumerate()
            .filter_map(|(index, work)| {
                let (was, was_half) = known(work, *before)?;
                let (is, is_half) = known(work, *now)?;
                Some(Line {
                    work: index,
                    distance: [was, is],
                    // Two independent means: half-widths add as the sides of a right angle.
                    is_clear: (is - was).abs() > was_half.hypot(is_half),
                })
            })
            .collect();
        (lines.len() >= FEWEST).then_some(Slopes {
            years: [*before, *now],
            lines,
        })
    })
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Lower end of the plot.
    pub bottom: f64,
    /// Both ends of each line.
    pub lines: Vec<[f64; 2]>,
    /// Where each name stands.
    pub names: Vec<f64>,
    /// Where the school is equal to the others.
    pub equal: f64,
    /// Hairlines: place and distance.
    pub ticks: Vec<(f64, f64)>,
}

/// Lays out slopes; names move apart so that all can be read.
pub fn marks(slopes: &Slopes) -> Marks {
    let bottom = TOP + (slopes.lines.len() as f64 * LINE).max(110.0);
    let furthest = slopes
        .lines
        .iter()
        .flat_map(|line| line.distance)
        .fold(0.05_f64, |furthest, distance| furthest.max(distance.abs()));
    let vertical = Scale::new([-furthest, furthest], [bottom, TOP]);
    let lines: Vec<[f64; 2]> = slopes
        .lines
        .iter()
        .map(|line| line.distance.map(|distance| vertical.place(distance)))
        .collect();
    let ends: Vec<f64> = lines.iter().map(|line| line[1]).collect();
    Marks {
        bottom,
        names: axis::apart(&ends, LINE, [TOP, bottom]),
        lines,
        equal: vertical.place(0.0),
        ticks: vertical
            .ticks(4)
            .into_iter()
            .map(|distance| (vertical.place(distance), distance))
            .collect(),
    }
}

/// A difference of shares in percentage points with its sign.
fn signed(language: Language, distance: f64) -> String {
    let points = distance * 100.0;
    let sign = if points >= 0.5 { "+" } else { "" };
    format!("{sign}{}", number::decimal(language, points, 0))
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let short: String = text.chars().take(LETTERS - 1).collect();
    format!("{}…", short.trim_end())
}

fn spoken(work: &WorkDynamics, slopes: &Slopes, line: &Line, language: Language) -> String {
    let [before, now] = slopes.years;
    let [was, is] = line.distance.map(|distance| signed(language, distance));
    let name = name(work, language);
    if line.is_clear {
        words::slope_clear(language, name, before, was, now, is)
    } else {
        words::slope_chance(language, name, before, was, now, is)
    }
}

fn draw(works: &[WorkDynamics], slopes: &Slopes, language: Language) -> AnyView {
    let marks = marks(slopes);
    let plot = Plot {
        left: LEFT,
        right: RIGHT,
        top: TOP,
        bottom: marks.bottom,
    };
    let mut order: Vec<usize> = (0..slopes.lines.len()).collect();
    order.sort_by(|one, other| marks.names[*one].total_cmp(&marks.names[*other]));
    let stops = order
        .into_iter()
        .map(|at| Stop {
            x: RIGHT,
            y: marks.lines[at][1],
            text: spoken(
                &works[slopes.lines[at].work],
                slopes,
                &slopes.lines[at],
                language,
            ),
        })
        .collect();
    let ticks = marks
        .ticks
        .iter()
        .map(|(at, distance)| Tick {
            at: *at,
            text: signed(language, *distance),
        })
        .collect();
    let lines: Vec<_> = slopes
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let [from, to] = marks.lines[at];
            let class = if line.is_clear {
                "chart-slope clear"
            } else {
                "chart-slope"
            };
            let words = format!(
                "{} {}",
                signed(language, line.distance[1]),
                cut(&name(&works[line.work], language)),
            );
            view! {
                <g class=class>
                    <line x1=LEFT + 6.0 x2=RIGHT y1=format!("{from:.1}") y2=format!("{to:.1}") />
                    <circle cx=LEFT + 6.0 cy=format!("{from:.1}") r="3" />
                    <circle cx=RIGHT cy=format!("{to:.1}") r="3" />
                    <path d=format!("M{} {to:.1}L{} {:.1}", RIGHT + 4.0, RIGHT + 14.0, marks.names[at]) />
                    <text class="chart-label" x=RIGHT + 18.0 y=format!("{:.1}", marks.names[at] + 4.0)>
                        {words}
                    </text>
                </g>
            }
        })
        .collect();
    let [before, now] = slopes.years;
    walk::drawing(
        language,
        words::slope_title(language),
        [WIDTH, marks.bottom + 10.0],
        stops,
        view! {
            {axis::upwards(plot, ticks)}
            <line
                class="chart-centre"
                x1=LEFT
                x2=RIGHT
                y1=format!("{:.1}", marks.equal)
                y2=format!("{:.1}", marks.equal)
            />
            <text class="chart-label" x=LEFT y=TOP - 13.0>
                {before}
            </text>
            <text class="chart-label end" x=RIGHT + 4.0 y=TOP - 13.0>
                {now}
            </text>
            {lines}
        },
    )
}

fn figures(works: &[WorkDynamics], slopes: &Slopes, language: Language) -> Figures {
    let [before, now] = slopes.years;
    Figures {
        header: vec![
            words::work(language).to_owned(),
            before.to_string(),
            now.to_string(),
            words::change(language).to_owned(),
        ],
        rows: slopes
            .lines
            .iter()
            .map(|line| {
                let [was, is] = line.distance;
                let change = signed(language, is - was);
                vec![
                    name(&works[line.work], language),
                    signed(language, was),
                    signed(language, is),
                    if line.is_clear {
                        words::change_clear(language, change)
                    } else {
                        change
                    },
                ]
            })
            .collect(),
    }
}

/// Slopes of a school; nothing where fewer than two works have two years.
#[component]
pub fn SlopeChart(
    /// Works of the school.
    works: Vec<WorkDynamics>,
) -> impl IntoView {
    slopes(&works).map(|slopes| {
        let note = match works.first().map(|work| work.beside) {
            Some(Beside::Municipality) => words::slope_note_municipality,
            _ => words::slope_note,
        };
        let known = StoredValue::new((works, slopes));
        view! {
            <ChartFrame
                title=words::slope_title
                note=note
                draw=move |language| {
                    known.with_value(|(works, slopes)| draw(works, slopes, language))
                }
                figures=move |language| {
                    known.with_value(|(works, slopes)| figures(works, slopes, language))
                }
            />
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::years::tests::work;
    use super::*;

    fn works() -> Vec<WorkDynamics> {
        vec![
            work(
                "math",
                &[
                    (Some(0.5), Some(0.6)),
                    (None, Some(0.6)),
                    (Some(0.8), Some(0.6)),
                ],
            ),
            work(
                "russian",
                &[
                    (Some(0.60), Some(0.6)),
                    (Some(0.61), Some(0.6)),
                    (Some(0.62), Some(0.6)),
                ],
            ),
            work(
                "biology",
                &[(Some(0.4), None), (None, None), (Some(0.5), None)],
            ),
        ]
    }

    #[test]
    fn the_nearest_year_with_two_works_in_common_is_taken() {
        let slopes = slopes(&works()).expect("two lines");
        assert_eq!(slopes.years, [2024, 2026], "2025 has one work only");
        let [math, russian] = slopes.lines.as_slice() else {
            panic!("two lines: {slopes:?}");
        };
        assert!((math.distance[0] + 0.1).abs() < 1e-9 && (math.distance[1] - 0.2).abs() < 1e-9);
        assert!(math.is_clear, "0.3 against 0.05 twice");
        assert!(!russian.is_clear, "0.02 against 0.05 twice");
    }

    #[test]
    fn one_work_alone_makes_no_slopes() {
        assert_eq!(slopes(&works()[..1]), None);
        assert_eq!(slopes(&[]), None);
    }

    #[test]
    fn names_do_not_touch_and_stand_inside() {
        let crowd: Vec<WorkDynamics> = (0..14)
            .map(|_| work("math", &[(Some(0.5), Some(0.6)), (Some(0.7), Some(0.6))]))
            .collect();
        let marks = marks(&slopes(&crowd).expect("lines"));
        let mut names = marks.names.clone();
        names.sort_by(f64::total_cmp);
        for pair in names.windows(2) {
            assert!(pair[1] - pair[0] >= LINE - 1e-9, "{names:?}");
        }
        assert!(names[0] >= TOP && names[13] <= marks.bottom + 1e-9);
        let [from, to] = marks.lines[0];
        assert!(to < marks.equal && marks.equal < from, "better is higher");
    }

    #[test]
    fn long_names_are_cut_where_they_end() {
        assert_eq!(cut("Математика, 5 класс"), "Математика, 5 класс");
        let cut = cut("Основы религиозных культур и этики, 4 класс");
        assert_eq!(cut.chars().count(), LETTERS);
        assert!(cut.ends_with('…'));
    }
}
