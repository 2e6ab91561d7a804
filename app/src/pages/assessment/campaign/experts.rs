//! Experts of a campaign: who assesses which school, and how far schools and experts agree.

use api::access::permission::Permission;
use api::assessment::agreement::{AgreementStage, CampaignAgreement, KappaEstimate};
use api::assessment::campaign::{Campaign, CampaignProgress, CampaignSchool};
use api::assessment::expert::{ExpertCandidate, PutExpert};
use api::id::{CampaignId, PersonId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::StateWord;
use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Glyph, Icon, Loaded, TableFrame};
use crate::language::{label, say, say_text};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::assessment::{campaign, expert as words};
use crate::text::{Language, number};

#[derive(Clone, PartialEq)]
struct Needed {
    campaign: Campaign,
    candidates: Vec<ExpertCandidate>,
    agreement: CampaignAgreement,
}

/// Experts of a campaign.
#[component]
pub fn CampaignExpertsPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| {
        parameters
            .read()
            .get("campaign")
            .and_then(|text| text.parse::<CampaignId>().ok())
    });
    let client = use_client();
    let session = use_session();
    set_title(words::campaign_title);
    let needed = LocalResource::new(move || {
        let id = id.get();
        client.epoch.track();
        let may_assign = session.may(Permission::ExpertRead);
        async move {
            let id = id.ok_or(Failure::Unreadable { status: 404 })?;
            Ok::<_, Failure>(Needed {
                campaign: client.get(&api::paths::campaign(id)).await?,
                // Who may be an expert is the coordinator's business alone.
                candidates: match may_assign {
                    true => client.get(&api::paths::campaign_experts(id)).await?,
                    false => Vec::new(),
                },
                agreement: client.get(&api::paths::agreements(id)).await?,
            })
        }
    });
    let again = Callback::new(move |()| needed.refetch());
    view! {
        <main class="page" id="main">
            <Loaded
                resource=needed
                view=move |needed| view! { <Experts needed=needed again=again /> }
            />
        </main>
    }
}

