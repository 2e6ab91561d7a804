//! Table `organisation_change`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub date: String,
    pub kind: String,
    pub other_id: Option<Uuid>,
    pub order_reference: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
