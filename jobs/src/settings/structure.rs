//! The rules of the structural model and of the drivers.

use rapport_statistics as statistics;
use serde::{Deserialize, Serialize};

/// How the structural model is estimated; the model of the American Customer Satisfaction Index by default. A
/// question belongs to the construct it names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StructureRules {
    /// From construct, to construct; one that no question names is left out with its paths.
    pub paths: Vec<(String, String)>,
    /// Constructs that their items make, instead of showing in them.
    pub formative: Vec<String>,
    /// How the inner proxies are weighted.
    pub scheme: Scheme,
    /// What the weights are estimated on.
    pub metric: Metric,
    /// What is done where an answer is missing.
    pub missing: Missing,
    /// Segments of fewer answers have their indexes by the weights of all customers.
    pub minimum_base: u64,
    /// Samples drawn where the base is below 5,000.
    pub resamples: u32,
    /// Groups left out in turn where it is not.
    pub groups: u32,
    /// Of the random numbers.
    pub seed: u64,
}

/// How the inner proxies are weighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// By the sign of the correlation.
    Centroid,
    /// By the correlation.
    Factorial,
    /// By regression of those before, correlation of those after.
    Path,
}

/// What the weights are estimated on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Items divided by their standard deviation.
    Standardised,
    /// Items as answered.
    Raw,
}

/// What is done where an answer is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Only those who answered everything count.
    Listwise,
    /// The item's mean stands in.
    MeanReplacement,
    /// Each pair over those who answered both.
    Pairwise,
}

/// What drives satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DriverRules {
    /// The constructs whose items are the drivers; the overall item is what they drive.
    pub constructs: Vec<String>,
    /// Which importance finds the quadrant.
    pub importance: Importance,
    /// Where the quadrants' axes cross.
    pub crosshair: Crosshair,
}

/// Which importance finds the quadrant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Importance {
    /// Shapley's share of R²; Johnson's above 15 drivers.
    Shapley,
    /// Johnson's share of R².
    RelativeWeight,
    /// The standardised coefficient.
    Beta,
    /// The correlation.
    Correlation,
}

/// Where the quadrants' axes cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crosshair {
    /// At the means of the drivers.
    GrandMeans,
    /// At the middle of the performance scale.
    ScaleMidpoint,
}

impl Default for StructureRules {
    fn default() -> Self {
        let paths = [
            ("expectation", "quality"),
            ("expectation", "value"),
            ("expectation", "satisfaction"),
            ("quality", "value"),
            ("quality", "satisfaction"),
            ("value", "satisfaction"),
            ("satisfaction", "complaints"),
            ("satisfaction", "loyalty"),
            ("complaints", "loyalty"),
        ];
        Self {
            paths: paths.map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec(),
            formative: Vec::new(),
            scheme: Scheme::Path,
            metric: Metric::Standardised,
            missing: Missing::Listwise,
            minimum_base: 100,
            resamples: 500,
            groups: 100,
            seed: 1,
        }
    }
}

impl Default for DriverRules {
    fn default() -> Self {
        Self {
            constructs: ["quality", "value", "service"].map(str::to_owned).to_vec(),
            importance: Importance::Shapley,
            crosshair: Crosshair::GrandMeans,
        }
    }
}

impl StructureRules {
    /// Fails if no model has these paths: a cycle, a path that stands twice, a formative construct that is in none.
    pub fn validate(&self) -> Result<(), String> {
        let mut names: Vec<&str> = self.paths.iter().flat_map(|(from, to)| [&**from, &**to]).collect();
        names.sort_unstable();
        names.dedup();
        if let Some(unknown) = self.formative.iter().find(|name| !names.contains(&name.as_str())) {
            return Err(format!("no path touches the formative construct `{unknown}`"));
        }
        if names.is_empty() {
            // no model is asked for
            return Ok(());
        }
        let construct = |name: &&str| statistics::Construct {
            name: (*name).to_owned(),
            items: vec![(*name).to_owned()],
            mode: statistics::Mode::A,
        };
        let paths: Vec<(&str, &str)> = self.paths.iter().map(|(from, to)| (&**from, &**to)).collect();
        let model = statistics::Model::new(names.iter().map(construct).collect(), &paths);
        model.map(|_| ()).map_err(|error| error.to_string())
    }

    /// As the statistics take them.
    pub fn settings(&self) -> statistics::Settings {
        let scheme = match self.scheme {
            Scheme::Centroid => statistics::Scheme::Centroid,
            Scheme::Factorial => statistics::Scheme::Factorial,
            Scheme::Path => statistics::Scheme::Path,
        };
        let metric = match self.metric {
            Metric::Standardised => statistics::Metric::Standardised,
            Metric::Raw => statistics::Metric::Raw,
        };
        statistics::Settings { scheme, metric, ..statistics::Settings::default() }
    }

    /// As the statistics take it.
    pub fn missing(&self) -> statistics::Missing {
        match self.missing {
            Missing::Listwise => statistics::Missing::Listwise,
            Missing::MeanReplacement => statistics::Missing::MeanReplacement,
            Missing::Pairwise => statistics::Missing::Pairwise,
        }
    }
}

impl From<statistics::Importance> for Importance {
    fn from(importance: statistics::Importance) -> Self {
        match importance {
            statistics::Importance::Shapley => Self::Shapley,
            statistics::Importance::RelativeWeight => Self::RelativeWeight,
            statistics::Importance::Beta => Self::Beta,
            statistics::Importance::Correlation => Self::Correlation,
        }
    }
}

impl DriverRules {
    /// As the statistics take them.
    pub fn settings(&self) -> statistics::DriverSettings {
        let importance = match self.importance {
            Importance::Shapley => statistics::Importance::Shapley,
            Importance::RelativeWeight => statistics::Importance::RelativeWeight,
            Importance::Beta => statistics::Importance::Beta,
            Importance::Correlation => statistics::Importance::Correlation,
        };
        let crosshair = match self.crosshair {
            Crosshair::GrandMeans => statistics::Crosshair::GrandMeans,
            Crosshair::ScaleMidpoint => statistics::Crosshair::ScaleMidpoint,
        };
        statistics::DriverSettings { importance, crosshair }
    }
}
