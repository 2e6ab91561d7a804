//! Table `result`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "result")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_number: i32,
    pub paper_id: Uuid,
    pub organisation_id: Uuid,
    pub class: String,
    pub pupil: String,
    pub booklet: Option<String>,
    /// One byte an item in the order of the paper; 255 is blank or not taken.
    pub items: Vec<u8>,
    pub raw: Option<i32>,
    pub mark: Option<i32>,
    pub register_mark: Option<i32>,
    pub prior_score: Option<f64>,
    /// Import that took this row's place; such a row takes part in nothing until that import is undone.
    pub superseded_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
