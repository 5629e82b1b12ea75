//! What the page's template is given: texts, ready to print.

use askama::Template;
use rapport_messages::Locale;

use crate::Error;

/// A link that may be the one that is open.
pub struct Choice {
    /// Shown.
    pub label: String,
    /// Address, or value of an option.
    pub target: String,
    /// The open one.
    pub open: bool,
}

/// The segments of a dimension.
pub struct Group {
    /// Name of the dimension.
    pub name: String,
    /// Its segments.
    pub choices: Vec<Choice>,
}

/// Where value and interval lie, of 100.
pub struct Whisker {
    /// Start of the interval.
    pub left: f64,
    /// Its width.
    pub width: f64,
    /// The value.
    pub at: f64,
}

/// A metric of the quarter.
pub struct Figure {
    /// Name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// None if there is none, or it is suppressed.
    pub value: Option<String>,
    /// The interval of 95 %.
    pub interval: Option<String>,
    /// Base.
    pub n: String,
    /// The base is too small.
    pub suppressed: bool,
    /// Against the quarter before.
    pub change: Option<String>,
    /// `up`, `down` or nothing.
    pub direction: &'static str,
    /// The change is more than chance.
    pub significant: bool,
    /// For the drawing.
    pub whisker: Option<Whisker>,
}

/// A class of customers: a loyalty type, a value class.
pub struct Class {
    /// Name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// None if suppressed.
    pub customers: Option<String>,
    /// Of the classified customers.
    pub share: Option<String>,
    /// The share, of 100, for the drawing.
    pub bar: f64,
    /// In the quarter.
    pub revenue: Option<String>,
    /// Of the classified customers' revenue in the quarter.
    pub revenue_share: Option<String>,
    /// The unclassified are set apart.
    pub apart: bool,
}

/// A segment's line in the table.
pub struct Line {
    /// Name.
    pub name: String,
    /// Address of its page.
    pub target: String,
    /// Headline index.
    pub index: Figure,
    /// Net promoter score.
    pub nps: Option<String>,
    /// It is the open one.
    pub open: bool,
}

/// The segments of a dimension, compared.
pub struct Comparison {
    /// Name of the dimension.
    pub name: String,
    /// Its segments.
    pub lines: Vec<Line>,
}

/// A chart with its downloads.
pub struct Chart {
    /// Title of its kind.
    pub title: String,
    /// Address of the drawing.
    pub svg: String,
    /// Address of the picture.
    pub png: String,
}

/// The page of a quarter.
#[derive(Template)]
#[template(path = "page.html")]
pub struct Page {
    /// `en` or `zh-CN`.
    pub lang: &'static str,
    /// English words.
    pub en: bool,
    /// The company's name, or the product's.
    pub company: String,
    /// Written `2026-Q3`.
    pub quarter: String,
    /// Of the quarter.
    pub revision: i32,
    /// The quarter still runs.
    pub provisional: bool,
    /// Its data have changed since.
    pub stale: bool,
    /// The day it was published.
    pub published: String,
    /// Version of the methods.
    pub method: String,
    /// Name of the open segment.
    pub segment: String,
    /// Value of the open segment, for the form.
    pub segment_value: String,
    /// Currency of the money.
    pub currency: String,
    /// The other language.
    pub languages: Vec<Choice>,
    /// Newest first.
    pub quarters: Vec<Choice>,
    /// The segments to choose from.
    pub segments: Vec<Group>,
    /// All customers can be chosen too.
    pub whole: bool,
    /// The reader may see the jobs.
    pub operator: bool,
    /// The index.
    pub headline: Figure,
    /// The other metrics.
    pub figures: Vec<Figure>,
    /// Loyalty types.
    pub types: Vec<Class>,
    /// How the types are told apart.
    pub type_rule: Option<String>,
    /// Value classes.
    pub classes: Vec<Class>,
    /// How the classes are told apart.
    pub class_rule: Option<String>,
    /// The segment has too few customers for types and classes.
    pub few: bool,
    /// Segments, by dimension.
    pub comparisons: Vec<Comparison>,
    /// Charts.
    pub charts: Vec<Chart>,
}

impl Page {
    /// The word of the page's language.
    fn w<'a>(&self, en: &'a str, zh: &'a str) -> &'a str {
        if self.en { en } else { zh }
    }
}

/// A page that says one thing: there is nothing yet, or not what was asked for.
#[derive(Template)]
#[template(path = "notice.html")]
pub struct Notice {
    /// `en` or `zh-CN`.
    pub lang: &'static str,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Commands that come next.
    pub commands: Vec<(&'static str, &'static str)>,
    /// Word of the link to the front page, if there is something there.
    pub back: Option<&'static str>,
}

impl Notice {
    /// Nothing is published yet.
    pub fn empty(locale: Locale) -> Self {
        let import = locale.pick("loads your files as the mapping says", "按映射导入文件");
        let close = locale.pick("closes every quarter that is over", "结算所有已结束的季度");
        Self {
            lang: locale.pick("en", "zh-CN"),
            title: locale.pick("No quarter is published yet", "尚无已发布的季度").to_owned(),
            text: locale
                .pick(
                    "Load your data and close a quarter; this page then shows it.",
                    "导入数据并完成季度结算后,此页将显示结果。",
                )
                .to_owned(),
            commands: vec![("rapport import MAPPING.toml", import), ("rapport close", close)],
            back: None,
        }
    }

    /// What was asked for cannot be shown.
    pub fn wrong(error: &Error, locale: Locale) -> Self {
        Self {
            lang: locale.pick("en", "zh-CN"),
            title: locale.pick("This cannot be shown", "无法显示").to_owned(),
            text: error.to_string(),
            commands: Vec::new(),
            back: Some(locale.pick("To the newest quarter", "查看最新季度")),
        }
    }
}
