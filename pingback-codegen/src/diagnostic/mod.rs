//! Findings with their places. Every stage adds to one list of [`Diagnostic`]s. [`rules`] is the table of all messages
//! and hints; [`show`] renders them.

pub mod rules;
pub mod show;

use crate::source::Span;
pub use rules::Rule;
use rules::on_one_line;
use std::collections::HashSet;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A safe assumption, or a fact that needs no action.
    Note,
    /// The output is correct, but a part of the input is ignored or becomes a less precise type.
    Warning,
    /// No output can be generated.
    Error,
}

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The rule that reports it.
    pub rule: &'static Rule,
    /// The severity of the rule, unless the configuration overrides it.
    pub severity: Severity,
    /// The message of the rule, with its placeholders filled.
    pub message: String,
    /// The place; `None` only if no text is involved.
    pub span: Option<Span>,
    /// Related places, each with a label.
    pub related: Vec<(Span, String)>,
    /// What to do, as an imperative.
    pub hint: String,
    /// A name that survives edits of the input, such as an error code; `accept` entries refer to it.
    pub subject: Option<Box<str>>,
}

/// A finding that the configuration accepts.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The accepted finding.
    pub finding: Diagnostic,
    /// The reason that the configuration gives.
    pub reason: String,
}

impl Diagnostic {
    /// Creates a finding; `args` fill the `{}` placeholders of the rule's message in order.
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

    /// Sets the subject.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into().into_boxed_str());
        self
    }

    /// Adds a related place with a label.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, on_one_line(&label.into())));
        self
    }

    /// Replaces the hint of the rule by one for this case.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = on_one_line(&hint.into());
        self
    }
}

/// What the configuration decides about a finding.
#[derive(Debug, Clone, PartialEq)]
pub enum Disposition {
    /// Report it.
    Keep(Diagnostic),
    /// Count it as accepted.
    Accept(Accepted),
    /// Remove it: its rule is off.
    Drop,
}

/// All findings of a run, in the order in which they were reported.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    accepted: Vec<Accepted>,
    /// Rule, place and message of each finding, so that a part of a document that is visited several times is reported
    /// once.
    seen: HashSet<(&'static str, Option<Span>, String)>,
}

impl Diagnostics {
    /// Adds a finding, unless the same finding at the same place exists.
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

    /// Replaces each finding by the decision of `decide`.
    pub fn retain_by(&mut self, mut decide: impl FnMut(Diagnostic) -> Disposition) {
        for finding in std::mem::take(&mut self.list) {
            match decide(finding) {
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

    /// Is there an error? If so, later stages do not run.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// The findings, in the order in which they were reported.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The number of findings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Are there no findings?
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
