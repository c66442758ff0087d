//! Splits raw HTML inside Markdown into text and tags, and says what each tag is for.

/// Elements that only format text. A name in angle brackets that is not listed is a placeholder such as `<token>`.
const FORMATTING_ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

/// The elements of [`FORMATTING_ELEMENTS`] that do not start a new line.
const INLINE_ELEMENTS: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "td", "th", "tt", "u", "var",
];

/// A part of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// A tag with its angle brackets.
    Tag(&'a str),
}

/// What a tag is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind<'a> {
    /// Not a known element.
    Placeholder,
    /// `<a>`, with the value of its `href`.
    LinkStart(Option<&'a str>),
    /// `</a>`.
    LinkEnd,
    /// It formats text within a line.
    Inline,
    /// It starts a new line.
    Block,
}

/// Splits HTML at its tags. Comments are left out.
pub(super) fn split(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag_and_rest) = rest.split_at(at);
        pieces.push(Piece::Text(before));
        if let Some(comment) = tag_and_rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = tag_and_rest.find('>') else {
            pieces.push(Piece::Text(tag_and_rest));
            return pieces;
        };
        let (tag, after) = tag_and_rest.split_at(end + 1);
        pieces.push(Piece::Tag(tag));
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Classifies a tag, given with its angle brackets.
pub(super) fn tag_kind(tag: &str) -> TagKind<'_> {
    let inner = tag
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim_matches('/');
    let name = inner.split(|c: char| c.is_whitespace() || c == '/').next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    if !FORMATTING_ELEMENTS.contains(&name.as_str()) {
        TagKind::Placeholder
    } else if name == "a" && tag.starts_with("</") {
        TagKind::LinkEnd
    } else if name == "a" {
        TagKind::LinkStart(attribute(inner, "href"))
    } else if INLINE_ELEMENTS.contains(&name.as_str()) {
        TagKind::Inline
    } else {
        TagKind::Block
    }
}

/// Whether a text that follows `&` starts with the name of an entity and a semicolon.
pub(super) fn starts_with_entity(text: &str) -> bool {
    text.split_once(';').is_some_and(|(name, _)| {
        (1..10).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!("{name}="))?;
    let value = &tag[at + name.len() + 1..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}
