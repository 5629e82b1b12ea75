//! Names of sheets: at most 31 characters, none that a sheet's name cannot have, no two alike.

use std::collections::BTreeSet;

/// The most characters of a name.
const LONGEST: usize = 31;

/// The names that are taken, in small letters.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// A name for a sheet with this title.
    pub fn name(&mut self, title: &str) -> String {
        let forbidden = |sign: char| "[]:*?/\\'".contains(sign) || sign.is_control();
        let plain: String = title.chars().map(|sign| if forbidden(sign) { ' ' } else { sign }).collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut name = cut(&plain, LONGEST);
        let mut number = 1;
        while name.is_empty() || !self.0.insert(name.to_lowercase()) {
            number += 1;
            let ending = format!(" {number}");
            name = format!("{}{ending}", cut(&plain, LONGEST - ending.len()));
        }
        name
    }
}

/// So many units of UTF-16, as sheets count.
pub fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |sign: &char| {
        units += sign.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_plain_and_apart() {
        let mut names = Names::default();
        assert_eq!(names.name("Paths [of] 'all': a/b"), "Paths of all a b");
        let long = "x".repeat(500);
        assert_eq!(names.name(&long).len(), 31);
        assert_eq!(names.name(&long), format!("{} 2", "x".repeat(29)));
        assert_eq!(names.name("paths of ALL a b"), "paths of ALL a b 2");
        assert_eq!(names.name("///"), " 2".trim_end());
    }
}
