//! By which channels the event is controlled, and where its recording lies.

use api::observation::staffing::Staffing;
use api::procedures::event::AssignmentRole;
use api::procedures::readiness::Video;
use leptos::prelude::*;

use super::Page;
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Field, use_toasts};
use crate::language::{label, say, use_language};
use crate::text::common;
use crate::text::observation::staffing as words;

/// Channels of control and the reference to the recording.
#[component]
pub(super) fn VideoCard(page: Page) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let reference = RwSignal::new(
        page.staffing
            .with_untracked(|all| all.video.clone().unwrap_or_default()),
    );
    let channels = Memo::new(move |_| {
        page.staffing.with(|all| {
            let mut roles: Vec<AssignmentRole> = all
                .parts
                .iter()
                .map(|part| part.role)
                .filter(|role| {
                    matches!(
                        role,
                        AssignmentRole::Observer
                            | AssignmentRole::Visitor
                            | AssignmentRole::VideoObserver
                    )
                })
                .collect();
            roles.dedup();
            roles
        })
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let video = Video {
            reference: reference.get_untracked(),
        };
        doing.run(
            async move { client.put::<Staffing>(&page.path("video"), &video).await },
            move |staffing| {
                toasts.say(words::saved(language.get_untracked()));
                page.take(staffing);
            },
        );
    };
    let link = move || {
        page.staffing
            .with(|all| all.video.clone())
            .filter(|reference| reference.starts_with("https://"))
    };
    view! {
        <section class="card stack">
            <h2>{say(words::channels)}</h2>
            <p class="first-capital">
                {move || {
                    let names: Vec<_> = channels
                        .get()
                        .into_iter()
                        .map(|role| words::part(language.get(), role))
                        .collect();
                    if names.is_empty() {
                        words::channel_none(language.get()).to_owned()
                    } else {
                        names.join(", ")
                    }
                }}
            </p>
            <h3>{say(words::video)}</h3>
            {move || {
                link()
                    .map(|href| {
                        let name = href.clone();
                        view! {
                            <p class="small">
                                <a href=href rel="external noopener noreferrer" target="_blank">
                                    {name}
                                </a>
                            </p>
                        }
                    })
            }}
            {page
                .may_staff
                .then(|| {
                    view! {
                        <form class="stack" on:submit=save>
                            <Field
                                id="event-video"
                                label=label(words::video_label)
                                hint=label(words::video_hint)
                                value=reference
                            />
                            <DoingFailure doing=doing />
                            <div>
                                <button
                                    type="submit"
                                    class="button"
                                    disabled=move || doing.busy.get()
                                >
                                    {say(common::save)}
                                </button>
                            </div>
                        </form>
                    }
                })}
        </section>
    }
}
