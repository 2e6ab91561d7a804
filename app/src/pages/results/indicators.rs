//! Indicators of the quality programme: value against target, the years before, and a card that says what it means.

use api::id::IndicatorValueId;
use api::results::indicator::{
    Direction, IndicatorCard, IndicatorGroup, IndicatorUnit, IndicatorValue, Indicators,
    NewIndicatorValue,
};
use api::text::Text;
use leptos::prelude::*;
use uuid::Uuid;

use crate::charts::bullet::{Bullet, BulletChart};
use crate::charts::spark::Sparkline;
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Glyph, Icon, Loaded, use_toasts};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::shell::set_title;
use crate::text::results::indicators as words;
use crate::text::{Language, chart, number};

/// All indicators.
#[component]
pub fn IndicatorsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let all = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Indicators>(api::paths::INDICATORS)
    });
    let again = Callback::new(move |()| all.refetch());
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            <Loaded
                resource=all
                view=move |all: Indicators| {
                    let entry = Entry {
                        year: all.year,
                        may_enter: all.may_enter,
                        again,
                    };
                    all.groups
                        .into_iter()
                        .map(|group| view! { <Group group=group entry=entry /> })
                        .collect_view()
                }
            />
        </main>
    }
}

/// What entering a value needs.
#[derive(Clone, Copy)]
struct Entry {
    year: i32,
    may_enter: bool,
    again: Callback<()>,
}

