//! The page of the jobs: what can be done, what is being done, and what became of it.

use askama::Template;
use rapport_entities::{Database, RunState, job_run};
use rapport_jobs::job::JOBS;
use rapport_messages::Locale;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use super::figures;
use crate::Error;

/// The page shows so many runs.
const RUNS: u64 = 50;

/// A job of the table.
pub struct Entry {
    /// As in commands and settings.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Its cron expression; empty is never.
    pub schedule: String,
}

/// A run of a job.
pub struct Run {
    /// Its job.
    pub job: String,
    /// Its quarter or moment.
    pub period: String,
    /// Where it stands.
    pub state: &'static str,
    /// For the style.
    pub tone: &'static str,
    /// What it is doing, with its rows.
    pub stage: Option<String>,
    /// Done of 100, where it is known.
    pub done: Option<f64>,
    /// Who or what asked, and when.
    pub asked: String,
    /// Attempts so far, of how many.
    pub attempts: String,
    /// Why the last one failed, or what it produced.
    pub words: String,
}

/// The page.
#[derive(Template)]
#[template(path = "jobs.html")]
pub struct Jobs {
    /// `en` or `zh-CN`.
    pub lang: &'static str,
    /// English words.
    pub en: bool,
    /// The company's name, or the product's.
    pub company: String,
    /// The table of jobs.
    pub jobs: Vec<Entry>,
    /// Newest first.
    pub runs: Vec<Run>,
    /// Something is at work or waits: the page comes again by itself.
    pub alive: bool,
}

impl Jobs {
    /// Of what the ledger has.
    pub async fn read(
        database: &Database,
        settings: &rapport_jobs::Settings,
        locale: Locale,
    ) -> Result<Self, Error> {
        let runs = job_run::Entity::find()
            .order_by_desc(job_run::Column::CreatedAt)
            .order_by_asc(job_run::Column::RunId)
            .limit(RUNS)
            .all(database)
            .await?;
        let entry = |job: &&'static rapport_jobs::job::Job| Entry {
            name: job.name,
            about: locale.pick(job.about.0, job.about.1),
            schedule: (job.schedule)(&settings.schedule).to_owned(),
        };
        let waits = |run: &job_run::Model| {
            matches!(run.state, RunState::Queued | RunState::Running | RunState::Retry)
        };
        Ok(Self {
            lang: locale.pick("en", "zh-CN"),
            en: locale == Locale::En,
            company: settings.company.clone().unwrap_or_else(|| "Rapport".to_owned()),
            jobs: JOBS.iter().map(entry).collect(),
            alive: runs.iter().any(waits),
            runs: runs.into_iter().map(|run| Run::of(run, locale)).collect(),
        })
    }

    /// In the page's language.
    fn w(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.en { en } else { zh }
    }
}

impl Run {
    fn of(run: job_run::Model, locale: Locale) -> Self {
        let (state, tone) = in_words(run.state, locale);
        let rows = locale.pick("rows", "行");
        let known = run.rows_known.filter(|known| *known > 0);
        let at_work = run.stage.filter(|_| run.state == RunState::Running);
        let stage = at_work.map(|stage| match (run.rows_done, known) {
            (0, None) => stage,
            (done, None) => format!("{stage}: {} {rows}", figures::count(done)),
            (done, Some(known)) => {
                format!("{stage}: {} / {} {rows}", figures::count(done), figures::count(known))
            }
        });
        Self {
            stage,
            done: known.map(|known| (run.rows_done as f64 / known as f64 * 100.0).min(100.0)),
            asked: format!("{}, {}", run.reason, run.created_at.format("%Y-%m-%d %H:%M:%SZ")),
            attempts: format!("{} / {}", run.attempt, run.max_attempts),
            words: run.last_error.or(run.figures.map(|text| listed(&text))).unwrap_or_default(),
            job: run.job,
            period: run.period,
            state,
            tone,
        }
    }
}

fn in_words(state: RunState, locale: Locale) -> (&'static str, &'static str) {
    let (en, zh, tone) = match state {
        RunState::Queued => ("waits", "等待中", "waits"),
        RunState::Running => ("at work", "运行中", "works"),
        RunState::Published => ("published", "已发布", "done"),
        RunState::Done => ("done", "已完成", "done"),
        RunState::Superseded => ("overtaken by newer data", "被更新的数据取代", "over"),
        RunState::Retry => ("will be tried again", "将重试", "waits"),
        RunState::Dead => ("given up", "已放弃", "dead"),
        RunState::Cancelled => ("taken back", "已取消", "over"),
    };
    (locale.pick(en, zh), tone)
}

/// Figures as `name value · name value`.
fn listed(text: &str) -> String {
    let Ok(figures) = serde_json::from_str::<rapport_jobs::job::Figures>(text) else {
        return text.to_owned();
    };
    let shown = |(name, value): (&String, &serde_json::Value)| match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(format!("{name} {text}")),
        value => Some(format!("{name} {value}")),
    };
    figures.iter().filter_map(shown).collect::<Vec<_>>().join(" · ")
}
