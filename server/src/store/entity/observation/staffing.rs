//! Tables of `staffing.sql`: who takes part in an event, and what may stand against it.

/// Table `staffing_request`.
pub mod staffing_request {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "staffing_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub event_id: Uuid,
        pub person_id: Uuid,
        pub role: String,
        pub asked_by: Uuid,
        pub asked_ms: i64,
        pub declined_ms: Option<i64>,
        pub reminded_ms: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `interest_declaration`.
pub mod interest_declaration {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "interest_declaration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        pub signed_ms: i64,
        pub paper_reference: Option<String>,
        pub recorded_by: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `family_tie`.
pub mod family_tie {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "family_tie")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub tie: String,
        pub organisation_id: Uuid,
        pub grade: Option<i32>,
        pub class: Option<String>,
        pub declared_ms: i64,
        pub withdrawn_ms: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `employment`.
pub mod employment {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "employment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `teaching_load`.
pub mod teaching_load {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "teaching_load")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub organisation_id: Uuid,
        pub subject: String,
        pub grade: i32,
        pub class: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `staffing_override`.
pub mod staffing_override {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "staffing_override")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub role: String,
        pub rules: String,
        pub reason: String,
        pub decided_by: Uuid,
        pub decided_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
