//! `/api/v1/campaigns/…/agreements`: a school beside its expert, the talk, and what came of it.

use std::collections::HashMap;

use api::assessment::agreement::{
    Agreement, AgreementEntry, AgreementKind, AgreementSide, AgreementStage, CampaignAgreement,
    DomainAgreement, ItemAgreement, MAX_ENTRY, NewAgreementEntry, SchoolAgreement,
};
use api::assessment::campaign::{Campaign, CampaignProgress};
use api::id::{CampaignId, OrganisationId, SubmissionId};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;
use forms::Form;
use forms::entry::FormEntry;

use super::campaign::{in_reach, one};
use super::expert::is_expert;
use crate::auth::{Access, Permission, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::assessment::kappa::kappa;
use crate::rules::forms::answers::{ItemAnswer, items};
use crate::rules::forms::fold::both;

/// A school beside its expert. Answers of the other side are there once both have handed over.
#[utoipa::path(get, path = paths::EXPERT_AGREEMENT, tag = "agreement",
    params(("campaign" = CampaignId, Path), ("organisation" = OrganisationId, Path)),
    responses((status = 200, body = Agreement)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path((campaign, organisation)): Path<(CampaignId, OrganisationId)>,
) -> Result<Json<Agreement>, Problem> {
    access.require(Permission::AgreementRead)?;
    Ok(Json(
        agreement(
            &state,
            &access,
            Permission::AgreementRead,
            campaign,
            organisation,
        )
        .await?,
    ))
}

/// Adds an entry to the talk about an item; repeated with the same id, nothing changes.
#[utoipa::path(post, path = paths::EXPERT_AGREEMENT, tag = "agreement",
    params(("campaign" = CampaignId, Path), ("organisation" = OrganisationId, Path)),
    request_body = NewAgreementEntry,
    responses((status = 200, body = Agreement), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path((campaign, organisation)): Path<(CampaignId, OrganisationId)>,
    Json(mut new): Json<NewAgreementEntry>,
) -> Result<Json<Agreement>, Problem> {
    access.require(Permission::AgreementCreate)?;
    let permission = Permission::AgreementCreate;
    let now = agreement(&state, &access, permission, campaign, organisation).await?;
    let Some(side) = now.side else {
        return Err(Problem::not_found());
    };
    if !matches!(now.stage, AgreementStage::Dialogue | AgreementStage::Agreed) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "agreement.too_early",
            "Разговор начнётся, когда самооценку утвердит директор, а эксперт передаст свою оценку.",
            "The talk begins when the head has approved the self-assessment and the expert has handed over.",
        ));
    }
    let item = now
        .items
        .iter()
        .find(|item| item.item == new.item)
        .ok_or_else(|| {
            Problem::invalid(
                "item",
                "agreement.item",
                Text::new(
                    "Такого пункта в форме нет. Обновите страницу.",
                    "The form has no such item. Reload the page.",
                ),
            )
        })?;
    if item.entries.iter().any(|entry| entry.id == new.id) {
        return Ok(Json(now));
    }
    new.body = match new.kind {
        AgreementKind::Remark => check::words("body", &new.body, MAX_ENTRY)?,
        _ if new.body.trim().is_empty() => String::new(),
        _ => check::words("body", &new.body, MAX_ENTRY)?,
    };
    check_entry(&state, &access, campaign, item, side, &new).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .add_agreement_entry(campaign, organisation, side, &new)
        .await?;
    write
        .audit(
            Permission::AgreementCreate.as_str(),
            format!("campaign {campaign}"),
            serde_json::json!({ "organisation": organisation, "item": new.item, "entry": new.id }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(
        agreement(&state, &access, permission, campaign, organisation).await?,
    ))
}

