//! Queries that nobody would write, thousands of them, from a seed: whatever comes, an answer comes, soon, and without
//! a fault of ours. `RAPPORT_TEST_QUERIES` says how many.

use std::time::{Duration, Instant};

use async_graphql::{Request, Variables};
use rapport::{
    Access, Settings,
    graphql::{Api, Outcome},
};
use serde_json::{Value, json};

use crate::{
    contract::{Types, named, text, written},
    seed::seeded,
};

/// No query of a small database may take so long, in a build that is not optimised, beside other tests.
const LIMIT: Duration = Duration::from_secs(5);
/// What the memory may grow by once it is warm, in bytes.
const GROWTH: usize = 96 << 20;

struct Generator<'a> {
    types: &'a Types,
    state: u64,
    fragments: Vec<String>,
    budget: usize,
    /// Whether the document is to fit the schema.
    tame: bool,
    aliases: usize,
}

impl Generator<'_> {
    fn draw(&mut self, below: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % below
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.draw(times) == 0
    }

    fn pick<'b, T>(&mut self, of: &'b [T]) -> &'b T {
        &of[self.draw(of.len())]
    }

    fn document(&mut self) -> String {
        self.fragments.clear();
        self.tame = !self.one_in(3);
        (self.budget, self.aliases) = (if self.tame { 24 } else { 60 }, 0);
        let root = if !self.tame && self.one_in(50) { "mutation" } else { "query" };
        let of = if root == "query" { "Query" } else { "Mutation" };
        let variables =
            *self.pick(&["", "($v: String)", "($v: Int = 3)", "($v: [String!]!)", "($v: Nothing)"]);
        let variables = if self.tame { "" } else { variables };
        let selection = self.selection(of, 6);
        let mut document = format!("{root} q{variables} {selection}");
        let fragments = std::mem::take(&mut self.fragments);
        fragments.iter().for_each(|fragment| document.push_str(fragment));
        if !self.tame && self.one_in(6) { self.broken(document) } else { document }
    }

    fn selection(&mut self, of: &str, levels: usize) -> String {
        let fields = self.types.fields(of);
        if fields.is_empty() {
            return String::new();
        }
        let mut parts = Vec::new();
        for _ in 0..=self.draw(4) {
            let field = self.pick(&fields).clone();
            let inner = named(&field["type"]);
            let leaf = self.types.fields(&inner).is_empty();
            if !leaf && (levels == 0 || self.budget == 0) {
                continue;
            }
            self.budget = self.budget.saturating_sub(1);
            let alias = if self.tame {
                self.aliases += 1;
                format!("a{}: ", self.aliases)
            } else if self.one_in(4) {
                format!("a{}: ", self.draw(9))
            } else {
                String::new()
            };
            if self.tame && (self.budget == 0 || self.aliases > 28) {
                break;
            }
            let arguments = self.arguments(&field);
            let rest = if !self.tame && self.one_in(40) {
                String::new()
            } else {
                self.selection(&inner, levels.saturating_sub(1))
            };
            let wild = *self.pick(&["", "", "", "", "@skip(if: false)", "@include(if: $v)", "@nothing"]);
            let directive = if self.tame { "" } else { wild };
            parts.push(format!("{alias}{}{arguments} {directive} {rest}", text(&field, "name")));
        }
        if parts.is_empty() || self.one_in(9) {
            parts.push("__typename".to_owned());
        }
        if self.one_in(8) {
            // a fragment of this type, perhaps one that holds itself
            let name = format!("f{}", self.fragments.len());
            let itself = if !self.tame && self.one_in(4) { format!("...{name}") } else { String::new() };
            self.fragments.push(format!(" fragment {name} on {of} {{ {} {itself} }}", parts.join(" ")));
            parts = vec![format!("...{name}")];
        }
        if !self.tame && self.one_in(60) {
            parts.push("... on Customer { id }".repeat(self.draw(50)));
        }
        format!("{{ {} }}", parts.join(" "))
    }

    fn arguments(&mut self, field: &Value) -> String {
        let all = field["args"].as_array().unwrap();
        let mut given = Vec::new();
        for argument in all {
            let of = written(&argument["type"]);
            if of.ends_with('!') || self.one_in(4) {
                let value =
                    if self.one_in(5) { self.anything(3) } else { self.fitting(&argument["type"], 4) };
                given.push(format!("{}: {value}", text(argument, "name")));
            }
        }
        if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) }
    }

    /// A value of a type, or nearly.
    fn fitting(&mut self, of: &Value, levels: usize) -> String {
        match text(of, "kind") {
            "NON_NULL" => self.fitting(&of["ofType"], levels),
            "LIST" => {
                let long = if self.one_in(50) { 500 } else { 3 };
                let count = self.draw(long);
                let items: Vec<String> = (0..count).map(|_| self.fitting(&of["ofType"], levels)).collect();
                format!("[{}]", items.join(", "))
            }
            "ENUM" => {
                let values = self.types.0[text(of, "name")]["enumValues"].as_array().unwrap().clone();
                text(self.pick(&values), "name").to_owned()
            }
            "INPUT_OBJECT" => {
                let fields = self.types.0[text(of, "name")]["inputFields"].as_array().unwrap().clone();
                let mut parts = Vec::new();
                for field in fields {
                    if levels > 0 && (written(&field["type"]).ends_with('!') || self.one_in(5)) {
                        let value = self.fitting(&field["type"], levels - 1);
                        parts.push(format!("{}: {value}", text(&field, "name")));
                    }
                }
                format!("{{{}}}", parts.join(", "))
            }
            _ => self.scalar(text(of, "name")),
        }
    }

    fn scalar(&mut self, of: &str) -> String {
        match of {
            "Int" => {
                (*self.pick(&["0", "1", "7", "100", "10000", "10001", "-1", "2147483647", "-2147483648"]))
                    .to_owned()
            }
            "Float" => {
                (*self.pick(&["0", "1.5", "-1e300", "1e308", "1e400", "5e-324", "99999999999999999999"]))
                    .to_owned()
            }
            "Boolean" => (*self.pick(&["true", "false"])).to_owned(),
            "Date" | "DateTime" => (*self.pick(&[
                "\"2026-04-01\"",
                "\"0001-01-01\"",
                "\"9999-12-31\"",
                "\"-0044-03-15\"",
                "\"262142-12-31\"",
                "\"2026-04-01T00:00:00Z\"",
                "\"9999-12-31T23:59:59+14:00\"",
                "\"soon\"",
            ]))
            .to_owned(),
            _ => (*self.pick(&[
                "\"2026-Q2\"",
                "\"2026-Q1\"",
                "\"0001-Q1\"",
                "\"9999-Q4\"",
                "\"region\"",
                "\"north\"",
                "\"all\"",
                "\"C01\"",
                "\"LOYAL\"",
                "\"segment:region,type\"",
                "\"month\"",
                "\"revenue\"",
                "\"\"",
                "\"%_\\\\\"",
                "\"\\u0000\"",
                "\"客户 🦊 \u{202e}x\"",
                "\"'; DROP TABLE score; --\"",
                "\"\\\"\"",
                "\"Y3VzdG9tZXI\"",
                "\"\\ud83e\"",
                "\"Y29kZSsfHx9DMDE\"",
                "\"\"\"block\"\"\"",
            ]))
            .to_owned(),
        }
    }

    /// A value of whatever type.
    fn anything(&mut self, levels: usize) -> String {
        match self.draw(if levels == 0 { 6 } else { 8 }) {
            0 => "null".to_owned(),
            1 => self.scalar("Int"),
            2 => self.scalar("Float"),
            3 => self.scalar("String"),
            4 => "$v".to_owned(),
            5 => "SOMETHING".to_owned(),
            6 => format!("[{}]", self.anything(levels - 1)),
            _ => format!("{{a: {}}}", self.anything(levels - 1)),
        }
    }

    /// A document with a part cut out, doubled or strewn with something else.
    fn broken(&mut self, document: String) -> String {
        let letters: Vec<char> = document.chars().collect();
        let (from, length) = (self.draw(letters.len()), self.draw(20));
        let to = (from + length).min(letters.len());
        let middle: String = match self.draw(3) {
            0 => String::new(),
            1 => letters[from..to].iter().collect::<String>().repeat(self.draw(40)),
            _ => (*self
                .pick(&["{", "\"", "\"\"\"", "#", "\u{feff}", "🦊", "...", "$", "@", "\0", "(", "[[["]))
            .repeat(1 + length * 9),
        };
        letters[..from].iter().collect::<String>() + &middle + &letters[to..].iter().collect::<String>()
    }

    fn variables(&mut self) -> Value {
        let mut value = json!(*self.pick(&["2026-Q2", "x", "", "客户"]));
        let deepest = if self.one_in(10) { 120 } else { 3 };
        for _ in 0..self.draw(deepest) {
            value = if self.one_in(2) { json!([value]) } else { json!({"v": value}) };
        }
        json!({"v": value, "other": 1})
    }
}

