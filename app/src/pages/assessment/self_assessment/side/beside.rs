//! Last time's answers of this domain, and what the data of the school say; honest where there is nothing.

use api::assessment::background::{Background, PreviousItem, ResultSummary};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::state_tag::StateTag;
use crate::components::{Glyph, Icon};
use crate::filling::Filling;
use crate::filling::steps::Step;
use crate::language::{say, say_text, use_language};
use crate::text::assessment::team as words;
use crate::text::number;

/// What is known beside the domain.
#[component]
pub fn Beside(filling: Filling) -> impl IntoView {
    let client = use_client();
    let path = filling
        .about
        .with_untracked(|about| api::paths::background(about.id));
    let known = LocalResource::new(move || {
        client.epoch.track();
        let path = path.clone();
        async move { client.get::<Background>(&path).await.ok() }
    });
    move || {
        let known = known.get().flatten()?;
        // At the review there is no domain to compare with its last time.
        let is_domain = move || matches!(filling.step.get(), Step::Section(_));
        let last = known.clone();
        Some(view! {
            <Show when=is_domain>
                <LastTime filling=filling known=last.clone() />
            </Show>
            <Hints filling=filling known=known.clone() />
            <Data known=known />
        })
    }
}

/// Names and numbers of the items of the domain that is open.
fn items(filling: Filling) -> Vec<(String, String)> {
    match filling.step.get() {
        Step::Section(path) => filling.overview.with(|overview| {
            overview
                .section(&path)
                .map(|section| {
                    section
                        .main()
                        .map(|view| {
                            let number = view.number().map(|one| one.to_string());
                            (view.name.clone(), number.unwrap_or_default())
                        })
                        .collect()
                })
                .unwrap_or_default()
        }),
        Step::Review => Vec::new(),
    }
}

#[component]
fn LastTime(filling: Filling, known: Background) -> impl IntoView {
    let language = use_language();
    let Some(previous) = known.previous else {
        return view! {
            <section>
                <p class="muted">{say(words::last_none)}</p>
            </section>
        }
        .into_any();
    };
    let items_of = previous.items;
    let date = previous.date;
    view! {
        <section>
            <h2 class="num">
                {move || words::last_time(language.get(), number::date(language.get(), &date))}
            </h2>
            <ul class="side-last">
                {move || {
                    items(filling)
                        .into_iter()
                        .map(|(name, number)| {
                            let found = items_of.iter().find(|one| one.item == name).cloned();
                            view! { <LastItem number=number found=found /> }
                        })
                        .collect_view()
                }}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn LastItem(number: String, found: Option<PreviousItem>) -> impl IntoView {
    view! {
        <li>
            <b class="num">{number}</b>
            " "
            {match found {
                None => view! { <span class="muted">{say(words::last_item_none)}</span> }.into_any(),
                Some(one) => {
                    view! {
                        <span class="sentence">{say_text(one.sentence)}</span>
                        {one
                            .evidence
                            .map(|text| {
                                view! {
                                    <span class="small muted side-note">
                                        {say(move |l| words::last_evidence(l, &text))}
                                    </span>
                                }
                            })}
                        {one
                            .note
                            .map(|text| {
                                view! {
                                    <span class="small muted side-note">
                                        {say(move |l| words::last_note(l, &text))}
                                    </span>
                                }
                            })}
                    }
                        .into_any()
                }
            }}
        </li>
    }
}

/// Rules of the instrument that hold for an answer given now.
#[component]
fn Hints(filling: Filling, known: Background) -> impl IntoView {
    let hints = known.hints;
    let found = Memo::new(move |_| {
        filling.overview.with(|overview| {
            let mut found: Vec<(String, api::text::Text)> = Vec::new();
            for section in &overview.sections {
                for view in section.main() {
                    for hint in &hints {
                        if hint.items.contains(&view.name)
                            && view.score().is_some_and(|score| score >= hint.from)
                        {
                            let number = view.number().map(|one| one.to_string());
                            found.push((number.unwrap_or_default(), hint.rule.clone()));
                        }
                    }
                }
            }
            found
        })
    });
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            view! {
                <section class="side-hints">
                    <h2>
                        <Icon glyph=Glyph::Info />
                        {say(words::hint_title)}
                    </h2>
                    <ul class="side-last">
                        {found
                            .into_iter()
                            .map(|(number, rule)| {
                                view! {
                                    <li>
                                        <b class="num">
                                            {say(move |l| words::about_item(l, &number))}
                                        </b>
                                        " "
                                        {say_text(rule)}
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn Data(known: Background) -> impl IntoView {
    let language = use_language();
    let has_nothing = known.observation.is_none() && known.results.is_none();
    let seen = known.observation.map(|seen| {
        let (sheets, clear, index) = (seen.sheets, seen.without_critical, seen.index);
        view! {
            <p class="num">{say(move |l| words::data_sheets(l, u64::from(sheets)))}</p>
            <p class="muted num">
                {move || {
                    let language = language.get();
                    words::data_index(language, number::percent(language, index, 0), clear)
                }}
            </p>
        }
    });
    view! {
        <section>
            <h2>{say(words::data_title)}</h2>
            {if has_nothing {
                view! { <p class="muted">{say(words::data_none)}</p> }.into_any()
            } else {
                view! {
                    {match seen {
                        Some(seen) => seen.into_any(),
                        None => view! { <p class="muted">{say(words::data_no_sheets)}</p> }.into_any(),
                    }}
                    {match known.results {
                        Some(results) => view! { <Found results=results /> }.into_any(),
                        None => view! { <p class="muted">{say(words::data_no_results)}</p> }.into_any(),
                    }}
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Found(results: ResultSummary) -> impl IntoView {
    let year = results.year;
    let spoken: Vec<_> = results
        .channels
        .into_iter()
        .filter(|channel| channel.fired > 0)
        .collect();
    let is_quiet = spoken.is_empty();
    view! {
        <p class="num">{say(move |l| words::data_results(l, year))}</p>
        <p class="side-states num">
            {results
                .states
                .into_iter()
                .map(|(state, count)| {
                    view! {
                        <span>
                            <StateTag state=state />
                            " "
                            {count}
                        </span>
                    }
                })
                .collect_view()}
        </p>
        {is_quiet.then(|| view! { <p class="muted">{say(words::data_channels_quiet)}</p> })}
        <ul class="side-last">
            {spoken
                .into_iter()
                .map(|channel| {
                    let (name, fired, computed) = (channel.name, channel.fired, channel.computed);
                    view! {
                        <li class="num">
                            {say(move |l| {
                                words::data_channel(l, name.in_language(l), fired, computed)
                            })}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
