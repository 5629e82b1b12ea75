//! How long a chart's PNG of 1600 × 900 takes, kind by kind, beside matplotlib drawing the same from the same data:
//! `cargo bench -p rapport-charts --bench charts -- --python PYTHON`. Without a python that has matplotlib only our side is timed.

#[path = "../tests/samples/mod.rs"]
mod samples;

use rapport_charts::{Kind, Theme, png};
use rapport_messages::Locale;
use std::{
    collections::HashMap,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: u32 = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let python = arguments.iter().skip_while(|argument| *argument != "--python").nth(1);
    let usual: Vec<samples::Sample> =
        samples::all().into_iter().filter(|sample| sample.name.ends_with("-usual")).collect();
    assert_eq!(usual.len(), Kind::ALL.len(), "a usual case of every kind");
    let data: Vec<_> = usual.iter().map(|sample| &sample.chart).collect();
    let folder = std::env::temp_dir().join(format!("rapport-charts-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("charts.json");
    std::fs::write(&file, serde_json::to_string(&data)?)?;
    let theirs = match python {
        Some(python) => matplotlib(python, &file)?,
        None => HashMap::new(),
    };
    println!("{:24} {:>9} {:>9} {:>12} {:>7}", "kind", "svg ms", "png ms", "matplotlib", "ratio");
    for sample in &usual {
        let kind = sample.chart.kind();
        let drawing = timed(|| sample.chart.svg(Locale::En, Theme::Light).map(drop))?;
        let whole = timed(|| png(&sample.chart.svg(Locale::En, Theme::Light)?, 1.0).map(drop))?;
        let other = theirs.get(&format!("{kind:?}")).copied();
        let (told, ratio) = other.map_or_else(Default::default, |other| {
            (format!("{other:.1}"), format!("{:.1}", other / millis(whole)))
        });
        println!("{:24} {:9.2} {:9.2} {told:>12} {ratio:>7}", kind.as_str(), millis(drawing), millis(whole));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The least of so many times: what else the machine does only adds.
fn timed(draw: impl Fn() -> Result<(), rapport_charts::Error>) -> Result<Duration, rapport_charts::Error> {
    let mut least = Duration::MAX;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        draw()?;
        least = least.min(begun.elapsed());
    }
    Ok(least)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Milliseconds by kind, as the script beside this file prints them.
fn matplotlib(python: &str, data: &PathBuf) -> Result<HashMap<String, f64>, Box<dyn std::error::Error>> {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/matplotlib_charts.py");
    let output = Command::new(python).arg(script).arg(data).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
