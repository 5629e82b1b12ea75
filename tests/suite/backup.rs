//! Backups: whole copies made while others write, and put back only where nobody is.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use rapport_tests::{Backend, Server, World, on_both, shop};

const FOLDER: &str = "rapport-backups";
const QUERY: &str = "{ quarterRows { quarter revision status } customers(first: 50) { totalCount nodes { code } } \
                     scoreRows { quarter metricCode dimension segment value lower upper n } }";

fn closed() -> World {
    let world = World::new(Backend::Sqlite).unwrap();
    shop::write(&world);
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close"]);
    world
}

/// The files of the folder whose names end so, oldest first.
fn files(world: &World, end: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(world.folder().join(FOLDER)) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.to_str().unwrap().ends_with(end));
    files.sort();
    files
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn count(file: &Path, table: &str) -> i64 {
    let database = rusqlite::Connection::open(file).unwrap();
    database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

/// What was backed up is what comes back, byte for byte, whatever was done since; the database of then is kept.
#[test]
fn what_comes_back_is_what_was_there() {
    let world = closed();
    let before = world.answer(QUERY);
    world.ok(&["run", "backup"]);
    let backups = files(&world, ".sqlite");
    assert_eq!(backups.len(), 1);
    let name = backups[0].file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("rapport-20") && name.ends_with("Z.sqlite") && name.len() == 33, "{name}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&backups[0]).unwrap().permissions().mode() & 0o777, 0o600);
    }
    world.file("orders.csv", shop::orders() + "L1,C30,2026-02-01,500.00,400.00,1\n");
    world.ok(&["import", "shop.toml"]);
    world.ok(&["close"]);
    let after = world.answer(QUERY);
    assert_ne!(before, after);

    let refused = world.run(&["restore", text(&backups[0])]);
    assert_eq!((refused.code, refused.err.contains("--replace")), (2, true), "{}", refused.err);
    assert_eq!(world.answer(QUERY), after);
    let ran = world.ok(&["restore", text(&backups[0]), "--replace"]);
    assert!(ran.out.contains("rapport.sqlite.before-restore"), "{}", ran.out);
    for gone in ["rapport.sqlite-wal", "rapport.sqlite-shm", "rapport.sqlite.restoring"] {
        assert!(!world.folder().join(gone).exists(), "{gone}");
    }
    assert_eq!(world.answer(QUERY), before);
    // back again, from the database that was kept
    let kept = world.folder().join("rapport.sqlite.before-restore");
    world.ok(&["restore", text(&kept), "--replace"]);
    assert_eq!(world.answer(QUERY), after);
    assert!(kept.exists() && world.folder().join("rapport.sqlite.before-restore-2").exists());
    // and where there is none
    fs::remove_file(world.folder().join("rapport.sqlite")).unwrap();
    world.ok(&["restore", text(&backups[0])]);
    assert_eq!(world.answer(QUERY), before);
}

/// Writes purchases in pairs, a transaction each, until it is told to stop; says how many pairs there are.
fn write_pairs(database: &Path, stop: &AtomicBool) -> i64 {
    let mut database = rusqlite::Connection::open(database).unwrap();
    database.busy_timeout(Duration::from_secs(30)).unwrap();
    let mut pairs = 0;
    // it ends by itself if the test fails, and leaves others their turn
    while !stop.load(Ordering::Relaxed) && pairs < 8_000 {
        std::thread::sleep(Duration::from_millis(5));
        let transaction =
            database.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
        for half in ["a", "b"] {
            let sql = "INSERT INTO purchase (customer_id, source, code, at, amount, currency, quantity) \
                       SELECT min(customer_id), 'pairs', ?1, 0, 1, 'CNY', 1 FROM customer";
            transaction.execute(sql, [format!("{pairs}{half}")]).unwrap();
        }
        transaction.commit().unwrap();
        pairs += 1;
    }
    pairs
}

