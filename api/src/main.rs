//! The program: runs one command and says by its exit code how it went.

// the query root is a type of many merged ones, and laying out its future goes as deep
#![recursion_limit = "256"]

use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use rapport::{Error, cli::Cli};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Fails only if the runtime cannot start or the command failed; `75` is `EX_TEMPFAIL`.
fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            let known = error.downcast_ref::<Error>();
            // the words are for people; the driver's go to the log
            known.inspect(|error| error.log());
            eprintln!("error: {error}");
            ExitCode::from(known.map_or(1, Error::exit_code))
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Runtime::new().context("the runtime could not start")?;
    Ok(runtime.block_on(cli.run())?)
}
