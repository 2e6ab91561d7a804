//! Tables of `operation.sql`.

/// Table `installation`.
pub mod installation {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "installation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub only_row: i32,
        pub program: String,
        pub restored_ms: Option<i64>,
        pub backup_ms: Option<i64>,
        pub activated_ms: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Table `backup_record`.
pub mod backup_record {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "backup_record")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub at_ms: i64,
        pub verified_ms: i64,
        pub bytes: i64,
        pub row_count: i64,
        pub files: i64,
        pub database_only: bool,
        pub encrypted: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
