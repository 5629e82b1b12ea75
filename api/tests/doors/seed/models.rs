//! The models of a set, as a close writes them: of a segment with too few answers only that it has too few.

use super::*;

/// Two surveys of customers that ask the same, and one of employees.
pub async fn survey(database: &Database) {
    for (code, audience, text) in [
        ("a-staff", Audience::Employee, "How are you?"),
        ("b-first", Audience::Customer, "How easy is it to use?"),
        ("c-second", Audience::Customer, "How easy is it?"),
    ] {
        put(database, survey::Model { code: code.into(), name: code.into(), audience }).await;
        let row = question::Model {
            survey: code.into(),
            code: "q-ease".into(),
            position: 1,
            text: text.into(),
            construct: Some("quality".into()),
            measure: None,
            low: 1,
            high: 10,
            missing: None,
            reversed: false,
            weight: 1.0,
            element: None,
            importance_of: None,
            value_side: None,
            value_component: None,
        };
        put(database, row).await;
    }
}

pub async fn models(database: &Database, set: &str, place: (String, String)) {
    let suppressed = place.1 == "west";
    for (model, reason) in [(ModelKind::Structure, None), (ModelKind::Drivers, Some("thin"))] {
        let row = model_fit::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            model,
            outcome: match reason {
                _ if suppressed => FitOutcome::TooFew,
                Some(_) => FitOutcome::Warned,
                None => FitOutcome::Fitted,
            },
            reason: reason.map(str::to_owned),
            n: if suppressed { 7 } else { 400 },
            complete: None,
            effective_n: (!suppressed).then_some(380.5),
            details: "{}".into(),
        };
        put(database, row).await;
    }
    parameters(database, set, place.clone(), suppressed).await;
    cohorts(database, set, place.clone(), suppressed).await;
    funnel(database, set, place.clone(), suppressed).await;
    themes(database, set, place.clone(), suppressed).await;
    modes(database, set, place.clone(), suppressed).await;
    if !suppressed {
        drivers(database, set, place.clone()).await;
        paths(database, set, place.clone()).await;
        curves(database, set, place).await;
    }
}

async fn parameters(database: &Database, set: &str, place: (String, String), suppressed: bool) {
    for (model, name) in [(ModelKind::Concentration, "gini"), (ModelKind::Retention, "affection_from")] {
        let row = parameter::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            model,
            name: name.into(),
            value: (!suppressed).then_some(0.6),
            lower: (!suppressed).then_some(0.5),
            upper: (!suppressed).then_some(0.7),
            standard_error: (!suppressed).then_some(0.05),
            n: 12,
        };
        put(database, row).await;
    }
}

async fn cohorts(database: &Database, set: &str, place: (String, String), suppressed: bool) {
    for (acquired, age) in [("2025-Q4", 0), ("2025-Q4", 1), ("2025-Q4", 10), ("2026-Q1", 0)] {
        let row = cohort::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            acquired: acquired.parse().unwrap(),
            age,
            customers: (!suppressed).then_some(40),
            retained: (!suppressed).then_some(30),
            share: (!suppressed).then_some(0.75),
            lower: (!suppressed).then_some(0.6),
            upper: (!suppressed).then_some(0.9),
            unbounded_share: (!suppressed).then_some(0.8),
            suppressed,
        };
        put(database, row).await;
    }
}

async fn funnel(database: &Database, set: &str, place: (String, String), suppressed: bool) {
    for (scheme, step, class) in [
        (Scheme::Stage, 2, "first_time"),
        (Scheme::Stage, 3, "repeat"),
        (Scheme::Lifecycle, 0, "exploration"),
    ] {
        let row = funnel_step::Model {
            set_id: set.into(),
            scheme,
            dimension: place.0.clone(),
            segment: place.1.clone(),
            place: step,
            class: class.into(),
            customers: (!suppressed).then_some(40),
            quarters: (!suppressed).then_some(1.5),
            advanced: (!suppressed).then_some(9),
            fell_back: (!suppressed).then_some(3),
            conversion: (!suppressed).then_some(0.25),
            lower: (!suppressed).then_some(0.1),
            upper: (!suppressed).then_some(0.4),
            n: 36,
            suppressed,
        };
        put(database, row).await;
    }
}

