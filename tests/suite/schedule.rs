//! The schedule: when an expression fires where clocks are put forward and back, and what is due at a look at the
//! clock, whatever happened since the last one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rapport_entities::Calendar;
use rapport_jobs::schedule::{
    due::{Firing, Jitter, Timed, due},
    firing::{Timetable, firings, next, period},
};
use rapport_tests::{Backend, Server, World, on_both};

const NO_JITTER: Jitter = Jitter { seed: "", seconds: 0 };

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The firings after one moment and up to another are these, forward, one by one, and backward.
#[track_caller]
fn fires(expression: &str, zone: &str, from: &str, to: &str, expected: &[&str]) {
    let zone = zone.parse().unwrap();
    let expected: Vec<_> = expected.iter().map(|text| at(text)).collect();
    assert_eq!(firings(expression, zone, at(from), at(to)).unwrap(), expected, "{expression} in {zone}");
    assert_eq!(next(expression, zone, at(from)).unwrap(), expected.first().copied());
    let timetable = Timetable::read(expression, zone).unwrap();
    let mut upto = at(to);
    for firing in expected.iter().rev() {
        assert_eq!(timetable.latest(upto), Some(*firing), "{expression} in {zone} up to {upto}");
        upto = *firing - TimeDelta::milliseconds(1);
    }
    assert!(timetable.latest(upto).is_none_or(|before| before <= at(from)));
}

#[test]
fn a_time_that_does_not_exist_fires_once_after_the_gap() {
    // 2026-03-08 02:00 -05:00 becomes 03:00 -04:00
    fires(
        "0 30 2 * * *",
        "America/New_York",
        "2026-03-07T05:00:00Z",
        "2026-03-09T12:00:00Z",
        &["2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"],
    );
    // 2026-03-29 02:00 +01:00 becomes 03:00 +02:00; two times in the gap and the one at its end are one firing
    fires(
        "0 0,15 2,3 * * *",
        "Europe/Berlin",
        "2026-03-29T00:00:00Z",
        "2026-03-29T02:00:00Z",
        &["2026-03-29T01:00:00Z", "2026-03-29T01:15:00Z"],
    );
    // 2026-10-04 02:00 +10:30 becomes 02:30 +11:00: the gap is half an hour
    fires(
        "0 10 2 * * *",
        "Australia/Lord_Howe",
        "2026-10-02T15:00:00Z",
        "2026-10-05T00:00:00Z",
        &["2026-10-02T15:40:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:10:00Z"],
    );
}

#[test]
fn a_time_that_comes_twice_fires_at_the_first() {
    // 2026-11-01 02:00 -04:00 becomes 01:00 -05:00
    fires(
        "0 30 1 * * *",
        "America/New_York",
        "2026-10-31T12:00:00Z",
        "2026-11-02T12:00:00Z",
        &["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"],
    );
    // 2026-10-25 03:00 +02:00 becomes 02:00 +01:00; asked for in the first of the two hours and in the second
    for from in ["2026-10-25T00:15:00Z", "2026-10-25T00:45:00Z", "2026-10-25T01:10:00Z"] {
        let today: &[&str] = if from < "2026-10-25T00:30:00Z" { &["2026-10-25T00:30:00Z"] } else { &[] };
        let expected = [today, &["2026-10-26T01:30:00Z"]].concat();
        fires("0 30 2 * * *", "Europe/Berlin", from, "2026-10-26T12:00:00Z", &expected);
    }
    // 2026-04-05 02:00 +11:00 becomes 01:30 +10:30
    fires(
        "0 45 1 * * *",
        "Australia/Lord_Howe",
        "2026-04-04T00:00:00Z",
        "2026-04-06T00:00:00Z",
        &["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"],
    );
}

