//! What can go wrong, named for what the reader can do, and the one place that turns it into codes and statuses.
//!
//! The words of an error are for the reader; the database's own text stays in its source and goes to the log.

use std::{net::SocketAddr, sync::Arc};

use axum::http::StatusCode;
use rapport_entities::Role;
use rapport_jobs::Remedy;
use sea_orm::DbErr;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request asks for what cannot be: change it.
    #[error("{0}")]
    BadInput(String),
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// The request costs more than is allowed: ask for less.
    #[error("{0}")]
    TooCostly(String),
    /// A saved query was not answered.
    #[error("{message}")]
    Answer {
        /// Why not, as GraphQL said it.
        message: String,
        /// As over HTTP.
        status: StatusCode,
    },
    /// The answer took too long: ask for less, or later.
    #[error("the answer took longer than {0} s; ask for less, or later")]
    TooSlow(u64),
    /// The settings are wrong: mend them.
    #[error("{0}")]
    Settings(String),
    /// Somebody else's database: give another.
    #[error(
        "the database {url} holds tables that are not Rapport's ({table}); give another database with --database"
    )]
    Foreign {
        /// Which database, without its password.
        url: String,
        /// One of the tables.
        table: String,
    },
    /// A newer program made the database: use that.
    #[error("the database {url} was made by a newer Rapport (migration {migration}); use that version")]
    Newer {
        /// Which database, without its password.
        url: String,
        /// The first migration unknown here.
        migration: String,
    },
    /// Another process is at its schema: try again later.
    #[error("another process is still bringing the schema of {url} up to date; try again later")]
    Migrating {
        /// Which database, without its password.
        url: String,
    },
    /// The database cannot be opened: see why.
    #[error("the database {url} cannot be opened: {why}")]
    Unusable {
        /// Which database, without its password.
        url: String,
        /// What to do.
        why: String,
        /// The driver's error.
        #[source]
        source: Option<DbErr>,
    },
    /// Nobody answers at the database's address: try again later.
    #[error("the database {url} does not answer; see that it runs, or try again later")]
    Unreachable {
        /// Which database, without its password.
        url: String,
        /// The driver's error.
        #[source]
        source: DbErr,
    },
    /// The disk under the database takes no more: make room, and try again.
    #[error("the disk under the database {url} is full, or fails; make room, and try again")]
    NoRoom {
        /// Which database.
        url: String,
        /// The driver's error.
        #[source]
        source: DbErr,
    },
    /// The database failed in the middle of work.
    #[error("the database did not answer as it should; the log says more")]
    Database(#[from] Arc<DbErr>),
    /// A job did not do what it was asked.
    #[error(transparent)]
    Job(#[from] rapport_jobs::Error),
    /// A picture could not be made of its drawing.
    #[error("the picture could not be made; the log says more")]
    Picture(#[from] rapport_jobs::charts::Error),
    /// The report could not be made.
    #[error("the report could not be made; the log says more")]
    Report(#[from] rapport_reports::Error),
    /// The page could not be made.
    #[error("the page could not be made; the log says more")]
    Page(#[from] askama::Error),
    /// The address is taken: give another.
    #[error("the address {0} is in use; give another with --address, or stop the program that has it")]
    AddressInUse(SocketAddr),
    /// The address would open the data to the network.
    #[error(
        "the address {0} can be reached from other machines, and no token is there to keep strangers out: make one \
         with `rapport token create NAME --role viewer`, or serve on a loopback address such as 127.0.0.1:8000"
    )]
    NoTokens(SocketAddr),
    /// Nobody is known who asks: send a token.
    #[error(
        "this needs a token that is neither expired nor revoked: send it as `Authorization: Bearer TOKEN`, or as the \
         password of Basic with any user"
    )]
    Unauthenticated,
    /// The token has asked for too much of late: wait so many seconds.
    #[error("this token has used up what it may ask in a minute; ask again in {0} s, or for less")]
    RateLimited(u64),
    /// The reader's role is too low.
    #[error("this needs the role {least}; the token's is {role}")]
    Forbidden {
        /// The reader's.
        role: Role,
        /// What it takes.
        least: Role,
    },
    /// No document of this hash is known: send it whole, once. In the words that clients know.
    #[error("PersistedQueryNotFound")]
    UnknownDocument,
    /// Only saved queries are answered.
    #[error(
        "this server answers saved queries only; /q lists them: send the text of one, or its SHA-256 as \
         extensions.persistedQuery"
    )]
    NotSaved,
    /// A file or a socket failed.
    #[error("{what}")]
    Io {
        /// What was to be done, with the path or address.
        what: String,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl Error {
    /// The code in a GraphQL error's `extensions`, in Apollo's vocabulary.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadInput(_) => "BAD_USER_INPUT",
            Self::NotFound(_) => "NOT_FOUND",
            // by the node's own id; a code that nothing has is bad input, as a customer's is
            Self::Job(rapport_jobs::Error::NoComplaint { .. }) => "NOT_FOUND",
            Self::Job(
                rapport_jobs::Error::Moved { .. }
                | rapport_jobs::Error::ActionMoved { .. }
                | rapport_jobs::Error::AttemptEnded { .. }
                | rapport_jobs::Error::Rewritten { .. },
            ) => "CONFLICT",
            Self::Job(error) if error.remedy() == Remedy::Mend => "BAD_USER_INPUT",
            Self::TooCostly(_) => "GRAPHQL_VALIDATION_FAILED",
            Self::TooSlow(_) => "TIMEOUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden { .. } | Self::NotSaved => "FORBIDDEN",
            Self::UnknownDocument => "PERSISTED_QUERY_NOT_FOUND",
            Self::RateLimited(_) => "RATE_LIMITED",
            _ => "INTERNAL_SERVER_ERROR",
        }
    }

    /// The status of an HTTP answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadInput(_) | Self::TooCostly(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(_)
            | Self::Job(
                rapport_jobs::Error::NoComplaint { .. }
                | rapport_jobs::Error::NoAction { .. }
                | rapport_jobs::Error::NoAttempt { .. }
                | rapport_jobs::Error::NoCard { .. },
            ) => StatusCode::NOT_FOUND,
            Self::Job(
                rapport_jobs::Error::Moved { .. }
                | rapport_jobs::Error::ActionMoved { .. }
                | rapport_jobs::Error::AttemptEnded { .. }
                | rapport_jobs::Error::Rewritten { .. },
            ) => StatusCode::CONFLICT,
            Self::Job(
                rapport_jobs::Error::IllegalMove { .. }
                | rapport_jobs::Error::EventTime { .. }
                | rapport_jobs::Error::CaseEvent { .. }
                | rapport_jobs::Error::Contact { .. }
                | rapport_jobs::Error::Action { .. }
                | rapport_jobs::Error::IllegalActionMove { .. }
                | rapport_jobs::Error::CardText { .. }
                | rapport_jobs::Error::Loss { .. }
                | rapport_jobs::Error::NoCustomer { .. }
                | rapport_jobs::Error::NoProspect { .. },
            ) => StatusCode::BAD_REQUEST,
            Self::Answer { status, .. } => *status,
            Self::TooSlow(_) => StatusCode::GATEWAY_TIMEOUT,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } | Self::NotSaved => StatusCode::FORBIDDEN,
            // clients look for the error in an answer that came
            Self::UnknownDocument => StatusCode::OK,
            Self::RateLimited(_) => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The exit code of a command: 1 failed, 2 used wrongly, 75 worth another try.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::BadInput(_) | Self::Settings(_) | Self::NoTokens(_) => 2,
            Self::Unreachable { .. } | Self::NoRoom { .. } | Self::Migrating { .. } | Self::TooSlow(_) => 75,
            Self::Job(rapport_jobs::Error::NoJob { .. } | rapport_jobs::Error::NotOfQuarters { .. }) => 2,
            Self::Job(rapport_jobs::Error::NoSegment { .. } | rapport_jobs::Error::NarrowedOperator) => 2,
            Self::Job(rapport_jobs::Error::TokenExists { .. } | rapport_jobs::Error::NoToken { .. }) => 2,
            Self::Job(rapport_jobs::Error::NoCustomer { .. } | rapport_jobs::Error::NoProspect { .. }) => 2,
            Self::Job(rapport_jobs::Error::Superseded { .. } | rapport_jobs::Error::Stopped) => 75,
            Self::Job(rapport_jobs::Error::Lost) => 75,
            Self::Job(error) if error.remedy() == Remedy::Wait => 75,
            _ => 1,
        }
    }

    /// Writes to the log what the reader is not told.
    pub fn log(&self) {
        if let Some(source) = std::error::Error::source(self) {
            tracing::error!(error = source, "{self}");
        }
    }
}
