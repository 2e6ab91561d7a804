//! `/api/v1/supports`: measures agreed with schools, from the first word to the effect. Help comes first.

use api::id::{OrganisationId, SupportId};
use api::live::LiveChange;
use api::management::support::{
    NewStep, NewSupport, PENALTY, Step, Support, SupportCell, SupportOffer, SupportQuery,
};
use api::paths;
use api::registry::organisation::Organisation;
use api::schools::school_profile::Measure;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;
use objectivity::cell::ChannelName;

use crate::auth::{Access, Denied, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::observation::staffing::{LONGEST_REASON, too_long};
use crate::http::problem::Problem;
use crate::http::schools::school_change::{school, today};
use crate::http::state::AppState;
use crate::import::subject;
use crate::jobs::run::state_of;
use crate::rules::day::iso;
use crate::rules::management::support as rules;
use crate::rules::reference;
use crate::rules::reference::Listed;
use crate::store::{CellColumn, StoredSupport};

/// Measures in the caller's scope: open ones first, then by the day they are due.
#[utoipa::path(get, path = paths::SUPPORTS, tag = "measures", responses((status = 200, body = Vec<Support>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Support>>, Problem> {
    let reach = access.require(Permission::SupportRead)?;
    let stored = state.store.supports(access.municipality, None).await?;
    let shower = Shower::new(&state, &access).await?;
    let mut shown: Vec<Support> = stored
        .into_iter()
        .filter(|one| reach.covers(Place::organisation(one.organisation)))
        .map(|one| shower.show(one))
        .collect();
    shown.sort_by_key(|one| !one.state.is_open());
    Ok(Json(shown))
}

/// One measure with its timeline.
#[utoipa::path(get, path = paths::SUPPORT, tag = "measures", params(("support" = SupportId, Path)),
    responses((status = 200, body = Support)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(support): Path<SupportId>,
) -> Result<Json<Support>, Problem> {
    let reach = access.require(Permission::SupportRead)?;
    let stored = found(&state, &access, &reach, support).await?;
    whole(&state, &access, stored).await
}

/// What may be agreed with a school, for a cell or in general, and what was agreed.
#[utoipa::path(get, path = paths::SUPPORT_OFFER, tag = "measures",
    params(("organisation" = OrganisationId, Path), ("year" = Option<i32>, Query),
        ("subject" = Option<String>, Query), ("grade" = Option<u8>, Query)),
    responses((status = 200, body = SupportOffer)))]
pub async fn offer(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Query(query): Query<SupportQuery>,
) -> Result<Json<SupportOffer>, Problem> {
    let reach = access.require(Permission::SupportRead)?;
    let school = school(&state, &access, &reach, organisation).await?;
    let cell = cell_of(&query);
    let shower = Shower::new(&state, &access).await?;
    let agreed = agreed(&state, &access, &shower, organisation).await?;
    let proposed = match &cell {
        Some(cell) => proposed(&state, &access, organisation, cell, &shower.catalogue).await?,
        None => Vec::new(),
    };
    let may_punish = access.require(Permission::SupportPenalty).is_ok();
    Ok(Json(SupportOffer {
        organisation,
        organisation_name: school.short_name,
        work: cell.as_ref().map(work),
        measures: shower
            .catalogue
            .iter()
            .map(|listed| listed.measure.clone())
            .filter(|measure| measure.level < PENALTY || may_punish)
            .collect(),
        proposed,
        is_penalty_open: rules::is_penalty_open(&agreed),
        may_create: access
            .require(Permission::SupportCreate)
            .is_ok_and(|reach| reach.covers(Place::organisation(organisation))),
        agreed,
    }))
}

/// Agrees on a measure with a school. A penalty before help was found to bring nothing needs a written reason.
#[utoipa::path(post, path = paths::SUPPORTS, tag = "measures", request_body = NewSupport,
    responses((status = 200, body = Support), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewSupport>,
) -> Result<Json<Support>, Problem> {
    let reach = access.require(Permission::SupportCreate)?;
    school(&state, &access, &reach, new.organisation).await?;
    checked(&new)?;
    let shower = Shower::new(&state, &access).await?;
    let level = shower
        .catalogue
        .iter()
        .find(|listed| listed.measure.id == new.measure)
        .map(|listed| listed.measure.level)
        .ok_or_else(|| unknown_measure(&new.measure))?;
    if level >= PENALTY {
        access.require(Permission::SupportPenalty)?;
        let agreed = agreed(&state, &access, &shower, new.organisation).await?;
        let is_reasoned = new
            .exception
            .as_ref()
            .is_some_and(|reason| !reason.trim().is_empty());
        if !rules::is_penalty_open(&agreed) && !is_reasoned {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "support.help_first",
                "Сначала помощь: меры поддержки этой школы ещё не закрыты с выводом «сдвига нет». Выберите меру помощи или запишите причину исключения; она останется в журнале.",
                "Help first: the measures of support of this school are not closed with \"no shift\" yet. Choose a measure of help, or write the reason of the exception; it stays in the log.",
            ));
        }
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.agree_support(&new, level).await? {
        write
            .audit(
                Permission::SupportCreate.as_str(),
                format!("support {}", new.id),
                serde_json::json!({
                    "organisation": new.organisation, "measure": new.measure, "level": level,
                    "exception": new.exception.is_some(),
                }),
            )
            .await?;
        announce(&mut write, new.organisation, new.id).await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    let reach = access.require(Permission::SupportRead)?;
    let stored = found(&state, &access, &reach, new.id).await?;
    whole(&state, &access, stored).await
}

