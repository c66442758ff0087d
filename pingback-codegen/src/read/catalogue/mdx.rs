//! Converts MDX and similar extensions of Markdown to Markdown. Imports, exports and comments are removed, components are set
//! apart as HTML blocks, and their content loses the indentation that it has inside them. Plain Markdown stays unchanged.
//!
//! ```text
//! import Card from './Card'
//!
//! <Card title="INVALID_KEY">
//!   The key is not valid.
//! </Card>
//! ```

use super::label;
use super::mapped_text::MappedText;
use super::readme;

/// Components nested deeper than this do not change the indentation.
const MAX_COMPONENTS: usize = 64;

/// Converts a whole page.
pub(super) fn to_markdown(whole: &str) -> MappedText {
    let mut converter = Converter {
        whole,
        markdown: MappedText::default(),
        fence: None,
        skipped: None,
        component_indents: Vec::new(),
        may_have_readme_blocks: true,
    };
    let mut at = 0;
    while at < whole.len() {
        at = converter.readme_block(at).unwrap_or_else(|| converter.line(at));
    }
    converter.markdown
}

struct Converter<'a> {
    whole: &'a str,
    markdown: MappedText,
    /// The first characters of the line that opened a code block.
    fence: Option<&'a str>,
    /// The construct that is being removed.
    skipped: Option<Skipped>,
    /// For each open component, the indentation of its content once that is known.
    component_indents: Vec<Option<usize>>,
    /// `false` once a search found no end of a ReadMe block.
    may_have_readme_blocks: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Skipped {
    /// A comment, up to the line with `*/`.
    Comment,
    /// An import or export, up to an empty line.
    Module,
}

/// One line with its line ending.
#[derive(Clone, Copy)]
struct Line<'a> {
    raw: &'a str,
    start: usize,
}

impl<'a> Line<'a> {
    fn trimmed(&self) -> &'a str {
        self.raw.trim()
    }

    fn indent(&self) -> usize {
        self.raw.len() - self.raw.trim_start_matches([' ', '\t']).len()
    }

    fn ending(&self) -> &'a str {
        &self.raw[self.raw.trim_end_matches(['\n', '\r']).len()..]
    }

    fn end(&self) -> usize {
        self.start + self.raw.len()
    }
}

impl<'a> Converter<'a> {
    /// Converts the ReadMe block that begins at `start`, if there is one. Returns where the text continues.
    fn readme_block(&mut self, start: usize) -> Option<usize> {
        let rest = &self.whole[start..];
        let is_candidate = self.may_have_readme_blocks
            && self.fence.is_none()
            && first_line(rest).trim().starts_with("[block:");
        if !is_candidate {
            return None;
        }
        self.may_have_readme_blocks = rest.contains("[/block]");
        let end = readme::block_end(self.whole, start)?;
        readme::push_markdown(self.whole, start..end, &mut self.markdown);
        Some(end)
    }

    /// Converts the line that begins at `start`. Returns where the next line begins.
    fn line(&mut self, start: usize) -> usize {
        let line = Line {
            raw: first_line(&self.whole[start..]),
            start,
        };
        let text = line.trimmed();
        if let Some(skipped) = self.skipped {
            let is_end = match skipped {
                Skipped::Comment => text.contains("*/"),
                Skipped::Module => text.is_empty(),
            };
            self.skipped = self.skipped.filter(|_| !is_end);
            self.push_ending(line);
        } else if let Some(fence) = self.fence {
            if closes_fence(text, fence) {
                self.fence = None;
            }
            self.push_content(line);
        } else if text.starts_with("```") || text.starts_with("~~~") {
            self.fence = Some(&text[..3]);
            self.note_indent(line);
            self.push_content(line);
        } else if !self.extension(line) {
            self.note_indent(line);
            self.push_content(line);
        }
        line.end()
    }

    /// Converts a line that Markdown does not have. Returns `false` if it is Markdown.
    fn extension(&mut self, line: Line<'a>) -> bool {
        let text = line.trimmed();
        if let Some(comment) = text.strip_prefix("{/*") {
            self.skipped = (!comment.contains("*/")).then_some(Skipped::Comment);
            self.push_ending(line);
        } else if line.indent() == 0 && is_module_line(text) {
            self.skipped = (!text.ends_with([';', '\'', '"'])).then_some(Skipped::Module);
            self.push_ending(line);
        } else if let Some(name) = text.strip_prefix(":::") {
            self.admonition(name, line);
        } else if text.starts_with("{%") && text.ends_with("%}") {
            self.liquid_tag(line);
        } else if let Some(tag) = ComponentTag::parse(text) {
            self.component(tag, line);
        } else {
            return false;
        }
        true
    }

