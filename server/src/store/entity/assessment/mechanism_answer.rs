//! Table `mechanism_answer`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mechanism_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub assessment_id: Uuid,
    pub sequence: i64,
    pub cell: String,
    pub side: String,
    pub level: Option<i32>,
    pub comment: Option<String>,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
