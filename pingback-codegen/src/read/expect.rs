//! Access to the members of an object by the type they must have. What has another type is reported, and
//! taken as what it evidently means or left out. `null` counts as absent.

use super::number::Number;
use super::reference::nearest;
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, rules};
use crate::source::Sources;
use indexmap::IndexMap;

/// Members of Swagger 2.0 that are left in documents which were converted by hand: of what, its name, and what
/// has taken its place.
const SWAGGER: &[(&str, &str, &str)] = &[
    ("the document", "definitions", "`components.schemas`"),
    ("the document", "parameters", "`components.parameters`"),
    ("the document", "responses", "`components.responses`"),
    (
        "the document",
        "securityDefinitions",
        "`components.securitySchemes`",
    ),
    ("the document", "host", "`servers`"),
    ("the document", "basePath", "`servers`"),
    ("the document", "schemes", "`servers`"),
    ("the document", "consumes", "the `content` of request bodies"),
    ("the document", "produces", "the `content` of responses"),
    ("components", "definitions", "`components.schemas`"),
    (
        "components",
        "securityDefinitions",
        "`components.securitySchemes`",
    ),
    ("an operation", "consumes", "the `content` of the request body"),
    ("an operation", "produces", "the `content` of responses"),
    ("an operation", "schemes", "`servers`"),
    ("a parameter", "type", "`schema`"),
    ("a parameter", "format", "`schema`"),
    ("a parameter", "items", "`schema`"),
    ("a parameter", "enum", "`schema`"),
    ("a parameter", "default", "`schema`"),
    ("a parameter", "collectionFormat", "`style` and `explode`"),
    ("a header", "type", "`schema`"),
    ("a header", "format", "`schema`"),
    ("a response", "schema", "`content`"),
    ("a response", "examples", "`content`"),
    ("a security scheme", "flow", "`flows`"),
    ("a security scheme", "authorizationUrl", "`flows`"),
    ("a security scheme", "tokenUrl", "`flows`"),
    ("a security scheme", "scopes", "`flows`"),
];

