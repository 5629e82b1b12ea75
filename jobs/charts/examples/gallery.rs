//! Writes every picture of the gallery, in both languages and themes, to the folder given as argument.

#[path = "../tests/samples/mod.rs"]
mod samples;

use rapport_charts::{Theme, png};
use rapport_messages::Locale;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder for the pictures")?);
    std::fs::create_dir_all(&folder)?;
    for sample in samples::all() {
        for locale in Locale::ALL {
            for theme in Theme::ALL {
                let svg = sample.chart.svg(locale, theme)?;
                let name = format!("{}-{locale}-{theme}", sample.name);
                std::fs::write(folder.join(format!("{name}.png")), png(&svg, 1.0)?)?;
                std::fs::write(folder.join(format!("{name}.svg")), svg)?;
            }
        }
    }
    Ok(())
}