#[component]
fn Experts(needed: Needed, again: Callback<()>) -> impl IntoView {
    let Needed {
        campaign,
        candidates,
        agreement,
    } = needed;
    let title = campaign.title.clone();
    let back = api::work::campaign(campaign.id);
    let caption = label(words::campaign_title);
    let failure = RwSignal::new(None::<Failure>);
    let is_empty = candidates.is_empty();
    let session = use_session();
    view! {
        <div>
            <p class="small">
                <a href=back>{say_text(title)}</a>
            </p>
            <h1>{say(words::campaign_title)}</h1>
            <p class="muted text">{say(words::campaign_lead)}</p>
        </div>
        <Over agreement=agreement.clone() />
        {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
        {move || {
            (is_empty && session.may(Permission::ExpertUpdate))
                .then(|| view! { <p class="muted">{say(words::nobody)}</p> })
        }}
        <TableFrame label=caption>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        <th scope="col">{say(campaign::state)}</th>
                        <th scope="col">{say(words::expert)}</th>
                        <th scope="col">{say(words::state)}</th>
                        <th scope="col">{say(words::stage)}</th>
                    </tr>
                </thead>
                <tbody>
                    {campaign
                        .schools
                        .clone()
                        .into_iter()
                        .map(|school| {
                            let found = agreement
                                .schools
                                .iter()
                                .find(|one| one.organisation == school.organisation)
                                .cloned();
                            view! {
                                <Row
                                    campaign=campaign.id
                                    school=school
                                    candidates=candidates.clone()
                                    found=found
                                    failure=failure
                                    again=again
                                />
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn Over(agreement: CampaignAgreement) -> impl IntoView {
    let kappa = agreement.kappa;
    let compared: u32 = agreement.schools.iter().map(|school| school.items).sum();
    let (pairs, equal) = (compared, kappa.equal);
    view! {
        <section class="card stack tight">
            <h2>{say(words::over_campaign)}</h2>
            {if pairs == 0 {
                view! { <p class="muted">{say(words::over_none)}</p> }.into_any()
            } else {
                view! {
                    <p class="num">{say(move |l| words::pairs(l, pairs, equal))}</p>
                    <details class="disclosure">
                        <summary>
                            <Icon glyph=Glyph::ChevronRight />
                            {say(crate::text::assessment::team::more)}
                        </summary>
                        <div class="disclosure-body">
                            <KappaLines quadratic=kappa.quadratic linear=kappa.linear />
                            <p class="small muted">{say(words::kappa_about)}</p>
                        </div>
                    </details>
                }
                    .into_any()
            }}
        </section>
    }
}

/// Kappa with both kinds of weights and its interval.
#[component]
fn KappaLines(quadratic: Option<KappaEstimate>, linear: Option<KappaEstimate>) -> impl IntoView {
    let line = |word: fn(Language) -> &'static str, estimate: Option<KappaEstimate>| {
        view! {
            <div>
                <dt>{say(words::kappa)} ", " {say(word)}</dt>
                <dd class="num">
                    {say(move |l| match estimate {
                        Some(one) => {
                            let shown = |value| number::decimal(l, value, 2);
                            match one.interval {
                                Some([low, high]) => {
                                    words::kappa_value(l, shown(one.value), shown(low), shown(high))
                                }
                                None => words::kappa_few(l, shown(one.value)),
                            }
                        }
                        None => words::kappa_none(l).to_owned(),
                    })}
                </dd>
            </div>
        }
    };
    view! {
        <dl class="agree-kappa">
            {line(words::kappa_quadratic, quadratic)} {line(words::kappa_linear, linear)}
        </dl>
    }
}

#[component]
fn Row(
    campaign: CampaignId,
    school: CampaignSchool,
    candidates: Vec<ExpertCandidate>,
    found: Option<api::assessment::agreement::SchoolAgreement>,
    failure: RwSignal<Option<Failure>>,
    again: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let organisation = school.organisation;
    let assigned = school.expert.as_ref().map(|expert| expert.person);
    let has_begun = school
        .expert
        .as_ref()
        .is_some_and(|expert| expert.progress != CampaignProgress::NotStarted);
    let name = school.name.clone();
    let label = name.clone();
    let choose = move |event: leptos::ev::Event| {
        let person = event_target_value(&event).parse::<PersonId>().ok();
        failure.set(None);
        leptos::task::spawn_local(async move {
            let path = api::paths::campaign_expert(campaign, organisation);
            let answer: Result<Vec<ExpertCandidate>, Failure> =
                client.put(&path, &PutExpert { person }).await;
            if let Err(refused) = answer {
                let _ = failure.try_set(Some(refused));
            }
            again.run(());
        });
    };
    let href = api::work::agreement(campaign, organisation);
    let expert_name = school.expert.as_ref().map(|expert| expert.name.clone());
    view! {
        <tr>
            <th scope="row">{school.name}</th>
            <td>
                <StateWord progress=school.progress />
            </td>
            <td>
                {if candidates.is_empty() || has_begun {
                    view! { <span>{expert_name.unwrap_or_else(|| "—".to_owned())}</span> }.into_any()
                } else {
                    view! {
                        <select
                            class="input"
                            aria-label=say(move |l| format!("{label}: {}", words::expert(l)))
                            on:change=choose
                        >
                            <option value="" selected=assigned.is_none()>
                                {say(words::choose)}
                            </option>
                            {candidates
                                .into_iter()
                                .map(|one| {
                                    let conflict = one
                                        .conflicts
                                        .iter()
                                        .find(|conflict| conflict.organisation == organisation)
                                        .map(|conflict| conflict.message.clone());
                                    let is_blocked = conflict.is_some();
                                    let name = one.name.clone();
                                    view! {
                                        <option
                                            value=one.person.to_string()
                                            selected=assigned == Some(one.person)
                                            disabled=is_blocked
                                        >
                                            {say(move |l| match &conflict {
                                                Some(message) => {
                                                    words::conflict(l, &name, message.in_language(l))
                                                }
                                                None => name.clone(),
                                            })}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    }
                        .into_any()
                }}
            </td>
            <td>
                {school
                    .expert
                    .map(|expert| view! { <StateWord progress=expert.progress /> })}
            </td>
            <td class="num">
                {found
                    .map(|found| {
                        let (settled, all) = (found.settled, found.disagreements);
                        let is_open = matches!(
                            found.stage,
                            AgreementStage::Dialogue | AgreementStage::Agreed
                        );
                        view! {
                            {is_open
                                .then(|| {
                                    view! {
                                        <span>
                                            {say(move |l| words::settled(l, settled, all))}
                                        </span>
                                        " "
                                        <a
                                            href=href
                                            aria-label=say(move |l| words::look_of(l, &name))
                                        >
                                            {say(words::look)}
                                        </a>
                                    }
                                })}
                        }
                    })}
            </td>
        </tr>
    }
}
