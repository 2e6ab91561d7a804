//! The context passport of one school: years, shares, index, peer group, and the form.

use std::collections::BTreeMap;

use api::id::OrganisationId;
use api::schools::school_context::{
    ContextYear, Factor, Passport, PutPassport, SchoolContext, ShownShare,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::{Dialog, FailureNotice, Glyph, Icon, Loaded, TableFrame, use_toasts};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::shell::set_title;
use crate::text::schools::context as words;
use crate::text::{Language, common, number};

/// The passport of the school in the address.
#[component]
pub fn SchoolContextPage() -> impl IntoView {
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
                Some(id) => view! { <Whole id=id /> }.into_any(),
                None => view! { <h1>{say(common::not_found_title)}</h1> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Whole(id: OrganisationId) -> impl IntoView {
    let client = use_client();
    let context = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<SchoolContext>(&api::paths::school_context(id))
                .await
        }
    });
    let changed = Callback::new(move |()| context.refetch());
    view! {
        <p>
            <a class="button quiet" href=api::work::school(id)>
                <Icon glyph=Glyph::ArrowLeft />
                {say(words::to_school)}
            </a>
        </p>
        <Loaded
            resource=context
            view=move |context| view! { <Body context=context changed=changed /> }
        />
    }
}

#[component]
fn Body(context: SchoolContext, changed: Callback<()>) -> impl IntoView {
    let language = use_language();
    let id = context.organisation;
    let this_year: i32 = device::iso_date(device::now_ms())
        .get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or(2026);
    let is_filling = RwSignal::new(false);
    let factors = StoredValue::new(context.factors);
    let years = StoredValue::new(context.years);
    let shown = RwSignal::new(years.with_value(|years| years.first().map(|year| year.year)));
    let list: Vec<i32> = years.with_value(|years| years.iter().map(|year| year.year).collect());
    let is_empty = list.is_empty();
    view! {
        <div class="page-head">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="muted">{context.organisation_name}</p>
                <p class="muted text">{say(words::lead)}</p>
            </div>
            {context
                .may_change
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button primary"
                            on:click=move |_| is_filling.set(true)
                        >
                            {say(move |language| words::fill_year(language, this_year))}
                        </button>
                    }
                })}
        </div>
        {is_empty.then(|| view! { <p class="muted">{say(words::none)}</p> })}
        <div class="chips" role="group" aria-label=say(words::years)>
            {list
                .into_iter()
                .map(|year| {
                    view! {
                        <button
                            type="button"
                            class="chip num"
                            aria-pressed=move || (shown.get() == Some(year)).to_string()
                            on:click=move |_| shown.set(Some(year))
                        >
                            {year}
                        </button>
                    }
                })
                .collect_view()}
        </div>
        {move || {
            let wanted = shown.get();
            let year = years
                .with_value(|years| {
                    years.iter().find(|year| Some(year.year) == wanted).cloned()
                });
            year.map(|year| view! { <YearTable year=year factors=factors /> })
        }}
        <p class="small muted text">{say_text(context.note)}</p>
        <Dialog
            open=is_filling
            title=Signal::derive(move || words::fill_year(language.get(), this_year))
        >
            <Show when=move || is_filling.get()>
                <Fill
                    id=id
                    year=this_year
                    factors=factors
                    years=years
                    is_open=is_filling
                    changed=changed
                />
            </Show>
        </Dialog>
    }
}

#[component]
fn YearTable(year: ContextYear, factors: StoredValue<Vec<Factor>>) -> impl IntoView {
    let label = label(words::title);
    let (index, known) = (year.index, year.known);
    let (group, size) = (year.group, u64::from(year.group_size));
    let rows = factors.with_value(|factors| {
        let pairs: Vec<(Factor, ShownShare)> =
            factors.iter().cloned().zip(year.shares.clone()).collect();
        pairs
    });
    let row = |(factor, share): (Factor, ShownShare)| {
        let direction = factor.direction;
        let is_changed = direction != factor.original;
        view! {
            <tr>
                <th scope="row" class="context-factor">
                    {say_text(factor.label)}
                </th>
                <td class="end num nowrap">{share_text(share)}</td>
                <td class="small">
                    {say(move |language| words::direction_name(language, direction))}
                    {is_changed
                        .then(|| {
                            view! {
                                " "
                                <span class="tag">{say(words::direction_changed)}</span>
                            }
                        })}
                </td>
            </tr>
        }
    };
    let (main, other): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(factor, _)| factor.significant);
    view! {
        <dl class="passport num">
            <div>
                <dt>{say(words::index)}</dt>
                <dd>
                    {say(move |language| match index {
                        Some(index) => number::decimal(language, index, 2),
                        None => words::index_none(language, known),
                    })}
                </dd>
            </div>
            <div>
                <dt>{say(words::group)}</dt>
                <dd>
                    {say(move |language| match &group {
                        Some(group) => {
                            format!(
                                "{} · {}",
                                words::group_name(language, group),
                                words::group_size(language, size),
                            )
                        }
                        None => words::group_none(language).to_owned(),
                    })}
                </dd>
            </div>
            <div>
                <dt>{say(words::filled)}</dt>
                <dd>{say(move |language| words::known(language, known))}</dd>
            </div>
        </dl>
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::factor)}</th>
                        <th scope="col" class="end">
                            {say(words::share)}
                        </th>
                        <th scope="col">{say(words::direction)}</th>
                    </tr>
                </thead>
                <tbody>
                    <tr class="group">
                        <th colspan="3" scope="rowgroup">
                            {say(words::significant)}
                        </th>
                    </tr>
                    {main.into_iter().map(row).collect_view()}
                    <tr class="group">
                        <th colspan="3" scope="rowgroup">
                            {say(words::other)}
                        </th>
                    </tr>
                    {other.into_iter().map(row).collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
}