/// How far schools and experts of a campaign agree: weighted kappa with its interval, and each school's
/// comparison in short.
#[utoipa::path(get, path = paths::EXPERT_AGREEMENTS, tag = "agreement",
    params(("campaign" = CampaignId, Path)),
    responses((status = 200, body = CampaignAgreement)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Path(campaign): Path<CampaignId>,
) -> Result<Json<CampaignAgreement>, Problem> {
    access.require(Permission::AgreementRead)?;
    let whole = one(&state, access.municipality, &Reach::Municipality, campaign).await?;
    let reach = access.beside_expert(Permission::AgreementRead).ok();
    let assigned = state
        .store
        .expert_assignments(access.municipality, Some(access.person))
        .await?;
    let mut pairs = Vec::new();
    let mut schools = Vec::new();
    for school in &whole.schools {
        let place = crate::auth::Place::organisation(school.organisation);
        let is_own = is_expert(&access)
            && assigned
                .iter()
                .any(|part| part.campaign == campaign && part.organisation == school.organisation);
        if !is_own && !reach.as_ref().is_some_and(|reach| reach.covers(place)) {
            continue;
        }
        if school.expert.is_none() {
            continue;
        }
        let found = comparison(&state, &access, &whole, school.organisation).await?;
        let stage = stage(&whole, school.organisation, found.as_ref());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let items = found.map(|found| found.items).unwrap_or_default();
        pairs.extend(items.iter().filter_map(pair));
        schools.push(SchoolAgreement {
            organisation: school.organisation,
            name: school.name.clone(),
            stage,
            items: count(items.iter().filter(|item| is_compared(item)).count()),
            disagreements: count(items.iter().filter(|item| item.disagrees).count()),
            settled: count(
                items
                    .iter()
                    .filter(|item| item.disagrees && item.agreed.is_some())
                    .count(),
            ),
        });
    }
    Ok(Json(CampaignAgreement {
        campaign,
        kappa: kappa(&pairs),
        schools,
    }))
}

/// Is this entry one that this side may add now?
async fn check_entry(
    state: &AppState,
    access: &Access,
    campaign: CampaignId,
    item: &ItemAgreement,
    side: AgreementSide,
    new: &NewAgreementEntry,
) -> Result<(), Problem> {
    let is_level = |value: f64| {
        item.levels
            .iter()
            .any(|level| (level.value - value).abs() < f64::EPSILON)
    };
    match new.kind {
        AgreementKind::Remark => Ok(()),
        AgreementKind::Proposal if new.value.is_some_and(is_level) => Ok(()),
        AgreementKind::Proposal => Err(Problem::invalid(
            "value",
            "agreement.level",
            Text::new(
                "Выберите один из уровней пункта.",
                "Choose one of the item's levels.",
            ),
        )),
        AgreementKind::Acceptance => {
            let is_other = item.proposed.is_some_and(|(value, by)| {
                by != side
                    && new
                        .value
                        .is_some_and(|own| (own - value).abs() < f64::EPSILON)
            });
            if is_other {
                return Ok(());
            }
            Err(Problem::new(
                StatusCode::CONFLICT,
                "agreement.nothing_proposed",
                "Принимать нечего: другая сторона этого уровня не предлагает. Обновите страницу.",
                "There is nothing to accept: the other side does not propose this level. Reload the page.",
            ))
        }
        AgreementKind::Verification => {
            let whole = one(state, access.municipality, &Reach::Municipality, campaign).await?;
            let form = form_of(state, access, &whole).await?;
            let known = form
                .scoring
                .as_ref()
                .and_then(|scoring| scoring.expert.as_ref())
                .is_some_and(|rule| {
                    rule.statuses
                        .iter()
                        .any(|status| Some(&status.id) == new.status.as_ref())
                });
            if known && side == AgreementSide::Expert {
                return Ok(());
            }
            Err(Problem::invalid(
                "status",
                "agreement.status",
                Text::new(
                    "Подтверждение оценивает эксперт одним из слов формы.",
                    "Evidence is judged by the expert with one of the form's words.",
                ),
            ))
        }
    }
}

async fn form_of(state: &AppState, access: &Access, campaign: &Campaign) -> Result<Form, Problem> {
    let (document, _) = state
        .store
        .form_document(access.municipality, &campaign.form[0], &campaign.form[1])
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(serde_json::from_str(&document).map_err(anyhow::Error::from)?)
}

