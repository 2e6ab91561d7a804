//! Table `paper`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub procedure_id: Uuid,
    pub year: i32,
    pub subject: String,
    pub grade: i32,
    /// JSON: [{code, max, difficulty}].
    pub items: String,
    pub max_score: i32,
    /// JSON: lowest raw scores of the marks 3, 4, 5; absent when no scale is known.
    pub cuts: Option<String>,
    pub cuts_source: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
