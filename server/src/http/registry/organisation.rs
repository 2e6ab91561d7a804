//! `/api/v1/organisations`: the register.

use api::id::OrganisationId;
use api::paths;
use api::registry::organisation::Organisation;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::StoreError;

/// What can happen to an organisation, as the history spells it.
const CHANGES: [&str; 5] = [
    "became_branch",
    "left_branch",
    "renamed",
    "closed",
    "opened",
];
/// More pupils or places than any school has: a slip of the hand.
const MANY_PUPILS: u32 = 20_000;

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
    check_history(&new)?;
    let known = state
        .store
        .organisations(access.municipality, &Reach::Municipality)
        .await?;
    check_parents(&new, &known)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .put_organisation(&new)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => code_taken(&new.code),
            other => other.into(),
        })?;
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
    check::short("settlement", &new.settlement)?;
    for (field, value) in [("pupils", Some(new.pupils)), ("capacity", new.capacity)] {
        if value.is_some_and(|value| value > MANY_PUPILS) {
            return Err(Problem::invalid(
                field,
                "organisation.many_pupils",
                Text::new(
                    format!("Больше {MANY_PUPILS} учеников или мест не бывает: проверьте число."),
                    format!(
                        "No school has more than {MANY_PUPILS} pupils or places: check the number."
                    ),
                ),
            ));
        }
    }
    let is_on_earth = |place: [f64; 2]| place[0].abs() <= 90.0 && place[1].abs() <= 180.0;
    if new.place.is_some_and(|place| !is_on_earth(place)) {
        return Err(Problem::invalid(
            "place",
            "organisation.place",
            Text::new(
                "Широта — от −90 до 90, долгота — от −180 до 180 градусов.",
                "Latitude is −90 to 90, longitude −180 to 180 degrees.",
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

/// The history names what happened, when, and by which order.
fn check_history(new: &Organisation) -> Result<(), Problem> {
    for change in &new.history {
        check::date("history.date", &change.date)?;
        check::short(
            "history.order_reference",
            change.order_reference.as_deref().unwrap_or(""),
        )?;
        if !CHANGES.contains(&change.kind.as_str()) {
            return Err(Problem::invalid(
                "history.kind",
                "organisation.change",
                Text::new(
                    "Такого изменения в истории школы не бывает. Выберите его из списка.",
                    "The history of a school knows no such change. Choose one of the list.",
                ),
            ));
        }
    }
    Ok(())
}

/// A branch's own branches cannot hold the organisation it belongs to.
fn check_parents(new: &Organisation, known: &[Organisation]) -> Result<(), Problem> {
    let mut above = new.parent;
    for _ in 0..=known.len() {
        let Some(parent) = above else { return Ok(()) };
        if parent == new.id {
            return Err(Problem::invalid(
                "parent",
                "organisation.circle",
                Text::new(
                    "Головная школа сама записана филиалом этой. Сначала исправьте её карточку.",
                    "The parent is itself entered as a branch of this one. Mend its card first.",
                ),
            ));
        }
        above = known
            .iter()
            .find(|other| other.id == parent)
            .and_then(|other| other.parent);
    }
    Ok(())
}

fn code_taken(code: &str) -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "organisation.code_taken",
        format!(
            "Код «{code}» уже есть у другой школы. У каждой школы свой код: проверьте, не внесена ли она раньше."
        ),
        format!(
            "Another school has the code “{code}” already. Each school has its own: look whether it was entered before."
        ),
    )
}
