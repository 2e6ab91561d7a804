//! `/api/v1/submissions/…/report.docx`: the profile of a school as a document to work with.

use api::assessment::campaign::CampaignStepKind;
use api::forms::submission::{ScoreSheet, SubmissionState};
use api::id::{MunicipalityId, SubmissionId};
use api::paths;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::auth::{Access, Permission};
use crate::document::{DOCX, Document, Picture, Table};
use crate::http::download::{InLanguage, attachment};
use crate::http::extract::{Path, Query};
use crate::http::forms::submission::readable_place;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::forms::answer_list::{AnswerLine, answer_list};
use crate::rules::forms::answers::{advice, items};

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
    let (mut entry, _) = state.folder.replay(&input)?;
    let items = items(&entry);
    entry.set_language(query.pick("ru", "en"));
    let answers = answer_list(&entry, language);
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
        rows: answers
            .iter()
            .map(|line| row(line.clone(), query))
            .collect(),
    });
    pictures(
        &state,
        municipality,
        submission,
        &answers,
        &mut document,
        query,
    )
    .await?;
    Ok(attachment(DOCX, "self-assessment.docx", document.docx()?).into_response())
}

/// Most pictures in a document, and most bytes of them: beyond, a document does not open on an office's machine.
const MOST_PICTURES: usize = 60;
const MOST_BYTES: usize = 40 << 20;

/// Pictures that are answers, each under its question. What does not fit is counted.
async fn pictures(
    state: &AppState,
    municipality: MunicipalityId,
    submission: SubmissionId,
    answers: &[AnswerLine],
    document: &mut Document,
    query: InLanguage,
) -> Result<(), Problem> {
    let (mut shown, mut bytes, mut left) = (0, 0, 0_usize);
    for line in answers {
        let AnswerLine::Answer {
            question,
            picture: Some(hash),
            ..
        } = line
        else {
            continue;
        };
        // What has not arrived yet waits on a tablet.
        let found = state
            .store
            .attachment(municipality, submission, hash)
            .await?
            .and_then(|(_, content)| Picture::of(content));
        let fits =
            |picture: &Picture| shown < MOST_PICTURES && bytes + picture.bytes.len() <= MOST_BYTES;
        match found.filter(fits) {
            Some(picture) => {
                if shown == 0 {
                    document.heading(2, query.pick("Снимки", "Pictures"));
                }
                shown += 1;
                bytes += picture.bytes.len();
                document.paragraph(question.clone());
                document.picture(picture, question.clone());
            }
            None => left += 1,
        }
    }
    if left > 0 {
        document.note(query.pick(
            format!("Снимков, которых нет в этом документе: {left}. Их можно посмотреть в листе."),
            format!(
                "Pictures that are not in this document: {left}. They can be seen in the sheet."
            ),
        ));
    }
    Ok(())
}

/// A group as a line of its own, a question with its answer, comment and evidence.
fn row(line: AnswerLine, query: InLanguage) -> Vec<String> {
    match line {
        AnswerLine::Heading(label) => vec![label],
        AnswerLine::Answer {
            question,
            answer,
            evidence,
            note,
            ..
        } => {
            let answer = match note {
                Some(note) => query.pick(
                    format!("{answer}\nКомментарий: {note}"),
                    format!("{answer}\nComment: {note}"),
                ),
                None => answer,
            };
            vec![question, answer, evidence.unwrap_or_else(|| "—".to_owned())]
        }
    }
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
