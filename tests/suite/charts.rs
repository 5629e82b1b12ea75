//! Charts: the figures printed are those that GraphQL gives, their addresses say what is wrong with them, and what is behind
//! the iceberg is what the facts say.

use std::collections::{BTreeMap, BTreeSet};

use rapport_jobs::charts::Kind;
use rapport_tests::{Server, World, on_both};
use serde_json::Value;

const DEMO: [&str; 8] = ["demo", "--customers", "900", "--quarters", "5", "--last", "2025-Q4", "--no-serve"];

/// The words of a drawing, without its alternative text.
fn words(svg: &str) -> Vec<String> {
    let parts = svg.split("<text ").skip(1);
    let text =
        parts.filter_map(|part| Some(part.split_once('>')?.1.split_once("</text>")?.0.trim().to_owned()));
    text.map(|text| text.replace("&lt;", "<").replace("&amp;", "&")).collect()
}

/// The numbers in the words, written without what groups their digits.
fn numbers(words: &[String]) -> Vec<String> {
    let plain = |word: &str| word.replace(',', "").replace('−', "-").replace('+', "");
    let is_number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '-');
    words
        .iter()
        .flat_map(|text| {
            text.split([' ', '·', '(', ')']).map(|word| plain(word.trim_matches(';'))).collect::<Vec<_>>()
        })
        .filter(|word| is_number(word) && word.trim_end_matches('%').parse::<f64>().is_ok())
        .collect()
}

fn chart(world: &World, kind: Kind, segment: Option<&str>) -> String {
    let mut arguments =
        vec!["charts", "--quarter", "2025-Q4", "--out", "charts", "--format", "svg", "--locale", "en"];
    arguments.extend(segment.map(|_| "--segment"));
    arguments.extend(segment);
    world.ok(&arguments);
    let of = segment.map_or_else(|| "all".to_owned(), |segment| segment.replace(':', "-"));
    std::fs::read_to_string(world.folder().join(format!("charts/2025-Q4-{kind}-{of}-en.svg"))).unwrap()
}

fn percent(value: &Value) -> Option<String> {
    let share = value.as_f64()? * 100.0;
    Some(format!("{share:.1}%"))
}

fn decimal(value: &Value, places: usize) -> Option<String> {
    Some(format!("{:.places$}", value.as_f64()?))
}

/// What is missing of what the rows say.
fn missing(printed: &[String], said: impl IntoIterator<Item = Option<String>>) -> Vec<String> {
    said.into_iter().flatten().filter(|figure| !printed.contains(figure)).collect()
}

