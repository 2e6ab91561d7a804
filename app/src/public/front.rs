//! The front page: the municipality in aggregates.

use api::procedures::procedure::ProcedureKind;
use api::text::Text;
use leptos::prelude::*;

use super::aggregate::{MarkCounts, SMALLEST_PUPILS, WorkAggregate, rounded};
use super::document::{Frame, Page, document};
use crate::model::campaign::Tally;
use crate::model::shares::{self, WholePercent};
use crate::text::public::page as words;
use crate::text::{Language, common, number};

/// What the front page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontData {
    /// Name of the municipality.
    pub municipality: Text,
    /// The newest procedure with results and its calendar year; absent before the first.
    pub procedure: Option<(ProcedureKind, i32)>,
    /// Schools with results in it.
    pub schools: u32,
    /// Pupil-works in it; shown rounded.
    pub works: u64,
    /// Share of its events with a submitted observer's sheet, 0–1; absent when there were no events.
    pub observed: Option<f64>,
    /// How far the schools of the newest campaign of self-assessment are.
    pub assessed: Option<Tally>,
    /// Works by subject, then by grade.
    pub aggregates: Vec<WorkAggregate>,
}

/// The front page as a document.
pub fn front(frame: &Frame, data: &FrontData) -> String {
    let language = frame.language;
    document(frame, Page::Front, words::front_title(language), || {
        let name = data.municipality.in_language(language);
        view! {
            <section class="hero">
                <h1>{words::front_title(language)}</h1>
                <p class="lead">{words::front_lead(language, name)}</p>
                {figures(language, data)}
            </section>
            {results(language, data)}
            {how(language)}
        }
    })
}

fn figures(language: Language, data: &FrontData) -> impl IntoView + use<> {
    let figure = |value: String, name: &'static str| {
        view! {
            <div>
                <dd class="num">{value}</dd>
                <dt>{name}</dt>
            </div>
        }
    };
    let has_results = data.procedure.is_some();
    let schools = has_results.then(|| {
        figure(
            number::count(language, u64::from(data.schools)),
            words::front_schools(language),
        )
    });
    let works = has_results.then(|| {
        figure(
            number::count(language, rounded(data.works)),
            words::front_works(language),
        )
    });
    let observed = data.observed.map(|share| {
        figure(
            number::percent(language, share, 0),
            words::front_observed(language),
        )
    });
    let assessed = data.assessed.map(|tally| {
        view! {
            <div>
                <dd class="num">{words::front_of(language, tally.handed_over, tally.all)}</dd>
                <dt>{words::front_assessed(language, tally.approved)}</dt>
            </div>
        }
    });
    view! { <dl class="figures">{schools} {works} {observed} {assessed}</dl> }
}

