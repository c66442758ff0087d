//! Regular expressions with the syntax of ECMA-262, as JSON Schema requires.

use super::checked::Matches;
use regress::Regex;
use std::sync::OnceLock;

/// A regular expression that is compiled when it is first used.
#[derive(Debug)]
pub struct Pattern {
    pattern: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Creates an expression. An invalid expression matches everything.
    #[must_use]
    pub const fn new(pattern: &'static str) -> Self {
        Self {
            pattern,
            compiled: OnceLock::new(),
        }
    }
}

impl Matches for Pattern {
    fn pattern(&self) -> &'static str {
        self.pattern
    }

    fn matches(&self, text: &str) -> bool {
        let compile = || {
            // JSON Schema requires Unicode mode. Patterns that are valid only without it are compiled without it.
            let regex = Regex::with_flags(self.pattern, "u").or_else(|_| Regex::new(self.pattern));
            regex.ok()
        };
        let regex = self.compiled.get_or_init(compile);
        regex.as_ref().is_none_or(|regex| regex.find(text).is_some())
    }
}
