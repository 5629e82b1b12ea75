//! Who reads: a role and, for a narrowed token, the segments it sees. Every statement that reads rows of segments or of
//! customers asks here, so that what is hidden is in no list, no count and no sum.

use std::{net::SocketAddr, sync::Arc};

use chrono::{DateTime, Utc};
use rapport_entities::{ALL, Database, Role, customer_segment, token::Model};
use rapport_jobs::{audit::COMMAND_LINE, token};
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr,
    sea_query::{Expr, ExprTrait, Query},
};

use crate::Error;

/// Who reads from a server that is open to its own machine, as the audit trail names it.
const OPEN: &str = "open";

/// What the reader of a request may see.
#[derive(Clone, Debug)]
pub struct Access {
    /// What the reader may do.
    pub role: Role,
    /// The only segments the reader sees, by dimension and code; none where it sees all.
    segments: Option<Vec<(String, String)>>,
    /// The reader's token; none without one.
    token: Option<String>,
    /// As the audit trail names the reader.
    who: Arc<str>,
    /// What it may see, as text.
    rights: Arc<str>,
}

impl Access {
    /// Everything, for a reader of a server that is open to its own machine.
    pub fn open() -> Self {
        Self::new(Role::Operator, None, None, OPEN)
    }

    /// Everything, for who sits at the machine.
    pub fn of_command_line() -> Self {
        Self::new(Role::Operator, None, None, COMMAND_LINE)
    }

    /// A role, seeing these segments alone if any are given, by the token of this id.
    pub fn of_token(token_id: &str, role: Role, segments: Option<Vec<(String, String)>>) -> Self {
        Self::new(role, segments, Some(token_id.to_owned()), &format!("token {token_id}"))
    }

    fn new(role: Role, segments: Option<Vec<(String, String)>>, token: Option<String>, who: &str) -> Self {
        let rights = format!("{} {segments:?}", role.as_str()).into();
        Self { role, segments, token, who: who.into(), rights }
    }

    /// By the secret of one of these tokens; none if it opens nothing, or does no more.
    pub fn by_secret(tokens: &[Model], secret: &str, now: DateTime<Utc>) -> Result<Option<Self>, Error> {
        let access = |token: &Model| Ok(Self::of_token(&token.token_id, token.role, token::segments(token)?));
        token::of_secret(tokens, secret, now).map(access).transpose()
    }

    /// By the id of one of these tokens, of a browser that signed in with it; none if it opens nothing any more.
    pub fn by_id(tokens: &[Model], token_id: &str, now: DateTime<Utc>) -> Result<Option<Self>, Error> {
        let access = |token: &Model| Ok(Self::of_token(&token.token_id, token.role, token::segments(token)?));
        token::of_id(tokens, token_id, now).map(access).transpose()
    }

    /// The id of the reader's token; none without one.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// What the reader may see, as text: readers with the same have the same answers.
    pub fn rights(&self) -> &str {
        &self.rights
    }

    /// As the audit trail names the reader.
    pub fn who(&self) -> &Arc<str> {
        &self.who
    }

    /// Fails if the reader's role is lower.
    pub fn needs(&self, least: Role) -> Result<(), Error> {
        if self.role >= least { Ok(()) } else { Err(Error::Forbidden { role: self.role, least }) }
    }

    /// The only segments the reader sees; none where it sees all.
    pub fn segments(&self) -> Option<&[(String, String)]> {
        self.segments.as_deref()
    }

    /// What the reader is shown who names no segment: all customers, or the first of those it sees.
    pub fn home(&self) -> (String, String) {
        let first = self.segments.as_ref().and_then(|seen| seen.first().cloned());
        first.unwrap_or_else(|| (ALL.to_owned(), ALL.to_owned()))
    }

    /// Whether results of this segment are seen; those of all customers are not by a narrowed reader.
    pub fn sees(&self, dimension: &str, segment: &str) -> bool {
        let named = |(one, other): &(String, String)| one == dimension && other == segment;
        self.segments.as_ref().is_none_or(|seen| seen.iter().any(named))
    }

    /// That a row of results, by the columns of its dimension and segment, is seen.
    pub fn places<C: ColumnTrait>(&self, dimension: C, segment: C) -> Condition {
        match &self.segments {
            None => Condition::all(),
            Some(seen) => seen.iter().fold(none(), |any, (one, other)| {
                any.add(Condition::all().add(dimension.eq(one)).add(segment.eq(other)))
            }),
        }
    }

    /// That a row, by the column of its customer's id, is of a customer who is seen.
    pub fn customers<C: IntoSimpleExpr>(&self, customer_id: C) -> Condition {
        use customer_segment::Column;
        if self.segments.is_none() {
            return Condition::all();
        }
        let members = Query::select()
            .column(Column::CustomerId)
            .from(customer_segment::Entity)
            .cond_where(self.places(Column::Dimension, Column::Segment))
            .to_owned();
        Condition::all().add(customer_id.into_simple_expr().in_subquery(members))
    }
}

/// A disjunction that nothing meets yet.
fn none() -> Condition {
    Condition::any().add(Expr::val(1).eq(0))
}

/// Fails if other machines could reach the address and nobody has a token.
pub async fn may_serve(database: &Database, address: SocketAddr, now: DateTime<Utc>) -> Result<(), Error> {
    if address.ip().is_loopback() || token::any_live(database, now).await? {
        return Ok(());
    }
    Err(Error::NoTokens(address))
}
