//! Tables of `staffing.sql`: what an event needs before it is ready.

/// Table `procedure_passport`.
pub mod procedure_passport {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "procedure_passport")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub procedure_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub section: String,
        pub content: String,
        pub changed_by: Uuid,
        pub changed_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `procedure_order`.
pub mod procedure_order {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "procedure_order")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub procedure_id: Uuid,
        pub organisation_id: Option<Uuid>,
        pub number: String,
        pub date: String,
        pub title: String,
        pub added_by: Uuid,
        pub added_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `marking_agreement`.
pub mod marking_agreement {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "marking_agreement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: Uuid,
        pub date: String,
        pub participants: String,
        pub decisions: String,
        pub recorded_by: Uuid,
        pub recorded_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `event_readiness`.
pub mod event_readiness {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_readiness")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: Uuid,
        pub ready_ms: i64,
        pub decided_by: Uuid,
        pub gaps: String,
        pub reason: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `event_video`.
pub mod event_video {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_video")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub municipality_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: Uuid,
        pub reference: String,
        pub changed_by: Uuid,
        pub changed_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
