//! `/api/v1/declarations`: each person's own answers to offered parts, and their own ties.

use api::id::{AssignmentId, TieId};
use api::observation::staffing::{Answer, FamilyTie, NewDeclaration, OwnDeclarations};
use api::paths;
use api::text::Text;
use axum::extract::State;
use uuid::Uuid;

use super::staffing::{allowed, give};
use crate::auth::{Access, Permission, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::procedures::event::one;
use crate::http::state::AppState;

/// Parts offered to the caller, and the caller's own ties. Nobody else is shown them.
#[utoipa::path(get, path = paths::DECLARATIONS, tag = "declarations",
    responses((status = 200, body = OwnDeclarations)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<OwnDeclarations>, Problem> {
    access.require(Permission::DeclarationRead)?;
    own(&state, &access).await
}

/// Signs the declaration for an event, or declines the parts offered there. With nothing against the part it
/// is given at once. A declaration on paper is recorded by whoever staffs the event.
#[utoipa::path(post, path = paths::DECLARATIONS, tag = "declarations", request_body = NewDeclaration,
    responses((status = 200, body = OwnDeclarations)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewDeclaration>,
) -> Result<Json<OwnDeclarations>, Problem> {
    access.require(Permission::DeclarationUpdate)?;
    let mut recorder = None;
    let paper = match new.person {
        Some(person) if person != access.person => {
            let reach = access.require(Permission::StaffingUpdate)?;
            let event = one(&state, &access, &reach, new.event).await?;
            recorder = Some((reach, event.organisation));
            Some(paper_reference(&new)?)
        }
        _ => None,
    };
    let person = match &paper {
        Some(_) => new.person.unwrap_or(access.person),
        None => access.person,
    };
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let offered = write.offered(new.event, person).await?;
    // Whoever watches a school is not the school's choice, so the school does not answer for them either.
    if let Some((reach, school)) = &recorder {
        let is_own = || write.works_at(person, *school);
        if *reach != Reach::Municipality && offered.is_empty() && !is_own().await? {
            return Err(Problem::not_found());
        }
        offered.iter().try_for_each(|role| allowed(reach, *role))?;
    }
    if new.answer == Answer::Decline && offered.is_empty() {
        // Nothing was offered, or it was declined before.
        return own(&state, &access).await;
    }
    match new.answer {
        Answer::Decline => write.decline(new.event, person).await?,
        Answer::Sign => {
            write.declare(new.event, person, paper.as_deref()).await?;
            for role in offered {
                let judged = write.judge(new.event, person, role).await?;
                // What only the coordinator can decide waits for the coordinator.
                if judged.is_some_and(|judged| judged.is_empty()) {
                    let id = AssignmentId(Uuid::now_v7());
                    give(&mut write, new.event, person, role, id).await?;
                }
            }
        }
    }
    write
        .audit(
            Permission::DeclarationUpdate.as_str(),
            format!("event {}", new.event),
            serde_json::json!({ "person": person, "answer": new.answer, "paper": paper.is_some() }),
        )
        .await?;
    write.commit().await?;
    own(&state, &access).await
}

/// Declares a relative at a school. The audit log says that a tie was declared, and nothing of it.
#[utoipa::path(post, path = paths::TIES, tag = "declarations", request_body = FamilyTie,
    responses((status = 200, body = OwnDeclarations)))]
pub async fn add_tie(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<FamilyTie>,
) -> Result<Json<OwnDeclarations>, Problem> {
    access.require(Permission::DeclarationUpdate)?;
    if let Some(class) = &new.class {
        check::grade("class", class.grade)?;
        check::short("class", &class.letter)?;
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.add_tie(access.person, &new).await?;
    write
        .audit(
            Permission::DeclarationUpdate.as_str(),
            format!("person {}", access.person),
            serde_json::json!({ "tie": "declared" }),
        )
        .await?;
    write.commit().await?;
    own(&state, &access).await
}

/// Withdraws a tie of the caller.
#[utoipa::path(delete, path = paths::TIE, tag = "declarations", params(("tie" = TieId, Path)),
    responses((status = 200, body = OwnDeclarations)))]
pub async fn remove_tie(
    State(state): State<AppState>,
    access: Access,
    Path(tie): Path<TieId>,
) -> Result<Json<OwnDeclarations>, Problem> {
    access.require(Permission::DeclarationUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !write.withdraw_tie(access.person, tie).await? {
        return Err(Problem::not_found());
    }
    write
        .audit(
            Permission::DeclarationUpdate.as_str(),
            format!("person {}", access.person),
            serde_json::json!({ "tie": "withdrawn" }),
        )
        .await?;
    write.commit().await?;
    own(&state, &access).await
}

async fn own(state: &AppState, access: &Access) -> Result<Json<OwnDeclarations>, Problem> {
    let own = state
        .store
        .own_declarations(access.municipality, access.person)
        .await?;
    Ok(Json(own))
}

fn paper_reference(new: &NewDeclaration) -> Result<String, Problem> {
    let reference = new.paper_reference.as_deref().unwrap_or_default().trim();
    check::short("paper_reference", reference)?;
    if reference.is_empty() {
        return Err(Problem::invalid(
            "paper_reference",
            "field.blank",
            Text::new(
                "Запишите номер и дату бумажного заявления.",
                "Write the number and date of the declaration on paper.",
            ),
        ));
    }
    Ok(reference.to_owned())
}
