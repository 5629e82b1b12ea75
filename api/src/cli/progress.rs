//! The progress of long work: a bar on a terminal, nothing where nobody watches.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that counts rows.
pub fn rows() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} rows, {per_sec}, {elapsed}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}
