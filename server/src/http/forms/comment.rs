//! `/api/v1/submissions/…/comments`: colleagues talk about a question, and ask each other.

use api::forms::comment::{
    Comment, CommentKind, CommentList, MAX_COMMENT, MAX_MENTIONS, Mention, NewComment,
};
use api::id::{OrganisationId, PersonId, SubmissionId};
use api::paths;
use api::text::Text;
use axum::extract::State;

use crate::auth::{Access, Denied, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Longest path of a question, bytes.
const MAX_QUESTION: usize = 500;

/// Comments of a school's team on its own self-assessment; nobody outside of the school reads them.
#[utoipa::path(get, path = paths::COMMENTS, tag = "comments",
    params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = CommentList)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
) -> Result<Json<CommentList>, Problem> {
    let reach = access.require(Permission::CommentRead)?;
    let organisation = own_school(&state, &access, &reach, submission).await?;
    Ok(Json(CommentList {
        comments: state
            .store
            .comments(access.municipality, submission)
            .await?,
        colleagues: state
            .store
            .colleagues(access.municipality, organisation, state.now_ms())
            .await?,
    }))
}

/// Adds an entry to a talk; repeated with the same id, nothing changes.
#[utoipa::path(post, path = paths::COMMENTS, tag = "comments",
    params(("submission" = SubmissionId, Path)), request_body = NewComment,
    responses((status = 200, body = Vec<Comment>), (status = 422, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(mut new): Json<NewComment>,
) -> Result<Json<Vec<Comment>>, Problem> {
    let reach = access.require(Permission::CommentCreate)?;
    let organisation = own_school(&state, &access, &reach, submission).await?;
    new.body = match new.kind {
        CommentKind::Comment => check::words("body", &new.body, MAX_COMMENT)?,
        CommentKind::Resolved | CommentKind::Reopened if new.body.trim().is_empty() => {
            String::new()
        }
        CommentKind::Resolved | CommentKind::Reopened => {
            check::words("body", &new.body, MAX_COMMENT)?
        }
    };
    if new.question.is_empty() || new.question.len() > MAX_QUESTION {
        return Err(Problem::invalid(
            "question",
            "comment.question",
            Text::new(
                "Замечание должно относиться к вопросу формы.",
                "A comment belongs to a question of the form.",
            ),
        ));
    }
    let colleagues = state
        .store
        .colleagues(access.municipality, organisation, state.now_ms())
        .await?;
    let is_known = |person: &PersonId| colleagues.iter().any(|one| one.person == *person);
    if new.mentions.len() > MAX_MENTIONS || !new.mentions.iter().all(is_known) {
        return Err(Problem::invalid(
            "mentions",
            "comment.mentions",
            Text::new(
                "Спросить можно только коллег из этой школы.",
                "Only colleagues of this school can be asked.",
            ),
        ));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_new = write.add_comment(submission, organisation, &new).await?;
    if is_new {
        write
            .audit(
                Permission::CommentCreate.as_str(),
                format!("submission {submission}"),
                serde_json::json!({ "comment": new.id }),
            )
            .await?;
    }
    write.commit().await?;
    Ok(Json(
        state
            .store
            .comments(access.municipality, submission)
            .await?,
    ))
}

/// Open talks in which the caller is asked and has not answered, newest first.
#[utoipa::path(get, path = paths::MENTIONS, tag = "comments",
    responses((status = 200, body = Vec<Mention>)))]
pub async fn mentions(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Mention>>, Problem> {
    let reach = access.require(Permission::CommentRead)?;
    Ok(Json(
        state
            .store
            .mentions(access.municipality, access.person, |organisation| {
                reach.covers(Place::organisation(organisation))
            })
            .await?,
    ))
}

async fn own_school(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    submission: SubmissionId,
) -> Result<OrganisationId, Problem> {
    let place = state
        .store
        .submission_place(access.municipality, submission)
        .await?
        .filter(|place| place.campaign.is_some() && place.observer.is_none())
        .ok_or(Denied::NotFound)?;
    reach.check(place.place)?;
    Ok(place.place.organisation)
}