async fn themes(database: &Database, set: &str, place: (String, String), suppressed: bool) {
    for (kind, name) in [(RemarkKind::Problem, "Delivery"), (RemarkKind::Suggestion, "Self-service")] {
        let row = theme::Model {
            set_id: set.into(),
            kind,
            dimension: place.0.clone(),
            segment: place.1.clone(),
            theme: name.into(),
            customers: (!suppressed).then_some(4),
            remarks: (!suppressed).then_some(5),
            share: (!suppressed).then_some(0.1),
            lower: (!suppressed).then_some(0.04),
            upper: (!suppressed).then_some(0.2),
            n: 40,
            suppressed,
        };
        put(database, row).await;
    }
}

async fn modes(database: &Database, set: &str, place: (String, String), suppressed: bool) {
    for (facet, way) in [(AnswerFacet::Channel, "App"), (AnswerFacet::Mode, "in_person")] {
        let row = mode_effect::Model {
            set_id: set.into(),
            metric: Metric::Csi,
            dimension: place.0.clone(),
            segment: place.1.clone(),
            facet,
            way: way.into(),
            value: (!suppressed).then_some(71.5),
            lower: (!suppressed).then_some(68.0),
            upper: (!suppressed).then_some(75.0),
            n: 40,
            suppressed,
            effect: (!suppressed).then_some(2.5),
            effect_lower: (!suppressed).then_some(-1.0),
            effect_upper: (!suppressed).then_some(6.0),
            p_value: (!suppressed).then_some(0.16),
            significant: (!suppressed).then_some(false),
            matched: (!suppressed).then_some(39),
            others: (!suppressed).then_some(55),
        };
        put(database, row).await;
    }
}

async fn drivers(database: &Database, set: &str, place: (String, String)) {
    for (question, quadrant) in
        [("q-ease", Some(Quadrant::ConcentrateHere)), ("q-price", Some(Quadrant::KeepUp)), ("q-speed", None)]
    {
        let row = driver::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            question: question.into(),
            target: "q-overall".into(),
            stated: None,
            importance: Some(0.25),
            shapley: Some(0.25),
            relative_weight: Some(0.24),
            correlation: Some(0.5),
            beta: Some(0.4),
            p_value: Some(0.01),
            variance_inflation: Some(1.5),
            performance: Some(61.0),
            quadrant,
            crosshair_importance: Some(0.2),
            crosshair_performance: Some(70.0),
            r_squared: Some(0.55),
            n: 400,
        };
        put(database, row).await;
    }
}

async fn paths(database: &Database, set: &str, place: (String, String)) {
    for (kind, source, target) in [
        (PathKind::GoodnessOfFit, "", ""),
        (PathKind::Loading, "q-ease", "quality"),
        (PathKind::Path, "quality", "value"),
        (PathKind::Path, "quality", "satisfaction"),
    ] {
        let row = path_estimate::Model {
            set_id: set.into(),
            dimension: place.0.clone(),
            segment: place.1.clone(),
            kind,
            source: source.into(),
            target: target.into(),
            value: Some(0.7),
            lower: Some(0.6),
            upper: Some(0.8),
            standard_error: Some(0.05),
            n: 400,
        };
        put(database, row).await;
    }
}

async fn curves(database: &Database, set: &str, place: (String, String)) {
    // eleven points, so that the tenth must not stand before the second
    for number in 0..11 {
        let zone = Zone::ALL[usize::try_from(number / 4).unwrap()];
        let y = f64::from(number) / 10.0;
        for (curve, zone) in [(CurveKind::Lorenz, None), (CurveKind::Retention, Some(zone))] {
            let row = curve_point::Model {
                set_id: set.into(),
                dimension: place.0.clone(),
                segment: place.1.clone(),
                curve,
                place: number,
                x: f64::from(number),
                y,
                lower: zone.map(|_| y - 0.05),
                upper: zone.map(|_| y + 0.05),
                monotone: zone.map(|_| y),
                zone,
                n: 40,
            };
            put(database, row).await;
        }
    }
}
