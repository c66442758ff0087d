//! A YAML or JSON text in, a tree with byte ranges out. Knows YAML's core schema, merge keys and aliases, and
//! nothing of OpenAPI.
//!
//! Text that starts like JSON goes through `read/json.rs` first: YAML has no surrogate pairs and limits
//! the length of keys, so it is not quite the superset it claims to be.

use super::json;
use super::number::Number;
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::source::{SourceId, Sources, Span};
use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, Tag};
use indexmap::IndexMap;
use std::collections::HashMap;

/// Deeper nesting is refused. Everything that walks a tree may therefore recurse.
pub const MAX_DEPTH: usize = 200;

/// What all aliases of a text together may expand to, in about bytes.
const ALIAS_BUDGET: usize = 32 << 20;

/// Reads a text; `None` if it could not be read, which is then reported.
pub fn parse(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = sources.get(source)?.text();
    if text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['{', '['])
    {
        match json::parse(source, text) {
            Ok(node) => {
                node.duplicates.into_iter().for_each(|d| diagnostics.push(d));
                return Some(node.root);
            }
            Err(failure) if failure.rule != rules::SYNTAX => diagnostics.push(failure),
            // It may still be YAML's flow style: comments, single quotes, a comma at the end.
            Err(failure) => {
                let mut others = Diagnostics::default();
                if let Some(node) = Builder::new(source, text, &mut others).run() {
                    others.iter().for_each(|d| diagnostics.push(d.clone()));
                    return Some(node);
                }
                diagnostics.push(failure);
            }
        }
        return None;
    }
    Builder::new(source, text, diagnostics).run()
}

/// The warning of a name that occurs twice in one mapping.
pub(super) fn duplicate_key(key: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(rules::DUPLICATE_KEY, second, &[&key]).related(first, "first given here")
}

/// A collection that is still open.
struct Frame {
    start: u32,
    /// End of the last child; a block collection's own end mark lies behind the white space that follows it.
    end: u32,
    flow: bool,
    anchor: usize,
    cost: usize,
    height: usize,
    partial: Partial,
}

enum Partial {
    Array(Vec<Node>),
    Object {
        entries: IndexMap<String, Entry>,
        key: Option<Key>,
        /// The values of `<<`.
        merges: Vec<(Span, Node)>,
    },
}

enum Key {
    Text(String, Span),
    Merge(Span),
    /// Not a text; reported already.
    Unusable,
}

/// A finished node with what an alias to it would cost.
#[derive(Clone)]
struct Finished {
    node: Node,
    cost: usize,
    height: usize,
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    /// Bytes of a byte order mark, which the parser does not see.
    skipped: u32,
    diagnostics: &'a mut Diagnostics,
    stack: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, Finished>,
    expanded: usize,
}

/// Reading cannot go on; why is reported.
struct Stop;

