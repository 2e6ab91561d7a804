//! Tables of `staffing.sql`: the register of observers and their training.

/// Table `observer_application`.
pub mod observer_application {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "observer_application")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub phone: String,
        pub settlement: String,
        pub languages: String,
        pub about: String,
        pub interests: String,
        pub consent_ms: i64,
        pub state: String,
        pub decided_by: Option<Uuid>,
        pub decided_ms: Option<i64>,
        pub reason: Option<String>,
        pub person_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `observer_profile`.
pub mod observer_profile {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "observer_profile")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        pub settlement: String,
        pub languages: String,
        pub accreditation_number: Option<String>,
        pub accredited_from: Option<String>,
        pub accredited_until: Option<String>,
        pub registered_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `training_attempt`.
pub mod training_attempt {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "training_attempt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub at_ms: i64,
        pub quiz: String,
        pub answers: String,
        pub correct: i32,
        pub questions: i32,
        pub passed: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `training_certificate`.
pub mod training_certificate {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "training_certificate")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub number: String,
        pub issued: String,
        pub valid_until: String,
        pub correct: i32,
        pub questions: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
