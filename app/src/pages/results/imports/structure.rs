//! Second step: what was recognised, and the first rows as they will be stored.

use api::results::import::{
    Import, ImportColumn, ImportPreview, ImportSchool, ImportSheet, ImportStructure, ImportWork,
};
use leptos::prelude::*;

use crate::components::{Glyph, Icon, Notice, TableFrame, Tone};
use crate::language::{label, say};
use crate::text::common;
use crate::text::results::import as words;

/// What was recognised.
#[component]
pub fn StructureStep(import: Import) -> impl IntoView {
    let same = import.same_as.map(|id| {
        view! {
            <Notice tone=Tone::Warning>
                <p>{say(words::same_as)}</p>
                <a href=api::work::import(id)>{say(words::same_as_open)}</a>
            </Notice>
        }
    });
    let rows = import.row_count;
    let structure = match import.structure {
        Some(structure) => view! { <Structure structure=structure rows=rows /> }.into_any(),
        None => view! {
            <Notice tone=Tone::Danger>
                <p>{say(words::unrecognised)}</p>
            </Notice>
        }
        .into_any(),
    };
    view! {
        <div class="stack loose">
            {same} {structure} {import.preview.map(|preview| view! { <Preview preview=preview /> })}
        </div>
    }
}

#[component]
fn Structure(structure: ImportStructure, rows: u32) -> impl IntoView {
    let (format, sheet, header_row) = (structure.format, structure.sheet, structure.header_row);
    let declared = structure.declared_participants;
    view! {
        <p class="muted num">
            {say(move |language| match (format.as_str(), &sheet) {
                ("f1", Some(sheet)) => words::format_f1(language, sheet, header_row),
                _ => words::format_csv(language, header_row),
            })}
        </p>
        <section class="stack tight">
            <h2>{say(words::works_found)}</h2>
            <ul class="found">
                {structure
                    .works
                    .into_iter()
                    .map(|work| view! { <Work work=work /> })
                    .collect_view()}
            </ul>
            {declared
                .map(|declared| {
                    view! {
                        <p class="small muted num">
                            {say(move |language| words::declared(language, declared, rows))}
                        </p>
                    }
                })}
        </section>
        <Sheets sheets=structure.sheets absent=structure.absent />
        <Schools schools=structure.schools />
        <Columns columns=structure.columns />
    }
}

