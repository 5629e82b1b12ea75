//! The API at size: `cargo build --release && cargo bench -p rapport-tests --bench graph`, with the rivals of
//! `tests/rivals` built by `cargo build --release --manifest-path tests/rivals/Cargo.toml --target-dir target/rivals`.
//!
//! Figures are ratios within one run on the same database file, each pair of servers asked in turn: the machine's speed
//! cancels out. The rivals: raw sqlx and rusqlite behind axum, seaography, a constant body, and `sqlite3 -csv`.
#![allow(clippy::unwrap_used)]

use std::{
    fmt::Write as _,
    fs::File,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use rapport_tests::{Backend, World};

const ROUNDS: usize = 5;
/// Of one side of a pair, in each round.
const TIME: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 8;
const QUARTER: &str = "2025-Q4";

fn main() {
    // the test runner calls benches too, to see that they compile
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    list();
    table();
}

/// The list of 100 customers with their segments and their type in a quarter.
fn list() {
    let world = World::new(Backend::Sqlite).unwrap();
    world.ok(&["demo", "--no-serve", "--last", QUARTER]);
    let file = world.folder().join("rapport.sqlite");
    let rivals = Rivals::start(&file);
    // no answer is kept: each is read anew
    world.file("rapport.toml", "[serve]\ncache_bytes = 0\n");
    let cold = Ours::start(&world);
    world.file("rapport.toml", "");
    let kept = Ours::start(&world);

    let query = format!(
        "{{ customers(first: 100) {{ nodes {{ code segments {{ dimension code name }} \
         quarters(quarter: \"{QUARTER}\") {{ typeCode }} }} }} }}"
    );
    let ours = post("/graphql", &serde_json::json!({ "query": query }).to_string());
    let [by_sqlx, by_rusqlite, constant] = ["/sqlx", "/rusqlite", "/constant"].map(get);
    let query = "{ customer(pagination: {page: {limit: 100, page: 0}}, orderBy: {code: ASC}) { nodes { code \
                 customerSegment { nodes { dimension segmentNamed { code name } } } \
                 customerQuarter(filters: {setId: {eq: \"SET\"}}) { nodes { loyaltyType } } } } }";
    let set = format!("SELECT set_id FROM current_publication WHERE quarter = '{QUARTER}'");
    let set: String =
        rusqlite::Connection::open(&file).unwrap().query_row(&set, [], |row| row.get(0)).unwrap();
    let seaography =
        post("/seaography", &serde_json::json!({ "query": query.replace("SET", &set) }).to_string());
    same_rows(&cold.address, &ours, &rivals.address, &by_sqlx);
    let told = data(&rivals.address, &seaography);
    assert_eq!(told["customer"]["nodes"].as_array().map(Vec::len), Some(100), "{told}");
    for (name, rival) in [
        ("sqlx and serde_json", &by_sqlx),
        ("rusqlite and serde_json", &by_rusqlite),
        ("seaography", &seaography),
    ] {
        let (ours, rivals) = in_turn((&cold.address, &ours), (&rivals.address, rival));
        println!(
            "100 customers, cold: {:.2} times the time of {name} ({ours:.0} and {rivals:.0} requests a second)",
            rivals / ours
        );
    }
    let (ours, constant) = in_turn((&kept.address, &ours), (&rivals.address, &constant));
    println!(
        "the same, repeated: {:.2} times the requests of a constant body ({ours:.0} and {constant:.0} a second)",
        ours / constant
    );
}

/// Customers of a quarter as CSV.
fn table() {
    let world = World::new(Backend::Sqlite).unwrap();
    world.ok(&["demo", "--no-serve", "--last", QUARTER, "--quarters", "2", "--customers", "110000"]);
    let server = Ours::start(&world);
    for (name, path, sql) in [(
        "customers",
        format!("/q/customers.csv?quarter={QUARTER}"),
        format!(
            "SELECT quarter, quarter_start, code, type_code, subtype_code, class_code, growth_code, size_code, \
                 lifecycle_code, stage_code, satisfaction, intention, recommend, staying, complained, purchases, \
                 revenue, revenue_minor, profit, window_revenue, rfm, rank, p_alive, expected_purchases, \
                 lifetime_value, currency FROM customer_row WHERE quarter = '{QUARTER}' ORDER BY code"
        ),
    )] {
        let (mut ratios, mut rows) = (Vec::new(), 0);
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let body = body(&server.address, &get(&path));
            let ours = begun.elapsed().as_secs_f64();
            rows = body.iter().filter(|byte| **byte == b'\n').count() - 1;
            let begun = Instant::now();
            let out = Command::new("sqlite3")
                .args(["-csv", "-header", "rapport.sqlite", &sql])
                .current_dir(world.folder())
                .output()
                .unwrap();
            let rival = begun.elapsed().as_secs_f64();
            assert_eq!(out.stdout.iter().filter(|byte| **byte == b'\n').count() - 1, rows);
            ratios.push((ours / rival, ours, rival));
        }
        ratios.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (ratio, ours, rival) = ratios[ROUNDS / 2];
        println!(
            "{rows} {name} as CSV: {ratio:.2} times the time of sqlite3 -csv ({ours:.2} s and {rival:.2} s)"
        );
    }
}