#[component]
fn Group(group: IndicatorGroup, entry: Entry) -> impl IntoView {
    view! {
        <section class="stack tight">
            <h2>{say_text(group.title)}</h2>
            <ul class="indicators">
                {group
                    .indicators
                    .into_iter()
                    .map(|card| {
                        view! {
                            <li class="card indicator">
                                <Card card=card entry=entry />
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}

/// Decimal places that a figure needs: none for a whole one, otherwise one.
fn places(value: f64) -> usize {
    usize::from((value - value.round()).abs() >= 0.05)
}

/// A value in the unit of its indicator.
fn shown(language: Language, unit: IndicatorUnit, value: f64) -> String {
    match unit {
        IndicatorUnit::Percent => number::percent(language, value / 100.0, places(value)),
        IndicatorUnit::Count => number::decimal(language, value, places(value)),
    }
}

/// A difference in the unit of its indicator.
fn difference(language: Language, unit: IndicatorUnit, value: f64) -> String {
    let figure = number::decimal(language, value.abs(), places(value));
    match unit {
        IndicatorUnit::Percent => words::points(language, figure),
        IndicatorUnit::Count => figure,
    }
}

fn target_words(language: Language, card: &IndicatorCard) -> String {
    match (card.target, card.direction) {
        (None, _) => words::no_target(language).to_owned(),
        (Some(target), Direction::Higher) => {
            words::target_least(language, shown(language, card.unit, target))
        }
        (Some(target), Direction::Lower) => {
            words::target_most(language, shown(language, card.unit, target))
        }
    }
}

/// Where the last value stands against the target: class of the tag, and words.
fn standing(language: Language, card: &IndicatorCard) -> Option<(&'static str, String)> {
    let (last, target) = (card.values.last()?, card.target?);
    let gap = match card.direction {
        Direction::Higher => target - last.value,
        Direction::Lower => last.value - target,
    };
    if gap <= 0.0 {
        return Some(("tag ok", words::reached(language).to_owned()));
    }
    let gap = difference(language, card.unit, gap);
    Some((
        "tag warn",
        match card.direction {
            Direction::Higher => words::short_of(language, gap),
            Direction::Lower => words::beyond(language, gap),
        },
    ))
}

#[component]
fn Card(card: IndicatorCard, entry: Entry) -> impl IntoView {
    let language = use_language();
    let title = card.title.clone();
    let card = StoredValue::new(card);
    let has_form = entry.may_enter && !card.with_value(|card| card.is_computed);
    view! {
        <h3>{say_text(title)}</h3>
        {match card.with_value(|card| card.values.last().cloned()) {
            Some(last) => view! { <Value card=card last=last /> }.into_any(),
            None => {
                let words = card
                    .with_value(|card| {
                        if card.is_computed { words::no_value_computed } else { words::no_value }
                    });
                view! {
                    <p class="muted sentence">{say(words)}</p>
                    <p class="small muted num">
                        {move || card.with_value(|card| target_words(language.get(), card))}
                    </p>
                }
                    .into_any()
            }
        }}
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::card)}
            </summary>
            <Facts card=card />
        </details>
        {has_form.then(|| view! { <Enter card=card entry=entry /> })}
    }
}

/// The last value with its drawing, its target, and what became of it.
#[component]
fn Value(card: StoredValue<IndicatorCard>, last: IndicatorValue) -> impl IntoView {
    let language = use_language();
    let IndicatorValue { year, value, n, .. } = last;
    let unit = card.with_value(|card| card.unit);
    let bullet = card.with_value(|card| Bullet {
        value,
        target: card.target,
        most: match unit {
            IndicatorUnit::Percent => 100.0,
            IndicatorUnit::Count => {
                Bullet::most_of(card.values.iter().map(|one| one.value).chain(card.target))
            }
        },
    });
    let label = Signal::derive(move || {
        let language = language.get();
        card.with_value(|card| {
            words::spoken(
                language,
                card.title.in_language(language),
                shown(language, unit, value),
                target_words(language, card),
            )
        })
    });
    let before = card.with_value(|card| card.values.iter().rev().nth(1).cloned());
    let years: Vec<(i32, f64)> = card.with_value(|card| {
        card.values
            .iter()
            .map(|one| (one.year, one.value))
            .collect()
    });
    let oldest = card.with_value(|card| card.values.first().cloned());
    let trend = Signal::derive(move || {
        let language = language.get();
        oldest.as_ref().map_or_else(String::new, |oldest| {
            let from = shown(language, unit, oldest.value);
            chart::trend(
                language,
                oldest.year,
                from,
                year,
                shown(language, unit, value),
            )
        })
    });
    view! {
        <p class="indicator-value num">
            <b>{move || shown(language.get(), unit, value)}</b>
            <span class="small muted">
                {say(move |language| words::in_year(language, year))}
                {n.map(|n| {
                    view! {
                        " · "
                        {say(move |language| {
                            words::of_things(language, number::count(language, n))
                        })}
                    }
                })}
            </span>
            <Sparkline values=years label=trend />
            {move || {
                let (class, words) = card.with_value(|card| standing(language.get(), card))?;
                Some(view! { <span class=class>{words}</span> })
            }}
        </p>
        <BulletChart bullet=bullet label=label />
        <p class="small muted num">
            {move || card.with_value(|card| target_words(language.get(), card))}
            {before
                .map(|before| {
                    view! {
                        " · "
                        {say(move |language| {
                            let change = value - before.value;
                            let size = difference(language, unit, change);
                            if size == difference(language, unit, 0.0) {
                                return words::as_before(language, before.year);
                            }
                            let sign = if change < 0.0 { "−" } else { "+" };
                            words::since(language, format!("{sign}{size}"), before.year)
                        })}
                    }
                })}
        </p>
    }
}

#[component]
fn Facts(card: StoredValue<IndicatorCard>) -> impl IntoView {
    let language = use_language();
    let IndicatorCard {
        formula,
        direction,
        source,
        period,
        owner,
        risk,
        counter,
        is_computed,
        unit,
        values,
        ..
    } = card.get_value();
    let fact = |name: fn(Language) -> &'static str, text: Text| {
        view! {
            <div>
                <dt>{say(name)}</dt>
                <dd class="sentence">{say_text(text)}</dd>
            </div>
        }
    };
    let better = match direction {
        Direction::Higher => words::higher,
        Direction::Lower => words::lower,
    };
    let way = if is_computed {
        words::computed
    } else {
        words::entered
    };
    view! {
        <dl class="facts small">
            {fact(words::formula, formula)}
            <div>
                <dt>{say(words::direction)}</dt>
                <dd>{say(better)}</dd>
            </div>
            {fact(words::source, source)}
            {fact(words::period, period)}
            {fact(words::owner, owner)}
            {fact(words::risk, risk)}
            {fact(words::counter, counter)}
        </dl>
        <p class="small muted">{say(way)}</p>
        {(!values.is_empty())
            .then(|| {
                view! {
                    <table class="table num indicator-history">
                        <caption class="hidden-visually">{say(words::history)}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{say(words::year)}</th>
                                <th scope="col" class="end">
                                    {say(words::value)}
                                </th>
                                {(!is_computed)
                                    .then(|| view! { <th scope="col">{say(words::evidence)}</th> })}
                            </tr>
                        </thead>
                        <tbody>
                            {values
                                .into_iter()
                                .rev()
                                .map(|one| {
                                    let author = one
                                        .author
                                        .zip(one.at_ms)
                                        .map(|(author, at_ms)| {
                                            view! {
                                                <span class="muted">
                                                    " · " {author} ", "
                                                    {say(move |language| {
                                                        device::date_time(language, at_ms)
                                                    })}
                                                </span>
                                            }
                                        });
                                    view! {
                                        <tr>
                                            <th scope="row">{one.year}</th>
                                            <td class="end">
                                                {move || shown(language.get(), unit, one.value)}
                                            </td>
                                            {(!is_computed)
                                                .then(|| view! { <td>{one.evidence} {author}</td> })}
                                        </tr>
                                    }
                                })
                                .collect_view()}
                        </tbody>
                    </table>
                }
            })}
    }
}

/// Entering a value of a year, with what proves it.
#[component]
fn Enter(card: StoredValue<IndicatorCard>, entry: Entry) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let indicator = card.with_value(|card| card.id.clone());
    let title = card.with_value(|card| card.title.clone());
    let unit = card.with_value(|card| card.unit);
    let year = RwSignal::new(entry.year.to_string());
    let value = RwSignal::new(String::new());
    let evidence = RwSignal::new(String::new());
    // Made once for a form, so that sending again after a lost answer is the same value.
    let id = StoredValue::new(IndicatorValueId(Uuid::now_v7()));
    let of = indicator.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewIndicatorValue {
            id: id.get_value(),
            indicator: of.clone(),
            year: year.get_untracked().trim().parse().unwrap_or_default(),
            // What is no number is below the bounds, which the answer names.
            value: number::typed(&value.get_untracked()).unwrap_or(-1.0),
            evidence: evidence.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .post::<Indicators>(api::paths::INDICATORS, &new)
                    .await
            },
            move |_| {
                toasts.say(words::saved(language.get_untracked()));
                id.set_value(IndicatorValueId(Uuid::now_v7()));
                entry.again.run(());
            },
        );
    };
    let named = move |name: &str| format!("{name}-{indicator}");
    let (year_id, value_id, evidence_id) = (named("year"), named("value"), named("evidence"));
    let (of_year, of_value, of_evidence) = (year_id.clone(), value_id.clone(), evidence_id.clone());
    let suffix = match unit {
        IndicatorUnit::Percent => ", %",
        IndicatorUnit::Count => "",
    };
    view! {
        <details class="disclosure">
            <summary aria-label=move || {
                let language = language.get();
                words::enter_of(language, title.in_language(language))
            }>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::enter)}
            </summary>
            <form class="stack tight indicator-form" on:submit=send>
                <div class="documents-pair">
                    <div class="field">
                        <label for=of_year>{say(words::year)}</label>
                        <input
                            class="input num"
                            id=year_id
                            inputmode="numeric"
                            required
                            prop:value=move || year.get()
                            on:input=move |event| year.set(event_target_value(&event))
                        />
                    </div>
                    <div class="field">
                        <label for=of_value>{say(words::value)} {suffix}</label>
                        <input
                            class="input num"
                            id=value_id
                            inputmode="decimal"
                            required
                            prop:value=move || value.get()
                            on:input=move |event| value.set(event_target_value(&event))
                        />
                    </div>
                </div>
                <div class="field">
                    <label for=of_evidence>{say(words::evidence)}</label>
                    <p class="hint">{say(words::evidence_hint)}</p>
                    <textarea
                        class="input"
                        id=evidence_id
                        rows="2"
                        maxlength="1000"
                        required
                        prop:value=move || evidence.get()
                        on:input=move |event| evidence.set(event_target_value(&event))
                    ></textarea>
                </div>
                <DoingFailure doing=doing />
                <button class="button" disabled=move || doing.busy.get()>
                    {say(words::save)}
                </button>
            </form>
        </details>
    }
}