#[test]
fn an_interval_fires_in_both_hours_and_not_in_the_gap() {
    let quarters = "0 */15 * * * *";
    fires(
        quarters,
        "Europe/Berlin",
        "2026-10-25T00:30:00Z",
        "2026-10-25T02:00:00Z",
        &[
            "2026-10-25T00:45:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:15:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T01:45:00Z",
            "2026-10-25T02:00:00Z",
        ],
    );
    fires(
        quarters,
        "America/New_York",
        "2026-03-08T06:30:00Z",
        "2026-03-08T07:15:00Z",
        &["2026-03-08T06:45:00Z", "2026-03-08T07:00:00Z", "2026-03-08T07:15:00Z"],
    );
    // every hour at ten past: 01:10, then 03:10, an hour later
    fires(
        "0 10 * * * *",
        "America/New_York",
        "2026-03-08T06:00:00Z",
        "2026-03-08T08:00:00Z",
        &["2026-03-08T06:10:00Z", "2026-03-08T07:10:00Z"],
    );
    fires(
        "0 */20 * * * *",
        "Australia/Lord_Howe",
        "2026-04-04T14:30:00Z",
        "2026-04-04T15:40:00Z",
        &["2026-04-04T14:40:00Z", "2026-04-04T15:10:00Z", "2026-04-04T15:30:00Z"],
    );
}

#[test]
fn without_daylight_saving_a_day_is_a_day() {
    fires(
        "0 0 4 * * *",
        "Asia/Shanghai",
        "2026-03-28T20:00:00Z",
        "2026-03-30T20:00:00Z",
        &["2026-03-29T20:00:00Z", "2026-03-30T20:00:00Z"],
    );
    // both the day of the month and the day of the week, as the alarm clock reads it
    fires(
        "0 0 0 13 * FRI",
        "Asia/Shanghai",
        "2026-01-01T00:00:00Z",
        "2026-12-31T00:00:00Z",
        &["2026-02-12T16:00:00Z", "2026-03-12T16:00:00Z", "2026-11-12T16:00:00Z"],
    );
    fires("", "Asia/Shanghai", "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", &[]);
    fires("0 0 0 30 2 *", "Asia/Shanghai", "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", &[]);
}

/// Over ten years in many zones: each firing is after the one before, on a second the expression names or at the end
/// of a gap, and going back finds what going forward found.
#[test]
fn forward_and_backward_agree() {
    for zone in
        ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Antarctica/Casey"]
    {
        for expression in ["0 30 1,2 * * SUN", "0 15 */6 * * *", "0 0 0 1 1,4,7,10 *"] {
            let timetable = Timetable::read(expression, zone.parse().unwrap()).unwrap();
            let found = timetable.between(at("2009-06-01T00:00:00Z"), at("2019-06-01T00:00:00Z"));
            assert!(found.len() >= 39, "{expression} in {zone}");
            for pair in found.windows(2) {
                assert!(pair[0] < pair[1], "{expression} in {zone}: {pair:?}");
                assert_eq!(timetable.latest(pair[1] - TimeDelta::seconds(1)), Some(pair[0]), "{zone}");
                assert_eq!(timetable.latest(pair[1]), Some(pair[1]), "{zone}");
            }
        }
    }
}

#[test]
fn a_firing_has_one_name() {
    let name = |moment: &str, zone: &str| period(at(moment), zone.parse().unwrap());
    assert_eq!(name("2026-11-21T20:00:00Z", "Asia/Shanghai"), "2026-11-22T04:00+08:00");
    assert_eq!(name("2026-11-21T20:00:05Z", "Asia/Shanghai"), "2026-11-22T04:00:05+08:00");
    // the two hours of an overlap are told apart
    assert_eq!(name("2026-10-25T00:30:00Z", "Europe/Berlin"), "2026-10-25T02:30+02:00");
    assert_eq!(name("2026-10-25T01:30:00Z", "Europe/Berlin"), "2026-10-25T02:30+01:00");
}

/// A ledger and a schedule that looks at the clock whenever it is told to.
struct Looking {
    calendar: Calendar,
    seen: BTreeMap<&'static str, DateTime<Utc>>,
    ledger: BTreeSet<(String, String)>,
    runs: Vec<Firing>,
    closed: Vec<String>,
}

const JOBS: [(&str, &str); 2] = [("backup", "0 0 3 * * *"), ("close-quarter", "0 0 4 * * *")];