on_both!(
    /// The figures of drivers, cohorts, classes, models, curves and movements in the drawings are the rows of GraphQL.
    printed_figures_are_the_answers,
    |world| {
        world.ok(&DEMO);
        for place in [None, Some("region:east")] {
            let (dimension, segment) = place.map_or(("all", "all"), |place: &str| place.split_once(':').unwrap());
            let at = format!("quarter: \"2025-Q4\", dimension: \"{dimension}\", segment: \"{segment}\", limit: 5000");
            let rows = |query: &str| world.rows(&query.replace("@", &at));
            let printed = |kind| numbers(&words(&chart(world, kind, place)));

            let drivers = rows("{ driverRows(@) { importance beta performance } }");
            let bars = printed(Kind::Drivers);
            let figures = drivers.iter().flat_map(|row| [percent(&row["importance"]), decimal(&row["beta"], 2)]);
            assert_eq!(missing(&bars, figures), Vec::<String>::new(), "drivers of {place:?}: {bars:?}");

            let cohorts = rows("{ cohortRows(@) { customers retained share suppressed } }");
            let cells = printed(Kind::Cohorts);
            let shares = cohorts.iter().map(|row| Some(format!("{:.0}%", row["share"].as_f64()? * 100.0)));
            let sizes = cohorts.iter().map(|row| Some(row["customers"].as_i64()?.to_string()));
            assert_eq!(missing(&cells, shares.chain(sizes)), Vec::<String>::new(), "cohorts of {place:?}");

            let classes = rows("{ classRows(@) { schemeCode classCode customers share } }");
            let of = |scheme: &str| classes.iter().filter(|row| row["schemeCode"] == scheme).cloned().collect::<Vec<_>>();
            let tiers = printed(Kind::ValuePyramid);
            let said = of("GROWTH").into_iter().filter(|row| row["classCode"] != "UNCLASSIFIED");
            let said = said.flat_map(|row| [row["customers"].as_i64().map(|n| n.to_string()), percent(&row["share"])]);
            assert_eq!(missing(&tiers, said), Vec::<String>::new(), "tiers of {place:?}");
            let stages = printed(Kind::ComplaintIceberg);
            let said = of("COMPLAINT").into_iter().filter(|row| row["classCode"] != "UNDECIDED");
            let said = said.flat_map(|row| [row["customers"].as_i64().map(|n| n.to_string()), percent(&row["share"])]);
            assert_eq!(missing(&stages, said), Vec::<String>::new(), "stages of {place:?}: {stages:?}");

            let scores = rows("{ scoreRows(@, metric: \"CSI\") { value lower upper n } }");
            let trend = printed(Kind::IndexTrend);
            let said = scores.iter().flat_map(|row| {
                ["value", "lower", "upper"].map(|part| decimal(&row[part], 1))
            });
            assert_eq!(missing(&trend, said), Vec::<String>::new(), "trend of {place:?}");

            let moves = rows("{ transitionRows(@) { fromTypeCode toTypeCode customers } }");
            let mut before: BTreeMap<String, i64> = BTreeMap::new();
            for row in moves.iter().filter(|row| row["fromTypeCode"] != "NEW" && row["fromTypeCode"] != "UNCLASSIFIED") {
                *before.entry(row["fromTypeCode"].as_str().unwrap().to_owned()).or_default() +=
                    row["customers"].as_i64().unwrap();
            }
            let streams = printed(Kind::Transitions);
            let sums = before.values().map(|customers| Some(customers.to_string()));
            assert_eq!(missing(&streams, sums), Vec::<String>::new(), "movements of {place:?}");
        }
        let paths = world.rows("{ pathRows(quarter: \"2025-Q4\", dimension: \"all\", limit: 5000) { kindCode value } }");
        let boxes = numbers(&words(&chart(world, Kind::StructuralModel, None)));
        let said = paths.iter().filter_map(|row| match row["kindCode"].as_str()? {
            "PATH" | "R_SQUARED" => Some(decimal(&row["value"], 2)),
            "INDEX" => Some(decimal(&row["value"], 1)),
            _ => None,
        });
        assert_eq!(missing(&boxes, said), Vec::<String>::new(), "the model");
        let segments = world.rows("{ scoreRows(quarter: \"2025-Q4\", metric: \"CSI\") { dimension value n } }");
        let panels = numbers(&words(&chart(world, Kind::Segments, None)));
        let said = segments.iter().filter(|row| row["dimension"] != "all").map(|row| decimal(&row["value"], 1));
        assert_eq!(missing(&panels, said), Vec::<String>::new(), "the segments");
    }
);

