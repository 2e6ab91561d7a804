//! Small multiples: one panel a work, the school's value with its interval by year beside the schools like it.

use api::id::OrganisationId;
use api::procedures::procedure::ProcedureKind;
use api::results::dynamics::{Beside, WorkDynamics, YearResult};
use api::results::heat_map::CellState;
use leptos::prelude::*;

use super::axis::{self, Plot, Tick};
use super::frame::{ChartFrame, Figures};
use super::legend::{Key, legend};
use super::scale::{Scale, segments};
use super::walk::{self, Stop};
use crate::text::{Language, chart as words, common, number};

/// Size of a panel beside others: near to what it gets on the page, so that letters keep their size.
pub const SMALL: Size = Size {
    width: 190.0,
    height: 118.0,
};
/// Size of a panel alone.
pub const LARGE: Size = Size {
    width: super::WIDTH,
    height: 178.0,
};

/// Size of a panel, in units of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Size {
    fn plot(self) -> Plot {
        Plot {
            left: 40.0,
            right: self.width,
            top: 8.0,
            bottom: self.height - 24.0,
        }
    }
}

/// How a year is drawn: by shape, not by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Filled dot.
    Plain,
    /// Hollow dot: too few pupils to judge.
    Few,
    /// Diamond: attention or signs.
    Striking,
}

impl Kind {
    /// Of a state.
    pub fn of(state: CellState) -> Self {
        match state {
            CellState::Insufficient | CellState::NoData => Kind::Few,
            CellState::Calm => Kind::Plain,
            CellState::Attention | CellState::Signs => Kind::Striking,
        }
    }
}

/// The school in one year as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// Place.
    pub y: f64,
    /// Ends of the interval, the upper one first.
    pub interval: Option<[f64; 2]>,
    /// Shape.
    pub kind: Kind,
}

/// One year as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Year.
    pub year: i32,
    /// Place across.
    pub x: f64,
    /// The school, if it wrote the work.
    pub own: Option<Own>,
}

/// One panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Years in their order.
    pub marks: Vec<Mark>,
    /// The school's lines, broken where it did not write.
    pub own: Vec<String>,
    /// Lines of the schools beside it.
    pub others: Vec<String>,
    /// Hairlines: place and share.
    pub ticks: Vec<(f64, f64)>,
}

/// The range of shares that all panels have in common, out to whole tenths.
pub fn domain(works: &[WorkDynamics]) -> [f64; 2] {
    let shares = works.iter().flat_map(|work| &work.years).flat_map(|year| {
        let own = year.own.iter().flat_map(|own| {
            let [low, high] = own.interval.unwrap_or([own.share; 2]);
            [low, own.share, high]
        });
        own.chain(year.others.iter().map(|others| others.share))
    });
    let [low, high] = shares
        .filter(|share| share.is_finite())
        .fold([1.0_f64, 0.0_f64], |[low, high], share| {
            [low.min(share), high.max(share)]
        });
    if low > high {
        return [0.0, 1.0];
    }
    // Tenths are not exact in binary: a share of just 0.7 shall not open another step.
    let low = (low * 10.0 + 1e-9).floor() / 10.0;
    let high = (high * 10.0 - 1e-9).ceil() / 10.0;
    if high - low < 0.2 {
        let low = (low - 0.1).max(0.0);
        [low, (low + 0.3).min(1.0)]
    } else {
        [low, high]
    }
}

/// Lays out a panel.
pub fn panel(work: &WorkDynamics, domain: [f64; 2], size: Size) -> Panel {
    let plot = size.plot();
    let vertical = Scale::new(domain, [plot.bottom, plot.top]);
    let step = (plot.right - plot.left) / work.years.len().max(1) as f64;
    let x = |index: usize| plot.left + (index as f64 + 0.5) * step;
    let marks: Vec<Mark> = work
        .years
        .iter()
        .enumerate()
        .map(|(index, year)| Mark {
            year: year.year,
            x: x(index),
            own: year.own.as_ref().map(|own| Own {
                y: vertical.place(own.share),
                interval: own
                    .interval
                    .map(|[low, high]| [vertical.place(high), vertical.place(low)]),
                kind: Kind::of(own.state),
            }),
        })
        .collect();
    let own: Vec<_> = marks
        .iter()
        .map(|mark| Some((mark.x, mark.own.as_ref()?.y)))
        .collect();
    let others: Vec<_> = work
        .years
        .iter()
        .enumerate()
        .map(|(index, year)| Some((x(index), vertical.place(year.others.as_ref()?.share))))
        .collect();
    Panel {
        own: segments(&own),
        others: segments(&others),
        ticks: vertical
            .ticks(4)
            .into_iter()
            .map(|share| (vertical.place(share), share))
            .collect(),
        marks,
    }
}