/// Copies made while an import and somebody else write are whole: each is what one moment saw.
#[test]
fn copies_made_while_others_write() {
    let world = closed();
    let before = world.answer(QUERY);
    let row =
        |number: u32| format!("B{number},C{:02},2026-03-0{},1.00,0.50,1\n", number % 40 + 1, number % 9 + 1);
    world.file("orders.csv", shop::orders() + &(0..20_000).map(row).collect::<String>());
    let (stop, file) = (AtomicBool::new(false), world.folder().join("rapport.sqlite"));
    let pairs = std::thread::scope(|scope| {
        let writer = scope.spawn(|| write_pairs(&file, &stop));
        let mut import = world
            .command(&["import", "shop.toml"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while import.try_wait().unwrap().is_none() || files(&world, ".sqlite").len() < 3 {
            world.ok(&["run", "backup"]);
            // a run is of its second
            std::thread::sleep(Duration::from_millis(600));
        }
        assert!(import.wait().unwrap().success());
        stop.store(true, Ordering::Relaxed);
        writer.join().unwrap()
    });
    let mut seen = Vec::new();
    for backup in files(&world, ".sqlite") {
        let other = World::new(Backend::Sqlite).unwrap();
        other.ok(&["restore", text(&backup)]);
        assert_eq!(other.answer(QUERY), before);
        seen.push(count(&other.folder().join("rapport.sqlite"), "purchase WHERE source = 'pairs'"));
    }
    assert!(seen.iter().all(|count| count % 2 == 0), "half a transaction: {seen:?}");
    assert!(seen.is_sorted() && seen[0] < seen[2], "the writer went on beside the copies: {seen:?}");
    assert_eq!(count(&file, "purchase WHERE source = 'pairs'"), pairs * 2, "and lost nothing");
}

/// Killed at any moment, a backup leaves no half file under a backup's name; the next one works.
#[test]
fn killed_in_the_middle() {
    let world = closed();
    let rows = |number: u32| format!("B{number},C{:02},2026-03-01,1.00,0.50,1\n", number % 40 + 1);
    world.file("orders.csv", shop::orders() + &(0..40_000).map(rows).collect::<String>());
    world.ok(&["import", "shop.toml"]);
    let mut halves = 0;
    for wait in (0..7).map(|step| Duration::from_millis(step * 15)) {
        let mut run =
            world.command(&["run", "backup"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while files(&world, ".part").is_empty() && run.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(wait);
        let _ = run.kill();
        run.wait().unwrap();
        halves += files(&world, ".part").len();
        for backup in files(&world, ".sqlite") {
            assert_eq!(count(&backup, "purchase"), 40_040);
            fs::remove_file(backup).unwrap();
        }
        files(&world, ".part").iter().for_each(|part| fs::remove_file(part).unwrap());
        // a run is of its second
        std::thread::sleep(Duration::from_secs(1));
    }
    assert!(halves > 0, "none was killed in the middle");
    world.ok(&["run", "backup"]);
    assert_eq!(files(&world, ".sqlite").len(), 1);
}

/// Only the newest stay; what is not a backup stays too, and an old half copy goes.
#[test]
fn the_newest_are_kept() {
    let world = closed();
    world.file("rapport.toml", "[backup]\nkeep = 2\n");
    fs::create_dir(world.folder().join(FOLDER)).unwrap();
    for name in [
        "rapport-2026-01-01T030000Z.sqlite",
        "rapport-2026-01-02T030000Z.sqlite",
        "notes.sqlite",
        "rapport-2026-01-02T030000Z.part",
    ] {
        world.file(&format!("{FOLDER}/{name}"), "");
    }
    world.ok(&["run", "backup"]);
    let left = files(&world, "");
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(
        left[0].ends_with("notes.sqlite") && left[1].ends_with("rapport-2026-01-02T030000Z.sqlite"),
        "{left:?}"
    );
}

/// What cannot be used is refused in words, and the database stays as it was.
#[test]
fn refused_in_words() {
    let world = closed();
    world.ok(&["run", "backup"]);
    let backup = files(&world, ".sqlite").remove(0);
    let before = world.answer(QUERY);
    let bytes = fs::read(&backup).unwrap();
    let mut damaged = bytes.clone();
    // the inner pages: the header stays readable
    damaged[8_192..40_960].fill(0xA5);
    let short = &bytes[..bytes.len() / 2];
    rusqlite::Connection::open(world.folder().join("shop.db"))
        .unwrap()
        .execute_batch("CREATE TABLE sale (id)")
        .unwrap();
    for (file, words) in [
        (world.file("damaged.sqlite", &damaged), "damaged"),
        (world.file("short.sqlite", short), "damaged"),
        (
            world.file("words.sqlite", "no database at all, but long enough to be looked at as one"),
            "no SQLite database",
        ),
        (world.folder().join("nowhere.sqlite"), "No such file"),
        (world.folder().join("shop.db"), "no database of Rapport's"),
    ] {
        let ran = world.run(&["restore", text(&file), "--replace"]);
        assert_eq!(ran.code, 1, "{file:?}: {}", ran.err);
        assert!(ran.err.contains(words), "{file:?}: {}", ran.err);
        assert_eq!(world.answer(QUERY), before);
    }
    let newer = rusqlite::Connection::open(&backup).unwrap();
    newer.execute("INSERT INTO seaql_migrations VALUES ('m29990101_000001_later', 0)", []).unwrap();
    drop(newer);
    let ran = world.run(&["restore", text(&backup), "--replace"]);
    assert!(ran.code == 1 && ran.err.contains("newer Rapport"), "{}", ran.err);
    let left: Vec<_> =
        fs::read_dir(world.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_str().unwrap().contains("restor")), "{left:?}");
}

/// While a server has the database, it stays; when it stopped, or was killed, the backup goes in.
#[test]
fn a_database_in_use_stays() {
    let world = closed();
    world.ok(&["run", "backup"]);
    let backup = files(&world, ".sqlite").remove(0);
    let mut server = Server::start(&world, &["--without-schedule"]);
    let ran = world.run(&["restore", text(&backup), "--replace"]);
    assert_eq!((ran.code, ran.err.contains("in use by another process")), (75, true), "{}", ran.err);
    assert!(!world.folder().join("rapport.sqlite.before-restore").exists());
    // killed: its WAL stays behind, and must not be read with the new database
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    world.ok(&["restore", text(&backup), "--replace"]);
    assert!(!world.folder().join("rapport.sqlite-wal").exists());
    assert_eq!(world.rows("{ quarterRows { quarter } }").len(), 1);
}

/// A database too damaged to be opened is replaced, with what lies beside it.
#[test]
fn a_damaged_database_is_replaced() {
    let world = closed();
    let before = world.answer(QUERY);
    world.ok(&["run", "backup"]);
    let backup = files(&world, ".sqlite").remove(0);
    for (name, content) in [
        ("rapport.sqlite", "spoilt, and longer than nothing"),
        ("rapport.sqlite-wal", "of another"),
        ("rapport.sqlite-shm", "of another"),
    ] {
        world.file(name, content.repeat(100));
    }
    world.ok(&["restore", text(&backup), "--replace"]);
    assert_eq!(world.answer(QUERY), before);
    let kept = world.folder().join("rapport.sqlite.before-restore");
    assert!(fs::read_to_string(&kept).unwrap().starts_with("spoilt"));
    assert!(world.folder().join("rapport.sqlite.before-restore-wal").exists());
}

on_both!(
    /// On PostgreSQL it is said whose backups are, and nothing has failed.
    who_backs_up,
    |world| {
        world.ok(&["migrate"]);
        let ran = world.ok(&["run", "backup"]);
        let postgres = world.database().starts_with("postgres");
        assert_eq!(format!("{}{}", ran.out, ran.err).contains("pg_dump"), postgres, "{}{}", ran.out, ran.err);
        assert_eq!(files(world, ".sqlite").len(), usize::from(!postgres));
        if postgres {
            let ran = world.run(&["restore", "backup.sqlite"]);
            assert!(ran.code == 2 && ran.err.contains("pg_restore"), "{}", ran.err);
        }
    }
);
