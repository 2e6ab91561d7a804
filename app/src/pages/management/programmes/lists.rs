//! The roadmap by date and by executor.

use api::id::LineId;
use api::management::programme::LinePeriod;
use leptos::prelude::*;

use super::line::OpenedLine;
use super::one::{Shape, Sheet};
use super::scale::{LineStateTag, state_class};
use crate::components::TableFrame;
use crate::language::{label, say};
use crate::model::roadmap::{Scale, board, dated};
use crate::text::management::programmes as words;
use crate::text::number;

/// What is open or ahead in the school year, by its last day.
#[component]
pub fn List(sheet: Sheet) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let found = dated(&sheet.lines(), Scale::of(sheet.year.get()));
        found
            .into_iter()
            .map(|one| (one.line.id, one.line.number, one.line.measure, one.period))
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || shown.with(Vec::is_empty)>
            <p class="muted">{say(words::none_shown)}</p>
        </Show>
        <TableFrame label=label(words::view_list)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::term)}</th>
                        <th scope="col">{say(words::measure)}</th>
                        <th scope="col">{say(words::state)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || shown.get()
                        key=|one| one.clone()
                        children=move |(id, number, measure, period)| {
                            view! {
                                <ListRow
                                    sheet=sheet
                                    id=id
                                    number=number
                                    measure=measure
                                    period=period
                                />
                            }
                        }
                    />
                </tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn ListRow(
    sheet: Sheet,
    id: LineId,
    number: String,
    measure: String,
    period: Option<LinePeriod>,
) -> impl IntoView {
    let state = period.as_ref().map(|period| period.state);
    let last = period.map(|period| period.to);
    let open = move |_| {
        sheet.shape.set(Shape::Scale);
        sheet.open.set(Some(id));
    };
    view! {
        <tr>
            <td class="num">
                {match last {
                    Some(day) => say(move |language| number::date(language, &day)).into_any(),
                    None => view! { <span class="muted">"—"</span> }.into_any(),
                }}
            </td>
            <th scope="row">
                <button type="button" class="roadmap-name" on:click=open>
                    <span class="num muted">{number} " "</span>
                    {measure}
                </button>
            </th>
            <td>
                {match state {
                    Some(state) => {
                        view! {
                            <span class="roadmap-state">
                                <span
                                    class=format!("roadmap-dot {}", state_class(state))
                                    aria-hidden="true"
                                ></span>
                                {say(move |language| words::period_state(language, state))}
                            </span>
                        }
                            .into_any()
                    }
                    None => {
                        view! { <span class="roadmap-asks">{say(words::needs_date)}</span> }
                            .into_any()
                    }
                }}
            </td>
        </tr>
    }
}

/// Lines by executor: a column for each.
#[component]
pub fn Board(sheet: Sheet) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let found = board(&sheet.lines());
        found
            .into_iter()
            .map(|(name, lines)| {
                let ids: Vec<LineId> = lines.iter().map(|line| line.id).collect();
                (name, ids)
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || shown.with(Vec::is_empty)>
            <p class="muted">{say(words::none_shown)}</p>
        </Show>
        <div class="roadmap-board" role="region" tabindex="0" aria-label=say(words::view_board)>
            <For
                each=move || shown.get()
                key=|column| column.clone()
                children=move |(name, lines)| {
                    view! { <Column sheet=sheet name=name lines=lines /> }
                }
            />
        </div>
        <Opened sheet=sheet />
    }
}

#[component]
fn Column(sheet: Sheet, name: String, lines: Vec<LineId>) -> impl IntoView {
    let count = lines.len();
    view! {
        <section class="roadmap-column">
            <h3>
                {name} " " <span class="muted num">{count}</span>
            </h3>
            <ul class="bare">
                {lines
                    .into_iter()
                    .map(|id| view! { <Card sheet=sheet id=id /> })
                    .collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Card(sheet: Sheet, id: LineId) -> impl IntoView {
    let line = sheet.line(id);
    view! {
        <li>
            <button
                type="button"
                class="roadmap-card"
                aria-pressed=move || (sheet.open.get() == Some(id)).to_string()
                on:click=move |_| sheet.open.set(Some(id))
            >
                <span class="small muted num">{move || line.get().map(|line| line.number)}</span>
                <span>{move || line.get().map(|line| line.measure)}</span>
                {move || line.get().map(|line| view! { <LineStateTag line=line /> })}
            </button>
        </li>
    }
}

/// The line that was opened on the board, under it.
#[component]
fn Opened(sheet: Sheet) -> impl IntoView {
    view! {
        <For
            each=move || sheet.open.get()
            key=|line| *line
            children=move |id| {
                let line = sheet.line(id);
                view! {
                    <section class="card stack">
                        <h2>{move || line.get().map(|line| line.measure)}</h2>
                        <OpenedLine sheet=sheet id=id />
                    </section>
                }
            }
        />
    }
}
