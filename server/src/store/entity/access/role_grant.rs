//! Table `role_grant`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub role: String,
    /// Neither: the municipality. At most one of the two is set.
    pub organisation_id: Option<Uuid>,
    pub event_id: Option<Uuid>,
    pub order_reference: Option<String>,
    pub granted_ms: i64,
    pub revoked_ms: Option<i64>,
    /// First and last day, local dates.
    pub from_day: Option<String>,
    pub until_day: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
