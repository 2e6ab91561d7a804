//! Table `person`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub phone: Option<String>,
    pub language: String,
    pub active: bool,
    /// What a person of the demo can show; absent for everybody else.
    pub about_ru: Option<String>,
    pub about_en: Option<String>,
    pub position: String,
    pub email: Option<String>,
    /// When the person was let go: the card stays, the login is free.
    pub left_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