impl<'a> Builder<'a> {
    fn new(source: SourceId, text: &'a str, diagnostics: &'a mut Diagnostics) -> Self {
        let stripped = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            source,
            text: stripped,
            skipped: offset(text.len() - stripped.len()),
            diagnostics,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            expanded: 0,
        }
    }

    fn run(mut self) -> Option<Node> {
        let options = granit_parser::options! {
            emit_comments: false,
            simple_key_max_lookahead: 1 << 16,
            flow_nesting_limit: MAX_DEPTH + 50,
            block_nesting_limit: MAX_DEPTH + 50,
        };
        let mut parser = Parser::new_from_str_with_options(self.text, options);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            match event {
                Ok((Event::DocumentStart(..), span)) => {
                    documents += 1;
                    if documents > 1 {
                        let span = self.span(&span);
                        self.diagnostics.report(rules::SEVERAL_DOCUMENTS, span, &[]);
                        break;
                    }
                }
                Ok((event, span)) => {
                    if self.event(event, &span).is_err() {
                        return None;
                    }
                }
                Err(error) => {
                    let mark = error.marker();
                    let at = mark
                        .byte_offset()
                        .unwrap_or_else(|| self.byte_of_char(mark.index()));
                    let span = self.span_of(at, at + 1);
                    let nesting = error.kind().to_string().contains("nesting");
                    if nesting {
                        self.diagnostics.report(rules::TOO_DEEP, span, &[&MAX_DEPTH]);
                    } else {
                        self.diagnostics.report(rules::SYNTAX, span, &[&error.kind()]);
                    }
                    return None;
                }
            }
        }
        match self.root {
            Some(Node {
                value: Value::Null,
                span,
            }) if span.start == span.end => {
                self.diagnostics.report(rules::EMPTY_TEXT, span, &[]);
                None
            }
            None => {
                let span = self.span_of(0, 0);
                self.diagnostics.report(rules::EMPTY_TEXT, span, &[]);
                None
            }
            root => root,
        }
    }

    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.span(span);
                if self.wants_key() {
                    if anchor != 0 {
                        let node = Node {
                            value: Value::String(text.clone().into_owned()),
                            span,
                        };
                        let cost = cost_of(&text);
                        self.anchors.insert(
                            anchor,
                            Finished {
                                node,
                                cost,
                                height: 0,
                            },
                        );
                    }
                    let key = if text == "<<" && style == ScalarStyle::Plain && tag.is_none() {
                        Key::Merge(span)
                    } else {
                        Key::Text(text.into_owned(), span)
                    };
                    self.set_key(key);
                    return Ok(());
                }
                let cost = cost_of(&text);
                let value = self.scalar(&text, style, tag.as_deref(), span);
                self.finish(
                    Finished {
                        node: Node { value, span },
                        cost,
                        height: 0,
                    },
                    anchor,
                )
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.open(Partial::Array(Vec::new()), style, anchor, tag.as_deref(), span)
            }
            Event::MappingStart(style, anchor, tag) => {
                let partial = Partial::Object {
                    entries: IndexMap::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.open(partial, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => {
                let span = self.span(span);
                let Some(finished) = self.anchors.get(&anchor) else {
                    // Inside the very node it names.
                    self.diagnostics
                        .report(rules::SYNTAX, span, &[&"an alias contains itself"]);
                    return Err(Stop);
                };
                self.expanded = self.expanded.saturating_add(finished.cost);
                if self.expanded > ALIAS_BUDGET {
                    self.diagnostics.report(rules::ALIAS_BUDGET, span, &[]);
                    return Err(Stop);
                }
                let finished = finished.clone();
                if self.wants_key() {
                    let key = match finished.node.value {
                        Value::String(text) => Key::Text(text, span),
                        _ => self.unusable_key(span),
                    };
                    self.set_key(key);
                    return Ok(());
                }
                self.finish(finished, 0)
            }
            _ => Ok(()),
        }
    }

    fn wants_key(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Frame {
                partial: Partial::Object { key: None, .. },
                ..
            })
        )
    }

    fn set_key(&mut self, new: Key) {
        if let Some(Frame {
            partial: Partial::Object { key, .. },
            end,
            ..
        }) = self.stack.last_mut()
        {
            if let Key::Text(_, span) | Key::Merge(span) = &new {
                *end = span.end;
            }
            *key = Some(new);
        }
    }

    fn unusable_key(&mut self, span: Span) -> Key {
        self.diagnostics.report(rules::COMPLEX_KEY, span, &[]);
        Key::Unusable
    }

    fn open(
        &mut self,
        partial: Partial,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: &granit_parser::Span,
    ) -> Result<(), Stop> {
        let span = self.span(span);
        if self.stack.len() >= MAX_DEPTH {
            self.diagnostics.report(rules::TOO_DEEP, span, &[&MAX_DEPTH]);
            return Err(Stop);
        }
        let expected = match partial {
            Partial::Array(_) => "seq",
            Partial::Object { .. } => "map",
        };
        if let Some(tag) = tag.filter(|tag| tag.core_suffix() != Some(expected)) {
            self.diagnostics
                .report(rules::UNKNOWN_TAG, span, &[&tag.original()]);
        }
        self.stack.push(Frame {
            start: span.start,
            end: span.start,
            flow: style == StructureStyle::Flow,
            anchor,
            cost: cost_of(""),
            height: 0,
            partial,
        });
        Ok(())
    }

    fn close(&mut self, end: &granit_parser::Span) -> Result<(), Stop> {
        let end = self.span(end);
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        let span = Span {
            source: self.source,
            start: frame.start,
            end: if frame.flow {
                end.end
            } else {
                frame.end.max(frame.start)
            },
        };
        let value = match frame.partial {
            Partial::Array(nodes) => Value::Array(nodes),
            Partial::Object {
                mut entries, merges, ..
            } => {
                for (key_span, node) in merges {
                    self.merge(&mut entries, key_span, node);
                }
                Value::Object(entries)
            }
        };
        let finished = Finished {
            node: Node { value, span },
            cost: frame.cost,
            height: frame.height + 1,
        };
        if self.wants_key() {
            let key = self.unusable_key(span);
            self.set_key(key);
            return Ok(());
        }
        self.finish(finished, frame.anchor)
    }

    /// Adds what `entries` does not have itself.
    fn merge(&mut self, entries: &mut IndexMap<String, Entry>, key_span: Span, node: Node) {
        let mappings = match node.value {
            Value::Object(_) => vec![node],
            Value::Array(nodes) => nodes,
            _ => {
                self.diagnostics.report(rules::MERGE_KEY, key_span, &[]);
                return;
            }
        };
        for mapping in mappings {
            match mapping.value {
                Value::Object(members) => {
                    for (key, entry) in members {
                        entries.entry(key).or_insert(entry);
                    }
                }
                _ => self.diagnostics.report(rules::MERGE_KEY, key_span, &[]),
            }
        }
    }

    /// Puts a finished value where it belongs.
    fn finish(&mut self, finished: Finished, anchor: usize) -> Result<(), Stop> {
        let Finished { node, cost, height } = &finished;
        if self.stack.len() + height > MAX_DEPTH {
            self.diagnostics.report(rules::TOO_DEEP, node.span, &[&MAX_DEPTH]);
            return Err(Stop);
        }
        if anchor != 0 {
            self.anchors.insert(anchor, finished.clone());
            // Keeping it is a copy too.
            self.expanded = self.expanded.saturating_add(*cost);
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(finished.node);
            return Ok(());
        };
        frame.cost = frame.cost.saturating_add(*cost);
        frame.height = frame.height.max(*height);
        // The value of an alias lies elsewhere.
        if node.span.start >= frame.end {
            frame.end = node.span.end;
        }
        match &mut frame.partial {
            Partial::Array(nodes) => nodes.push(finished.node),
            Partial::Object { entries, key, merges } => match key.take() {
                Some(Key::Text(text, key_span)) => {
                    if let Some(first) = entries.get(&text) {
                        self.diagnostics
                            .push(duplicate_key(&text, first.key_span, key_span));
                    }
                    entries.insert(
                        text,
                        Entry {
                            key_span,
                            node: finished.node,
                        },
                    );
                }
                Some(Key::Merge(span)) => merges.push((span, finished.node)),
                Some(Key::Unusable) | None => {}
            },
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let string = || Value::String(text.to_owned());
        if let Some(tag) = tag {
            return match tag.core_suffix() {
                Some("str") => string(),
                Some("null") => Value::Null,
                Some("bool" | "int" | "float") => self.plain(text, span),
                _ => {
                    if tag.original() != "!" {
                        self.diagnostics
                            .report(rules::UNKNOWN_TAG, span, &[&tag.original()]);
                    }
                    string()
                }
            };
        }
        if style == ScalarStyle::Plain {
            self.plain(text, span)
        } else {
            string()
        }
    }

    /// A plain scalar by the core schema.
    fn plain(&mut self, text: &str, span: Span) -> Value {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
            "true" | "True" | "TRUE" => return Value::Bool(true),
            "false" | "False" | "FALSE" => return Value::Bool(false),
            _ => {}
        }
        match number(text) {
            Some(Ok(number)) => Value::Number(number),
            Some(Err(())) => {
                self.diagnostics.report(rules::NUMBER_RANGE, span, &[&text]);
                Value::String(text.to_owned())
            }
            None => Value::String(text.to_owned()),
        }
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span
            .byte_range()
            .unwrap_or_else(|| self.byte_of_char(span.start.index())..self.byte_of_char(span.end.index()));
        // Block scalars count the line breaks behind them in.
        let trimmed = self
            .text
            .get(range.clone())
            .map_or(range.len(), |text| text.trim_end().len());
        self.span_of(range.start, range.start + trimmed)
    }

    fn span_of(&self, start: usize, end: usize) -> Span {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            offset(at) + self.skipped
        };
        Span {
            source: self.source,
            start: floor(start),
            end: floor(end.max(start)),
        }
    }

    fn byte_of_char(&self, index: usize) -> usize {
        self.text
            .char_indices()
            .nth(index)
            .map_or(self.text.len(), |(at, _)| at)
    }
}

