//! Table `campaign_step`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub campaign_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub id: Uuid,
    pub kind: String,
    pub submission_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub name: String,
    pub at_ms: i64,
    pub reason: Option<String>,
    pub until: Option<String>,
    pub revision: Option<i64>,
    pub state_hash: Option<String>,
    pub late: bool,
}

impl ActiveModelBehavior for ActiveModel {}
