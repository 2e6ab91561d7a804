//! Campaigns of self-assessment: how far the schools are. No scores before a school hands over.

mod actions;
mod edit;
mod experts;
mod remind;
mod results;

pub use edit::CampaignEditPage;
pub use experts::CampaignExpertsPage;
pub use results::CampaignResultsPage;

use api::access::permission::Permission;
use api::assessment::campaign::{
    Campaign, CampaignPlan, CampaignProgress, CampaignSchool, CampaignStepKind, ExpertMode,
};
use api::id::CampaignId;
use api::live::LiveChange;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::{Bar, DueDate, EmptyState, Glyph, Icon, Loaded, TableFrame, today};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::live::use_live;
use crate::model::campaign::{Tally, is_handed_over};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::assessment::campaign as words;
use crate::text::{Language, number};

/// All campaigns; where there is one, it opens at once.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let client = use_client();
    let session = use_session();
    set_title(words::title);
    let campaigns = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<Campaign>>(api::paths::CAMPAIGNS)
    });
    view! {
        <main class="page" id="main">
            <div class="page-head">
                <h1>{say(words::title)}</h1>
                {move || {
                    session
                        .may(Permission::CampaignCreate)
                        .then(|| {
                            view! {
                                <a class="button primary" href=api::work::NEW_CAMPAIGN>
                                    {say(words::announce)}
                                </a>
                            }
                        })
                }}
            </div>
            <Loaded
                resource=campaigns
                view=move |campaigns| view! { <CampaignList campaigns=campaigns /> }
            />
        </main>
    }
}

#[component]
fn CampaignList(campaigns: Vec<Campaign>) -> AnyView {
    if campaigns.is_empty() {
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=label(words::empty_text)
            />
        }
        .into_any();
    }
    campaigns
        .into_iter()
        .map(|campaign| view! { <CampaignBody campaign=campaign is_linked=true /> })
        .collect_view()
        .into_any()
}

/// One campaign with the state of every school.
#[component]
pub fn CampaignPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| {
        parameters
            .read()
            .get("campaign")
            .and_then(|text| text.parse::<CampaignId>().ok())
    });
    let client = use_client();
    let live = use_live();
    set_title(words::title);
    let campaign = LocalResource::new(move || {
        let id = id.get();
        client.epoch.track();
        async move {
            let id = id.ok_or(Failure::Unreadable { status: 404 })?;
            client.get::<Campaign>(&api::paths::campaign(id)).await
        }
    });
    live.hear(
        move |change| {
            matches!(change, LiveChange::Campaign { campaign, .. } if Some(*campaign) == id.get_untracked())
        },
        move || campaign.refetch(),
    );
    view! {
        <main class="page" id="main">
            <Loaded
                resource=campaign
                view=move |campaign| view! { <CampaignBody campaign=campaign is_linked=false /> }
            />
        </main>
    }
}

#[component]
fn CampaignBody(campaign: Campaign, is_linked: bool) -> impl IntoView {
    let language = use_language();
    let tally = Tally::of(campaign.schools.iter().map(|school| school.progress));
    let total = tally.all;
    let (opens, closes) = (campaign.opens.clone(), campaign.closes.clone());
    let first_day = opens.clone();
    let last_day = closes.clone();
    let is_begun = opens <= today();
    let title = campaign.title.clone();
    let session = use_session();
    let own = untrack(|| {
        (!session.may_everywhere(Permission::CampaignRead)).then(|| own_school(&campaign.schools))
    })
    .flatten();
    let href = api::work::campaign(campaign.id);
    let id = campaign.id;
    view! {
        <section class="stack">
            <div class="page-head">
                <div>
                    {if is_linked {
                        view! {
                            <h2>
                                <a href=href>{say_text(title)}</a>
                            </h2>
                        }
                            .into_any()
                    } else {
                        view! { <h1>{say_text(title)}</h1> }.into_any()
                    }}
                    <p class="muted num">
                        {say(move |l| {
                            words::window(l, number::date(l, &opens), number::date(l, &closes))
                        })}
                    </p>
                    {is_begun
                        .then(|| {
                            view! {
                                <p class="small">
                                    <DueDate
                                        date=last_day
                                        is_settled=tally.handed_over == tally.all
                                    />
                                </p>
                            }
                        })}
                    <PlanLine plan=campaign.plan.clone() />
                </div>
                {(total > 1)
                    .then(|| {
                        let share = tally.handed_over as f64 / total as f64;
                        view! {
                            <div class="campaign-done">
                                <p class="num">
                                    {say(move |l| {
                                        words::tally(l, tally.handed_over, tally.all, tally.approved)
                                    })}
                                </p>
                                <Bar share=share />
                            </div>
                        }
                    })}
            </div>
            {own.map(|school| view! { <OwnSchool campaign=id opens=first_day school=school /> })}
            {(total > 1).then(|| view! { <CampaignLinks campaign=campaign.clone() /> })}
            {(total > 1 && !is_linked)
                .then(|| {
                    view! {
                        <Schools
                            id=id
                            closes=campaign.closes.clone()
                            is_begun=is_begun
                            schools=campaign.schools
                        />
                    }
                })}
            <p class="small muted">{move || words::no_scores(language.get())}</p>
        </section>
    }
}

