//! Experts of a campaign: who may assess which school, who does, and what each expert may see.

use std::sync::LazyLock;

use api::access::person::Standing;
use api::access::session::Role;
use api::assessment::campaign::{Campaign, CampaignProgress, ExpertMode};
use api::assessment::expert::{
    ExpertAssessment, ExpertCandidate, ExpertConflict, Interest, InterestKind, InterestList,
    InterestSchool, PutExpert, PutInterest,
};
use api::id::{CampaignId, OrganisationId, PersonId};
use api::paths;
use api::procedures::procedure::ProcedureKind;
use axum::extract::State;
use axum::http::StatusCode;

use super::agreement::comparison;
use super::campaign::{one, school, today};
use crate::auth::{Access, Permission, Reach};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::observation::staffing::{
    Effect, Part, PersonFacts, PlaceFacts, Relative, RuleBook, Tie,
};
use crate::store::SubmissionPlace;

static RULES: LazyLock<Option<RuleBook>> = LazyLock::new(|| RuleBook::shipped().ok());

/// Everybody with an expert's role, what speaks against each at each school of the campaign, and who
/// assesses which school. By name.
#[utoipa::path(get, path = paths::CAMPAIGN_EXPERTS, tag = "experts",
    params(("campaign" = CampaignId, Path)),
    responses((status = 200, body = Vec<ExpertCandidate>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Path(campaign): Path<CampaignId>,
) -> Result<Json<Vec<ExpertCandidate>>, Problem> {
    access.require_municipality(Permission::ExpertRead)?;
    Ok(Json(candidates(&state, &access, campaign).await?))
}

/// Gives a school its expert, or takes the expert back. The rules of interest block for everybody.
#[utoipa::path(put, path = paths::CAMPAIGN_EXPERT, tag = "experts",
    params(("campaign" = CampaignId, Path), ("organisation" = OrganisationId, Path)),
    request_body = PutExpert,
    responses((status = 200, body = Vec<ExpertCandidate>), (status = 409, body = api::problem::Problem)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path((campaign, organisation)): Path<(CampaignId, OrganisationId)>,
    Json(put): Json<PutExpert>,
) -> Result<Json<Vec<ExpertCandidate>>, Problem> {
    access.require_municipality(Permission::ExpertUpdate)?;
    let municipality = access.municipality;
    let whole = one(&state, municipality, &Reach::Municipality, campaign).await?;
    let place = school(&state, municipality, campaign, organisation).await?;
    if put.person == place.expert.as_ref().map(|expert| expert.person) {
        return Ok(Json(candidates(&state, &access, campaign).await?));
    }
    let Some(experts) = whole.plan.expert_campaign else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "expert.none_planned",
            "Эта кампания объявлена без экспертов.",
            "This campaign was announced without experts.",
        ));
    };
    let begun = state
        .store
        .school_submission(municipality, experts, organisation)
        .await?;
    if begun.is_some() {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "expert.begun",
            "Эксперт уже начал оценку этой школы: заменить его нельзя, чтобы не потерять и не раскрыть его ответы.",
            "The expert has begun to assess this school and cannot be replaced: the answers would be lost or shown.",
        ));
    }
    if let Some(person) = put.person {
        let people = candidates(&state, &access, campaign).await?;
        let candidate = people
            .iter()
            .find(|one| one.person == person)
            .ok_or_else(|| {
                Problem::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "expert.unknown",
                    "Этот человек не эксперт. Сначала администратор даёт ему роль эксперта.",
                    "This person is no expert. The administrator gives the role first.",
                )
            })?;
        if let Some(conflict) = candidate
            .conflicts
            .iter()
            .find(|conflict| conflict.organisation == organisation)
        {
            let message = &conflict.message;
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "expert.conflict",
                format!("{} Назначьте другого эксперта.", message.ru),
                format!("{} Choose another expert.", message.en),
            ));
        }
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.set_expert(campaign, organisation, put.person).await?;
    write
        .audit(
            Permission::ExpertUpdate.as_str(),
            format!("campaign {campaign}"),
            serde_json::json!({ "organisation": organisation, "person": put.person }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(candidates(&state, &access, campaign).await?))
}

