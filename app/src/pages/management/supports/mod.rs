//! Measures agreed with schools: the list, one measure, a new one, and what stands beside a cell or a school.

mod beside;
mod new;
mod one;

use api::access::permission::Permission;
use api::live::LiveChange;
use api::management::support::{Support, SupportState};
use leptos::prelude::*;

pub use beside::Beside;
pub use new::NewSupportPage;
pub use one::SupportPage;

use super::empty::NothingFromTheMap;
use crate::client::use_client;
use crate::components::{Loaded, PageHead};
use crate::language::{say, say_text, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::Wording;
use crate::text::management::supports as words;
use crate::text::{Language, number};

/// Does a change concern measures?
fn is_news(change: &LiveChange) -> bool {
    matches!(change, LiveChange::Support { .. })
}

/// All measures in the reader's scope.
#[component]
pub fn SupportsPage() -> impl IntoView {
    let client = use_client();
    let live = use_live();
    let session = use_session();
    let is_school = Memo::new(move |_| !session.may_everywhere(Permission::SupportRead));
    set_title(words::title);
    let supports = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<Support>>(api::paths::SUPPORTS)
    });
    live.hear(is_news, move || supports.refetch());
    let language = use_language();
    let lead = move || match is_school.get() {
        true => words::lead_own(language.get()).to_owned(),
        false => words::lead(language.get()).to_owned(),
    };
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=Signal::derive(lead) />
            <Loaded
                resource=supports
                view=move |supports| view! { <Groups supports=supports is_school=is_school.get_untracked() /> }
            />
        </main>
    }
}

#[component]
fn Groups(supports: Vec<Support>, is_school: bool) -> AnyView {
    if supports.is_empty() {
        let (text, to_map) = match is_school {
            true => (words::empty_own as Wording, None),
            false => (words::empty_text as Wording, Some(words::to_map as Wording)),
        };
        return view! { <NothingFromTheMap title=words::empty_title text=text to_map=to_map /> }
            .into_any();
    }
    let (open, closed): (Vec<_>, Vec<_>) = supports
        .into_iter()
        .partition(|support| support.state.is_open());
    view! {
        <Group title=words::open supports=open is_school=is_school />
        <Group title=words::closed supports=closed is_school=is_school />
    }
    .into_any()
}

#[component]
fn Group(
    title: fn(Language) -> &'static str,
    supports: Vec<Support>,
    is_school: bool,
) -> impl IntoView {
    (!supports.is_empty()).then(|| {
        view! {
            <section class="stack tight">
                <h2>{say(title)}</h2>
                <ul class="support-list">
                    {supports
                        .into_iter()
                        .map(|support| view! { <Line support=support names_school=!is_school /> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

/// One measure as a line that leads to its page.
#[component]
fn Line(support: Support, names_school: bool) -> impl IntoView {
    let executor = support.executor;
    let class = if support.overdue {
        "support-line overdue"
    } else {
        "support-line"
    };
    view! {
        <li>
            <a class=class href=api::work::support(support.id)>
                <span class="support-line-head">
                    <b>{say_text(support.measure.title.clone())}</b>
                    <StateTag support=support.clone() />
                </span>
                <span class="small muted num">
                    {names_school.then(|| format!("{} · ", support.organisation_name))}
                    {support.work.clone().map(|work| view! { {say_text(work)} " · " })}
                    {say_text(support.measure.level_name.clone())}
                    " · "
                    {say(move |language| words::executor_name(language, executor))}
                </span>
            </a>
        </li>
    }
}

/// State, term or effect in words.
#[component]
fn StateTag(support: Support) -> impl IntoView {
    let (state, effect, overdue, due) =
        (support.state, support.effect, support.overdue, support.due);
    let class = match (state, overdue) {
        (_, true) => "tag alert",
        (SupportState::Checked, _) => "tag calm",
        _ => "tag",
    };
    let text = say(move |language| {
        let name = words::state(language, state);
        let date = number::date(language, &due);
        match (state, effect) {
            (_, Some(effect)) => words::effect(language, effect).to_owned(),
            _ if overdue => words::overdue(language, date),
            (SupportState::Planned | SupportState::Running, _) => {
                // Two facts side by side, no sentence.
                [name, &words::until(language, date)].join(" · ")
            }
            _ => name.to_owned(),
        }
    });
    view! { <span class=class>{text}</span> }
}
