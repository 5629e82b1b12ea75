//! The colours, each with the grey that stands for it in print. One accent and one contrast, apart in hue for the
//! colour-blind and in lightness for grey print; no two colours are the same, so that a drawing can change its palette.

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
/// What the picture is about, as a line or lettering.
pub(crate) const ACCENT: RGBColor = RGBColor(0x0B, 0x4F, 0x8A);
/// The accent as an area, which print lightens.
pub(crate) const ACCENT_FILL: RGBColor = RGBColor(0x0B, 0x4F, 0x8B);
/// Lettering on the accent.
pub(crate) const ON_ACCENT: RGBColor = RGBColor(0xFE, 0xFE, 0xFE);
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
/// The contrast as a ground.
pub(crate) const CONTRAST_TINT: RGBColor = RGBColor(0xF8, 0xE2, 0xC6);
/// Neither for nor against: passives.
pub(crate) const NEUTRAL: RGBColor = RGBColor(0xDD, 0xE2, 0xE8);

/// A share, from little to much.
pub(crate) const HEAT: [RGBColor; 6] = [
    RGBColor(0xED, 0xF4, 0xFA),
    RGBColor(0xD0, 0xE2, 0xF2),
    RGBColor(0xA9, 0xCA, 0xE6),
    RGBColor(0x7B, 0xAA, 0xD4),
    RGBColor(0x3B, 0x78, 0xB0),
    RGBColor(0x15, 0x55, 0x90),
];

/// Who stayed in a loyalty type, from the best to the worst, under the streams of those who moved.
pub(crate) const STAYED: [RGBColor; 5] = [
    RGBColor(0xAA, 0xC1, 0xD6),
    RGBColor(0xD1, 0xE1, 0xF0),
    RGBColor(0xD8, 0xDF, 0xE5),
    RGBColor(0xF5, 0xD8, 0xB8),
    RGBColor(0xF3, 0xF5, 0xF7),
];

/// Every colour, and the grey that stands for it in print: white ground, dark lines, no dark areas.
pub(crate) const PRINTED: [(RGBColor, u8); 27] = [
    (PAPER, 0xFF),
    (INK, 0x11),
    (MUTED, 0x4D),
    (LINE, 0x99),
    (GRID, 0xDD),
    (GROUND, 0xF7),
    (ACCENT, 0x1A),
    (ACCENT_FILL, 0xB8),
    (ON_ACCENT, 0x11),
    (ACCENT_TINT, 0xE4),
    (ACCENT_WASH, 0xF2),
    (SLATE, 0xDA),
    (CONTRAST, 0x90),
    (CONTRAST_INK, 0x33),
    (CONTRAST_TINT, 0xD2),
    (NEUTRAL, 0xEF),
    (HEAT[0], 0xF8),
    (HEAT[1], 0xEC),
    (HEAT[2], 0xDE),
    (HEAT[3], 0xCE),
    (HEAT[4], 0xBC),
    (HEAT[5], 0xA8),
    (STAYED[0], 0xE6),
    (STAYED[1], 0xEE),
    (STAYED[2], 0xF2),
    (STAYED[3], 0xD8),
    (STAYED[4], 0xF9),
];

/// The step of [`HEAT`] for a fraction of 1, and the lettering that reads on it.
pub(crate) fn heat(share: f64) -> (RGBColor, RGBColor) {
    let step = ((share.clamp(0.0, 1.0) * HEAT.len() as f64) as usize).min(HEAT.len() - 1);
    (HEAT[step], if step < 4 { INK } else { ON_ACCENT })
}
