//! A second opinion for the tests: the written files read back, and types and scores worked out by the plain rule.
//! It shares no code with what wrote the files, and none with what will close them.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

/// Loyal, mercenary, hostage, defecting, as fractions of those with both axes known.
pub(super) type Shares = [f64; 4];

/// One customer over the quarters.
pub(super) struct Life {
    segments: HashMap<String, String>,
    bought: Vec<u32>,
    complained: u32,
    complaints: Vec<u32>,
    overall: Vec<Option<i64>>,
    recommend: Vec<Option<i64>>,
}

/// All customers over the quarters.
pub(super) struct Reading {
    pub(super) lives: HashMap<String, Life>,
    first: i32,
    pub(super) quarters: usize,
    pub(super) responses: u32,
}

type Row = HashMap<String, String>;

/// The rows of a file, each by its header.
pub(super) fn rows(folder: &Path, name: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut file = csv::Reader::from_path(folder.join(format!("{name}.csv")))?;
    Ok(file.deserialize().collect::<Result<_, _>>()?)
}

/// The number of a quarter written `2025-Q2`.
fn number(name: &str) -> Result<i32, Box<dyn Error>> {
    let (year, quarter) = name.split_once("-Q").ok_or("not a quarter")?;
    Ok(year.parse::<i32>()? * 4 + quarter.parse::<i32>()? - 1)
}

impl Reading {
    /// Reads the files of a company which ends with the quarter named.
    pub(super) fn of(folder: &Path, last: &str, quarters: usize) -> Result<Self, Box<dyn Error>> {
        let first = number(last)? + 1 - i32::try_from(quarters)?;
        let mut reading = Self { lives: HashMap::new(), first, quarters, responses: 0 };
        for mut row in rows(folder, "customers")? {
            let code = row.remove("code").ok_or("no code")?;
            reading.lives.insert(code, Life::new(row, quarters));
        }
        reading.each(&rows(folder, "purchases")?, |life, quarter, _| life.bought[quarter] += 1)?;
        reading.each(&rows(folder, "complaints")?, |life, quarter, _| life.complaints[quarter] += 1)?;
        let responses = rows(folder, "responses")?;
        reading.responses = u32::try_from(responses.len())?;
        reading.each(&responses, |life, quarter, row| {
            life.overall[quarter] = row["overall"].parse().ok();
            life.recommend[quarter] = row["recommend"].parse().ok();
            life.complained += u32::from(row["complained"] == "1");
        })?;
        Ok(reading)
    }

    fn each(
        &mut self,
        rows: &[Row],
        mut tell: impl FnMut(&mut Life, usize, &Row),
    ) -> Result<(), Box<dyn Error>> {
        for row in rows {
            let at = &row["at"];
            let quarter = at[..4].parse::<i32>()? * 4 + (at[5..7].parse::<i32>()? - 1) / 3 - self.first;
            let quarter = usize::try_from(quarter).ok().filter(|quarter| *quarter < self.quarters);
            let life = self.lives.get_mut(&row["customer"]).ok_or("a row of nobody")?;
            tell(life, quarter.ok_or("a row of another time")?, row);
        }
        Ok(())
    }

    /// The place of a quarter written `2025-Q2` among the company's.
    pub(super) fn quarter(&self, name: &str) -> Result<usize, Box<dyn Error>> {
        Ok(usize::try_from(number(name)? - self.first)?)
    }

    /// Shares of the four types among the lives that pass, and how many were classified.
    pub(super) fn shares(&self, quarter: usize, pass: impl Fn(&Life) -> bool) -> (Shares, f64) {
        let mut counts = [0.0; 4];
        for place in self.lives.values().filter(|life| pass(life)).filter_map(|life| life.kind(quarter)) {
            counts[place] += 1.0;
        }
        let all: f64 = counts.iter().sum();
        (counts.map(|count| count / all), all)
    }

    /// Mean overall satisfaction on 0–100.
    pub(super) fn index(&self, quarter: usize, pass: impl Fn(&Life) -> bool) -> f64 {
        let answers = self.answers(quarter, pass, |life| &life.overall);
        100.0 * (answers.iter().sum::<i64>() as f64 / answers.len() as f64 - 1.0) / 9.0
    }

    /// Net promoter score and its standard error.
    pub(super) fn nps(&self, quarter: usize, pass: impl Fn(&Life) -> bool) -> (f64, f64) {
        let answers = self.answers(quarter, pass, |life| &life.recommend);
        let part = |keep: fn(i64) -> bool| {
            answers.iter().filter(|answer| keep(**answer)).count() as f64 / answers.len() as f64
        };
        let (promoters, detractors) = (part(|answer| answer >= 9), part(|answer| answer <= 6));
        let net = promoters - detractors;
        (100.0 * net, 100.0 * ((promoters + detractors - net * net) / answers.len() as f64).sqrt())
    }

    /// Complaints of a quarter.
    pub(super) fn complaints(&self, quarter: usize, pass: impl Fn(&Life) -> bool) -> u32 {
        self.lives.values().filter(|life| pass(life)).map(|life| life.complaints[quarter]).sum()
    }

    fn answers(
        &self,
        quarter: usize,
        pass: impl Fn(&Life) -> bool,
        question: impl Fn(&Life) -> &Vec<Option<i64>>,
    ) -> Vec<i64> {
        self.lives.values().filter(|life| pass(life)).filter_map(|life| question(life)[quarter]).collect()
    }
}

impl Life {
    fn new(segments: Row, quarters: usize) -> Self {
        let (overall, recommend) = (vec![None; quarters], vec![None; quarters]);
        Self {
            segments,
            bought: vec![0; quarters],
            complained: 0,
            complaints: vec![0; quarters],
            overall,
            recommend,
        }
    }

    /// Whether the customer is of a segment.
    pub(super) fn is(&self, dimension: &str, segment: &str) -> bool {
        self.segments.get(dimension).is_some_and(|of| of == segment)
    }

    /// Complaints the customer says to have made, in all surveys.
    pub(super) fn says(&self) -> u32 {
        self.complained
    }

    /// Satisfied: 8 or more at the latest in four quarters. Staying: two purchases in four quarters, one in two.
    fn kind(&self, quarter: usize) -> Option<usize> {
        let since = |quarters: usize| (quarter + 1).saturating_sub(quarters)..=quarter;
        let latest = self.overall[since(4)].iter().rev().find_map(|answer| *answer)?;
        if self.bought[..=quarter].iter().all(|bought| *bought == 0) {
            return None;
        }
        let bought = |quarters| self.bought[since(quarters)].iter().sum::<u32>();
        let stays = bought(4) >= 2 && bought(2) >= 1;
        Some(match (latest >= 8, stays) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        })
    }
}
