//! The jobs: what can be done, what is being done, and what became of it.

use askama::Template;
use rapport_messages::number::decimal;
use serde::Deserialize;
use serde_json::Value;

use super::{Page, figure::Figure, frame::Frame};
use crate::Error;

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    jobs: Vec<Job>,
    job_run_rows: Vec<Run>,
}

/// A job of the table.
#[derive(Deserialize)]
struct Job {
    name: String,
    about: String,
    schedule: Option<String>,
}

/// A run of a job.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    id: String,
    job: String,
    period: String,
    reason: String,
    state_code: String,
    state_label: String,
    stage: Option<String>,
    rows_done: i64,
    rows_known: Option<i64>,
    attempt: i64,
    max_attempts: i64,
    last_error: Option<String>,
    figures: Option<String>,
    created_at: String,
    finished_at: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "jobs.html")]
pub struct Jobs {
    frame: Frame,
    jobs: Vec<Job>,
    runs: Vec<Run>,
}

impl Page for Jobs {
    const PATH: &'static str = "/jobs";
    const QUERY: &'static str = include_str!("jobs.graphql");
    type Data = Data;

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        Ok(Self { frame, jobs: data.jobs, runs: data.job_run_rows })
    }
}

impl Jobs {
    /// Something is at work or waits: the page comes again by itself.
    fn is_alive(&self) -> bool {
        self.runs.iter().any(|run| ["QUEUED", "RUNNING", "RETRY"].contains(&&*run.state_code))
    }
}

impl Run {
    /// For the style.
    fn tone(&self) -> &'static str {
        match self.state_code.as_str() {
            "PUBLISHED" | "DONE" => "done",
            "RUNNING" => "works",
            "DEAD" => "dead",
            "QUEUED" | "RETRY" => "waits",
            _ => "over",
        }
    }

    /// What it is doing.
    fn at_work(&self) -> Option<&str> {
        self.stage.as_deref().filter(|_| self.state_code == "RUNNING")
    }

    /// Of 100, where it is known.
    fn bar(&self) -> Option<f64> {
        let known = self.rows_known.filter(|known| *known > 0 && self.state_code == "RUNNING")?;
        Some((self.rows_done as f64 / known as f64 * 10_000.0).round().min(10_000.0) / 100.0)
    }

    fn rows_done(&self) -> Option<Figure> {
        (self.rows_done > 0).then(|| Figure::count(&self.id, "rowsDone", Some(self.rows_done)))
    }

    fn rows_known(&self) -> Option<Figure> {
        self.rows_known.map(|known| Figure::count(&self.id, "rowsKnown", Some(known)))
    }

    fn attempt(&self) -> Figure {
        Figure::count(&self.id, "attempt", Some(self.attempt))
    }

    fn max_attempts(&self) -> Figure {
        Figure::count(&self.id, "maxAttempts", Some(self.max_attempts))
    }

    /// What it produced: names and values.
    fn produced(&self) -> Vec<(String, String)> {
        let read = |text: &String| serde_json::from_str::<serde_json::Map<String, Value>>(text).ok();
        let told = |(name, value): (String, Value)| {
            let value = match value {
                Value::Null => return None,
                Value::String(text) => text,
                Value::Number(number) => {
                    let value = number.as_f64().unwrap_or_default();
                    decimal(value, if value.fract() == 0.0 { 0 } else { 2 })
                }
                Value::Array(list) if list.is_empty() => return None,
                Value::Array(list) => list.len().to_string(),
                other => other.to_string(),
            };
            Some((name, value))
        };
        self.figures.as_ref().and_then(read).into_iter().flatten().filter_map(told).collect()
    }
}
