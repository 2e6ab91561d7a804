//! `/api/v1/invitations`: observers are invited by a link or QR code.

use api::access::invitation::{Invitation, NewInvitation};
use api::access::session::{Grant, Role, Scope};
use api::id::AssignmentId;
use api::observation::staffing::NewPart;
use api::paths;
use api::procedures::event::AssignmentRole;
use axum::extract::State;
use qrcode::QrCode;
use qrcode::render::svg;

use crate::auth::{Access, Permission, Token};
use crate::http::extract::Json;
use crate::http::observation::staffing::offer;
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// How long an invitation holds, ms: a week, so that it can be given out before the day and the tablet
/// can still send afterwards.
const VALID_MS: i64 = 7 * 24 * 3_600_000;

/// Invitations, newest first; their secrets are not shown again.
#[utoipa::path(get, path = paths::INVITATIONS, tag = "invitations",
    responses((status = 200, body = Vec<Invitation>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Invitation>>, Problem> {
    access.require_municipality(Permission::InvitationRead)?;
    Ok(Json(state.store.invitations(access.municipality).await?))
}

/// Invites a person to observe an event; what stands against the part stands against the invitation. Repeated with the same id, the link of before stops working
/// and the new answer carries another.
#[utoipa::path(post, path = paths::INVITATIONS, tag = "invitations", request_body = NewInvitation,
    responses((status = 200, body = Invitation)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewInvitation>,
) -> Result<Json<Invitation>, Problem> {
    access.require_municipality(Permission::InvitationCreate)?;
    let token = Token::generate(access.municipality)?;
    let now_ms = state.now_ms();
    let mut write = state.store.write(access.author(), now_ms).await?;
    // Who has no part yet is offered one: the person signs the declaration on the tablet, and only then
    // becomes the observer. The link itself opens nothing but the own offers.
    let role = AssignmentRole::Observer;
    if !write.has_part(new.event, new.person, role).await? {
        let part = NewPart {
            id: AssignmentId(new.id.0),
            person: new.person,
            role,
            override_reason: None,
        };
        offer(&mut write, new.event, &part).await?;
        write
            .grant_role(
                new.person,
                &Grant {
                    role: Role::RegisteredObserver,
                    scope: Scope::Municipality,
                },
            )
            .await?;
    }
    let mut invitation = write.invite(&new, &token, now_ms + VALID_MS).await?;
    write
        .audit(
            Permission::InvitationCreate.as_str(),
            format!("invitation {}", new.id),
            serde_json::json!({ "person": new.person, "event": new.event }),
        )
        .await?;
    write.commit().await?;
    let link = format!(
        "{}{}#{}",
        state.config.public_origin,
        paths::WORK_INVITATION,
        token.to_text()
    );
    invitation.qr_svg = Some(qr(&link)?);
    invitation.link = Some(link);
    Ok(Json(invitation))
}

/// QR code of a link as SVG.
pub(super) fn qr(link: &str) -> Result<String, Problem> {
    let code = QrCode::new(link.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build())
}
