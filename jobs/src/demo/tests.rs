//! The company is the same for the same seed, and its files tell the story they are said to tell.

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use super::reading::{Life, Reading, rows};
use super::{Company, Error as Unwritten, Story};

type Outcome = Result<(), Box<dyn Error>>;

const FILES: [&str; 14] = [
    "customers.csv",
    "purchases.csv",
    "responses.csv",
    "complaints.csv",
    "steps.csv",
    "losses.csv",
    "winbacks.csv",
    "employees.csv",
    "partners.csv",
    "remarks.csv",
    "prospects.csv",
    "grades.csv",
    "company.toml",
    "actions.csv",
];
const SMALL: Company = Company { customers: 200, quarters: 6, seed: 7, last: (2026, 1) };

fn bytes(company: Company) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    company.write(folder.path())?;
    Ok(FILES.iter().map(|name| fs::read(folder.path().join(name))).collect::<Result<_, _>>()?)
}

#[test]
fn the_same_seed_writes_the_same_bytes() -> Outcome {
    assert!(bytes(SMALL)? == bytes(SMALL)?);
    Ok(())
}

#[test]
fn another_seed_writes_another_company() -> Outcome {
    let (one, other) = (bytes(SMALL)?, bytes(Company { seed: 8, ..SMALL })?);
    for (place, name) in FILES.iter().enumerate().take(9) {
        assert!(one[place] != other[place], "{name} is the same for two seeds");
    }
    Ok(())
}

#[test]
fn more_customers_leave_the_first_as_they_were() -> Outcome {
    let (few, many) = (bytes(SMALL)?, bytes(Company { customers: 300, ..SMALL })?);
    for place in 0..7 {
        assert!(many[place].starts_with(&few[place]));
    }
    Ok(())
}

#[test]
fn a_company_of_nothing_or_of_no_quarter_is_refused() -> Outcome {
    let folder = tempfile::tempdir()?;
    let refused = |company: Company| company.write(folder.path()).err();
    assert!(matches!(refused(Company { customers: 0, ..SMALL }), Some(Unwritten::Empty)));
    assert!(matches!(refused(Company { quarters: 0, ..SMALL }), Some(Unwritten::Empty)));
    for last in [(2026, 0), (2026, 5), (0, 1), (i32::MAX, 4), (1, 1)] {
        let wrong = refused(Company { last, ..SMALL });
        assert!(matches!(wrong, Some(Unwritten::Quarter { .. })), "{last:?} was taken");
    }
    assert!(fs::read_dir(folder.path())?.next().is_none(), "something was written all the same");
    Ok(())
}

#[test]
fn a_company_of_any_length_is_written() -> Outcome {
    for quarters in 1..=9 {
        let folder = tempfile::tempdir()?;
        let story = Company { quarters, ..SMALL }.write(folder.path())?;
        let reading = Reading::of(folder.path(), "2026-Q1", quarters)?;
        assert!(reading.quarter(&story.price_war.quarter)? < quarters);
    }
    Ok(())
}

#[test]
fn every_row_has_a_code_of_its_own_and_cells_the_importer_knows() -> Outcome {
    let folder = tempfile::tempdir()?;
    SMALL.write(folder.path())?;
    for name in ["customers", "purchases", "responses", "complaints", "steps", "employees", "partners"] {
        let rows = rows(folder.path(), name)?;
        let codes: HashSet<&String> = rows.iter().map(|row| &row["code"]).collect();
        assert_eq!(codes.len(), rows.len(), "{name}");
    }
    for row in rows(folder.path(), "purchases")? {
        let (_, cents) = row["amount"].split_once('.').ok_or("an amount without digits")?;
        assert_eq!(cents.len(), 2);
        assert!(row["at"].len() == 20 && row["at"].ends_with('Z'), "{}", row["at"]);
    }
    for row in rows(folder.path(), "complaints")? {
        assert!(["low", "medium", "high"].contains(&row["severity"].as_str()));
        assert!(row["resolved_at"].is_empty() || row["resolved_at"] > row["at"]);
        assert!(row["resolved_at"].as_str() < "2026-04-01T00:00:00Z");
    }
    Ok(())
}