/// Takes a step: begins, reports done, looks at the effect, gives up with a reason, or writes beside it.
#[utoipa::path(post, path = paths::SUPPORT_STEPS, tag = "measures", params(("support" = SupportId, Path)),
    request_body = NewStep,
    responses((status = 200, body = Support), (status = 409, body = api::problem::Problem)))]
pub async fn step(
    State(state): State<AppState>,
    access: Access,
    Path(support): Path<SupportId>,
    Json(new): Json<NewStep>,
) -> Result<Json<Support>, Problem> {
    let reach = access.require(Permission::SupportUpdate)?;
    let known = found(&state, &access, &reach, support).await?;
    if matches!(new.step, Step::Check | Step::Drop) {
        let reach = access.require(Permission::SupportCheck)?;
        reach.check(Place::organisation(known.organisation))?;
    }
    worded(&new)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.has_support_entry(new.id).await? {
        drop(write);
        let stored = found(&state, &access, &reach, support).await?;
        return whole(&state, &access, stored).await;
    }
    let now = write
        .support_state(support)
        .await?
        .ok_or(Denied::NotFound)?;
    let Some(next) = rules::after(now, new.step) else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "support.state",
            "Эту меру уже продвинул кто-то другой: такой шаг теперь невозможен. Обновите страницу и посмотрите ход работы.",
            "Somebody else has moved this measure on: this step is not possible any more. Reload the page and look at its course.",
        ));
    };
    write.step_support(support, &new, next).await?;
    write
        .audit(
            Permission::SupportUpdate.as_str(),
            format!("support {support}"),
            serde_json::json!({ "step": new.step, "effect": new.effect }),
        )
        .await?;
    announce(&mut write, known.organisation, support).await?;
    write.commit().await?;
    let stored = found(&state, &access, &reach, support).await?;
    whole(&state, &access, stored).await
}

async fn announce(
    write: &mut crate::store::Write,
    organisation: OrganisationId,
    support: SupportId,
) -> Result<(), Problem> {
    write
        .announce(Some(organisation), None, &LiveChange::Support { support })
        .await?;
    Ok(())
}

async fn found(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    support: SupportId,
) -> Result<StoredSupport, Problem> {
    Ok(state
        .store
        .support(access.municipality, support)
        .await?
        .filter(|one| reach.covers(Place::organisation(one.organisation)))
        .ok_or(Denied::NotFound)?)
}

async fn whole(
    state: &AppState,
    access: &Access,
    stored: StoredSupport,
) -> Result<Json<Support>, Problem> {
    let id = stored.id;
    let shower = Shower::new(state, access).await?;
    let mut shown = shower.show(stored);
    shown.entries = state.store.support_entries(access.municipality, id).await?;
    Ok(Json(shown))
}

async fn agreed(
    state: &AppState,
    access: &Access,
    shower: &Shower,
    organisation: OrganisationId,
) -> Result<Vec<Support>, Problem> {
    let stored = state
        .store
        .supports(access.municipality, Some(organisation))
        .await?;
    let mut shown: Vec<Support> = stored.into_iter().map(|one| shower.show(one)).collect();
    shown.sort_by_key(|one| !one.state.is_open());
    Ok(shown)
}

/// What every measure is shown with.
pub(super) struct Shower {
    catalogue: Vec<Listed>,
    schools: Vec<Organisation>,
    today: String,
    report: Option<Reach>,
    decide: Option<Reach>,
    sees_reviews: bool,
}

impl Shower {
    pub(super) async fn new(state: &AppState, access: &Access) -> Result<Self, Problem> {
        Ok(Shower {
            catalogue: reference::catalogue()?,
            schools: state
                .store
                .organisations(
                    access.municipality,
                    &access.require(Permission::SupportRead)?,
                )
                .await?,
            today: iso(today(state, access).await?),
            report: access.require(Permission::SupportUpdate).ok(),
            decide: access.require(Permission::SupportCheck).ok(),
            // A school is told of a review by the review itself, once it is asked.
            sees_reviews: access.require(Permission::ReviewRead) == Ok(Reach::Municipality),
        })
    }

