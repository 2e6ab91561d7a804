//! An expert's own schools, and declared interests.

use api::assessment::campaign::{CampaignProgress, ExpertMode};
use api::assessment::expert::{
    ExpertAssessment, Interest, InterestKind, InterestList, PutInterest,
};
use api::id::OrganisationId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::{Failure, use_client};
use crate::components::{Bar, DueDate, EmptyState, FailureNotice, Glyph, Icon, Loaded};
use crate::language::{say, say_text, use_language};
use crate::shell::set_title;
use crate::text::Language;
use crate::text::assessment::expert as words;

/// An expert's own schools.
#[component]
pub fn ExpertAssessmentsPage() -> impl IntoView {
    let client = use_client();
    let language = use_language();
    set_title(words::title);
    let own = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<ExpertAssessment>>(api::paths::EXPERT_ASSESSMENTS)
    });
    let interests = LocalResource::new(move || {
        client.epoch.track();
        client.get::<InterestList>(api::paths::INTERESTS)
    });
    let again = Callback::new(move |()| interests.refetch());
    view! {
        <main class="page narrow" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="muted text">{say(words::lead)}</p>
            </div>
            <Loaded
                resource=own
                view=move |own| {
                    if own.is_empty() {
                        view! {
                            <EmptyState
                                title=Signal::derive(move || {
                                    words::empty_title(language.get()).to_owned()
                                })
                                text=Signal::derive(move || {
                                    words::empty_text(language.get()).to_owned()
                                })
                            />
                        }
                            .into_any()
                    } else {
                        own.into_iter()
                            .map(|one| view! { <Own one=one /> })
                            .collect_view()
                            .into_any()
                    }
                }
            />
            <Loaded
                resource=interests
                view=move |list| view! { <Interests list=list again=again /> }
            />
        </main>
    }
}

#[component]
fn Own(one: ExpertAssessment) -> impl IntoView {
    let is_done = one.progress == CampaignProgress::Submitted;
    let [answered, total] = one.answered;
    let share = f64::from(answered) / f64::from(total.max(1));
    let (word, class): (fn(Language) -> &'static str, _) = match one.progress {
        CampaignProgress::NotStarted => (words::begin, "button primary large"),
        _ => (words::go_on, "button primary large"),
    };
    let fill = api::work::self_assessment(one.expert_campaign, one.organisation);
    let compare = api::work::agreement(one.campaign, one.organisation);
    let mode: fn(Language) -> &'static str = match one.mode {
        ExpertMode::Blind | ExpertMode::None => words::blind,
        ExpertMode::Open => words::open_mode,
    };
    let closes = one.closes.clone();
    let school_ready = one.school_progress == CampaignProgress::Approved;
    view! {
        <article class="card own-school">
            <div class="stack tight">
                <p class="small muted num">
                    {say_text(one.title)}
                    " · "
                    <DueDate date=closes is_settled=is_done />
                </p>
                <h2>{one.organisation_name}</h2>
                {if is_done {
                    view! {
                        <p>
                            <span class="tag ok">{say(words::done)}</span>
                        </p>
                    }
                        .into_any()
                } else {
                    view! {
                        // Before the first answer nothing is counted yet.
                        {(total > 0)
                            .then(|| {
                                view! {
                                    <p class="num">
                                        {say(move |l| words::progress(l, answered, total))}
                                    </p>
                                    <Bar share=share />
                                }
                            })}
                        <p class="small muted">{say(mode)}</p>
                    }
                        .into_any()
                }}
                {(is_done && !school_ready)
                    .then(|| view! { <p class="small muted">{say(words::school_not_ready)}</p> })}
                {one
                    .open_items
                    .map(|open| {
                        view! {
                            <p class="num">
                                {say(move |l| match open {
                                    0 => words::all_settled(l).to_owned(),
                                    open => words::open_items(l, u64::from(open)),
                                })}
                            </p>
                        }
                    })}
            </div>
            <div class="actions">
                {(!is_done)
                    .then(|| {
                        view! {
                            <a class=class href=fill>
                                {say(word)}
                                <Icon glyph=Glyph::ArrowRight />
                            </a>
                        }
                    })}
                {one
                    .open_items
                    .map(|_| {
                        view! {
                            <a class="button primary large" href=compare>
                                {say(words::compare)}
                            </a>
                        }
                    })}
                {one
                    .school_submission
                    .map(|id| {
                        view! {
                            <a class="button large" href=api::work::submission(id)>
                                {say(words::school_answers)}
                            </a>
                        }
                    })}
            </div>
        </article>
    }
}

