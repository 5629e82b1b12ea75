//! The shifted beta-geometric model of contracts.

use rapport_statistics::behaviour::ShiftedBetaGeometric;

use crate::{check, purchases, source::Source};

/// A model by its parameters, and one by its fit.
pub fn contracts(source: &mut Source) -> bool {
    if let Ok(model) = ShiftedBetaGeometric::new(source.number(0.01, 5.0), source.number(0.01, 9.0)) {
        ages(&model, source);
    }
    let lost = source.list(12, |source| source.number(0.0, 90.0));
    let left = source.number(0.0, 300.0);
    let Ok(fit) = ShiftedBetaGeometric::fit(&lost, left) else { return false };
    purchases::parameters(&fit.parameters, fit.status);
    check::finite("log-likelihood", fit.log_likelihood);
    check::finite("log-likelihood", fit.model.log_likelihood(&lost, left));
    ages(&fit.model, source);
    true
}

fn ages(model: &ShiftedBetaGeometric, source: &mut Source) {
    for renewal in [0, 1, 2, source.count(12), u32::MAX] {
        check::share("survival", model.survival(renewal));
        check::share("retention", model.retention(renewal));
        assert!(model.survival(renewal) <= model.survival(renewal / 2) + 1e-9, "{model:?} at {renewal}");
    }
}
