//! Shows diagnostics to people: with the source lines and the place marked, or each in one line. Knows nothing
//! of what they are about.

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// As much of a long line as is shown before the place, in characters.
const BEFORE: usize = 60;
/// As much as is shown from the start of the place on.
const AFTER: usize = 80;

/// All of them with their source lines, and a last line that counts them. Empty if there are none.
#[must_use]
pub fn text(diagnostics: &Diagnostics, sources: &Sources, color: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&one(diagnostic, sources, &renderer));
        text.push_str("\n\n");
    }
    text.push_str(&count(diagnostics));
    text.push('\n');
    text
}

/// One as `file:line:column: error[rule]: message`.
#[must_use]
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = match diagnostic.span.and_then(|span| sources.locate(span)) {
        Some(location) => format!("{location}: "),
        None => String::new(),
    };
    let Diagnostic {
        severity,
        rule,
        message,
        ..
    } = diagnostic;
    let message: Vec<&str> = message.split_whitespace().collect();
    format!("{place}{}[{}]: {}", word(*severity), rule.name, message.join(" "))
}

/// `2 errors, 5 warnings, 1 note`.
#[must_use]
pub fn count(diagnostics: &Diagnostics) -> String {
    let parts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let count = diagnostics.iter().filter(|d| d.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {}{plural}", word(severity)))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.rule.name);
    let mut group = Group::with_title(title);
    let mut shown = false;
    if let Some(span) = diagnostic.span {
        (group, shown) = excerpt(group, sources, span, AnnotationKind::Primary, None);
    }
    for (span, why) in &diagnostic.related {
        let further;
        (group, further) = excerpt(group, sources, *span, AnnotationKind::Context, Some(why));
        shown |= further;
    }
    if !diagnostic.hint.is_empty() {
        group = group.element(Level::HELP.message(diagnostic.hint.as_str()));
    }
    let mut text = renderer.render(&[group]);
    if !shown && text.ends_with('\n') {
        text.pop();
    }
    text
}

/// Adds the first line of a span to what is shown. The renderer gets that line only, or a part of it: it would
/// go through the whole of a text each time.
fn excerpt<'s>(
    group: Group<'s>,
    sources: &'s Sources,
    span: Span,
    kind: AnnotationKind,
    label: Option<&'s String>,
) -> (Group<'s>, bool) {
    let (Some(source), Some(location)) = (sources.get(span.source), sources.locate(span)) else {
        return (group, false);
    };
    let text = source.text();
    let start = span.start as usize;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    // A cut in a line of megabytes, not in the middle of a character.
    let from = text[line_start..start].char_indices().rev().take(BEFORE).last();
    let from = from.map_or(start, |(at, _)| line_start + at);
    let to = text[start..line_end]
        .char_indices()
        .nth(AFTER)
        .map_or(line_end, |(at, _)| start + at);
    let end = (span.end as usize).clamp(start, to);
    let (prefix, suffix) = (
        if from > line_start { "..." } else { "" },
        if to < line_end { "..." } else { "" },
    );
    // The renderer takes tabs and control characters apart by itself.
    let shown = format!("{prefix}{}{suffix}", text[from..to].trim_end_matches('\r'));
    let at = |byte: usize| (byte - from + prefix.len()).min(shown.len());
    let marked = at(start)..at(end);
    let annotation = kind.span(marked).label(label.map(String::as_str));
    let origin = Origin::path(location.file)
        .line(location.line)
        .char_column(location.column);
    let snippet = Snippet::source(shown)
        .line_start(location.line)
        .annotation(annotation);
    (group.element(origin).element(snippet), true)
}
