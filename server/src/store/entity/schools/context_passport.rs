//! Table `context_passport`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "context_passport")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// JSON: factor to value, named as in the instrument.
    pub factors: String,
    pub context_index: Option<f64>,
    pub enrolled: Option<i32>,
    /// JSON: [{subject, grade, enrolled}].
    pub enrolled_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
