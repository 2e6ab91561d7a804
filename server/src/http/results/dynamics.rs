//! `/api/v1/organisations/{organisation}/dynamics`: a school beside its own past and beside similar schools.

use api::id::OrganisationId;
use api::paths;
use api::registry::organisation::Organisation;
use api::results::dynamics::{SchoolDynamics, WorkDynamics};
use axum::extract::State;
use uuid::Uuid;

use crate::auth::{Access, Permission, Place, Reach};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::results::dynamics;
use crate::rules::results::dynamics::Known;
use crate::rules::results::low_results;
use crate::store::StoredPaper;

/// Results of a school by work and year, beside those of similar schools together.
#[utoipa::path(get, path = paths::SCHOOL_DYNAMICS, tag = "heat map",
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = SchoolDynamics)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
) -> Result<Json<SchoolDynamics>, Problem> {
    access
        .require(Permission::CellRead)?
        .check(Place::organisation(organisation))?;
    let school = state
        .store
        .organisation(access.municipality, organisation)
        .await?
        .ok_or_else(Problem::not_found)?;
    let mut papers = state.store.papers(access.municipality).await?;
    papers.retain(|paper| low_results::counts(paper.kind));
    let works = works(&state, &access, &school, &papers, |_| true).await?;
    Ok(Json(SchoolDynamics {
        organisation,
        works,
    }))
}

/// One work over the years.
pub(in crate::http) async fn of_paper(
    state: &AppState,
    access: &Access,
    school: &Organisation,
    paper: &StoredPaper,
) -> Result<Option<WorkDynamics>, Problem> {
    let mut papers = state.store.papers(access.municipality).await?;
    papers.retain(|other| other.kind == paper.kind);
    let is_same =
        |other: &StoredPaper| (&other.subject, other.grade) == (&paper.subject, paper.grade);
    let works = works(state, access, school, &papers, is_same).await?;
    Ok(works.into_iter().next())
}

/// Works of those papers that are wanted; all papers together say which years there are.
async fn works(
    state: &AppState,
    access: &Access,
    school: &Organisation,
    papers: &[StoredPaper],
    is_wanted: impl Fn(&StoredPaper) -> bool,
) -> Result<Vec<WorkDynamics>, Problem> {
    let (store, municipality) = (&state.store, access.municipality);
    let wanted = papers.iter().filter(|paper| is_wanted(paper));
    let wanted: Vec<Uuid> = wanted.map(|paper| paper.id).collect();
    let sums = store.school_sums(municipality, &wanted).await?;
    let marks = store.school_marks(municipality, &wanted).await?;
    let states = match store.current_run(municipality).await? {
        Some(run) => store.run_states(municipality, run.id).await?,
        None => low_results::States::new(),
    };
    let schools = store
        .organisations(municipality, &Reach::Municipality)
        .await?;
    Ok(dynamics::works(
        school,
        &Known {
            schools: &schools,
            papers,
            sums: &sums,
            marks: &marks,
            states: &states,
        },
    ))
}
