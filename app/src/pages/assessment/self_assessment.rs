//! A school's self-assessment: one domain at a time, colleagues' answers beside one's own.

mod contents;
mod profile;
mod result;
mod side;

pub use profile::Profile;

use api::access::permission::Permission;
use std::sync::Arc;

use api::forms::submission::SubmissionSubject;
use api::id::{CampaignId, OrganisationId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::team::approval::{Approval, GivenBack};
use super::team::here::{Here, HereAt, HereNow};
use super::team::talk::{TalkAt, Talks};
use super::team::trail::TrailAt;
use crate::client::{Failure, use_client};
use crate::components::evidence::provide_evidence;
use crate::components::form::{Badge, CardFoot, SectionItems};
use crate::components::{FailureNotice, Glyph, Icon, Loading};
use crate::filling::Filling;
use crate::filling::authors::people;
use crate::filling::desk::use_desk;
use crate::filling::open::{Opened, open_subject, own_id};
use crate::filling::overview::SectionOverview;
use crate::filling::steps::Step;
use crate::language::{say, use_language};
use crate::pages::forms::sheet::begin::begin;
use crate::pages::forms::sheet::go::show_heading;
use crate::pages::forms::sheet::review::{Review, ReviewWords, SubmitWaits};
use crate::pages::forms::sheet::save_line::SaveLine;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::assessment::self_assessment as words;

/// A school's self-assessment.
#[component]
pub fn SelfAssessmentPage() -> impl IntoView {
    let parameters = use_params_map();
    let subject = Memo::new(move |_| {
        let parameters = parameters.read();
        let campaign: CampaignId = parameters.get("campaign")?.parse().ok()?;
        let organisation: OrganisationId = parameters.get("organisation")?.parse().ok()?;
        Some(SubmissionSubject::Campaign {
            campaign,
            organisation,
        })
    });
    let client = use_client();
    let session = use_session();
    let desk = use_desk();
    let opened = LocalResource::new(move || {
        let subject = subject.get();
        client.epoch.track();
        let person = own_id(session);
        async move {
            let subject = subject.ok_or(Failure::Unreadable { status: 404 })?;
            open_subject(client, desk, person, subject).await
        }
    });
    set_title(words::title);
    let retry = Callback::new(move |()| opened.refetch());
    let begun = RwSignal::new(None::<Opened>);
    Effect::new(move |_| {
        if let Some(Ok(opened)) = opened.get()
            && begun.with_untracked(|old| {
                old.as_ref().map(|old| old.submission.id) != Some(opened.submission.id)
            })
        {
            begun.set(Some(opened));
        }
    });
    move || match (begun.get(), opened.get()) {
        (Some(opened), _) => view! { <Assessment opened=opened /> }.into_any(),
        (None, Some(Err(failure))) => view! {
            <main class="page narrow" id="main">
                <FailureNotice failure=failure retry=retry />
            </main>
        }
        .into_any(),
        (None, _) => view! {
            <main class="page narrow" id="main">
                <Loading />
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Assessment(opened: Opened) -> impl IntoView {
    provide_evidence(api::paths::submission_evidence(opened.submission.id));
    let (filling, is_done) = begin(opened);
    let submission = filling.about.with_untracked(|about| about.id);
    let approval = Approval::start(submission);
    move || {
        if is_done.get() {
            view! { <result::ResultPage filling=filling approval=approval /> }.into_any()
        } else {
            view! { <Fill filling=filling approval=approval /> }.into_any()
        }
    }
}

#[component]
fn Fill(filling: Filling, approval: Approval) -> impl IntoView {
    let session = use_session();
    // An expert works alone: nobody to meet, nobody to ask.
    let is_team = session.may(Permission::CommentRead);
    let here = is_team.then(|| Here::start(filling));
    let submission = filling.about.with_untracked(|about| about.id);
    if let Some(here) = here {
        let talks = Talks::start(submission);
        provide_context(CardFoot(Arc::new(move |path: String| {
            view! {
                <HereAt here=here path=path.clone() />
                <TrailAt filling=filling path=path.clone() />
                <TalkAt talks=talks path=path />
            }
            .into_any()
        })));
    } else {
        provide_context(CardFoot(Arc::new(move |path: String| {
            view! { <TrailAt filling=filling path=path /> }.into_any()
        })));
    }
    Effect::new(move |before: Option<Step>| {
        let step = filling.step.get();
        if before.is_some_and(|before| before != step) {
            show_heading();
        }
        step
    });
    view! {
        <section class="assess-bar" aria-label=say(words::bar)>
        <div class="assess-top">
            <p class="assess-school">
                {move || filling.about.with(|about| about.heading.organisation_name.clone())}
            </p>
            {here.map(|here| view! { <HereNow here=here /> })}
            <People filling=filling />
            <SaveLine filling=filling />
        </div>
        </section>
        <div class="assess">
            <contents::Contents filling=filling />
            <main
                class="assess-main"
                id="main"
                on:focusin=move |event| {
                    if let Some(here) = here {
                        here.note(&event);
                    }
                }
            >
                <GivenBack approval=approval filling=filling />
                {move || match filling.step.get() {
                    _ if filling.is_submitting.get() => {
                        view! { <SubmitWaits filling=filling /> }.into_any()
                    }
                    Step::Section(path) => view! { <Domain filling=filling path=path /> }.into_any(),
                    Step::Review => {
                        view! { <Review filling=filling text=REVIEW has_violations=false /> }.into_any()
                    }
                }}
            </main>
            <side::Side filling=filling />
        </div>
    }
}

const REVIEW: ReviewWords = ReviewWords {
    text: words::review_text,
    reason: words::reason,
    reason_hint: words::reason_hint,
    reason_needed: words::reason_needed,
    sign: words::sign,
    submit: words::submit,
};

/// Everybody who has answered, by first letters.
#[component]
fn People(filling: Filling) -> impl IntoView {
    let people = Memo::new(move |_| {
        filling
            .about
            .with(|about| people(&about.authors, filling.device()))
    });
    move || {
        let people = people.get();
        (!people.is_empty()).then(|| {
            view! {
                <div class="assess-people">
                    <span class="small muted">{say(words::filled_by)}</span>
                    <span class="avatars">
                        {people
                            .into_iter()
                            .map(|person| view! { <Badge author=person /> })
                            .collect_view()}
                    </span>
                </div>
            }
        })
    }
}

/// One domain: its question, its items, and the way on.
#[component]
fn Domain(filling: Filling, path: String) -> impl IntoView {
    let stored = StoredValue::new(path.clone());
    let section = Memo::new(move |_| {
        filling
            .overview
            .with(|overview| stored.with_value(|path| overview.section(path).cloned()))
            .unwrap_or_default()
    });
    let place = Memo::new(move |_| {
        filling.overview.with(|overview| {
            let found = stored
                .with_value(|path| overview.sections.iter().position(|one| one.path == *path));
            found.unwrap_or_default() + 1
        })
    });
    let title = move || format!("{}. {}", place.get(), section.with(|one| one.title.clone()));
    let hint = move || section.with(|section: &SectionOverview| section.hint.clone());
    view! {
        <div class="assess-head">
            <h1 tabindex="-1">{title}</h1>
            <p class="muted">{hint}</p>
            <p class="small muted">{say(words::choose)}</p>
        </div>
        <SectionItems path=path />
        <Onward filling=filling />
    }
}

/// To the domain before and after, by name.
#[component]
fn Onward(filling: Filling) -> impl IntoView {
    let language = use_language();
    let name = move |step: &Step| match step {
        Step::Section(path) => filling
            .overview
            .with(|overview| overview.section(path).map(|section| section.title.clone()))
            .unwrap_or_default(),
        Step::Review => words::to_review(language.get()).to_owned(),
    };
    let back = Memo::new(move |_| {
        filling
            .overview
            .with(|overview| filling.step.get().back(overview))
    });
    let next = Memo::new(move |_| {
        filling
            .overview
            .with(|overview| filling.step.get().next(overview))
    });
    view! {
        <div class="onward">
            {move || {
                back.get()
                    .map(|step| {
                        let label = name(&step);
                        view! {
                            <button
                                type="button"
                                class="button large"
                                on:click=move |_| filling.go(step.clone())
                            >
                                <Icon glyph=Glyph::ArrowLeft />
                                {label}
                            </button>
                        }
                    })
            }}
            {move || {
                next.get()
                    .map(|step| {
                        let label = name(&step);
                        view! {
                            <button
                                type="button"
                                class="button primary large onward-next"
                                on:click=move |_| filling.go(step.clone())
                            >
                                {label}
                                <Icon glyph=Glyph::ArrowRight />
                            </button>
                        }
                    })
            }}
        </div>
    }
}
