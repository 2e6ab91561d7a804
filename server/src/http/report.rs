//! `/api/v1/submissions/…/report.docx`: the profile of a school as a document to work with.

use api::campaign::CampaignStepKind;
use api::id::SubmissionId;
use api::paths;
use api::submission::{ScoreSheet, SubmissionState};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::download::{InLanguage, attachment};
use super::extract::{Path, Query};
use super::problem::Problem;
use super::state::AppState;
use super::submission::readable_place;
use crate::answers::{advice, items};
use crate::auth::{Access, Permission};
use crate::document::{DOCX, Document, Table};

/// Profile, growth, where to begin, and every answer, as a document.
#[utoipa::path(get, path = paths::REPORT, tag = "submissions",
    params(("submission" = SubmissionId, Path), ("language" = Option<String>, Query, description = "`ru` (default) or `en`")),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (status = 409, body = api::problem::Problem)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Query(query): Query<InLanguage>,
) -> Result<Response, Problem> {
    access.require(Permission::SubmissionRead)?;
    let place = readable_place(&state, &access, submission).await?;
    let municipality = access.municipality;
    let whole = state
        .store
        .submission(municipality, submission)
        .await?
        .ok_or_else(Problem::not_found)?;
    let (Some(score), SubmissionState::Submitted, Some(campaign)) =
        (whole.score, whole.state, place.campaign)
    else {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "report.not_handed_over",
            "Документ готовят по переданной самооценке. Передайте её и повторите.",
            "The document is made of a self-assessment that was handed over. Hand it over and repeat.",
        ));
    };
    let language = query.language;
    let input = state.store.fold_input(municipality, submission).await?;
    let (entry, _) = state.folder.replay(&input)?;
    let items = items(&entry);
    let steps = state
        .store
        .campaign_steps(municipality, campaign, place.place.organisation)
        .await?;

    let title = whole.heading.title.in_language(language).to_owned();
    let mut document = Document::new(title.clone(), query.tag());
    document.heading(1, &whole.heading.organisation_name);
    document.paragraph(title);
    if let Some(step) = steps
        .iter()
        .rev()
        .find(|step| step.kind == CampaignStepKind::Approved)
    {
        let hash = step.state_hash.clone().unwrap_or_default();
        document.note(query.pick(
            format!("Утверждено: {}. Отпечаток ответов: {hash}", step.name),
            format!("Approved: {}. Hash of the answers: {hash}", step.name),
        ));
    }
    document.heading(2, query.pick("Профиль", "Profile"));
    document.table(profile(&score, whole.previous.as_ref(), query));
    document.note(query.pick(
        "Область = сумма (вес × уровень) ÷ сумма (вес × 3) по отвеченным пунктам. Это не рейтинг: место среди школ не считается.",
        "Domain = sum (weight × level) ÷ sum (weight × 3) over answered items. This is no rating: no place among schools is computed.",
    ));
    document.heading(2, query.pick("С чего начать", "Where to begin"));
    for (item, next) in advice(&items) {
        let today = item
            .sentence
            .as_ref()
            .map_or("—", |one| one.in_language(language));
        let (label, next) = (item.label.in_language(language), next.in_language(language));
        document.point(query.pick(
            format!("{label}. Сегодня: {today}. Следующий шаг: {next}."),
            format!("{label}. Today: {today}. Next step: {next}."),
        ));
    }
    document.heading(2, query.pick("Ответы", "Answers"));
    document.table(Table {
        widths: vec![4, 4, 3],
        head: [
            query.pick("Пункт", "Item"),
            query.pick("Выбрано", "Chosen"),
            query.pick("Подтверждение", "Evidence"),
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: items
            .iter()
            .map(|item| {
                vec![
                    format!("{} {}", item.item, item.label.in_language(language)),
                    item.sentence.as_ref().map_or_else(
                        || "—".to_owned(),
                        |one| one.in_language(language).to_owned(),
                    ),
                    item.evidence.clone().unwrap_or_else(|| "—".to_owned()),
                ]
            })
            .collect(),
    });
    Ok(attachment(DOCX, "self-assessment.docx", document.docx()?).into_response())
}

fn profile(score: &ScoreSheet, previous: Option<&ScoreSheet>, query: InLanguage) -> Table {
    let language = query.language;
    let shown = |share: Option<f64>| share.map_or_else(|| "—".to_owned(), |one| query.decimal(one));
    Table {
        widths: vec![5, 2, 2, 4],
        head: [
            query.pick("Область", "Domain"),
            query.pick("Сейчас", "Now"),
            query.pick("Прошлый раз", "Last time"),
            query.pick("Уровень", "Level"),
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: score
            .sections
            .iter()
            .map(|section| {
                let before = previous.and_then(|sheet| {
                    sheet
                        .sections
                        .iter()
                        .find(|other| other.section == section.section)?
                        .score
                });
                vec![
                    section.title.in_language(language).to_owned(),
                    shown(section.score),
                    shown(before),
                    section
                        .level
                        .as_ref()
                        .map_or_else(String::new, |level| level.in_language(language).to_owned()),
                ]
            })
            .collect(),
    }
}
