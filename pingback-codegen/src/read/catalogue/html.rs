//! HTML to blocks. Error pages are messy: tags are left open, tables lie in tables, scripts in between. What
//! is told here needs no tree of elements: blocks begin where a tag says so and end where the next begins, so
//! nothing has to be balanced, nesting costs nothing, and every character keeps its place, which a browser's
//! parser would lose.

use super::block::{Block, Builder};
use super::inline;
use super::label::{self, Field};
use super::status;
use super::text::{Style, Text};
use crate::source::SourceId;
use std::collections::HashMap;
use std::ops::Range;

/// Elements whose content is no text of the page.
const UNREAD: [&str; 8] = [
    "script", "style", "textarea", "title", "template", "svg", "iframe", "noscript",
];
/// Attributes by which components name what they show.
const TITLES: [&str; 8] = [
    "title", "name", "label", "header", "heading", "summary", "code", "text",
];

/// The blocks of an HTML text.
pub(super) fn blocks(source: SourceId, text: &str) -> Vec<Block> {
    let mut builder = Builder::new(source);
    Html::new(text, false, &|at| at).read(0..text.len(), &mut builder);
    builder.finish()
}

/// Reads HTML of one source, in one piece or, within Markdown, in several.
pub(super) struct Html<'a> {
    /// The text as it is to be read.
    text: &'a str,
    /// From a place in that text to its place in the source.
    place: &'a dyn Fn(usize) -> usize,
    /// Whether it stands within Markdown.
    is_markdown: bool,
    entities: HashMap<String, Option<String>>,
    /// Once a search ran to the end of the text without success, it needn't be repeated further down.
    no_more_of: Vec<u8>,
}

struct Tag {
    name: String,
    is_end: bool,
    is_empty: bool,
    attributes: Vec<(String, Range<usize>)>,
    end: usize,
}

impl<'a> Html<'a> {
    pub(super) fn new(text: &'a str, is_markdown: bool, place: &'a dyn Fn(usize) -> usize) -> Self {
        Self {
            text,
            place,
            is_markdown,
            entities: HashMap::new(),
            no_more_of: Vec::new(),
        }
    }

    /// Tells the builder what stands in `range`.
    pub(super) fn read(&mut self, range: Range<usize>, builder: &mut Builder) {
        let mut at = range.start;
        while at < range.end {
            let stop = self.text[at..range.end]
                .find(['<', '&'])
                .map_or(range.end, |length| at + length);
            self.write(at..stop, builder);
            if stop == range.end {
                return;
            }
            at = if self.text.as_bytes()[stop] == b'&' {
                self.entity(stop, range.end, builder)
            } else {
                self.markup(stop, range.end, builder)
            };
        }
    }

    fn write(&self, range: Range<usize>, builder: &mut Builder) {
        let raw = &self.text[range.clone()];
        // The signs that link a heading to itself.
        if builder.is_heading() && matches!(raw.trim(), "#" | "¶" | "§" | "🔗") {
            return;
        }
        let start = (self.place)(range.start);
        if builder.is_example() {
            builder.text().push_verbatim(raw, start);
        } else if self.is_markdown && raw.contains(['`', '*', '[']) {
            // In MDX what stands between tags is Markdown still.
            let text = inline::text(builder.source(), raw, start);
            if raw.starts_with(char::is_whitespace) {
                builder.text().push(" ", start);
            }
            builder.text().append_to_line(&text);
            if raw.ends_with(char::is_whitespace) {
                builder.text().push(" ", start + raw.len() - 1);
            }
        } else {
            builder.text().push(raw, start);
        }
    }

    fn entity(&mut self, at: usize, end: usize, builder: &mut Builder) -> usize {
        let rest = &self.text[at..end];
        let length = rest
            .bytes()
            .take(34)
            .skip(1)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count()
            + 1;
        let closed = rest.as_bytes().get(length) == Some(&b';');
        let decoded = if closed && length > 1 {
            self.decode(&rest[1..length])
        } else {
            None
        };
        let Some(decoded) = decoded else {
            self.write(at..at + 1, builder);
            return at + 1;
        };
        let range = (self.place)(at)..(self.place)(at + length) + 1;
        builder.text().push_decoded(&decoded, range);
        at + length + 1
    }

    fn decode(&mut self, name: &str) -> Option<String> {
        match name {
            "amp" => return Some("&".into()),
            "lt" => return Some("<".into()),
            "gt" => return Some(">".into()),
            "quot" => return Some("\"".into()),
            "nbsp" => return Some("\u{a0}".into()),
            _ => {}
        }
        if let Some(known) = self.entities.get(name) {
            return known.clone();
        }
        // CommonMark knows all names of HTML, and so does its parser.
        let spelt = format!("&{name};");
        let decoded = match pulldown_cmark::Parser::new(&spelt).nth(1) {
            Some(pulldown_cmark::Event::Text(text)) if *text != *spelt && !text.starts_with('&') => {
                Some(text.into_string())
            }
            _ => None,
        };
        if self.entities.len() < 4096 {
            self.entities.insert(name.to_owned(), decoded.clone());
        }
        decoded
    }

