//! A path model: constructs, their items, and the paths between them, without a cycle.

use std::ops::Range;

use super::PathError;

/// How items and their construct belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Reflective: the construct shows in its items; weights are covariances.
    #[default]
    A,
    /// Formative: the items make the construct; weights are regression coefficients.
    B,
}

/// A construct: what the items of a block measure together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Construct {
    /// Unique in its model.
    pub name: String,
    /// Names of its items, in the order of the results.
    pub items: Vec<String>,
    /// Reflective or formative.
    pub mode: Mode,
}

/// A checked model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub(crate) constructs: Vec<Construct>,
    pub(crate) paths: Vec<(usize, usize)>,
    pub(crate) predecessors: Vec<Vec<usize>>,
    pub(crate) successors: Vec<Vec<usize>>,
    /// Every construct after those that lead to it.
    pub(crate) order: Vec<usize>,
    /// Items of each construct among all items of the model.
    pub(crate) blocks: Vec<Range<usize>>,
}

/// The items of the American Customer Satisfaction Index's constructs; the default is the names of the ACSI's own file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcsiItems {
    /// Before the purchase: overall, fit to the customer's needs, how often things could go wrong.
    pub expectations: Vec<String>,
    /// After it: the same three.
    pub quality: Vec<String>,
    /// Price given quality, quality given price.
    pub value: Vec<String>,
    /// Overall satisfaction, confirmation of expectations, closeness to the ideal.
    pub satisfaction: Vec<String>,
    /// Complained, 0 or 1.
    pub complaints: Vec<String>,
    /// Likelihood to buy again.
    pub loyalty: Vec<String>,
}

impl Default for AcsiItems {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        Self {
            expectations: names(&["overallx", "customx", "wrongx"]),
            quality: names(&["overallq", "customq", "wrongq"]),
            value: names(&["pq", "qp"]),
            satisfaction: names(&["satis", "confirm", "ideal"]),
            complaints: names(&["comp"]),
            loyalty: names(&["repur"]),
        }
    }
}

impl Model {
    /// A model of constructs and paths `(from, to)` by name.
    ///
    /// # Errors
    /// [`PathError`] names what is wrong: an empty, doubled, unknown or isolated construct, a doubled item or path, a
    /// cycle.
    pub fn new(constructs: Vec<Construct>, paths: &[(&str, &str)]) -> Result<Self, PathError> {
        distinct(&constructs)?;
        let place = |name: &str| {
            let found = constructs.iter().position(|construct| construct.name == name);
            found.ok_or_else(|| PathError::UnknownConstruct { construct: name.to_owned() })
        };
        let mut predecessors = vec![Vec::new(); constructs.len()];
        let mut successors = predecessors.clone();
        let mut places = Vec::with_capacity(paths.len());
        for &(from, to) in paths {
            let path = (place(from)?, place(to)?);
            if places.contains(&path) {
                return Err(PathError::PathTwice { from: from.to_owned(), to: to.to_owned() });
            }
            places.push(path);
            predecessors[path.1].push(path.0);
            successors[path.0].push(path.1);
        }
        connected(&constructs, &predecessors, &successors)?;
        let order = sorted(&constructs, &predecessors)?;
        let blocks = blocks(&constructs);
        Ok(Self { constructs, paths: places, predecessors, successors, order, blocks })
    }