/// The caller's own expert assessments, by date and school.
#[utoipa::path(get, path = paths::EXPERT_ASSESSMENTS, tag = "experts",
    responses((status = 200, body = Vec<ExpertAssessment>)))]
pub async fn own(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<ExpertAssessment>>, Problem> {
    access.require(Permission::InterestRead)?;
    let municipality = access.municipality;
    let mut own = Vec::new();
    let assigned = state
        .store
        .expert_assignments(municipality, Some(access.person))
        .await?;
    let campaigns = state
        .store
        .campaigns(municipality, &Reach::Municipality, None)
        .await?;
    let today = today(&state, municipality).await?;
    for part in assigned {
        let Some(campaign) = campaigns.iter().find(|one| one.id == part.campaign) else {
            continue;
        };
        let (Some(experts), Some(place)) = (
            campaign.plan.expert_campaign,
            campaign
                .schools
                .iter()
                .find(|school| school.organisation == part.organisation),
        ) else {
            continue;
        };
        if campaign.opens > today {
            continue;
        }
        let submission = state
            .store
            .school_submission(municipality, experts, part.organisation)
            .await?;
        let is_done = submission.is_some_and(|own| own.is_handed_over);
        let comparison = comparison(&state, &access, campaign, part.organisation).await?;
        own.push(ExpertAssessment {
            campaign: campaign.id,
            expert_campaign: experts,
            title: campaign.title.clone(),
            closes: campaign.closes.clone(),
            organisation: part.organisation,
            organisation_name: place.name.clone(),
            mode: campaign.plan.expert,
            progress: match submission {
                Some(own) if own.is_handed_over => CampaignProgress::Submitted,
                Some(own) if own.is_begun => CampaignProgress::Draft,
                _ => CampaignProgress::NotStarted,
            },
            answered: submission.map_or([0, 0], |own| own.answered),
            school_submission: place
                .submission
                .filter(|_| opens_school(campaign.plan.expert, is_done, place.progress)),
            school_progress: place.progress,
            open_items: comparison.map(|found| found.open()),
        });
    }
    own.sort_by(|a, b| (&a.closes, &a.organisation_name).cmp(&(&b.closes, &b.organisation_name)));
    Ok(Json(own))
}

/// The caller's own declared interests, and the schools that can be named.
#[utoipa::path(get, path = paths::INTERESTS, tag = "experts",
    responses((status = 200, body = InterestList)))]
pub async fn interests(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<InterestList>, Problem> {
    access.require(Permission::InterestRead)?;
    Ok(Json(own_interests(&state, &access).await?))
}

/// Declares an interest; it cannot be taken back by the person, and is read by coordinators only as a
/// conflict without its kind.
#[utoipa::path(post, path = paths::INTERESTS, tag = "experts", request_body = PutInterest,
    responses((status = 200, body = InterestList)))]
