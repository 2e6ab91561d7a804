//! Tables of `programme.sql`: programmes, their roadmaps, and what was reported.

/// Table `programme`.
pub mod passport {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub title: String,
        pub first_day: String,
        pub last_day: String,
        pub state: String,
        pub order_number: Option<String>,
        pub order_day: Option<String>,
        pub approved_by: Option<Uuid>,
        pub approved_ms: Option<i64>,
        pub source: Option<String>,
        pub source_hash: Option<String>,
        pub notes: String,
        pub created_by: Uuid,
        pub created_ms: i64,
        pub revision: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `programme_heading`.
pub mod heading {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_heading")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub programme_id: Uuid,
        pub place: i32,
        pub code: String,
        pub title: String,
        pub level: i32,
        pub system: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `programme_line`.
pub mod line {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub programme_id: Uuid,
        pub heading_id: Option<Uuid>,
        pub place: i32,
        pub number: String,
        pub measure: String,
        pub written_term: String,
        pub written_executors: String,
        pub term: String,
        pub earlier: String,
        pub executors: String,
        pub results: String,
        pub others: String,
        pub notes: String,
        pub revision: i64,
        pub removed_ms: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `programme_change`.
pub mod change {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub programme_id: Uuid,
        pub line_id: Uuid,
        pub at_ms: i64,
        pub person_id: Uuid,
        pub reason: String,
        pub fields: String,
        pub is_removal: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `programme_date`.
pub mod date {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_date")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub line_id: Uuid,
        pub from_day: String,
        pub to_day: String,
        pub person_id: Uuid,
        pub at_ms: i64,
        pub cancelled_ms: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `programme_report`.
pub mod report {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub line_id: Uuid,
        pub organisation_id: Option<Uuid>,
        pub from_day: String,
        pub to_day: String,
        pub outcome: String,
        pub content: String,
        pub document_id: Option<Uuid>,
        pub person_id: Uuid,
        pub at_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `programme_review`.
pub mod review {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "programme_review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub programme_id: Uuid,
        pub heading_id: Uuid,
        pub state_before: String,
        pub state_after: String,
        pub conclusion: String,
        pub content: String,
        pub person_id: Uuid,
        pub at_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