/// The sign of one value: interval, then dot.
pub fn dot(x: f64, y: f64, interval: Option<[f64; 2]>, kind: Kind) -> AnyView {
    let at = format!("{x:.1}");
    let whisker = interval.map(|[upper, lower]| {
        view! {
            <line
                class="chart-whisker"
                x1=at.clone()
                x2=at.clone()
                y1=format!("{upper:.1}")
                y2=format!("{lower:.1}")
            />
        }
    });
    let (class, sign) = match kind {
        Kind::Plain | Kind::Few => (
            if kind == Kind::Few {
                "chart-point few"
            } else {
                "chart-point"
            },
            view! { <circle cx=at cy=format!("{y:.1}") r="4" /> }.into_any(),
        ),
        Kind::Striking => (
            "chart-point apart",
            view! {
                <path d=format!(
                    "M{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}Z",
                    y - 5.5,
                    x + 5.5,
                    y + 5.5,
                    x - 5.5,
                ) />
            }
            .into_any(),
        ),
    };
    view! { <g class=class>{whisker} {sign}</g> }.into_any()
}

/// Subject and grade, and the procedure unless it is a test work, of which a school writes most.
pub fn name(work: &WorkDynamics, language: Language) -> String {
    let subject = work.subject_name.in_language(language);
    let name = common::subject_grade(language, subject, work.grade);
    match work.kind {
        ProcedureKind::Vpr => name,
        kind => [&name, common::procedure_short(language, kind)].join(" · "),
    }
}

fn percent(language: Language, share: f64) -> String {
    number::percent(language, share, 0)
}

fn range(language: Language, own: &YearResult) -> String {
    own.interval.map_or_else(
        || "—".to_owned(),
        |[low, high]| format!("{}…{}", percent(language, low), percent(language, high)),
    )
}

/// A year in words: facts side by side.
fn spoken(work: &WorkDynamics, at: usize, language: Language) -> String {
    let year = &work.years[at];
    let others = year.others.as_ref().map(|others| {
        let share = percent(language, others.share);
        match work.beside {
            Beside::Cluster => words::alike(language, share),
            Beside::Municipality => words::elsewhere(language, share),
        }
    });
    let Some(own) = &year.own else {
        let none = words::year_none(language, year.year);
        return [Some(none), others]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ");
    };
    let state =
        (Kind::of(own.state) != Kind::Plain).then(|| common::state(language, own.state).to_owned());
    let share = percent(language, own.share);
    [
        Some(words::year_own(
            language,
            u64::from(own.n),
            year.year,
            share,
        )),
        own.interval
            .map(|_| words::interval(language, range(language, own))),
        others,
        state,
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

fn stops(work: &WorkDynamics, panel: &Panel, size: Size, language: Language) -> Vec<Stop> {
    panel
        .marks
        .iter()
        .enumerate()
        .map(|(at, mark)| Stop {
            x: mark.x,
            y: mark
                .own
                .as_ref()
                .map_or(size.plot().bottom - 8.0, |own| own.y),
            text: spoken(work, at, language),
        })
        .collect()
}

fn draw_panel(work: &WorkDynamics, domain: [f64; 2], size: Size, language: Language) -> AnyView {
    let panel = panel(work, domain, size);
    let plot = size.plot();
    let stops = stops(work, &panel, size, language);
    let tick = |(at, text)| Tick { at, text };
    let years = panel
        .marks
        .iter()
        .map(|mark| tick((mark.x, mark.year.to_string())))
        .collect();
    let shares = panel
        .ticks
        .iter()
        .map(|(at, share)| tick((*at, percent(language, *share))))
        .collect();
    let lines = |class: &'static str, lines: Vec<String>| {
        lines
            .into_iter()
            .map(move |points| view! { <polyline class=class points=points /> })
            .collect_view()
    };
    let marks: Vec<_> = panel
        .marks
        .iter()
        .map(|mark| match &mark.own {
            Some(own) => dot(mark.x, own.y, own.interval, own.kind),
            // A gap is said, or it would look forgotten.
            None => view! {
                <line
                    class="chart-gap"
                    x1=format!("{:.1}", mark.x - 4.0)
                    x2=format!("{:.1}", mark.x + 4.0)
                    y1=plot.bottom - 8.0
                    y2=plot.bottom - 8.0
                />
            }
            .into_any(),
        })
        .collect();
    walk::drawing(
        language,
        &name(work, language),
        [size.width, size.height],
        stops,
        view! {
            {axis::upwards(plot, shares)}
            {lines("chart-region", panel.others)}
            {lines("chart-course", panel.own)}
            {marks}
            {axis::across(plot, years, "")}
        },
    )
}

fn figures(works: &[WorkDynamics], language: Language) -> Figures {
    let beside = works.first().map_or(Beside::Cluster, |work| work.beside);
    Figures {
        header: vec![
            words::work(language).to_owned(),
            words::year(language).to_owned(),
            words::pupils(language).to_owned(),
            words::share(language).to_owned(),
            words::range(language).to_owned(),
            beside_words(language, beside).to_owned(),
            words::state(language).to_owned(),
        ],
        rows: works
            .iter()
            .flat_map(|work| {
                work.years.iter().map(|year| {
                    let none = || "—".to_owned();
                    let own = year.own.as_ref();
                    vec![
                        name(work, language),
                        year.year.to_string(),
                        own.map_or_else(none, |own| own.n.to_string()),
                        own.map_or_else(none, |own| percent(language, own.share)),
                        own.map_or_else(none, |own| range(language, own)),
                        year.others
                            .as_ref()
                            .map_or_else(none, |others| percent(language, others.share)),
                        own.map_or_else(
                            || words::not_written(language).to_owned(),
                            |own| common::state(language, own.state).to_owned(),
                        ),
                    ]
                })
            })
            .collect(),
    }
}

fn beside_words(language: Language, beside: Beside) -> &'static str {
    match beside {
        Beside::Cluster => words::key_alike(language),
        Beside::Municipality => words::key_elsewhere(language),
    }
}

