//! From data to an SVG document: one drawing through plotters, with the finding in words for those who cannot see it.

use crate::canvas::Canvas;
use crate::frame::{self, Headline};
use crate::{Error, Kind, Subject, Theme, font, subject};
use plotters::prelude::{DrawingBackend, IntoDrawingArea, SVGBackend};
use rapport_messages::Locale;

/// The width of a picture at scale 1.
pub const WIDTH: u32 = 1600;
/// The height of a picture at scale 1.
pub const HEIGHT: u32 = 900;

/// What a chart says and how it draws it; the frame around it is the same for all.
pub(crate) trait Picture {
    const KIND: Kind;
    fn subject(&self) -> &Subject;
    fn rule(&self) -> &str;
    /// What the result rests on: `n = 1,234`.
    fn base(&self, locale: Locale) -> Option<String>;
    fn headline(&self, locale: Locale) -> Headline;
    /// The figures, in sentences.
    fn story(&self, locale: Locale) -> String;
    fn draw<DB>(&self, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
    where
        DB: DrawingBackend<ErrorType: 'static>;
}

/// The picture as an SVG document.
pub(crate) fn svg<P: Picture>(picture: &P, locale: Locale, theme: Theme) -> Result<String, Error> {
    let mut drawn = String::new();
    {
        let root = SVGBackend::with_string(&mut drawn, (WIDTH, HEIGHT)).into_drawing_area();
        let canvas = Canvas { area: &root, theme };
        frame::draw(picture, &canvas, locale)?;
        picture.draw(&canvas, locale)?;
        root.present().map_err(|error| Error::Drawing(Box::new(error)))?;
    }
    Ok(with_words(&drawn, picture, locale))
}

/// Puts the alternative text into the drawing, and what plotters has no word for: language and round joins. What it says
/// again at every text is said once.
fn with_words<P: Picture>(drawn: &str, picture: &P, locale: Locale) -> String {
    let title = escaped(&picture.headline(locale).words(locale));
    let description = escaped(&description(picture, locale));
    let language = locale.pick("en", "zh-Hans");
    let (root, body) = drawn.split_once('>').unwrap_or((drawn, ""));
    let body = covered(&body.replace(&format!(" font-family=\"{}\"", font::FAMILY), ""));
    format!(
        "{root} role=\"img\" xml:lang=\"{language}\" font-family=\"{}\" stroke-linejoin=\"round\">\n\
         <title>{title}</title>\n<desc>{description}</desc>{body}",
        font::FAMILY
    )
}

/// The drawing with the opacity of shapes said of their one colour: an opacity of the whole would have each painted on
/// paper of its own.
fn covered(drawn: &str) -> String {
    let mut parts = drawn.split(" opacity=\"");
    let mut body = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (cover, rest) = part.split_once('"').unwrap_or((part, ""));
        if cover != "1" {
            body.push_str(&format!(" fill-opacity=\"{cover}\" stroke-opacity=\"{cover}\""));
        }
        body.push_str(rest);
    }
    body
}

/// The finding and the figures, for those who cannot see the picture.
pub(crate) fn in_words<P: Picture>(picture: &P, locale: Locale) -> String {
    format!("{}\n{}", picture.headline(locale).words(locale), description(picture, locale))
}

fn description<P: Picture>(picture: &P, locale: Locale) -> String {
    let subject = picture.subject();
    let mut parts = vec![subject.quarter.clone(), subject.customers(locale).into_owned()];
    parts.extend(picture.base(locale));
    if subject.provisional {
        parts.push(subject::provisional(locale).into_owned());
    }
    let story = picture.story(locale);
    [parts.join(" · ").as_str(), &story, picture.rule(), &subject.source(locale)].map(str::trim).join("\n")
}

/// The text as XML holds it: markup escaped, characters that XML forbids made spaces.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push('\n'),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
