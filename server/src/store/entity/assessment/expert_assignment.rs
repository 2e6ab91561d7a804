//! Table `expert_assignment`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "expert_assignment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub organisation_id: Uuid,
    pub person_id: Uuid,
    pub assigned_by: Option<Uuid>,
    pub assigned_ms: i64,
    pub withdrawn_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