on_both!(
    /// The figures of scores, types, classes, the grid, concentration and retention in the drawings are the rows of GraphQL.
    printed_shares_are_the_answers,
    |world| {
        world.ok(&DEMO);
        for place in [None, Some("region:east")] {
        let (dimension, segment) = place.map_or(("all", "all"), |place: &str| place.split_once(':').unwrap());
        let of_place = format!("quarter: \"2025-Q4\", dimension: \"{dimension}\", segment: \"{segment}\"");
        let at = format!("{of_place}, limit: 5000");
        let rows = |query: &str| world.rows(&query.replace("@", &at));
        let printed = |kind| numbers(&words(&chart(world, kind, place)));
        // what is there but rounds to nothing is printed as less than one
        let round = |value: &Value| {
            let share = value.as_f64().filter(|share| *share == 0.0 || *share >= 0.005)?;
            Some(format!("{:.0}%", share * 100.0))
        };
        let heads = |row: &Value| row["customers"].as_i64().map(|n| n.to_string());
        let none = Vec::<String>::new();

        let scores = rows("{ scoreRows(@) { metricCode value n } }");
        let score = |metric: &str| scores.iter().find(|row| row["metricCode"] == metric).unwrap();
        let (nps, promoters, detractors) = (score("NPS"), score("PROMOTERS"), score("DETRACTORS"));
        let said = [decimal(&nps["value"], 0), round(&promoters["value"]), round(&detractors["value"])];
        let bars = printed(Kind::Nps);
        assert_eq!(missing(&bars, said.into_iter().chain([nps["n"].as_i64().map(|n| n.to_string())])), none, "{bars:?}");

        let classes = rows("{ classRows(@) { schemeCode classCode customers share revenue profit } }");
        let of = |scheme: &str| {
            let known = |row: &&Value| row["schemeCode"] == scheme && row["classCode"] != "UNCLASSIFIED";
            let found = classes.iter().filter(known).cloned().collect::<Vec<_>>();
            assert!(!found.is_empty(), "no classes of {scheme}");
            found
        };
        let types = of("LOYALTY");
        let revenue: f64 = types.iter().filter_map(|row| row["revenue"].as_f64()).sum();
        let cells = printed(Kind::LoyaltyMatrix);
        let said = types.iter().flat_map(|row| {
            [heads(row), percent(&row["share"]), round(&(row["revenue"].as_f64().unwrap() / revenue).into())]
        });
        assert_eq!(missing(&cells, said.chain(of("LOYALTY_SUBTYPE").iter().map(heads))), none, "{cells:?}");

        let letters = of("VALUE_CLASS");
        let bars = printed(Kind::ValueClasses);
        // the demo's amounts are shown in thousands, a segment's with a decimal
        let places = usize::from(place.is_some());
        let thousands = |value: &Value| Some(format!("{:.places$}", value.as_f64()? / 1000.0));
        let said = letters.iter().flat_map(|row| [heads(row), thousands(&row["revenue"]), thousands(&row["profit"])]);
        assert_eq!(missing(&bars, said), none, "{bars:?}");

        // the names of points stand where there is room; where the points stand is in the words beside the picture
        let drivers = rows("{ driverRows(@) { importance performance } }");
        assert!(!drivers.is_empty());
        let about = world.rows(&format!("{{ chartRows({of_place}, locale: \"en\") {{ kind description }} }}"));
        let grid = about.iter().find(|row| row["kind"] == "importance-performance").unwrap();
        let told = numbers(&[grid["description"].as_str().unwrap().replace(['\n', ';'], " ").replace(", ", " ")]);
        let said = drivers.iter().flat_map(|row| [percent(&row["importance"]), decimal(&row["performance"], 1)]);
        assert_eq!(missing(&told, said), none, "{told:?}");
        let mean = |field: &str| {
            let known: Vec<f64> = drivers.iter().filter_map(|row| row[field].as_f64()).collect();
            Value::from(known.iter().sum::<f64>() / known.len() as f64)
        };
        let cross = printed(Kind::ImportancePerformance);
        assert_eq!(missing(&cross, [percent(&mean("importance")), decimal(&mean("performance"), 1)]), none, "{cross:?}");

        let parameters = rows("{ parameterRows(@, model: \"CONCENTRATION\") { name value } }");
        let figure = |name: &str| &parameters.iter().find(|row| row["name"] == name).unwrap()["value"];
        let spread = printed(Kind::Pareto);
        assert_eq!(missing(&spread, [percent(figure("top_20_share")), decimal(figure("gini"), 2)]), none, "{spread:?}");

        let curve = rows("{ curveRows(@, curve: \"RETENTION\") { x y n } }");
        // a segment this small has none
        assert!(place.is_some() || !curve.is_empty());
        let points = printed(Kind::RetentionCurve);
        let said = curve.iter().flat_map(|row| [round(&row["y"]), row["n"].as_i64().map(|n| n.to_string())]);
        assert_eq!(missing(&points, said), none, "{points:?}");
        }
    }
);

