//! A sample company: CSV files and a mapping, told from a seed, to be loaded by the ordinary import.
//! The same company writes the same bytes; no clock is read and no customer's life depends on another's.

mod action;
mod calendar;
mod case;
mod chance;
mod complaint;
mod customer;
mod files;
mod loss;
mod mapping;
mod market;
mod mode;
mod names;
mod people;
mod prospect;
mod purchase;
#[cfg(test)]
mod reading;
mod relationship;
mod remark;
mod story;
mod survey;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use calendar::Calendar;
use chance::Chance;
use customer::Customer;
use files::Files;
use market::Market;
use relationship::Relationship;

pub use story::{Episode, Story};

/// The company to tell of: its size, the seed of everything random, and the calendar quarter it ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Company {
    /// Customers in all, those included who arrive in the last quarter.
    pub customers: usize,
    /// Quarters with facts, the last included. The story needs nine or more to have a before and an after.
    pub quarters: usize,
    /// The same seed gives the same files, byte for byte.
    pub seed: u64,
    /// The last quarter: year and quarter of the calendar year, 1 to 4.
    pub last: (i32, u8),
}

impl Default for Company {
    fn default() -> Self {
        Self { customers: 5_000, quarters: 12, seed: 1, last: (2025, 4) }
    }
}

/// Why a company was not written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nobody, or no time, to tell of.
    #[error("a sample company needs at least one customer and one quarter")]
    Empty,
    /// The last quarter is not one of the calendar, or the first would not be.
    #[error(
        "{year}-Q{quarter} is not a quarter a sample company can end with: give years 1 to 9999 and quarters 1 to 4"
    )]
    Quarter {
        /// The year given.
        year: i32,
        /// The quarter given.
        quarter: u8,
    },
    /// A file or its folder could not be written.
    #[error("{} could not be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A row could not be written.
    #[error("a row of {} could not be written", path.display())]
    Row {
        /// The file.
        path: PathBuf,
        /// What the writer said.
        source: csv::Error,
    },
}

impl Company {
    /// Writes `customers.csv`, `purchases.csv`, `responses.csv`, `remarks.csv`, `complaints.csv`, `steps.csv`,
    /// `losses.csv`, `winbacks.csv`, `employees.csv`, `partners.csv`, `prospects.csv`, `grades.csv`, `actions.csv` and the mapping `company.toml` into
    /// `folder`, which is made if it is not there. Customers are written one by one: memory does not grow with their
    /// number.
    ///
    /// # Errors
    /// [`Error::Empty`] and [`Error::Quarter`] before anything is written; the others when the disk refuses.
    pub fn write(&self, folder: &Path) -> Result<Story, Error> {
        if self.customers == 0 || self.quarters == 0 {
            return Err(Error::Empty);
        }
        let calendar = Calendar::ending(self.last, self.quarters)?;
        let market = Market::new(Chance::of_market(self.seed), self.quarters);
        let mut files = Files::create(folder)?;
        for index in 0..self.customers {
            let mut chance = Chance::of_customer(self.seed, index);
            let customer = Customer::draw(&mut chance, index, self.quarters);
            let mut sales = Chance::of_prospects(self.seed, index);
            prospect::write(&customer, &mut sales, &calendar, &mut files)?;
            Relationship::new(customer, chance, (self.seed, index), &market, &calendar).tell(&mut files)?;
        }
        people::tell(Chance::of_people(self.seed), &market, &calendar, &mut files)?;
        action::tell(market.plot(), &calendar, &mut files)?;
        files.finish()?;
        let mapping = mapping::write(folder)?;
        Ok(market.plot().story(&calendar, mapping))
    }
}
