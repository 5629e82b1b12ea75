//! Weights to margins.

use rapport_statistics::{Cell, Margin, WeightCap, rake};

use crate::{check, source::Source};

/// Cells and margins that fit, contradict or miss each other.
pub fn weights(source: &mut Source) -> bool {
    let margins = source.list(3, |source| {
        let name = format!("margin {}", source.below(3));
        Margin { name, shares: source.list(4, |source| source.number(0.0, 1.0)) }
    });
    let cells = source.list(20, |source| {
        let n = if source.is_wild() {
            source.one(&[0, 1, u64::MAX, 1 << 60])
        } else {
            u64::from(source.count(50))
        };
        let category = |margin: &Margin, source: &mut Source| {
            let place = if source.is_wild() { usize::MAX } else { source.below(margin.shares.len().max(1)) };
            (!source.once_in(9)).then_some(place)
        };
        let mut categories: Vec<_> = margins.iter().map(|margin| category(margin, source)).collect();
        if source.once_in(30) {
            categories.pop();
        }
        Cell { n, categories }
    });
    let cap = match source.any() {
        true => WeightCap::default(),
        false => WeightCap { least: source.number(0.01, 1.0), most: source.number(1.0, 9.0) },
    };
    let Ok(it) = rake(&cells, &margins, cap) else { return false };
    assert_eq!(it.weights.len(), cells.len());
    assert_eq!(it.n, cells.iter().map(|cell| cell.n).sum::<u64>());
    for weight in &it.weights {
        assert!(*weight >= cap.least && *weight <= cap.most, "{weight} beyond {cap:?}");
    }
    let n = it.n as f64;
    let mean = cells.iter().zip(&it.weights).map(|(cell, weight)| cell.n as f64 / n * weight).sum::<f64>();
    assert!((mean - 1.0).abs() < 1e-6, "a mean weight of {mean}: {it:?}");
    check::within("effective base", it.effective_n / n, 0.0, 1.0);
    check::finite("rounds", f64::from(it.rounds));
    true
}