/// The comparison as the caller may see it.
///
/// # Errors
/// Not found for a school that is neither in reach nor assigned.
pub async fn agreement(
    state: &AppState,
    access: &Access,
    permission: Permission,
    campaign: CampaignId,
    organisation: OrganisationId,
) -> Result<Agreement, Problem> {
    let whole = one(state, access.municipality, &Reach::Municipality, campaign).await?;
    let school = whole
        .schools
        .iter()
        .find(|school| school.organisation == organisation)
        .ok_or_else(Problem::not_found)?;
    let is_own = is_expert(access)
        && school
            .expert
            .as_ref()
            .is_some_and(|expert| expert.person == access.person);
    if !is_own {
        in_reach(&access.beside_expert(permission)?, organisation)?;
    }
    let is_school = access
        .beside_expert(Permission::AgreementCreate)
        .is_ok_and(|reach| {
            reach != Reach::Municipality
                && reach.covers(crate::auth::Place::organisation(organisation))
        });
    let found = comparison(state, access, &whole, organisation).await?;
    let stage = stage(&whole, organisation, found.as_ref());
    let found = found.unwrap_or_default();
    Ok(Agreement {
        campaign,
        title: whole.title.clone(),
        organisation,
        organisation_name: school.name.clone(),
        expert_name: school.expert.as_ref().map(|expert| expert.name.clone()),
        stage,
        side: match (is_own, is_school) {
            (true, _) => Some(AgreementSide::Expert),
            (false, true) => Some(AgreementSide::School),
            (false, false) => None,
        },
        kappa: (!found.items.is_empty())
            .then(|| kappa(&found.items.iter().filter_map(pair).collect::<Vec<_>>())),
        domains: found.domains,
        items: found.items,
    })
}

/// Both sides of a school, once both have handed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Domains in the order of the form.
    pub domains: Vec<DomainAgreement>,
    /// Items in the order of the form.
    pub items: Vec<ItemAgreement>,
}

impl Comparison {
    /// Disagreements that are not settled.
    pub fn open(&self) -> u32 {
        let open = self
            .items
            .iter()
            .filter(|item| item.disagrees && item.agreed.is_none());
        u32::try_from(open.count()).unwrap_or(u32::MAX)
    }
}

/// Compares a school with its expert; `None` before both have handed over.
pub async fn comparison(
    state: &AppState,
    access: &Access,
    campaign: &Campaign,
    organisation: OrganisationId,
) -> Result<Option<Comparison>, Problem> {
    let municipality = access.municipality;
    let school = campaign
        .schools
        .iter()
        .find(|school| school.organisation == organisation);
    let (Some(school), Some(experts)) = (school, campaign.plan.expert_campaign) else {
        return Ok(None);
    };
    let Some(own) = school
        .submission
        .filter(|_| school.progress == CampaignProgress::Approved)
    else {
        return Ok(None);
    };
    let Some(other) = state
        .store
        .school_submission(municipality, experts, organisation)
        .await?
        .filter(|other| other.is_handed_over)
    else {
        return Ok(None);
    };
    let own = entry(state, access, own).await?;
    let other = entry(state, access, other.id).await?;
    let mut talk: HashMap<String, Vec<AgreementEntry>> = HashMap::new();
    for (item, said) in state
        .store
        .agreement_entries(municipality, campaign.id, organisation)
        .await?
    {
        talk.entry(item).or_default().push(said);
    }
    let threshold = own
        .form()
        .scoring
        .as_ref()
        .and_then(|scoring| scoring.expert.as_ref())
        .map_or(1.0, |rule| rule.disagreement_threshold);
    let theirs = items(&other);
    let items: Vec<ItemAgreement> = items(&own)
        .into_iter()
        .map(|item| {
            let expert = theirs.iter().find(|other| other.item == item.item);
            let said = talk.remove(&item.item).unwrap_or_default();
            joined(item, expert, said, threshold)
        })
        .collect();
    let domains = domains(&own, &other, &items);
    Ok(Some(Comparison { domains, items }))
}