pub async fn declare(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<PutInterest>,
) -> Result<Json<InterestList>, Problem> {
    access.require(Permission::InterestCreate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.add_interest(&new).await?;
    write
        .audit(
            Permission::InterestCreate.as_str(),
            format!("person {}", access.person),
            serde_json::json!({ "interest": new.id }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(own_interests(&state, &access).await?))
}

async fn own_interests(state: &AppState, access: &Access) -> Result<InterestList, Problem> {
    let interests = state
        .store
        .interests(access.municipality, Some(access.person))
        .await?
        .remove(&access.person)
        .unwrap_or_default();
    let schools = state
        .store
        .organisations(access.municipality, &Reach::Municipality)
        .await?
        .into_iter()
        .map(|school| InterestSchool {
            organisation: school.id,
            name: school.short_name,
        })
        .collect();
    Ok(InterestList { interests, schools })
}

/// May an expert see the school's answers?
fn opens_school(mode: ExpertMode, is_own_done: bool, school: CampaignProgress) -> bool {
    school == CampaignProgress::Approved
        && match mode {
            ExpertMode::None => false,
            ExpertMode::Blind => is_own_done,
            ExpertMode::Open => true,
        }
}

/// May the caller read this submission as the school's expert?
pub async fn may_read(
    state: &AppState,
    access: &Access,
    place: &SubmissionPlace,
) -> Result<bool, Problem> {
    let Some(campaign) = place.campaign.filter(|_| place.observer.is_none()) else {
        return Ok(false);
    };
    let organisation = place.place.organisation;
    let is_assigned = state
        .store
        .expert_assignments(access.municipality, Some(access.person))
        .await?
        .iter()
        .any(|part| part.campaign == campaign && part.organisation == organisation);
    if !is_assigned || !is_expert(access) {
        return Ok(false);
    }
    let whole = one(state, access.municipality, &Reach::Municipality, campaign).await?;
    let Some(experts) = whole.plan.expert_campaign else {
        return Ok(false);
    };
    let is_own_done = state
        .store
        .school_submission(access.municipality, experts, organisation)
        .await?
        .is_some_and(|own| own.is_handed_over);
    let school = school(state, access.municipality, campaign, organisation).await?;
    Ok(opens_school(
        whole.plan.expert,
        is_own_done,
        school.progress,
    ))
}

/// Has the caller an expert's role in force? An assignment alone gives nothing.
pub fn is_expert(access: &Access) -> bool {
    access.grants.iter().any(|grant| grant.role == Role::Expert)
}

/// People with an expert's role, by name.
async fn candidates(
    state: &AppState,
    access: &Access,
    campaign: CampaignId,
) -> Result<Vec<ExpertCandidate>, Problem> {
    let municipality = access.municipality;
    let whole = one(state, municipality, &Reach::Municipality, campaign).await?;
    let interests = state.store.interests(municipality, None).await?;
    let assigned = state.store.expert_assignments(municipality, None).await?;
    let mut people = state
        .store
        .people(municipality, &Reach::Municipality, state.now_ms())
        .await?;
    people.retain(|person| {
        person.standing == Standing::Active
            && person.grants.iter().any(|grant| grant.role == Role::Expert)
    });
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let mut known = state.store.expert_facts(municipality, &ids).await?;
    Ok(people
        .into_iter()
        .map(|person| {
            let known = known.remove(&person.id).unwrap_or_default();
            let own = interests.get(&person.id).map_or(&[][..], Vec::as_slice);
            ExpertCandidate {
                conflicts: conflicts(&whole, &facts(known, own)),
                schools: assigned
                    .iter()
                    .filter(|part| part.campaign == campaign && part.person == person.id)
                    .map(|part| part.organisation)
                    .collect(),
                person: person.id,
                name: person.name,
            }
        })
        .collect())
}

fn conflicts(campaign: &Campaign, facts: &PersonFacts) -> Vec<ExpertConflict> {
    let Some(rules) = RULES.as_ref() else {
        return Vec::new();
    };
    campaign
        .schools
        .iter()
        .flat_map(|school| {
            let place = place(school.organisation, &campaign.opens);
            rules
                .findings(Part::Expert, facts, &place)
                .into_iter()
                .filter(|finding| finding.effect == Effect::Block)
                .map(|finding| ExpertConflict {
                    organisation: school.organisation,
                    rule: finding.rule,
                    message: finding.message,
                })
        })
        .collect()
}

/// What links a person with schools: what staffing knows, and what the person declared here. Whoever judges
/// a school as a whole is kept from it by any tie, so the class of a relative does not matter.
fn facts(mut facts: PersonFacts, interests: &[Interest]) -> PersonFacts {
    facts.declaration_signed = true;
    for relative in &mut facts.relatives {
        relative.class = None;
    }
    for interest in interests {
        match interest.kind {
            InterestKind::Employment => facts.employers.push(interest.organisation),
            InterestKind::RelativeOfStaff | InterestKind::RelativeOfPupil | InterestKind::Other => {
                facts.relatives.push(Relative {
                    tie: Tie::CloseRelative,
                    organisation: interest.organisation,
                    class: None,
                })
            }
        }
    }
    facts
}

/// An expert judges again what the school has judged: the rules of a recheck hold.
fn place(organisation: OrganisationId, date: &str) -> PlaceFacts {
    PlaceFacts {
        organisation,
        kind: ProcedureKind::MunicipalDiagnostic,
        recheck: true,
        date: date.to_owned(),
        subject: String::new(),
        class: (0, String::new()),
        approaches_agreed: true,
    }
}
