//! An opened line: what the document says and how it was understood, its terms with what was reported, and its course.

use api::id::LineId;
use api::management::programme::{Line, LineChange, LineHistory, LineReport};
use leptos::prelude::*;

use super::edit::EditLine;
use super::one::Sheet;
use super::report::{GiveDay, Terms};
use crate::client::use_client;
use crate::components::{Loaded, Notice, Tone};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::text::management::programmes as words;
use crate::text::number;

/// What stands under a line when it is opened.
#[component]
pub fn OpenedLine(sheet: Sheet, id: LineId) -> impl IntoView {
    let line = sheet.line(id);
    let is_editing = RwSignal::new(false);
    let may_update = Memo::new(move |_| sheet.programme.with(|one| one.may.update));
    let asks_day =
        Memo::new(move |_| line.with(|line| line.as_ref().is_some_and(|line| line.takes_days)));
    view! {
        <div class="roadmap-detail">
            <div class="stack">
                {move || line.get().map(|line| view! { <Read line=line /> })}
                <Show when=move || may_update.get() && !is_editing.get()>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| is_editing.set(true)>
                            {say(words::correct)}
                        </button>
                    </div>
                </Show>
                <Show when=move || is_editing.get()>
                    <EditLine sheet=sheet id=id is_open=is_editing />
                </Show>
            </div>
            <div class="stack">
                <Terms sheet=sheet id=id />
                <Show when=move || asks_day.get() && may_update.get()>
                    <GiveDay sheet=sheet id=id />
                </Show>
                <History sheet=sheet id=id />
            </div>
        </div>
    }
}

/// What was written and what was understood, side by side, and what is open about it.
#[component]
fn Read(line: Line) -> impl IntoView {
    let language = use_language();
    let questions = line
        .questions
        .iter()
        .cloned()
        .map(|question| view! { <li>{say_text(question)}</li> })
        .collect_view();
    let has_questions = !line.questions.is_empty();
    let executors = line
        .executors
        .iter()
        .map(|executor| {
            let (name, kind) = (executor.name.clone(), executor.kind);
            view! {
                <li>
                    {name}
                    {move || {
                        words::executor_kind(language.get(), kind)
                            .map(|kind| view! { <span class="small muted">" · " {kind}</span> })
                    }}
                </li>
            }
        })
        .collect_view();
    let papers: Vec<_> = line.papers.clone();
    view! {
        {has_questions
            .then(|| {
                view! {
                    <Notice tone=Tone::Warning>
                        <ul class="roadmap-questions">{questions}</ul>
                    </Notice>
                }
            })}
        <table class="roadmap-read">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{say(words::written)}</th>
                    <th scope="col">{say(words::understood)}</th>
                </tr>
            </thead>
            <tbody>
                <tr>
                    <th scope="row">{say(words::term)}</th>
                    <td>{line.written_term}</td>
                    <td lang="ru">{line.term}</td>
                </tr>
                <tr>
                    <th scope="row">{say(words::executors)}</th>
                    <td>{line.written_executors}</td>
                    <td>
                        <ul class="bare">{executors}</ul>
                    </td>
                </tr>
                <tr>
                    <th scope="row">{say(words::result)}</th>
                    <td>{line.results}</td>
                    <td>
                        {papers
                            .into_iter()
                            .enumerate()
                            .map(|(place, paper)| {
                                view! { {(place > 0).then_some("; ")} {say_text(paper)} }
                            })
                            .collect_view()}
                    </td>
                </tr>
            </tbody>
        </table>
    }
}

/// What was reported and changed, newest first; fetched when somebody looks.
#[component]
fn History(sheet: Sheet, id: LineId) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <details class="roadmap-history" on:toggle=move |_| is_open.set(true)>
            <summary>{say(words::history)}</summary>
            <Show when=move || is_open.get()>
                <Course sheet=sheet id=id />
            </Show>
        </details>
    }
}

