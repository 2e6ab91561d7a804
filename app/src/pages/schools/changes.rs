//! The change log of one school: its changes, its reports, a workbook out and in.

use std::rc::Rc;

use api::id::{OrganisationId, SchoolChangeId};
use api::schools::school_change::{
    ActionKind, ChangeAction, ChangeEntry, ChangeImport, ChangeLog, ChangeState, FreezeReport,
    PutSchoolChange, ReportWindow, SchoolChange, WindowState,
};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::{
    Dialog, EmptyState, FailureNotice, Glyph, Icon, Loaded, Notice, Tone, use_toasts,
};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::pages::schools::overview_changes::window_tag;
use crate::shell::set_title;
use crate::text::schools::changes as words;
use crate::text::{Language, common, number};

/// The change log of the school in the address.
#[component]
pub fn SchoolChangesPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let school = Memo::new(move |_| {
        let parameters = parameters.read();
        parameters
            .get("organisation")
            .and_then(|text| text.parse::<OrganisationId>().ok())
    });
    view! {
        <main class="page" id="main">
            {move || match school.get() {
                Some(id) => view! { <Log id=id /> }.into_any(),
                None => view! { <h1>{say(common::not_found_title)}</h1> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Log(id: OrganisationId) -> impl IntoView {
    let client = use_client();
    let log = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<ChangeLog>(&api::paths::school_changes(id))
                .await
        }
    });
    let changed = Callback::new(move |()| log.refetch());
    view! {
        <p>
            <a class="button quiet" href=api::work::school(id)>
                <Icon glyph=Glyph::ArrowLeft />
                {say(words::to_school)}
            </a>
        </p>
        <Loaded resource=log view=move |log| view! { <Body log=log changed=changed /> } />
    }
}

#[component]
fn Body(log: ChangeLog, changed: Callback<()>) -> impl IntoView {
    let language = use_language();
    let id = log.organisation;
    let may_change = log.may_change;
    let editing = RwSignal::new(None::<SchoolChange>);
    let is_editing = RwSignal::new(false);
    Effect::new(move |_| is_editing.set(editing.with(Option::is_some)));
    Effect::new(move |_| {
        if !is_editing.get() && editing.with_untracked(Option::is_some) {
            editing.set(None);
        }
    });
    let add = move || {
        may_change.then(|| {
            view! {
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| editing.set(Some(blank()))
                >
                    {say(words::add)}
                </button>
            }
        })
    };
    let export = move || {
        let language = device::language_tag(language.get());
        format!(
            "{}/export?language={language}",
            api::paths::school_changes(id)
        )
    };
    let is_empty = log.entries.is_empty();
    view! {
        <div>
            <h1>{say(words::title)}</h1>
            <p class="muted">{log.organisation_name}</p>
            <p class="muted text">{say(words::lead)}</p>
        </div>
        <Windows windows=log.windows id=id may_change=may_change changed=changed />
        <div class="actions">
            {(!is_empty).then(add)}
            <a class="button" href=export rel="external" download="">
                <Icon glyph=Glyph::Download />
                {say(words::export)}
            </a>
            {may_change.then(|| view! { <Import id=id changed=changed /> })}
        </div>
        {is_empty
            .then(|| {
                view! {
                    <EmptyState
                        title=label(words::none_title)
                        text=label(words::none_text)
                    >
                        {add()}
                    </EmptyState>
                }
            })}
        <ul class="changes-list">
            {log
                .entries
                .into_iter()
                .map(|entry| {
                    view! { <Entry entry=entry may_change=may_change editing=editing /> }
                })
                .collect_view()}
        </ul>
        <Dialog
            open=is_editing
            title=label(words::title)
        >
            {move || {
                editing
                    .get()
                    .map(|change| {
                        view! { <Edit id=id change=change editing=editing changed=changed /> }
                    })
            }}
        </Dialog>
    }
}

fn blank() -> SchoolChange {
    SchoolChange {
        id: SchoolChangeId(uuid::Uuid::now_v7()),
        object: String::new(),
        indicator: String::new(),
        unit: "%".to_owned(),
        baseline: None,
        target: None,
        actual: None,
        actions: Vec::new(),
        starts: None,
        ends: None,
        effect: String::new(),
        state: ChangeState::Planned,
    }
}

#[component]
fn Entry(
    entry: ChangeEntry,
    may_change: bool,
    editing: RwSignal<Option<SchoolChange>>,
) -> impl IntoView {
    let change = entry.change;
    let stored = StoredValue::new(change.clone());
    let (state, at_ms, versions) = (change.state, entry.at_ms, u64::from(entry.versions));
    let object = change.object.clone();
    let name = entry.person_name;
    let dates = change.starts.clone().zip(change.ends.clone());
    let values = (
        change.baseline,
        change.actual,
        change.target,
        change.unit.clone(),
    );
    let actions = move |kind: ActionKind, title: fn(Language) -> &'static str| {
        let own: Vec<ChangeAction> = stored.with_value(|change| {
            let wanted = change.actions.iter().filter(|action| action.kind == kind);
            wanted.cloned().collect()
        });
        (!own.is_empty()).then(|| {
            view! {
                <div>
                    <p class="small muted">{say(title)}</p>
                    <ul class="changes-actions">
                        {own
                            .into_iter()
                            .map(|action| {
                                view! {
                                    <li>
                                        <Icon glyph=if action.done {
                                            Glyph::Check
                                        } else {
                                            Glyph::Circle
                                        } />
                                        <span>
                                            {action.text}
                                            {action
                                                .done
                                                .then(|| {
                                                    view! {
                                                        <span class="hidden-visually">
                                                            " — " {say(common::yes)}
                                                        </span>
                                                    }
                                                })}
                                        </span>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </div>
            }
        })
    };
    let tag = match state {
        ChangeState::Planned | ChangeState::Dropped => "tag calm",
        ChangeState::Running => "tag",
        ChangeState::Done => "tag ok",
    };
    view! {
        <li class="card stack tight">
            <div class="page-head">
                <div>
                    <h2>{change.object}</h2>
                    <p>{change.indicator}</p>
                </div>
                <p>
                    <span class=tag>{say(move |language| words::state_name(language, state))}</span>
                </p>
            </div>
            <p class="num muted">
                {say(move |language| {
                    let (baseline, actual, target, unit) = &values;
                    let shown = |value: &Option<f64>| {
                        value
                            .map_or_else(
                                || "—".to_owned(),
                                |value| {
                                    let places = usize::from(value.fract() != 0.0);
                                    format!("{} {unit}", number::decimal(language, value, places))
                                },
                            )
                    };
                    let values = words::values(
                        language,
                        shown(baseline),
                        shown(actual),
                        shown(target),
                    );
                    match &dates {
                        Some((from, to)) => {
                            let dates = words::dates(
                                language,
                                number::date(language, from),
                                number::date(language, to),
                            );
                            format!("{values} · {dates}")
                        }
                        None => values,
                    }
                })}
            </p>
            <div class="changes-columns">
                {actions(ActionKind::Supporting, words::supporting)}
                {actions(ActionKind::Administrative, words::administrative)}
            </div>
            {(!change.effect.is_empty())
                .then(|| {
                    view! {
                        <p>
                            <span class="small muted">{say(words::effect)}": "</span>
                            {change.effect}
                        </p>
                    }
                })}
            <div class="page-head">
                <p class="small faint num">
                    {say(move |language| {
                        let at = device::date_time(language, at_ms);
                        let by = match &name {
                            Some(name) => words::by(language, name, at),
                            None => at,
                        };
                        format!("{by} · {}", words::versions(language, versions))
                    })}
                </p>
                {may_change
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                aria-label=say(move |language| words::edit_of(language, &object))
                                on:click=move |_| editing.set(Some(stored.get_value()))
                            >
                                {say(words::edit)}
                            </button>
                        }
                    })}
            </div>
        </li>
    }
}

/// Actions of a kind as lines of a text, and back.
fn to_lines(actions: &[ChangeAction], kind: ActionKind) -> String {
    let own = actions.iter().filter(|action| action.kind == kind);
    own.map(|action| {
        if action.done {
            format!("✓ {}", action.text)
        } else {
            action.text.clone()
        }
    })
    .collect::<Vec<_>>()
    .join("\n")
}

fn of_lines(text: &str, kind: ActionKind) -> Vec<ChangeAction> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let done = line.strip_prefix('✓');
            ChangeAction {
                kind,
                text: done.unwrap_or(line).trim().to_owned(),
                done: done.is_some(),
            }
        })
        .collect()
}

