//! The wizard: file, structure, problems, confirmation; an import keeps its address.

use api::access::permission::Permission;
use api::id::ImportId;
use api::results::import::{
    ALREADY_IMPORTED, CLASS_NAMES, ConfirmImport, EarlierResults, Import, ImportState,
    ImportStored, Severity,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::file::FileStep;
use super::problems::ProblemsStep;
use super::structure::StructureStep;
use super::undo::UndoDialog;
use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Glyph, Icon, Loaded, Notice, Tone};
use crate::language::{say, use_language};
use crate::session::use_session;
use crate::shell::{set_title, whole_path};
use crate::text::results::import as words;
use crate::text::{Language, common, number};

/// A step of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    File,
    Structure,
    Problems,
    Confirm,
}

impl Step {
    const ALL: [Step; 4] = [Step::File, Step::Structure, Step::Problems, Step::Confirm];

    fn name(self) -> fn(Language) -> &'static str {
        match self {
            Step::File => words::step_file,
            Step::Structure => words::step_structure,
            Step::Problems => words::step_problems,
            Step::Confirm => words::step_confirm,
        }
    }

    fn number(self) -> usize {
        self as usize + 1
    }

    fn before(self) -> Option<Step> {
        Step::ALL
            .into_iter()
            .rev()
            .find(|step| *step < self && *step != Step::File)
    }

    fn after(self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| *step > self)
    }
}

/// The import wizard, from an empty first step or at an import.
#[component]
pub fn ImportPage() -> impl IntoView {
    set_title(words::new_title);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        parameters.with(|parameters| parameters.get("import")?.parse::<ImportId>().ok())
    });
    view! {
        <main class="page" id="main">
            <p>
                <a class="button quiet" href=api::work::IMPORTS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_list)}
                </a>
            </p>
            {move || match asked.get() {
                None => view! { <Fresh /> }.into_any(),
                Some(import) => view! { <Existing id=import /> }.into_any(),
            }}
        </main>
    }
}

/// The first step, before there is an import.
#[component]
fn Fresh() -> impl IntoView {
    let navigate = use_navigate();
    let on_read = Callback::new(move |import: Import| {
        navigate(&api::work::import(import.id), whole_path());
    });
    view! {
        <h1>{say(words::new_title)}</h1>
        <Steps now=Signal::stored(Step::File) />
        <FileStep on_read=on_read several=true />
    }
}

