//! `/api/v1/permissions`: which role may do what.

use api::access::permission::{Permission, PermissionHolders};
use api::paths;

use crate::auth::{Access, COLUMNS, permissions};
use crate::http::extract::Json;

/// All permissions with the roles that have them: no secret to whoever works here.
#[utoipa::path(get, path = paths::PERMISSIONS, tag = "session",
    responses((status = 200, body = Vec<PermissionHolders>)))]
pub async fn list(_access: Access) -> Json<Vec<PermissionHolders>> {
    let holders = |permission: Permission| PermissionHolders {
        permission: permission.as_str().to_owned(),
        roles: COLUMNS
            .iter()
            .map(|(_, role)| *role)
            .filter(|role| permissions(*role).contains(&permission))
            .collect(),
    };
    Json(Permission::ALL.iter().copied().map(holders).collect())
}
