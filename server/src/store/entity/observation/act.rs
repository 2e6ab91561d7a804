//! Tables of `staffing.sql`: acts, their signatures and explanations, and the cases they open.

/// Table `act_signature`.
pub mod act_signature {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "act_signature")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub submission_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        pub name: String,
        pub drawing: String,
        pub revision: i64,
        pub signed_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `act_explanation`.
pub mod act_explanation {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "act_explanation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub submission_id: Uuid,
        pub person_id: Uuid,
        pub at_ms: i64,
        pub content: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `violation_case`.
pub mod violation_case {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "violation_case")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub submission_id: Uuid,
        pub event_id: Uuid,
        pub organisation_id: Uuid,
        pub item: String,
        pub item_ru: String,
        pub item_en: String,
        pub note: Option<String>,
        pub state: String,
        pub reported_by: Uuid,
        pub reported_ms: i64,
        pub answer_due: String,
        pub answered_ms: Option<i64>,
        pub resolved_ms: Option<i64>,
        pub resolution: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `case_entry`.
pub mod case_entry {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub case_id: Uuid,
        pub at_ms: i64,
        pub person_id: Option<Uuid>,
        pub kind: String,
        pub content: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `observation_policy`.
pub mod observation_policy {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "observation_policy")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        pub silent_minutes: i32,
        pub explanation_days: i32,
        pub report_hours: i32,
        pub changed_by: Uuid,
        pub changed_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
