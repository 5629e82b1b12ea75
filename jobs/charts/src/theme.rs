//! What a picture is made for: a screen, or a printer without colours. There is one drawing, and its palette is changed.

use crate::{Error, palette};
use plotters::style::RGBColor;
use std::{borrow::Cow, fmt, str::FromStr};

/// What a picture is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    /// Colours on white, for screens and slides.
    #[default]
    Light,
    /// Greys on white without dark areas, for paper.
    Print,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Theme; 2] = [Theme::Light, Theme::Print];

    /// The name in addresses and file names.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Print => "print",
        }
    }

    /// The colour that this theme has for one of the palette's.
    pub(crate) fn color(self, light: RGBColor) -> RGBColor {
        let printed = palette::PRINTED.iter().find(|(color, _)| *color == light);
        match (self, printed) {
            (Theme::Print, Some((_, grey))) => RGBColor(*grey, *grey, *grey),
            _ => light,
        }
    }

    /// A light drawing in this theme: the very bytes that drawing it so would have given. Only what stands inside of
    /// tags is changed, never a name.
    pub fn apply(self, light: &str) -> Cow<'_, str> {
        if self == Theme::Light {
            return Cow::Borrowed(light);
        }
        let mut themed = String::with_capacity(light.len());
        for (i, part) in light.split('<').enumerate() {
            if i > 0 {
                themed.push('<');
            }
            let (tag, text) = part.split_at(part.find('>').unwrap_or(0));
            self.recolour(tag, &mut themed);
            themed.push_str(text);
        }
        Cow::Owned(themed)
    }

    fn recolour(self, tag: &str, themed: &mut String) {
        for (i, part) in tag.split("=\"#").enumerate() {
            let color = if i > 0 { part.get(..6).and_then(read) } else { None };
            if i > 0 {
                themed.push_str("=\"#");
            }
            match (color, part.get(6..)) {
                (Some(light), Some(rest)) => {
                    let RGBColor(red, green, blue) = self.color(light);
                    themed.push_str(&format!("{red:02X}{green:02X}{blue:02X}"));
                    themed.push_str(rest);
                }
                _ => themed.push_str(part),
            }
        }
    }
}

fn read(hex: &str) -> Option<RGBColor> {
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some(RGBColor(part(0)?, part(2)?, part(4)?))
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Theme {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == name).ok_or_else(|| Error::UnknownName {
            what: "theme",
            given: name.to_owned(),
            known: "light, print",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_colours_are_the_same() {
        for (i, (one, _)) in palette::PRINTED.iter().enumerate() {
            assert!(palette::PRINTED[i + 1..].iter().all(|(other, _)| other != one), "{one:?}");
        }
    }

    #[test]
    fn names_keep_their_words() {
        let light = "<text fill=\"#0B4F8A\">\na=\"#0B4F8A\"</text>";
        assert_eq!(Theme::Print.apply(light), "<text fill=\"#1A1A1A\">\na=\"#0B4F8A\"</text>");
        assert_eq!(Theme::Light.apply(light), light);
    }
}
