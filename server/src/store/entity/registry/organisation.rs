//! Table `organisation`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind: String,
    pub cluster: String,
    pub grades: String,
    pub small_school: bool,
    pub rural: bool,
    pub pupils: i32,
    pub capacity: Option<i32>,
    pub settlement: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub parent_id: Option<Uuid>,
    pub changed_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