/// Requests a second of two servers that are asked in turn, each the median of its rounds.
fn in_turn(one: (&str, &str), other: (&str, &str)) -> (f64, f64) {
    let mut rates = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (rates, (address, request)) in rates.iter_mut().zip([one, other]) {
            rates.push(rate(address, request));
        }
    }
    let [one, other] = rates.map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates[ROUNDS / 2]
    });
    (one, other)
}

/// Requests a second over connections that stay open.
fn rate(address: &str, request: &str) -> f64 {
    let done = AtomicU64::new(0);
    let begun = Instant::now();
    std::thread::scope(|threads| {
        for _ in 0..CONNECTIONS {
            threads.spawn(|| {
                let mut stream = TcpStream::connect(address).unwrap();
                while begun.elapsed() < TIME {
                    stream.write_all(request.as_bytes()).unwrap();
                    answer(&mut stream);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64()
}

/// The rivals answer with the same rows.
fn same_rows(ours: &str, query: &str, rivals: &str, path: &str) {
    assert_eq!(data(ours, query), data(rivals, path));
}

/// What an answer says.
fn data(address: &str, request: &str) -> serde_json::Value {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer(&mut stream)).unwrap();
    answer["data"].clone()
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

fn post(path: &str, body: &str) -> String {
    let mut request =
        format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
    write!(request, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    request
}

/// Reads one answer, whose length its header says; its body.
fn answer(stream: &mut TcpStream) -> Vec<u8> {
    let (mut bytes, mut part) = (Vec::new(), [0; 65_536]);
    loop {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "the server hung up: {}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&part[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let header = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        assert!(header.starts_with("http/1.1 200"), "{}", String::from_utf8_lossy(&bytes));
        let length =
            header.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if bytes.len() >= end + 4 + length.unwrap() {
            return bytes.split_off(end + 4);
        }
    }
}

/// All that a server sends until it closes.
fn body(address: &str, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    assert!(bytes.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&bytes[..200]));
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    // the chunks' sizes are lines of their own, without a comma
    let chunks = String::from_utf8(bytes.split_off(end + 4)).unwrap();
    let lines = chunks.split_inclusive('\n').filter(|line| line.contains(','));
    lines.collect::<String>().into_bytes()
}

fn free() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn started(mut command: Command, address: &str) -> Child {
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while TcpStream::connect(address).is_err() {
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

/// A server of ours.
struct Ours {
    address: String,
    child: Child,
}

impl Ours {
    fn start(world: &World) -> Self {
        let address = free();
        let command = world.command(&["serve", "--without-schedule", "--address", &address]);
        Self { child: started(command, &address), address }
    }
}

/// The server of the rivals.
struct Rivals {
    address: String,
    child: Child,
}

impl Rivals {
    fn start(file: &Path) -> Self {
        let address = free();
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/rivals/release/rapport-rivals");
        File::open(&program).expect("build the rivals first: the head of this file says how");
        let mut command = Command::new(program);
        command.arg(file).args([&address, QUARTER]);
        Self { child: started(command, &address), address }
    }
}

macro_rules! stopped {
    ($($server:ident),+) => {$(
        impl Drop for $server {
            fn drop(&mut self) {
                self.child.kill().unwrap();
                self.child.wait().unwrap();
            }
        }
    )+};
}

stopped!(Ours, Rivals);
