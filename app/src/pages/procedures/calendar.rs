//! The monitoring calendar: months of the school year, with what is one's own.

use api::access::permission::Permission;
use api::procedures::calendar::{Calendar, CalendarItem, CalendarMonth};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Glyph, Icon, Loaded};
use crate::language::{say, say_text, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::number;
use crate::text::procedures::{calendar as words, plan};

/// The calendar.
#[component]
pub fn CalendarPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let session = use_session();
    let calendar = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<Calendar>(api::paths::CALENDAR).await }
    });
    view! {
        <main class="page" id="main">
            <div class="page-head">
                <h1>{say(words::title)}</h1>
                <Show when=move || session.may_everywhere(Permission::EventCreate)>
                    <a class="button" href=api::work::PROCEDURES>
                        {say(plan::plan)}
                    </a>
                </Show>
            </div>
            <Loaded resource=calendar view=|calendar| view! { <Year calendar=calendar /> } />
        </main>
    }
}

#[component]
fn Year(calendar: Calendar) -> impl IntoView {
    let year = calendar.year;
    let has_own = calendar
        .months
        .iter()
        .any(|month| month.items.iter().any(|item| item.is_own));
    let is_mine = RwSignal::new(has_own);
    let today = calendar.today;
    let chip = move |mine: bool, name: fn(crate::text::Language) -> &'static str| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (is_mine.get() == mine).to_string()
                on:click=move |_| is_mine.set(mine)
            >
                {say(name)}
            </button>
        }
    };
    view! {
        <p class="muted text num">{say(move |language| words::lead(language, year, year + 1))}</p>
        {has_own
            .then(|| {
                view! {
                    <div class="chips" role="group" aria-label=say(words::filters)>
                        {chip(true, words::mine)} {chip(false, words::all)}
                    </div>
                }
            })}
        <div class="calendar-months">
            {calendar
                .months
                .into_iter()
                .map(|month| {
                    let is_now = month.month == today;
                    view! { <Month month=month is_now=is_now is_mine=is_mine /> }
                })
                .collect_view()}
        </div>
        <p class="small muted">{say_text(calendar.note)}</p>
    }
}

#[component]
fn Month(month: CalendarMonth, is_now: bool, is_mine: RwSignal<bool>) -> impl IntoView {
    let iso = month.month;
    let items = StoredValue::new(month.items);
    let shown = Memo::new(move |_| {
        let mine = is_mine.get();
        items.with_value(|items| {
            let wanted = items.iter().filter(|item| item.is_own || !mine);
            wanted.cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <section class="calendar-month" class:calendar-now=is_now>
            <h2 class="num">
                {say(move |language| number::month(language, &iso))}
                {is_now.then(|| view! { " " <span class="tag ok">{say(words::now)}</span> })}
            </h2>
            <Show
                when=move || shown.with(|shown| !shown.is_empty())
                fallback=|| view! { <p class="small muted">{say(words::nothing)}</p> }
            >
                <ul class="calendar-items">
                    <For each=move || shown.get() key=|item| item.id.clone() let(item)>
                        <Item item=item is_mine=is_mine />
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Item(item: CalendarItem, is_mine: RwSignal<bool>) -> impl IntoView {
    let language = use_language();
    let title = item.title.clone();
    let (responsible, output) = (item.responsible, item.output);
    let (is_proposal, week, frequency) = (item.source.is_none(), item.week, item.frequency);
    let named = item.title;
    // Among one's own there is nothing to tell apart.
    let is_marked = move || item.is_own && !is_mine.get();
    let join = move |texts: &[api::text::Text]| {
        texts
            .iter()
            .map(|text| text.in_language(language.get()).to_owned())
            .collect::<Vec<_>>()
            .join(", ")
    };
    view! {
        <li class="calendar-item">
            <p>
                <b>{say_text(title)}</b>
                {move || {
                    is_marked().then(|| view! { " " <span class="tag">{say(words::own)}</span> })
                }}
            </p>
            <p class="small muted">
                {move || {
                    let week = week.map(|week| words::week(language.get(), week));
                    let frequency = frequency.in_language(language.get()).to_owned();
                    [Some(join(&responsible)), Some(frequency), week]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" · ")
                }}
            </p>
            <p class="small muted">
                {move || words::output(language.get(), join(&output))}
                {is_proposal.then(|| view! { " · " {say(words::proposal)} })}
            </p>
            {item
                .href
                .map(|href| {
                    view! {
                        <a
                            class="button"
                            href=href
                            aria-label=say(move |language| {
                                words::open_of(language, named.in_language(language))
                            })
                        >
                            {say(words::open)}
                            <Icon glyph=Glyph::ArrowRight />
                        </a>
                    }
                })}
        </li>
    }
}