    /// Converts the first line of an admonition. A title that is a label, as in `:::tip How to fix`, is kept in bold.
    fn admonition(&mut self, name: &str, line: Line<'_>) {
        let title = name.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || char == ':');
        let title = title.trim().trim_start_matches('[').trim_end_matches(']');
        if label::field_of_label(title).is_some() {
            let at = line.start + line.raw.find(title).unwrap_or(0);
            self.markdown.push_generated("\n**", at);
            self.markdown.push(title, at);
            self.markdown.push_generated("**\n", at + title.len());
        }
        self.push_ending(line);
    }

    /// Converts a tag of GitBook and similar tools. A tag with a title becomes a component: `{% tab title="Errors" %}`.
    fn liquid_tag(&mut self, line: Line<'_>) {
        let text = line.trimmed();
        self.markdown.push_generated("\n", line.start);
        if let Some(at) = line.raw.find("title=").filter(|_| !text.starts_with("{% hint")) {
            let attribute = line.raw[at..].trim_end().trim_end_matches("%}").trim_end();
            let start = line.start + at;
            self.markdown.push_generated("<Tab ", start);
            self.markdown.push(attribute, start);
            self.markdown.push_generated(">\n", start + attribute.len());
        } else if text.contains("endtab ") {
            self.markdown.push_generated("</Tab>\n", line.start);
        }
        self.push_ending(line);
    }

    /// Converts a line that is the tag of a component. Empty lines around it make it a separate HTML block.
    fn component(&mut self, tag: ComponentTag, line: Line<'_>) {
        match tag {
            ComponentTag::Start if self.component_indents.len() < MAX_COMPONENTS => {
                self.component_indents.push(None);
            }
            ComponentTag::End => {
                self.component_indents.pop();
            }
            ComponentTag::Start | ComponentTag::SelfClosing => {}
        }
        let indent = line.indent();
        self.markdown.push_generated("\n", line.start);
        self.markdown.push(&line.raw[indent..], line.start + indent);
        if !line.raw.ends_with('\n') {
            self.markdown.push_generated("\n", line.end());
        }
        self.markdown.push_generated("\n", line.end());
    }

    /// Notes the indentation of the first line inside a component.
    fn note_indent(&mut self, line: Line<'_>) {
        if let Some(unknown @ None) = self.component_indents.last_mut()
            && !line.trimmed().is_empty()
        {
            *unknown = Some(line.indent());
        }
    }

    /// Appends a line without the indentation of the innermost component.
    fn push_content(&mut self, line: Line<'_>) {
        let indent = self.component_indents.iter().rev().find_map(|indent| *indent);
        let indent = indent.unwrap_or(0).min(line.indent());
        self.markdown.push(&line.raw[indent..], line.start + indent);
    }

    /// Appends the ending of a removed line, so that the lines around it stay apart.
    fn push_ending(&mut self, line: Line<'_>) {
        self.markdown.push(line.ending(), line.start);
    }
}

fn first_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}

fn closes_fence(text: &str, fence: &str) -> bool {
    text.starts_with(fence) && text.trim_start_matches(fence).trim_matches(['`', '~']).is_empty()
}

/// Returns whether a line is an import or export of JavaScript: `import X from 'y'`, `export const z = …`.
fn is_module_line(text: &str) -> bool {
    let is_import = text
        .strip_prefix("import ")
        .is_some_and(|rest| rest.contains(" from ") || rest.starts_with(['"', '\'', '{']));
    let is_export = text.strip_prefix("export ").is_some_and(|rest| {
        ["const ", "default ", "function ", "let ", "var ", "{"]
            .iter()
            .any(|word| rest.starts_with(word))
    });
    is_import || is_export
}

/// The tag of a component that is alone on a line.
#[derive(Clone, Copy)]
enum ComponentTag {
    Start,
    SelfClosing,
    End,
}

impl ComponentTag {
    fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('<')?.strip_suffix('>')?;
        let name = inner.strip_prefix('/').unwrap_or(inner).as_bytes();
        let is_component = name.first().is_some_and(u8::is_ascii_uppercase)
            && name.get(1).is_some_and(u8::is_ascii_lowercase)
            && !inner.contains(['<', '>']);
        is_component.then(|| {
            if inner.starts_with('/') {
                Self::End
            } else if inner.ends_with('/') {
                Self::SelfClosing
            } else {
                Self::Start
            }
        })
    }
}