    /// The model of the American Customer Satisfaction Index: expectations, quality and value make satisfaction, which
    /// makes complaints and loyalty (Fornell et al., Journal of Marketing 60 (1996)); all reflective.
    ///
    /// A construct whose list is empty is left out, with its paths: not every survey asks for complaints.
    ///
    /// # Errors
    /// As [`Model::new`].
    pub fn acsi(items: AcsiItems) -> Result<Self, PathError> {
        const PATHS: [(&str, &str); 9] = [
            ("Expectations", "Quality"),
            ("Expectations", "Value"),
            ("Expectations", "Satisfaction"),
            ("Quality", "Value"),
            ("Quality", "Satisfaction"),
            ("Value", "Satisfaction"),
            ("Satisfaction", "Complaints"),
            ("Satisfaction", "Loyalty"),
            ("Complaints", "Loyalty"),
        ];
        let constructs: Vec<Construct> = [
            ("Expectations", items.expectations),
            ("Quality", items.quality),
            ("Value", items.value),
            ("Satisfaction", items.satisfaction),
            ("Complaints", items.complaints),
            ("Loyalty", items.loyalty),
        ]
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(name, items)| Construct { name: name.to_owned(), items, mode: Mode::A })
        .collect();
        let there = |name: &str| constructs.iter().any(|construct| construct.name == name);
        let paths: Vec<_> = PATHS.into_iter().filter(|(from, to)| there(from) && there(to)).collect();
        Self::new(constructs, &paths)
    }

    /// The constructs, in the order of the results.
    pub fn constructs(&self) -> &[Construct] {
        &self.constructs
    }

    /// The paths as places among the constructs, in the order of the results.
    pub fn paths(&self) -> &[(usize, usize)] {
        &self.paths
    }

    /// The names of all items, construct by construct: the items whose moments to gather.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.constructs.iter().flat_map(|construct| construct.items.iter().map(String::as_str))
    }

    /// Pairs of constructs with an effect, direct or not: the order of the total effects.
    pub(crate) fn reach(&self) -> Vec<(usize, usize)> {
        let count = self.constructs.len();
        let mut reached = vec![false; count * count];
        for &to in &self.order {
            for &direct in &self.predecessors[to] {
                reached[direct * count + to] = true;
                (0..count).for_each(|from| reached[from * count + to] |= reached[from * count + direct]);
            }
        }
        let pairs = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        pairs.filter(|(from, to)| reached[from * count + to]).collect()
    }
}

fn distinct(constructs: &[Construct]) -> Result<(), PathError> {
    let mut names: Vec<&str> = Vec::new();
    let mut items: Vec<&str> = Vec::new();
    for construct in constructs {
        if construct.items.is_empty() {
            return Err(PathError::NoItems { construct: construct.name.clone() });
        }
        if names.contains(&construct.name.as_str()) {
            return Err(PathError::ConstructTwice { construct: construct.name.clone() });
        }
        names.push(&construct.name);
        for item in &construct.items {
            if items.contains(&item.as_str()) {
                return Err(PathError::ItemTwice { item: item.clone() });
            }
            items.push(item);
        }
    }
    Ok(())
}

fn connected(
    constructs: &[Construct],
    predecessors: &[Vec<usize>],
    successors: &[Vec<usize>],
) -> Result<(), PathError> {
    if constructs.is_empty() {
        return Err(PathError::Isolated { construct: String::new() });
    }
    let alone = (0..constructs.len()).find(|&at| predecessors[at].is_empty() && successors[at].is_empty());
    match alone {
        Some(at) => Err(PathError::Isolated { construct: constructs[at].name.clone() }),
        None => Ok(()),
    }
}

fn sorted(constructs: &[Construct], predecessors: &[Vec<usize>]) -> Result<Vec<usize>, PathError> {
    let mut order: Vec<usize> = Vec::with_capacity(constructs.len());
    while order.len() < constructs.len() {
        let rest = || (0..constructs.len()).filter(|at| !order.contains(at));
        let next = rest().find(|&at| predecessors[at].iter().all(|before| order.contains(before)));
        match next {
            Some(at) => order.push(at),
            None => {
                let construct = rest().next().map_or_else(String::new, |at| constructs[at].name.clone());
                return Err(PathError::Cyclic { construct });
            }
        }
    }
    Ok(order)
}

fn blocks(constructs: &[Construct]) -> Vec<Range<usize>> {
    let mut end = 0;
    let block = |construct: &Construct| {
        let start = end;
        end += construct.items.len();
        start..end
    };
    constructs.iter().map(block).collect()
}
