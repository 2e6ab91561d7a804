//! A measure to be agreed with a school: which, why, who, by when.

use std::time::Duration;

use api::id::{OrganisationId, SupportId};
use api::management::support::{Executor, NewSupport, PENALTY, Support, SupportCell, SupportOffer};
use api::schools::school_profile::Measure;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use uuid::Uuid;

use super::beside::offer_path;
use crate::client::{Failure, use_client};
use crate::components::{Choices, Doing, DoingFailure, Field, Loaded, LongField, use_toasts};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::shell::{set_title, whole_path};
use crate::text::Language;
use crate::text::Wording;
use crate::text::management::supports as words;

/// A month is long enough for help to begin and short enough to ask about it.
const USUAL_TERM: Duration = Duration::from_secs(30 * 24 * 3_600);

/// What the address asks for.
#[derive(Clone, PartialEq)]
struct Asked {
    organisation: OrganisationId,
    cell: Option<SupportCell>,
    measure: Option<String>,
}

/// The form.
#[component]
pub fn NewSupportPage() -> impl IntoView {
    set_title(words::new_title);
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let cell = || {
                Some(SupportCell {
                    year: query.get("year")?.parse().ok()?,
                    subject: query.get("subject")?,
                    grade: query.get("grade")?.parse().ok()?,
                })
            };
            Some(Asked {
                organisation: query.get("organisation")?.parse().ok()?,
                cell: cell(),
                measure: query.get("measure"),
            })
        })
    });
    let client = use_client();
    let offer = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let asked = asked.ok_or(Failure::Unreadable { status: 404 })?;
            let path = offer_path(asked.organisation, asked.cell.as_ref());
            client.get::<SupportOffer>(&path).await
        }
    });
    view! {
        <main class="page narrow" id="main">
            <h1>{say(words::new_title)}</h1>
            {move || match asked.get() {
                None => {
                    view! {
                        <p class="text">{say(words::new_unknown)}</p>
                        <p>
                            <a class="button primary" href=api::work::MAP>
                                {say(words::to_map)}
                            </a>
                        </p>
                    }
                        .into_any()
                }
                Some(asked) => {
                    view! {
                        <Loaded
                            resource=offer
                            view=move |offer| view! { <NewForm offer=offer asked=asked.clone() /> }
                        />
                    }
                        .into_any()
                }
            }}
        </main>
    }
}

