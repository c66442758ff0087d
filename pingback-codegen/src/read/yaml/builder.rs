//! Builds a tree from the events of the YAML parser.

use super::super::tree::{Entry, Node, Value};
use super::super::tree_rules::{MAX_DEPTH, duplicate_key};
use super::indentation::Indented;
use super::scalar;
use crate::diagnostic::{Diagnostics, rules};
use crate::source::{SourceId, Span};
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};
use indexmap::IndexMap;
use std::collections::HashMap;

/// The largest size, in approximate bytes, to which all aliases of a text together may expand.
const ALIAS_BUDGET: usize = 32 << 20;

/// A sequence or mapping whose end has not been reached.
struct OpenCollection {
    start: u32,
    /// The end of the last child. The parser's end of a block collection includes the white space after it.
    end: u32,
    is_flow: bool,
    anchor: usize,
    cost: usize,
    height: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping {
        entries: IndexMap<String, Entry>,
        /// The key whose value comes next.
        key: Option<Key>,
        /// The values of the merge keys.
        merges: Vec<(Span, Node)>,
    },
}

enum Key {
    Text(String, Span),
    /// `<<`.
    Merge(Span),
    /// A key that is not a scalar; already reported.
    Unsupported,
}

/// A complete node.
#[derive(Clone)]
struct Complete {
    node: Node,
    /// The approximate bytes that a copy takes.
    cost: usize,
    height: usize,
}

/// How a collection starts.
struct Start<'e> {
    style: StructureStyle,
    anchor: usize,
    tag: Option<&'e Tag>,
    span: Span,
}

/// The text cannot be parsed any further; the reason is reported.
struct Aborted;

/// Why there is no tree; reported.
#[derive(Debug, PartialEq)]
pub(super) enum Failure {
    /// A continued line of a quoted scalar is not indented more than its key.
    QuotedIndentation,
    Other,
}

pub(super) struct TreeBuilder<'a> {
    source: SourceId,
    text: &'a str,
    /// If `text` is not the text of the source but an indented copy.
    indented: Option<&'a Indented>,
    /// The length of the byte order mark, which the parser does not get.
    mark_length: u32,
    diagnostics: &'a mut Diagnostics,
    open: Vec<OpenCollection>,
    root: Option<Node>,
    anchors: HashMap<usize, Complete>,
    /// The approximate bytes that anchors and aliases take so far.
    expanded: usize,
}

