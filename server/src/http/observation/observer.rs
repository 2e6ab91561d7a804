//! `/api/v1/observers` and `/api/v1/applications`: the register of observers.

use api::access::session::{Grant, Role, Scope};
use api::id::{ApplicationId, PersonId};
use api::observation::observer::{
    Accreditation, Application, ApplicationState, Decided, Decision, Observer,
};
use api::paths;
use api::text::{Language, Text};
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Permission, Token};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{NewPerson, ObserverProfile, StoreError};

/// The register, by name. Reliability is for planning and never public.
#[utoipa::path(get, path = paths::OBSERVERS, tag = "observers",
    responses((status = 200, body = Vec<Observer>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Observer>>, Problem> {
    access.require_municipality(Permission::ObserverRead)?;
    let policy = state.store.policy(access.municipality).await?;
    let late_ms = i64::from(policy.report_hours) * 3_600_000;
    Ok(Json(
        state
            .store
            .observers(access.municipality, state.now_ms(), late_ms)
            .await?,
    ))
}

/// Sets an observer's accreditation.
#[utoipa::path(put, path = paths::ACCREDITATION, tag = "observers",
    params(("person" = PersonId, Path)), request_body = Accreditation,
    responses((status = 200, body = Accreditation)))]
pub async fn accredit(
    State(state): State<AppState>,
    access: Access,
    Path(person): Path<PersonId>,
    Json(accreditation): Json<Accreditation>,
) -> Result<Json<Accreditation>, Problem> {
    access.require_municipality(Permission::ObserverUpdate)?;
    check::date("from", &accreditation.from)?;
    check::date("until", &accreditation.until)?;
    let window = [accreditation.from.clone(), accreditation.until.clone()];
    check::ordered("until", &window)?;
    check::short("number", &accreditation.number)?;
    if accreditation.number.trim().is_empty() {
        return Err(blank("number"));
    }
    let accreditation = Accreditation {
        number: accreditation.number.trim().to_owned(),
        ..accreditation
    };
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    match write.accredit(person, &accreditation).await {
        Ok(true) => {}
        Ok(false) => return Err(Problem::not_found()),
        Err(StoreError::Duplicate(_)) => {
            return Err(Problem::invalid(
                "number",
                "observer.number_taken",
                Text::new(
                    "Удостоверение с таким номером уже у другого наблюдателя. Проверьте номер.",
                    "Another observer has this number. Check it.",
                ),
            ));
        }
        Err(error) => return Err(error.into()),
    }
    write
        .audit(
            Permission::ObserverUpdate.as_str(),
            format!("person {person}"),
            serde_json::json!({ "until": accreditation.until }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(accreditation))
}

/// Applications: those that wait first.
#[utoipa::path(get, path = paths::APPLICATIONS, tag = "observers",
    responses((status = 200, body = Vec<Application>)))]
pub async fn applications(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Application>>, Problem> {
    access.require_municipality(Permission::ObserverRead)?;
    Ok(Json(state.store.applications(access.municipality).await?))
}

/// Decides on an application. An accepted person gets an account; its password is in this answer only.
#[utoipa::path(post, path = paths::APPLICATION_DECISION, tag = "observers",
    params(("application" = ApplicationId, Path)), request_body = Decision,
    responses((status = 200, body = Decided), (status = 409, body = api::problem::Problem)))]
pub async fn decide(
    State(state): State<AppState>,
    access: Access,
    Path(application): Path<ApplicationId>,
    Json(decision): Json<Decision>,
) -> Result<Json<Decided>, Problem> {
    access.require_municipality(Permission::ObserverUpdate)?;
    check::short("reason", &decision.reason)?;
    check::short("login", &decision.login)?;
    if decision.accept && decision.login.trim().is_empty() {
        return Err(blank("login"));
    }
    if !decision.accept && decision.reason.trim().is_empty() {
        return Err(blank("reason"));
    }
    // The last 84 of the secret's random bits; hashed before the change begins, because that takes long.
    let secret = Token::generate(access.municipality)?.to_text();
    let password: String = secret.chars().rev().take(14).collect();
    let hash = match decision.accept {
        true => Some(state.passwords.hash(password.clone()).await?),
        false => None,
    };
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let found = write
        .application(application)
        .await?
        .ok_or_else(Problem::not_found)?;
    if found.state != ApplicationState::New {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "application.decided",
            "По этой заявке решение уже принято. Обновите список.",
            "This application was decided already. Reload the list.",
        ));
    }
    if let Some(hash) = hash {
        let is_new = write
            .add_person(&NewPerson {
                id: decision.person,
                name: found.name.clone(),
                phone: Some(found.phone.clone()),
                language: Language::Ru,
                about: None,
            })
            .await?;
        if !is_new {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "person.known",
                "Человек с таким номером уже есть. Обновите страницу и примите заявку ещё раз.",
                "A person with this id exists already. Reload the page and accept the application again.",
            ));
        }
        let login = write
            .set_login(decision.person, &decision.login, hash)
            .await;
        if let Err(StoreError::Duplicate(_)) = login {
            return Err(Problem::invalid(
                "login",
                "person.login_taken",
                Text::new(
                    "Такой логин уже занят. Придумайте другой.",
                    "This login is taken. Choose another.",
                ),
            ));
        }
        login?;
        write
            .grant_role(
                decision.person,
                &Grant {
                    role: Role::RegisteredObserver,
                    scope: Scope::Municipality,
                },
            )
            .await?;
        write
            .put_observer(
                decision.person,
                &ObserverProfile {
                    settlement: found.settlement.clone(),
                    languages: found.languages.clone(),
                    accreditation: None,
                },
            )
            .await?;
    }
    let person = decision.accept.then_some(decision.person);
    write
        .decide_application(application, person, decision.reason.trim())
        .await?;
    write
        .audit(
            Permission::ObserverUpdate.as_str(),
            format!("application {application}"),
            serde_json::json!({ "accepted": decision.accept, "person": person }),
        )
        .await?;
    let decided = write
        .application(application)
        .await?
        .ok_or_else(Problem::not_found)?;
    write.commit().await?;
    Ok(Json(Decided {
        application: decided,
        password: decision.accept.then_some(password),
    }))
}

fn blank(field: &str) -> Problem {
    Problem::invalid(
        field,
        "field.blank",
        Text::new("Заполните это поле.", "Fill in this field."),
    )
}
