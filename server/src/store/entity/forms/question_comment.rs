//! Table `question_comment`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "question_comment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub id: Uuid,
    pub thread_id: Uuid,
    pub question: String,
    pub kind: String,
    pub body: String,
    pub mentions: String,
    pub person_id: Uuid,
    pub at_ms: i64,
    pub received_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
