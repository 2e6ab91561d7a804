//! Table `municipality`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "municipality")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name_ru: String,
    pub name_en: String,
    /// Invented data: pages say so, and a demo installation may offer entry by a tap.
    pub demo: bool,
    /// Minutes east of UTC.
    pub zone_minutes: i32,
    pub created_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