/// A share as it may be shown: a number, «меньше 5», or a gap that is seen as one.
pub fn share_text(share: ShownShare) -> impl IntoView {
    let class = match share {
        ShownShare::Share { .. } => "",
        ShownShare::Few => "muted",
        ShownShare::Gap => "tag warn",
    };
    view! {
        <span class=class>
            {say(move |language: Language| match share {
                ShownShare::Share { percent } => number::percent(language, percent / 100.0, 1),
                ShownShare::Few => words::few(language).to_owned(),
                ShownShare::Gap => words::gap(language).to_owned(),
            })}
        </span>
    }
}

const SOURCES: [(&str, crate::text::Wording); 4] = [
    ("social_passport", words::source_social),
    ("parents_survey", words::source_survey),
    ("register", words::source_register),
    ("estimate", words::source_estimate),
];

#[component]
fn Fill(
    id: OrganisationId,
    year: i32,
    factors: StoredValue<Vec<Factor>>,
    years: StoredValue<Vec<ContextYear>>,
    is_open: RwSignal<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let failure = RwSignal::new(None::<Failure>);
    // What was entered last is offered again: figures change little from year to year.
    let last: Option<Passport> =
        years.with_value(|years| years.iter().find_map(|year| year.passport.clone()));
    let pupils = RwSignal::new(
        last.as_ref()
            .map_or_else(String::new, |last| last.pupils.to_string()),
    );
    let date = RwSignal::new(device::iso_date(device::now_ms()));
    let source = RwSignal::new(
        last.as_ref()
            .map_or_else(|| "social_passport".to_owned(), |last| last.source.clone()),
    );
    let (small, rural) = last
        .as_ref()
        .map_or((false, false), |last| (last.small_school, last.rural));
    let fields: Vec<(Factor, RwSignal<String>)> = factors.with_value(|factors| {
        factors
            .iter()
            .map(|factor| {
                let known = last.as_ref().and_then(|last| last.counts.get(&factor.id));
                let text = known.map_or_else(String::new, u32::to_string);
                (factor.clone(), RwSignal::new(text))
            })
            .collect()
    });
    let stored = StoredValue::new(fields.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        failure.set(None);
        let counts: BTreeMap<String, u32> = stored.with_value(|fields| {
            fields
                .iter()
                .filter_map(|(factor, text)| {
                    let count = text.get_untracked().trim().parse().ok()?;
                    Some((factor.id.clone(), count))
                })
                .collect()
        });
        let put = PutPassport {
            operation: uuid::Uuid::now_v7(),
            passport: Passport {
                year,
                pupils: pupils.get_untracked().trim().parse().unwrap_or_default(),
                date: date.get_untracked(),
                source: source.get_untracked(),
                small_school: small,
                rural,
                counts,
            },
        };
        leptos::task::spawn_local(async move {
            match client
                .put::<SchoolContext>(&api::paths::school_context(id), &put)
                .await
            {
                Ok(_) => {
                    toasts.say(words::saved(language.get_untracked(), year));
                    is_open.set(false);
                    changed.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let count = |(factor, text): (Factor, RwSignal<String>)| {
        let id = format!("count-{}", factor.id);
        let counted = factor.counted;
        view! {
            <div class="field context-count">
                <label for=id.clone()>{say_text(factor.label)}</label>
                <p class="hint">
                    {say(move |language| words::count_hint(language, counted.in_language(language)))}
                </p>
                <input
                    class="input"
                    id=id
                    type="number"
                    min="0"
                    max="20000"
                    step="1"
                    prop:value=move || text.get()
                    on:input:target=move |event| text.set(event.target().value())
                />
            </div>
        }
    };
    let (main, other): (Vec<_>, Vec<_>) = fields
        .into_iter()
        .partition(|(factor, _)| factor.significant);
    view! {
        <form class="stack" on:submit=submit>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <p class="small muted">{say(words::gap_hint)}</p>
            <div class="documents-pair">
                <div class="field">
                    <label for="passport-pupils">{say(words::pupils)}</label>
                    <input
                        class="input"
                        id="passport-pupils"
                        type="number"
                        min="1"
                        max="20000"
                        required
                        prop:value=move || pupils.get()
                        on:input:target=move |event| pupils.set(event.target().value())
                    />
                </div>
                <div class="field">
                    <label for="passport-date">{say(words::date)}</label>
                    <input
                        class="input"
                        id="passport-date"
                        type="date"
                        required
                        prop:value=move || date.get()
                        on:input:target=move |event| date.set(event.target().value())
                    />
                </div>
            </div>
            <div class="field">
                <label for="passport-source">{say(words::source)}</label>
                <select
                    class="input"
                    id="passport-source"
                    prop:value=move || source.get()
                    on:change:target=move |event| source.set(event.target().value())
                >
                    {SOURCES
                        .into_iter()
                        .map(|(value, name)| view! { <option value=value>{say(name)}</option> })
                        .collect_view()}
                </select>
            </div>
            <h3>{say(words::significant)}</h3>
            {main.into_iter().map(count).collect_view()}
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::other)}
                </summary>
                <div class="disclosure-body">{other.into_iter().map(count).collect_view()}</div>
            </details>
            <div class="actions">
                <button type="submit" class="button primary">
                    {say(common::save)}
                </button>
                <button type="button" class="button" on:click=move |_| is_open.set(false)>
                    {say(common::cancel)}
                </button>
            </div>
        </form>
    }
}
