//! Tables of `review.sql`: reviews of signs, what happened in them, and second marks.

/// Table `review`.
pub mod opened {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub number: i32,
        pub kind: String,
        pub organisation_id: Uuid,
        pub procedure_kind: Option<String>,
        pub year: Option<i32>,
        pub subject: Option<String>,
        pub grade: Option<i32>,
        pub state: Option<String>,
        pub stage: String,
        pub due: Option<String>,
        pub outcome: Option<String>,
        pub asked_ms: Option<i64>,
        pub revision: i32,
        pub grounds: String,
        pub opened_ms: i64,
        pub opened_by: Uuid,
        pub closed_ms: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `review_entry`.
pub mod entry {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "review_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub review_id: Uuid,
        pub place: i32,
        pub at_ms: i64,
        pub person_id: Uuid,
        pub role: String,
        pub side: String,
        pub act: String,
        pub content: String,
        pub facts: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `review_mark`.
pub mod mark {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "review_mark")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub entry_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i32,
        pub code: String,
        pub first_score: i32,
        pub second_score: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