/// Every sheet of the workbook, and whether it was read.
#[component]
fn Sheets(sheets: Vec<ImportSheet>, absent: u32) -> impl IntoView {
    let absent = (absent > 0).then(|| {
        view! {
            <p class="small muted num">
                {say(move |language| words::absent(language, absent))}
            </p>
        }
    });
    let list = (!sheets.is_empty()).then(|| {
        view! {
            <h2>{say(words::sheets_found)}</h2>
            <ul class="mapping">
                {sheets
                    .into_iter()
                    .map(|sheet| {
                        let (name, rows) = (sheet.name, sheet.rows);
                        let state = if sheet.read { words::sheet_read } else { words::sheet_not_read };
                        view! {
                            <li class="num">
                                <span>
                                    {say(move |language| words::sheet_line(language, &name, rows))}
                                </span>
                                <span class=if sheet.read { "tag ok" } else { "tag warn" }>
                                    {say(state)}
                                </span>
                                {sheet
                                    .hidden
                                    .then(|| {
                                        view! {
                                            <span class="tag warn">{say(words::sheet_hidden)}</span>
                                        }
                                    })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    });
    view! {
        <section class="stack tight">
            {list} {absent}
        </section>
    }
}

#[component]
fn Work(work: ImportWork) -> impl IntoView {
    let (subject, grade, year) = (work.subject_name, work.grade, work.year);
    let (items, max, rows) = (
        work.items.len() as u64,
        work.max_score,
        u64::from(work.rows),
    );
    view! {
        <li>
            <b>
                {say(move |language| {
                    let subject = common::subject_grade(
                        language,
                        subject.in_language(language),
                        grade,
                    );
                    words::work(language, subject, year)
                })}
            </b>
            <span class="small muted num">
                {say(move |language| words::work_detail(
                    language,
                    words::items(language, items),
                    max,
                    common::rows(language, rows),
                ))}
            </span>
            <span class="items num">
                {work
                    .items
                    .into_iter()
                    .map(|item| {
                        view! {
                            <span class="item">
                                {item.code} <small>{item.max}</small>
                            </span>
                        }
                    })
                    .collect_view()}
            </span>
        </li>
    }
}

#[component]
fn Schools(schools: Vec<ImportSchool>) -> impl IntoView {
    let count = schools.len() as u64;
    let (known, unknown): (Vec<_>, Vec<_>) = schools.into_iter().partition(|school| school.known);
    let missing = unknown.len() as u64;
    let entry = |school: ImportSchool| {
        let rows = u64::from(school.rows);
        let name = school.name.unwrap_or_else(|| school.code.clone());
        view! {
            <li class=if school.known { "" } else { "unknown" }>
                <span>{name}</span>
                <span class="faint num">
                    {say(move |language| common::rows(language, rows))}
                </span>
            </li>
        }
    };
    view! {
        <section class="stack tight">
            <h2>{say(words::schools_found)}</h2>
            {if missing == 0 {
                view! {
                    <p class="ok-line">
                        <Icon glyph=Glyph::Check />
                        {say(words::schools_known)}
                    </p>
                }
                    .into_any()
            } else {
                view! {
                    <Notice tone=Tone::Warning>
                        <p>{say(move |language| words::schools_unknown(language, missing))}</p>
                        <ul class="school-list">
                            {unknown.into_iter().map(entry).collect_view()}
                        </ul>
                    </Notice>
                }
                    .into_any()
            }}
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(move |language| common::schools(language, count))}
                </summary>
                <ul class="school-list disclosure-body">
                    {known.into_iter().map(entry).collect_view()}
                </ul>
            </details>
        </section>
    }
}

#[component]
fn Columns(columns: Vec<ImportColumn>) -> impl IntoView {
    // Items are listed with their work; here they would only make the table long.
    let (items, others): (Vec<_>, Vec<_>) = columns
        .into_iter()
        .partition(|column| column.meaning == "item");
    let items = items.len() as u64;
    view! {
        <section class="stack tight">
            <h2>{say(words::columns_found)}</h2>
            <ul class="mapping">
                {others
                    .into_iter()
                    .map(|column| {
                        let meaning = column.meaning;
                        let class = match meaning.as_str() {
                            "refused" => "tag bad",
                            "ignored" => "tag calm",
                            _ => "tag ok",
                        };
                        view! {
                            <li>
                                <span>{column.header}</span>
                                <Icon glyph=Glyph::ArrowRight />
                                <span class=class>
                                    {say(move |language| words::column_meaning(language, &meaning))}
                                </span>
                            </li>
                        }
                    })
                    .collect_view()}
                {(items > 0)
                    .then(|| {
                        view! {
                            <li class="num">
                                {say(move |language| words::item_columns(language, items))}
                            </li>
                        }
                    })}
            </ul>
        </section>
    }
}

#[component]
fn Preview(preview: ImportPreview) -> impl IntoView {
    let label = label(words::preview);
    view! {
        <section class="stack tight">
            <h2>{say(words::preview)}</h2>
            <p class="small muted">{say(words::preview_note)}</p>
            <TableFrame label=label>
                <table class="table dense num">
                    <thead>
                        <tr>
                            {preview
                                .columns
                                .into_iter()
                                .map(|column| {
                                    view! {
                                        <th scope="col">
                                            {say(move |language| {
                                                words::column_meaning(language, &column)
                                            })}
                                        </th>
                                    }
                                })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        {preview
                            .rows
                            .into_iter()
                            .map(|row| {
                                view! {
                                    <tr>
                                        {row
                                            .into_iter()
                                            .map(|cell| view! { <td>{cell}</td> })
                                            .collect_view()}
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </TableFrame>
        </section>
    }
}
