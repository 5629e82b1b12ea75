//! The catalogue of words: complete in both languages, all of it used, and nothing asked for that it has not.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use fluent_syntax::ast;
use rapport_entities::*;

/// The constructs of the models that Rapport knows by name.
const CONSTRUCTS: [&str; 7] =
    ["expectation", "quality", "value", "satisfaction", "complaints", "loyalty", "image"];
const FILES: [&str; 12] = [
    "labels",
    "charts",
    "pages",
    "report",
    "mails",
    "cases",
    "actions",
    "playbooks",
    "care",
    "comments",
    "losses",
    "people",
];

/// A message's text with its attributes, and the variables in it.
#[derive(Debug, Default)]
struct Message {
    texts: Vec<String>,
    variables: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn catalogue(language: &str) -> BTreeMap<String, Message> {
    let mut found = BTreeMap::new();
    for file in FILES {
        let path = root().join(format!("jobs/messages/messages/{language}/{file}.ftl"));
        let text = std::fs::read_to_string(path).unwrap();
        let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| {
            panic!("{language}/{file}.ftl cannot be read: {errors:?}");
        });
        for entry in resource.body {
            let ast::Entry::Message(entry) = entry else { continue };
            let mut message = Message::default();
            if let Some(pattern) = &entry.value {
                message.take(pattern);
            }
            for attribute in &entry.attributes {
                message.take(&attribute.value);
                message.attributes.insert(attribute.id.name.clone());
            }
            let id = entry.id.name;
            assert!(found.insert(id.clone(), message).is_none(), "{language} has {id} twice");
        }
    }
    found
}

impl Message {
    fn take(&mut self, pattern: &ast::Pattern<String>) {
        let mut text = String::new();
        for element in &pattern.elements {
            match element {
                ast::PatternElement::TextElement { value } => text.push_str(value),
                ast::PatternElement::Placeable { expression } => {
                    text.push('…');
                    self.take_expression(expression);
                }
            }
        }
        self.texts.push(text);
    }

    fn take_expression(&mut self, expression: &ast::Expression<String>) {
        match expression {
            ast::Expression::Inline(inline) => self.take_inline(inline),
            ast::Expression::Select { selector, variants } => {
                self.take_inline(selector);
                variants.iter().for_each(|variant| self.take(&variant.value));
            }
        }
    }

    fn take_inline(&mut self, inline: &ast::InlineExpression<String>) {
        match inline {
            ast::InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.clone());
            }
            ast::InlineExpression::Placeable { expression } => self.take_expression(expression),
            _ => {}
        }
    }
}

/// Both languages have the same messages, with the same variables and attributes, and none is empty.
#[test]
fn both_languages_say_the_same() {
    let (en, zh) = (catalogue("en"), catalogue("zh-CN"));
    let ids = |one: &BTreeMap<String, Message>| one.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(ids(&en), ids(&zh));
    for (id, message) in &en {
        assert_eq!(message.variables, zh[id].variables, "the variables of {id}");
        assert_eq!(message.attributes, zh[id].attributes, "the attributes of {id}");
        let texts = message.texts.iter().chain(&zh[id].texts);
        assert!(texts.into_iter().all(|text| !text.trim().is_empty()), "{id} is empty");
    }
}

/// Every class of every scheme that results have but the complaints' stages has a card, and so have the grades of
/// prospects; a card tells all its parts, and no two tell the same.
#[test]
fn every_card_is_whole() {
    let parts: BTreeSet<String> = CardPart::ALL.iter().map(ToString::to_string).collect();
    let of_results: BTreeSet<_> = CardScheme::ALL.iter().filter_map(|scheme| scheme.of_results()).collect();
    let schemes = Scheme::ALL.iter().copied().filter(|scheme| *scheme != Scheme::Complaint);
    assert_eq!(of_results, schemes.collect());
    assert_eq!(cards().len(), 32);
    for language in ["en", "zh-CN"] {
        let (catalogue, mut told) = (catalogue(language), BTreeMap::new());
        for id in cards() {
            assert_eq!(catalogue[&id].attributes, parts, "{language}: {id}");
            for text in &catalogue[&id].texts {
                let least = if language == "en" { 40 } else { 12 };
                assert!(text.chars().count() >= least, "{language}: {id} says little: {text}");
                let other = told.insert(text.clone(), id.clone());
                assert_eq!(other, None, "{language}: {id} says the same: {text}");
            }
        }
    }
    for scheme in CardScheme::ALL {
        let attributes = &catalogue("en")[&format!("playbook-{scheme}")].attributes;
        assert!(attributes.contains("source"), "{scheme} names no source");
    }
}