impl Looking {
    fn from(zone: &str, start: DateTime<Utc>) -> Self {
        let calendar = Calendar { zone: zone.parse().unwrap(), first_month: 1 };
        let seen = JOBS.map(|(job, _)| (job, start)).into();
        Self { calendar, seen, ledger: BTreeSet::new(), runs: Vec::new(), closed: Vec::new() }
    }

    fn look(&mut self, now: DateTime<Utc>) {
        let jobs = JOBS.map(|(job, expression)| Timed { job, expression, seen: self.seen[job] });
        for firing in due(&jobs, self.calendar.zone, NO_JITTER, now).unwrap() {
            if !self.ledger.insert((firing.job.clone(), firing.period.clone())) {
                continue;
            }
            if firing.job == "close-quarter" {
                self.catch_up(firing.at);
            }
            self.runs.push(firing);
        }
        self.seen.values_mut().for_each(|seen| *seen = now);
    }

    /// As the close does: every quarter since the first data that is over, each once.
    fn catch_up(&mut self, at: DateTime<Utc>) {
        let mut quarter = self.calendar.quarter_of("2026-02-01T00:00:00Z".parse().unwrap());
        while self.calendar.end(quarter) <= at {
            if self.ledger.insert(("close-quarter".to_owned(), quarter.to_string())) {
                self.closed.push(quarter.to_string());
            }
            quarter = quarter.next();
        }
    }

    fn of(&self, job: &str) -> Vec<&Firing> {
        self.runs.iter().filter(|run| run.job == job).collect()
    }
}

