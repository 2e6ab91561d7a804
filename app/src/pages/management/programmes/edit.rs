//! A line written anew or changed.

use api::id::{HeadingId, LineId};
use api::management::programme::{Heading, LineDraft, Programme, ProgrammeState, RemoveLine};
use leptos::prelude::*;

use super::one::Sheet;
use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure, Field, LongField, use_toasts};
use crate::language::{label, say, use_language};
use crate::model::roadmap::heading_name;
use crate::text::management::programmes as words;

/// What stands in the fields.
#[derive(Clone, Copy)]
struct Fields {
    revision: StoredValue<u64>,
    heading: RwSignal<Option<HeadingId>>,
    number: RwSignal<String>,
    measure: RwSignal<String>,
    term: RwSignal<String>,
    executors: RwSignal<String>,
    results: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Fields {
    fn blank() -> Self {
        let text = || RwSignal::new(String::new());
        Fields {
            revision: StoredValue::new(0),
            heading: RwSignal::new(None),
            number: text(),
            measure: text(),
            term: text(),
            executors: text(),
            results: text(),
            reason: text(),
        }
    }

    fn of_line(programme: &Programme, id: LineId) -> Self {
        let fields = Fields::blank();
        if let Some(line) = programme.lines.iter().find(|line| line.id == id) {
            let names: Vec<&str> = line
                .executors
                .iter()
                .map(|executor| executor.name.as_str())
                .collect();
            fields.revision.set_value(line.revision);
            fields.heading.set(line.heading);
            fields.number.set(line.number.clone());
            fields.measure.set(line.measure.clone());
            fields.term.set(line.term.clone());
            fields.executors.set(names.join("; "));
            fields.results.set(line.results.clone());
        }
        fields
    }

    fn draft(self) -> LineDraft {
        LineDraft {
            revision: self.revision.get_value(),
            heading: self.heading.get_untracked(),
            number: self.number.get_untracked(),
            measure: self.measure.get_untracked(),
            term: self.term.get_untracked(),
            executors: self.executors.get_untracked(),
            results: self.results.get_untracked(),
            reason: self.reason.get_untracked(),
        }
    }
}

/// Sends what stands in the fields and closes the form once the server has it.
fn saving(
    sheet: Sheet,
    id: LineId,
    fields: Fields,
    doing: Doing,
    is_open: RwSignal<bool>,
) -> Callback<()> {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let programme = sheet.programme.with_untracked(|one| one.id);
    Callback::new(move |()| {
        let draft = fields.draft();
        doing.run(
            async move {
                let path = api::paths::programme_line(programme, id);
                client.put::<Programme>(&path, &draft).await
            },
            move |_| {
                toasts.say(words::edit_saved(language.get_untracked()));
                is_open.set(false);
                sheet.changed.run(());
            },
        );
    })
}

/// One of the blocks of a roadmap.
#[component]
pub fn BlockChoice(
    /// The page.
    sheet: Sheet,
    /// Id of the field.
    #[prop(into)]
    id: String,
    /// The choice.
    chosen: RwSignal<Option<HeadingId>>,
    /// May it be none?
    may_be_none: bool,
) -> impl IntoView {
    let headings = Memo::new(move |_| sheet.programme.with(|one| one.headings.clone()));
    let label_for = id.clone();
    let option = move |one: Heading| {
        let own = one.id;
        view! {
            <option value=own.to_string() selected=move || chosen.get() == Some(own)>
                {heading_name(&one)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=label_for>{say(words::edit_heading)}</label>
            <select
                class="input"
                id=id
                on:change:target=move |event| chosen.set(event.target().value().parse().ok())
            >
                {may_be_none
                    .then(|| {
                        view! {
                            <option value="" selected=move || chosen.get().is_none()>
                                {say(words::without_heading)}
                            </option>
                        }
                    })}
                {move || headings.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// Changes a line, or takes it out.
#[component]
pub fn EditLine(sheet: Sheet, id: LineId, is_open: RwSignal<bool>) -> impl IntoView {
    let fields = sheet
        .programme
        .with_untracked(|one| Fields::of_line(one, id));
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let removing = Doing::new();
    let is_removing = RwSignal::new(false);
    let programme = sheet.programme.with_untracked(|one| one.id);
    let is_active = Memo::new(move |_| {
        sheet
            .programme
            .with(|one| one.state == ProgrammeState::Active)
    });
    let save = saving(sheet, id, fields, doing, is_open);
    // What somebody else changed meanwhile is seen above the form; saving once more then means it.
    Effect::new(move |_| {
        let revision = sheet.programme.with(|one| {
            one.lines
                .iter()
                .find(|line| line.id == id)
                .map(|line| line.revision)
        });
        if let Some(revision) = revision
            && doing.failure.get().is_some()
        {
            fields.revision.set_value(revision);
        }
    });
    Effect::new(move |_| {
        if doing.failure.get().is_some() {
            sheet.changed.run(());
        }
    });
    let remove = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let asked = RemoveLine {
            revision: fields.revision.get_value(),
            reason: fields.reason.get_untracked(),
        };
        removing.run(
            async move {
                let path = api::paths::of_programme_line(programme, id, "removal");
                client.post::<Programme>(&path, &asked).await
            },
            move |_| {
                toasts.say(words::removed(language.get_untracked()));
                is_removing.set(false);
                sheet.open.set(None);
                sheet.changed.run(());
            },
        );
    };
    view! {
        <LineForm sheet=sheet fields=fields save=save doing=doing name="edit">
            <button type="button" class="button quiet" on:click=move |_| is_open.set(false)>
                {say(words::cancel)}
            </button>
            <button type="button" class="button danger" on:click=move |_| is_removing.set(true)>
                {say(words::remove_line)}
            </button>
        </LineForm>
        <Dialog open=is_removing title=label(words::remove_line)>
            <form class="stack" on:submit=remove>
                <p class="text">{say(words::remove_ask)}</p>
                <Show when=move || is_active.get()>
                    <LongField
                        id="remove-reason"
                        label=label(words::edit_reason)
                        value=fields.reason
                    />
                </Show>
                <DoingFailure doing=removing />
                <div class="actions">
                    <button type="submit" class="button danger" disabled=move || removing.busy.get()>
                        {say(words::remove_line)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// Adds a line.
#[component]
pub fn AddLine(sheet: Sheet) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <Show
            when=move || is_open.get()
            fallback=move || {
                view! {
                    <div class="no-print">
                        <button type="button" class="button" on:click=move |_| is_open.set(true)>
                            {say(words::add_line)}
                        </button>
                    </div>
                }
            }
        >
            <section class="card stack">
                <h2>{say(words::add_line)}</h2>
                <NewLine sheet=sheet is_open=is_open />
            </section>
        </Show>
    }
}

#[component]
fn NewLine(sheet: Sheet, is_open: RwSignal<bool>) -> impl IntoView {
    let fields = Fields::blank();
    let doing = Doing::new();
    // One id for the line that is being written: sent twice, it is one line.
    let id = LineId(uuid::Uuid::now_v7());
    let save = saving(sheet, id, fields, doing, is_open);
    view! {
        <LineForm sheet=sheet fields=fields save=save doing=doing name="new">
            <button type="button" class="button quiet" on:click=move |_| is_open.set(false)>
                {say(words::cancel)}
            </button>
        </LineForm>
    }
}

/// The fields of a line with their buttons.
#[component]
fn LineForm(
    sheet: Sheet,
    fields: Fields,
    save: Callback<()>,
    doing: Doing,
    name: &'static str,
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let is_active = Memo::new(move |_| {
        sheet
            .programme
            .with(|one| one.state == ProgrammeState::Active)
    });
    let hint = move |text: fn(crate::text::Language) -> &'static str| {
        MaybeProp::derive(move || Some(text(language.get()).to_owned()))
    };
    let id = move |field: &str| format!("{name}-{field}");
    view! {
        <form
            class="stack roadmap-form"
            on:submit=move |event| {
                event.prevent_default();
                save.run(());
            }
        >
            <BlockChoice sheet=sheet id=id("heading") chosen=fields.heading may_be_none=true />
            <Field
                id=if name == "new" { "new-number" } else { "edit-number" }
                label=label(words::number)
                value=fields.number
            />
            <LongField id=id("measure") label=label(words::measure) value=fields.measure />
            <Field
                id=if name == "new" { "new-term" } else { "edit-term" }
                label=label(words::term)
                hint=hint(words::edit_term_hint)
                value=fields.term
            />
            <LongField
                id=id("executors")
                label=label(words::executors)
                hint=hint(words::edit_executors_hint)
                value=fields.executors
            />
            <LongField id=id("results") label=label(words::result) value=fields.results />
            <Show when=move || is_active.get()>
                <LongField
                    id=id("reason")
                    label=label(words::edit_reason)
                    hint=hint(words::edit_reason_hint)
                    value=fields.reason
                />
            </Show>
            <DoingFailure doing=doing />
            <div class="actions">
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::edit_save)}
                </button>
                {children()}
            </div>
        </form>
    }
}
