//! The tables of segments' results: the columns that place a row, and the order of the rows of a place.

use std::{
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use rapport_entities::{
    action_effect, cohort, composition, curve_point, driver, effort, funnel_step, linkage, loss_flow,
    loss_reason, mode_effect, model_fit, parameter, path_estimate, prospect_conversion, score, theme,
    transition, unit_score,
};
use sea_orm::{EntityTrait, ModelTrait, Value};

use super::loader::Place;

/// A table whose rows belong to a segment of a set.
pub trait Placed: EntityTrait<Model: Sync + 'static> {
    /// The columns of set, dimension and segment.
    const PLACE: [Self::Column; 3];
    /// The column by which rows of a place are told apart in kind, if there is one.
    const KIND: Option<Self::Column>;
    /// What else the key is made of: the order of the rows of a place.
    const ORDER: &'static [Self::Column];
}

/// The tables, each with the rest of its key; `by` marks the column of the kind.
macro_rules! placed {
    ($($table:ident $(by $kind:ident)? : $($key:ident),*;)+) => {$(
        impl Placed for $table::Entity {
            const PLACE: [Self::Column; 3] =
                [$table::Column::SetId, $table::Column::Dimension, $table::Column::Segment];
            const KIND: Option<Self::Column> = [$(Some($table::Column::$kind),)? None][0];
            const ORDER: &'static [Self::Column] =
                &[$($table::Column::$kind,)? $($table::Column::$key),*];
        }
    )+};
}

placed! {
    score by Metric: ;
    composition by Scheme: Class;
    transition: FromType, ToType;
    driver: Question;
    path_estimate by Kind: Source, Target;
    model_fit by Model: ;
    parameter by Model: Name;
    curve_point by Curve: Place;
    cohort: Acquired, Age;
    funnel_step by Scheme: Place;
    theme by Kind: Theme;
    mode_effect by Metric: Facet, Way;
    action_effect by Metric: Action;
    loss_flow: Place;
    prospect_conversion: Place;
    loss_reason: Reason;
    effort by Effort: Reason;
    unit_score by Audience: Metric;
    linkage by Audience: Metric, Outcome, Lag;
}

/// The text in a column of a row; empty if it holds no text.
pub fn text<M: ModelTrait>(row: &M, column: <M::Entity as EntityTrait>::Column) -> String {
    match row.get(column) {
        Value::String(Some(text)) => text,
        _ => String::new(),
    }
}

/// Where a row belongs.
pub fn place<E: Placed>(row: &E::Model) -> Place {
    let [set_id, dimension, segment] = E::PLACE.map(|column| text(row, column));
    Place { set_id, dimension, segment }
}

/// The rows of a table at a place: of one kind, or all. A key of the loader.
pub struct RowsOf<E> {
    /// Where.
    pub place: Place,
    /// The kind's word.
    pub kind: Option<&'static str>,
    table: PhantomData<fn() -> E>,
}

impl<E> RowsOf<E> {
    /// The rows at a place.
    pub fn new(place: Place, kind: Option<&'static str>) -> Self {
        Self { place, kind, table: PhantomData }
    }
}

// by hand: derived, they would ask the same of the entity
impl<E> Clone for RowsOf<E> {
    fn clone(&self) -> Self {
        Self::new(self.place.clone(), self.kind)
    }
}

impl<E> PartialEq for RowsOf<E> {
    fn eq(&self, other: &Self) -> bool {
        (&self.place, self.kind) == (&other.place, other.kind)
    }
}

impl<E> Eq for RowsOf<E> {}

impl<E> Hash for RowsOf<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.place, self.kind).hash(state);
    }
}
