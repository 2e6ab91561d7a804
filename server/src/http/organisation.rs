//! `/api/v1/organisations`: the register.

use api::id::OrganisationId;
use api::organisation::Organisation;
use api::paths;
use api::text::Text;
use axum::extract::State;

use super::extract::{Json, Path};
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission, Place};

/// Organisations in the caller's scope, by name.
#[utoipa::path(get, path = paths::ORGANISATIONS, tag = "organisations",
    responses((status = 200, body = Vec<Organisation>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Organisation>>, Problem> {
    let reach = access.require(Permission::OrganisationRead)?;
    Ok(Json(
        state
            .store
            .organisations(access.municipality, &reach)
            .await?,
    ))
}

/// One organisation.
#[utoipa::path(get, path = paths::ORGANISATION, tag = "organisations",
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = Organisation)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
) -> Result<Json<Organisation>, Problem> {
    access
        .require(Permission::OrganisationRead)?
        .check(Place::organisation(organisation))?;
    state
        .store
        .organisation(access.municipality, organisation)
        .await?
        .map(Json)
        .ok_or_else(Problem::not_found)
}

/// Adds or changes an organisation. History is added to, never taken away.
#[utoipa::path(put, path = paths::ORGANISATION, tag = "organisations",
    params(("organisation" = OrganisationId, Path)), request_body = Organisation,
    responses((status = 200, body = Organisation)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Json(new): Json<Organisation>,
) -> Result<Json<Organisation>, Problem> {
    access.require_municipality(Permission::OrganisationUpdate)?;
    check(organisation, &new)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.put_organisation(&new).await?;
    write
        .audit(
            Permission::OrganisationUpdate.as_str(),
            format!("organisation {organisation}"),
            serde_json::json!({ "code": new.code }),
        )
        .await?;
    write.commit().await?;
    state
        .store
        .organisation(access.municipality, organisation)
        .await?
        .map(Json)
        .ok_or_else(Problem::not_found)
}

fn check(id: OrganisationId, new: &Organisation) -> Result<(), Problem> {
    if new.id != id {
        return Err(Problem::invalid(
            "id",
            "organisation.other_id",
            Text::new(
                "Номер организации в запросе и в адресе различаются.",
                "The organisation's id differs between request and address.",
            ),
        ));
    }
    for (field, value) in [
        ("code", &new.code),
        ("name", &new.name),
        ("short_name", &new.short_name),
    ] {
        if value.trim().is_empty() || value.chars().count() > 300 {
            return Err(Problem::invalid(
                field,
                "field.length",
                Text::new(
                    "Поле должно быть заполнено и не длиннее 300 знаков.",
                    "The field must be filled in and no longer than 300 characters.",
                ),
            ));
        }
    }
    if new.parent == Some(id) {
        return Err(Problem::invalid(
            "parent",
            "organisation.own_parent",
            Text::new(
                "Организация не может быть филиалом самой себя.",
                "An organisation cannot be a branch of itself.",
            ),
        ));
    }
    if new.grades.iter().any(|grade| !(1..=12).contains(grade)) {
        return Err(Problem::invalid(
            "grades",
            "organisation.grades",
            Text::new(
                "Параллели — числа от 1 до 12.",
                "Grade levels are numbers from 1 to 12.",
            ),
        ));
    }
    Ok(())
}
