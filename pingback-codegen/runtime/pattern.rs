//! Regular expressions as documents write them: those of ECMA-262.

use super::checked::Matches;
use regress::Regex;
use std::sync::OnceLock;

/// A regular expression, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    pattern: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// An expression. One that is none matches everything.
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
            // By JSON Schema they are Unicode's; what only the older syntax allows is read by that.
            let regex = Regex::with_flags(self.pattern, "u").or_else(|_| Regex::new(self.pattern));
            regex.ok()
        };
        let regex = self.compiled.get_or_init(compile);
        regex.as_ref().is_none_or(|regex| regex.find(text).is_some())
    }
}
