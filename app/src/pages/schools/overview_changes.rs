//! Change logs of all schools in numbers: who keeps a log, who has reported. Ordered by name.

use api::schools::school_change::{ChangeOverview, ChangeSummary, WindowState};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Loaded, TableFrame};
use crate::language::{label, say, say_text};
use crate::model::collate;
use crate::shell::set_title;
use crate::text::number;
use crate::text::schools::changes as words;

/// The overview.
#[component]
pub fn ChangesPage() -> impl IntoView {
    set_title(words::overview_title);
    let client = use_client();
    let overview = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<ChangeOverview>(api::paths::CHANGES).await }
    });
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::overview_title)}</h1>
                <p class="muted text">{say(words::overview_lead)}</p>
            </div>
            <Loaded resource=overview view=|overview| view! { <Schools overview=overview /> } />
        </main>
    }
}

#[component]
fn Schools(overview: ChangeOverview) -> impl IntoView {
    let label = label(words::overview_title);
    let mut schools = overview.schools;
    schools.sort_by(|a, b| collate::compare(&a.name, &b.name));
    view! {
        <TableFrame label=label>
            <table class="table rows-link">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        <th scope="col" class="end">
                            {say(words::count)}
                        </th>
                        <th scope="col" class="end">
                            {say(words::running)}
                        </th>
                        <th scope="col" class="end">
                            {say(words::done)}
                        </th>
                        <th scope="col" class="end">
                            {say(words::supported)}
                        </th>
                        {overview
                            .windows
                            .into_iter()
                            .map(|window| {
                                view! {
                                    <th scope="col" class="first-capital">
                                        {say_text(window)}
                                    </th>
                                }
                            })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {schools
                        .into_iter()
                        .map(|school| view! { <Row school=school /> })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn Row(school: ChangeSummary) -> impl IntoView {
    let count = |count: u32| {
        view! {
            <td class="end num">{say(move |language| number::count(language, u64::from(count)))}</td>
        }
    };
    view! {
        <tr>
            <th scope="row">
                <a href=api::work::school_changes(school.organisation)>{school.name}</a>
            </th>
            {count(school.changes)} {count(school.running)} {count(school.done)}
            {count(school.supported)}
            {school
                .windows
                .into_iter()
                .map(|state| view! { <td>{window_tag(state)}</td> })
                .collect_view()}
        </tr>
    }
}

/// State of a window as a tag: words and a sign, never colour alone.
pub fn window_tag(state: WindowState) -> impl IntoView {
    let (class, sign) = match state {
        WindowState::Ahead => ("tag calm", "·"),
        WindowState::Open => ("tag", "○"),
        WindowState::Missed => ("tag warn", "!"),
        WindowState::Reported => ("tag ok", "✓"),
    };
    view! {
        <span class=class>
            <span aria-hidden="true">{sign}" "</span>
            {say(move |language| words::window_name(language, state))}
        </span>
    }
}
