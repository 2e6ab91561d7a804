//! Results by procedure and year: numbers of pupils by subject and grade, and shares of marks.

use api::procedures::procedure::ProcedureKind;
use api::text::Text;
use leptos::prelude::*;

use super::aggregate::{SMALLEST_PUPILS, WorkAggregate};
use super::document::{Frame, Page, document};
use super::suppress::{Group, Published, suppress};
use crate::model::shares;
use crate::text::public::page as words;
use crate::text::{Language, common, number};

/// One work over the municipality, before suppression.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// Pupils and schools.
    pub group: Group,
    /// Shares of marks, with its own suppression.
    pub aggregate: WorkAggregate,
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultsData {
    /// Name of the municipality.
    pub municipality: Text,
    /// Procedures with results, newest first.
    pub procedures: Vec<(ProcedureKind, i32)>,
    /// The one shown; absent before the first.
    pub shown: Option<(ProcedureKind, i32)>,
    /// Works by subject, then by grade.
    pub works: Vec<Work>,
}

/// Works as a table of subjects × grades, suppressed.
struct Table {
    subjects: Vec<(String, Text)>,
    grades: Vec<u8>,
    published: Published,
}

impl Table {
    fn of(works: &[Work]) -> Self {
        let mut subjects: Vec<(String, Text)> = Vec::new();
        let mut grades: Vec<u8> = works.iter().map(|work| work.grade).collect();
        grades.sort_unstable();
        grades.dedup();
        for work in works {
            if !subjects.iter().any(|(code, _)| *code == work.subject) {
                subjects.push((work.subject.clone(), work.aggregate.subject_name.clone()));
            }
        }
        let groups: Vec<Vec<Group>> = subjects
            .iter()
            .map(|(subject, _)| {
                grades
                    .iter()
                    .map(|grade| {
                        works
                            .iter()
                            .find(|work| work.subject == *subject && work.grade == *grade)
                            .map(|work| work.group)
                            .unwrap_or_default()
                    })
                    .collect()
            })
            .collect();
        Table {
            subjects,
            grades,
            published: suppress(&groups),
        }
    }

    fn count(&self, subject: &str, grade: u8) -> Option<u32> {
        let row = self.subjects.iter().position(|(code, _)| code == subject)?;
        let column = self.grades.iter().position(|other| *other == grade)?;
        self.published.cells[row][column]
    }
}

/// Works without the figures that would give a small group away; every page that shows works of one
/// procedure and year must show these, or one page could be subtracted from another.
pub fn protect(works: &[Work]) -> Vec<WorkAggregate> {
    let table = Table::of(works);
    works
        .iter()
        .map(|work| match table.count(&work.subject, work.grade) {
            Some(_) => work.aggregate.clone(),
            None => work.aggregate.clone().hidden(),
        })
        .collect()
}

/// The page as a document.
pub fn results(frame: &Frame, data: &ResultsData) -> String {
    let language = frame.language;
    document(
        frame,
        Page::Results,
        words::public_results_title(language),
        || {
            let name = data.municipality.in_language(language).to_owned();
            view! {
                <section class="hero">
                    <h1>{words::public_results_title(language)}</h1>
                    <p class="lead">{words::public_results_lead(language, name)}</p>
                </section>
                {choice(language, data)}
                {match data.shown {
                    None => {
                        view! { <p class="notice notice-info">{words::front_empty(language)}</p> }
                            .into_any()
                    }
                    Some((kind, year)) => shown(language, data, kind, year).into_any(),
                }}
            }
        },
    )
}

