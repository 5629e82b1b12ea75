//! Import and close at size: `cargo build --release && cargo bench -p rapport-tests`.
//!
//! Figures are ratios within one run against a named rival on the same data, or peak memory: the machine's speed
//! cancels out. The rival is `sqlite3`’s own `.import`.
#![allow(clippy::unwrap_used)]

use std::{
    fmt::Write as _,
    fs::File,
    io::{BufWriter, Write},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rapport_tests::{Backend, World};

const ROWS: u32 = 1_000_000;
const CUSTOMERS: u32 = 50_000;
const RUNS: usize = 3;

fn main() {
    // the test runner calls benches too, to see that they compile
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    purchases();
    responses();
}

/// A number that looks random and is the same in every run.
fn scattered(row: u32) -> u32 {
    (u64::from(row).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) as u32
}

fn moment(seconds: u64) -> String {
    let start = chrono::DateTime::from_timestamp(1_735_689_600, 0).unwrap();
    (start + Duration::from_secs(seconds)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Seconds and peak memory in MB of a command.
fn run(command: &mut Command) -> (f64, f64) {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let peak = watch(&mut child);
    assert!(child.wait().unwrap().success(), "{command:?}");
    (begun.elapsed().as_secs_f64(), peak)
}

fn watch(child: &mut Child) -> f64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        if let Some(kilobytes) = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()) {
            peak = kilobytes / 1024.0;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    peak
}

fn purchases() {
    let world = World::new(Backend::Sqlite).unwrap();
    let mut file = BufWriter::new(File::create(world.folder().join("purchases.csv")).unwrap());
    writeln!(file, "code,customer,at,amount,cost,quantity,product").unwrap();
    for row in 0..ROWS {
        let (at, chance) = (moment(u64::from(row) * 30), scattered(row));
        let (customer, amount) = (chance % CUSTOMERS, chance % 99_999);
        let cents = chance % 100;
        writeln!(
            file,
            "P{row:07},C{customer:06},{at},{amount}.{cents:02},{}.{cents:02},{},SKU-{}",
            amount / 2,
            chance % 3 + 1,
            chance % 500
        )
        .unwrap();
    }
    drop(file);
    let mut customers = String::from("code\n");
    (0..CUSTOMERS).for_each(|customer| writeln!(customers, "C{customer:06}").unwrap());
    world.file("customers.csv", customers);
    let files = "source = \"bench\"\ncurrency = \"CNY\"\n[files]\ncustomers = \"customers.csv\"\npurchases = \"purchases.csv\"\n";
    let people = "[[customer]]\nfile = \"customers\"\nselect = \"SELECT _line, code FROM customers\"\n";
    let orders = "[[purchase]]\nfile = \"purchases\"\nselect = \"SELECT _line, code, customer, at, amount, cost, quantity, product FROM purchases\"\n";
    world.file("people.toml", format!("{files}{people}"));
    world.file("orders.toml", format!("{files}{orders}").replace("customers = \"customers.csv\"\n", ""));
    let (mut ratios, mut ours, mut memory) = (Vec::new(), Vec::new(), 0.0);
    for _ in 0..RUNS {
        for name in ["rapport.sqlite", "rapport.sqlite-wal", "rapport.sqlite-shm", "rival.sqlite"] {
            let _ = std::fs::remove_file(world.folder().join(name));
        }
        world.ok(&["import", "people.toml"]);
        let (seconds, peak) = run(&mut world.command(&["import", "orders.toml"]));
        let (rival, _) = run(Command::new("sqlite3")
            .args(["rival.sqlite", ".import --csv purchases.csv purchases"])
            .current_dir(world.folder()));
        ratios.push(seconds / rival);
        ours.push(seconds);
        memory = peak;
    }
    println!(
        "import of {ROWS} purchases: {:.2} times the time of sqlite3 .import ({:.2} s; peak {memory:.0} MB)",
        median(ratios),
        median(ours)
    );
}

fn responses() {
    let world = World::new(Backend::Sqlite).unwrap();
    let questions: Vec<String> = (1..=10).map(|number| format!("q{number}")).collect();
    let list = questions.join(", ");
    let mut file = BufWriter::new(File::create(world.folder().join("responses.csv")).unwrap());
    writeln!(file, "code,customer,at,{}", questions.join(",")).unwrap();
    for row in 0..ROWS {
        write!(file, "R{row:07},K{row:07},{}", moment(u64::from(row) * 7)).unwrap();
        for question in 0..10 {
            write!(file, ",{}", scattered(row * 10 + question) % 10 + 1).unwrap();
        }
        writeln!(file).unwrap();
    }
    drop(file);
    let rows: String = questions
        .iter()
        .enumerate()
        .map(|(place, code)| {
            let measure = match place {
                0 => ", measure = \"overall\"",
                5 => ", measure = \"repurchase\"",
                _ => "",
            };
            let construct = if place < 3 { "satisfaction" } else { "quality" };
            format!("{{ survey = \"s\", code = \"{code}\", construct = \"{construct}\", low = 1, high = 10{measure} }},\n")
        })
        .collect();
    let mapping = format!(
        "source = \"bench\"\n[files]\nresponses = \"responses.csv\"\n\
         [[customer]]\nselect = \"SELECT _line, customer AS code, 'S' || (_line % 20) AS \\\"segment.region\\\" FROM responses\"\n\
         [[survey]]\nrows = [{{ code = \"s\" }}]\n[[question]]\nrows = [{rows}]\n\
         [[response]]\nselect = \"SELECT _line, code, customer, at, {list} FROM responses\"\n"
    );
    world.file("responses.toml", mapping);
    let (import, imported) = run(&mut world.command(&["import", "responses.toml"]));
    let (close, closed) = run(&mut world.command(&["close", "--quarter", "2025-Q1"]));
    println!(
        "{ROWS} responses of 10 questions, a customer each, 20 segments: import {import:.1} s (peak {imported:.0} MB), \
         close {close:.1} s, peak {closed:.0} MB"
    );
}