    /// A tag, a comment, or a `<` that is neither; gives where to go on.
    fn markup(&mut self, at: usize, end: usize, builder: &mut Builder) -> usize {
        let rest = &self.text[at..end];
        if rest.starts_with("<!--") {
            return rest.find("-->").map_or(end, |length| at + length + 3);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return rest.find('>').map_or(end, |length| at + length + 1);
        }
        let Some(tag) = self.tag(at, end) else {
            self.write(at..at + 1, builder);
            return at + 1;
        };
        let next = tag.end;
        if !tag.is_end && !tag.is_empty && UNREAD.contains(&tag.name.as_str()) {
            return self.after_element(&tag.name, next, end);
        }
        self.apply(&tag, at, builder);
        next
    }

    /// The place behind an element that is not read.
    fn after_element(&self, name: &str, from: usize, end: usize) -> usize {
        let mut at = from;
        while let Some(length) = self.text[at..end].find("</") {
            at += length + 2;
            let found = self.text.as_bytes()[at..end].get(..name.len());
            if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
                return self.text[at..end].find('>').map_or(end, |length| at + length + 1);
            }
        }
        end
    }

    /// Where the next `byte` stands, without ever searching twice in vain.
    fn find(&mut self, byte: u8, from: usize, end: usize) -> Option<usize> {
        if self.no_more_of.contains(&byte) {
            return None;
        }
        let found = self.text.as_bytes()[from..end]
            .iter()
            .position(|other| *other == byte);
        if found.is_none() && end == self.text.len() {
            self.no_more_of.push(byte);
        }
        found.map(|length| from + length)
    }

    /// Takes the tag at `at` apart.
    fn tag(&mut self, at: usize, end: usize) -> Option<Tag> {
        let bytes = self.text.as_bytes();
        let is_end = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(is_end);
        if start >= end || !bytes[start].is_ascii_alphabetic() {
            return None;
        }
        self.find(b'>', start, end)?;
        let stop =
            |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'=' | b'"' | b'\'' | b'{');
        let word = |from: usize| (from..end).find(|at| stop(bytes[*at])).unwrap_or(end);
        let name_end = word(start);
        let mut tag = Tag {
            name: self.text[start..name_end].to_owned(),
            is_end,
            is_empty: false,
            attributes: Vec::new(),
            end,
        };
        let mut at = name_end;
        while at < end {
            match bytes[at] {
                b'>' => {
                    tag.end = at + 1;
                    return Some(tag);
                }
                b'/' => {
                    tag.is_empty = bytes.get(at + 1) == Some(&b'>');
                    at += 1;
                }
                byte if stop(byte) => at += 1,
                _ => {
                    let key_end = word(at).max(at + 1);
                    let key = &self.text[at..key_end];
                    at = key_end;
                    let value = (at..end).find(|at| !bytes[*at].is_ascii_whitespace());
                    let Some(equals) = value.filter(|at| bytes[*at] == b'=') else {
                        continue;
                    };
                    let Some(first) = (equals + 1..end).find(|at| !bytes[*at].is_ascii_whitespace()) else {
                        break;
                    };
                    let close = match bytes[first] {
                        quote @ (b'"' | b'\'') => Some(quote),
                        b'{' => Some(b'}'),
                        _ => None,
                    };
                    let quoted = close.and_then(|close| self.find(close, first + 1, end));
                    let value = match quoted {
                        Some(close) => first + 1..close,
                        None => first..(first..end).find(|at| stop(bytes[*at])).unwrap_or(end),
                    };
                    at = value.end.max(first + 1) + usize::from(quoted.is_some() && value.end > first);
                    if tag.attributes.len() < 32 {
                        tag.attributes.push((key.to_owned(), value));
                    }
                }
            }
        }
        None
    }

    fn apply(&self, tag: &Tag, at: usize, builder: &mut Builder) {
        let is_component =
            tag.name.starts_with(|char: char| char.is_ascii_uppercase()) && !is_shouted(&tag.name);
        let is_table = ["table", "thead", "tbody", "tr", "td", "th"]
            .iter()
            .any(|name| tag.name.eq_ignore_ascii_case(name));
        if is_component && !is_table {
            self.component(tag, builder);
            return;
        }
        let name = tag.name.to_ascii_lowercase();
        let here = (self.place)(at);
        match (name.as_str(), tag.is_end) {
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => builder.heading(name.as_bytes()[1] - b'0'),
            ("summary", false) => builder.heading(super::block::COMPONENT_LEVEL),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt", true) | ("dd", false) => {
                builder.end_title(here);
            }
            ("details", true) => builder.title(Text::new(builder.source())),
            ("ul" | "ol" | "menu", false) => builder.list(here),
            ("ul" | "ol" | "menu", true) => builder.end_list(here),
            ("li", false) => builder.item(here),
            ("dl", false) => builder.definitions(here),
            ("dl", true) => builder.end_definitions(here),
            ("dt", false) => builder.term(here),
            ("br", _) => builder.line_break(here),
            ("table", false) => builder.table(),
            ("table", true) => builder.end_table(),
            ("tr", false) => builder.row(),
            ("tr" | "thead" | "tbody" | "tfoot", _) => builder.end_row(),
            ("td" | "th", false) => {
                builder.cell(
                    name == "th",
                    self.number(tag, "rowspan"),
                    self.number(tag, "colspan"),
                );
            }
            ("td" | "th", true) => builder.end_cell(),
            ("pre", false) => builder.example(),
            ("pre", true) => builder.end_example(),
            ("code" | "tt" | "kbd" | "samp", false) => builder.style(Style::Code),
            ("code" | "tt" | "kbd" | "samp", true) => builder.end_style(Style::Code),
            ("b" | "strong", false) => builder.style(Style::Strong),
            ("b" | "strong", true) => builder.end_style(Style::Strong),
            (
                "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "nav" | "aside"
                | "blockquote" | "figure" | "figcaption" | "details" | "hr" | "caption" | "dd" | "li"
                | "form" | "fieldset" | "body" | "address" | "button",
                _,
            ) => builder.boundary(here),
            _ => {}
        }
    }

    fn number(&self, tag: &Tag, name: &str) -> usize {
        tag.attributes
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .and_then(|(_, range)| self.text[range.clone()].trim().parse().ok())
            .unwrap_or(1)
    }

    /// `<Accordion title="INVALID_KEY">`, `<Badge text="401" />`: components show their title.
    fn component(&self, tag: &Tag, builder: &mut Builder) {
        let small = [
            "Badge", "Tag", "Pill", "Chip", "Label", "Status", "Code", "Icon", "Link", "Tooltip",
        ];
        let inline = small.iter().any(|kind| tag.name.ends_with(kind));
        let title = TITLES.iter().find_map(|wanted| {
            let (_, range) = tag.attributes.iter().find(|(key, _)| key == wanted)?;
            let raw = &self.text[range.clone()];
            let inner = raw.trim_matches(['"', '\'', '`', '{', '}']);
            let start = range.start + raw.find(inner).unwrap_or(0);
            Some((inner, (self.place)(start)))
        });
        match title {
            Some((raw, start)) if inline => {
                builder.text().push(" ", start);
                builder.text().push(raw, start);
                builder.text().push(" ", start + raw.len());
            }
            Some((raw, start)) if !tag.is_end => {
                let mut text = Text::new(builder.source());
                text.push(raw, start);
                builder.title(text);
                let facts = self.facts(tag, raw, builder.source());
                builder.insert(facts);
            }
            None if tag.is_end && !inline && TITLED.contains(&tag.name.as_str()) => {
                builder.title(Text::new(builder.source()));
            }
            _ => {}
        }
    }
}