/// Links to the other procedures and years: a page without script has no menus.
fn choice(language: Language, data: &ResultsData) -> impl IntoView + use<> {
    let links: Vec<_> = data
        .procedures
        .iter()
        .map(|(kind, year)| {
            let is_shown = data.shown == Some((*kind, *year));
            let name =
                words::procedure_year(language, common::procedure_short(language, *kind), year);
            view! {
                <a
                    class="chip"
                    href=address(language, *kind, *year)
                    aria-current=is_shown.then_some("true")
                >
                    {name}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="chips" aria-label=words::procedures_label(language)>
            {links}
        </nav>
    }
}

fn code(kind: ProcedureKind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|value| Some(value.as_str()?.to_owned()))
        .unwrap_or_default()
}

fn query(kind: ProcedureKind, year: i32) -> String {
    format!("procedure={}&year={year}", code(kind))
}

fn address(language: Language, kind: ProcedureKind, year: i32) -> String {
    let query = query(kind, year);
    match language {
        Language::Ru => format!("{}?{query}", api::paths::PUBLIC_RESULTS),
        Language::En => format!("{}?{query}&lang=en", api::paths::PUBLIC_RESULTS),
    }
}

fn shown(
    language: Language,
    data: &ResultsData,
    kind: ProcedureKind,
    year: i32,
) -> impl IntoView + use<> {
    let table = Table::of(&data.works);
    let head: Vec<_> = table
        .grades
        .iter()
        .map(|grade| {
            view! { <th scope="col" class="end">{words::grade_column(language, grade)}</th> }
        })
        .collect();
    let cell = |count: &Option<u32>| {
        let text = match count {
            Some(0) => "—".to_owned(),
            Some(count) => number::count(language, u64::from(*count)),
            None => words::few_data(language).to_owned(),
        };
        let class = if count.is_none() { "end few" } else { "end" };
        view! { <td class=class>{text}</td> }
    };
    let names = table
        .subjects
        .iter()
        .map(|(_, name)| name.in_language(language).to_owned())
        .chain([words::total(language).to_owned()]);
    let rows: Vec<_> = names
        .zip(&table.published.cells)
        .map(|(name, cells)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {cells.iter().map(cell).collect::<Vec<_>>()}
                </tr>
            }
        })
        .collect();
    let marks: Vec<_> = protect(&data.works)
        .iter()
        .map(|aggregate| super::front::row(language, aggregate))
        .collect();
    view! {
        <section class="public-section">
            <h2>{words::results_title(language, common::procedure(language, kind), year)}</h2>
            <p class="text muted">{words::counts_lead(language)}</p>
            <div class="table-frame" role="region" tabindex="0" aria-label=words::counts_caption(language)>
                <table class="table num">
                    <caption class="hidden-visually">{words::counts_caption(language)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words::column_subject(language)}</th>
                            {head}
                            <th scope="col" class="end">{words::total(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
        <section class="public-section">
            <h2>{words::column_marks(language)}</h2>
            <p class="text muted">{words::results_lead(language)}</p>
            <div class="table-frame" role="region" tabindex="0" aria-label=words::results_caption(language)>
                <table class="table public-results num">
                    <thead>
                        <tr>
                            <th scope="col">{words::column_work(language)}</th>
                            <th scope="col" class="end of-schools">{words::column_schools(language)}</th>
                            <th scope="col" class="end">{words::column_pupils(language)}</th>
                            <th scope="col">{words::column_marks(language)}</th>
                        </tr>
                    </thead>
                    <tbody>{marks}</tbody>
                </table>
            </div>
        </section>
        <section class="public-section">
            <h2>{words::open_data_title(language)}</h2>
            <p class="text">{words::open_data_lead(language)}</p>
            <p>
                <a class="button" href=format!("{}?{}", api::paths::PUBLIC_RESULTS_CSV, query(kind, year))>
                    {words::open_data_save(language)}
                </a>
            </p>
            {dictionary(language)}
        </section>
    }
}

/// Columns of the open data with their meaning: name, Russian, English.
fn columns(language: Language) -> [(&'static str, &'static str); 13] {
    [
        ("procedure", words::field_procedure(language)),
        ("year", words::field_year(language)),
        ("subject", words::field_subject(language)),
        ("grade", words::field_grade(language)),
        ("pupils", words::field_pupils(language)),
        ("mark_2_percent", words::field_mark(language)),
        ("mark_3_percent", words::field_mark(language)),
        ("mark_4_percent", words::field_mark(language)),
        ("mark_5_percent", words::field_mark(language)),
        ("mark_2_pupils", words::field_mark_pupils(language)),
        ("mark_3_pupils", words::field_mark_pupils(language)),
        ("mark_4_pupils", words::field_mark_pupils(language)),
        ("mark_5_pupils", words::field_mark_pupils(language)),
    ]
}

fn dictionary(language: Language) -> impl IntoView + use<> {
    let rows: Vec<_> = columns(language)
        .into_iter()
        .map(|(name, meaning)| {
            view! {
                <tr>
                    <th scope="row"><code>{name}</code></th>
                    <td>{meaning}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <h3>{words::dictionary_title(language)}</h3>
        <div class="table-frame">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words::dictionary_column(language)}</th>
                        <th scope="col">{words::dictionary_meaning(language)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The open data of one procedure: UTF-8 with a byte-order mark, `;`, CRLF; what is hidden is empty.
///
/// Shares are whole percent that add up to 100: from a hundredth of a percent the number of pupils could be told.
/// Numbers of pupils stand beside them where they give nobody away.
pub fn open_data(data: &ResultsData) -> String {
    let Some((kind, year)) = data.shown else {
        return crate::model::csv::file(&header(), &[]);
    };
    let table = Table::of(&data.works);
    let rows: Vec<Vec<String>> = data
        .works
        .iter()
        .map(|work| {
            let pupils = table.count(&work.subject, work.grade);
            let mut row = vec![
                code(kind),
                year.to_string(),
                work.subject.clone(),
                work.grade.to_string(),
                pupils.map(|count| count.to_string()).unwrap_or_default(),
            ];
            // Shares of a group whose size is hidden are hidden with it.
            let marks = pupils
                .and(work.aggregate.shown())
                .and_then(|shown| shown.marks);
            let counts = marks.map(|marks| marks.0);
            let percents = counts.and_then(shares::whole_percents);
            row.extend(
                (0..4).map(|at| {
                    percents.map_or_else(String::new, |percents| percents[at].to_string())
                }),
            );
            let told = counts.map_or([None; 4], |counts| {
                shares::safe_counts(counts, SMALLEST_PUPILS)
            });
            row.extend(told.map(|count| count.map(|count| count.to_string()).unwrap_or_default()));
            row
        })
        .collect();
    crate::model::csv::file(&header(), &rows)
}

fn header() -> Vec<String> {
    columns(Language::En)
        .map(|(name, _)| name.to_owned())
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::super::aggregate::MarkCounts;
    use super::*;

    fn work(subject: &str, grade: u8, pupils: u32) -> Work {
        let group = Group {
            pupils,
            schools: pupils.min(6),
        };
        let name = Text::new(subject, subject);
        let marks = MarkCounts([pupils / 4; 4]);
        Work {
            subject: subject.to_owned(),
            grade,
            group,
            aggregate: WorkAggregate::new(name, grade, group.schools, pupils, marks),
        }
    }

    fn data() -> ResultsData {
        let kind = ProcedureKind::Vpr;
        ResultsData {
            municipality: Text::new("Район <b>", "District"),
            procedures: vec![(kind, 2026), (kind, 2025)],
            shown: Some((kind, 2026)),
            works: vec![
                work("math", 5, 7),
                work("math", 6, 311),
                work("math", 7, 402),
                work("russian", 5, 287),
                work("russian", 6, 305),
                work("russian", 7, 298),
            ],
        }
    }

    fn frame() -> Frame {
        Frame {
            language: Language::Ru,
            css: "/pkg/style.css".to_owned(),
            is_demo: true,
            version: "0.1.0".to_owned(),
        }
    }

    #[test]
    fn a_small_group_stands_neither_in_the_page_nor_in_the_data() {
        let html = results(&frame(), &data());
        assert!(html.contains("мало данных"));
        assert!(!html.contains(">7<"));
        assert!(!html.contains("<script") && !html.contains("style="));
        assert!(html.contains("Район &lt;b&gt;"));
        assert!(html.len() < 100_000);
        let csv = open_data(&data());
        assert!(csv.contains("vpr;2026;math;5;;;;;;;;;\r\n"), "{csv}");
        assert!(
            csv.contains("vpr;2026;russian;7;298;25;25;25;25;74;74;74;74\r\n"),
            "{csv}"
        );
    }

    #[test]
    fn one_work_of_many_is_less_than_a_percent_and_shares_add_up() {
        let mut data = data();
        data.works = vec![work("english", 8, 1_500)];
        let name = Text::new("Английский", "English");
        let marks = MarkCounts([1, 499, 500, 500]);
        data.works[0].aggregate = WorkAggregate::new(name, 8, 60, 1_500, marks);
        let csv = open_data(&data);
        let line = "english;8;1500;<1;33;33;34;;;500;500\r\n";
        assert!(csv.contains(line), "{csv}");
        let html = results(&frame(), &data).replace(['\u{a0}', '\u{202f}'], " ");
        assert!(
            html.contains("«2» &lt; 1 %, «3» 33 %, «4» 33 % (500)"),
            "{html}"
        );
    }

    #[test]
    fn a_group_that_would_give_another_away_has_no_figures_anywhere() {
        let hidden: Vec<_> = protect(&data().works)
            .iter()
            .map(|aggregate| aggregate.shown().is_none())
            .collect();
        // Mathematics 5 is small; a second grade of it and the same two of Russian must go along.
        assert!(hidden[0]);
        assert_eq!(hidden.iter().filter(|hidden| **hidden).count(), 4);
        let html = results(&frame(), &data());
        for count in ["311", "287", "305"] {
            assert!(!html.contains(&format!(">{count}<")), "{count}");
        }
    }

    #[test]
    fn the_page_and_the_data_hide_the_same() {
        let table = Table::of(&data().works);
        for work in data().works {
            let line = format!("vpr;2026;{};{};", work.subject, work.grade);
            let csv = open_data(&data());
            let rest = csv.split_once(&line).map_or("", |(_, rest)| rest);
            let is_empty = rest.starts_with(';');
            assert_eq!(
                is_empty,
                table.count(&work.subject, work.grade).is_none(),
                "{line}"
            );
        }
    }
}
