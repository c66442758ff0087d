//! Renders diagnostics for people: with the source lines and the place marked, or one line each.

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Location, Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// How many characters of a long line are shown before the place.
const CHARS_BEFORE: usize = 60;
/// How many characters are shown from the start of the place.
const CHARS_AFTER: usize = 80;

/// Whether a rendered text has ANSI escape sequences for colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// Text with colors, for a terminal.
    Colored,
}

/// Renders all findings with their source lines, sorted by place, and a last line with their number. Empty if there are
/// none.
#[must_use]
pub fn text(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let mut text = String::new();
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| {
        (
            diagnostic.span.is_none(),
            diagnostic.span.map(|span| (span.source, span.start)),
        )
    });
    for diagnostic in sorted {
        text.push_str(&render(diagnostic, sources, &renderer));
        text.push_str("\n\n");
    }
    text.push_str(&count(diagnostics));
    text.push('\n');
    text
}

/// Renders a finding as `file:line:column: error[rule]: message`.
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

fn render(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.rule.name);
    let mut group = Group::with_title(title);
    let mut places = Vec::new();
    let primary = diagnostic.span.map(|span| (span, AnnotationKind::Primary, None));
    let related = diagnostic.related.iter();
    let related = related.map(|(span, why)| (*span, AnnotationKind::Context, Some(why.as_str())));
    for (span, kind, label) in primary.into_iter().chain(related) {
        let Some(excerpt) = Excerpt::new(sources, span) else {
            continue;
        };
        let path = if excerpt.cut {
            // The renderer would count columns from the cut. A placeholder is replaced by the real place afterwards.
            let placeholder = format!("<{}>", places.len());
            places.push((
                format!("{placeholder}:{}:{}", excerpt.location.line, excerpt.column),
                excerpt.location.to_string(),
            ));
            placeholder
        } else {
            excerpt.location.file.to_owned()
        };
        let snippet = Snippet::source(excerpt.shown)
            .path(path)
            .line_start(excerpt.location.line)
            .annotation(kind.span(excerpt.marked).label(label));
        group = group.element(snippet);
    }
    if !diagnostic.hint.is_empty() {
        group = group.element(Level::HELP.message(diagnostic.hint.as_str()));
    }
    let mut text = renderer.render(&[group]);
    for (placeholder, place) in places {
        text = text.replacen(&placeholder, &place, 1);
    }
    text
}

/// The first line of a span, shortened if it is long. The renderer gets only this line, since it would scan the whole
/// text for each finding.
struct Excerpt<'s> {
    location: Location<'s>,
    shown: String,
    /// The range of `shown` to mark.
    marked: Range<usize>,
    /// Does it omit the start of the line?
    cut: bool,
    /// The column of the mark in `shown`, from 1.
    column: usize,
}