/// The texts, and where to complain.
pub(super) struct Expect<'a> {
    pub(super) sources: &'a Sources,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Expect<'_> {
    /// Reports `rule` at a node.
    pub(super) fn report(&mut self, rule: &'static Rule, node: &Node, args: &[&dyn std::fmt::Display]) {
        self.diagnostics.report(rule, node.span, args);
    }

    /// Says that the value of `key` has the wrong type and is left out.
    pub(super) fn wrong(&mut self, key: &str, expected: &str, node: &Node) {
        self.report(rules::WRONG_TYPE, node, &[&key, &expected, &node.noun()]);
    }

    /// Says that the value of `key` has the wrong type and what it is taken as.
    pub(super) fn coerced(&mut self, key: &str, expected: &str, node: &Node, taken: &str) {
        self.report(rules::COERCED, node, &[&key, &expected, &node.noun(), &taken]);
    }

    /// A member that is there and not `null`.
    pub(super) fn member<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
        node.get(key).filter(|node| node.value != Value::Null)
    }

    /// A text; numbers and truth values are taken as they are written.
    pub(super) fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        let value = Self::member(node, key)?;
        self.as_text(value, key)
    }

    /// Like [`Expect::text`], of the value itself.
    pub(super) fn as_text(&mut self, value: &Node, key: &str) -> Option<String> {
        match &value.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => {
                let text = self.sources.text(value.span).to_owned();
                self.coerced(key, "a string", value, &text);
                Some(text)
            }
            _ => {
                self.wrong(key, "a string", value);
                None
            }
        }
    }

    /// A truth value; the texts `true` and `false` are taken for one.
    pub(super) fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        let value = Self::member(node, key)?;
        let flag = match &value.value {
            Value::Bool(flag) => return Some(*flag),
            Value::String(text) if text.eq_ignore_ascii_case("true") => true,
            Value::String(text) if text.eq_ignore_ascii_case("false") => false,
            _ => {
                self.wrong(key, "`true` or `false`", value);
                return None;
            }
        };
        self.coerced(key, "`true` or `false`", value, &flag.to_string());
        Some(flag)
    }

    /// A number; a text that is one is taken for it.
    pub(super) fn number(&mut self, node: &Node, key: &str) -> Option<Number> {
        let value = Self::member(node, key)?;
        match &value.value {
            Value::Number(number) => return Some(number.clone()),
            Value::String(text) => {
                if let Some(number) = Number::parse(text.trim()) {
                    self.coerced(key, "a number", value, &number.to_string());
                    return Some(number);
                }
            }
            _ => {}
        }
        self.wrong(key, "a number", value);
        None
    }

    /// A count.
    pub(super) fn count(&mut self, node: &Node, key: &str) -> Option<u64> {
        let number = self.number(node, key)?;
        if let Some(count) = number.as_u64() {
            return Some(count);
        }
        // `10.0` is an integer to JSON Schema.
        if let Some(float) = number.as_f64()
            && float.fract() == 0.0
            && let Ok(count) = format!("{float:.0}").parse()
        {
            return Some(count);
        }
        if let Some(value) = Self::member(node, key) {
            self.report(
                rules::WRONG_TYPE,
                value,
                &[&key, &"a whole number from 0 on", &format!("`{number}`")],
            );
        }
        None
    }

    /// A list.
    pub(super) fn list<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        let Some(value) = Self::member(node, key) else {
            return &[];
        };
        value.as_array().unwrap_or_else(|| {
            self.wrong(key, "a list", value);
            &[]
        })
    }

    /// A list of texts; a single text is taken as a list of one.
    pub(super) fn texts(&mut self, node: &Node, key: &str) -> Vec<String> {
        match Self::member(node, key) {
            Some(value) if matches!(value.value, Value::String(_)) => {
                let text = value.as_str().unwrap_or_default().to_owned();
                self.coerced(key, "a list of strings", value, &format!("[{text}]"));
                vec![text]
            }
            Some(_) => self
                .list(node, key)
                .iter()
                .filter_map(|item| self.as_text(item, key))
                .collect(),
            None => Vec::new(),
        }
    }

    /// The members of a mapping.
    pub(super) fn map<'n>(
        &mut self,
        node: &'n Node,
        key: &str,
    ) -> impl Iterator<Item = (&'n String, &'n Entry)> + use<'n> {
        let value = Self::member(node, key);
        if let Some(value) = value.filter(|value| value.as_object().is_none()) {
            self.wrong(key, "a mapping", value);
        }
        value.and_then(Node::as_object).into_iter().flatten()
    }

    /// The value itself, which must be a mapping; `what` names it.
    pub(super) fn object<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n IndexMap<String, Entry>> {
        let entries = node.as_object();
        if entries.is_none() {
            self.wrong(what, "a mapping", node);
        }
        entries
    }

    /// Reports members that `what` does not have.
    pub(super) fn only(&mut self, node: &Node, what: &str, known: &[&str]) {
        for (key, entry) in node.as_object().into_iter().flatten() {
            if known.contains(&key.as_str()) || key.starts_with("x-") || key == "$ref" {
                continue;
            }
            if let Some((_, _, now)) = SWAGGER.iter().find(|(of, old, _)| *of == what && old == key) {
                self.diagnostics.push(
                    Diagnostic::new(rules::SWAGGER_MEMBER, entry.key_span, &[key, &what])
                        .hint(format!("OpenAPI 3 says it by {now}")),
                );
                continue;
            }
            // Every short name is near to some other.
            let near = nearest(key, known.iter().copied())
                .filter(|near| key.len() > 3 || key.eq_ignore_ascii_case(near));
            let rule = if near.is_some() {
                rules::MISSPELT_MEMBER
            } else {
                rules::UNKNOWN_MEMBER
            };
            let mut diagnostic = Diagnostic::new(rule, entry.key_span, &[&what, key]);
            if let Some(near) = near {
                diagnostic = diagnostic.hint(format!("did you mean `{near}`?"));
            }
            self.diagnostics.push(diagnostic);
        }
    }
}
