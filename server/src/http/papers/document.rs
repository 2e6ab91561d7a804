//! `/api/v1/documents`: the register of documents.

use api::id::DocumentId;
use api::papers::document::{Document, DocumentRegister, NewDocument, Reason};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::file;
use crate::auth::{Access, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::reference;

/// The register: documents of the municipality and of the schools in scope.
#[utoipa::path(get, path = paths::DOCUMENTS, tag = "documents",
    responses((status = 200, body = DocumentRegister)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<DocumentRegister>, Problem> {
    let reach = access.require(Permission::DocumentRead)?;
    let kinds = reference::document_kinds()?;
    let mut documents = state.store.documents(access.municipality, &reach).await?;
    for document in &mut documents {
        name(document, &kinds);
    }
    let (may_register_municipal, organisations) = match access.require(Permission::DocumentUpdate) {
        Ok(Reach::Municipality) => (true, Vec::new()),
        Ok(Reach::Parts { organisations, .. }) => (false, organisations.into_iter().collect()),
        Err(_) => (false, Vec::new()),
    };
    Ok(Json(DocumentRegister {
        documents,
        kinds,
        may_register_municipal,
        organisations,
    }))
}

/// Registers a document; repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::DOCUMENTS, tag = "documents", request_body = NewDocument,
    responses((status = 200, body = Document)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewDocument>,
) -> Result<Json<Document>, Problem> {
    let reach = access.require(Permission::DocumentUpdate)?;
    match new.organisation {
        Some(organisation) => {
            reach.check(Place::organisation(organisation))?;
            if state
                .store
                .organisation(access.municipality, organisation)
                .await?
                .is_none()
            {
                return Err(Problem::not_found());
            }
        }
        None => access.require_municipality(Permission::DocumentUpdate)?,
    }
    let kinds = reference::document_kinds()?;
    if !kinds.iter().any(|kind| kind.id == new.kind) {
        return Err(Problem::invalid(
            "kind",
            "document.kind",
            Text::new(
                "Такого вида документа нет в справочнике. Выберите вид из списка.",
                "The reference has no such kind of document. Choose one from the list.",
            ),
        ));
    }
    check::filled("title", &new.title)?;
    for (field, value) in [("number", &new.number), ("owner", &new.owner)] {
        check::short(field, value.as_deref().unwrap_or_default())?;
    }
    if let Some(date) = &new.date {
        check::date("date", date)?;
    }
    if let Some(link) = &new.link {
        check::link("link", link)?;
    }
    if state
        .store
        .document(access.municipality, new.id)
        .await?
        .is_none_or(|known| known.title != new.title || known.organisation != new.organisation)
    {
        if let Some(id) = new.file {
            file::own_file(&state, &access, id).await?;
        }
        let mut write = state.store.write(access.author(), state.now_ms()).await?;
        write.add_document(&new).await?;
        write
            .audit(
                Permission::DocumentUpdate.as_str(),
                format!("document {}", new.id),
                serde_json::json!({ "kind": new.kind, "file": new.file }),
            )
            .await?;
        write.commit().await?;
    }
    let mut document = state
        .store
        .document(access.municipality, new.id)
        .await?
        .ok_or_else(Problem::not_found)?;
    name(&mut document, &kinds);
    Ok(Json(document))
}

/// Takes a document out of the register with the reason; what points to it still does.
#[utoipa::path(delete, path = paths::DOCUMENT, tag = "documents", request_body = Reason,
    params(("document" = DocumentId, Path)),
    responses((status = 200, body = Document)))]
pub async fn archive(
    State(state): State<AppState>,
    access: Access,
    Path(id): Path<DocumentId>,
    Json(reason): Json<Reason>,
) -> Result<Json<Document>, Problem> {
    let reach = access.require(Permission::DocumentUpdate)?;
    let known = find(&state, &access, &reach, id).await?;
    if known.organisation.is_none() && reach != Reach::Municipality {
        return Err(Problem::forbidden());
    }
    check::filled("reason", &reason.reason)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.archive_document(id, reason.reason.trim()).await? {
        write
            .audit(
                Permission::DocumentUpdate.as_str(),
                format!("document {id}"),
                serde_json::json!({ "archived": true }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(find(&state, &access, &reach, id).await?))
}

/// The file of a document.
#[utoipa::path(get, path = paths::DOCUMENT_FILE, tag = "documents",
    params(("document" = DocumentId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn read_file(
    State(state): State<AppState>,
    access: Access,
    Path(id): Path<DocumentId>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::DocumentRead)?;
    let document = find(&state, &access, &reach, id).await?;
    let Some(stored) = document.file else {
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            "document.no_file",
            "У этого документа нет файла.",
            "This document has no file.",
        ));
    };
    file::send(&state, &access, &stored).await
}

/// A document in reach, named.
async fn find(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    id: DocumentId,
) -> Result<Document, Problem> {
    let mut document = state
        .store
        .document(access.municipality, id)
        .await?
        .ok_or_else(Problem::not_found)?;
    if let Some(organisation) = document.organisation {
        reach.check(Place::organisation(organisation))?;
    }
    name(&mut document, &reference::document_kinds()?);
    Ok(document)
}

fn name(document: &mut Document, kinds: &[api::papers::document::DocumentKind]) {
    if let Some(kind) = kinds.iter().find(|kind| kind.id == document.kind) {
        document.kind_name = kind.name.clone();
    }
}
