//! `import`: imports the mappings of the settings, so that what a source exports every night is loaded every night.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::json;

use super::{Figures, Job, Lane, Work, at_this_moment};
use crate::{
    Error,
    import::{self, Options, Report},
};

/// See the module.
pub static JOB: Job = Job {
    name: "import",
    schedule: |schedule| &schedule.import,
    catches_up: false,
    lane: Lane::Import,
    timeout: Duration::from_secs(6 * 3_600),
    attempts: 8,
    requests: at_this_moment,
    run: |work| Box::pin(run(work)),
};

/// Imports every mapping, also those after one that failed; the first failure is then the run's.
async fn run(work: &Work<'_>) -> Result<Figures, Error> {
    let mut figures = Figures::new();
    let mut failure = None;
    for mapping in mappings(&work.settings.imports)? {
        work.heart.stage("import");
        let options = Options { mapping: mapping.clone(), ..Options::default() };
        match import::import(work.database, work.settings, &options, work.progress, work.now).await {
            Ok(report) => {
                figures.insert(mapping.display().to_string(), in_figures(&report));
            }
            Err(error) => {
                tracing::error!(mapping = %mapping.display(), %error, "the import failed");
                failure = failure.or(Some(error));
            }
        }
    }
    failure.map_or(Ok(figures), Err)
}

/// The mappings themselves, and those that lie in the folders named, by name.
fn mappings(named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut mappings = Vec::new();
    for path in named {
        if path.is_dir() {
            mappings.extend(in_folder(path)?);
        } else {
            mappings.push(path.clone());
        }
    }
    Ok(mappings)
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error: std::io::Error| Error::File {
        path: folder.to_owned(),
        line: 0,
        why: format!("the folder of mappings cannot be read: {error}"),
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn in_figures(report: &Report) -> serde_json::Value {
    let mut figures = Figures::new();
    for (entity, tally) in &report.entities {
        let counts = json!({
            "created": tally.created,
            "updated": tally.updated,
            "unchanged": tally.unchanged,
            "rejected": tally.rejected,
        });
        figures.insert((*entity).to_owned(), counts);
    }
    if report.idle.events > 0 {
        figures.insert("complaint_event_idle".to_owned(), report.idle.events.into());
    }
    figures.into()
}
