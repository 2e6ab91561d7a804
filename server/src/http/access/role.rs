//! `/api/v1/people/{person}/roles`: roles with their order and term.

use api::access::person::{HeldRole, NewRole, PersonCard};
use api::access::session::{Grant, Scope};
use api::id::{GrantId, PersonId};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use super::card::{card, keep_administrator, target};
use super::person::check_active;
use crate::auth::{Access, Permission};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Gives a person a role; repeated, changes nothing.
#[utoipa::path(post, path = paths::PERSON_ROLES, tag = "people", request_body = NewRole,
    params(("person" = PersonId, Path)),
    responses((status = 200, body = PersonCard), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(person): Path<PersonId>,
    Json(new): Json<NewRole>,
) -> Result<Json<PersonCard>, Problem> {
    let reach = access.require(Permission::RoleUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let found = target(&state, &mut write, (&access, &reach), person).await?;
    check_not_self(&access, person)?;
    check_active(found.stored.standing)?;
    check_new(&state, &access, &new).await?;
    let grant = Grant {
        role: new.role,
        scope: new.scope,
    };
    if let Some((holder, known, _)) = write.given_role(new.id).await? {
        if holder != person || known != grant {
            return Err(Problem::id_taken());
        }
        drop(write);
        return Ok(Json(card(&state, &access, person).await?));
    }
    if found.grants.contains(&grant) {
        return Err(has_it());
    }
    write.give_role(person, &new).await?;
    write
        .audit(
            Permission::RoleUpdate.as_str(),
            format!("person {person}"),
            serde_json::json!({
                "given": new.role, "scope": new.scope, "from": new.from, "until": new.until,
            }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(card(&state, &access, person).await?))
}

/// Takes a role; taken before, changes nothing. The last administrator stays.
#[utoipa::path(delete, path = paths::PERSON_ROLE, tag = "people",
    params(("person" = PersonId, Path), ("grant" = GrantId, Path)),
    responses((status = 200, body = PersonCard), (status = 403, body = api::problem::Problem),
        (status = 404, body = api::problem::Problem), (status = 409, body = api::problem::Problem)))]
pub async fn delete(
    State(state): State<AppState>,
    access: Access,
    Path((person, id)): Path<(PersonId, GrantId)>,
) -> Result<Json<PersonCard>, Problem> {
    let reach = access.require(Permission::RoleUpdate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let found = target(&state, &mut write, (&access, &reach), person).await?;
    let (_, grant, was_taken) = write
        .given_role(id)
        .await?
        .filter(|(holder, ..)| *holder == person)
        .ok_or_else(Problem::not_found)?;
    check_not_self(&access, person)?;
    if !access.may_give(&grant) {
        return Err(not_to_give());
    }
    if !was_taken {
        let had_one = write.has_lasting_administrator(&found.today).await?;
        write.take_role(id).await?;
        keep_administrator(&mut write, had_one, &found.today).await?;
        write
            .audit(
                Permission::RoleUpdate.as_str(),
                format!("person {person}"),
                serde_json::json!({ "taken": grant.role, "scope": grant.scope }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(card(&state, &access, person).await?))
}

/// Refuses a role that the caller may not give, that makes no sense, or whose school is out of reach.
pub(super) async fn check_new(
    state: &AppState,
    access: &Access,
    new: &NewRole,
) -> Result<(), Problem> {
    let reach = access.require(Permission::RoleUpdate)?;
    if let Scope::Organisation { organisation } = new.scope {
        reach.check(crate::auth::Place::organisation(organisation))?;
        state
            .store
            .organisation(access.municipality, organisation)
            .await?
            .ok_or_else(Problem::not_found)?;
    }
    let grant = Grant {
        role: new.role,
        scope: new.scope,
    };
    if !access.may_give(&grant) {
        return Err(not_to_give());
    }
    check::short(
        "order_reference",
        new.order_reference.as_deref().unwrap_or(""),
    )?;
    for (field, day) in [("from", &new.from), ("until", &new.until)] {
        if let Some(day) = day {
            check::date(field, day)?;
        }
    }
    let today = state
        .store
        .today(access.municipality, state.now_ms())
        .await?;
    let from = new.from.as_ref().unwrap_or(&today);
    match &new.until {
        Some(until) => {
            check::ordered("until", &[from.clone(), until.clone()])?;
            check_not_over(until, &today)
        }
        None => Ok(()),
    }
}

fn check_not_over(until: &str, today: &str) -> Result<(), Problem> {
    if today <= until {
        return Ok(());
    }
    Err(Problem::invalid(
        "until",
        "field.past",
        Text::new(
            "Последний день роли уже прошёл. Укажите день не раньше сегодняшнего или оставьте поле пустым.",
            "The last day of the role is over. Give today or a later day, or leave the field blank.",
        ),
    ))
}

fn check_not_self(access: &Access, person: PersonId) -> Result<(), Problem> {
    if access.person != person {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "role.self",
        "Свои роли не меняет никто: попросите об этом другого человека с правом давать роли.",
        "Nobody changes the own roles: ask somebody else who may give roles.",
    ))
}

fn not_to_give() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "role.not_to_give",
        "Такую роль в этом месте вы дать или снять не можете. Кто какие роли даёт, сказано на странице «Кто что может».",
        "You can neither give nor take this role there. The page “Who may do what” says who gives which roles.",
    )
}

fn has_it() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "role.held",
        "Эта роль у человека уже есть. Чтобы сменить срок или приказ, снимите её и дайте снова.",
        "The person holds this role already. To change its term or order, take it and give it again.",
    )
}

/// Was a role neither taken nor is it over?
pub(super) fn lasts(role: &HeldRole, today: &str) -> bool {
    role.revoked_ms.is_none() && role.until.as_deref().is_none_or(|until| today <= until)
}

/// The role with its scope.
pub(super) fn grant(role: &HeldRole) -> Grant {
    Grant {
        role: role.role,
        scope: role.scope,
    }
}
