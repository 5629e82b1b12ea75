//! `rapport query`: answers a GraphQL query without a server. Fails if the answer has errors.

use std::{io::Read, path::PathBuf, process::ExitCode, sync::Arc};

use crate::{Access, Error, Settings, database, graphql};

/// What `query` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the query; - for standard input
    file: PathBuf,
    /// The query's variables, a JSON object
    #[arg(long, value_name = "JSON")]
    variables: Option<String>,
}

pub async fn run(settings: &Settings, args: Args) -> Result<ExitCode, Error> {
    let mut request = async_graphql::Request::new(read(&args.file)?);
    if let Some(text) = args.variables {
        let variables: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)
            .map_err(|error| Error::BadInput(format!("--variables is not a JSON object: {error}")))?;
        request = request.variables(async_graphql::Variables::from_json(variables.into()));
    }
    let database = database::open(&settings.database, false).await?;
    let answer =
        graphql::Api::new(database, settings).answer(request, Arc::new(Access::of_command_line())).await;
    println!("{}", answer.pretty());
    Ok(if answer.failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn read(file: &std::path::Path) -> Result<String, Error> {
    let read = if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map_err(|source| Error::Io { what: format!("the query {} cannot be read", file.display()), source })
}
