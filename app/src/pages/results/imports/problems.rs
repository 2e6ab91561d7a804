//! Third step: what is wrong, where, and how to mend it.

use api::results::import::{Import, ImportProblem, Severity};
use leptos::prelude::*;

use crate::components::{Glyph, Icon, Notice, TableFrame, Tone};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::model::csv;
use crate::text::results::import as words;
use crate::text::{Language, number};

fn severity_tag(severity: Severity) -> (&'static str, fn(Language) -> &'static str) {
    match severity {
        Severity::Error => ("tag bad", words::severity_error),
        Severity::RowSkipped => ("tag warn", words::severity_skipped),
        Severity::Warning => ("tag calm", words::severity_warning),
    }
}

/// The list of problems with its filter.
#[component]
pub fn ProblemsStep(import: Import) -> impl IntoView {
    let language = use_language();
    let shown = RwSignal::new(None::<Severity>);
    let all = u64::from(import.problem_count);
    let problems = StoredValue::new(import.problems);
    if all == 0 {
        return view! {
            <Notice tone=Tone::Success>
                <p>{say(words::problems_none)}</p>
            </Notice>
        }
        .into_any();
    }
    let listed = problems.with_value(Vec::len) as u64;
    let chip = move |severity: Option<Severity>, name: fn(Language) -> &'static str| {
        let count = problems.with_value(|problems| {
            problems
                .iter()
                .filter(|problem| severity.is_none_or(|severity| problem.severity == severity))
                .count() as u64
        });
        (count > 0).then(|| {
            view! {
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || (shown.get() == severity).to_string()
                    on:click=move |_| shown.set(severity)
                >
                    {say(name)}
                    <span class="num">
                        {move || number::count(language.get(), count)}
                    </span>
                </button>
            }
        })
    };
    let label = label(words::step_problems);
    view! {
        <div class="stack">
            <p class="num">
                {say(move |language| words::problems_lead(language, all))} " "
                {(listed < all)
                    .then(|| say(move |language| words::problems_cut(language, listed)))}
            </p>
            <div class="page-head">
                <div class="chips" role="group">
                    {chip(None, words::filter_all)}
                    {chip(Some(Severity::Error), words::filter_error)}
                    {chip(Some(Severity::RowSkipped), words::filter_skipped)}
                    {chip(Some(Severity::Warning), words::filter_warning)}
                </div>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        problems.with_value(|problems| save(language.get_untracked(), problems));
                    }
                >
                    <Icon glyph=Glyph::Download />
                    {say(words::download_problems)}
                </button>
            </div>
            <TableFrame label=label>
                <table class="table problems">
                    <thead>
                        <tr>
                            <th scope="col" class="end">
                                {say(words::row)}
                            </th>
                            <th scope="col">{say(words::column)}</th>
                            <th scope="col">
                                <span class="hidden-visually">{say(words::state)}</span>
                            </th>
                            <th scope="col">{say(words::what)}</th>
                            <th scope="col">{say(words::hint)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            let severity = shown.get();
                            problems
                                .get_value()
                                .into_iter()
                                .filter(|problem| {
                                    severity.is_none_or(|severity| problem.severity == severity)
                                })
                                .map(|problem| view! { <ProblemRow problem=problem /> })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </TableFrame>
        </div>
    }
    .into_any()
}

#[component]
fn ProblemRow(problem: ImportProblem) -> impl IntoView {
    let (class, name) = severity_tag(problem.severity);
    let place = match (problem.sheet, problem.row) {
        (Some(sheet), Some(row)) => format!("{sheet}: {row}"),
        (Some(sheet), None) => sheet,
        (None, row) => row.map(|row| row.to_string()).unwrap_or_default(),
    };
    view! {
        <tr>
            <td class="end num">{place}</td>
            <td class="num">{problem.column}</td>
            <td>
                <span class=class>{say(name)}</span>
            </td>
            <td>{say_text(problem.text)}</td>
            <td class="muted">{say_text(problem.hint)}</td>
        </tr>
    }
}

fn save(language: Language, problems: &[ImportProblem]) {
    let header = [
        words::row(language),
        words::column(language),
        words::state(language),
        words::what(language),
        words::hint(language),
    ]
    .map(str::to_owned);
    let rows: Vec<Vec<String>> = problems
        .iter()
        .map(|problem| {
            vec![
                problem.row.map(|row| row.to_string()).unwrap_or_default(),
                problem.column.clone().unwrap_or_default(),
                severity_tag(problem.severity).1(language).to_owned(),
                problem.text.in_language(language).to_owned(),
                problem.hint.in_language(language).to_owned(),
            ]
        })
        .collect();
    device::save_file(words::problems_file(language), &csv::file(&header, &rows));
}