/// Steps with the current one marked.
#[component]
fn Steps(#[prop(into)] now: Signal<Step>) -> impl IntoView {
    let language = use_language();
    view! {
        <ol class="steps" aria-label=say(words::steps)>
            {Step::ALL
                .into_iter()
                .map(|step| {
                    let class = move || match step.cmp(&now.get()) {
                        std::cmp::Ordering::Less => "step done",
                        std::cmp::Ordering::Equal => "step now",
                        std::cmp::Ordering::Greater => "step",
                    };
                    view! {
                        <li
                            class=class
                            aria-current=move || (step == now.get()).then_some("step")
                        >
                            <span class="step-number num" aria-hidden="true">
                                {move || {
                                    if step < now.get() {
                                        view! { <Icon glyph=Glyph::Check /> }.into_any()
                                    } else {
                                        view! { {step.number()} }.into_any()
                                    }
                                }}
                            </span>
                            <span class="hidden-visually">
                                {move || words::step_of(
                                    language.get(),
                                    step.number(),
                                    Step::ALL.len(),
                                )}
                            </span>
                            <span class="step-name">{say(step.name())}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

/// An import that the server has read.
#[component]
fn Existing(id: ImportId) -> impl IntoView {
    let client = use_client();
    let import = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<Import>(&api::paths::import(id)).await }
    });
    let step = RwSignal::new(Step::Structure);
    let undoing = RwSignal::new(None::<Import>);
    let refetch = Callback::new(move |()| import.refetch());
    view! {
        <Loaded
            resource=import
            view=move |import: Import| {
                let file_name = import.file_name.clone();
                let bytes = import.bytes;
                set_title({
                    let file_name = file_name.clone();
                    move |_| file_name.clone()
                });
                view! {
                    <div>
                        <h1 class="file-name">{file_name}</h1>
                        <p class="muted num">
                            {say(move |language| number::bytes(language, bytes))}
                        </p>
                    </div>
                    {match import.state {
                        ImportState::Checked => {
                            view! {
                                <Checked
                                    import=import
                                    step=step
                                    undoing=undoing
                                    refetch=refetch
                                />
                            }
                                .into_any()
                        }
                        ImportState::Confirmed | ImportState::Undone => {
                            view! { <Finished import=import undoing=undoing /> }.into_any()
                        }
                    }}
                }
            }
        />
        <UndoDialog undoing=undoing on_done=Callback::new(move |_: Import| refetch.run(())) />
    }
}

/// Steps two to four, before the confirmation.
#[component]
fn Checked(
    import: Import,
    step: RwSignal<Step>,
    undoing: RwSignal<Option<Import>>,
    refetch: Callback<()>,
) -> impl IntoView {
    let shown = import.clone();
    let asks_classes = import
        .problems
        .iter()
        .any(|problem| problem.code == CLASS_NAMES);
    let go = move |to: Step| {
        step.set(to);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    view! {
        <Steps now=step />
        {move || match step.get() {
            Step::File | Step::Structure => {
                view! {
                    {asks_classes.then(|| view! { <Classes /> })}
                    <StructureStep import=shown.clone() />
                }
                    .into_any()
            }
            Step::Problems => view! { <ProblemsStep import=shown.clone() /> }.into_any(),
            Step::Confirm => {
                view! { <ConfirmStep import=shown.clone() refetch=refetch go=go /> }.into_any()
            }
        }}
        <div class="wizard-bar">
            <button type="button" class="button" on:click=move |_| undoing.set(Some(import.clone()))>
                {say(common::cancel)}
            </button>
            <span class="wizard-space"></span>
            {move || {
                step.get()
                    .before()
                    .map(|to| {
                        view! {
                            <button type="button" class="button" on:click=move |_| go(to)>
                                <Icon glyph=Glyph::ArrowLeft />
                                {say(common::back)}
                            </button>
                        }
                    })
            }}
            {move || {
                step.get()
                    .after()
                    .map(|to| {
                        view! {
                            <button type="button" class="button primary" on:click=move |_| go(to)>
                                {say(common::next)}
                                <Icon glyph=Glyph::ArrowRight />
                            </button>
                        }
                    })
            }}
        </div>
    }
}

/// Classes that look like names: a person says what they are, and brings the file again, for it was not kept.
#[component]
fn Classes() -> impl IntoView {
    let navigate = use_navigate();
    let said = RwSignal::new(false);
    let on_read = Callback::new(move |import: Import| {
        navigate(&api::work::import(import.id), whole_path());
    });
    view! {
        <Notice tone=Tone::Warning>
            <p class="notice-title">{say(words::classes_title)}</p>
            <p>{say(words::classes_text)}</p>
            <label class="import-earlier">
                <input
                    type="checkbox"
                    prop:checked=move || said.get()
                    on:change=move |_| said.update(|said| *said = !*said)
                />
                <span>
                    <b>{say(words::classes_confirm)}</b>
                </span>
            </label>
            <Show when=move || said.get()>
                <FileStep on_read=on_read classes=said />
            </Show>
        </Notice>
    }
}

/// Fourth step: counts, and the one button that stores.
#[component]
fn ConfirmStep(
    import: Import,
    refetch: Callback<()>,
    go: impl Fn(Step) + Copy + Send + 'static,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let failure = RwSignal::new(None::<Failure>);
    let is_busy = RwSignal::new(false);
    let earlier = RwSignal::new(None::<EarlierResults>);
    let must_choose = import
        .problems
        .iter()
        .any(|problem| problem.code == ALREADY_IMPORTED);
    let id = import.id;
    let stored = StoredValue::new(
        import
            .structure
            .as_ref()
            .map(|structure| structure.stored.clone())
            .unwrap_or_default(),
    );
    let (rows, errors) = (u64::from(import.row_count), u64::from(import.error_count));
    let structure = import.structure.as_ref();
    let works = structure.map_or(0, |structure| structure.works.len() as u64);
    let schools = structure.map_or(0, |structure| {
        structure
            .schools
            .iter()
            .filter(|school| school.known)
            .count() as u64
    });
    // The server counts a school that the register does not know as one error, and can enter it.
    let unknown = structure.map_or(0, |structure| structure.schools.len() as u64 - schools);
    let can_add = unknown > 0
        && errors == unknown
        && use_session().may_everywhere(Permission::OrganisationUpdate);
    let adds = RwSignal::new(false);
    let skipped = import
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::RowSkipped)
        .count() as u64;
    let confirm = move |_| {
        is_busy.set(true);
        failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = client
                .post::<serde_json::Value>(
                    &api::paths::import_confirm(id),
                    &ConfirmImport {
                        add_schools: adds.get_untracked(),
                        earlier: earlier.get_untracked(),
                    },
                )
                .await;
            is_busy.set(false);
            match answer {
                Ok(_) => refetch.run(()),
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let count = move |name: fn(Language) -> &'static str, value: u64| {
        view! {
            <div>
                <dt>{say(name)}</dt>
                <dd class="num">{move || number::count(language.get(), value)}</dd>
            </div>
        }
    };
    view! {
        <div class="stack">
            <dl class="counts">
                {count(words::count_rows, rows)} {count(words::count_works, works)}
                {count(words::count_schools, schools)} {count(words::count_skipped, skipped)}
            </dl>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {can_add.then(|| view! { <AddSchools count=unknown adds=adds /> })}
            {move || {
                if errors > 0 && !adds.get() {
                    view! {
                        <Notice tone=Tone::Danger>
                            <p>{say(move |language| words::blocked(language, errors))}</p>
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| go(Step::Problems)
                            >
                                {say(words::see_problems)}
                            </button>
                        </Notice>
                    }
                        .into_any()
                } else {
                    view! {
                        {must_choose
                            .then(|| view! { <Earlier chosen=earlier stored=stored.get_value() /> })}
                        <p class="text muted">{say(words::confirm_lead)}</p>
                        <p>
                            <button
                                type="button"
                                class="button primary large"
                                prop:disabled=move || {
                                    is_busy.get() || (must_choose && earlier.get().is_none())
                                }
                                on:click=confirm
                            >
                                {move || {
                                    let language = language.get();
                                    if is_busy.get() {
                                        words::confirming(language).to_owned()
                                    } else {
                                        words::confirm(language, common::rows(language, rows))
                                    }
                                }}
                            </button>
                        </p>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Schools that the register does not know can be entered there and then.
#[component]
fn AddSchools(count: u64, adds: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="import-earlier">
            <input
                type="checkbox"
                prop:checked=move || adds.get()
                on:change=move |_| adds.update(|adds| *adds = !*adds)
            />
            <span>
                <b>{say(move |language| words::add_schools(language, count))}</b>
                <span class="small muted">{say(words::add_schools_hint)}</span>
            </span>
        </label>
    }
}

/// The choice between replacing earlier results and adding to them; nothing is chosen beforehand.
#[component]
fn Earlier(chosen: RwSignal<Option<EarlierResults>>, stored: Vec<ImportStored>) -> impl IntoView {
    let both: u64 = stored.iter().map(|stored| stored.in_both).sum();
    let rows: u64 = stored.iter().map(|stored| stored.rows).sum();
    let option = move |value: EarlierResults, name: fn(Language) -> &'static str, hint: AnyView| {
        view! {
            <label class="import-earlier">
                <input
                    type="radio"
                    name="earlier"
                    prop:checked=move || chosen.get() == Some(value)
                    on:change=move |_| chosen.set(Some(value))
                />
                <span>
                    <b>{say(name)}</b>
                    <span class="small muted">{hint}</span>
                </span>
            </label>
        }
    };
    let replace_hint = view! {
        {say(move |language| words::earlier_rows(language, rows))}
        " "
        {say(words::earlier_replace_hint)}
    }
    .into_any();
    view! {
        <fieldset class="import-earlier-choice">
            <legend>{say(words::earlier_title)}</legend>
            <p class="small muted">{say(words::earlier_lead)}</p>
            <ul class="num">
                {stored
                    .into_iter()
                    .map(|stored| {
                        let (work, rows, both) = (stored.work, stored.rows, stored.in_both);
                        view! {
                            <li>
                                {say(move |language| words::earlier_counts(
                                    language,
                                    work.in_language(language),
                                    rows,
                                    both,
                                ))}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {(both > 0)
                .then(|| {
                    let hint = say(move |language| words::earlier_latest_hint(language, both));
                    option(EarlierResults::Latest, words::earlier_latest, view! { {hint} }.into_any())
                })}
            {option(EarlierResults::Replace, words::earlier_replace, replace_hint)}
            {(both == 0)
                .then(|| {
                    let hint = view! { {say(words::earlier_keep_hint)} }.into_any();
                    option(EarlierResults::Keep, words::earlier_keep, hint)
                })}
        </fieldset>
    }
}

/// An import that is stored, or was undone.
#[component]
fn Finished(import: Import, undoing: RwSignal<Option<Import>>) -> impl IntoView {
    let rows = u64::from(import.row_count);
    let is_stored = import.state == ImportState::Confirmed;
    let whole = import.clone();
    let problems = (import.problem_count > 0).then(|| {
        view! {
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::step_problems)}
                </summary>
                <div class="disclosure-body">
                    <ProblemsStep import=import.clone() />
                </div>
            </details>
        }
    });
    let outcome = if is_stored {
        view! {
            <Notice tone=Tone::Success>
                <p class="notice-title num">
                    {say(move |language| words::done_title(language, common::rows(language, rows)))}
                </p>
                <p>{say(words::done_text)}</p>
                <div class="actions">
                    <a class="button primary" href=api::work::MAP>
                        <Icon glyph=Glyph::Map />
                        {say(words::done_map)}
                    </a>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| undoing.set(Some(whole.clone()))
                    >
                        <Icon glyph=Glyph::Undo />
                        {say(words::undo)}
                    </button>
                </div>
            </Notice>
        }
        .into_any()
    } else {
        view! {
            <Notice tone=Tone::Info>
                <p class="notice-title">{say(words::undone_title)}</p>
                <p>{say(words::undone_text)}</p>
                <a class="button" href=api::work::NEW_IMPORT>
                    <Icon glyph=Glyph::Upload />
                    {say(words::new)}
                </a>
            </Notice>
        }
        .into_any()
    };
    view! {
        {outcome}
        {problems}
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::see_structure)}
            </summary>
            <div class="disclosure-body">
                <StructureStep import=import />
            </div>
        </details>
    }
}
