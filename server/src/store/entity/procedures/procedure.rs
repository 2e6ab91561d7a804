//! Table `procedure`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "procedure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub level: String,
    pub title_ru: String,
    pub title_en: String,
    pub year: i32,
    pub opens: String,
    pub closes: String,
    pub entry: String,
    pub subjects: String,
    pub grades: String,
    pub checklist: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