on_both!(
    /// The stages of the iceberg, counted again from the facts in a way that shares nothing with the close.
    the_iceberg_is_what_the_facts_say,
    |world| {
        world.ok(&DEMO);
        let rows = world.rows(
            "{ classRows(quarter: \"2025-Q4\", dimension: \"all\", scheme: \"COMPLAINT\") { classCode customers share n } }",
        );
        let stage = |code: &str| rows.iter().find(|row| row["classCode"] == code).unwrap();
        let count = |code: &str| stage(code)["customers"].as_i64();
        let customers = world.rows(
            "{ customerRows(quarter: \"2025-Q4\", limit: 10000) { code satisfaction complained } }",
        );
        let unhappy: BTreeSet<&str> = customers
            .iter()
            .filter(|row| row["satisfaction"].as_f64().is_some_and(|of_ten| of_ten < 8.0))
            .filter_map(|row| row["code"].as_str())
            .collect();
        let told: BTreeSet<&str> = customers
            .iter()
            .filter(|row| row["complained"] == true)
            .filter_map(|row| row["code"].as_str())
            .collect();
        assert_eq!(count("DISSATISFIED"), Some(unhappy.len() as i64));
        assert_eq!(count("COMPLAINED"), Some(unhappy.intersection(&told).count() as i64));

        // the window is the year 2025
        let (from, to) = ("2025-01-01", "2026-01-01");
        let complaints = world.rows("{ complaintRows(limit: 10000) { date at customer acknowledgedAt resolvedAt } }");
        let complaints: Vec<&Value> = complaints.iter().filter(|row| {
            let date = row["date"].as_str().unwrap();
            date >= from && date < to && unhappy.contains(row["customer"].as_str().unwrap_or_default())
        })
        .collect();
        let mut unheard = BTreeMap::new();
        for row in &complaints {
            let taken_up = !row["acknowledgedAt"].is_null() || !row["resolvedAt"].is_null();
            *unheard.entry(row["customer"].as_str().unwrap()).or_insert(0) += i64::from(!taken_up);
        }
        let heard = unheard.values().filter(|left| **left == 0).count();
        assert!(heard > 0, "nobody was heard: this looks at the wrong places");
        assert_eq!(count("ACKNOWLEDGED"), Some(heard as i64));
        let mut by_customer: BTreeMap<&str, Vec<(&str, Option<&str>)>> = BTreeMap::new();
        for row in complaints {
            let at = (row["at"].as_str().unwrap(), row["resolvedAt"].as_str());
            by_customer.entry(row["customer"].as_str().unwrap()).or_default().push(at);
        }
        let end = "2026-01-01";
        let closed = |all: &Vec<(&str, Option<&str>)>| all.iter().all(|one| one.1.is_some_and(|at| at < end));
        let resolved: Vec<_> = by_customer.iter().filter(|(_, all)| closed(all)).collect();
        assert_eq!(count("RESOLVED"), Some(resolved.len() as i64));
        assert!(!resolved.is_empty(), "nothing was resolved: this looks at the wrong places");
        let share = stage("RESOLVED")["share"].as_f64().unwrap();
        assert!((share - resolved.len() as f64 / unhappy.len() as f64).abs() < 1e-12);

        let bought = world.rows("{ purchaseRows(limit: 10000) { customer at amount } }");
        assert!(bought.len() < 10_000, "the test must see every purchase");
        let again = |code: &str, latest: &str| {
            bought.iter().any(|row| {
                let at = row["at"].as_str().unwrap();
                row["customer"] == code && at > latest && at < end && row["amount"].as_f64().unwrap() > 0.0
            })
        };
        let latest = |all: &[(&str, Option<&str>)]| all.iter().map(|one| one.0.to_owned()).max().unwrap();
        let kept = resolved.iter().filter(|(code, all)| again(code, &latest(all))).count();
        let early = "2025-07-01";
        let open = resolved.iter().filter(|(code, all)| !again(code, &latest(all)) && *latest(all) >= *early).count();
        assert_eq!((count("KEPT"), count("UNDECIDED")), (Some(kept as i64), Some(open as i64)));
    }
);