async fn entry(
    state: &AppState,
    access: &Access,
    submission: SubmissionId,
) -> Result<FormEntry, Problem> {
    let input = state
        .store
        .fold_input(access.municipality, submission)
        .await?;
    Ok(state.folder.replay(&input)?.0)
}

fn joined(
    item: ItemAnswer,
    expert: Option<&ItemAnswer>,
    entries: Vec<AgreementEntry>,
    threshold: f64,
) -> ItemAgreement {
    let (mut proposed, mut agreed, mut verification) = (None, None, None);
    for entry in &entries {
        match entry.kind {
            AgreementKind::Remark => {}
            AgreementKind::Proposal => proposed = entry.value.map(|value| (value, entry.side)),
            AgreementKind::Acceptance => {
                agreed = entry.value;
                proposed = None;
            }
            AgreementKind::Verification => verification.clone_from(&entry.status),
        }
    }
    let score = expert.and_then(|expert| expert.score);
    // What both chose is compared; whether it is confirmed is told apart, or equal sentences would look like a dispute.
    let is_answered = |answer: &ItemAnswer| answer.sentence.is_some();
    let disagrees = match (item.score, score) {
        (Some(school), Some(expert)) => (school - expert).abs() >= threshold,
        // One side says that the item does not apply, the other gives a level; who left it blank said nothing.
        (Some(_), None) => expert.is_some_and(is_answered),
        (None, Some(_)) => is_answered(&item),
        (None, None) => false,
    };
    ItemAgreement {
        item: item.item,
        section: item.section,
        label: item.label,
        levels: item.levels,
        key_item: item.key_item,
        school: item.score,
        school_counted: item.counted,
        evidence: item.evidence,
        expert: score,
        expert_note: expert.and_then(|expert| expert.note.clone().or(expert.evidence.clone())),
        disagrees,
        agreed,
        proposed,
        verification,
        entries,
    }
}

fn domains(own: &FormEntry, other: &FormEntry, items: &[ItemAgreement]) -> Vec<DomainAgreement> {
    let (school, expert) = (own.score(), other.score());
    let form = own.form();
    school
        .sections
        .iter()
        .map(|section| {
            let name = section.path.name();
            let of = || items.iter().filter(move |item| item.section == name);
            let title = form
                .walk()
                .find_map(|walked| match walked.node {
                    forms::form::Node::Group(group) if group.name == name => {
                        Some(both(form, &group.label))
                    }
                    _ => None,
                })
                .unwrap_or_else(|| Text::new(name, name));
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            DomainAgreement {
                section: name.to_owned(),
                title,
                school: section.index,
                expert: expert
                    .sections
                    .iter()
                    .find(|other| other.path == section.path)
                    .and_then(|other| other.index),
                items: count(of().filter(|item| is_compared(item)).count()),
                disagreements: count(of().filter(|item| item.disagrees).count()),
            }
        })
        .collect()
}

/// Have both sides said something of the item, be it that it does not apply? Disagreements are counted of these.
fn is_compared(item: &ItemAgreement) -> bool {
    pair(item).is_some() || item.disagrees
}

/// Levels of both sides, when both gave one.
fn pair(item: &ItemAgreement) -> Option<(f64, f64)> {
    Some((item.school?, item.expert?))
}

fn stage(
    campaign: &Campaign,
    organisation: OrganisationId,
    found: Option<&Comparison>,
) -> AgreementStage {
    let school = campaign
        .schools
        .iter()
        .find(|school| school.organisation == organisation);
    match (school, found) {
        (_, Some(found)) if found.open() == 0 => AgreementStage::Agreed,
        (_, Some(_)) => AgreementStage::Dialogue,
        (Some(school), None) if school.expert.is_none() => AgreementStage::NoExpert,
        (Some(school), None) if school.progress != CampaignProgress::Approved => {
            AgreementStage::WaitsForSchool
        }
        (Some(_), None) => AgreementStage::WaitsForExpert,
        (None, None) => AgreementStage::NoExpert,
    }
}