impl<'a> TreeBuilder<'a> {
    pub(super) fn new(source: SourceId, text: &'a str, diagnostics: &'a mut Diagnostics) -> Self {
        let stripped = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            source,
            text: stripped,
            indented: None,
            mark_length: offset(text.len() - stripped.len()),
            diagnostics,
            open: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            expanded: 0,
        }
    }

    /// Parses an indented copy of the text instead.
    pub(super) fn with_indentation(self, indented: &'a Indented) -> Self {
        Self {
            text: &indented.text,
            indented: Some(indented),
            ..self
        }
    }

    /// Parses the first document of the text.
    pub(super) fn build(mut self) -> Result<Node, Failure> {
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
                Ok((event, span)) => self.add_event(event, &span).map_err(|Aborted| Failure::Other)?,
                Err(error) => {
                    self.report_syntax_error(&error);
                    return Err(match error.kind() {
                        ErrorKind::InvalidQuotedScalarIndent => Failure::QuotedIndentation,
                        _ => Failure::Other,
                    });
                }
            }
        }
        let root = self.root.take();
        let is_empty = |node: &Node| node.value == Value::Null && node.span.start == node.span.end;
        match root {
            Some(root) if !is_empty(&root) => Ok(root),
            root => {
                let span = root.map_or_else(|| self.byte_span(0, 0), |node| node.span);
                self.diagnostics.report(rules::EMPTY_TEXT, span, &[]);
                Err(Failure::Other)
            }
        }
    }

    fn report_syntax_error(&mut self, error: &ScanError) {
        let marker = error.marker();
        let at = marker
            .byte_offset()
            .unwrap_or_else(|| self.byte_of_char(marker.index()));
        let span = self.byte_span(at, at + 1);
        // The parser has no separate error kind for its nesting limits.
        if error.kind().to_string().contains("nesting") {
            self.diagnostics.report(rules::TOO_DEEP, span, &[&MAX_DEPTH]);
        } else {
            self.diagnostics.report(rules::SYNTAX, span, &[&error.kind()]);
        }
    }

    fn add_event(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Result<(), Aborted> {
        let span = self.span(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.expects_key() {
                    let is_merge = text == "<<" && style == ScalarStyle::Plain && tag.is_none();
                    self.add_scalar_key(text.into_owned(), is_merge, anchor, span);
                    return Ok(());
                }
                let complete = Complete {
                    cost: cost_of(&text),
                    node: Node {
                        value: self.scalar(&text, style, tag.as_deref(), span),
                        span,
                    },
                    height: 0,
                };
                self.add_complete(complete, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                let tag = tag.as_deref();
                let start = Start {
                    style,
                    anchor,
                    tag,
                    span,
                };
                self.open_collection(Content::Sequence(Vec::new()), &start)
            }
            Event::MappingStart(style, anchor, tag) => {
                let tag = tag.as_deref();
                let start = Start {
                    style,
                    anchor,
                    tag,
                    span,
                };
                let content = Content::Mapping {
                    entries: IndexMap::new(),
                    key: None,
                    merges: Vec::new(),
                };
                self.open_collection(content, &start)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close_collection(span.end),
            Event::Alias(anchor) => self.add_alias(anchor, span),
            _ => Ok(()),
        }
    }

    /// Whether the next node is a key of a mapping.
    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(OpenCollection {
                content: Content::Mapping { key: None, .. },
                ..
            })
        )
    }

    fn set_key(&mut self, new: Key) {
        if let Some(OpenCollection {
            content: Content::Mapping { key, .. },
            end,
            ..
        }) = self.open.last_mut()
        {
            if let Key::Text(_, span) | Key::Merge(span) = &new {
                *end = span.end;
            }
            *key = Some(new);
        }
    }

    fn add_scalar_key(&mut self, text: String, is_merge: bool, anchor: usize, span: Span) {
        if anchor != 0 {
            let complete = Complete {
                cost: cost_of(&text),
                node: Node {
                    value: Value::String(text.clone()),
                    span,
                },
                height: 0,
            };
            self.anchors.insert(anchor, complete);
        }
        self.set_key(if is_merge {
            Key::Merge(span)
        } else {
            Key::Text(text, span)
        });
    }

    fn add_unsupported_key(&mut self, span: Span) {
        self.diagnostics.report(rules::COMPLEX_KEY, span, &[]);
        self.set_key(Key::Unsupported);
    }

    fn add_alias(&mut self, anchor: usize, span: Span) -> Result<(), Aborted> {
        let Some(target) = self.anchors.get(&anchor) else {
            // The anchored node is not complete yet, so the alias lies within it.
            self.diagnostics
                .report(rules::SYNTAX, span, &[&"an alias contains itself"]);
            return Err(Aborted);
        };
        self.expanded = self.expanded.saturating_add(target.cost);
        if self.expanded > ALIAS_BUDGET {
            self.diagnostics.report(rules::ALIAS_BUDGET, span, &[]);
            return Err(Aborted);
        }
        let target = target.clone();
        if !self.expects_key() {
            return self.add_complete(target, 0);
        }
        match target.node.value {
            Value::String(text) => self.set_key(Key::Text(text, span)),
            _ => self.add_unsupported_key(span),
        }
        Ok(())
    }

    fn open_collection(&mut self, content: Content, start: &Start<'_>) -> Result<(), Aborted> {
        let span = start.span;
        if self.open.len() >= MAX_DEPTH {
            self.diagnostics.report(rules::TOO_DEEP, span, &[&MAX_DEPTH]);
            return Err(Aborted);
        }
        let expected_tag = match content {
            Content::Sequence(_) => "seq",
            Content::Mapping { .. } => "map",
        };
        if let Some(tag) = start.tag.filter(|tag| tag.core_suffix() != Some(expected_tag)) {
            self.diagnostics
                .report(rules::UNKNOWN_TAG, span, &[&tag.original()]);
        }
        self.open.push(OpenCollection {
            start: span.start,
            end: span.start,
            is_flow: start.style == StructureStyle::Flow,
            anchor: start.anchor,
            cost: cost_of(""),
            height: 0,
            content,
        });
        Ok(())
    }

    fn close_collection(&mut self, flow_end: u32) -> Result<(), Aborted> {
        let Some(collection) = self.open.pop() else {
            return Ok(());
        };
        let block_end = collection.end.max(collection.start);
        let span = Span {
            source: self.source,
            start: collection.start,
            end: if collection.is_flow { flow_end } else { block_end },
        };
        let value = match collection.content {
            Content::Sequence(nodes) => Value::Array(nodes),
            Content::Mapping {
                mut entries, merges, ..
            } => {
                for (key_span, node) in merges {
                    self.merge(&mut entries, key_span, node);
                }
                Value::Object(entries)
            }
        };
        if self.expects_key() {
            self.add_unsupported_key(span);
            return Ok(());
        }
        let complete = Complete {
            node: Node { value, span },
            cost: collection.cost,
            height: collection.height + 1,
        };
        self.add_complete(complete, collection.anchor)
    }

    /// Adds the members of a merge key's value that `entries` lacks.
    fn merge(&mut self, entries: &mut IndexMap<String, Entry>, key_span: Span, node: Node) {
        let mappings = match node.value {
            Value::Array(nodes) => nodes,
            _ => vec![node],
        };
        for mapping in mappings {
            let Value::Object(members) = mapping.value else {
                self.diagnostics.report(rules::MERGE_KEY, key_span, &[]);
                continue;
            };
            for (key, entry) in members {
                entries.entry(key).or_insert(entry);
            }
        }
    }

    /// Adds a complete node to the innermost open collection, or as the root.
    fn add_complete(&mut self, complete: Complete, anchor: usize) -> Result<(), Aborted> {
        let Complete { node, cost, height } = &complete;
        if self.open.len() + height > MAX_DEPTH {
            self.diagnostics.report(rules::TOO_DEEP, node.span, &[&MAX_DEPTH]);
            return Err(Aborted);
        }
        if anchor != 0 {
            self.anchors.insert(anchor, complete.clone());
            // The anchor keeps a copy.
            self.expanded = self.expanded.saturating_add(*cost);
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(complete.node);
            return Ok(());
        };
        parent.cost = parent.cost.saturating_add(*cost);
        parent.height = parent.height.max(*height);
        // The target of an alias lies before the collection.
        if node.span.start >= parent.end {
            parent.end = node.span.end;
        }
        match &mut parent.content {
            Content::Sequence(nodes) => nodes.push(complete.node),
            Content::Mapping { entries, key, merges } => match key.take() {
                Some(Key::Text(text, key_span)) => {
                    if let Some(first) = entries.get(&text) {
                        self.diagnostics
                            .push(duplicate_key(&text, first.key_span, key_span));
                    }
                    let node = complete.node;
                    entries.insert(text, Entry { key_span, node });
                }
                Some(Key::Merge(span)) => merges.push((span, complete.node)),
                Some(Key::Unsupported) | None => {}
            },
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let string = || Value::String(text.to_owned());
        let Some(tag) = tag else {
            return match style {
                ScalarStyle::Plain => self.plain_scalar(text, span),
                _ => string(),
            };
        };
        match tag.core_suffix() {
            Some("str") => string(),
            Some("null") => Value::Null,
            Some("bool" | "int" | "float") => self.plain_scalar(text, span),
            _ => {
                if tag.original() != "!" {
                    self.diagnostics
                        .report(rules::UNKNOWN_TAG, span, &[&tag.original()]);
                }
                string()
            }
        }
    }

    fn plain_scalar(&mut self, text: &str, span: Span) -> Value {
        scalar::resolve(text).unwrap_or_else(|scalar::NotFinite| {
            self.diagnostics.report(rules::NUMBER_RANGE, span, &[&text]);
            Value::String(text.to_owned())
        })
    }

    /// The byte range of an event, without the white space that the parser includes at the end of block scalars.
    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span
            .byte_range()
            .unwrap_or_else(|| self.byte_of_char(span.start.index())..self.byte_of_char(span.end.index()));
        let length = self
            .text
            .get(range.clone())
            .map_or(range.len(), |text| text.trim_end().len());
        self.byte_span(range.start, range.start + length)
    }

    /// The span of a byte range of `self.text`.
    fn byte_span(&self, start: usize, end: usize) -> Span {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            let at = self.indented.map_or(at, |indented| indented.original_offset(at));
            offset(at) + self.mark_length
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

/// The approximate bytes that a scalar takes in the tree.
fn cost_of(text: &str) -> usize {
    text.len() + 64
}

/// A byte offset of a span. It fits, since `Sources::add` limits the length of texts.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
