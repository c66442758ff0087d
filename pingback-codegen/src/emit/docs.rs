//! Turns documentation into `#[doc]` attributes.

use super::markdown;
use super::names::without_raw_prefix;
use crate::model::Docs;
use proc_macro2::TokenStream;
use quote::quote;

/// `#[doc = "..."]` for each line of a text that is safe Markdown.
pub(super) fn doc_attributes(markdown: &str) -> TokenStream {
    let lines = doc_lines(markdown);
    quote!(#(#[doc = #lines])*)
}

/// `#![doc = "..."]` for each line of a text that is safe Markdown.
pub(super) fn inner_doc_attributes(markdown: &str) -> TokenStream {
    let lines = doc_lines(markdown);
    quote!(#(#![doc = #lines])*)
}

/// The lines of a doc comment, each with the space that follows `///`. Indentation is kept, since it matters in lists.
fn doc_lines(markdown: &str) -> Vec<String> {
    let lines = markdown.trim().lines().map(|line| match line.trim_end() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    lines.collect()
}

/// The attributes of an item: its documentation and `#[deprecated]`. An item that the document does not describe gets
/// `fallback` as its first line, if there is one.
pub(super) fn item_attributes(docs: &Docs, fallback: Option<&str>) -> TokenStream {
    let is_described = docs.summary.is_some() || docs.description.is_some();
    let fallback = fallback.filter(|_| !is_described).map(str::to_owned);
    let described = Some(documented_text(docs)).filter(|text| !text.is_empty());
    let paragraphs: Vec<String> = fallback.into_iter().chain(described).collect();
    let (lines, deprecated) = (doc_attributes(&paragraphs.join("\n\n")), deprecated(docs));
    quote!(#lines #deprecated)
}

/// The text with its first letter in upper case, if that is ASCII.
pub(super) fn capitalize(text: &str) -> String {
    let first = text.get(..1).map(str::to_ascii_uppercase).unwrap_or_default();
    first + text.get(1..).unwrap_or_default()
}

/// Whether an item is named like `wire`, apart from case and separators. Its docs then need not give that name.
pub(super) fn is_named_like(name: &str, wire: &str) -> bool {
    let is_separator = |c: char| c == '_' || c == '-';
    let letters = |text: &str| {
        let letters = text.chars().filter(|c| !is_separator(*c));
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    !wire.starts_with(is_separator) && letters(without_raw_prefix(name)) == letters(wire)
}

/// The attributes of an item whose docs start with `sentence`: the docs, followed by the document's own words, and
/// `#[deprecated]`.
pub(super) fn attributes_with_sentence(docs: &Docs, sentence: &str) -> TokenStream {
    let mut text = format!("{sentence}{}", description_paragraphs(docs));
    for constraint in &docs.constraints {
        text.push_str("\n\n");
        text.push_str(markdown::sanitize(&capitalize(constraint)).trim());
        text.push('.');
    }
    let (lines, deprecated) = (doc_attributes(&text), deprecated(docs));
    quote!(#lines #deprecated)
}

/// `#[deprecated]`, if the document says so.
pub(super) fn deprecated(docs: &Docs) -> Option<TokenStream> {
    docs.deprecated.then(|| quote!(#[deprecated]))
}

/// Summary and description as safe Markdown, with a blank line before each.
pub(super) fn description_paragraphs(docs: &Docs) -> String {
    let parts = [&docs.summary, &docs.description].into_iter().flatten();
    parts.fold(String::new(), |text, part| {
        format!("{text}\n\n{}", markdown::sanitize(part).trim())
    })
}

/// The first paragraph of the summary, or else of the description, on one line.
pub(super) fn one_line(docs: &Docs) -> String {
    let first = docs.summary.as_deref().or(docs.description.as_deref());
    markdown::one_line(first.unwrap_or_default())
}

/// Everything that the document says about an item, as safe Markdown.
fn documented_text(docs: &Docs) -> String {
    let description = docs.description.as_deref().unwrap_or_default().trim();
    let summary = docs.summary.as_deref().unwrap_or_default().trim();
    let mut parts = Vec::new();
    if !description.starts_with(summary.trim_end_matches('.')) || description.is_empty() {
        let mut summary = markdown::sanitize(summary);
        if summary.ends_with(|c: char| c.is_alphanumeric()) {
            summary.push('.');
        }
        parts.push(summary);
    }
    parts.push(markdown::sanitize(description));
    let constraints = docs
        .constraints
        .iter()
        .map(|phrase| format!("{}.", capitalize(phrase)));
    parts.push(markdown::sanitize(&constraints.collect::<Vec<_>>().join(" ")));
    parts.extend(docs.example.as_deref().map(markdown::json_example));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[test]
    fn case_and_separators_do_not_change_a_name() {
        assert!(is_named_like("request_id", "requestId"));
        assert!(is_named_like("r#type", "type"));
        assert!(is_named_like("FreeTrial", "free-trial"));
        assert!(!is_named_like("id", "@id"));
        assert!(!is_named_like("CreatedAt", "-created_at"));
        assert!(!is_named_like("Plus1", "+1"));
    }

    #[test]
    fn an_item_is_documented_by_everything_that_the_document_says() {
        let docs = Docs {
            summary: Some("The limit".into()),
            description: Some("How many.".into()),
            constraints: vec!["at most 5".into(), "pattern: `^[a-z]+$`".into()],
            example: Some("3".into()),
            deprecated: true,
        };
        assert_snapshot!(documented_text(&docs), @r"
        The limit.

        How many.

        At most 5. Pattern: `^[a-z]+$`.

        Example: `3`
        ");
    }
}
