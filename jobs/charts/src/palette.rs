//! The colours. One accent and one contrast, apart in hue for the colour-blind and in lightness for grey print.

use plotters::style::RGBColor;

/// The page.
pub(crate) const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// Titles and figures.
pub(crate) const INK: RGBColor = RGBColor(0x16, 0x20, 0x2B);
/// Words that explain; 6.4 : 1 on paper.
pub(crate) const MUTED: RGBColor = RGBColor(0x56, 0x62, 0x70);
/// Axes and the zero line.
pub(crate) const LINE: RGBColor = RGBColor(0x9A, 0xA5, 0xB1);
/// The grid, and the marks of suppression.
pub(crate) const GRID: RGBColor = RGBColor(0xE1, 0xE6, 0xEB);
/// Grounds of what is not in focus.
pub(crate) const GROUND: RGBColor = RGBColor(0xF4, 0xF6, 0xF8);
/// What the picture is about.
pub(crate) const ACCENT: RGBColor = RGBColor(0x0B, 0x4F, 0x8A);
/// The accent as a ground: interval bands, the cell in focus.
pub(crate) const ACCENT_TINT: RGBColor = RGBColor(0xD3, 0xE3, 0xF1);
/// The lightest accent: the ground of the cell in focus.
pub(crate) const ACCENT_WASH: RGBColor = RGBColor(0xEA, 0xF2, 0xF9);
/// Bars beside the one in focus.
pub(crate) const SLATE: RGBColor = RGBColor(0x8F, 0xA3, 0xB6);
/// What stands against the accent: detractors, losses, terrorists.
pub(crate) const CONTRAST: RGBColor = RGBColor(0xE3, 0x90, 0x35);
/// The contrast as lettering, dark enough to read.
pub(crate) const CONTRAST_INK: RGBColor = RGBColor(0x9A, 0x4F, 0x00);
/// Neither for nor against: passives.
pub(crate) const NEUTRAL: RGBColor = RGBColor(0xDD, 0xE2, 0xE8);