/// Chinese text has the marks of Chinese: no half-width comma, colon, question mark or bracket beside a character.
#[test]
fn chinese_is_set_as_chinese() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (id, message) in catalogue("zh-CN") {
        for text in &message.texts {
            let characters: Vec<char> = text.chars().collect();
            for pair in characters.windows(2) {
                let wrong = (is_han(pair[0]) && ",;:?!()".contains(pair[1]))
                    || (",;:?!()".contains(pair[0]) && is_han(pair[1]));
                assert!(!wrong, "{id}: `{}{}` in `{text}`", pair[0], pair[1]);
            }
            assert!(!text.contains("..."), "{id}: an ellipsis is … in `{text}`");
        }
    }
}

/// Where sources and templates name messages.
const FOLDERS: [&str; 6] =
    ["api/src", "api/templates", "jobs/src", "jobs/templates", "jobs/charts/src", "jobs/reports/src"];

/// Everything that sources and templates could name: the texts between quotes.
fn quoted() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = FOLDERS.map(|folder| root().join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            found.extend(text.split('"').filter(|part| is_id(part)).map(str::to_owned));
        }
    }
    found
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"-_.".contains(&c))
}

/// The words that settings choose from.
const CHOICES: [&str; 21] = [
    "holm",
    "benjamini_hochberg",
    "purchases",
    "p_alive",
    "centroid",
    "factorial",
    "path",
    "standardised",
    "raw",
    "listwise",
    "mean_replacement",
    "pairwise",
    "shapley",
    "relative_weight",
    "beta",
    "correlation",
    "grand_means",
    "scale_midpoint",
    "bg_nbd",
    "mbg_nbd",
    "pareto_nbd",
];

/// The orders of the list of customers.
const ORDERS: [&str; 8] = [
    "code_asc",
    "window_revenue_desc",
    "lifetime_value_desc",
    "satisfaction_asc",
    "satisfaction_desc",
    "recommend_asc",
    "p_alive_asc",
    "purchases_desc",
];

/// Every setting of a close, by the path in its tree, and the parts of the tree.
fn settings() -> Vec<String> {
    let rules = serde_json::to_value(rapport_jobs::Rules::default()).unwrap();
    let mut ids = Vec::new();
    for (key, value) in rules.as_object().unwrap() {
        match value.as_object() {
            None => ids.push(format!("setting-{key}")),
            Some(part) => {
                ids.push(format!("rules-{key}"));
                ids.extend(part.keys().map(|inner| format!("setting-{key}-{inner}")));
            }
        }
    }
    ids
}

/// The words of an enumeration of the committed schema.
fn of_schema(name: &str) -> Vec<String> {
    let schema = std::fs::read_to_string(root().join("api/schema.graphql")).unwrap();
    let (_, body) = schema.split_once(&format!("\nenum {name} {{\n")).unwrap();
    let lines = body.split("\n}").next().unwrap().lines().map(str::trim);
    let is_word = |line: &&str| line.bytes().all(|c| c.is_ascii_uppercase() || c == b'_') && !line.is_empty();
    lines.filter(is_word).map(str::to_ascii_lowercase).collect()
}

/// What is added up of groups, by the words of the API.
fn added() -> Vec<String> {
    let measures = ["CustomerMeasure", "PurchaseMeasure", "ComplaintMeasure"].map(of_schema).concat();
    assert!(measures.len() >= 26, "{measures:?}");
    measures.iter().map(|word| format!("added-{word}")).collect()
}

/// Every card's message.
fn cards() -> Vec<String> {
    let of = |scheme: &CardScheme| {
        scheme.classes().into_iter().map(move |class| format!("card-{scheme}-{class}")).collect::<Vec<_>>()
    };
    CardScheme::ALL.iter().flat_map(of).collect()
}

/// The messages of a family.
fn words<T: Copy>(family: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| format!("{family}-{}", word(*one))).collect()
}

