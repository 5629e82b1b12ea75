//! `rapport erase`: takes a person's name, contact data and free text out of the database for good.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

use rapport_entities::clock;
use rapport_jobs::{audit::COMMAND_LINE, erase};

use crate::{Error, Settings, database};

/// What `erase` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The company's own code of the customer, or the code of a prospect
    code: String,
    /// The source of a prospect: erases that, and no customer
    #[arg(long, value_name = "SOURCE")]
    prospect_of: Option<String>,
    /// Does not ask first
    #[arg(long)]
    yes: bool,
}

pub async fn run(settings: &Settings, args: &Args) -> Result<ExitCode, Error> {
    let database = database::open(&settings.database, false).await?;
    if !args.yes && !agreed(&args.code)? {
        println!("nothing was erased");
        return Ok(ExitCode::FAILURE);
    }
    match &args.prospect_of {
        Some(source) => {
            let prospect = (source.as_str(), args.code.as_str());
            erase::erase_prospect(&database, prospect, COMMAND_LINE, clock::now()).await?;
        }
        None => erase::erase(&database, &args.code, COMMAND_LINE, clock::now()).await?,
    }
    println!(
        "{}: name, contact data and free text are erased; the purchases, answers and published figures stay. Backups \
         made before still hold them",
        args.code
    );
    Ok(ExitCode::SUCCESS)
}

/// Asks who sits there. Fails where nobody does.
fn agreed(code: &str) -> Result<bool, Error> {
    let unread = |source| Error::Io { what: "the answer cannot be read".to_owned(), source };
    if !std::io::stdin().is_terminal() {
        return Err(Error::BadInput("nobody is here to be asked; give --yes to erase".to_owned()));
    }
    print!("Erase name, contact data and free text of {code} for good? [y/N] ");
    std::io::stdout().flush().map_err(unread)?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(unread)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