/// Two years, looked at every hour, with the process down for three quarters and the clock going back twice,
/// by a day and by ninety: every night's backup runs once, of the missed ones only the latest, and every quarter is
/// closed once, in its order.
#[test]
fn two_years_of_quarters() {
    for zone in ["America/New_York", "Europe/Berlin", "Asia/Shanghai"] {
        let start = at("2026-01-01T12:00:00Z");
        let mut looking = Looking::from(zone, start);
        let step = TimeDelta::hours(1);
        let through = |looking: &mut Looking, from: DateTime<Utc>, to: DateTime<Utc>| {
            let mut now = from;
            while now < to {
                looking.look(now);
                now += step;
            }
        };
        through(&mut looking, start, at("2026-06-10T12:00:00Z"));
        let nights = looking.of("backup").len();
        assert_eq!(nights, 160, "2 January to 10 June in {zone}");
        // a day back, and on again
        through(&mut looking, at("2026-06-09T12:00:00Z"), at("2026-06-20T12:00:00Z"));
        assert_eq!(looking.of("backup").len(), nights + 10, "{zone}");
        // down until the 21st of March: the quarters of summer, autumn and winter go by
        looking.look(at("2027-03-21T12:00:00Z"));
        let backups = looking.of("backup");
        let newest = backups.last().unwrap().at.with_timezone(&looking.calendar.zone);
        assert_eq!(newest.format("%Y-%m-%d %H:%M").to_string(), "2027-03-21 03:00");
        assert_eq!(backups.len(), nights + 11, "one of all that were missed");
        assert_eq!(looking.closed, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
        through(&mut looking, at("2027-03-21T12:00:00Z"), at("2027-10-10T12:00:00Z"));
        let before = looking.of("backup").len();
        // ninety days back, and on to the end of the second year
        through(&mut looking, at("2027-07-12T12:00:00Z"), at("2028-01-02T12:00:00Z"));
        assert_eq!(looking.of("backup").len(), before + 84, "11 October to 2 January in {zone}");
        let expected =
            ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"];
        assert_eq!(looking.closed, expected, "{zone}");
    }
}

/// Replicas, and looks at other moments, name the same firing with the same delay; companies have other ones.
#[test]
fn the_delay_of_a_firing_is_its_own() {
    let zone = "Europe/Berlin".parse().unwrap();
    let jobs = [Timed { job: "backup", expression: "0 0 3 * * *", seen: at("2026-05-01T00:00:00Z") }];
    let found = |seed: &str, now: &str| {
        due(&jobs, zone, Jitter { seed, seconds: 30 }, at(now)).unwrap().pop().unwrap()
    };
    let first = found("company 0", "2026-05-01T01:00:00Z");
    assert_eq!(first, found("company 0", "2026-05-01T17:42:11.125Z"));
    let delays: BTreeSet<_> = (0..1_000)
        .map(|number| found(&format!("company {number}"), "2026-05-01T01:00:01Z"))
        .map(|firing| (firing.not_before - firing.at).num_milliseconds())
        .collect();
    assert!(delays.iter().all(|delay| (0..=30_000).contains(delay)));
    assert!(delays.len() > 950, "spread over the half minute: {}", delays.len());
    assert!(due(&jobs, zone, NO_JITTER, at("2026-05-01T01:00:00Z")).unwrap()[0].not_before == first.at);
}

#[test]
fn what_comes_is_printed() {
    let world = World::new(Backend::Sqlite).unwrap();
    let settings = "[calendar]\nzone = \"Asia/Shanghai\"\n[schedule]\nclose_quarter = \"0 0 4 1 1 *\"\nrefresh_quarter = \"\"\n";
    world.file("rapport.toml", settings);
    let ran = world.ok(&["jobs", "next", "--count", "2"]);
    let lines: Vec<_> = ran.out.lines().filter(|line| line.starts_with("close-quarter")).collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    for line in lines {
        assert!(line.contains("-01-01 04:00:00 +08:00") && line.contains("-12-31 20:00:00Z"), "{line}");
    }
    assert!(ran.out.contains("refresh-quarter") && ran.out.contains("never"), "{}", ran.out);
    world.file("rapport.toml", "[schedule]\nclose_quarter = \"every night\"\n");
    let ran = world.run(&["jobs", "next"]);
    assert_eq!(ran.code, 2);
    for words in ["schedule.close_quarter", "every night", "0 30 2 * * *"] {
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}

/// Moments at which the schedule asked for a prune, oldest first, with the attempts of each.
fn asked(world: &World) -> Vec<(DateTime<Utc>, i32)> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = rapport_entities::connect(&world.database(), false).await.unwrap();
        let runs = rapport_entities::job_run::Entity::find()
            .filter(rapport_entities::job_run::Column::Job.eq("prune"))
            .order_by_asc(rapport_entities::job_run::Column::Period)
            .all(&database)
            .await
            .unwrap();
        database.close().await.unwrap();
        runs.iter()
            .map(|run| {
                (DateTime::parse_from_str(&run.period, "%Y-%m-%dT%H:%M:%S%:z").unwrap().to_utc(), run.attempt)
            })
            .collect()
    })
}

on_both!(
    /// Replicas that look at their own moments ask for one and the same run of a firing; after a downtime the newest
    /// missed firing alone is made up for.
    replicas_and_a_downtime,
    |world| {
        // never at a whole minute, whose name has no seconds
        let settings = "[schedule]\nprune = \"2-58/4 * * * * *\"\njitter_seconds = 0\n";
        world.file("rapport.toml", settings);
        let replicas = [Server::start(world, &[]), Server::start(world, &[])];
        std::thread::sleep(std::time::Duration::from_secs(10));
        drop(replicas);
        let first = asked(world);
        assert!((2..=3).contains(&first.len()), "{first:?}");
        for (at, attempts) in &first {
            assert_eq!(at.timestamp() % 4, 2, "a firing, not the moment of a look: {first:?}");
            assert!(*attempts <= 1, "{first:?}");
        }
        std::thread::sleep(std::time::Duration::from_secs(13));
        let begun = rapport_entities::clock::now();
        let server = Server::start(world, &[]);
        assert!(server.get("/readyz").0.starts_with("HTTP/1.1 200"));
        let all = asked(world);
        drop(server);
        let missed: Vec<_> = all.iter().filter(|(at, _)| *at > first.last().unwrap().0 && *at <= begun).collect();
        assert_eq!(missed.len(), 1, "{first:?} {all:?} {begun}");
        assert!(begun - missed[0].0 <= TimeDelta::seconds(8), "the newest: {all:?} {begun}");
    }
);