/// Bytes of memory that the process holds; none where the system does not say.
fn memory() -> Option<usize> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split(' ').nth(1)?.parse::<usize>().ok()? * 4096)
}

#[tokio::test]
async fn whatever_is_asked_is_answered() {
    let count = std::env::var_os("RAPPORT_TEST_QUERIES").and_then(|text| text.to_str()?.parse().ok());
    let count: usize = count.unwrap_or(600);
    let seeded = seeded().await;
    let types = Types::of(&seeded).await;
    let api = Api::new(seeded.database.clone(), &Settings::default());
    let mut generator =
        Generator { types: &types, state: 5, fragments: Vec::new(), budget: 0, tame: false, aliases: 0 };
    let (mut answered, mut slowest, mut warm) = (0, Duration::ZERO, None);
    for number in 0..count {
        let (document, variables) = (generator.document(), generator.variables());
        let request = Request::new(&document).variables(Variables::from_json(variables.clone()));
        let begun = Instant::now();
        let answer = api.answer(request, Access::open().into()).await;
        let took = begun.elapsed();
        let told: Value = serde_json::from_slice(&answer.json().unwrap()).unwrap();
        let what = || format!("query {number}: {document}\n{variables}");
        assert!(took < LIMIT, "{took:?} {}", what());
        for error in told["errors"].as_array().into_iter().flatten() {
            let code = error["extensions"]["code"].as_str().unwrap_or_default();
            assert!(!["", "INTERNAL_SERVER_ERROR", "TIMEOUT"].contains(&code), "{error}\n{}", what());
        }
        answered += usize::from(answer.outcome == Outcome::Executed);
        slowest = slowest.max(took);
        if number == count / 4 {
            warm = memory();
        }
    }
    println!("{answered} of {count} executed, the slowest of all in {slowest:?}");
    assert!(answered * 4 > count, "{answered} of {count}: most are refused at once, and nothing is tried");
    if let (Some(warm), Some(now)) = (warm, memory()) {
        println!("memory: {} MiB, then {} MiB", warm >> 20, now >> 20);
        assert!(now < warm + GROWTH, "{warm} bytes have become {now}");
    }
}