/// Only the signs that stand in the drawing.
fn keys(works: &[WorkDynamics], language: Language) -> AnyView {
    let years = || works.iter().flat_map(|work| &work.years);
    let has = |kind| {
        years()
            .filter_map(|year| year.own.as_ref())
            .any(|own| Kind::of(own.state) == kind)
    };
    let beside = works.first().map_or(Beside::Cluster, |work| work.beside);
    let entries = [
        (true, Key::Own, words::key_own(language)),
        (
            years().any(|year| year.others.is_some()),
            Key::Others,
            beside_words(language, beside),
        ),
        (
            has(Kind::Striking),
            Key::Striking,
            words::key_striking(language),
        ),
        (has(Kind::Few), Key::Few, words::key_few(language)),
        (
            years().any(|year| year.own.is_none()),
            Key::Gap,
            words::not_written(language),
        ),
    ];
    legend(
        entries
            .into_iter()
            .filter(|(is_there, ..)| *is_there)
            .map(|(_, key, words)| (key, words.to_owned()))
            .collect(),
    )
}

/// One work over the years.
#[component]
pub fn YearsChart(
    /// The work.
    work: WorkDynamics,
) -> impl IntoView {
    let works = StoredValue::new(vec![work]);
    view! {
        <ChartFrame
            title=words::years_title
            note=words::years_note
            draw=move |language| {
                works
                    .with_value(|works| {
                        view! {
                            {draw_panel(&works[0], domain(works), LARGE, language)}
                            {keys(works, language)}
                        }
                            .into_any()
                    })
            }
            figures=move |language| works.with_value(|works| figures(works, language))
        />
    }
}

