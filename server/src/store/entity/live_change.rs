//! Table `live_change`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "live_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    pub at_ms: i64,
    /// Whom it concerns; neither means the municipality.
    pub organisation_id: Option<Uuid>,
    pub event_id: Option<Uuid>,
    pub change: String,
}

impl ActiveModelBehavior for ActiveModel {}
