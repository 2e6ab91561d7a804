//! Table `objectivity_cell`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "objectivity_cell")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub procedure_kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub grade: i32,
    pub state: String,
    pub n: i32,
    pub first_reason: Option<String>,
    pub posterior: Option<f64>,
    pub local_fdr: Option<f64>,
    pub mean: Option<f64>,
    pub shrunk_mean: Option<f64>,
    /// The evidence: deflated JSON.
    pub detail: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
