//! What every picture shares: the headline and what it rests on above, the source below, the plot's room between.

use crate::canvas::{Area, Canvas, Lettering};
use crate::picture::{HEIGHT, Picture, WIDTH};
use crate::{Error, Kind, font, palette, subject};
use plotters::prelude::DrawingBackend;
use rapport_messages::Locale;

/// The left and right edge of all that is drawn.
pub(crate) const LEFT: i32 = 72;
/// See [`LEFT`].
pub(crate) const RIGHT: i32 = WIDTH as i32 - 72;
/// The room for the plot with its axes.
pub(crate) const PLOT: Area = Area { left: LEFT, top: 250, right: RIGHT, bottom: 836 };

const KICKER: Lettering = Lettering::bold(20.0, palette::ACCENT);
const TITLE: Lettering = Lettering::bold(42.0, palette::INK);
const SMALL_TITLE: Lettering = Lettering::bold(34.0, palette::INK);
const SUBTITLE: Lettering = Lettering::regular(22.0, palette::INK);
const MARK: Lettering = Lettering::bold(17.0, palette::CONTRAST_INK);
const NOTHING: Lettering = Lettering::regular(24.0, palette::MUTED).centred();
const RULE: Lettering = Lettering::regular(17.0, palette::MUTED);

/// A headline: what it is about, which may be shortened, and what was found, which may not.
pub(crate) struct Headline {
    pub about: String,
    pub found: String,
}

impl Headline {
    /// The headline in full.
    pub(crate) fn words(&self, locale: Locale) -> String {
        match self.about.is_empty() {
            true => self.found.clone(),
            false => {
                // a question needs no colon after its mark
                let asks = self.about.ends_with(['?', '？']);
                let stop = if asks { locale.pick(" ", "") } else { locale.pick(": ", "：") };
                format!("{}{stop}{}", font::isolated(&self.about), self.found)
            }
        }
    }

    /// The headline in a width: smaller if need be, then with its subject shortened.
    fn fit(&self, allowed: i32, locale: Locale) -> (String, Lettering) {
        let words = self.words(locale);
        if let Some(fits) = [TITLE, SMALL_TITLE].into_iter().find(|size| size.width(&words) <= allowed) {
            return (words, fits);
        }
        let rest = Headline { about: "...".to_owned(), found: self.found.clone() }.words(locale);
        let about = SMALL_TITLE.fit(&self.about, (allowed - SMALL_TITLE.width(&rest)).max(0));
        let words = Headline { about, found: self.found.clone() }.words(locale);
        (SMALL_TITLE.fit(&words, allowed), SMALL_TITLE)
    }
}

/// Draws what surrounds a picture's plot.
pub(crate) fn draw<DB, P>(picture: &P, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
    P: Picture,
{
    canvas.fill(Area::new(0, 0, WIDTH as i32, HEIGHT as i32), palette::PAPER)?;
    canvas.fill(Area::new(LEFT, 40, 56, 6), palette::ACCENT)?;
    let kicker = kicker(P::KIND, picture.subject().company.as_deref(), locale);
    canvas.text(&kicker, (LEFT, 78), KICKER)?;
    let (title, lettering) = picture.headline(locale).fit(RIGHT - LEFT, locale);
    canvas.text(&title, (LEFT, 131), lettering)?;
    subtitle(picture, canvas, locale)?;
    for (baseline, line) in [202, 226].into_iter().zip(RULE.wrap(picture.rule(), RIGHT - LEFT, 2)) {
        canvas.text(&line, (LEFT, baseline), RULE)?;
    }
    canvas.fill(Area::new(LEFT, 852, RIGHT - LEFT, 1), palette::GRID)?;
    canvas.text(&picture.subject().source(locale), (LEFT, 877), RULE)
}

/// Says in a plot's room that there is nothing to show.
pub(crate) fn nothing<DB>(canvas: &Canvas<DB>, area: Area, words: &str) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    canvas.fill(area, palette::GROUND)?;
    let lines = NOTHING.balance(words, area.width() - 40, 3);
    let first = area.centre().1 + 8 - 17 * (lines.len() as i32 - 1);
    (0..).zip(&lines).try_for_each(|(i, line)| canvas.text(line, (area.centre().0, first + 34 * i), NOTHING))
}

/// A remark on how to read the picture, on the source's line at the right.
pub(crate) fn remark<DB>(canvas: &Canvas<DB>, words: &str) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    canvas.text(&RULE.fit(words, 1000), (RIGHT, 877), RULE.flush_right())
}

/// The remark that says what hatching means, with a swatch of it; for pictures too dense to say it in place.
pub(crate) fn hatching_remark<DB>(canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
{
    let words = subject::base_too_small(locale);
    canvas.hatch(Area::new(RIGHT - RULE.width(&words) - 40, 863, 28, 16))?;
    remark(canvas, &words)
}

/// Kind and company: `Net Promoter Score · Acme`.
fn kicker(kind: Kind, company: Option<&str>, locale: Locale) -> String {
    let kind = kind.title(locale);
    match company {
        Some(company) => KICKER.fit(&format!("{kind} · {}", font::isolated(company)), RIGHT - LEFT),
        None => kind.into_owned(),
    }
}

/// Quarter, segment, base, and the mark of a provisional result.
fn subtitle<DB, P>(picture: &P, canvas: &Canvas<DB>, locale: Locale) -> Result<(), Error>
where
    DB: DrawingBackend<ErrorType: 'static>,
    P: Picture,
{
    let subject = picture.subject();
    let base = picture.base(locale).map(|base| format!(" · {base}")).unwrap_or_default();
    let mark = subject::provisional(locale);
    let taken = SUBTITLE.width(&format!("{} · {base}", subject.quarter)) + MARK.width(&mark) + 60;
    let customers = SUBTITLE.fit(&subject.customers(locale), RIGHT - LEFT - taken);
    let line = format!("{} · {}{base}", subject.quarter, font::isolated(&customers));
    canvas.text(&line, (LEFT, 171), SUBTITLE)?;
    if subject.provisional {
        let left = LEFT + SUBTITLE.width(&line) + 18;
        let plate = Area::new(left, 150, MARK.width(&mark) + 20, 28);
        canvas.outline(plate, palette::CONTRAST_INK)?;
        canvas.text(&mark, (left + 10, 170), MARK)?;
    }
    Ok(())
}