#[test]
fn the_mapping_names_every_segment_and_question_of_the_files() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mapping = SMALL.write(folder.path())?.mapping;
    let mapping: toml::Table = fs::read_to_string(mapping)?.parse()?;
    let rows_of = |entity: &str| mapping[entity][0]["rows"].as_array().cloned().unwrap_or_default();
    let segments: HashSet<(String, String)> = rows_of("segment")
        .iter()
        .map(|row| (row["dimension"].to_string().replace('"', ""), row["code"].to_string().replace('"', "")))
        .collect();
    for row in rows(folder.path(), "customers")? {
        for dimension in
            ["region", "plan", "industry"].into_iter().filter(|dimension| !row[*dimension].is_empty())
        {
            assert!(segments.contains(&(dimension.to_owned(), row[dimension].clone())));
        }
    }
    let select = mapping["response"][0]["select"].as_str().ok_or("no select")?;
    let first = rows(folder.path(), "responses")?.swap_remove(0);
    for question in rows_of("question") {
        if question["survey"].as_str() != Some("quarterly") {
            continue;
        }
        let code = question["code"].as_str().ok_or("no code")?;
        assert!(first.contains_key(code) && select.contains(code), "{code}");
        let answer = first[code].parse::<i64>().ok();
        let scale = question["low"].as_integer()..=question["high"].as_integer();
        assert!(answer.is_none() || scale.contains(&answer), "{code} is {answer:?}");
    }
    Ok(())
}

fn company(seed: u64) -> Result<(Story, Reading), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let company = Company { seed, ..Company::default() };
    let story = company.write(folder.path())?;
    items_are_left_out_now_and_then(folder.path())?;
    let reading = Reading::of(folder.path(), "2025-Q4", company.quarters)?;
    Ok((story, reading))
}

fn items_are_left_out_now_and_then(folder: &Path) -> Outcome {
    let responses = rows(folder, "responses")?;
    let cells = responses.iter().flat_map(|row| row.values());
    let (all, empty) = cells.fold((0, 0), |(all, empty), cell| (all + 1, empty + u32::from(cell.is_empty())));
    let part = f64::from(empty) / f64::from(all);
    assert!((0.015..0.03).contains(&part), "{part} of the cells are empty");
    Ok(())
}

#[test]
fn the_company_looks_like_one() -> Outcome {
    for seed in [1, 20] {
        let (_, reading) = company(seed)?;
        let everyone = |_: &Life| true;
        let ([loyal, mercenary, hostage, defecting], n) = reading.shares(reading.quarters - 1, everyone);
        assert!((0.45..0.60).contains(&loyal), "{seed}: loyal {loyal}");
        assert!((0.08..0.15).contains(&mercenary), "{seed}: mercenary {mercenary}");
        assert!((0.10..0.20).contains(&hostage), "{seed}: hostage {hostage}");
        assert!((0.15..0.25).contains(&defecting), "{seed}: defecting {defecting}");
        assert!(n > 2_000.0, "{seed}: {n} classified");
        for quarter in (0..reading.quarters).filter(|quarter| !(7..9).contains(quarter)) {
            let (index, (nps, _)) = (reading.index(quarter, everyone), reading.nps(quarter, everyone));
            assert!((72.0..80.0).contains(&index), "{seed}: index {index} in quarter {quarter}");
            assert!((15.0..45.0).contains(&nps), "{seed}: NPS {nps} in quarter {quarter}");
        }
        let said: u32 = reading.lives.values().map(Life::says).sum();
        assert!((0.02..0.12).contains(&(f64::from(said) / f64::from(reading.responses))));
    }
    Ok(())
}