impl Html<'_> {
    /// What a component's other attributes say: `<Error code="gone" status="410" description="It is gone" />`.
    fn facts(&self, tag: &Tag, title: &str, source: SourceId) -> Vec<Block> {
        let mut facts = Vec::new();
        for (key, range) in &tag.attributes {
            let raw = &self.text[range.clone()];
            let value = raw.trim_matches(['"', '\'', '`', '{', '}', ' ']);
            let is_status = key == "type" && status::status(value).is_some();
            let field = if is_status {
                Some(Field::Status)
            } else {
                label::member(key).filter(|field| !matches!(field, Field::Name | Field::Payload))
            };
            let Some(name) = field
                .map(label::word)
                .filter(|_| !value.is_empty() && value != title)
            else {
                continue;
            };
            let at = range.start + raw.find(value).unwrap_or(0);
            let mut text = Text::new(source);
            text.push(name, (self.place)(at));
            text.push(": ", (self.place)(at));
            text.push(value, (self.place)(at));
            facts.push(Block::Item { depth: 1, text });
        }
        facts
    }
}

/// Components whose end ends what their title began.
const TITLED: [&str; 8] = [
    "Accordion",
    "Expandable",
    "Card",
    "Tab",
    "TabItem",
    "Step",
    "ResponseField",
    "ParamField",
];

/// `<TABLE>`: an element in capitals, no component.
fn is_shouted(name: &str) -> bool {
    name.bytes().all(|byte| !byte.is_ascii_lowercase())
}
