//! A submission to read: violations first, then every answer, and how the index was computed.

use std::sync::Arc;

use api::forms::submission::{Submission, SubmissionState, SubmissionSubject};
use api::id::SubmissionId;
use forms::form::Form;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::sheet::answers::{SectionAnswers, Violations};
use super::sheet::result::{HowComputed, IndexLine};
use crate::client::{Failure, use_client};
use crate::components::evidence::{provide_evidence, with_evidence};
use crate::components::form::Badge;
use crate::components::{Glyph, Icon, Loaded, Notice, Tone};
use crate::device;
use crate::filling::authors::people;
use crate::filling::open::{Opened, open_submission};
use crate::filling::overview::Overview;
use crate::filling::profile::{bands, rows};
use crate::filling::reading::note_seen;
use crate::filling::sheet::Sheet;
use crate::filling::{locked_out, zone_of};
use crate::language::{say, say_text, use_language};
use crate::pages::assessment::self_assessment::Profile;
use crate::shell::set_title;
use crate::text::forms::submission as words;
use crate::text::{Language, number};

/// A submission to read.
#[component]
pub fn SubmissionPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| {
        parameters
            .read()
            .get("submission")
            .and_then(|text| text.parse::<SubmissionId>().ok())
    });
    let client = use_client();
    set_title(words::title);
    let opened = LocalResource::new(move || {
        let id = id.get();
        client.epoch.track();
        async move {
            let id = id.ok_or(Failure::Unreadable { status: 404 })?;
            open_submission(client, id).await
        }
    });
    view! {
        <main class="page narrow" id="main">
            <Loaded resource=opened view=move |opened| view! { <Read opened=opened /> } />
        </main>
    }
}

/// The form as answered, in a language.
fn overview(submission: &Submission, form: &Arc<Form>, language: Language) -> Overview {
    let mut sheet = Sheet::open(
        form.clone(),
        submission.id.0,
        zone_of(submission),
        submission.prefill.clone(),
        language,
    );
    let locked = locked_out(submission);
    let mut operations: Vec<_> = submission.operations.iter().collect();
    operations.retain(|operation| !locked.contains(&operation.id));
    sync::fold_order(&mut operations);
    sheet.replay(&operations);
    sheet.overview()
}

#[component]
fn Read(opened: Opened) -> impl IntoView {
    let language = use_language();
    let Opened {
        submission, form, ..
    } = opened;
    note_seen(submission.id, submission.revision);
    let is_scale = form
        .scoring
        .as_ref()
        .is_some_and(|scoring| scoring.key_item.is_some());
    // Levels are confirmed by pieces of evidence as well; sheets of observers have none.
    let port = is_scale.then(|| provide_evidence(api::paths::submission_evidence(submission.id)));
    let folded = {
        let (submission, form) = (submission.clone(), form.clone());
        Memo::new(move |_| overview(&submission, &form, language.get()))
    };
    let bands = bands(&form);
    let score = submission.score.clone();
    let profile = score
        .as_ref()
        .filter(|_| is_scale)
        .map(|score| rows(score, submission.previous.as_ref(), &bands));
    let profile = move || {
        let rows = profile.clone()?;
        Some(folded.with(|overview| with_evidence(rows, overview, port)))
    };
    let has_profile = is_scale && score.is_some();
    let critical = score.as_ref().map_or(0, |score| score.critical.len());
    let is_draft = submission.state == SubmissionState::Draft;
    view! {
        <Head submission=submission />
        {is_draft
            .then(|| {
                view! {
                    <Notice tone=Tone::Info>
                        <p class="notice-title">{say(words::draft_title)}</p>
                        <p>{say(words::draft_text)}</p>
                    </Notice>
                }
            })}
        {(critical > 0)
            .then(|| {
                view! {
                    <Notice tone=Tone::Warning>
                        <p class="notice-title">{say(words::critical_title)}</p>
                        <p>{say(words::critical_text)}</p>
                    </Notice>
                }
            })}
        {(!is_draft)
            .then(|| match has_profile {
                true => view! {
                    <section class="card stack">
                        <h2>{say(words::result)}</h2>
                        {move || {
                            profile()
                                .map(|rows| view! { <Profile rows=rows bands=bands.clone() /> })
                        }}
                    </section>
                }
                    .into_any(),
                false => view! {
                    <section class="card stack">
                        <IndexLine score=score.clone() />
                        <HowComputed score=score />
                    </section>
                }
                    .into_any(),
            })}
        {move || (!is_scale).then(|| view! { <Violations overview=folded.get() /> })}
        <section class="stack">
            <h2>{say(words::answers)}</h2>
            <div class="card review-sections">
                {move || {
                    folded
                        .get()
                        .sections
                        .into_iter()
                        .map(|section| view! { <SectionAnswers section=section /> })
                        .collect_view()
                }}
            </div>
        </section>
    }
}

#[component]
fn Head(submission: Submission) -> impl IntoView {
    let language = use_language();
    let Submission {
        id,
        subject,
        heading,
        submitted_ms,
        authors,
        ..
    } = submission;
    let has_act = submitted_ms.is_some() && matches!(subject, SubmissionSubject::Assignment { .. });
    // Nobody here is "I": the page is read by others.
    let people = people(&authors, sync::DeviceId(uuid::Uuid::nil()));
    let names = people
        .iter()
        .map(|person| person.name.clone())
        .collect::<Vec<_>>()
        .join(", ");
    let has_people = !people.is_empty();
    let title = heading.title.clone();
    let state = move || match submitted_ms {
        Some(at_ms) => words::submitted(language.get(), device::date_time(language.get(), at_ms)),
        None => words::draft(language.get()).to_owned(),
    };
    let date = heading.date.clone();
    view! {
        <div class="page-head">
            <div>
                <h1>{heading.organisation_name}</h1>
                <p>{say_text(title)}</p>
                <p class="small muted num">
                    {move || number::date(language.get(), &date)} " · " {state}
                </p>
                {has_people
                    .then(|| {
                        view! {
                            <p class="signed small muted">
                                <span class="avatars">
                                    {people
                                        .into_iter()
                                        .map(|person| view! { <Badge author=person /> })
                                        .collect_view()}
                                </span>
                                {say(move |l| words::filled_by(l, &names))}
                            </p>
                        }
                    })}
            </div>
            {has_act
                .then(|| {
                    view! {
                        <a class="button" href=api::work::act(id)>
                            <Icon glyph=Glyph::File />
                            {say(crate::text::observation::act::page_title)}
                        </a>
                    }
                })}
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    // A browser without a printer simply does nothing.
                    drop(window().print());
                }
            >
                <Icon glyph=Glyph::File />
                {say(words::print)}
            </button>
        </div>
    }
}
