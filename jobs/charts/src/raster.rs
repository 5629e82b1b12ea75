//! A picture as pixels: the SVG itself, rasterised, so that there is only one drawing.

use crate::picture::{HEIGHT, WIDTH};
use crate::{Error, fallback, font};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg;

/// The PNG of an SVG picture, with `〓` for each sign that [`undrawable`](crate::undrawable) finds in it: 1600 × 900 pixels at a scale of 1, twice that each way at 2.
///
/// # Errors
/// [`Error::NotAnSvg`] where the text is no SVG, [`Error::ScaleOutOfRange`] where the scale is not above 0 and at
/// most 8.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, Error> {
    let (fontdb, nowhere) = fallback::fonts_for(svg);
    let options = usvg::Options { fontdb, ..usvg::Options::default() };
    let known = |sign: char| if nowhere.contains(&sign) { font::GETA } else { sign };
    let tree = match nowhere.is_empty() {
        true => usvg::Tree::from_str(svg, &options),
        false => usvg::Tree::from_str(&svg.chars().map(known).collect::<String>(), &options),
    };
    let tree = tree.map_err(Error::NotAnSvg)?;
    let size = (scale > 0.0 && scale <= 8.0)
        .then(|| [WIDTH, HEIGHT].map(|side| (side as f32 * scale).round() as u32));
    let mut pixels =
        size.and_then(|[width, height]| Pixmap::new(width, height)).ok_or(Error::ScaleOutOfRange(scale))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    encode(pixels).map_err(Error::Encoding)
}

/// Packed fast, at about the size of packing slowly. A row of a chart is mostly the row above it: to look for a better
/// filter takes longer than to draw.
fn encode(pixels: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = (pixels.width(), pixels.height());
    let opaque = opaque(pixels.take(), width as usize);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::Up);
    encoder.write_header()?.write_image_data(&opaque)?;
    Ok(bytes)
}

/// The pixels without their alpha, which paper does not have. In their own place, row by row: memory that was never touched
/// is what costs most.
fn opaque(mut pixels: Vec<u8>, width: usize) -> Vec<u8> {
    let mut row = vec![[0; 3]; width];
    let rows = pixels.len() / (width * 4);
    for at in 0..rows {
        let (four, _) = pixels[at * width * 4..(at + 1) * width * 4].as_chunks::<4>();
        for (opaque, [red, green, blue, _]) in row.iter_mut().zip(four) {
            *opaque = [*red, *green, *blue];
        }
        pixels[at * width * 3..(at + 1) * width * 3].copy_from_slice(row.as_flattened());
    }
    pixels.truncate(rows * width * 3);
    pixels
}