#[component]
fn Edit(
    id: OrganisationId,
    change: SchoolChange,
    editing: RwSignal<Option<SchoolChange>>,
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let failure = RwSignal::new(None::<Failure>);
    let is_known = !change.object.is_empty();
    let text = |value: &str| RwSignal::new(value.to_owned());
    let value = |value: Option<f64>| {
        RwSignal::new(value.map_or_else(String::new, |value| {
            let places = usize::from(value.fract() != 0.0);
            number::decimal(language.get_untracked(), value, places).replace('\u{2212}', "-")
        }))
    };
    let (object, indicator, unit) = (
        text(&change.object),
        text(&change.indicator),
        text(&change.unit),
    );
    let (baseline, target, actual) = (
        value(change.baseline),
        value(change.target),
        value(change.actual),
    );
    let administrative = text(&to_lines(&change.actions, ActionKind::Administrative));
    let supporting = text(&to_lines(&change.actions, ActionKind::Supporting));
    let starts = text(change.starts.as_deref().unwrap_or_default());
    let ends = text(change.ends.as_deref().unwrap_or_default());
    let effect = text(&change.effect);
    let state = RwSignal::new(change.state);
    let change_id = change.id;
    let made = move || {
        let filled = |text: RwSignal<String>| {
            Some(text.get_untracked()).filter(|text| !text.trim().is_empty())
        };
        let mut actions = of_lines(&administrative.get_untracked(), ActionKind::Administrative);
        actions.extend(of_lines(
            &supporting.get_untracked(),
            ActionKind::Supporting,
        ));
        SchoolChange {
            id: change_id,
            object: object.get_untracked().trim().to_owned(),
            indicator: indicator.get_untracked().trim().to_owned(),
            unit: unit.get_untracked().trim().to_owned(),
            baseline: number::typed(&baseline.get_untracked()),
            target: number::typed(&target.get_untracked()),
            actual: number::typed(&actual.get_untracked()),
            actions,
            starts: filled(starts),
            ends: filled(ends),
            effect: effect.get_untracked().trim().to_owned(),
            state: state.get_untracked(),
        }
    };
    let send = move |remove: bool| {
        failure.set(None);
        let put = PutSchoolChange {
            operation: uuid::Uuid::now_v7(),
            change: made(),
            remove,
        };
        leptos::task::spawn_local(async move {
            match client
                .put::<ChangeLog>(&api::paths::school_changes(id), &put)
                .await
            {
                Ok(_) => {
                    let language = language.get_untracked();
                    toasts.say(if remove {
                        words::removed(language, put.change.object)
                    } else {
                        words::saved(language, put.change.object)
                    });
                    editing.set(None);
                    changed.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let line = move |id: &'static str,
                     name: fn(Language) -> &'static str,
                     hint: Option<fn(Language) -> &'static str>,
                     kind: &'static str,
                     value: RwSignal<String>,
                     is_required: bool| {
        view! {
            <div class="field">
                <label for=id>{say(name)}</label>
                {hint.map(|hint| view! { <p class="hint">{say(hint)}</p> })}
                <input
                    class="input"
                    id=id
                    type=kind
                    inputmode=(kind == "text" && !is_required && id.starts_with("change-v"))
                        .then_some("decimal")
                    required=is_required
                    maxlength="2000"
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
            </div>
        }
    };
    let lines = move |id: &'static str,
                      name: fn(Language) -> &'static str,
                      hint: fn(Language) -> &'static str,
                      value: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{say(name)}</label>
                <p class="hint">{say(hint)}</p>
                <textarea
                    class="input"
                    id=id
                    rows="3"
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                ></textarea>
            </div>
        }
    };
    const STATES: [ChangeState; 4] = [
        ChangeState::Planned,
        ChangeState::Running,
        ChangeState::Done,
        ChangeState::Dropped,
    ];
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                send(false);
            }
        >
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {line("change-object", words::object, Some(words::object_hint), "text", object, true)}
            {line("change-indicator", words::indicator, None, "text", indicator, true)}
            <div class="changes-four">
                {line("change-v1", words::baseline, None, "text", baseline, false)}
                {line("change-v2", words::actual, None, "text", actual, false)}
                {line("change-v3", words::target, None, "text", target, false)}
                {line("change-unit", words::unit, None, "text", unit, false)}
            </div>
            {lines("change-supporting", words::supporting, words::actions_hint, supporting)}
            {lines(
                "change-administrative",
                words::administrative,
                words::actions_hint,
                administrative,
            )}
            <div class="documents-pair">
                {line("change-starts", words::starts, None, "date", starts, false)}
                {line("change-ends", words::ends, None, "date", ends, false)}
            </div>
            <fieldset>
                <legend class="label">{say(words::state)}</legend>
                <div class="chips">
                    {STATES
                        .into_iter()
                        .map(|one| {
                            view! {
                                <label class="chip">
                                    <input
                                        type="radio"
                                        name="change-state"
                                        prop:checked=move || state.get() == one
                                        on:change=move |_| state.set(one)
                                    />
                                    {say(move |language| words::state_name(language, one))}
                                </label>
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            {lines("change-effect", words::effect, words::effect_hint, effect)}
            <div class="actions">
                <button type="submit" class="button primary">
                    {say(common::save)}
                </button>
                <button type="button" class="button" on:click=move |_| editing.set(None)>
                    {say(common::cancel)}
                </button>
                {is_known
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet"
                                on:click=move |_| send(true)
                            >
                                {say(words::remove)}
                            </button>
                        }
                    })}
            </div>
        </form>
    }
}

/// The four windows, and the way to hand in a report.
#[component]
fn Windows(
    windows: Vec<ReportWindow>,
    id: OrganisationId,
    may_change: bool,
    changed: Callback<()>,
) -> impl IntoView {
    let freezing = RwSignal::new(None::<ReportWindow>);
    let is_freezing = RwSignal::new(false);
    Effect::new(move |_| is_freezing.set(freezing.with(Option::is_some)));
    Effect::new(move |_| {
        if !is_freezing.get() && freezing.with_untracked(Option::is_some) {
            freezing.set(None);
        }
    });
    view! {
        <section class="stack tight">
            <h2>{say(words::reports)}</h2>
            <ul class="changes-windows">
                {windows
                    .into_iter()
                    .map(|window| {
                        view! { <Window window=window may_change=may_change freezing=freezing /> }
                    })
                    .collect_view()}
            </ul>
        </section>
        <Dialog
            open=is_freezing
            title=label(words::freeze)
        >
            {move || {
                freezing
                    .get()
                    .map(|window| {
                        view! { <Freeze id=id window=window freezing=freezing changed=changed /> }
                    })
            }}
        </Dialog>
    }
}

#[component]
fn Window(
    window: ReportWindow,
    may_change: bool,
    freezing: RwSignal<Option<ReportWindow>>,
) -> impl IntoView {
    let state = window.state;
    let stored = StoredValue::new(window.clone());
    let (name, named, closes) = (
        window.name.clone(),
        window.name.clone(),
        window.closes.clone(),
    );
    let may_freeze = may_change && state != WindowState::Ahead;
    view! {
        <li class="changes-window">
            <p>
                <b class="first-capital">{say_text(name)}</b>
                " "
                {window_tag(state)}
            </p>
            <p class="small muted num">
                {say(move |language| {
                    words::window_until(language, number::date(language, &closes))
                })}
            </p>
            {window
                .reports
                .into_iter()
                .map(|report| {
                    let (version, changes) = (report.version, report.changes.len());
                    let (at_ms, name) = (report.at_ms, report.person_name);
                    let short: String = report.hash.chars().take(12).collect();
                    view! {
                        <p class="small muted num" title=report.hash>
                            {say(move |language| {
                                let at = device::date_time(language, at_ms);
                                let by = match &name {
                                    Some(name) => words::by(language, name, at),
                                    None => at,
                                };
                                [
                                    words::report_line(language, version, changes),
                                    by,
                                    words::report_hash(language, &short),
                                ]
                                    .join(" · ")
                            })} {report.reason.map(|reason| view! { <span class="block">{reason}</span> })}
                        </p>
                    }
                })
                .collect_view()}
            {may_freeze
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            aria-label=say(move |language| {
                                words::freeze_of(language, named.in_language(language))
                            })
                            on:click=move |_| freezing.set(Some(stored.get_value()))
                        >
                            {say(
                                if state == WindowState::Reported {
                                    words::freeze_again
                                } else {
                                    words::freeze
                                },
                            )}
                        </button>
                    }
                })}
        </li>
    }
}

