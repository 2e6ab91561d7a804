//! Table `campaign_plan`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub campaign_id: Uuid,
    pub expert: String,
    pub expert_campaign_id: Option<Uuid>,
    pub reminders: String,
    pub created_by: Option<Uuid>,
    pub created_ms: i64,
    pub changed_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
