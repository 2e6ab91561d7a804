//! Table `school_record`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "school_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub sequence: i64,
    pub kind: String,
    pub year: i32,
    pub key: String,
    pub document: Option<String>,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
