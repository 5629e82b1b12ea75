//! Shapley's shares of R², which average a driver's gain over every order of entry (Lindeman, Merenda & Gold 1980).

/// Each driver's mean gain in R² over all subsets of the others; sums to R². At most a few tens of thousands of subsets:
/// the caller bounds k.
pub(super) fn shares(between: &[f64], with_target: &[f64]) -> Vec<f64> {
    let k = with_target.len();
    let mut sweep = Sweep {
        k,
        between,
        with_target,
        factor: vec![0.0; k * k],
        solved: vec![0.0; k],
        members: Vec::with_capacity(k),
        explained: vec![0.0; 1 << k],
    };
    sweep.descend(0, 0, 0.0);
    // |S|!(k − |S| − 1)!/k!, by the size of S
    let mut chances = vec![1.0 / k as f64];
    for size in 1..k {
        let before = chances[size - 1];
        chances.push(before * size as f64 / (k - size) as f64);
    }
    let share = |driver: usize| -> f64 {
        let bit = 1_usize << driver;
        let without = (0..1_usize << k).filter(|subset| subset & bit == 0);
        without
            .map(|subset| {
                let gain = sweep.explained[subset | bit] - sweep.explained[subset];
                chances[subset.count_ones() as usize] * gain
            })
            .sum()
    };
    (0..k).map(share).collect()
}

/// R² of every subset: each is its parent with one driver more, which adds one row to the Cholesky factor.
struct Sweep<'a> {
    k: usize,
    between: &'a [f64],
    with_target: &'a [f64],
    factor: Vec<f64>,
    /// L⁻¹r; the R² of the members is the sum of its squares.
    solved: Vec<f64>,
    members: Vec<usize>,
    explained: Vec<f64>,
}

impl Sweep<'_> {
    fn descend(&mut self, next: usize, subset: usize, r_squared: f64) {
        self.explained[subset] = r_squared;
        for driver in next..self.k {
            let gain = self.gain(driver);
            self.members.push(driver);
            self.descend(driver + 1, subset | 1 << driver, r_squared + gain);
            self.members.pop();
        }
    }

    /// Writes the driver's row of the factor; what R² gains.
    fn gain(&mut self, driver: usize) -> f64 {
        let size = self.members.len();
        let (before, row) = self.factor.split_at_mut(size * self.k);
        let (mut left, mut solved) = (1.0, self.with_target[driver]);
        for (at, &member) in self.members.iter().enumerate() {
            let above = &before[at * self.k..=at * self.k + at];
            let sum: f64 = row[..at].iter().zip(above).map(|(x, y)| x * y).sum();
            row[at] = (self.between[driver * self.k + member] - sum) / above[at];
            left -= row[at] * row[at];
            solved -= row[at] * self.solved[at];
        }
        // the caller made sure of full rank, and a subset's rank is full with it
        row[size] = left.max(f64::MIN_POSITIVE).sqrt();
        self.solved[size] = solved / row[size];
        self.solved[size].powi(2)
    }
}
