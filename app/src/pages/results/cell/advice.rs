//! What to do next, what honest reason there may be, and what observers wrote.

use api::access::permission::Permission;
use api::management::support::SupportCell;
use api::results::cell::{CellDetail, SheetLabel};
use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::pages::management::{reviews, supports::Beside};
use crate::session::use_session;
use crate::text::number;
use crate::text::results::cell as words;

/// Next steps, help first.
#[component]
pub fn Next(detail: CellDetail) -> impl IntoView {
    let session = use_session();
    let review = session.may(Permission::ReviewRead).then(|| {
        let cell = SupportCell {
            year: detail.year,
            subject: detail.subject.clone(),
            grade: detail.grade,
        };
        view! { <reviews::Beside organisation=detail.organisation cell=cell state=detail.state /> }
    });
    let steps = detail.next_steps;
    (!steps.is_empty()).then(|| {
        view! {
            <section class="stack">
                <div>
                    <h3>{say(words::next_title)}</h3>
                    <p class="small muted">{say(words::next_note)}</p>
                </div>
                <ol class="next">
                    {steps
                        .into_iter()
                        .map(|step| {
                            view! {
                                <li>
                                    <span>{say_text(step)}</span>
                                </li>
                            }
                        })
                        .collect_view()}
                </ol>
                {review}
            </section>
        }
    })
}

/// What was agreed with the school for this cell, and what may be: the loop from a sign to help.
#[component]
pub fn Measures(detail: CellDetail) -> impl IntoView {
    let session = use_session();
    let has_measures = session.may(Permission::SupportRead);
    has_measures.then(|| {
        let cell = SupportCell {
            year: detail.year,
            subject: detail.subject,
            grade: detail.grade,
        };
        view! { <Beside organisation=detail.organisation cell=Some(cell) /> }
    })
}

/// Honest reasons that could give the same picture.
#[component]
pub fn Other(detail: CellDetail) -> impl IntoView {
    let explanations = detail.other_explanations;
    (!explanations.is_empty()).then(|| {
        view! {
            <section class="stack tight">
                <h3>{say(words::other_title)}</h3>
                <ul class="plain-list">
                    {explanations
                        .into_iter()
                        .map(|text| view! { <li>{say_text(text)}</li> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

/// Observers' sheets of this work.
#[component]
pub fn Sheets(detail: CellDetail) -> impl IntoView {
    let sheets = detail.sheets;
    view! {
        <section class="stack tight">
            <h3>{say(words::sheets_title)}</h3>
            {if sheets.is_empty() {
                view! { <p class="small muted">{say(words::sheets_none)}</p> }.into_any()
            } else {
                view! {
                    <ul class="side-list">
                        {sheets
                            .into_iter()
                            .map(|sheet| view! { <Sheet sheet=sheet /> })
                            .collect_view()}
                    </ul>
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Sheet(sheet: SheetLabel) -> impl IntoView {
    let language = use_language();
    let submitted_ms = sheet.submitted_ms;
    let (index, critical) = (sheet.index, sheet.critical);
    let title = move || {
        let language = language.get();
        match submitted_ms {
            Some(at_ms) => words::sheet(language, device::date_time(language, at_ms)),
            None => words::sheet_draft(language).to_owned(),
        }
    };
    let kept = move || {
        let language = language.get();
        index.map(|share| words::sheet_index(language, number::percent(language, share, 0)))
    };
    let violations = move || {
        let language = language.get();
        if critical == 0 {
            words::sheet_clean(language).to_owned()
        } else {
            words::sheet_critical(language, u64::from(critical))
        }
    };
    view! {
        <li>
            <a class="side-entry" href=api::work::submission(sheet.submission)>
                <span
                    class="side-swatch"
                    class:live-alert=critical != 0
                    class:live-done=critical == 0
                >
                    <Icon glyph=if critical == 0 { Glyph::Check } else { Glyph::Alert } />
                </span>
                <span>
                    <b>{title}</b>
                    <span class="small muted num">
                        {violations} {move || kept().map(|kept| format!(" · {kept}"))}
                    </span>
                </span>
            </a>
        </li>
    }
}
