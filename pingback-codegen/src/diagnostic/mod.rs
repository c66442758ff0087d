//! What is wrong, or was guessed, with its places: every stage adds to one list of [`Diagnostic`]s. The
//! messages and hints are the table in [`rules`]; how they look is [`show`]'s business.

pub mod rules;
pub mod show;

use crate::source::Span;
pub use rules::Rule;
use std::collections::HashSet;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing: something was guessed, and the guess is safe.
    Note,
    /// The output is sound, but not what somebody wanted.
    Warning,
    /// Nothing can be generated.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The entry of the rule table it is made from.
    pub rule: &'static Rule,
    /// The rule's, unless the configuration says otherwise.
    pub severity: Severity,
    /// The rule's message with its blanks filled.
    pub message: String,
    /// The place it is about; `None` only where no text is involved.
    pub span: Option<Span>,
    /// Other places that belong to it, each with a word on why.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub hint: String,
    /// What it is about, such as an error code: a name for it that does not change when lines are added.
    pub subject: Option<Box<str>>,
}

/// A finding that the configuration accepts.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it is accepted.
    pub reason: String,
}

impl Diagnostic {
    /// A finding by `rule`; `args` fill the `{}` of its message in order.
    #[must_use]
    pub fn new(rule: &'static Rule, span: impl Into<Option<Span>>, args: &[&dyn std::fmt::Display]) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: rule.fill(args),
            span: span.into(),
            related: Vec::new(),
            hint: rule.hint.to_owned(),
            subject: None,
        }
    }

    /// Names what the finding is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into().into_boxed_str());
        self
    }

    /// Adds another place that belongs to the finding.
    #[must_use]
    pub fn related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.related.push((span, why.into()));
        self
    }

    /// Replaces the rule's general hint by one for this case.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// What becomes of a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Disposition {
    /// It stands.
    Keep(Diagnostic),
    /// It is known and accepted.
    Accept(Accepted),
    /// Nobody wants to know.
    Drop,
}

/// All findings of a run, in the order they were made.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    accepted: Vec<Accepted>,
    /// What tells one finding from another, so that a part of a document that is read once for each of its
    /// uses is reported once.
    seen: HashSet<(&'static str, Option<Span>, String)>,
}

impl Diagnostics {
    /// Adds a finding; the same finding at the same place is kept once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let key = (diagnostic.rule.name, diagnostic.span, diagnostic.message.clone());
        if self.seen.insert(key) {
            self.list.push(diagnostic);
        }
    }

    /// Shorthand for [`Diagnostics::push`] of [`Diagnostic::new`].
    pub fn report(
        &mut self,
        rule: &'static Rule,
        span: impl Into<Option<Span>>,
        args: &[&dyn std::fmt::Display],
    ) {
        self.push(Diagnostic::new(rule, span, args));
    }

    /// Goes through all findings: each is kept as `judge` returns it, accepted with a reason, or dropped.
    pub fn retain_by(&mut self, mut judge: impl FnMut(Diagnostic) -> Disposition) {
        for finding in std::mem::take(&mut self.list) {
            match judge(finding) {
                Disposition::Keep(finding) => self.list.push(finding),
                Disposition::Accept(accepted) => self.accepted.push(accepted),
                Disposition::Drop => {}
            }
        }
    }

    /// The findings that the configuration accepts.
    #[must_use]
    pub fn accepted(&self) -> &[Accepted] {
        &self.accepted
    }

    /// The gate between stages: is there an error?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// The findings, in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// None at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
