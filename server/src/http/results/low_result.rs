//! `/api/v1/low-results`: schools with low results by an explicit rule, as found on a date. A list is a reason to offer
//! help: it has no order of schools but their names.

use std::collections::BTreeSet;

use api::id::IdentificationId;
use api::paths;
use api::results::low_result::{
    Identification, IdentificationLabel, Identifications, LowResultRule, NewIdentification,
};
use api::text::Text;
use axum::extract::State;
use serde_json::json;
use uuid::Uuid;

use crate::auth::{Access, Permission, Reach};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::results::low_results;
use crate::store::StoredPaper;

/// Identifications there are, and the years a new one may look at.
#[utoipa::path(get, path = paths::LOW_RESULTS, tag = "low results",
    responses((status = 200, body = Identifications)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Identifications>, Problem> {
    access.require_municipality(Permission::LowResultRead)?;
    let made = state.store.identifications(access.municipality).await?;
    let papers = papers(&state, &access).await?;
    let years: BTreeSet<i32> = papers.iter().map(|paper| paper.year).collect();
    Ok(Json(Identifications {
        made: made.into_iter().map(|found| found.label).collect(),
        years: years.into_iter().rev().collect(),
        usual: low_results::usual(),
        may_create: access
            .require_municipality(Permission::LowResultCreate)
            .is_ok(),
    }))
}

/// One identification with its schools.
#[utoipa::path(get, path = paths::LOW_RESULT, tag = "low results",
    params(("identification" = IdentificationId, Path)),
    responses((status = 200, body = Identification)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(id): Path<IdentificationId>,
) -> Result<Json<Identification>, Problem> {
    access.require_municipality(Permission::LowResultRead)?;
    one(&state, &access, id).await
}

/// Applies a rule to the marks of a year and keeps what it finds. Repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::LOW_RESULTS, tag = "low results", request_body = NewIdentification,
    responses((status = 200, body = Identification), (status = 422, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewIdentification>,
) -> Result<Json<Identification>, Problem> {
    access.require_municipality(Permission::LowResultCreate)?;
    checked(&new.rule)?;
    let found = found(&state, &access, &new).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.keep_identification(&found).await? {
        write
            .audit(
                Permission::LowResultCreate.as_str(),
                format!("low results {}", new.id),
                json!({ "year": new.year, "judged": found.label.judged, "found": found.schools.len() }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    one(&state, &access, new.id).await
}

async fn one(
    state: &AppState,
    access: &Access,
    id: IdentificationId,
) -> Result<Json<Identification>, Problem> {
    let found = state.store.identification(access.municipality, id).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// Papers that may count.
async fn papers(state: &AppState, access: &Access) -> Result<Vec<StoredPaper>, Problem> {
    let mut papers = state.store.papers(access.municipality).await?;
    papers.retain(|paper| low_results::counts(paper.kind));
    Ok(papers)
}

async fn found(
    state: &AppState,
    access: &Access,
    new: &NewIdentification,
) -> Result<Identification, Problem> {
    let (store, municipality) = (&state.store, access.municipality);
    let mut papers = papers(state, access).await?;
    if !papers.iter().any(|paper| paper.year == new.year) {
        return Err(Problem::invalid(
            "year",
            "low_result.year",
            Text::new(
                format!(
                    "За {} год результатов нет. Выберите год, за который они загружены.",
                    new.year
                ),
                format!(
                    "There are no results of {}. Choose a year whose results were imported.",
                    new.year
                ),
            ),
        ));
    }
    let first = new.year - i32::from(new.rule.years) + 1;
    papers.retain(|paper| (first..=new.year).contains(&paper.year));
    let ids: Vec<Uuid> = papers.iter().map(|paper| paper.id).collect();
    let marks = store.school_marks(municipality, &ids).await?;
    let run = store.current_run(municipality).await?;
    let states = match &run {
        Some(run) => store.run_states(municipality, run.id).await?,
        None => low_results::States::new(),
    };
    let schools = store
        .organisations(municipality, &Reach::Municipality)
        .await?;
    let (schools, judged) =
        low_results::identify(&schools, &papers, &marks, &states, new.year, &new.rule);
    Ok(Identification {
        label: IdentificationLabel {
            id: new.id,
            at_ms: state.now_ms(),
            author: String::new(),
            year: new.year,
            rule: new.rule,
            run: run.map(|run| run.id),
            judged,
            found: [0; 3],
        },
        schools,
    })
}

/// Bounds in which the rule says anything.
fn checked(rule: &LowResultRule) -> Result<(), Problem> {
    let wrong = |field: &str, ru: &str, en: &str| {
        Err(Problem::invalid(
            field,
            "low_result.rule",
            Text::new(ru, en),
        ))
    };
    if !(rule.share >= 0.01 && rule.share <= 1.0) {
        return wrong(
            "share",
            "Граница доли «двоек» — от 1 до 100 %.",
            "The limit of the share of mark 2 is from 1 to 100 %.",
        );
    }
    if !(1..=20).contains(&rule.procedures) {
        return wrong(
            "procedures",
            "Число низких работ — от 1 до 20.",
            "The number of low works is from 1 to 20.",
        );
    }
    if !(1..=5).contains(&rule.years) {
        return wrong(
            "years",
            "Число лет подряд — от 1 до 5.",
            "The number of years in a row is from 1 to 5.",
        );
    }
    if !(1..=100).contains(&rule.min_pupils) {
        return wrong(
            "min_pupils",
            "Наименьшее число учеников — от 1 до 100.",
            "The smallest number of pupils is from 1 to 100.",
        );
    }
    Ok(())
}
