//! Reads entries from the blocks of a page. An entry begins with a heading, line, term, list item, status or example of its
//! own; its facts follow. Tables are passed on to `table`.
//!
//! ```text
//! ## INVALID_KEY (401)
//! - Message: The key is not valid.
//! - Suggested action: Create a new key.
//! ```

mod page_index;
mod rank;
mod topic;

use super::block::{Block, Table};
use super::body_members;
use super::code::Shape;
use super::draft::EntryDraft;
use super::entry::Fact;
use super::entry_heading::{self, EntryHeading, Topic};
use super::label::{self, Field};
use super::output::ReaderOutput;
use super::payload;
use super::table::{self, LabelledRow, TableContext};
use super::text::Text;
use page_index::PageIndex;

/// Longer texts are not titles.
const MAX_TITLE_LENGTH: usize = 300;
/// A longer line begins an entry only if its code is formatted as one.
const MAX_PLAIN_LINE_LENGTH: usize = 80;
/// Items of lists nested deeper than this rank like those at this depth.
const MAX_DEPTH: u8 = 200;

/// Whether the page still has its headings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PageKind {
    Marked,
    /// Copied text, in which headings look like paragraphs. An entry ends with its last fact, because what follows may
    /// belong to another section.
    Copied,
}

/// The block before a heading or term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Preceding {
    /// A term without a definition. The two terms share the definition that follows.
    TermOfSameList,
    Other,
}

/// Reads all entries and adds them to the output.
pub(super) fn read(kind: PageKind, blocks: &[Block], output: &mut ReaderOutput) {
    let page = PageIndex::new(blocks);
    let mut reader = SectionReader {
        kind,
        page: &page,
        output,
        draft: None,
        pending_label: None,
        section_statuses: Vec::new(),
        topics: Vec::new(),
        is_list_of_errors: false,
    };
    for at in 0..blocks.len() {
        reader.read_block(at);
    }
    reader.finish_entry();
}

struct SectionReader<'a> {
    kind: PageKind,
    page: &'a PageIndex<'a>,
    output: &'a mut ReaderOutput,
    /// The entry that is being read.
    draft: Option<EntryDraft>,
    /// A label whose value follows in another block, and the rank of the label.
    pending_label: Option<(Field, u8)>,
    /// The statuses in headings above, which apply to all entries below, with the ranks of the headings.
    section_statuses: Vec<(u8, Vec<Fact<u16>>)>,
    /// The ranks of the headings above, and whether they are about errors.
    topics: Vec<(u8, bool)>,
    /// Whether the draft began with the heading of a list of errors.
    is_list_of_errors: bool,
}

