//! The form of a new list: the year and the rule, filled in as usual.

use api::id::IdentificationId;
use api::results::low_result::{Identification, LowResultRule, NewIdentification, Unreliable};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use crate::client::use_client;
use crate::components::{Choices, Doing, DoingFailure, use_toasts};
use crate::language::{say, use_language};
use crate::shell::whole_path;
use crate::text::Language;
use crate::text::Wording;
use crate::text::results::low_results as words;

/// Year and rule of a list to be made.
#[component]
pub fn NewList(
    /// Years with results, newest first.
    years: Vec<i32>,
    /// The rule as usual.
    usual: LowResultRule,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let navigate = use_navigate();
    let doing = Doing::new();
    // Made once, so that sending again after a lost answer is the same list.
    let id = IdentificationId(Uuid::now_v7());
    let year = RwSignal::new(years.first().copied().unwrap_or_default());
    let share = RwSignal::new((usual.share * 100.0).round());
    let procedures = RwSignal::new(f64::from(usual.procedures));
    let in_a_row = RwSignal::new(f64::from(usual.years));
    let min_pupils = RwSignal::new(f64::from(usual.min_pupils));
    let unreliable = RwSignal::new(usual.unreliable);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewIdentification {
            id,
            year: year.get_untracked(),
            rule: LowResultRule {
                share: share.get_untracked() / 100.0,
                procedures: procedures.get_untracked() as u8,
                years: in_a_row.get_untracked() as u8,
                min_pupils: min_pupils.get_untracked() as u16,
                unreliable: unreliable.get_untracked(),
            },
        };
        let navigate = navigate.clone();
        doing.run(
            async move {
                client
                    .post::<Identification>(api::paths::LOW_RESULTS, &new)
                    .await
            },
            move |made: Identification| {
                toasts.say(words::created(language.get_untracked()));
                navigate(&api::work::low_result(made.label.id), whole_path());
            },
        );
    };
    let figure = move |id: &'static str,
                       name: fn(Language) -> &'static str,
                       most: u8,
                       value: RwSignal<f64>| {
        view! {
            <div class="field low-figure">
                <label for=id>{say(name)}</label>
                <input
                    class="input num"
                    id=id
                    type="number"
                    inputmode="numeric"
                    min="1"
                    max=most
                    step="1"
                    required
                    prop:value=move || value.get().to_string()
                    on:input=move |event| {
                        if let Ok(typed) = event_target_value(&event).parse::<f64>() {
                            value.set(typed);
                        }
                    }
                />
            </div>
        }
    };
    view! {
        <form class="card stack" on:submit=send>
            <h2>{say(words::new_title)}</h2>
            <div class="field low-figure">
                <label for="low-year">{say(words::year)}</label>
                <select
                    class="input num"
                    id="low-year"
                    on:change=move |event| {
                        if let Ok(chosen) = event_target_value(&event).parse() {
                            year.set(chosen);
                        }
                    }
                >
                    {years
                        .into_iter()
                        .map(|one| {
                            view! {
                                <option value=one selected=move || year.get() == one>
                                    {one}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            <fieldset class="stack tight">
                <legend class="label">{say(words::rule)}</legend>
                {figure("low-share", words::share, 100, share)}
                {figure("low-procedures", words::procedures, 20, procedures)}
                {figure("low-years", words::years, 5, in_a_row)}
                {figure("low-pupils", words::min_pupils, 100, min_pupils)}
            </fieldset>
            <Choices
                name="low-unreliable"
                title=words::unreliable
                options=vec![
                    (Unreliable::IsUnknown, words::unreliable_unknown as Wording),
                    (Unreliable::CountsAsLow, words::unreliable_low),
                ]
                value=unreliable
            />
            <p class="hint">{say(words::rule_source)}</p>
            <DoingFailure doing=doing />
            <button class="button primary" disabled=move || doing.busy.get()>
                {say(words::create)}
            </button>
        </form>
    }
}
