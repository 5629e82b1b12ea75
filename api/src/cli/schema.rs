//! `rapport schema`: prints the GraphQL schema.

use std::process::ExitCode;

use crate::graphql;

pub fn run() -> ExitCode {
    print!("{}", graphql::sdl());
    ExitCode::SUCCESS
}