#[component]
fn Freeze(
    id: OrganisationId,
    window: ReportWindow,
    freezing: RwSignal<Option<ReportWindow>>,
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let failure = RwSignal::new(None::<Failure>);
    let reason = RwSignal::new(String::new());
    let is_again = !window.reports.is_empty();
    let (name, key) = (window.name, StoredValue::new(window.window));
    let named = name.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = named.clone();
        let freeze = FreezeReport {
            id: uuid::Uuid::now_v7(),
            window: key.get_value(),
            reason: Some(reason.get_untracked()).filter(|_| is_again),
        };
        leptos::task::spawn_local(async move {
            match client
                .post::<ChangeLog>(&api::paths::school_change_reports(id), &freeze)
                .await
            {
                Ok(_) => {
                    let language = language.get_untracked();
                    toasts.say(words::frozen(language, name.in_language(language)));
                    freezing.set(None);
                    changed.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    view! {
        <form class="stack" on:submit=submit>
            <p>
                <b class="first-capital">{say_text(name)}</b>
            </p>
            <p class="muted">{say(words::freeze_text)}</p>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {is_again
                .then(|| {
                    view! {
                        <div class="field">
                            <label for="freeze-reason">{say(words::reason)}</label>
                            <input
                                class="input"
                                id="freeze-reason"
                                required
                                maxlength="300"
                                on:input:target=move |event| reason.set(event.target().value())
                            />
                        </div>
                    }
                })}
            <div class="actions">
                <button type="submit" class="button primary">
                    {say(words::freeze)}
                </button>
                <button type="button" class="button" on:click=move |_| freezing.set(None)>
                    {say(common::cancel)}
                </button>
            </div>
        </form>
    }
}

/// Brings a workbook: all rows, or none with what is wrong.
#[component]
fn Import(id: OrganisationId, changed: Callback<()>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let failure = RwSignal::new(None::<Failure>);
    let refused = RwSignal::new(None::<ChangeImport>);
    let input = NodeRef::<html::Input>::new();
    let send = move |_| {
        failure.set(None);
        refused.set(None);
        let Some(element) = input.get_untracked() else {
            return;
        };
        let Some(file) = element.files().and_then(|files| files.get(0)) else {
            return;
        };
        element.set_value("");
        leptos::task::spawn_local(async move {
            let path = format!("{}/import", api::paths::school_changes(id));
            match client
                .send_file::<ChangeImport>(&path, &[], Rc::new(file))
                .await
            {
                Ok(import) if import.problems.is_empty() => {
                    toasts.say(words::imported(
                        language.get_untracked(),
                        import.stored,
                        import.unchanged,
                    ));
                    changed.run(());
                }
                Ok(import) => refused.set(Some(import)),
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    view! {
        <label class="button evidence-file">
            <Icon glyph=Glyph::Upload />
            {say(words::import)}
            <input
                class="hidden-visually"
                type="file"
                accept=".xlsx,.xls,.ods,.csv"
                node_ref=input
                on:change=send
            />
        </label>
        {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
        {move || {
            refused
                .get()
                .map(|import| {
                    view! {
                        <Notice tone=Tone::Danger>
                            <p class="notice-title">{say(words::import_problems)}</p>
                            <ul class="changes-problems">
                                {import
                                    .problems
                                    .into_iter()
                                    .take(20)
                                    .map(|problem| {
                                        view! {
                                            <li>
                                                {say(move |language| {
                                                    let text = problem.text.in_language(language);
                                                    match (problem.row, &problem.column) {
                                                        (Some(row), Some(column)) => {
                                                            words::problem_row(language, row, column, text)
                                                        }
                                                        _ => text.to_owned(),
                                                    }
                                                })}
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        </Notice>
                    }
                })
        }}
    }
}
