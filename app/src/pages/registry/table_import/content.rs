//! What stands in a file: columns to be settled, problems, rows, and the confirmation.

use api::registry::table_import::{
    ColumnChoice, RowEffect, TableColumn, TableContent, TableField, TableImport, TableProblem,
    TableRow,
};
use leptos::prelude::*;

use super::summary;
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Notice, TableFrame, Tone};
use crate::language::{label, say, say_text};
use crate::text::registry::table_import as words;

/// The file with its questions.
#[component]
pub fn Content(
    /// The import.
    import: TableImport,
    /// What the page shows.
    shown: RwSignal<TableImport>,
) -> impl IntoView {
    let doing = Doing::new();
    let told = summary(&import);
    let (id, file_name) = (import.id, import.file_name.clone());
    let brings = import.new + import.changed > 0;
    let Some(content) = import.content else {
        return ().into_any();
    };
    let is_blocked = content.is_blocked;
    let header_row = content.header_row;
    let client = use_client();
    let confirm = move |_| {
        doing.run(
            async move {
                let path = format!("{}/confirm", api::paths::organisation_import(id));
                client
                    .post::<TableImport>(&path, &serde_json::json!({}))
                    .await
            },
            move |import| shown.set(import),
        );
    };
    view! {
        <p class="small muted num">
            {say(move |language| words::file(language, &file_name, header_row))} " · "
            <a href=api::work::SCHOOL_IMPORTS>{say(words::other_file)}</a>
        </p>
        <Columns content=content.clone() id=id shown=shown />
        <Problems problems=content.problems.clone() count=content.problem_count />
        <section class="stack">
            <p class="num">
                <b>{told}</b>
            </p>
            {(!brings && !is_blocked).then(|| view! { <p class="muted">{say(words::nothing)}</p> })}
            <DoingFailure doing=doing />
            <div class="actions">
                <button
                    type="button"
                    class="button primary"
                    disabled=move || doing.busy.get() || is_blocked || !brings
                    on:click=confirm
                >
                    {say(words::confirm)}
                </button>
            </div>
        </section>
        <Rows content=content />
    }
    .into_any()
}

/// What each column is taken for.
#[component]
fn Columns(
    content: TableContent,
    id: api::id::TableImportId,
    shown: RwSignal<TableImport>,
) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let fields = StoredValue::new(content.fields.clone());
    let columns = content.columns.clone();
    let choose = Callback::new(move |(place, field): (usize, Option<String>)| {
        let mut chosen: Vec<Option<String>> =
            columns.iter().map(|column| column.field.clone()).collect();
        if let Some(column) = chosen.get_mut(place) {
            *column = field;
        }
        let choice = ColumnChoice { fields: chosen };
        doing.run(
            async move {
                let path = format!("{}/columns", api::paths::organisation_import(id));
                client.put::<TableImport>(&path, &choice).await
            },
            move |import| shown.set(import),
        );
    });
    let lines = content
        .columns
        .into_iter()
        .enumerate()
        .map(|(place, column)| {
            let example = content
                .rows
                .iter()
                .filter_map(|row| row.cells.get(place))
                .find(|cell| !cell.is_empty())
                .cloned()
                .unwrap_or_default();
            view! {
                <ColumnLine
                    column=column
                    place=place
                    example=example
                    fields=fields
                    choose=choose
                />
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{say(words::columns)}</h2>
            <DoingFailure doing=doing />
            <TableFrame label=label(words::columns)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::column)}</th>
                            <th scope="col">{say(words::example)}</th>
                            <th scope="col">{say(words::taken_for)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </TableFrame>
        </section>
    }
}

#[component]
fn ColumnLine(
    column: TableColumn,
    place: usize,
    example: String,
    fields: StoredValue<Vec<TableField>>,
    choose: Callback<(usize, Option<String>)>,
) -> impl IntoView {
    let header = column.header.clone();
    let name = move |language| {
        if header.is_empty() {
            words::column_blank(language, place + 1)
        } else {
            header.clone()
        }
    };
    let is_left_out = column.field.is_none();
    let options = fields.with_value(|fields| {
        fields
            .iter()
            .cloned()
            .map(|field| {
                let is_chosen = column.field.as_ref() == Some(&field.key);
                view! {
                    <option value=field.key selected=is_chosen>
                        {say(move |language| {
                            let name = field.name.in_language(language);
                            if field.is_needed {
                                words::needed(language, name)
                            } else {
                                name.to_owned()
                            }
                        })}
                    </option>
                }
            })
            .collect_view()
    });
    let label = name.clone();
    view! {
        <tr>
            <th scope="row">{say(name)}</th>
            <td class="muted">{example}</td>
            <td>
                <select
                    class="input"
                    aria-label=say(label)
                    on:change:target=move |event| {
                        let key = event.target().value();
                        choose.run((place, Some(key).filter(|key| !key.is_empty())));
                    }
                >
                    <option value="" selected=is_left_out>
                        {say(words::leave_out)}
                    </option>
                    {options}
                </select>
            </td>
        </tr>
    }
}

#[component]
fn Problems(problems: Vec<TableProblem>, count: u32) -> impl IntoView {
    if problems.is_empty() {
        return view! {
            <Notice tone=Tone::Success>
                <p>{say(words::problems_none)}</p>
            </Notice>
        }
        .into_any();
    }
    let more = u64::from(count).saturating_sub(problems.len() as u64);
    view! {
        <section class="stack">
            <h2>{say(words::problems)}</h2>
            <p class="small muted">{say(words::problems_text)}</p>
            <ul class="people-lines">
                {problems
                    .into_iter()
                    .map(|problem| {
                        let row = problem.row;
                        view! {
                            <li class="people-line">
                                <p>
                                    {row
                                        .map(|row| {
                                            view! {
                                                <span class="num muted">
                                                    {say(move |language| words::row_number(language, row))}
                                                </span>
                                                " "
                                            }
                                        })}
                                    {problem
                                        .field
                                        .map(|field| view! { <b>{say_text(field)}</b> " " })}
                                    {say_text(problem.text)}
                                </p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {(more > 0)
                .then(|| {
                    view! {
                        <p class="small muted">
                            {say(move |language| words::problems_more(language, more))}
                        </p>
                    }
                })}
        </section>
    }
    .into_any()
}

#[component]
fn Rows(content: TableContent) -> impl IntoView {
    let count = content.rows.len() as u64;
    let heads = content
        .columns
        .iter()
        .map(|column| view! { <th scope="col">{column.header.clone()}</th> })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{say(words::rows)}</h2>
            <p class="small muted num">
                {say(move |language| words::rows_first(language, count))}
            </p>
            <TableFrame label=label(words::rows)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="end">
                                "№"
                            </th>
                            <th scope="col">{say(words::effect)}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>
                        {content
                            .rows
                            .into_iter()
                            .map(|row| view! { <Line row=row /> })
                            .collect_view()}
                    </tbody>
                </table>
            </TableFrame>
        </section>
    }
}

#[component]
fn Line(row: TableRow) -> impl IntoView {
    let class = match row.effect {
        RowEffect::New => "tag ok",
        RowEffect::Changed => "tag warn",
        RowEffect::Same => "tag calm",
        RowEffect::LeftOut => "tag bad",
    };
    view! {
        <tr>
            <td class="end num">{row.row}</td>
            <td>
                <span class=class>{say(words::effect_of(row.effect))}</span>
            </td>
            {row.cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}
        </tr>
    }
}
