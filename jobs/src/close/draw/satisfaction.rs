//! The charts of satisfaction: the index and its trend, the segments, what drives it, and the structural model.

use rapport_charts::{
    Construct, Driver, Drivers, ImportancePerformance, IndexTrend, Nps, NpsBar, Panel, Path, Segments,
    StructuralModel, Subject, TrendPoint,
};
use rapport_entities::{ALL, Metric, PathKind, driver, score};
use rapport_messages::Locale;

use super::{Gallery, rules, stored::Place};
use crate::close::rules_in_words;

impl Gallery {
    fn trend(&self, place: &Place, metric: Metric) -> impl Iterator<Item = TrendPoint> {
        self.stored.scores(place, metric).map(|(quarter, score)| TrendPoint {
            quarter: quarter.to_string(),
            value: score.and_then(|score| score.value),
            lower: score.and_then(|score| score.lower),
            upper: score.and_then(|score| score.upper),
            n: n_of(score),
            suppressed: score.is_some_and(|score| score.suppressed),
        })
    }

    pub(super) fn index_trend(&self, place: &Place, subject: Subject, locale: Locale) -> IndexTrend {
        let metric = self.headline;
        IndexTrend {
            subject,
            metric: locale.label("metric", metric.as_str()).into_owned(),
            rule: rules_in_words::metric_rule(metric, &self.settings.rules, locale),
            points: self.trend(place, metric).skip_while(|point| point.n == 0).collect(),
            low: 0.0,
            high: 100.0,
        }
    }

    pub(super) fn segments(&self, subject: Subject, locale: Locale) -> Segments {
        let metric = self.headline;
        let all = (ALL.to_owned(), ALL.to_owned());
        let known = self.trend(&all, metric).skip_while(|point| point.n == 0).count();
        let skipped = self.stored.scores(&all, metric).count() - known;
        let panel = |(place, name): &(Place, Option<String>)| {
            let points = self.trend(place, metric).skip(skipped).collect();
            name.as_ref().map(|name| Panel { name: name.clone(), points })
        };
        Segments {
            subject,
            metric: locale.label("metric", metric.as_str()).into_owned(),
            rule: rules_in_words::metric_rule(metric, &self.settings.rules, locale),
            panels: self.stored.names.iter().filter_map(panel).collect(),
            reference: self.trend(&all, metric).last().and_then(|point| point.value),
            low: 0.0,
            high: 100.0,
        }
    }

    pub(super) fn nps(&self, place: &Place, subject: Subject, locale: Locale) -> Nps {
        let share =
            |metric| self.stored.scores(place, metric).map(|(_, score)| score.and_then(|score| score.value));
        let bars = self
            .stored
            .scores(place, Metric::Nps)
            .zip(share(Metric::Promoters))
            .zip(share(Metric::Detractors))
            .map(|(((quarter, score), promoters), detractors)| NpsBar {
                label: quarter.to_string(),
                promoters,
                detractors,
                score: score.and_then(|score| score.value),
                lower: score.and_then(|score| score.lower),
                upper: score.and_then(|score| score.upper),
                n: n_of(score),
                suppressed: score.is_some_and(|score| score.suppressed),
            });
        Nps {
            subject,
            rule: rules_in_words::metric_rule(Metric::Nps, &self.settings.rules, locale),
            bars: bars.skip_while(|bar| bar.n == 0).collect(),
        }
    }

    pub(super) fn drivers(&self, place: &Place, subject: Subject, locale: Locale) -> Drivers {
        let stored = self.stored.drivers(place);
        Drivers {
            subject,
            rule: rules::drivers(&self.settings.rules, locale),
            drivers: stored.iter().map(|row| self.driver(row, locale)).collect(),
            is_share: rules::is_share(&self.settings.rules),
            r_squared: stored.first().and_then(|row| row.r_squared),
            significance: self.settings.rules.significance,
        }
    }

    pub(super) fn importance_performance(
        &self,
        place: &Place,
        subject: Subject,
        locale: Locale,
    ) -> ImportancePerformance {
        let stored = self.stored.drivers(place);
        let crosshair = |row: &driver::Model| row.crosshair_importance.zip(row.crosshair_performance);
        ImportancePerformance {
            subject,
            rule: rules::grid(&self.settings.rules, locale),
            drivers: stored.iter().map(|row| self.driver(row, locale)).collect(),
            is_share: rules::is_share(&self.settings.rules),
            crosshair: stored.first().and_then(crosshair),
        }
    }

    fn driver(&self, row: &driver::Model, locale: Locale) -> Driver {
        let asked = self.stored.questions.get(&row.question).filter(|text| !text.trim().is_empty());
        Driver {
            name: asked.map_or_else(|| row.question.clone(), |text| in_language(text, locale).to_owned()),
            importance: row.importance,
            performance: row.performance,
            beta: row.beta,
            p_value: row.p_value,
            quadrant: row.quadrant.map(|quadrant| quadrant.as_str().to_owned()),
            n: row.n.unsigned_abs(),
        }
    }

    pub(super) fn structural_model(
        &self,
        place: &Place,
        subject: Subject,
        locale: Locale,
    ) -> StructuralModel {
        let paths = |kind| self.stored.paths(place, kind);
        let value = |kind, code: &str| paths(kind).find(|row| row.target == code).and_then(|row| row.value);
        // in the order of the rules, so that causes come before their effects
        let named = self.settings.rules.structure.paths.iter().flat_map(|(from, to)| [from, to]);
        let mut codes: Vec<&str> = Vec::new();
        for code in named.map(String::as_str) {
            let estimated = paths(PathKind::Path).any(|row| row.source == code || row.target == code);
            if estimated && !codes.contains(&code) {
                codes.push(code);
            }
        }
        let construct = |code: &&str| Construct {
            code: (*code).to_owned(),
            name: locale.label("construct", code).into_owned(),
            index: value(PathKind::Index, code),
            r_squared: value(PathKind::RSquared, code),
        };
        let path = |row: &rapport_entities::path_estimate::Model| Path {
            from: row.source.clone(),
            to: row.target.clone(),
            coefficient: row.value,
            interval: row.lower.zip(row.upper),
        };
        StructuralModel {
            subject,
            rule: rules::model(&self.settings.rules, locale),
            constructs: codes.iter().map(construct).collect(),
            n: paths(PathKind::Path).map(|row| row.n.unsigned_abs()).max().unwrap_or(0),
            paths: paths(PathKind::Path).map(path).collect(),
        }
    }
}

/// The part of a question that is in the reader's language, where it is asked in two: the words before the first
/// Chinese sign, or those from it on.
fn in_language(text: &str, locale: Locale) -> &str {
    let han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    let Some((first, other)) = text.find(han).map(|at| text.split_at(at)) else { return text };
    if first.chars().filter(|c| c.is_alphabetic()).count() < 3 {
        return text;
    }
    locale.pick(first, other).trim()
}

fn n_of(score: Option<&score::Model>) -> u64 {
    score.map_or(0, |score| score.n.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_of_two_languages_are_told_apart() {
        let both = "How good is the service? 服务质量如何?";
        assert_eq!(in_language(both, Locale::En), "How good is the service?");
        assert_eq!(in_language(both, Locale::Zh), "服务质量如何?");
        assert_eq!(in_language("价格 price", Locale::En), "价格 price");
        assert_eq!(in_language("Price", Locale::Zh), "Price");
    }
}
