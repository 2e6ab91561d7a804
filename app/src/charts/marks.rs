//! Marks 2–5 as shares, by year, beside the other schools in the newest year.

use api::results::dynamics::{Beside, WorkDynamics};
use leptos::prelude::*;

use super::WIDTH;
use super::frame::{ChartFrame, Figures};
use super::legend::{Key, legend};
use super::stack::{self, Part};
use super::walk::{self, Stop};
use crate::text::results::cell as cell_words;
use crate::text::{Language, chart as words, number};

const CLASSES: [&str; 4] = ["m2", "m3", "m4", "m5"];
const BAR: f64 = 24.0;
const STEP: f64 = 32.0;
const LEFT: f64 = 96.0;

/// Whose marks a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The school's, in a year.
    Own(i32),
    /// The other schools', in a year.
    Others(i32),
    /// Nobody's: the school did not write in this year, or works carried no marks.
    Nobody(i32),
}

/// A row of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Whose marks.
    pub whose: Whose,
    /// Pupils by mark.
    pub counts: [u32; 4],
    /// Upper edge.
    pub y: f64,
    /// Parts; none without marks.
    pub parts: Vec<Part>,
}

/// Rows from the oldest year on; the other schools follow the newest year that has both.
pub fn rows(work: &WorkDynamics) -> Vec<Row> {
    let newest = work
        .years
        .iter()
        .rev()
        .find(|year| year.own.as_ref().is_some_and(|own| own.marks.is_some()));
    let own = work
        .years
        .iter()
        .map(|year| match year.own.as_ref().and_then(|own| own.marks) {
            Some(counts) => (Whose::Own(year.year), counts),
            None => (Whose::Nobody(year.year), [0; 4]),
        });
    let others = newest.and_then(|year| {
        let counts = year.others.as_ref()?.marks?;
        Some((Whose::Others(year.year), counts))
    });
    own.chain(others)
        .enumerate()
        .map(|(index, (whose, counts))| Row {
            whose,
            counts,
            y: 2.0 + index as f64 * STEP,
            parts: if counts == [0; 4] {
                Vec::new()
            } else {
                stack::parts(CLASSES, counts.map(f64::from), [LEFT, WIDTH])
            },
        })
        .collect()
}

fn name(whose: Whose, beside: Beside, language: Language) -> String {
    match whose {
        Whose::Own(year) | Whose::Nobody(year) => year.to_string(),
        Whose::Others(year) => match beside {
            Beside::Cluster => words::alike_short(language, year),
            Beside::Municipality => words::elsewhere_short(language, year),
        },
    }
}

fn spoken(row: &Row, beside: Beside, language: Language) -> Vec<String> {
    let name = name(row.whose, beside, language);
    let pupils: u32 = row.counts.iter().sum();
    row.parts
        .iter()
        .zip(2_u8..)
        .zip(row.counts)
        .map(|((part, mark), count)| {
            words::marks_part(
                language,
                u64::from(pupils),
                &name,
                mark,
                number::percent(language, part.share, 0),
                count,
            )
        })
        .collect()
}

fn draw(work: &WorkDynamics, language: Language) -> AnyView {
    let rows = rows(work);
    let height = 2.0 + rows.len() as f64 * STEP;
    let mut stops = Vec::new();
    for row in &rows {
        for (part, text) in row.parts.iter().zip(spoken(row, work.beside, language)) {
            if part.width > 0.0 {
                stops.push(Stop {
                    x: part.x + part.width / 2.0,
                    y: row.y + BAR / 2.0,
                    text,
                });
            }
        }
    }
    let bars: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let name = name(row.whose, work.beside, language);
            let is_empty = row.parts.is_empty();
            view! {
                <text class="chart-label end" x=LEFT - 8.0 y=row.y + 16.5>
                    {name}
                </text>
                {stack::bar(
                    row.parts,
                    row.y,
                    BAR,
                    |share| number::percent(language, share, 0),
                )}
                {is_empty
                    .then(|| {
                        view! {
                            <text class="chart-label" x=LEFT y=row.y + 16.5>
                                {words::no_marks(language)}
                            </text>
                        }
                    })}
            }
        })
        .collect();
    let keys = CLASSES
        .into_iter()
        .zip(2_u8..)
        .map(|(class, mark)| (Key::Part(class), cell_words::mark(language, mark)))
        .collect();
    view! {
        {walk::drawing(language, words::marks_title(language), [WIDTH, height], stops, bars)}
        {legend(keys)}
    }
    .into_any()
}

fn figures(work: &WorkDynamics, language: Language) -> Figures {
    Figures {
        header: [
            words::year(language).to_owned(),
            words::pupils(language).to_owned(),
        ]
        .into_iter()
        .chain((2_u8..=5).map(|mark| cell_words::mark(language, mark)))
        .collect(),
        rows: rows(work)
            .into_iter()
            .map(|row| {
                let pupils: u32 = row.counts.iter().sum();
                let name = name(row.whose, work.beside, language);
                let shares = row.counts.map(|count| {
                    if pupils == 0 {
                        "—".to_owned()
                    } else {
                        number::percent(language, f64::from(count) / f64::from(pupils), 0)
                    }
                });
                [name, pupils.to_string()]
                    .into_iter()
                    .chain(shares)
                    .collect()
            })
            .collect(),
    }
}

/// Marks by year; nothing where works carry none.
#[component]
pub fn MarksChart(
    /// The work.
    work: WorkDynamics,
) -> impl IntoView {
    let has_marks = rows(&work)
        .iter()
        .any(|row| matches!(row.whose, Whose::Own(_)));
    let work = StoredValue::new(work);
    has_marks.then(|| {
        view! {
            <ChartFrame
                title=words::marks_title
                note=words::marks_note
                draw=move |language| work.with_value(|work| draw(work, language))
                figures=move |language| work.with_value(|work| figures(work, language))
            />
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::years::tests::work;
    use super::*;

    #[test]
    fn a_year_without_marks_keeps_its_row_empty() {
        let work = work(
            "math",
            &[
                (Some(0.5), Some(0.6)),
                (None, Some(0.6)),
                (Some(0.7), Some(0.6)),
            ],
        );
        let rows = rows(&work);
        let whose: Vec<Whose> = rows.iter().map(|row| row.whose).collect();
        assert_eq!(
            whose,
            [
                Whose::Own(2024),
                Whose::Nobody(2025),
                Whose::Own(2026),
                Whose::Others(2026)
            ]
        );
        assert!(rows[1].parts.is_empty());
        let shares: Vec<f64> = rows[0].parts.iter().map(|part| part.share).collect();
        assert_eq!(shares, [0.1, 0.3, 0.4, 0.2]);
        for pair in rows.windows(2) {
            assert!(pair[1].y >= pair[0].y + BAR, "rows do not touch");
        }
    }

    #[test]
    fn the_table_shows_no_share_of_nobody() {
        let work = work("math", &[(None, None), (Some(0.7), None)]);
        let rows = figures(&work, Language::En).rows;
        assert_eq!(rows[0], ["2024", "0", "—", "—", "—", "—"]);
        assert_eq!(rows[1], ["2025", "20", "10%", "30%", "40%", "20%"]);
    }
}
