//! `/api/v1/training`: the course, the quiz marked on the server, the certificate.

use api::observation::observer::{AttemptResult, NewAttempt, Training};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Permission};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::observation::training::book;
use crate::store::{date_text, day_of};

/// Longest set of answers; the quiz has a dozen questions.
const MOST_ANSWERS: usize = 200;

/// The course and the quiz, without the right answers, and the caller's certificate.
#[utoipa::path(get, path = paths::TRAINING, tag = "training",
    responses((status = 200, body = Training)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Training>, Problem> {
    access.require(Permission::TrainingRead)?;
    let book = book();
    let used = state
        .store
        .attempts(access.municipality, access.person, state.now_ms())
        .await?;
    Ok(Json(Training {
        course: book.pages.clone(),
        ethics: book.ethics.clone(),
        questions: book.questions.clone(),
        pass_share: book.pass_share,
        valid_months: book.valid_months,
        attempts_left: book.attempts.saturating_sub(used),
        certificate: state
            .store
            .certificate(access.municipality, access.person)
            .await?,
        name: state.store.session_person(&access).await?.name,
    }))
}

/// Takes an attempt. The server marks it; a passed one brings a certificate.
#[utoipa::path(post, path = paths::TRAINING_ATTEMPTS, tag = "training", request_body = NewAttempt,
    responses((status = 200, body = AttemptResult), (status = 409, body = api::problem::Problem)))]
pub async fn attempt(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewAttempt>,
) -> Result<Json<AttemptResult>, Problem> {
    access.require(Permission::TrainingUpdate)?;
    let book = book();
    if !new.ethics {
        return Err(Problem::invalid(
            "ethics",
            "training.ethics",
            Text::new(
                "Подтвердите, что знаете правила поведения наблюдателя.",
                "Confirm that you know the observer's rules of conduct.",
            ),
        ));
    }
    if new.answers.len() > MOST_ANSWERS {
        return Err(Problem::too_large());
    }
    let marks = book.mark(&new.answers);
    let right = marks.iter().filter(|mark| mark.right).count();
    let passed = book.passes(right);
    let score = [right, marks.len()].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let mut certificate = None;
    if write.attempt_known(new.id).await? {
        // The answer to the first sending was lost: the marks follow from the answers again.
        drop(write);
        certificate = match passed {
            true => {
                state
                    .store
                    .certificate(access.municipality, access.person)
                    .await?
            }
            false => None,
        };
    } else {
        if write.attempts(access.person).await? >= book.attempts {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "training.attempts",
                "Попытки на сегодня закончились. Перечитайте материалы и попробуйте завтра.",
                "No attempts are left for today. Read the course again and try tomorrow.",
            ));
        }
        write
            .add_attempt(
                new.id,
                access.person,
                &book.quiz,
                &new.answers,
                score,
                passed,
            )
            .await?;
        if passed {
            let zone_minutes = state.store.zone_minutes(access.municipality).await?;
            let today = day_of(state.now_ms(), zone_minutes);
            let until = date_text(months_later(today, book.valid_months));
            certificate = Some(
                write
                    .certify(new.id, access.person, &date_text(today), &until, score)
                    .await?,
            );
        }
        write
            .audit(
                Permission::TrainingUpdate.as_str(),
                format!("person {}", access.person),
                serde_json::json!({ "passed": passed, "score": score, "ethics": true }),
            )
            .await?;
        write.commit().await?;
    }
    let used = state
        .store
        .attempts(access.municipality, access.person, state.now_ms())
        .await?;
    Ok(Json(AttemptResult {
        score,
        passed,
        marks,
        certificate,
        attempts_left: book.attempts.saturating_sub(used),
    }))
}

/// The same day of a later month, or the last day of that month.
fn months_later(date: time::Date, months: u32) -> time::Date {
    let index = date.year() * 12 + i32::from(u8::from(date.month())) - 1
        + i32::try_from(months).unwrap_or(0);
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12));
    let month = u8::try_from(month + 1)
        .ok()
        .and_then(|month| time::Month::try_from(month).ok())
        .unwrap_or(time::Month::January);
    let day = date.day().min(month.length(year));
    time::Date::from_calendar_date(year, month, day).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_certificate_of_the_last_of_february_ends_in_february() {
        assert_eq!(
            months_later(date!(2024 - 02 - 29), 12),
            date!(2025 - 02 - 28)
        );
        assert_eq!(
            months_later(date!(2026 - 04 - 15), 12),
            date!(2027 - 04 - 15)
        );
        assert_eq!(
            months_later(date!(2026 - 08 - 31), 6),
            date!(2027 - 02 - 28)
        );
    }
}
