//! A set of unique names.

use std::collections::HashMap;

/// The names that are taken in one scope.
#[derive(Debug, Clone, Default)]
pub struct UniqueNames {
    /// Each name, and the last number that was appended to it to make another one unique.
    taken: HashMap<String, u64>,
}

impl UniqueNames {
    /// Reserves the name if it is free, or else the name with the lowest number that makes it unique.
    pub fn make_unique(&mut self, name: &str) -> String {
        if self.reserve(name) {
            return name.to_owned();
        }
        let stem = name.strip_prefix("r#").unwrap_or(name).trim_end_matches('_');
        let is_snake = !stem.starts_with(char::is_uppercase);
        let separator = if is_snake || stem.ends_with(|c: char| c.is_ascii_digit()) {
            "_"
        } else {
            ""
        };
        let mut number = self.taken.get(name).copied().unwrap_or(1);
        loop {
            number += 1;
            let numbered = format!("{stem}{separator}{number}");
            if self.reserve(&numbered) {
                self.taken.insert(name.to_owned(), number);
                return numbered;
            }
        }
    }

    /// Reserves the name. Returns false if it is taken already.
    pub fn reserve(&mut self, name: &str) -> bool {
        if self.taken.contains_key(name) {
            return false;
        }
        self.taken.insert(name.to_owned(), 1);
        true
    }

    /// Whether the name is taken.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut names = UniqueNames::default();
        let unique = ["Pet", "Pet", "V1", "V1", "r#type", "r#type", "name", "name"];
        let unique = unique.map(|name| names.make_unique(name));
        assert_eq!(
            unique,
            ["Pet", "Pet2", "V1", "V1_2", "r#type", "type_2", "name", "name_2"]
        );
    }
}