/// Experts and reminders in one line.
#[component]
fn PlanLine(plan: CampaignPlan) -> impl IntoView {
    let language = use_language();
    let mode: Option<fn(Language) -> &'static str> = match plan.expert {
        ExpertMode::None => None,
        ExpertMode::Blind => Some(words::mode_blind),
        ExpertMode::Open => Some(words::mode_open),
    };
    let reminders = plan.reminders;
    let dates = move || {
        reminders
            .iter()
            .map(|date| number::near_day(language.get(), date, &today()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    view! {
        <p class="small muted num">
            {mode.map(|mode| view! { {say(mode)} ". " })}
            {move || {
                let dates = dates();
                (!dates.is_empty()).then(|| words::reminders_on(language.get(), dates))
            }}
        </p>
    }
}

/// What the municipality does with a campaign.
#[component]
fn CampaignLinks(campaign: Campaign) -> impl IntoView {
    let session = use_session();
    let id = campaign.id;
    let has_experts = campaign.plan.expert != ExpertMode::None;
    let has_begun = campaign.opens <= device::iso_date(device::now_ms());
    view! {
        <div class="actions campaign-links">
            <a class="button" href=api::work::campaign_results(id)>
                <Icon glyph=Glyph::Table />
                {say(words::to_results)}
            </a>
            {move || {
                (has_experts && session.may_everywhere(Permission::AgreementRead))
                    .then(|| {
                        view! {
                            <a class="button" href=api::work::campaign_experts(id)>
                                <Icon glyph=Glyph::User />
                                {say(words::to_experts)}
                            </a>
                        }
                    })
            }}
            {move || {
                (!has_begun && session.may(Permission::CampaignUpdate))
                    .then(|| {
                        view! {
                            <a class="button" href=api::work::campaign_edit(id)>
                                {say(words::edit)}
                            </a>
                        }
                    })
            }}
        </div>
    }
}

fn own_school(schools: &[CampaignSchool]) -> Option<CampaignSchool> {
    let own = use_session().own_organisation();
    schools
        .iter()
        .find(|school| Some(school.organisation) == own)
        .cloned()
}

/// The own school: one action, and how far it is.
#[component]
fn OwnSchool(campaign: CampaignId, opens: String, school: CampaignSchool) -> impl IntoView {
    let is_early = opens > device::iso_date(device::now_ms());
    let (word, class): (fn(Language) -> &'static str, _) = match school.progress {
        CampaignProgress::NotStarted => (words::fill, "button primary large"),
        CampaignProgress::Draft | CampaignProgress::Returned => {
            (words::go_on, "button primary large")
        }
        CampaignProgress::Submitted | CampaignProgress::Approved => (words::result, "button large"),
    };
    let href = api::work::self_assessment(campaign, school.organisation);
    let [answered, total] = school.answered;
    let share = f64::from(answered) / f64::from(total.max(1));
    view! {
        <article class="card own-school">
            <div class="stack tight">
                <p class="small muted">{say(words::own)}</p>
                <h3>{school.name}</h3>
                <p class="num">
                    <StateWord progress=school.progress /> " · "
                    {say(move |l| words::progress(l, answered, total))}
                </p>
                <Bar share=share />
            </div>
            {if is_early {
                view! { <p class="num">{say(move |l| words::fill_from(l, number::date(l, &opens)))}</p> }
                    .into_any()
            } else {
                view! {
                    <a class=class href=href>
                        {say(word)}
                        <Icon glyph=Glyph::ArrowRight />
                    </a>
                }
                    .into_any()
            }}
        </article>
    }
}

#[component]
fn StateWord(progress: CampaignProgress) -> impl IntoView {
    let (word, class): (fn(Language) -> &'static str, _) = match progress {
        CampaignProgress::NotStarted => (words::state_not_started, "tag calm"),
        CampaignProgress::Draft => (words::state_draft, "tag warn"),
        CampaignProgress::Returned => (words::state_returned, "tag warn"),
        CampaignProgress::Submitted => (words::state_submitted, "tag"),
        CampaignProgress::Approved => (words::state_approved, "tag ok"),
    };
    view! { <span class=class>{say(word)}</span> }
}

/// Every school by name, filtered by state.
#[component]
fn Schools(
    id: CampaignId,
    closes: String,
    is_begun: bool,
    schools: Vec<CampaignSchool>,
) -> impl IntoView {
    let filter = RwSignal::new(None::<CampaignProgress>);
    let schools = StoredValue::new(schools);
    let count = move |progress: Option<CampaignProgress>| {
        schools.with_value(|schools| {
            schools
                .iter()
                .filter(|school| progress.is_none_or(|progress| school.progress == progress))
                .count()
        })
    };
    let chip = move |progress: Option<CampaignProgress>, word: fn(Language) -> &'static str| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if filter.get() == progress { "true" } else { "false" }
                on:click=move |_| filter.set(progress)
            >
                {say(word)}
                <span class="num">{count(progress)}</span>
            </button>
        }
    };
    let shown = move || {
        let filter = filter.get();
        schools.with_value(|schools| {
            schools
                .iter()
                .filter(|school| filter.is_none_or(|progress| school.progress == progress))
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let session = use_session();
    let may_remind = Memo::new(move |_| session.may(Permission::CampaignUpdate) && is_begun);
    let caption = label(words::schools_caption);
    let closes = StoredValue::new(closes);
    view! {
        <div class="chips" role="group" aria-label=say(words::filters)>
            {chip(None, words::filter_all)}
            {chip(Some(CampaignProgress::Approved), words::state_approved)}
            {chip(Some(CampaignProgress::Submitted), words::state_submitted)}
            {chip(Some(CampaignProgress::Returned), words::state_returned)}
            {chip(Some(CampaignProgress::Draft), words::state_draft)}
            {chip(Some(CampaignProgress::NotStarted), words::state_not_started)}
        </div>
        {move || {
            may_remind
                .get()
                .then(|| view! { <remind::Remind id=id schools=Signal::derive(shown) /> })
        }}
        <TableFrame label=caption>
            <table class="table campaign-table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        <th scope="col">{say(words::state)}</th>
                        <th scope="col">{say(words::answered)}</th>
                        <th scope="col">{say(words::changed)}</th>
                        <th scope="col">
                            <span class="hidden-visually">{say(words::actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let shown = shown();
                        if shown.is_empty() {
                            view! {
                                <tr>
                                    <td colspan="5" class="muted">
                                        {say(words::nobody)}
                                    </td>
                                </tr>
                            }
                                .into_any()
                        } else {
                            shown
                                .into_iter()
                                .map(|school| {
                                    view! {
                                        <SchoolRow campaign=id closes=closes.get_value() school=school />
                                    }
                                })
                                .collect_view()
                                .into_any()
                        }
                    }}
                </tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn SchoolRow(campaign: CampaignId, closes: String, school: CampaignSchool) -> impl IntoView {
    let session = use_session();
    let acting = school.clone();
    let language = use_language();
    let [answered, total] = school.answered;
    let share = f64::from(answered) / f64::from(total.max(1));
    let changed = school.changed_ms;
    let name = school.name.clone();
    // A draft is the school's own; only what was handed over can be looked at.
    let link = school
        .submission
        .filter(|_| is_handed_over(school.progress));
    let until = school.until.clone();
    let is_late = school.last_step.as_ref().is_some_and(|step| step.is_late);
    let reminded = school
        .last_step
        .as_ref()
        .filter(|step| step.kind == CampaignStepKind::Reminded)
        .map(|step| step.at_ms);
    let expert = school.expert.as_ref().map(|expert| expert.name.clone());
    let may_act = Memo::new(move |_| session.may(Permission::CampaignUpdate));
    view! {
        <tr>
            <th scope="row">{school.name}</th>
            <td>
                <StateWord progress=school.progress />
                {is_late.then(|| view! { " " <span class="tag warn">{say(words::late)}</span> })}
                {until
                    .map(|until| {
                        view! {
                            <span class="small muted num campaign-note">
                                {say(move |l| words::until(l, number::date(l, &until)))}
                            </span>
                        }
                    })}
                {reminded
                    .map(|at_ms| {
                        view! {
                            <span class="small muted num campaign-note">
                                {say(move |l| {
                                    words::reminded_at(l, number::date(l, &device::iso_date(at_ms)))
                                })}
                            </span>
                        }
                    })}
                {expert
                    .map(|expert| {
                        view! {
                            <span class="small muted campaign-note">
                                {say(move |l| words::expert_of(l, &expert))}
                            </span>
                        }
                    })}
            </td>
            <td>
                <span class="campaign-progress num">
                    <Bar share=share class="quiet" />
                    {say(move |l| words::progress(l, answered, total))}
                </span>
            </td>
            <td class="num muted">
                {move || {
                    changed
                        .map_or_else(|| "—".to_owned(), |at_ms| device::date_time(language.get(), at_ms))
                }}
            </td>
            <td class="end campaign-actions">
                {move || {
                    may_act
                        .get()
                        .then(|| {
                            view! {
                                <actions::SchoolActions
                                    campaign=campaign
                                    closes=closes.clone()
                                    school=acting.clone()
                                />
                            }
                        })
                }}
                {link
                    .map(|id| {
                        view! {
                            <a
                                href=api::work::submission(id)
                                aria-label=say(move |l| words::look_of(l, &name))
                            >
                                {say(words::look)}
                            </a>
                        }
                    })}
            </td>
        </tr>
    }
}
