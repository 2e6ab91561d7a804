//! Tables of `support.sql`: measures agreed with schools and their timelines.

/// Table `support`.
pub mod agreed {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "support")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub organisation_id: Uuid,
        pub measure: String,
        pub level: i32,
        pub year: Option<i32>,
        pub subject: Option<String>,
        pub grade: Option<i32>,
        pub reason: String,
        pub executor: String,
        pub due: String,
        pub state: String,
        pub effect: Option<String>,
        pub created_by: Uuid,
        pub created_ms: i64,
        pub review_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `support_entry`.
pub mod entry {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "support_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub support_id: Uuid,
        pub at_ms: i64,
        pub person_id: Uuid,
        pub step: String,
        pub effect: Option<String>,
        pub content: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
