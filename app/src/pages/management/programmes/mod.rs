//! Programmes with their roadmaps: the list, one brought as a file, and the roadmap itself.

mod draft;
mod edit;
mod effect;
mod line;
mod lists;
mod new;
mod one;
mod report;
mod scale;

use api::access::permission::Permission;
use api::live::LiveChange;
use api::management::programme::{ProgrammeState, ProgrammeSummary};
use leptos::prelude::*;

pub use new::NewProgrammePage;
pub use one::ProgrammePage;

use crate::client::use_client;
use crate::components::{EmptyState, Loaded, PageHead, TableFrame};
use crate::language::{label, say, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::management::programmes as words;
use crate::text::{Language, number};

/// All programmes.
#[component]
pub fn ProgrammesPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let live = use_live();
    let session = use_session();
    let programmes = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<ProgrammeSummary>>(api::paths::PROGRAMMES)
    });
    live.hear(
        |change| matches!(change, LiveChange::Programme { .. }),
        move || programmes.refetch(),
    );
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                <Show when=move || session.may_everywhere(Permission::ProgrammeCreate)>
                    <a class="button primary" href=api::work::NEW_PROGRAMME>
                        {say(words::bring)}
                    </a>
                </Show>
            </PageHead>
            <Loaded
                resource=programmes
                view=|programmes| view! { <Programmes programmes=programmes /> }
            />
        </main>
    }
}

#[component]
fn Programmes(programmes: Vec<ProgrammeSummary>) -> AnyView {
    let language = use_language();
    let session = use_session();
    if programmes.is_empty() {
        let text = if session.may_everywhere(Permission::ProgrammeCreate) {
            words::empty_text
        } else {
            words::empty_reader
        };
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=Signal::derive(move || text(language.get()).to_owned())
            />
        }
        .into_any();
    }
    view! {
        <TableFrame label=label(words::title)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::title)}</th>
                        <th scope="col">{say(words::years)}</th>
                        <th scope="col" class="end">
                            {say(words::lines)}
                        </th>
                        <th scope="col">{say(words::state)}</th>
                    </tr>
                </thead>
                <tbody>{programmes.into_iter().map(row).collect_view()}</tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

fn row(one: ProgrammeSummary) -> impl IntoView {
    let (state, count, order) = (one.state, one.count, one.order.clone());
    let (first, last) = (one.first_day.clone(), one.last_day.clone());
    view! {
        <tr>
            <th scope="row">
                <a href=api::work::programme(one.id)>{one.title}</a>
                {order
                    .map(|order| {
                        view! {
                            <span class="small muted people-under num">
                                {say(move |language| {
                                    words::order(
                                        language,
                                        &order.number,
                                        number::date(language, &order.day),
                                    )
                                })}
                            </span>
                        }
                    })}
            </th>
            <td class="num">{years(&first, &last)}</td>
            <td class="num end">{count.all}</td>
            <td>
                {say(move |language| words::programme_state(language, state))}
                <span class="roadmap-counts num">
                    {state_words(state, count)
                        .into_iter()
                        .map(|(class, text)| view! { <span class=class>{say(text)}</span> })
                        .collect_view()}
                </span>
            </td>
        </tr>
    }
}

type Said = Box<dyn Fn(Language) -> String + Send>;

/// What a programme asks for: what is late in words of warning, what waits for a day or an answer.
fn state_words(
    state: ProgrammeState,
    count: api::management::programme::LineCount,
) -> Vec<(&'static str, Said)> {
    let mut found: Vec<(&'static str, Said)> = Vec::new();
    if state == ProgrammeState::Draft {
        if count.questions > 0 {
            let said = move |l| words::questions_count(l, count.questions);
            found.push(("roadmap-asks", Box::new(said)));
        }
        return found;
    }
    if count.overdue > 0 {
        let said = move |l| words::overdue_count(l, count.overdue);
        found.push(("roadmap-late", Box::new(said)));
    }
    if count.undated > 0 {
        let said = move |l| words::undated_count(l, count.undated);
        found.push(("roadmap-asks", Box::new(said)));
    }
    if found.is_empty() {
        found.push(("muted", Box::new(|l| words::in_time(l).to_owned())));
    }
    found
}

/// Years of a programme: «2026–2028», or the only one.
fn years(first: &str, last: &str) -> String {
    let year = |day: &str| day.get(..4).unwrap_or_default().to_owned();
    let (first, last) = (year(first), year(last));
    if first == last {
        first
    } else {
        format!("{first}–{last}")
    }
}