    pub(super) fn show(&self, stored: StoredSupport) -> Support {
        let place = Place::organisation(stored.organisation);
        let covers =
            |reach: &Option<Reach>| reach.as_ref().is_some_and(|reach| reach.covers(place));
        let is_open = stored.state.is_open();
        Support {
            organisation_name: self
                .schools
                .iter()
                .find(|school| school.id == stored.organisation)
                .map(|school| school.short_name.clone())
                .unwrap_or_default(),
            measure: self
                .catalogue
                .iter()
                .find(|listed| listed.measure.id == stored.measure)
                .map_or_else(
                    // A measure that a later catalogue no longer has keeps its code.
                    || Measure {
                        id: stored.measure.clone(),
                        level: 1,
                        level_name: Text::new("—", "—"),
                        title: Text::new(stored.measure.clone(), stored.measure.clone()),
                    },
                    |listed| listed.measure.clone(),
                ),
            work: stored.cell.as_ref().map(work),
            review: stored.review.filter(|_| self.sees_reviews),
            overdue: is_open
                && stored.state != api::management::support::SupportState::Done
                && stored.due < self.today,
            may: rules::steps(stored.state, covers(&self.report), covers(&self.decide)),
            id: stored.id,
            organisation: stored.organisation,
            cell: stored.cell,
            reason: stored.reason,
            executor: stored.executor,
            due: stored.due,
            state: stored.state,
            effect: stored.effect,
            created_ms: stored.created_ms,
            entries: Vec::new(),
        }
    }
}

fn cell_of(query: &SupportQuery) -> Option<SupportCell> {
    Some(SupportCell {
        year: query.year?,
        subject: query.subject.clone()?,
        grade: query.grade?,
    })
}

fn work(cell: &SupportCell) -> Text {
    subject::work(&cell.subject, cell.grade, cell.year)
}

/// Measures for the cell of the newest run, by the channels that speak in it.
async fn proposed(
    state: &AppState,
    access: &Access,
    organisation: OrganisationId,
    cell: &SupportCell,
    catalogue: &[Listed],
) -> Result<Vec<String>, Problem> {
    let Some(run) = state.store.current_run(access.municipality).await? else {
        return Ok(Vec::new());
    };
    let papers = state.store.papers(access.municipality).await?;
    for paper in papers.iter().filter(|paper| {
        paper.year == cell.year && paper.subject == cell.subject && paper.grade == cell.grade
    }) {
        let column = CellColumn {
            kind: paper.kind,
            year: cell.year,
            subject: cell.subject.as_str(),
            grade: cell.grade,
        };
        let details = state
            .store
            .cell_details(access.municipality, run.id, column)
            .await?;
        if let Some((_, own)) = details.iter().find(|(other, _)| *other == organisation) {
            let speaking: Vec<ChannelName> = own
                .channels
                .iter()
                .filter(|channel| channel.speaks)
                .map(|channel| channel.channel)
                .collect();
            return Ok(rules::proposed(state_of(own.state), &speaking, catalogue));
        }
    }
    Ok(Vec::new())
}

fn checked(new: &NewSupport) -> Result<(), Problem> {
    check::date("due", &new.due)?;
    if let Some(cell) = &new.cell {
        check::year("cell.year", cell.year)?;
        check::grade("cell.grade", cell.grade)?;
        check::filled("cell.subject", &cell.subject)?;
    }
    if new.reason.trim().is_empty() {
        return Err(Problem::invalid(
            "reason",
            "field.blank",
            Text::new(
                "Напишите, почему выбрана мера: школа прочитает это первым.",
                "Write why this measure was chosen: the school reads it first.",
            ),
        ));
    }
    for (field, content) in [
        ("reason", Some(&new.reason)),
        ("exception", new.exception.as_ref()),
    ] {
        if content.is_some_and(|content| content.chars().count() > LONGEST_REASON) {
            return Err(too_long(field));
        }
    }
    Ok(())
}

fn unknown_measure(id: &str) -> Problem {
    Problem::invalid(
        "measure",
        "support.measure",
        Text::new(
            format!("В каталоге нет меры {id}. Выберите меру из списка."),
            format!("The catalogue has no measure {id}. Choose one from the list."),
        ),
    )
}

fn worded(new: &NewStep) -> Result<(), Problem> {
    if new.content.chars().count() > LONGEST_REASON {
        return Err(too_long("content"));
    }
    if new.step == Step::Plan {
        return Err(Problem::invalid(
            "step",
            "support.step",
            Text::new(
                "Мера уже назначена. Выберите следующий шаг.",
                "The measure is agreed already. Choose the next step.",
            ),
        ));
    }
    if new.step == Step::Check && new.effect.is_none() {
        return Err(Problem::invalid(
            "effect",
            "support.effect",
            Text::new(
                "Отметьте, есть ли сдвиг. Если данных мало, так и скажите.",
                "Say whether there is a shift. If the data do not tell, say so.",
            ),
        ));
    }
    if new.step != Step::Begin && new.content.trim().is_empty() {
        return Err(Problem::invalid(
            "content",
            "field.blank",
            Text::new(
                "Напишите несколько слов: что сделано, что видно или почему.",
                "Write a few words: what was done, what is seen, or why.",
            ),
        ));
    }
    Ok(())
}
