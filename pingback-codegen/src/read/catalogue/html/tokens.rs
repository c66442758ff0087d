//! Splits HTML into tokens with their byte ranges.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::ops::Range;

/// The most attributes that are read of one tag.
const MAX_ATTRIBUTES: usize = 32;

#[derive(Debug)]
pub(super) enum Token {
    /// Text as it is spelled in the source, with its entities. An unfinished tag at the end is text, too.
    Text(Range<usize>),
    StartTag(StartTag),
    EndTag(EndTag),
}

#[derive(Debug, Default)]
pub(super) struct StartTag {
    /// Where the tag starts.
    pub(super) start: usize,
    /// The name as it is spelled in the source. The case of its letters distinguishes components from elements.
    pub(super) name: String,
    pub(super) attributes: Vec<Attribute>,
    pub(super) is_self_closing: bool,
}

#[derive(Debug)]
pub(super) struct EndTag {
    /// Where the tag starts.
    pub(super) start: usize,
    /// The name as it is spelled in the source.
    pub(super) name: String,
}

#[derive(Debug)]
pub(super) struct Attribute {
    /// The name as it is spelled in the source.
    pub(super) name: String,
    /// The range of the value without its quotation marks, empty if there is none.
    pub(super) value: Range<usize>,
}

/// How the content of elements such as `script` is tokenized.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RawText {
    /// As text, up to the end tag.
    Text,
    /// Like that of any other element. In Markdown, an element may be split over several texts.
    Tags,
}

/// Tokenizes the text in `range`.
pub(super) fn tokenize(text: &str, range: Range<usize>, raw_text: RawText) -> Vec<Token> {
    let mut emitter = CallbackEmitter::new(TagCollector {
        text: &text[range.clone()],
        offset: range.start,
        tag: StartTag::default(),
    });
    emitter.naively_switch_states(raw_text == RawText::Text);
    let mut tokens = Vec::new();
    let mut end = range.start;
    for markup in Tokenizer::new_with_emitter(&text[range.clone()], emitter) {
        let Ok(markup) = markup;
        if end < markup.range.start {
            tokens.push(Token::Text(end..markup.range.start));
        }
        tokens.extend(markup.tag);
        end = markup.range.end;
    }
    if end < range.end {
        tokens.push(Token::Text(end..range.end));
    }
    tokens
}

/// A tag, comment or document type.
struct Markup {
    range: Range<usize>,
    /// `None` for comments and document types.
    tag: Option<Token>,
}

/// Collects the events of one tag.
struct TagCollector<'a> {
    text: &'a str,
    /// Where the text starts in the whole text.
    offset: usize,
    tag: StartTag,
}

impl TagCollector<'_> {
    /// Returns a name as it is spelled in the source. The tokenizer gives it in lower case.
    fn name_at(&self, start: usize, name: &[u8]) -> String {
        let spelled = self.text.get(start..start + name.len());
        spelled.map_or_else(|| String::from_utf8_lossy(name).into_owned(), str::to_owned)
    }

    fn range(&self, span: Span<usize>) -> Range<usize> {
        self.offset + span.start..self.offset + span.end
    }

    /// Extends the last value if it is an expression of JSX that is not closed yet, such as `{"two words"}`.
    fn extend_expression(&mut self, span: Span<usize>) -> bool {
        let Some(last) = self.tag.attributes.last_mut() else {
            return false;
        };
        let value = &self.text[last.value.start - self.offset..last.value.end - self.offset];
        let is_open = value.starts_with('{') && !value.ends_with('}');
        if is_open {
            last.value.end = self.offset + span.end;
        }
        is_open
    }
}

impl Callback<Markup, usize> for TagCollector<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Markup> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = StartTag {
                    start: self.offset + span.start,
                    name: self.name_at(span.start + 1, name),
                    ..StartTag::default()
                };
                None
            }
            CallbackEvent::AttributeName { name } => {
                if !self.extend_expression(span) && self.tag.attributes.len() < MAX_ATTRIBUTES {
                    self.tag.attributes.push(Attribute {
                        name: self.name_at(span.start, name),
                        value: self.offset + span.end..self.offset + span.end,
                    });
                }
                None
            }
            CallbackEvent::AttributeValue { .. } => {
                let range = self.range(span);
                if !self.extend_expression(span)
                    && let Some(attribute) = self.tag.attributes.last_mut()
                {
                    attribute.value = range;
                }
                None
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = StartTag {
                    is_self_closing: self_closing,
                    ..std::mem::take(&mut self.tag)
                };
                Some(Markup {
                    range: tag.start..self.offset + span.end,
                    tag: Some(Token::StartTag(tag)),
                })
            }
            CallbackEvent::EndTag { name } => {
                self.tag = StartTag::default();
                let range = self.range(span);
                let tag = EndTag {
                    start: range.start,
                    name: self.name_at(span.start + 2, name),
                };
                Some(Markup {
                    range,
                    tag: Some(Token::EndTag(tag)),
                })
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => Some(Markup {
                range: self.range(span),
                tag: None,
            }),
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists the tokens of a text, with names and values as the text spells them.
    fn list(text: &str) -> Vec<String> {
        let tokens = tokenize(text, 0..text.len(), RawText::Text).into_iter();
        tokens
            .map(|token| match token {
                Token::Text(range) => format!("{:?}", &text[range]),
                Token::EndTag(tag) => format!("/{} at {}", tag.name, tag.start),
                Token::StartTag(tag) => {
                    let attributes = tag.attributes.iter();
                    let attributes = attributes
                        .map(|attribute| format!(" {}=[{}]", attribute.name, &text[attribute.value.clone()]));
                    let closing = if tag.is_self_closing { " /" } else { "" };
                    format!(
                        "{} at {}{}{closing}",
                        tag.name,
                        tag.start,
                        attributes.collect::<String>()
                    )
                }
            })
            .collect()
    }

    #[test]
    fn gives_the_ranges_of_text_and_attributes() {
        let text = "ü<Card Title=\"a &amp; b\" rowspan=2 code='c' empty>x &lt; y</CARD>\r\nz<br/>";
        let expected = [
            "\"ü\"",
            "Card at 2 Title=[a &amp; b] rowspan=[2] code=[c] empty=[]",
            "\"x &lt; y\"",
            "/CARD at 59",
            "\"\\r\\nz\"",
            "br at 69 /",
        ];
        assert_eq!(list(text), expected);
    }

    #[test]
    fn reads_expressions_of_jsx() {
        assert_eq!(
            list("<Error code={401} text={\"two words\"} />"),
            ["Error at 0 code=[{401}] text=[{\"two words\"}] /"]
        );
    }

    #[test]
    fn gives_comments_no_token_and_unfinished_tags_as_text() {
        assert_eq!(list("a<!-- <b> -->c <d"), ["\"a\"", "\"c <d\""]);
        assert_eq!(list("<!doctype html>a<!-- b"), ["\"a\""]);
    }

    #[test]
    fn gives_scripts_as_text() {
        assert_eq!(
            list("<script>if (a<b) {}</script>"),
            ["script at 0", "\"if (a<b) {}\"", "/script at 19"]
        );
    }
}