fn results(language: Language, data: &FrontData) -> impl IntoView + use<> {
    let Some((kind, year)) = data.procedure else {
        return view! { <p class="notice notice-info">{words::front_empty(language)}</p> }
            .into_any();
    };
    let rows: Vec<_> = data
        .aggregates
        .iter()
        .map(|aggregate| row(language, aggregate))
        .collect();
    let legend: Vec<_> = [
        ("m2", words::mark_2(language)),
        ("m3", words::mark_3(language)),
        ("m4", words::mark_4(language)),
        ("m5", words::mark_5(language)),
    ]
    .into_iter()
    .map(|(class, name)| {
        view! {
            <li>
                <span class=format!("mark-swatch {class}") aria-hidden="true"></span>
                {name}
            </li>
        }
    })
    .collect();
    view! {
        <section class="public-section">
            <h2>
                {words::results_title(language, common::procedure(language, kind), year)}
            </h2>
            <p class="text muted">{words::results_lead(language)}</p>
            <ul class="mark-legend">{legend}</ul>
            <div
                class="table-frame"
                role="region"
                tabindex="0"
                aria-label=words::results_caption(language)
            >
                <table class="table public-results num">
                    <thead>
                        <tr>
                            <th scope="col">{words::column_work(language)}</th>
                            <th scope="col" class="end of-schools">
                                {words::column_schools(language)}
                            </th>
                            <th scope="col" class="end">
                                {words::column_pupils(language)}
                            </th>
                            <th scope="col">{words::column_marks(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

pub(super) fn row(language: Language, aggregate: &WorkAggregate) -> impl IntoView + use<> {
    let work = common::subject_grade(
        language,
        aggregate.subject_name.in_language(language),
        aggregate.grade,
    );
    let cells = match aggregate.shown() {
        None => view! {
            <td class="faint end of-schools">"—"</td>
                <td class="faint end">"—"</td>
                <td class="faint">
                {words::few_data(language)}
            </td>
        }
        .into_any(),
        Some(shown) => {
            let marks = match shown.marks {
                Some(marks) => mark_bar(language, marks).into_any(),
                None => view! { <span class="faint">{words::few_data(language)}</span> }.into_any(),
            };
            view! {
                <td class="end of-schools">
                    {number::count(language, u64::from(shown.schools))}
                </td>
                <td class="end">{number::count(language, u64::from(shown.pupils))}</td>
                <td class="marks-cell">{marks}</td>
            }
            .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{work}</th>
            {cells}
        </tr>
    }
}

/// Shares of the marks 2, 3, 4, 5 as a stacked bar; the numbers are its words, with counts where they give nobody away.
fn mark_bar(language: Language, MarkCounts(counts): MarkCounts) -> impl IntoView {
    /// A number needs this much room inside its part, per cent of the bar.
    const ROOM: f64 = 9.0;
    /// A number in a part below this has no room on a narrow screen.
    const NARROW: f64 = 22.0;
    let all: u32 = counts.iter().sum();
    let percents = shares::whole_percents(counts).unwrap_or([WholePercent::Number(0); 4]);
    let told = shares::safe_counts(counts, SMALLEST_PUPILS);
    let label = percents
        .iter()
        .zip(told)
        .zip(2..)
        .map(|((percent, count), mark)| {
            let percent = number::whole_percent(language, *percent);
            match count {
                Some(count) => words::mark_share_count(language, mark, percent, count),
                None => words::mark_share(language, mark, percent),
            }
        })
        .collect::<Vec<_>>()
        .join(", ");
    let title = label.clone();
    let mut at = 0.0;
    let parts: Vec<_> = counts
        .into_iter()
        .zip(percents)
        .zip(2..)
        .map(|((count, percent), mark)| {
            let width = f64::from(count) / f64::from(all.max(1)) * 100.0;
            let x = at;
            at += width;
            view! {
                <rect
                    class=format!("m{mark}")
                    x=format!("{x:.2}%")
                    width=format!("{width:.2}%")
                    height="100%"
                />
                {(width >= ROOM)
                    .then(|| {
                        view! {
                            <text
                                class=format!("on-m{mark}{}", if width < NARROW { " tight" } else { "" })
                                x=format!("{:.2}%", x + width / 2.0)
                                y="16"
                            >
                                {number::whole_percent(language, percent)}
                            </text>
                        }
                    })}
            }
        })
        .collect();
    view! {
        <svg class="mark-bar" role="img" aria-label=label>
            <title>{title}</title>
            {parts}
        </svg>
    }
}

fn how(language: Language) -> impl IntoView {
    let step = |title: &'static str, text: &'static str| {
        view! {
            <li>
                <h3>{title}</h3>
                <p>{text}</p>
            </li>
        }
    };
    let lang = match language {
        Language::Ru => "",
        Language::En => "?lang=en",
    };
    view! {
        <section class="public-section">
            <h2>{words::how_title(language)}</h2>
            <ol class="how">
                {step(words::how_1_title(language), words::how_1(language))}
                {step(words::how_2_title(language), words::how_2(language))}
                {step(words::how_3_title(language), words::how_3(language))}
            </ol>
            <p class="actions">
                <a class="button" href=format!("{}{lang}", api::paths::PUBLIC_METHODOLOGY)>
                    {words::more_method(language)}
                </a>
                <a class="button" href=format!("{}{lang}", api::paths::PUBLIC_PURPOSE)>
                    {words::more_purpose(language)}
                </a>
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::MarkCounts;

    fn frame() -> Frame {
        Frame {
            language: Language::Ru,
            css: "/pkg/style.css".to_owned(),
            is_demo: true,
            version: "0.1.0".to_owned(),
        }
    }

    fn data(pupils: u32) -> FrontData {
        FrontData {
            municipality: Text::new("Район <script>", "District"),
            procedure: Some((ProcedureKind::Vpr, 2026)),
            schools: 30,
            works: 5_812,
            observed: Some(0.4),
            assessed: Some(Tally {
                handed_over: 12,
                approved: 9,
                all: 30,
            }),
            aggregates: vec![WorkAggregate::new(
                Text::new("Математика", "Mathematics"),
                5,
                22,
                pupils,
                MarkCounts([pupils / 4; 4]),
            )],
        }
    }

    #[test]
    fn small_groups_read_few_data_and_leak_nothing() {
        let html = front(&frame(), &data(8));
        assert!(html.contains("мало данных"));
        assert!(!html.contains("mark-bar"));
        assert!(
            !html.contains(">22<"),
            "the number of schools is hidden too"
        );
    }

    #[test]
    fn a_demo_says_so_and_names_are_escaped() {
        let html = front(&frame(), &data(400));
        assert!(html.starts_with("<!doctype html><html lang=\"ru\">"));
        assert!(html.contains("вымышлены"));
        assert!(html.contains("Район &lt;script&gt;"));
        assert!(!html.contains("<script"));
        assert!(
            !html.contains("style="),
            "the content policy allows no style attributes"
        );
    }

    #[test]
    fn the_page_is_small() {
        let mut large = data(400);
        large.aggregates = vec![large.aggregates[0].clone(); 60];
        assert!(front(&frame(), &large).len() < 100_000);
    }
}
