//! The list by seaography, over entities as its generator writes them.

use std::sync::LazyLock;

use async_graphql::dynamic::Schema;
use seaography::{Builder, BuilderContext};

use crate::Fault;

mod customer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
    #[sea_orm(table_name = "customer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub customer_id: i64,
        pub code: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::customer_segment::Entity")]
        CustomerSegment,
        #[sea_orm(has_many = "super::customer_quarter::Entity")]
        CustomerQuarter,
    }

    impl Related<super::customer_segment::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::CustomerSegment.def()
        }
    }

    impl Related<super::customer_quarter::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::CustomerQuarter.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
    pub enum RelatedEntity {
        #[sea_orm(entity = "super::customer_segment::Entity")]
        CustomerSegment,
        #[sea_orm(entity = "super::customer_quarter::Entity")]
        CustomerQuarter,
    }
}

mod customer_segment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
    #[sea_orm(table_name = "customer_segment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub customer_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub dimension: String,
        pub segment: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::customer::Entity",
            from = "Column::CustomerId",
            to = "super::customer::Column::CustomerId"
        )]
        Customer,
        #[sea_orm(
            belongs_to = "super::segment::Entity",
            from = "(Column::Dimension, Column::Segment)",
            to = "(super::segment::Column::Dimension, super::segment::Column::Code)"
        )]
        Segment,
    }

    impl Related<super::customer::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Customer.def()
        }
    }

    impl Related<super::segment::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Segment.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
    pub enum RelatedEntity {
        #[sea_orm(entity = "super::customer::Entity")]
        Customer,
        // `segment` is a column's name already
        #[sea_orm(entity = "super::segment::Entity")]
        SegmentNamed,
    }
}

mod segment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
    #[sea_orm(table_name = "segment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dimension: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::customer_segment::Entity")]
        CustomerSegment,
    }

    impl Related<super::customer_segment::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::CustomerSegment.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
    pub enum RelatedEntity {
        #[sea_orm(entity = "super::customer_segment::Entity")]
        CustomerSegment,
    }
}

mod customer_quarter {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
    #[sea_orm(table_name = "customer_quarter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub customer_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub set_id: String,
        pub loyalty_type: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::customer::Entity",
            from = "Column::CustomerId",
            to = "super::customer::Column::CustomerId"
        )]
        Customer,
    }

    impl Related<super::customer::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Customer.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
    pub enum RelatedEntity {
        #[sea_orm(entity = "super::customer::Entity")]
        Customer,
    }
}

static CONTEXT: LazyLock<BuilderContext> = LazyLock::new(BuilderContext::default);

pub async fn schema(file: &str) -> Result<Schema, Fault> {
    let database = sea_orm::Database::connect(format!("sqlite://{file}")).await?;
    let mut builder = Builder::new(&CONTEXT, database.clone());
    seaography::register_entities!(builder, [customer, customer_segment, segment, customer_quarter]);
    Ok(builder.schema_builder().data(database).finish()?)
}
