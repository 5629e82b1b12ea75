//! What customers say: what each of the four ways of asking found, the themes of problems and suggestions, and for
//! operators a search in the words themselves.

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Page,
    figure::Figure,
    frame::{Choice, Frame},
    rows::{Score, metric},
};
use crate::Error;

/// The ways of asking, each with the metrics it gives.
const WAYS: [(&str, &[&str]); 4] = [
    ("direct", &["CSI", "CSAT"]),
    ("expected", &["DISCONFIRMATION", "BELOW_EXPECTATION"]),
    ("problems", &["PROBLEM_RATE", "SUGGESTION_RATE"]),
    ("importance", &["CSI_STATED", "CSI_DERIVED"]),
];
/// Where something was said, in the order of the form.
const ORIGINS: [&str; 4] = ["ANSWER", "PROBLEM", "SUGGESTION", "COMPLAINT"];
/// Comments of a page; one more is asked for, to know whether there are more.
const MOST: usize = 50;

/// The answer.
#[derive(Deserialize)]
pub struct Data {
    quarter: Quarter,
    #[serde(default)]
    comments: Vec<Comment>,
}

#[derive(Deserialize)]
struct Quarter {
    scores: Vec<Score>,
    themes: Vec<Theme>,
}

/// A theme of problems or suggestions.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Theme {
    id: String,
    kind_code: String,
    pub(crate) theme: String,
    customers: Option<i64>,
    remarks: Option<i64>,
    share: Option<f64>,
    lower: Option<f64>,
    upper: Option<f64>,
    n: i64,
    suppressed: bool,
}

/// What a customer said.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comment {
    at: String,
    customer: String,
    origin_label: String,
    theme: Option<String>,
    text: String,
}

/// A way of asking, with what it found.
pub struct Way {
    /// The word for it.
    pub(crate) name: &'static str,
    pub(crate) scores: Vec<Score>,
}

/// The themes of a kind, the most frequent first.
pub struct Themes {
    pub(crate) kind: &'static str,
    pub(crate) themes: Vec<Theme>,
}

/// The page.
#[derive(Template)]
#[template(path = "comments.html")]
pub struct Comments {
    pub(crate) frame: Frame,
    pub(crate) ways: Vec<Way>,
    pub(crate) kinds: Vec<Themes>,
    comments: Vec<Comment>,
    more: bool,
}

impl Page for Comments {
    const PATH: &'static str = "/comments";
    const QUERY: &'static str = concat!(include_str!("comments.graphql"), include_str!("rows/score.graphql"));
    type Data = Data;

    fn variables(frame: &Frame) -> Result<Value, Error> {
        let address = &frame.address;
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let mut variables = frame.variables();
        variables["contains"] = json!(given(&address.search));
        variables["origin"] = json!(given(&address.origin));
        variables["theme"] = json!(given(&address.theme));
        variables["offset"] = json!(offset(frame)?);
        Ok(variables)
    }

    fn of(frame: Frame, data: Data) -> Result<Self, Error> {
        let (scores, mut comments) = (data.quarter.scores, data.comments);
        let way = |(name, metrics): &(&'static str, &[&str])| {
            let of = |code: &&str| metric(&scores, code).cloned();
            Way { name, scores: metrics.iter().filter_map(of).collect() }
        };
        let ways = WAYS.iter().map(way).filter(|way| !way.scores.is_empty()).collect();
        let more = comments.len() > MOST;
        comments.truncate(MOST);
        Ok(Self { ways, kinds: kinds(data.quarter.themes), comments, more, frame })
    }
}

/// How many comments the page passes over. Fails where the address says no number.
fn offset(frame: &Frame) -> Result<i32, Error> {
    match frame.address.after.as_deref().filter(|text| !text.is_empty()) {
        None => Ok(0),
        Some(text) => text
            .parse()
            .map_err(|_| Error::BadInput(format!("after: {text} is no number of comments to pass over"))),
    }
}

fn kinds(themes: Vec<Theme>) -> Vec<Themes> {
    let mut kinds =
        [Themes { kind: "PROBLEM", themes: Vec::new() }, Themes { kind: "SUGGESTION", themes: Vec::new() }];
    for theme in themes {
        if let Some(kind) = kinds.iter_mut().find(|kind| kind.kind == theme.kind_code) {
            kind.themes.push(theme);
        }
    }
    for kind in &mut kinds {
        kind.themes.sort_by_key(|theme| std::cmp::Reverse(theme.customers));
    }
    kinds.into_iter().filter(|kind| !kind.themes.is_empty()).collect()
}

impl Themes {
    /// The word for them.
    pub(crate) fn title(&self) -> &'static str {
        if self.kind == "PROBLEM" { "comments-problems" } else { "comments-suggestions" }
    }

    /// Too few were heard to show any.
    pub(crate) fn few(&self) -> bool {
        self.themes.iter().all(|theme| theme.suppressed)
    }

    /// Who were heard.
    fn base(&self) -> Option<Figure> {
        self.themes.first().map(Theme::base)
    }
}

impl Theme {
    pub(crate) fn customers(&self) -> Figure {
        Figure::count(&self.id, "customers", self.customers)
    }

    pub(crate) fn remarks(&self) -> Figure {
        Figure::count(&self.id, "remarks", self.remarks)
    }

    /// Who were heard.
    pub(crate) fn base(&self) -> Figure {
        Figure::count(&self.id, "n", Some(self.n))
    }

    pub(crate) fn share(&self) -> Figure {
        Figure::share(&self.id, "share", self.share)
    }

    pub(crate) fn interval(&self) -> Option<(Figure, Figure)> {
        self.lower.zip(self.upper)?;
        let end = |field, value| Figure::share(&self.id, field, value);
        Some((end("lower", self.lower), end("upper", self.upper)))
    }

    /// Of 100, for the bar.
    fn bar(&self) -> f64 {
        (self.share.unwrap_or_default() * 10_000.0).round() / 100.0
    }
}

impl Comments {
    /// The kinds of a form's choice.
    fn origins(&self) -> Vec<Choice> {
        let open = self.frame.address.origin.as_deref().unwrap_or_default();
        let choice = |word: &str| Choice {
            label: self.frame.label("origin", word).into_owned(),
            target: word.to_owned(),
            open: word.eq_ignore_ascii_case(open),
        };
        ORIGINS.map(choice).into()
    }

    /// What is searched for.
    fn search(&self) -> &str {
        self.frame.address.search.as_deref().unwrap_or_default()
    }

    fn theme(&self) -> &str {
        self.frame.address.theme.as_deref().unwrap_or_default()
    }

    /// The words behind a theme.
    fn to_theme(&self, theme: &Theme) -> String {
        let more = [("origin", theme.kind_code.as_str()), ("theme", theme.theme.as_str())];
        format!("{}#words-title", self.frame.to_with(Self::PATH, &more))
    }

    /// The next page of the words.
    fn to_next(&self) -> String {
        let shown = offset(&self.frame).unwrap_or(0).saturating_add(MOST as i32).to_string();
        let origin = self.frame.address.origin.as_deref().unwrap_or_default();
        let more =
            [("search", self.search()), ("origin", origin), ("theme", self.theme()), ("after", &shown)];
        format!("{}#words-title", self.frame.to_with(Self::PATH, &more))
    }
}