impl<'s> Excerpt<'s> {
    fn new(sources: &'s Sources, span: Span) -> Option<Self> {
        let location = sources.locate(span)?;
        let line = sources.line(span)?;
        let text = sources.get(span.source)?.text();
        let (line_start, line_end) = (line.start as usize, line.end as usize);
        let start = (span.start as usize).min(line_end);
        let from = text
            .get(line_start..start)?
            .char_indices()
            .rev()
            .take(CHARS_BEFORE)
            .last();
        let from = from.map_or(start, |(at, _)| line_start + at);
        let to = text[start..line_end].char_indices().nth(CHARS_AFTER);
        let to = to.map_or(line_end, |(at, _)| start + at);
        let cut = from > line_start;
        let prefix = if cut { "..." } else { "" };
        let suffix = if to < line_end { "..." } else { "" };
        let shown = format!("{prefix}{}{suffix}", &text[from..to]);
        let at = |byte: usize| (byte.clamp(from, to) - from + prefix.len()).min(shown.len());
        // The place of text with escapes can end inside a character.
        let mut end = at((span.end as usize).max(start));
        while !shown.is_char_boundary(end) {
            end += 1;
        }
        let marked = at(start)..end;
        let column = shown[..marked.start].chars().count() + 1;
        Some(Self {
            location,
            shown,
            marked,
            cut,
            column,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::rules;
    use crate::source::SourceId;

    #[test]
    fn a_place_that_ends_inside_a_character_is_shown_to_its_end() {
        let mut sources = Sources::default();
        let source = sources.add("a", "xäy");
        let excerpt = Excerpt::new(&sources, span(source, 0, 2)).expect("a place");
        assert_eq!(&excerpt.shown[excerpt.marked.clone()], "xä");
    }

    fn span(source: SourceId, start: u32, end: u32) -> Span {
        Span { source, start, end }
    }

    #[test]
    fn the_line_is_shown_with_the_place_marked() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "tags: []\ninfo: ä\ntags: []\n");
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(
            Diagnostic::new(rules::DUPLICATE_KEY, span(id, 18, 22), &[&"tags"])
                .related(span(id, 0, 4), "first given here"),
        );
        insta::assert_snapshot!(text(&diagnostics, &sources, Style::Plain), @"
        warning[duplicate-key]: the key `tags` occurs twice; the last value is used
         --> a.yaml:3:1
          |
        3 | tags: []
          | ^^^^
          |
         ::: a.yaml:1:1
          |
        1 | tags: []
          | ---- first given here
          |
          = help: remove one of them

        1 warning
        ");
    }

    #[test]
    fn a_long_line_is_cut_but_its_column_is_right() {
        let mut sources = Sources::default();
        let long = format!(
            "{{\"a\":\"{}\",\"b\":1,\"c\":\"{}\"}}",
            "ä".repeat(1000),
            "b".repeat(1000)
        );
        let start = u32::try_from(long.find("1,").expect("it is there")).expect("a short text");
        let id = sources.add("a.json", long);
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(
            rules::WRONG_TYPE,
            span(id, start, start + 1),
            &[&"b", &"a string", &"a number"],
        );
        insta::assert_snapshot!(text(&diagnostics, &sources, Style::Plain), @r#"
        warning[wrong-type]: `b` must be a string, but is a number; it is ignored
         --> a.json:1:1013
          |
        1 | ...ääääääääääääääääääääääääääääääääääääääääääääääääääääää","b":1,"c":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb...
          |                                                                ^
          |
          = help: correct the value

        1 warning
        "#);
    }

    #[test]
    fn a_span_of_many_lines_shows_its_first() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "a:\n  b: 1\n  c: 2\n");
        let mut diagnostics = Diagnostics::default();
        diagnostics.report(rules::EMPTY_TEXT, span(id, 5, 16), &[]);
        insta::assert_snapshot!(text(&diagnostics, &sources, Style::Plain), @"
        error[empty-text]: the text is empty
         --> a.yaml:2:3
          |
        2 |   b: 1
          |   ^^^^
          |
          = help: give an OpenAPI document in YAML or JSON

        1 error
        ");
    }

    #[test]
    fn names_with_line_breaks_stay_on_one_line() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "a: b\n");
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(
            Diagnostic::new(
                rules::UNKNOWN_TYPE,
                span(id, 3, 4),
                &[&"a\nb", &"it is \u{1b}[31m ignored"],
            )
            .hint("did you mean `c\r\nd`?"),
        );
        insta::assert_snapshot!(text(&diagnostics, &sources, Style::Plain), @r"
        warning[unknown-type]: `a\nb` is not a type; it is \u{1b}[31m ignored
         --> a.yaml:1:4
          |
        1 | a: b
          |    ^
          |
          = help: did you mean `c\r\nd`?

        1 warning
        ");
    }

    #[test]
    fn one_line_for_cargo() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "a: b\n");
        let diagnostic = Diagnostic::new(rules::SYNTAX, span(id, 3, 4), &[&"two\nlines"]);
        assert_eq!(
            line(&diagnostic, &sources),
            r"a.yaml:1:4: error[syntax]: the text is not well-formed: two\nlines"
        );
    }
}