on_both!(
    /// A picture in either theme, once more without its bytes, and what an address can get wrong.
    addresses_say_what_is_wrong,
    |world| {
        world.ok(&DEMO);
        let server = Server::start(world, &["--without-schedule"]);
        for kind in Kind::ALL {
            let (head, png) = server.get(&format!("/charts/2025-Q4/{kind}.png?theme=print&scale=1&locale=zh"));
            assert!(head.starts_with("HTTP/1.1 200") && png.starts_with(b"\x89PNG"), "{kind}: {head}");
            assert!(head.contains(&format!("rapport-2025-Q4-r1-{kind}-zh-print.png")), "{head}");
            let (_, again) = server.get(&format!("/charts/2025-Q4/{kind}.png?theme=print&scale=1&locale=zh"));
            assert_eq!(png, again, "{kind}");
        }
        let (head, light) = server.get("/charts/2025-Q4/drivers.svg");
        let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().trim().to_owned();
        let (head, body) = server.get_with("/charts/2025-Q4/drivers.svg", &format!("If-None-Match: {tag}"));
        assert!(head.starts_with("HTTP/1.1 304") && body.is_empty(), "{head}");
        let (head, print) = server.get_with("/charts/2025-Q4/drivers.svg?theme=print", &format!("If-None-Match: {tag}"));
        assert!(head.starts_with("HTTP/1.1 200") && print != light, "{head}");
        let long = "x".repeat(500);
        for (path, status) in [
            ("2025-Q4/pie.png", "404"),
            ("2025-Q4/drivers.gif", "404"),
            ("2025-Q4/drivers", "404"),
            ("2031-Q1/drivers.png", "404"),
            ("never/drivers.png", "400"),
            ("2025-Q4/drivers.png?theme=neon", "400"),
            ("2025-Q4/drivers.png?locale=fr", "400"),
            ("2025-Q4/drivers.png?scale=9", "400"),
            ("2025-Q4/drivers.png?scale=-1", "400"),
            ("2025-Q4/drivers.png?segment=east", "400"),
            ("2025-Q4/drivers.png?segment=region:nowhere", "404"),
            ("2025-Q4/segments.png?segment=region:east", "404"),
            ("2025-Q4/drivers.png?segment=region:%3Cscript%3E", "404"),
            (&format!("2025-Q4/drivers.png?segment=region:{long}"), "404"),
            ("2025-Q4/drivers.png?revision=7", "404"),
            ("2025-Q4/drivers.png?revision=new", "400"),
        ] {
            let (head, body) = server.get(&format!("/charts/{path}"));
            assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {head}");
            // a line of words, which no browser takes for a page
            assert!(head.contains("text/plain") && !body.is_empty(), "{path}: {head}");
        }
        let rows = world.rows("{ chartRows(quarter: \"2025-Q4\", dimension: \"all\", locale: \"en\") { kind description } }");
        assert_eq!(rows.len(), Kind::ALL.len());
        assert!(rows.iter().all(|row| row["description"].as_str().unwrap().contains("revision 1")), "{rows:?}");
    }
);
