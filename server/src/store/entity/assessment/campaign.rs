//! Table `campaign`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title_ru: String,
    pub title_en: String,
    pub form_id: String,
    pub form_version: String,
    pub opens: String,
    pub closes: String,
}

impl ActiveModelBehavior for ActiveModel {}
