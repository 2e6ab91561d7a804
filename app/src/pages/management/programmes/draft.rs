//! What is open in a draft: notes on the file, title and years, and the approval by an order.

use api::management::programme::{Programme, ProgrammeOrder, ProgrammePassport};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::one::Sheet;
use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure, Field, use_toasts};
use crate::language::{label, say, say_text, use_language};
use crate::shell::replacing;
use crate::text::management::programmes as words;

/// The panel of a draft.
#[component]
pub fn DraftPanel(sheet: Sheet) -> impl IntoView {
    let language = use_language();
    let programme = sheet.programme;
    let told = move || {
        let language = language.get();
        programme.with(|one| {
            let questions = one.lines.iter().filter(|line| !line.questions.is_empty());
            let questions = questions.count();
            let lead = words::draft_lead(language, one.lines.len());
            match questions {
                0 => lead,
                // Two facts side by side, no sentence.
                _ => [lead, words::draft_questions(language, questions)].join(" "),
            }
        })
    };
    let notes = Memo::new(move |_| programme.with(|one| one.notes.clone()));
    let may = Memo::new(move |_| programme.with(|one| (one.may.update, one.may.approve)));
    view! {
        <section class="card stack roadmap-draft">
            <h2>{say(words::draft_title)}</h2>
            <p class="text">{told}</p>
            <Show when=move || !notes.with(Vec::is_empty)>
                <div class="stack tight">
                    <h3>{say(words::notes)}</h3>
                    <ul class="roadmap-questions">
                        {move || {
                            notes
                                .get()
                                .into_iter()
                                .map(|note| view! { <li>{say_text(note)}</li> })
                                .collect_view()
                        }}
                    </ul>
                </div>
            </Show>
            <Show when=move || may.get().0>
                <Passport sheet=sheet />
            </Show>
            <div class="actions">
                <Show
                    when=move || may.get().1
                    fallback=move || view! { <p class="muted small">{say(words::only_head)}</p> }
                >
                    <Approve sheet=sheet />
                </Show>
                <Show when=move || may.get().0>
                    <DropDraft sheet=sheet />
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Passport(sheet: Sheet) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let known = sheet.programme.get_untracked();
    let id = known.id;
    let [title, first, last] = [known.title, known.first_day, known.last_day].map(RwSignal::new);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let passport = ProgrammePassport {
            revision: sheet.programme.with_untracked(|one| one.revision),
            title: title.get_untracked(),
            first_day: first.get_untracked(),
            last_day: last.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .put::<Programme>(&api::paths::programme(id), &passport)
                    .await
            },
            move |_| {
                toasts.say(words::passport_saved(language.get_untracked()));
                sheet.changed.run(());
            },
        );
    };
    view! {
        <details>
            <summary>{say(words::passport)}</summary>
            <form class="stack roadmap-form" on:submit=send>
                <Field id="passport-title" label=label(words::passport_title) value=title />
                <div class="roadmap-pair">
                    <Field
                        id="passport-first"
                        label=label(words::first_day)
                        value=first
                        kind="date"
                    />
                    <Field id="passport-last" label=label(words::last_day) value=last kind="date" />
                </div>
                <DoingFailure doing=doing />
                <div>
                    <button type="submit" class="button" disabled=move || doing.busy.get()>
                        {say(words::passport_save)}
                    </button>
                </div>
            </form>
        </details>
    }
}

#[component]
fn Approve(sheet: Sheet) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let is_open = RwSignal::new(false);
    let (id, today) = sheet
        .programme
        .with_untracked(|one| (one.id, one.today.clone()));
    let number = RwSignal::new(String::new());
    let day = RwSignal::new(today);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let order = ProgrammeOrder {
            number: number.get_untracked(),
            day: day.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .post::<Programme>(&api::paths::of_programme(id, "approval"), &order)
                    .await
            },
            move |_| {
                is_open.set(false);
                toasts.say(words::approved_toast(language.get_untracked()));
                sheet.changed.run(());
            },
        );
    };
    view! {
        <button type="button" class="button primary" on:click=move |_| is_open.set(true)>
            {say(words::approve)}
        </button>
        <Dialog open=is_open title=label(words::approve_title)>
            <form class="stack" on:submit=send>
                <p class="text">{say(words::approve_lead)}</p>
                <Field id="order-number" label=label(words::order_number) value=number />
                <Field id="order-day" label=label(words::order_day) value=day kind="date" />
                <DoingFailure doing=doing />
                <div class="actions">
                    <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                        {say(words::approve)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn DropDraft(sheet: Sheet) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let navigate = StoredValue::new_local(use_navigate());
    let doing = Doing::new();
    let is_open = RwSignal::new(false);
    let id = sheet.programme.with_untracked(|one| one.id);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        doing.run(
            async move { client.delete::<()>(&api::paths::programme(id)).await },
            move |()| {
                toasts.say(words::dropped(language.get_untracked()));
                navigate.with_value(|go| go(api::work::PROGRAMMES, replacing()));
            },
        );
    };
    view! {
        <button type="button" class="button quiet" on:click=move |_| is_open.set(true)>
            {say(words::drop_draft)}
        </button>
        <Dialog open=is_open title=label(words::drop_draft)>
            <form class="stack" on:submit=send>
                <p class="text">{say(words::drop_ask)}</p>
                <DoingFailure doing=doing />
                <div class="actions">
                    <button type="submit" class="button danger" disabled=move || doing.busy.get()>
                        {say(words::drop_draft)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