#[component]
fn Course(sheet: Sheet, id: LineId) -> impl IntoView {
    let client = use_client();
    let programme = sheet.programme.with_untracked(|one| one.id);
    // What was reported shows in the roadmap itself: with a change of it the course is asked again.
    let version = Memo::new(move |_| {
        sheet.programme.with(|one| {
            let line = one.lines.iter().find(|line| line.id == id).cloned();
            (one.revision, line.map(|line| line.periods))
        })
    });
    let history = LocalResource::new(move || {
        version.track();
        async move {
            client
                .get::<LineHistory>(&api::paths::programme_line(programme, id))
                .await
        }
    });
    view! { <Loaded resource=history view=|history| view! { <Entries history=history /> } /> }
}

enum Entry {
    Report(LineReport),
    Change(LineChange),
}

#[component]
fn Entries(history: LineHistory) -> AnyView {
    let mut entries: Vec<(i64, Entry)> = Vec::new();
    for report in history.reports {
        entries.push((report.at_ms, Entry::Report(report)));
    }
    for change in history.changes {
        entries.push((change.at_ms, Entry::Change(change)));
    }
    entries.sort_by_key(|(at_ms, _)| std::cmp::Reverse(*at_ms));
    if entries.is_empty() {
        return view! { <p class="muted small">{say(words::history_empty)}</p> }.into_any();
    }
    view! {
        <ol class="case-timeline">
            {entries
                .into_iter()
                .map(|(_, entry)| match entry {
                    Entry::Report(report) => reported(report).into_any(),
                    Entry::Change(change) => changed(change).into_any(),
                })
                .collect_view()}
        </ol>
    }
    .into_any()
}

fn reported(report: LineReport) -> impl IntoView {
    let (outcome, at_ms) = (report.outcome, report.at_ms);
    let (from, to) = (report.from, report.to);
    view! {
        <li class="case-entry">
            <div>
                <p>
                    <b>{say(move |language| words::outcome(language, outcome))}</b>
                    " · "
                    {match report.organisation {
                        Some(school) => school.into_any(),
                        None => say(words::report_office).into_any(),
                    }}
                    <span class="small muted num">
                        " · "
                        {say(move |language| span(language, &from, &to))}
                        " · "
                        {say(move |language| device::date_time(language, at_ms))}
                    </span>
                </p>
                {(!report.content.is_empty()).then(|| view! { <p class="text">{report.content}</p> })}
                {report.document.map(|(_, title)| view! { <p class="small">{title}</p> })}
            </div>
        </li>
    }
}

fn changed(change: LineChange) -> impl IntoView {
    let at_ms = change.at_ms;
    let reason = change.reason;
    let title = match change.is_removal {
        true => words::removed,
        false => words::history_change,
    };
    let fields = change
        .fields
        .into_iter()
        .map(|one| {
            let (field, before) = (one.field, one.before);
            view! {
                <li>
                    <span class="first-capital">
                        {say(move |language| words::field(language, field))}
                    </span>
                    ": "
                    {one.after}
                    <span class="small muted">
                        " · "
                        {say(move |language| {
                            let before = match before.is_empty() {
                                true => words::blank(language).to_owned(),
                                false => before.clone(),
                            };
                            words::was(language, before)
                        })}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <li class="case-entry">
            <div>
                <p>
                    <b>{say(title)}</b>
                    <span class="small muted num">
                        " · " {say(move |language| device::date_time(language, at_ms))}
                    </span>
                </p>
                <ul class="bare">{fields}</ul>
                {(!reason.is_empty())
                    .then(|| {
                        view! {
                            <p class="small">
                                {say(move |language| words::history_ground(language, &reason))}
                            </p>
                        }
                    })}
            </div>
        </li>
    }
}

/// First and last day, or the only one.
pub fn span(language: crate::text::Language, from: &str, to: &str) -> String {
    let [first, last] = [from, to].map(|day| number::date(language, day));
    match first == last {
        true => first,
        false => [first, last].join(" – "),
    }
}