#[component]
fn NewForm(offer: SupportOffer, asked: Asked) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let navigate = use_navigate();
    let doing = Doing::new();
    let first = asked
        .measure
        .clone()
        .filter(|id| offer.measures.iter().any(|measure| &measure.id == id))
        .or_else(|| offer.proposed.first().cloned())
        .or_else(|| offer.measures.first().map(|measure| measure.id.clone()))
        .unwrap_or_default();
    let measure = RwSignal::new(first);
    let reason = RwSignal::new(String::new());
    let exception = RwSignal::new(String::new());
    let executor = RwSignal::new(Executor::MethodicalService);
    let term_ms = i64::try_from(USUAL_TERM.as_millis()).unwrap_or_default();
    let due = RwSignal::new(device::iso_date(device::now_ms() + term_ms));
    let penalties: Vec<String> = offer
        .measures
        .iter()
        .filter(|measure| measure.level >= PENALTY)
        .map(|measure| measure.id.clone())
        .collect();
    let is_penalty_open = offer.is_penalty_open;
    let needs_exception =
        Memo::new(move |_| !is_penalty_open && penalties.contains(&measure.get()));
    // Made once, so that sending again after a lost answer is the same measure.
    let id = SupportId(Uuid::now_v7());
    let back = api::work::school(asked.organisation);
    let cell = asked.cell.clone();
    let organisation = asked.organisation;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewSupport {
            id,
            organisation,
            measure: measure.get_untracked(),
            cell: cell.clone(),
            reason: reason.get_untracked(),
            executor: executor.get_untracked(),
            due: due.get_untracked(),
            exception: needs_exception
                .get_untracked()
                .then(|| exception.get_untracked()),
        };
        let navigate = navigate.clone();
        doing.run(
            async move { client.post::<Support>(api::paths::SUPPORTS, &new).await },
            move |made: Support| {
                toasts.say(words::created(language.get_untracked()));
                navigate(&api::work::support(made.id), whole_path());
            },
        );
    };
    let text = move |word: fn(Language) -> &'static str| {
        Signal::derive(move || word(language.get()).to_owned())
    };
    let hint = move |word: fn(Language) -> &'static str| {
        MaybeProp::derive(move || Some(word(language.get()).to_owned()))
    };
    view! {
        <p class="text muted">
            {say(move |language| words::new_for(language, &offer.organisation_name))}
            {offer.work.clone().map(|work| view! { " · " {say_text(work)} })}
        </p>
        <form class="stack support-new" on:submit=send>
            <div class="field">
                <label for="support-measure">{say(words::new_measure)}</label>
                <select
                    class="input"
                    id="support-measure"
                    on:change=move |event| measure.set(event_target_value(&event))
                >
                    <Options
                        measures=offer.measures.clone()
                        proposed=offer.proposed.clone()
                        chosen=measure
                    />
                </select>
            </div>
            <Show when=move || needs_exception.get()>
                <LongField
                    id="support-exception"
                    label=text(words::new_exception)
                    hint=hint(words::new_exception_hint)
                    value=exception
                />
            </Show>
            <LongField
                id="support-reason"
                label=text(words::new_reason)
                hint=hint(words::new_reason_hint)
                value=reason
            />
            <Choices
                name="support-executor"
                title=words::executor
                options=vec![
                    (Executor::MethodicalService, words::executor_methodical_service as Wording),
                    (Executor::Office, words::executor_office),
                    (Executor::School, words::executor_school),
                ]
                value=executor
            />
            <Field id="support-due" label=text(words::new_due) value=due kind="date" />
            <DoingFailure doing=doing />
            <div class="actions">
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::new_do)}
                </button>
                <a class="button" href=back>
                    {say(words::cancel)}
                </a>
            </div>
        </form>
    }
}

/// What answers to the cell stands first, then the catalogue by level.
#[component]
fn Options(
    measures: Vec<Measure>,
    proposed: Vec<String>,
    chosen: RwSignal<String>,
) -> impl IntoView {
    let language = use_language();
    let group = move |label: Signal<String>, measures: Vec<Measure>| {
        (!measures.is_empty()).then(|| {
            view! {
                <optgroup label=label>
                    {measures
                        .into_iter()
                        .map(|measure| {
                            let id = measure.id.clone();
                            view! {
                                <option
                                    value=measure.id.clone()
                                    selected=move || chosen.get() == id
                                >
                                    {say_text(measure.title)}
                                </option>
                            }
                        })
                        .collect_view()}
                </optgroup>
            }
        })
    };
    let (first, rest): (Vec<_>, Vec<_>) = measures
        .into_iter()
        .partition(|measure| proposed.contains(&measure.id));
    let mut levels: Vec<(u8, Vec<Measure>)> = Vec::new();
    for measure in rest {
        match levels.last_mut() {
            Some((level, group)) if *level == measure.level => group.push(measure),
            _ => levels.push((measure.level, vec![measure])),
        }
    }
    view! {
        {group(
            label(words::new_proposed),
            first,
        )}
        {levels
            .into_iter()
            .map(|(_, measures)| {
                let name = measures.first().map(|measure| measure.level_name.clone());
                group(
                    Signal::derive(move || {
                        name.as_ref()
                            .map(|name| name.in_language(language.get()).to_owned())
                            .unwrap_or_default()
                    }),
                    measures,
                )
            })
            .collect_view()}
    }
}