fn kind_word(kind: InterestKind) -> fn(Language) -> &'static str {
    match kind {
        InterestKind::Employment => words::interest_employment,
        InterestKind::RelativeOfStaff => words::interest_staff,
        InterestKind::RelativeOfPupil => words::interest_pupil,
        InterestKind::Other => words::interest_other,
    }
}

const KINDS: [(InterestKind, &str); 4] = [
    (InterestKind::Employment, "employment"),
    (InterestKind::RelativeOfStaff, "relative_of_staff"),
    (InterestKind::RelativeOfPupil, "relative_of_pupil"),
    (InterestKind::Other, "other"),
];

#[component]
fn Interests(list: InterestList, again: Callback<()>) -> impl IntoView {
    let client = use_client();
    let failure = RwSignal::new(None::<Failure>);
    let school = RwSignal::new(
        list.schools
            .first()
            .map(|school| school.organisation.to_string())
            .unwrap_or_default(),
    );
    let kind = RwSignal::new(InterestKind::Employment);
    let name = |id: OrganisationId| {
        list.schools
            .iter()
            .find(|school| school.organisation == id)
            .map(|school| school.name.clone())
            .unwrap_or_default()
    };
    let declared: Vec<(Interest, String)> = list
        .interests
        .iter()
        .map(|one| (one.clone(), name(one.organisation)))
        .collect();
    let is_empty = declared.is_empty();
    let id = Uuid::now_v7();
    let declare = move |_| {
        let Ok(organisation) = school.get_untracked().parse::<OrganisationId>() else {
            return;
        };
        let new = PutInterest {
            id,
            organisation,
            kind: kind.get_untracked(),
        };
        failure.set(None);
        leptos::task::spawn_local(async move {
            match client
                .post::<InterestList>(api::paths::INTERESTS, &new)
                .await
            {
                Ok(_) => again.run(()),
                Err(refused) => {
                    let _ = failure.try_set(Some(refused));
                }
            }
        });
    };
    view! {
        <section class="stack tight">
            <h2>{say(words::interests)}</h2>
            <p class="muted text">{say(words::interests_text)}</p>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {is_empty.then(|| view! { <p class="small muted">{say(words::interests_none)}</p> })}
            <ul class="team-entries">
                {declared
                    .into_iter()
                    .map(|(one, name)| {
                        view! {
                            <li>
                                <b>{name}</b>
                                ": "
                                {say(kind_word(one.kind))}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <div class="expert-interest">
                <div class="field">
                    <label for="interest-school">{say(words::interest_school)}</label>
                    <select
                        class="input"
                        id="interest-school"
                        on:change=move |event| school.set(event_target_value(&event))
                    >
                        {list
                            .schools
                            .into_iter()
                            .map(|one| {
                                view! {
                                    <option value=one.organisation.to_string()>{one.name}</option>
                                }
                            })
                            .collect_view()}
                    </select>
                </div>
                <div class="field">
                    <label for="interest-kind">{say(words::interest_kind)}</label>
                    <select
                        class="input"
                        id="interest-kind"
                        on:change=move |event| {
                            let value = event_target_value(&event);
                            if let Some((chosen, _)) = KINDS.iter().find(|(_, name)| *name == value) {
                                kind.set(*chosen);
                            }
                        }
                    >
                        {KINDS
                            .map(|(kind, name)| {
                                view! { <option value=name>{say(kind_word(kind))}</option> }
                            })
                            .collect_view()}
                    </select>
                </div>
                <button type="button" class="button" on:click=declare>
                    {say(words::interest_add)}
                </button>
            </div>
        </section>
    }
}
