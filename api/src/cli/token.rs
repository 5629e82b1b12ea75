//! `rapport token`: makes, lists and revokes access tokens. The secret stands alone on standard output, once.

use std::process::ExitCode;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rapport_entities::{Calendar, Role, clock, token::Model};
use rapport_jobs::token::{self, Wanted};

use crate::{Error, Settings, database};

/// What `token` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Makes a token and prints its secret, which is never shown again
    Create(Create),
    /// Lists the tokens, newest first; never a secret
    List,
    /// Revokes a token for good, at once and everywhere
    Revoke {
        /// Its name or id
        token: String,
    },
}

/// What `token create` takes.
#[derive(Debug, clap::Args)]
struct Create {
    /// Whose it is, or what for
    name: String,
    /// viewer: figures, no person; analyst: customers too, contact data masked; operator: jobs and changes too
    #[arg(long, value_name = "ROLE")]
    role: Role,
    /// Sees this segment alone; give it again for more [default: everything]
    #[arg(long = "segment", value_name = "DIMENSION=CODE", value_parser = pair)]
    segments: Vec<(String, String)>,
    /// Ends after this day in the company's time zone, as in 2027-01-31, or after so many days, as in 90d
    #[arg(long, value_name = "DAY")]
    expires: Option<Expiry>,
}

/// When a token ends.
#[derive(Clone, Copy, Debug)]
enum Expiry {
    After(NaiveDate),
    In(Days),
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (dimension, code) =
        text.split_once('=').ok_or("write DIMENSION=CODE, as in region=north; `segmentRows` lists them")?;
    Ok((dimension.to_owned(), code.to_owned()))
}

impl std::str::FromStr for Expiry {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let days = text.strip_suffix('d').and_then(|days| days.parse().ok());
        let day = || text.parse().ok().map(Self::After);
        days.map(|days| Self::In(Days::new(days))).or_else(day).ok_or("write a day, as in 2027-01-31, or 90d")
    }
}

impl Expiry {
    /// The moment itself. Fails if it is over.
    fn moment(self, calendar: Calendar, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
        let moment = match self {
            Self::In(days) => now.checked_add_days(days),
            Self::After(day) => day.succ_opt().map(|next| calendar.utc(next.and_time(NaiveTime::MIN))),
        };
        moment
            .filter(|moment| *moment > now)
            .ok_or_else(|| Error::BadInput("--expires is no day to come; give a later one".to_owned()))
    }
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let database = database::open(&settings.database, false).await?;
    let now = clock::now();
    match args.what {
        What::Create(create) => {
            let expires_at = create.expires.map(|one| one.moment(settings.calendar, now)).transpose()?;
            let Create { name, role, segments, .. } = create;
            let first = token::all(&database).await?.is_empty();
            let made = token::create(&database, Wanted { name, role, segments, expires_at }, now).await?;
            eprintln!("{}", line(&made.token, now)?);
            eprintln!("its secret follows, and is not shown again; revoke it if it is lost");
            if first {
                eprintln!(
                    "it is the first: from now on every request to this database's servers needs a token"
                );
            }
            println!("{}", made.secret);
        }
        What::List => {
            let tokens = token::all(&database).await?;
            if tokens.is_empty() {
                println!("there is no token yet; make one with `rapport token create NAME --role viewer`");
            }
            for token in tokens {
                println!("{}", line(&token, now)?);
            }
        }
        What::Revoke { token } => {
            let revoked = token::revoke(&database, &token, now).await?;
            println!("{}", line(&revoked, now)?);
            if !token::any_live(&database, now).await? {
                println!("no token is left: nobody comes in until another is made");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A token as a line: id, name, role, what it sees, and how long.
fn line(token: &Model, now: DateTime<Utc>) -> Result<String, Error> {
    let sees = token::segments(token)?.map(|seen| {
        let seen = seen.iter().map(|(dimension, code)| format!("{dimension}={code}"));
        format!(" of {}", seen.collect::<Vec<_>>().join(", "))
    });
    let written = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M:%SZ");
    let stands = match (token.revoked_at, token.expires_at) {
        (Some(at), _) => format!("revoked {}", written(*at)),
        (None, Some(at)) if *at <= now => format!("expired {}", written(*at)),
        (None, Some(at)) => format!("good until {}", written(*at)),
        (None, None) => "good".to_owned(),
    };
    let made = written(*token.created_at);
    Ok(format!(
        "{} {}: {}{}, made {made}, {stands}",
        token.token_id,
        token.name,
        token.role,
        sees.unwrap_or_default()
    ))
}