impl SectionReader<'_> {
    fn read_block(&mut self, at: usize) {
        let blocks = self.page.blocks;
        match &blocks[at] {
            Block::Heading { level, text } => self.read_heading(*level, text, Preceding::Other),
            Block::Term { depth, text } => {
                let previous = at.checked_sub(1).map(|previous| &blocks[previous]);
                let preceding = match previous {
                    Some(Block::Term { depth: other, .. }) if other == depth => Preceding::TermOfSameList,
                    _ => Preceding::Other,
                };
                self.read_heading(rank::of_term(*depth), text, preceding);
            }
            Block::Item { depth, text } => self.read_item(*depth, text, at),
            // An example without a fence.
            Block::Paragraph { text, .. } if payload::is_object(text.as_str()) => self.read_example(text),
            Block::Paragraph { depth, text } => self.read_paragraph(*depth, text, at),
            Block::Example(text) => self.read_example(text),
            Block::Table(table) => self.read_table(table),
        }
    }

    /// Begins an entry, or a section of entries with the same status.
    fn begin_entry(&mut self, rank: u8, text: &Text, heading: EntryHeading) {
        self.finish_entry();
        self.is_list_of_errors = false;
        self.section_statuses.retain(|(section, _)| *section < rank);
        if heading.codes.is_empty() && !heading.statuses.is_empty() {
            self.section_statuses.push((rank, heading.statuses.clone()));
        }
        let mut draft = EntryDraft::new(rank, text.full_span());
        draft.codes = heading.codes;
        draft.is_certain = heading.is_certain;
        draft.is_guess = heading.is_guess;
        draft.add_statuses(heading.statuses);
        let title = heading.title.and_then(|title| title.to_fact());
        if rank::is_item(rank) && !draft.codes.is_empty() {
            draft.add_message(title);
        } else if title
            .as_ref()
            .is_none_or(|title| title.value.len() < MAX_TITLE_LENGTH)
        {
            draft.facts.title = title;
        } else {
            draft.add_explanation(title);
        }
        self.draft = Some(draft);
    }

    /// Ends everything that began with `rank` or a lower one.
    fn end_sections(&mut self, rank: u8) {
        if self.draft.as_ref().is_some_and(|draft| draft.rank >= rank) {
            self.finish_entry();
        }
        if self.pending_label.is_some_and(|(_, pending)| pending >= rank) {
            self.pending_label = None;
        }
        self.section_statuses.retain(|(section, _)| *section < rank);
    }

    fn finish_entry(&mut self) {
        self.pending_label = None;
        if let Some(mut draft) = self.draft.take() {
            if draft.facts.statuses.is_empty()
                && let Some((_, statuses)) = self.section_statuses.last()
            {
                draft.facts.statuses.clone_from(statuses);
            }
            self.output.add(draft);
        }
    }

    /// Reads a heading or term.
    fn read_heading(&mut self, rank: u8, text: &Text, preceding: Preceding) {
        self.pending_label = None;
        self.discard_method(rank, text);
        if let Some(draft) = &self.draft
            && rank > draft.rank
            && let Some(field) = label::field_of_label(text.as_str())
        {
            self.pending_label = Some((field, rank));
            return;
        }
        let mut heading = self.parse_heading(rank, text);
        if preceding == Preceding::TermOfSameList
            && let Some(draft) = &mut self.draft
            && draft.add_codes_of_sibling(&mut heading)
        {
            return;
        }
        // A heading without a code, below a heading with a code, belongs to the entry: "Example", "Background".
        let is_inside_entry = self
            .draft
            .as_ref()
            .is_some_and(|draft| rank > draft.rank && !draft.codes.is_empty());
        if is_inside_entry && heading.codes.is_empty() {
            return;
        }
        self.end_sections(rank);
        self.topics.retain(|(section, _)| *section < rank);
        let is_number = |code: &Fact<String>| Shape::of(&code.value) == Some(Shape::Number);
        heading.is_certain |= self.topics.iter().any(|(_, is_about_errors)| *is_about_errors)
            && !heading.codes.iter().any(is_number)
            && !heading.is_guess;
        self.topics.push((rank, topic::mentions_errors(text.as_str())));
        let is_list_of_errors = heading.codes.is_empty()
            && heading.statuses.is_empty()
            && topic::introduces_errors(text.as_str());
        self.begin_entry(rank, text, heading);
        self.is_list_of_errors = is_list_of_errors;
    }

    fn parse_heading(&self, rank: u8, text: &Text) -> EntryHeading {
        let mut heading = entry_heading::parse_heading(text);
        if heading.codes.is_empty() && self.page.is_spelled_like_sibling_codes(rank, text) {
            heading.codes.extend(text.to_fact());
            heading.is_guess = true;
            heading.title = None;
        }
        heading
    }

    /// Discards an entry whose heading only looked like a code, such as the name of a method. The heading of a list of
    /// errors below it shows that.
    fn discard_method(&mut self, rank: u8, text: &Text) {
        if topic::introduces_errors(text.as_str()) {
            self.draft.take_if(|draft| !draft.is_certain && draft.rank < rank);
        }
    }

    /// Returns whether the headings above are about errors, or do not show the topic.
    fn is_about_errors(&self) -> bool {
        self.topics.is_empty()
            || !self.section_statuses.is_empty()
            || self.topics.iter().any(|(_, is_about_errors)| *is_about_errors)
    }

    fn topic(&self) -> Topic {
        if self.is_about_errors() {
            Topic::Errors
        } else {
            Topic::Other
        }
    }

    fn read_item(&mut self, depth: u8, text: &Text, at: usize) {
        let rank = rank::of_item(depth);
        let is_inside_label = self.pending_label.is_some_and(|(_, pending)| pending < rank);
        if is_inside_label && label::split_label(text).is_none() {
            self.add_pending_value(text);
            return;
        }
        self.end_sections(rank);
        if self.is_in_member_list(at) || self.read_labelled_lines(text, rank) {
            return;
        }
        let heading = entry_heading::parse_item(text, self.topic())
            .or_else(|| entry_heading::parse_code_with_status(text))
            .filter(|heading| !self.ignore_example_member(heading))
            .or_else(|| entry_heading::parse_status_heading(text));
        if let Some(heading) = heading {
            self.begin_entry(rank, text, heading);
        } else if self.page.is_code_alone(text, at) {
            self.begin_entry(rank, text, entry_heading::parse_heading(text));
        } else {
            self.add_prose(text);
        }
    }

    fn read_paragraph(&mut self, depth: u8, text: &Text, at: usize) {
        let rank = rank::of_item(depth.min(MAX_DEPTH));
        if self.draft.as_ref().is_some_and(|draft| draft.rank > rank) {
            self.finish_entry();
        }
        if self.is_example_caption(text, at) {
            return;
        }
        let is_code_alone = self.page.is_code_alone(text, at);
        if self.pending_label.is_some()
            && label::split_label(text).is_none()
            && !(is_code_alone && self.is_next_entry(at))
        {
            self.add_pending_value(text);
            return;
        }
        if self.read_labelled_lines(text, rank) {
            return;
        }
        if is_code_alone {
            self.begin_entry(rank::LINE, text, entry_heading::parse_heading(text));
            return;
        }
        if depth == 0 && (self.read_first_line(text, at) || self.read_status_line(text)) {
            return;
        }
        if self.kind == PageKind::Copied && self.has_facts_of_entry() {
            let what = format!("`{}` and what follows come after a complete entry", text.as_str());
            self.output.report_ignored(text.full_span(), &what);
            self.finish_entry();
            return;
        }
        self.add_prose(text);
    }

    /// Returns whether a paragraph is the caption of the example below it: `Example response`.
    fn is_example_caption(&self, text: &Text, at: usize) -> bool {
        label::field_of_label(text.as_str()) == Some(Field::Payload)
            && matches!(self.page.blocks.get(at + 1), Some(Block::Example(_)))
    }

    fn has_facts_of_entry(&self) -> bool {
        self.draft
            .as_ref()
            .is_some_and(|draft| !draft.labels.is_empty() || !draft.facts.payloads.is_empty())
    }

    /// Begins an entry with a paragraph whose first line starts with a code: `400 (E-400) - Bad Request`, "**`gone`** (410)"
    /// with its text below, `E1001: Bad name` with facts below. Returns `false` if it does not.
    fn read_first_line(&mut self, text: &Text, at: usize) -> bool {
        if let Some(heading) = entry_heading::parse_code_with_status(text) {
            self.begin_entry(rank::LINE, text, heading);
            return true;
        }
        let lines = text.lines();
        let Some((first, others)) = lines.split_first() else {
            return false;
        };
        let is_not_plain_word =
            |code: &Fact<String>| Shape::of(&code.value).is_some_and(|shape| shape != Shape::Word);
        let heading = entry_heading::parse_item(first, self.topic())
            .filter(|heading| heading.codes.iter().all(is_not_plain_word))
            .filter(|heading| !self.ignore_example_member(heading));
        let begins_entry = || {
            let is_short = first.as_str().len() < MAX_PLAIN_LINE_LENGTH;
            first.leading_styled_range().is_some() || is_short && self.page.is_followed_by_label(at)
        };
        let Some(heading) = heading.filter(|_| begins_entry()) else {
            return false;
        };
        self.begin_entry(rank::LINE, first, heading);
        // The text after the code would be a title in a heading. In a paragraph it is the message.
        if let Some(draft) = &mut self.draft {
            let message = draft.facts.title.take();
            draft.add_message(message);
        }
        for line in others {
            if !self.read_labelled_lines(line, rank::ITEM) {
                self.add_prose(line);
            }
        }
        true
    }

    /// Reads a line with a status. It begins a section, unless it follows a code without facts: then the page was a table,
    /// and both are cells of one row. Returns `false` if the text is not such a line.
    fn read_status_line(&mut self, text: &Text) -> bool {
        let Some(heading) = entry_heading::parse_status_heading(text) else {
            return false;
        };
        match &mut self.draft {
            Some(draft)
                if !draft.codes.is_empty() && draft.facts.has_only_code() && draft.labels.is_empty() =>
            {
                draft.add_statuses(heading.statuses);
            }
            _ => self.begin_entry(rank::LINE, text, heading),
        }
        true
    }

    /// Returns whether the code of a heading is rather the name of a member in the examples, and reports that it is ignored.
    fn ignore_example_member(&mut self, heading: &EntryHeading) -> bool {
        let Some(member) = self.page.example_member(heading) else {
            return false;
        };
        let what = format!("`{}` is the name of a member in the examples", member.value);
        self.output.report_ignored(member.span, &what);
        true
    }

    /// Returns whether the item belongs to a list that describes the members of a body.
    fn is_in_member_list(&self, at: usize) -> bool {
        let is_in_entry = self.draft.as_ref().is_some_and(|draft| {
            draft.facts.payloads.is_empty() && (!draft.codes.is_empty() || !draft.labels.is_empty())
        });
        !is_in_entry && body_members::is_member_list(self.page.blocks, at)
    }

    /// Returns whether a code after a label without a value, such as `Messages:`, begins the next entry rather than being the
    /// value. It does if the next label is one that the current entry already has.
    fn is_next_entry(&self, at: usize) -> bool {
        self.draft.as_ref().is_none_or(|draft| {
            let next_label = self.page.next_label(at);
            next_label.is_some_and(|field| draft.labels.contains(&field))
        })
    }

    /// Reads the lines of a text as labelled facts. Returns `false` if no line is labelled.
    fn read_labelled_lines(&mut self, text: &Text, rank: u8) -> bool {
        let lines = text.lines();
        if !lines.iter().any(|line| label::split_label(line).is_some()) {
            return false;
        }
        let mut lines = lines.iter().peekable();
        while let Some(line) = lines.next() {
            let Some(labelled) = label::split_label(line) else {
                self.add_prose(line);
                continue;
            };
            let mut value = labelled.value;
            while let Some(continuation) = lines.next_if(|next| label::split_label(next).is_none()) {
                value.append_after_space(continuation);
            }
            self.add_field(labelled.field, &value, rank, line);
        }
        true
    }

    /// Adds a labelled fact. A fact without an entry begins one whose code may follow.
    fn add_field(&mut self, field: Field, value: &Text, rank: u8, label: &Text) {
        self.pending_label = None;
        self.begin_repeated_facts(field, label);
        let draft = self
            .draft
            .get_or_insert_with(|| EntryDraft::new(rank.saturating_sub(1), label.full_span()));
        if draft.labels.is_empty() && draft.codes.is_empty() {
            draft.facts.code.span = label.full_span();
        }
        draft.labels.push(field);
        if value.is_empty() {
            self.pending_label = Some((field, rank));
        } else {
            draft.add_field(field, value);
        }
    }

    /// Begins another entry if the first label of the current one occurs again. Its code is missing.
    fn begin_repeated_facts(&mut self, field: Field, label: &Text) {
        let repeated = self
            .draft
            .as_ref()
            .filter(|draft| draft.labels.first() == Some(&field) && draft.labels.last() != Some(&field));
        if let Some(rank) = repeated.map(|draft| draft.rank) {
            self.finish_entry();
            self.draft = Some(EntryDraft::new(rank, label.full_span()));
        }
    }

    /// Adds the value of a label in an earlier block.
    fn add_pending_value(&mut self, text: &Text) {
        if let (Some((field, _)), Some(draft)) = (self.pending_label, &mut self.draft) {
            draft.add_field(field, text);
        }
    }

    /// Adds unlabelled text. In a list, the first text after the code is the message.
    fn add_prose(&mut self, text: &Text) {
        let Some(draft) = &mut self.draft else {
            return;
        };
        let is_message =
            rank::is_term_or_item(draft.rank) && draft.facts.messages.is_empty() && draft.labels.is_empty();
        if is_message {
            draft.add_message(text.to_fact());
        } else {
            draft.add_explanation(text.to_fact());
        }
    }

    fn read_example(&mut self, text: &Text) {
        self.pending_label = None;
        let Some(example) = self.output.read_example(text) else {
            return;
        };
        let code = example.code.as_ref();
        self.begin_next_example(code, &example.body);
        if code.is_none() && self.draft.is_none() {
            return;
        }
        // An example below `Errors` represents all of them. The text above it is about all of them, too.
        if self.is_list_of_errors && code.is_some() {
            self.finish_entry();
        }
        let draft = self
            .draft
            .get_or_insert_with(|| EntryDraft::new(rank::LINE, example.body.span));
        if draft.codes.is_empty() {
            draft.is_certain = true;
            draft.codes.extend(example.code);
        }
        draft.add_statuses(example.status);
        if draft.facts.messages.is_empty() {
            draft.add_message(example.message);
        }
        draft.facts.payloads.push(example.body);
    }

    /// Begins another entry for a second example below the same heading, if its code differs.
    fn begin_next_example(&mut self, code: Option<&Fact<String>>, body: &Fact<serde_json::Value>) {
        let Some(draft) = &self.draft else {
            return;
        };
        let (Some(code), Some(known)) = (code, draft.codes.first()) else {
            return;
        };
        if draft.facts.payloads.is_empty() || code.value == known.value {
            return;
        }
        let mut next = EntryDraft::new(draft.rank, body.span);
        next.facts.statuses.clone_from(&draft.facts.statuses);
        next.facts.title.clone_from(&draft.facts.title);
        self.finish_entry();
        self.draft = Some(next);
    }

    fn read_table(&mut self, table: &Table) {
        self.pending_label = None;
        if self.draft.is_some()
            && let Some(rows) = table::labelled_rows(table)
        {
            for LabelledRow { field, label, value } in rows {
                self.add_field(field, value, rank::LINE, label);
            }
            return;
        }
        let example_members = &self.page.example_members;
        let statuses = self.section_statuses.last();
        let context = TableContext {
            statuses: statuses.map_or(&[], |(_, statuses)| statuses.as_slice()),
            is_about_errors: self.is_about_errors(),
            example_members,
        };
        if table::read_codes(table, &context, self.output) || table::is_member_table(table, example_members) {
            return;
        }
        match &mut self.draft {
            Some(draft) if !draft.codes.is_empty() => {
                table::read_facts_of_entry(table, draft, self.output);
            }
            _ => table::read_statuses(table, self.output),
        }
    }
}
