//! The scale of a question, and the common scales its answers are put on.

/// The scale of a question. One without width, or from 0 to 0, puts no answer anywhere: the figures are no numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Lowest answer.
    pub low: f64,
    /// Highest answer.
    pub high: f64,
    /// A high answer is bad.
    pub reversed: bool,
}

impl Scale {
    /// True if the answer lies on the scale.
    pub fn holds(&self, answer: f64) -> bool {
        answer >= self.low && answer <= self.high
    }

    /// The answer turned so that high is good.
    pub fn oriented(&self, answer: f64) -> f64 {
        if self.reversed { self.low + self.high - answer } else { answer }
    }

    /// The answer on 0–100: 100 (x − low)/(high − low), turned so that high is good.
    pub fn percent(&self, answer: f64) -> f64 {
        100.0 * (self.oriented(answer) - self.low) / (self.high - self.low)
    }

    /// The answer as points of ten: 10 x/high, so that 8 of 10, 4 of 5 and 5.6 of 7 are one cut.
    pub fn of_ten(&self, answer: f64) -> f64 {
        10.0 * self.oriented(answer) / self.high
    }

    /// True if the answer is in the best `boxes` points of the scale.
    pub fn in_top(&self, answer: f64, boxes: u32) -> bool {
        self.oriented(answer) > self.high - f64::from(boxes)
    }
}