fn cost_of(text: &str) -> usize {
    text.len() + 64
}

/// An offset as spans count; a source is never longer than that.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A number of the core schema: `None` if it is none, an error if JSON cannot hold it.
fn number(text: &str) -> Option<Result<Number, ()>> {
    let digits = match text.as_bytes().first()? {
        b'-' | b'+' => &text[1..],
        _ => text,
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Err(()));
    }
    let radix = |prefix: &str, radix: u32| {
        let rest = text.strip_prefix(prefix)?;
        (!rest.is_empty() && rest.chars().all(|c| c.is_digit(radix))).then(|| {
            u64::from_str_radix(rest, radix)
                .map(|number| serde_json::Number::from(number).into())
                .map_err(|_| ())
        })
    };
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(number);
    }
    if !is_decimal(digits) {
        return None;
    }
    if let Some(integer) = Number::integer(text) {
        return Some(Ok(integer));
    }
    let value = text.parse::<f64>().ok()?;
    Some(serde_json::Number::from_f64(value).map(Number::from).ok_or(()))
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_decimal(text: &str) -> bool {
    fn digits(text: &str) -> (usize, &str) {
        let count = text.bytes().take_while(u8::is_ascii_digit).count();
        (count, &text[count..])
    }
    let (whole, mut rest) = digits(text);
    let mut fraction = 0;
    if let Some(after) = rest.strip_prefix('.') {
        (fraction, rest) = digits(after);
    }
    if whole + fraction == 0 {
        return false;
    }
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        let (count, end) = digits(after.strip_prefix(['-', '+']).unwrap_or(after));
        return count > 0 && end.is_empty();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tree::Pointer;
    use serde_json::json;

    /// The value, and for each finding the rule with the text it points at.
    fn read(text: &str) -> (Option<serde_json::Value>, Vec<String>) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let id = sources.add("a.yaml", text);
        let node = parse(id, &sources, &mut diagnostics);
        let findings = diagnostics.iter().map(|diagnostic| {
            let text = diagnostic.span.map_or("nowhere", |span| sources.text(span));
            format!("{} {text:?}", diagnostic.rule.name)
        });
        (node.map(|node| node.to_json()), findings.collect())
    }

    fn value(text: &str) -> serde_json::Value {
        let (value, findings) = read(text);
        assert_eq!(findings, Vec::<String>::new(), "of {text:?}");
        value.expect("it is well-formed")
    }

    /// The value with all digits of its integers, if one has many.
    fn exact(text: &str) -> Option<String> {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text);
        let root = parse(id, &sources, &mut Diagnostics::default()).expect("it is well-formed");
        root.exact_json()
    }

    /// The texts of the value and the key at `pointer`.
    fn texts(text: &str, pointer: &str, key: &str) -> (String, String) {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text);
        let root = parse(id, &sources, &mut Diagnostics::default()).expect("it is well-formed");
        let entry = root
            .at(&Pointer(pointer.to_owned()))
            .and_then(|node| node.entry(key))
            .expect("it is there");
        (
            sources.text(entry.node.span).to_owned(),
            sources.text(entry.key_span).to_owned(),
        )
    }

    #[test]
    fn spans_are_bytes_behind_other_scripts_too() {
        let text = "ключ: [\"é𝄞\", 日本]\nдва:\n  три: 'х'\n";
        assert_eq!(texts(text, "", "ключ"), ("[\"é𝄞\", 日本]".into(), "ключ".into()));
        assert_eq!(texts(text, "/два", "три"), ("'х'".into(), "три".into()));
    }

    #[test]
    fn spans_are_right_behind_a_byte_order_mark() {
        assert_eq!(texts("\u{feff}a: b\n", "", "a"), ("b".into(), "a".into()));
        assert_eq!(texts("\u{feff}{\"a\": 1}", "", "a"), ("1".into(), "\"a\"".into()));
    }

    #[test]
    fn a_block_ends_with_its_last_child() {
        let text = "a:\n  b: 1\n  c:\n    - x\n\n\n# more\nd: |\n  text\n\n\ne: 1\n";
        assert_eq!(texts(text, "", "a").0, "b: 1\n  c:\n    - x");
        assert_eq!(texts(text, "", "d").0, "text");
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        assert_eq!(
            value("[~, null, Null, true, False, 1, -2, +3, 0x1F, 0o17, 1.5, .5, 1e3, 012]"),
            json!([
                null, null, null, true, false, 1, -2, 3, 31, 15, 1.5, 0.5, 1000.0, 12
            ])
        );
        assert_eq!(
            value(
                "[yes, no, on, 2024-01-01, 1_000, 0b1, 1.2.3, '1', \"true\", nan, -, .]"
                    .replace(", -,", ",")
                    .as_str()
            ),
            json!([
                "yes",
                "no",
                "on",
                "2024-01-01",
                "1_000",
                "0b1",
                "1.2.3",
                "1",
                "true",
                "nan",
                "."
            ])
        );
    }

    #[test]
    fn large_numbers_keep_what_they_can() {
        assert_eq!(value("a: 18446744073709551615"), json!({"a": u64::MAX}));
        assert_eq!(value("a: -9223372036854775808"), json!({"a": i64::MIN}));
        for text in ["a: 18446744073709551616", "{\"a\": 18446744073709551616}"] {
            assert_eq!(value(text), json!({"a": 18_446_744_073_709_551_616.0}));
            assert_eq!(
                exact(text).as_deref(),
                Some("{\"a\":18446744073709551616}"),
                "{text}"
            );
        }
        assert_eq!(exact("a: 18446744073709551615"), None);
        assert_eq!(
            read("[.inf, -.INF, .nan, 1e999]").1,
            [
                "number-range \".inf\"",
                "number-range \"-.INF\"",
                "number-range \".nan\"",
                "number-range \"1e999\""
            ]
        );
    }

    #[test]
    fn keys_keep_their_text() {
        assert_eq!(
            value("200: a\ntrue: b\nnull: c\n1.0: d\n~: e\n"),
            json!({"200": "a", "true": "b", "null": "c", "1.0": "d", "~": "e"})
        );
    }

    #[test]
    fn tags_decide() {
        assert_eq!(
            value("[!!str 1, !!int \"3\", !!null x, ! 5]"),
            json!(["1", 3, null, "5"])
        );
    }

    #[test]
    fn aliases_and_merge_keys_are_expanded() {
        assert_eq!(
            value("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n"),
            json!({"a": {"x": 1, "y": 2}, "b": {"y": 3, "x": 1}, "c": {"x": 1, "y": 2}})
        );
        assert_eq!(
            value("a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc:\n  <<: [*a, *b]\n"),
            json!({"a": {"x": 1}, "b": {"x": 2, "z": 3}, "c": {"x": 1, "z": 3}})
        );
        assert_eq!(value("\"<<\": 1"), json!({"<<": 1}));
        assert_eq!(
            value("[{&k key: 1}, {*k : 2}, *k]"),
            json!([{"key": 1}, {"key": 2}, "key"])
        );
    }

    #[test]
    fn an_alias_inside_itself_is_an_error() {
        assert_eq!(read("a: &a [1, *a]\n").1, ["syntax \"*a\""]);
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        let (value, findings) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(value, Some(json!({"a": 3, "b": 2})));
        assert_eq!(findings, ["duplicate-key \"a\""]);
        assert_eq!(read("{\"a\": 1, \"a\": 2}").0, Some(json!({"a": 2})));
    }

    #[test]
    fn deep_nesting_is_refused_without_a_stack_overflow() {
        let list = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let blocks = |depth: usize| format!("{}x", "- ".repeat(depth));
        let keys = (0..300).fold(String::new(), |keys, depth| keys + &" ".repeat(depth) + "a:\n");
        for text in [
            list(201),
            list(100_000),
            blocks(201),
            blocks(100_000),
            keys,
            "[".repeat(100_000),
        ] {
            let (value, findings) = read(&text);
            assert_eq!(value, None);
            assert!(findings[0].starts_with("too-deep"), "{findings:?}");
        }
        for text in [list(MAX_DEPTH), blocks(MAX_DEPTH)] {
            value(&text);
        }
        // Each alias adds its own depth to what it stands in.
        let nested: Vec<String> = (1..300)
            .map(|level| format!("a{level}: &a{level} [*a{}]\n", level - 1))
            .collect();
        let nested = format!("a0: &a0 []\n{}", nested.concat());
        assert!(read(&nested).1[0].starts_with("too-deep"));
    }

    #[test]
    fn json_that_yaml_does_not_have_is_read() {
        assert_eq!(
            value(r#"{"a\/b": "\ud83d\ude00 \u00e9 \u0000", "t":	[1,2]}"#),
            json!({"a/b": "😀 é \u{0}", "t": [1, 2]})
        );
        let long = "k".repeat(100_000);
        assert_eq!(value(&format!("{{\"{long}\":1}}")), json!({long: 1}));
        assert_eq!(value(r#"{"half": "\ud83d!"}"#), json!({"half": "\u{fffd}!"}));
    }

    #[test]
    fn flow_style_that_is_no_json_is_read() {
        assert_eq!(
            value("{a: 'b', # why\n c: [1, 2,],}"),
            json!({"a": "b", "c": [1, 2]})
        );
    }

    #[test]
    fn a_slip_in_json_is_shown_where_it_is() {
        assert_eq!(read("{\"a\": 1 \"b\": 2}").1, ["syntax \"\\\"\""]);
        assert_eq!(read("{\"a\": 1,\n").1, ["syntax \"\""]);
        assert_eq!(read("{\"a\": \"\\u12\"}").1, ["syntax \"1\""]);
        assert_eq!(read("{\"a\": 1} x").1, ["syntax \"x\""]);
    }

    #[test]
    fn only_the_first_document_counts() {
        let (value, findings) = read("a: 1\n---\nb: 2\n");
        assert_eq!(value, Some(json!({"a": 1})));
        assert_eq!(findings, ["several-documents \"---\""]);
    }

    #[test]
    fn nothing_at_all_is_an_error() {
        for text in ["", "  \n", "# a comment\n", "---\n", "\u{feff}"] {
            let (value, findings) = read(text);
            assert_eq!(value, None, "{text:?}");
            assert!(findings[0].starts_with("empty-text"), "{text:?} {findings:?}");
        }
    }
}