#[test]
fn the_failure_is_found() -> Outcome {
    for seed in [1, 20] {
        let (story, reading) = company(seed)?;
        let there = |life: &Life| life.is(&story.failure.dimension, &story.failure.segment);
        let when = reading.quarter(&story.failure.quarter)?;
        let index = [when - 1, when, when + 2].map(|quarter| reading.index(quarter, there));
        assert!(index[1] < index[0] - 15.0, "{seed}: index {index:?}");
        assert!(index[2] > index[1] + 10.0, "{seed}: not recovered, {index:?}");
        let ((before, error), (after, other)) = (reading.nps(when - 1, there), reading.nps(when, there));
        assert!(before - after > 5.0 * error.hypot(other), "{seed}: NPS {before} and {after}");
        let complaints = [when - 1, when, when + 2].map(|quarter| reading.complaints(quarter, there));
        assert!(complaints[1] > 3 * complaints[0].max(complaints[2]), "{seed}: {complaints:?}");
        let lost = [when, when + 2].map(|quarter| reading.shares(quarter, there).0[3]);
        assert!(lost[1] > lost[0] + 0.04, "{seed}: defecting {lost:?}");
    }
    Ok(())
}

#[test]
fn the_price_war_is_found() -> Outcome {
    for seed in [1, 20] {
        let (story, reading) = company(seed)?;
        let there = |life: &Life| life.is(&story.price_war.dimension, &story.price_war.segment);
        let when = reading.quarter(&story.price_war.quarter)?;
        let (before, after) = (reading.shares(when, there), reading.shares(when + 4, there));
        assert!(after.0[1] > before.0[1] + 0.08, "{seed}: mercenaries {} and {}", before.0[1], after.0[1]);
        let error = error(before.0[1], before.1).hypot(error(after.0[1], after.1));
        assert!(after.0[1] - before.0[1] > 4.0 * error, "{seed}");
        let elsewhere = reading.shares(when + 4, |life| !there(life)).0[1];
        assert!(after.0[1] > elsewhere + 0.07, "{seed}: elsewhere {elsewhere}");
    }
    Ok(())
}

#[test]
fn the_competition_is_found() -> Outcome {
    for seed in [1, 20] {
        let (story, reading) = company(seed)?;
        let there = |life: &Life| life.is(&story.competition.dimension, &story.competition.segment);
        let when = reading.quarter(&story.competition.quarter)?;
        let before = reading.shares(when - 1, there);
        for quarter in when + 1..reading.quarters {
            let after = reading.shares(quarter, there);
            let error = error(before.0[2], before.1).hypot(error(after.0[2], after.1));
            let fall = before.0[2] - after.0[2];
            assert!(fall > 0.08 && fall > 3.0 * error, "{seed}: hostages fell by {fall}");
        }
    }
    Ok(())
}

/// Employees of the region whose service fails say so a quarter before its customers do; and regions whose employees are
/// content have content customers a quarter later.
#[test]
fn employees_know_it_first() -> Outcome {
    for seed in [1, 20] {
        let folder = tempfile::tempdir()?;
        let company = Company { seed, ..Company::default() };
        let story = company.write(folder.path())?;
        let reading = Reading::of(folder.path(), "2025-Q4", company.quarters)?;
        let employees = rows(folder.path(), "employees")?;
        let work = |quarter: usize, region: &str| -> Result<f64, Box<dyn Error>> {
            let answers = employees.iter().filter(|row| row["unit"] == region);
            let mut given = Vec::new();
            for row in answers {
                let month: usize = row["at"][5..7].parse()?;
                let name = format!("{}-Q{}", &row["at"][..4], month.div_ceil(3));
                if reading.quarter(&name)? == quarter {
                    given.extend(row["work"].parse::<f64>().ok());
                }
            }
            Ok(given.iter().sum::<f64>() / given.len() as f64)
        };
        let (failing, when) = (&story.failure.segment, reading.quarter(&story.failure.quarter)?);
        assert!(work(when - 1, failing)? < work(when - 2, failing)? - 1.0, "{seed}");
        let there = |life: &Life| life.is("region", failing);
        assert!(reading.index(when - 1, there) > reading.index(when - 2, there) - 5.0, "{seed}");
        let last = reading.quarters - 1;
        let [west, east] = ["west", "east"].map(|region| work(last - 1, region));
        assert!(east? > west? + 0.5, "{seed}");
        let index = |region| reading.index(last, |life: &Life| life.is("region", region));
        assert!(index("east") > index("west") + 2.0, "{seed}");
    }
    Ok(())
}

/// Standard error of a share.
fn error(share: f64, n: f64) -> f64 {
    (share * (1.0 - share) / n).sqrt()
}
