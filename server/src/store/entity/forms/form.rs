//! Table `form`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "form")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub title_ru: String,
    pub title_en: String,
    pub purpose: String,
    /// JSON: kinds of procedures it is made for.
    pub procedure_kinds: String,
    pub questions: i32,
    pub document: String,
    /// SHA-256 of the document, hex.
    pub hash: String,
    pub published_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
