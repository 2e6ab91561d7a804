//! Table `submission`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Either an assignment and its event, or a campaign.
    pub assignment_id: Option<Uuid>,
    pub event_id: Option<Uuid>,
    pub campaign_id: Option<Uuid>,
    pub organisation_id: Uuid,
    pub form_id: String,
    pub form_version: String,
    pub state: String,
    /// Operations held; each operation carries the number it got.
    pub revision: i64,
    pub prefill: String,
    pub opened_by: Uuid,
    pub opened_ms: i64,
    pub changed_ms: i64,
    pub submitted_ms: Option<i64>,
    pub submitted_by: Option<Uuid>,
    pub incomplete_reason: Option<String>,
    /// Figures of the last fold, for lists and the live map.
    pub answered: i32,
    pub answerable: i32,
    /// JSON: names of the critical items answered as a violation, and how many.
    pub critical_items: String,
    pub critical: i32,
    pub overall: Option<f64>,
}

impl ActiveModelBehavior for ActiveModel {}
