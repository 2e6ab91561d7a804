//! Table `event_plan`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event_plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    pub batch_id: Uuid,
    pub opens: Option<String>,
    pub closes: Option<String>,
    pub chosen_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
