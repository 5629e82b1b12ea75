//! Small dense symmetric algebra on row-major slices: Cholesky, its solves, and Jacobi's eigenvalues.
//!
//! A matrix of order `n` is a slice of `n·n`; a factor fills the lower triangle. Nothing here allocates in a solve.

/// A pivot below this share of its diagonal is a matrix without full rank.
const SINGULAR: f64 = 1e-10;

/// Replaces the lower triangle by the factor L, A = LL′.
///
/// `Err` holds the first row that is a combination of those before it (or makes the matrix indefinite).
pub(crate) fn cholesky(a: &mut [f64], n: usize) -> Result<(), usize> {
    for i in 0..n {
        for j in 0..i {
            let (before, row) = a.split_at_mut(i * n);
            let sum: f64 = row[..j].iter().zip(&before[j * n..j * n + j]).map(|(x, y)| x * y).sum();
            row[j] = (row[j] - sum) / before[j * n + j];
        }
        let row = &mut a[i * n..=i * n + i];
        let square: f64 = row[..i].iter().map(|x| x * x).sum();
        let pivot = row[i] - square;
        if pivot.is_nan() || pivot <= SINGULAR * row[i] || row[i] <= 0.0 {
            return Err(i);
        }
        row[i] = pivot.sqrt();
    }
    Ok(())
}

/// Solves Lz = b in place.
pub(crate) fn forward(l: &[f64], n: usize, b: &mut [f64]) {
    for i in 0..n {
        let sum: f64 = l[i * n..i * n + i].iter().zip(&b[..i]).map(|(x, y)| x * y).sum();
        b[i] = (b[i] - sum) / l[i * n + i];
    }
}

/// Solves LL′x = b in place.
pub(crate) fn solve(l: &[f64], n: usize, b: &mut [f64]) {
    forward(l, n, b);
    for i in (0..n).rev() {
        let sum: f64 = (i + 1..n).map(|k| l[k * n + i] * b[k]).sum();
        b[i] = (b[i] - sum) / l[i * n + i];
    }
}

/// The diagonal of (LL′)⁻¹.
pub(crate) fn inverse_diagonal(l: &[f64], n: usize) -> Vec<f64> {
    let mut column = vec![0.0; n];
    (0..n)
        .map(|i| {
            column.fill(0.0);
            column[i] = 1.0;
            forward(l, n, &mut column);
            column.iter().map(|x| x * x).sum()
        })
        .collect()
}

/// Eigenvalues, and their vectors as the columns of a row-major matrix.
pub(crate) struct Eigen {
    pub(crate) values: Vec<f64>,
    pub(crate) vectors: Vec<f64>,
}

/// Cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, §8.5): converges quadratically for symmetric `a`.
pub(crate) fn eigen(a: &[f64], n: usize) -> Eigen {
    let mut a = a.to_vec();
    let mut vectors = vec![0.0; n * n];
    (0..n).for_each(|i| vectors[i * n + i] = 1.0);
    let scale: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..64 {
        let off: f64 = (0..n * n).filter(|at| at / n != at % n).map(|at| a[at] * a[at]).sum();
        if off <= 1e-32 * scale {
            break;
        }
        for i in 0..n {
            for j in i + 1..n {
                rotate(&mut a, &mut vectors, n, (i, j));
            }
        }
    }
    Eigen { values: (0..n).map(|i| a[i * n + i]).collect(), vectors }
}

fn rotate(a: &mut [f64], vectors: &mut [f64], n: usize, (i, j): (usize, usize)) {
    if a[i * n + j] == 0.0 {
        return;
    }
    let theta = (a[j * n + j] - a[i * n + i]) / (2.0 * a[i * n + j]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for k in 0..n {
        let (x, y) = (a[k * n + i], a[k * n + j]);
        (a[k * n + i], a[k * n + j]) = (cosine * x - sine * y, sine * x + cosine * y);
    }
    for k in 0..n {
        let (x, y) = (a[i * n + k], a[j * n + k]);
        (a[i * n + k], a[j * n + k]) = (cosine * x - sine * y, sine * x + cosine * y);
        let (x, y) = (vectors[k * n + i], vectors[k * n + j]);
        (vectors[k * n + i], vectors[k * n + j]) = (cosine * x - sine * y, sine * x + cosine * y);
    }
}

#[cfg(test)]
mod tests {
    use super::{cholesky, eigen, inverse_diagonal, solve};

    const A: [f64; 9] = [4.0, 2.0, 0.6, 2.0, 3.0, 0.4, 0.6, 0.4, 2.0];

    /// A·(1, 2, 3) = (9.8, 9.2, 7.4), by hand.
    #[test]
    fn a_system_worked_by_hand() {
        let (mut l, mut b) = (A.to_vec(), [9.8, 9.2, 7.4]);
        cholesky(&mut l, 3).expect("positive definite");
        solve(&l, 3, &mut b);
        assert!(b.iter().zip([1.0, 2.0, 3.0]).all(|(x, y)| (x - y).abs() < 1e-14), "{b:?}");
        // cofactor of the last place over the determinant: (12 − 4)/(4·5.84 − 2·3.76 − 0.6·1.0)
        let last = inverse_diagonal(&l, 3)[2];
        assert!((last - 8.0 / (4.0 * 5.84 - 2.0 * 3.76 + 0.6 * (0.8 - 1.8))).abs() < 1e-14, "{last}");
    }

    #[test]
    fn a_combination_of_rows_is_named() {
        let mut a = vec![1.0, 1.0, 0.5, 1.0, 1.0, 0.5, 0.5, 0.5, 1.0];
        assert_eq!(cholesky(&mut a, 3), Err(1));
        assert_eq!(cholesky(&mut [f64::NAN], 1), Err(0));
    }

    /// Each vector is stretched by its value, and the values sum to the trace.
    #[test]
    fn eigenvectors_are_stretched() {
        let e = eigen(&A, 3);
        for k in 0..3 {
            for i in 0..3 {
                let image: f64 = (0..3).map(|j| A[i * 3 + j] * e.vectors[j * 3 + k]).sum();
                assert!((image - e.values[k] * e.vectors[i * 3 + k]).abs() < 1e-13);
            }
        }
        assert!((e.values.iter().sum::<f64>() - 9.0).abs() < 1e-13);
    }
}
