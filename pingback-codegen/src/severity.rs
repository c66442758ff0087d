//! Applies the configuration to the findings: sets severities and removes accepted findings. An accepted finding is
//! identified by names that survive edits of the inputs, never by its line.

use crate::diagnostic::{Accepted, Diagnostic, Diagnostics, Disposition, Severity};
use crate::options::{Accept, FindingOptions};
use crate::read::Document;
use crate::source::Sources;
use std::path::Path;

/// Sets severities and removes accepted findings. Returns the `accept` entries that match no finding.
pub fn apply_severities<'o>(
    options: &'o FindingOptions,
    document: Option<&Document>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<&'o Accept> {
    let mut used = vec![false; options.accept.len()];
    diagnostics.retain_by(|mut finding| {
        match options.severity.get(finding.rule.name) {
            Some(None) => return Disposition::Drop,
            Some(Some(severity)) => finding.severity = *severity,
            None => {}
        }
        // No correct output exists for such a document, so the error can be neither accepted nor lowered.
        if finding.rule.severity == Severity::Error {
            return Disposition::Keep(finding);
        }
        let mut reason = None;
        for (accept, used) in options.accept.iter().zip(&mut used) {
            if accept.rule == finding.rule.name && matches(&accept.at, &finding, document, sources) {
                *used = true;
                reason = reason.or(Some(accept.reason.clone()));
            }
        }
        match reason {
            Some(reason) => Disposition::Accept(Accepted { finding, reason }),
            None => Disposition::Keep(finding),
        }
    });
    let unused = options.accept.iter().zip(used).filter(|(_, used)| !used);
    unused.map(|(accept, _)| accept).collect()
}

fn matches(at: &str, finding: &Diagnostic, document: Option<&Document>, sources: &Sources) -> bool {
    if finding.subject.as_deref() == Some(at) {
        return true;
    }
    if at.starts_with('/') {
        let place = finding.span.zip(document);
        return place.is_some_and(|(span, document)| {
            let pointer = document.tree.pointer_at(span).0;
            let below = pointer.strip_prefix(at);
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
    }
    let file = finding.span.and_then(|span| sources.get(span.source));
    if file.is_some_and(|file| Path::new(file.name()).ends_with(at)) {
        return true;
    }
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    finding.message.match_indices(at).any(|(start, _)| {
        let before = finding.message[..start].chars().next_back();
        let after = finding.message[start + at.len()..].chars().next();
        // Match whole words only.
        let starts_inside = before.is_some_and(is_part) && at.starts_with(is_part);
        let ends_inside = after.is_some_and(is_part) && at.ends_with(is_part);
        !starts_inside && !ends_inside
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::rules;

    fn apply(at: &str, severity: Option<Severity>) -> (Diagnostics, usize) {
        let mut options = FindingOptions::default();
        options.accept.push(Accept {
            rule: "unknown-tag".to_owned(),
            at: at.to_owned(),
            reason: "it is so".to_owned(),
            place: None,
        });
        options.severity.insert("coerced".to_owned(), severity);
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(rules::UNKNOWN_TAG, None, &[&"NOT_FOUND"]);
        diagnostics.report(rules::COERCED, None, &[&"a", &"b", &"c", &"d"]);
        let unused = apply_severities(&options, None, &Sources::default(), &mut diagnostics).len();
        (diagnostics, unused)
    }

    #[test]
    fn an_accepted_finding_is_identified_by_words_of_its_message() {
        let (diagnostics, unused) = apply("NOT_FOUND", Some(Severity::Error));
        assert_eq!(unused, 0);
        assert_eq!(diagnostics.accepted().len(), 1);
        assert!(diagnostics.has_errors());
    }

    #[test]
    fn a_part_of_a_word_does_not_match() {
        let (diagnostics, unused) = apply("NOT", None);
        assert_eq!((diagnostics.len(), unused), (1, 1));
    }
}
