//! What is added up of groups: the measures of a table, each a field of its groups and a word of its flat tables.

use rapport_entities::customer_quarter::Column;
use sea_orm::{
    ColumnTrait, IntoSimpleExpr,
    sea_query::{CaseStatement, Expr, ExprTrait, Func, SimpleExpr},
};

/// The measures of a table: an enumeration for flat tables, and a field of the group for each.
macro_rules! measures {
    (
        $(#[$doc:meta])* $group:ident ($($part:ident: $head:ty),+),
        $(#[$about:meta])* $measure:ident {
            $($(#[$of:meta])* $field:ident, $variant:ident = $unit:expr, $value:expr;)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
        pub enum $measure { $($(#[$of])* $variant,)+ }

        impl $measure {
            /// Every measure.
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name of the group's field.
            fn field(self) -> String {
                super::measure::camel(match self { $(Self::$variant => stringify!($field)),+ })
            }

            /// As text.
            fn code(self) -> String {
                match self { $(Self::$variant => stringify!($field)),+ }.to_ascii_uppercase()
            }

            /// Those that a query shows, and the one it orders by.
            fn chosen(asked: &super::row::Asked, order_by: Option<Self>) -> std::sync::Arc<[Self]> {
                let named = |one: &&Self| asked.fields.contains(&one.field()) || order_by == Some(**one);
                Self::ALL.iter().filter(named).copied().collect()
            }

            /// The one of this code; all without one. Fails with the codes there are.
            fn named(code: Option<&str>) -> Result<std::sync::Arc<[Self]>, crate::Error> {
                let one = code.map(|code| super::key::words_of("measure", code)).transpose()?;
                Ok(one.map_or_else(|| Self::ALL.into(), |one| [one].into()))
            }

            /// What its sums are in, and what is added up.
            fn added(self) -> (super::figure::Unit, sea_orm::sea_query::SimpleExpr) {
                match self { $(Self::$variant => ($unit, $value)),+ }
            }
        }

        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $group {
            $($part: $head,)+
            asked: std::sync::Arc<[$measure]>,
            group: super::figure::Group,
        }

        impl $group {
            fn figure(&self, measure: $measure) -> super::figure::Figure {
                let place = self.asked.iter().position(|asked| *asked == measure);
                place.and_then(|place| self.group.figures.get(place)).cloned().unwrap_or_default()
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $group {
            $(
                /// What the group is.
                #[graphql(flatten)]
                async fn $part(&self) -> &$head {
                    &self.$part
                }
            )+

            /// Currency of the money, by its ISO 4217 code.
            async fn currency(&self) -> Option<&str> {
                self.group.sum.currency.as_deref()
            }

            /// How many customers the group has, or rests on.
            async fn n(&self) -> i64 {
                self.group.sum.customers
            }

            /// True if there are too few customers for any figure.
            async fn suppressed(&self) -> bool {
                self.group.suppressed
            }

            $(
                $(#[$of])*
                async fn $field(&self) -> super::figure::Figure {
                    self.figure($measure::$variant)
                }
            )+
        }
    };
}
pub(super) use measures;

/// A field's name as the schema writes it.
pub fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + &part[..1].to_ascii_uppercase() + &part[1..])
}

/// One of every row.
pub fn one() -> SimpleExpr {
    Expr::val(1_i64).cast_as("bigint")
}

/// A whole number.
pub fn whole<C: ColumnTrait>(column: C) -> SimpleExpr {
    column.into_simple_expr()
}

/// A number in so many parts of one, as a whole one: sums of those do not depend on the order of the rows.
pub fn parts<C: ColumnTrait>(column: C, parts: f64) -> SimpleExpr {
    Func::round(column.into_simple_expr().mul(parts)).cast_as("bigint")
}

/// One for true and zero for false.
pub fn flag(column: Column) -> SimpleExpr {
    CaseStatement::new().case(column.eq(true), one()).case(column.eq(false), Expr::val(0_i64)).into()
}