/// All works of a school, each in a panel of its own with the same scale.
#[component]
pub fn WorksChart(
    /// School; panels lead to its cells.
    organisation: OrganisationId,
    /// Works.
    works: Vec<WorkDynamics>,
) -> impl IntoView {
    let works = StoredValue::new(works);
    let draw = move |language: Language| {
        works.with_value(|works| {
            let domain = domain(works);
            let panels: Vec<_> = works
                .iter()
                .map(|work| {
                    let newest = work.years.iter().rev().find(|year| year.own.is_some());
                    let href = newest.map(|newest| {
                        api::work::cell(organisation, newest.year, &work.subject, work.grade)
                    });
                    view! {
                        <li>
                            <h4>
                                <a class="plain" href=href>
                                    {name(work, language)}
                                </a>
                            </h4>
                            {draw_panel(work, domain, SMALL, language)}
                        </li>
                    }
                })
                .collect();
            view! {
                {keys(works, language)}
                <ul class="chart-panels">{panels}</ul>
            }
            .into_any()
        })
    };
    view! {
        <ChartFrame
            title=words::works_title
            note=words::years_note
            draw=draw
            figures=move |language| works.with_value(|works| figures(works, language))
        />
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use api::results::dynamics::{OthersResult, WorkYear};
    use api::text::Text;

    /// A work whose years are share of the school and of the others.
    pub fn work(subject: &str, years: &[(Option<f64>, Option<f64>)]) -> WorkDynamics {
        WorkDynamics {
            kind: ProcedureKind::Vpr,
            subject: subject.to_owned(),
            subject_name: Text::new(subject, subject),
            grade: 5,
            beside: Beside::Cluster,
            years: (2024..)
                .zip(years)
                .map(|(year, (own, others))| WorkYear {
                    year,
                    own: own.map(|share| YearResult {
                        n: 20,
                        state: CellState::Calm,
                        share,
                        interval: Some([share - 0.05, share + 0.05]),
                        marks: Some([2, 6, 8, 4]),
                    }),
                    others: others.map(|share| OthersResult {
                        schools: 9,
                        share,
                        marks: Some([10, 40, 30, 20]),
                    }),
                })
                .collect(),
        }
    }

    #[test]
    fn a_year_without_the_work_is_a_gap_and_breaks_the_line() {
        let work = work(
            "math",
            &[
                (Some(0.5), Some(0.6)),
                (None, Some(0.6)),
                (Some(0.7), Some(0.6)),
            ],
        );
        let panel = panel(&work, domain(std::slice::from_ref(&work)), SMALL);
        assert_eq!(panel.marks[1].own, None);
        assert!(panel.own.is_empty(), "no line over the gap");
        assert_eq!(panel.others.len(), 1);
        assert!(spoken(&work, 1, Language::En).starts_with("2025: not written"));
    }

    #[test]
    fn all_stands_inside_and_better_is_higher() {
        let works = [
            work("math", &[(Some(0.31), None), (Some(0.62), Some(0.97))]),
            work("russian", &[(Some(0.5), Some(0.5)), (Some(0.9), None)]),
        ];
        let domain = domain(&works);
        assert_eq!(domain, [0.2, 1.0]);
        for work in &works {
            let panel = panel(work, domain, SMALL);
            let plot = SMALL.plot();
            let places: Vec<f64> = panel
                .marks
                .iter()
                .filter_map(|mark| mark.own.as_ref())
                .flat_map(|own| {
                    let [upper, lower] = own.interval.expect("an interval");
                    assert!(upper < own.y && own.y < lower);
                    [upper, own.y, lower]
                })
                .collect();
            assert!(
                places
                    .iter()
                    .all(|place| (plot.top..=plot.bottom).contains(place))
            );
            assert!(places[1] > places[4], "the second year is better");
            assert!(panel.marks[0].x < panel.marks[1].x);
        }
    }

    #[test]
    fn a_narrow_domain_is_opened_and_none_is_whole() {
        let narrow = [work("math", &[(Some(0.65), None)])];
        let [low, high] = domain(&narrow);
        assert!(high - low >= 0.2 - 1e-9, "{low} {high}");
        assert_eq!(domain(&[]), [0.0, 1.0]);
    }

    #[test]
    fn shapes_tell_states_apart() {
        assert_eq!(Kind::of(CellState::Insufficient), Kind::Few);
        assert_eq!(Kind::of(CellState::Calm), Kind::Plain);
        assert_eq!(Kind::of(CellState::Signs), Kind::Striking);
    }

    #[test]
    fn the_table_has_a_row_for_every_year() {
        let works = [work("math", &[(Some(0.5), Some(0.6)), (None, None)])];
        let rows = figures(&works, Language::En).rows;
        assert_eq!(rows.len(), 2);
        assert_eq!(
            rows[0][1..],
            ["2024", "20", "50%", "45%…55%", "60%", "calm"]
        );
        assert_eq!(rows[1][1..], ["2025", "—", "—", "—", "—", "not written"]);
    }
}
