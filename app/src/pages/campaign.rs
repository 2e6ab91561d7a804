//! Campaigns of self-assessment: how far the schools are. No scores before a school hands over.

use api::campaign::{Campaign, CampaignProgress, CampaignSchool};
use api::id::CampaignId;
use api::live::LiveChange;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::{Bar, EmptyState, Glyph, Icon, Loaded, TableFrame};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::live::use_live;
use crate::session::{SCHOOL, use_session};
use crate::shell::set_title;
use crate::text::{Language, campaign as words, number};

/// All campaigns; where there is one, it opens at once.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let client = use_client();
    set_title(words::title);
    let campaigns = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<Campaign>>(api::paths::CAMPAIGNS)
    });
    view! {
        <main class="page" id="main">
            <h1>{say(words::title)}</h1>
            <Loaded
                resource=campaigns
                view=move |campaigns| view! { <CampaignList campaigns=campaigns /> }
            />
        </main>
    }
}

#[component]
fn CampaignList(campaigns: Vec<Campaign>) -> AnyView {
    let language = use_language();
    if campaigns.is_empty() {
        return view! {
            <EmptyState
                title=Signal::derive(move || words::empty_title(language.get()).to_owned())
                text=Signal::derive(move || words::empty_text(language.get()).to_owned())
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
    Effect::new(move |_| {
        let concerns = live.batch.with(|batch| {
            batch.iter().any(|message| match &message.change {
                LiveChange::Campaign { campaign, .. } => Some(*campaign) == id.get_untracked(),
                LiveChange::Reset => true,
                _ => false,
            })
        });
        if concerns {
            campaign.refetch();
        }
    });
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
    let total = campaign.schools.len();
    let done = campaign
        .schools
        .iter()
        .filter(|school| school.progress == CampaignProgress::Submitted)
        .count();
    let (opens, closes) = (campaign.opens.clone(), campaign.closes.clone());
    let title = campaign.title.clone();
    let session = use_session();
    let own = untrack(|| {
        session
            .has_role(&SCHOOL)
            .then(|| own_school(&campaign.schools))
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
                </div>
                {(total > 1)
                    .then(|| {
                        let share = done as f64 / total as f64;
                        view! {
                            <div class="campaign-done">
                                <p class="num">{say(move |l| words::handed_over(l, done, total))}</p>
                                <Bar share=share />
                            </div>
                        }
                    })}
            </div>
            {own.map(|school| view! { <OwnSchool campaign=id school=school /> })}
            {(total > 1)
                .then(|| view! { <Schools schools=campaign.schools /> })}
            <p class="small muted">{move || words::no_scores(language.get())}</p>
        </section>
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
fn OwnSchool(campaign: CampaignId, school: CampaignSchool) -> impl IntoView {
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
            <a class=class href=href>
                {say(word)}
                <Icon glyph=Glyph::ArrowRight />
            </a>
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
fn Schools(schools: Vec<CampaignSchool>) -> impl IntoView {
    let language = use_language();
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
    let caption = Signal::derive(move || words::schools_caption(language.get()).to_owned());
    view! {
        <div class="chips" role="group" aria-label=say(words::filters)>
            {chip(None, words::filter_all)}
            {chip(Some(CampaignProgress::Submitted), words::state_submitted)}
            {chip(Some(CampaignProgress::Draft), words::state_draft)}
            {chip(Some(CampaignProgress::NotStarted), words::state_not_started)}
        </div>
        <TableFrame label=caption>
            <table class="table campaign-table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        <th scope="col">{say(words::state)}</th>
                        <th scope="col">{say(words::answered)}</th>
                        <th scope="col">{say(words::changed)}</th>
                        <th scope="col">
                            <span class="hidden-visually">{say(words::look)}</span>
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
                                .map(|school| view! { <SchoolRow school=school /> })
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
fn SchoolRow(school: CampaignSchool) -> impl IntoView {
    let language = use_language();
    let [answered, total] = school.answered;
    let share = f64::from(answered) / f64::from(total.max(1));
    let changed = school.changed_ms;
    let name = school.name.clone();
    // A draft is the school's own; only what was handed over can be looked at.
    let link = school
        .submission
        .filter(|_| school.progress == CampaignProgress::Submitted);
    view! {
        <tr>
            <th scope="row">{school.name}</th>
            <td>
                <StateWord progress=school.progress />
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
            <td class="end">
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