/// The messages that name a stored word: family and words.
fn families() -> BTreeSet<String> {
    [
        words("metric", Metric::ALL, Metric::as_str),
        words("loyalty", LoyaltyType::ALL, LoyaltyType::as_str),
        words("subtype", LoyaltySubtype::ALL, LoyaltySubtype::as_str),
        words("basis", LoyaltyBasis::ALL, LoyaltyBasis::as_str),
        words("class", ValueClass::ALL, ValueClass::as_str),
        words("scheme", Scheme::ALL, Scheme::as_str),
        words("growth", Growth::ALL, Growth::as_str),
        words("size", Size::ALL, Size::as_str),
        words("lifecycle", Lifecycle::ALL, Lifecycle::as_str),
        words("stage", Stage::ALL, Stage::as_str),
        words("zone", Zone::ALL, Zone::as_str),
        words("quadrant", Quadrant::ALL, Quadrant::as_str),
        words("model", ModelKind::ALL, ModelKind::as_str),
        words("outcome", FitOutcome::ALL, FitOutcome::as_str),
        words("curve", CurveKind::ALL, CurveKind::as_str),
        words("path", PathKind::ALL, PathKind::as_str),
        words("severity", Severity::ALL, Severity::as_str),
        words("risk", Risk::ALL, Risk::as_str),
        words("run", RunState::ALL, RunState::as_str),
        words("role", Role::ALL, Role::as_str),
        words("rule", AlertRule::ALL, AlertRule::as_str),
        words("delivery", DeliveryState::ALL, DeliveryState::as_str),
        words("audience", Audience::ALL, Audience::as_str),
        words("measure", Measure::ALL, Measure::as_str),
        added(),
        settings(),
        CHOICES.iter().map(|word| format!("choice-{word}")).collect(),
        ORDERS.iter().map(|word| format!("order-{word}")).collect(),
        rapport_jobs::job::JOBS.iter().map(|job| format!("job-{}", job.name)).collect(),
        words("complaint", ComplaintStage::ALL, ComplaintStage::as_str),
        words("case", CaseState::ALL, CaseState::as_str),
        words("event", CaseEvent::ALL, CaseEvent::as_str),
        CaseEvent::of_sort(EventSort::Move).map(|event| format!("move-{event}")).collect(),
        words("event-sort", EventSort::ALL, EventSort::as_str),
        words("deadline", Deadline::ALL, Deadline::as_str),
        words("action", ActionState::ALL, ActionState::as_str),
        words("action-event", ActionEvent::ALL, ActionEvent::as_str),
        ["in_work", "done", "abandoned"].map(|word| format!("action-move-{word}")).into(),
        words("action-origin", ActionOrigin::ALL, ActionOrigin::as_str),
        words("verdict", Verdict::ALL, Verdict::as_str),
        words("untold", Untold::ALL, Untold::as_str),
        words("kind", &rapport_jobs::charts::Kind::ALL, rapport_jobs::charts::Kind::as_str),
        words("construct", &CONSTRUCTS, |code| code),
        words("scheme", CardScheme::ALL, CardScheme::as_str),
        words("playbook", CardScheme::ALL, CardScheme::as_str),
        words("prospect", ProspectGrade::ALL, ProspectGrade::as_str),
        cards(),
        of_the_loop(),
    ]
    .concat()
    .into_iter()
    .collect()
}

/// Those of remarks, care, losses, prospects and people.
fn of_the_loop() -> Vec<String> {
    [
        words("remark", RemarkKind::ALL, RemarkKind::as_str),
        words("origin", CommentOrigin::ALL, CommentOrigin::as_str),
        ["direct", "expected", "problems", "importance"].map(|way| format!("way-{way}")).into(),
        words("care-reason", CareReason::ALL, CareReason::as_str),
        words("risk-basis", RiskBasis::ALL, RiskBasis::as_str),
        words("contact-outcome", ContactOutcome::ALL, ContactOutcome::as_str),
        words("card-part", CardPart::ALL, CardPart::as_str),
        words("loss-state", LossState::ALL, LossState::as_str),
        ["1", "2", "3", "4", "5"].map(|step| format!("loss-step-{step}")).into(),
        words("loss-reason", LossReason::ALL, LossReason::as_str),
        vec!["loss-reason-all".to_owned()],
        words("winback", WinbackOutcome::ALL, WinbackOutcome::as_str),
        words("effort", Effort::ALL, Effort::as_str),
        words("lost-value", LostValueBasis::ALL, LostValueBasis::as_str),
        words("success", SuccessBasis::ALL, SuccessBasis::as_str),
        words("unlinked", Unlinked::ALL, Unlinked::as_str),
        words("answer-mode", AnswerMode::ALL, AnswerMode::as_str),
        words("answer-facet", AnswerFacet::ALL, AnswerFacet::as_str),
        words("prospect-state", ProspectState::ALL, ProspectState::as_str),
    ]
    .concat()
}

/// Every stored word has a name, and every other message is asked for somewhere.
#[test]
fn every_word_has_a_name_and_every_name_a_use() {
    let (catalogue, families, quoted) = (catalogue("en"), families(), quoted());
    let nameless: Vec<_> = families.iter().filter(|id| !catalogue.contains_key(*id)).collect();
    assert!(nameless.is_empty(), "no message for {nameless:?}");
    let unused: Vec<_> =
        catalogue.keys().filter(|id| !families.contains(*id) && !quoted.contains(*id)).collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

/// What `text("…")`, `say("…")` and the templates' `t("…")` ask for is there.
#[test]
fn what_is_asked_for_is_there() {
    let catalogue = catalogue("en");
    let mut folders = FOLDERS.map(|folder| root().join(folder)).to_vec();
    let mut asked = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for call in ["locale.text(", "locale.say(", ".t(", ".s("] {
                for rest in text.split(call).skip(1) {
                    let Some(rest) = rest.trim_start().strip_prefix('"') else { continue };
                    let id = rest.split('"').next().unwrap();
                    let (message, attribute) = id.split_once('.').map_or((id, None), |(a, b)| (a, Some(b)));
                    let found = catalogue.get(message);
                    let there = found.is_some_and(|found| {
                        attribute.is_none_or(|attribute| found.attributes.contains(attribute))
                    });
                    assert!(there, "{} asks for `{id}`, which no language has", path.display());
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 0, "nothing is asked for: this test looks at the wrong places");
}
