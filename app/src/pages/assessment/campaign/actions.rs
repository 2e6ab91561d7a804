//! What a coordinator does with one school: gives the self-assessment back, or gives more time.

use api::assessment::campaign::{Campaign, CampaignProgress, CampaignSchool, Extend, GiveBack};
use api::id::CampaignId;
use leptos::prelude::*;
use serde::Serialize;
use uuid::Uuid;

use crate::client::{Failure, use_client};
use crate::components::{Dialog, FailureNotice};
use crate::language::{say, use_language};
use crate::text::assessment::campaign as words;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    GiveBack,
    Extend,
}

/// Buttons of one school, with their dialog.
#[component]
pub fn SchoolActions(
    campaign: CampaignId,
    closes: String,
    school: CampaignSchool,
) -> impl IntoView {
    let language = use_language();
    let client = use_client();
    let open = RwSignal::new(false);
    let act = RwSignal::new(Act::GiveBack);
    let reason = RwSignal::new(String::new());
    let until = RwSignal::new(school.until.clone().unwrap_or(closes));
    let failure = RwSignal::new(None::<Failure>);
    let id = RwSignal::new(Uuid::now_v7());
    let organisation = school.organisation;
    let name = StoredValue::new(school.name.clone());
    let can_return = matches!(
        school.progress,
        CampaignProgress::Submitted | CampaignProgress::Approved
    );
    let begin = move |chosen: Act| {
        act.set(chosen);
        failure.set(None);
        reason.set(String::new());
        id.set(Uuid::now_v7());
        open.set(true);
    };
    let send = move |_| {
        failure.set(None);
        let (act, id, reason) = (
            act.get_untracked(),
            id.get_untracked(),
            reason.get_untracked(),
        );
        let until = until.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = match act {
                Act::GiveBack => {
                    let path = api::paths::campaign_return(campaign, organisation);
                    post(client, path, GiveBack { id, reason }).await
                }
                Act::Extend => {
                    let path = api::paths::campaign_extension(campaign, organisation);
                    post(client, path, Extend { id, until, reason }).await
                }
            };
            match answer {
                // The page hears of the change by the live stream.
                Ok(()) => {
                    let _ = open.try_set(false);
                }
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
        });
    };
    let title = Signal::derive(move || {
        name.with_value(|name| match act.get() {
            Act::GiveBack => words::return_title(language.get(), name),
            Act::Extend => words::extend_title(language.get(), name),
        })
    });
    view! {
        {can_return
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="button quiet"
                        aria-label=say(move |l| name.with_value(|name| words::return_of(l, name)))
                        on:click=move |_| begin(Act::GiveBack)
                    >
                        {say(words::return_school)}
                    </button>
                }
            })}
        <button
            type="button"
            class="button quiet"
            aria-label=say(move |l| name.with_value(|name| words::extend_of(l, name)))
            on:click=move |_| begin(Act::Extend)
        >
            {say(words::extend_school)}
        </button>
        <Dialog open=open title=title>
            <div class="stack tight">
                {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
                <Show
                    when=move || act.get() == Act::Extend
                    fallback=move || view! { <p>{say(words::return_text)}</p> }
                >
                    <label class="field">
                        <span>{say(words::extend_until)}</span>
                        <input
                            class="input"
                            type="date"
                            prop:value=move || until.get()
                            on:change=move |event| until.set(event_target_value(&event))
                        />
                    </label>
                </Show>
                <label class="field">
                    <span>{say(words::reason)}</span>
                    <textarea
                        class="input"
                        rows="3"
                        prop:value=move || reason.get()
                        on:input=move |event| reason.set(event_target_value(&event))
                    ></textarea>
                </label>
                <button
                    type="button"
                    class="button primary"
                    disabled=move || reason.with(|reason| reason.trim().is_empty())
                    on:click=send
                >
                    {move || match act.get() {
                        Act::GiveBack => words::return_school(language.get()),
                        Act::Extend => words::extend_school(language.get()),
                    }}
                </button>
            </div>
        </Dialog>
    }
}

async fn post(
    client: crate::client::Client,
    path: String,
    body: impl Serialize,
) -> Result<(), Failure> {
    client.post::<Campaign>(&path, &body).await.map(|_| ())
}
