//! Entries out of the blocks of a page, where each entry has a heading (or line, term, item, status, example)
//! of its own with its facts below it. Tables are handed on to `table`.

use super::Fact;
use super::block::{Block, Table};
use super::code::{self, Shape};
use super::draft::{Draft, MOST_CODES, Reading, is_bare};
use super::headline::{self, Headline};
use super::label::{self, Field};
use super::members;
use super::payload;
use super::status;
use super::table;
use super::text::{Style, Text};
use crate::diagnostic::{Diagnostic, rules};
use std::collections::HashSet;

/// Ranks say what ends what: a block ends all that began at its own rank or a higher one. Headings have their
/// level.
const LINE_RANK: u8 = 8;
const TERM_RANK: u8 = 9;
/// Items have this and their depth.
const ITEM_RANK: u8 = 10;

/// What is longer is no title.
const LONGEST_TITLE: usize = 300;

/// What is to be known of the source beside its blocks.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// Copied text: nothing tells a heading from a paragraph, so an entry ends with its last fact.
    pub(super) is_copied: bool,
}

/// Reads all entries.
pub(super) fn read(page: Page, blocks: &[Block], reading: &mut Reading) {
    let mut walk = Walk {
        page,
        blocks,
        reading,
        draft: None,
        open: None,
        contexts: Vec::new(),
        topics: Vec::new(),
        is_of_all: false,
        neighbours: neighbours(blocks),
        members: members::of_examples(blocks),
    };
    for at in 0..blocks.len() {
        walk.block(at);
    }
    walk.finish();
}

struct Walk<'a> {
    page: Page,
    blocks: &'a [Block],
    reading: &'a mut Reading,
    draft: Option<Draft>,
    /// A label whose value is yet to come, and the rank it stands at.
    open: Option<(Field, u8)>,
    /// The statuses that headings above gave to all below them.
    contexts: Vec<(u8, Vec<Fact<u16>>)>,
    /// The headings above, and whether each speaks of errors.
    topics: Vec<(u8, bool)>,
    /// The draft was begun by the heading of a list of errors.
    is_of_all: bool,
    /// How the codes are spelt that stand alone in headings and terms, by rank.
    neighbours: Vec<(u8, Shape)>,
    /// The names of members that the examples of the page show.
    members: HashSet<String>,
}

impl Walk<'_> {
    fn block(&mut self, at: usize) {
        let blocks = self.blocks;
        match &blocks[at] {
            Block::Heading { level, text } => self.heading(*level, text, false),
            Block::Term { depth, text } => {
                let before = at.checked_sub(1).map(|before| &blocks[before]);
                let another = matches!(before, Some(Block::Term { depth: other, .. }) if other == depth);
                self.heading(term_rank(*depth), text, another);
            }
            Block::Item { depth, text } => self.item(*depth, text, at),
            // Markdown without a fence around the example.
            Block::Paragraph { text, .. } if is_example(text) => self.example(text),
            Block::Paragraph { depth, text } => self.paragraph(*depth, text, at),
            Block::Example(text) => self.example(text),
            Block::Table(table) => self.table(table),
        }
    }

    /// Ends what began at `rank` or deeper.
    fn end(&mut self, rank: u8) {
        if self.draft.as_ref().is_some_and(|draft| draft.rank >= rank) {
            self.finish();
        }
        if self.open.is_some_and(|(_, open)| open >= rank) {
            self.open = None;
        }
        self.contexts.retain(|(context, _)| *context < rank);
    }

    fn finish(&mut self) {
        self.open = None;
        if let Some(mut draft) = self.draft.take() {
            if draft.facts.statuses.is_empty()
                && let Some((_, statuses)) = self.contexts.last()
            {
                draft.facts.statuses.clone_from(statuses);
            }
            self.reading.take(draft);
        }
    }

    fn begin(&mut self, rank: u8, text: &Text, line: Headline) {
        self.finish();
        self.is_of_all = false;
        self.contexts.retain(|(context, _)| *context < rank);
        let mut draft = Draft::new(rank, text.whole());
        if line.codes.is_empty() && !line.statuses.is_empty() {
            self.contexts.push((rank, line.statuses.clone()));
        }
        draft.codes = line.codes;
        draft.firm = line.firm;
        draft.guessed = line.guessed;
        draft.statuses(line.statuses);
        let rest = line.rest.and_then(|rest| rest.fact());
        if rank > ITEM_RANK && !draft.codes.is_empty() {
            draft.message(rest);
        } else if rest.as_ref().is_none_or(|rest| rest.value.len() < LONGEST_TITLE) {
            draft.facts.title = rest;
        } else {
            draft.explanation(rest);
        }
        self.draft = Some(draft);
    }

    fn heading(&mut self, rank: u8, text: &Text, another: bool) {
        self.open = None;
        // What only looks like a code, as the name of a method does, has no list of errors below it.
        let is_method = self
            .draft
            .as_ref()
            .is_some_and(|draft| !draft.firm && draft.rank < rank && lists_errors(text.as_str()));
        if is_method {
            self.draft = None;
        }
        if let Some(draft) = &self.draft
            && rank > draft.rank
            && let Some(field) = label::field(text.as_str())
        {
            self.open = Some((field, rank));
            return;
        }
        let mut line = headline::heading(text);
        if line.codes.is_empty() && self.is_like_neighbours(rank, text) {
            line.codes.extend(text.fact());
            line.guessed = true;
            line.rest = None;
        }
        if another
            && let Some(draft) = &mut self.draft
            && !line.codes.is_empty()
            && draft.codes.len() < MOST_CODES
        {
            draft.codes.extend(line.codes);
            return;
        }
        let about_errors = speaks_of_errors(text.as_str());
        // A deeper heading without a code stays in the entry: "Example", "Background".
        let inside = self
            .draft
            .as_ref()
            .is_some_and(|draft| rank > draft.rank && !draft.codes.is_empty());
        if inside && line.codes.is_empty() {
            return;
        }
        self.end(rank);
        self.topics.retain(|(topic, _)| *topic < rank);
        // Below "Error codes" a heading that may be a code is one.
        let number = |code: &Fact<String>| code::shape(&code.value) == Some(Shape::Number);
        line.firm |=
            self.topics.iter().any(|(_, errors)| *errors) && !line.codes.iter().any(number) && !line.guessed;
        self.topics.push((rank, about_errors));
        let is_of_all = line.codes.is_empty() && line.statuses.is_empty() && lists_errors(text.as_str());
        self.begin(rank, text, line);
        self.is_of_all = is_of_all;
    }

    /// May what stands here be codes, though it doesn't look so?
    fn is_about_errors(&self) -> bool {
        self.topics.is_empty() || !self.contexts.is_empty() || self.topics.iter().any(|(_, errors)| *errors)
    }

    fn item(&mut self, depth: u8, text: &Text, at: usize) {
        let rank = ITEM_RANK.saturating_add(depth);
        let nested = self.open.is_some_and(|(_, open)| open < rank);
        if nested && label::split(text).is_none() {
            self.value(text);
            return;
        }
        self.end(rank);
        if self.is_of_members(at) {
            return;
        }
        if self.facts(text, rank) {
            return;
        }
        let errors = self.is_about_errors();
        let line = headline::item(text, errors).or_else(|| headline::of_both(text));
        if let Some(line) = line.filter(|line| !self.is_member(line)) {
            self.begin(rank, text, line);
        } else if let Some(line) = headline::of_status(text) {
            self.begin(rank, text, line);
        } else if self.is_code_alone(text, at) {
            self.begin(rank, text, headline::heading(text));
        } else {
            self.prose(text);
        }
    }

    fn paragraph(&mut self, depth: u8, text: &Text, at: usize) {
        if self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.rank > ITEM_RANK + depth.min(200))
        {
            self.finish();
        }
        // `Example response` above an example.
        let is_caption = label::field(text.as_str()) == Some(Field::Payload);
        if is_caption && matches!(self.blocks.get(at + 1), Some(Block::Example(_))) {
            return;
        }
        let alone = self.is_code_alone(text, at);
        if self.open.is_some() && label::split(text).is_none() && !(alone && self.begins_another(at)) {
            self.value(text);
            return;
        }
        if self.facts(text, ITEM_RANK + depth.min(200)) {
            return;
        }
        if alone {
            self.begin(LINE_RANK, text, headline::heading(text));
            return;
        }
        if depth == 0 && self.is_headline(text, at) {
            return;
        }
        let line = headline::of_status(text).filter(|_| depth == 0);
        if let (Some(line), Some(draft)) = (&line, &mut self.draft)
            && !draft.codes.is_empty()
            && is_bare(&draft.facts)
            && draft.labels.is_empty()
        {
            // The cells of a row, each in a line of its own.
            draft.statuses(line.statuses.iter().cloned());
            return;
        }
        if let Some(line) = line {
            self.begin(LINE_RANK, text, line);
            return;
        }
        if self.page.is_copied
            && self
                .draft
                .as_ref()
                .is_some_and(|draft| !draft.labels.is_empty() || !draft.facts.payloads.is_empty())
        {
            let what = format!(
                "`{}` and what follows, since the entry above has its facts",
                text.as_str()
            );
            self.reading.findings.push(Diagnostic::new(
                rules::CATALOGUE_LINE_IGNORED,
                text.whole(),
                &[&what],
            ));
            self.finish();
            return;
        }
        self.prose(text);
    }

    /// Is this line nothing but a code? Where its look leaves a doubt, facts must follow.
    fn is_code_alone(&self, text: &Text, at: usize) -> bool {
        let plain = text.as_str();
        let Some(shape) = code::shape(plain) else {
            return false;
        };
        if shape.stands_alone() {
            return true;
        }
        // A sentence or two may come before the facts.
        let near = if matches!(shape, Shape::Word | Shape::Number | Shape::Capitals) {
            1
        } else {
            3
        };
        let facts_follow = self.facts_follow(at, near);
        let set = text.is_all(Style::Code) || text.is_all(Style::Strong);
        match shape {
            Shape::Number => facts_follow && status::status(plain).is_none(),
            Shape::Word => facts_follow && set,
            _ => facts_follow,
        }
    }

    /// Begins an entry with a paragraph whose first line names a code: `400 (E-400) - Bad Request`, "**`gone`**
    /// (410)" with its text below, `E1001: Bad name` with facts below. Whether it did.
    fn is_headline(&mut self, text: &Text, at: usize) -> bool {
        if let Some(line) = headline::of_both(text) {
            self.begin(LINE_RANK, text, line);
            return true;
        }
        let lines = text.lines();
        let Some((first, more)) = lines.split_first() else {
            return false;
        };
        let set = first.styled(Style::Code).chain(first.styled(Style::Strong));
        let is_set = set.into_iter().any(|range| range.start == 0);
        let is_sure =
            |code: &Fact<String>| code::shape(&code.value).is_some_and(|shape| shape != Shape::Word);
        let line = headline::item(first, self.is_about_errors())
            .filter(|line| line.codes.iter().all(is_sure) && !self.is_member(line))
            .filter(|_| is_set || (first.as_str().len() < 80 && self.facts_follow(at, 1)));
        let Some(line) = line else {
            return false;
        };
        self.begin(LINE_RANK, first, line);
        // Unlike what stands in a heading, what goes on behind the code says what it means.
        if let Some(draft) = &mut self.draft {
            let said = draft.facts.title.take();
            draft.message(said);
        }
        for line in more {
            if !self.facts(line, ITEM_RANK) {
                self.prose(line);
            }
        }
        true
    }

    /// Does `Label: value` stand in one of the next few blocks, before another code?
    fn facts_follow(&self, at: usize, near: usize) -> bool {
        self.blocks
            .iter()
            .skip(at + 1)
            .take(near)
            .map_while(|block| match block {
                Block::Item { text, .. } | Block::Paragraph { text, .. } => Some(text),
                _ => None,
            })
            .take_while(|text| code::shape(text.as_str()).is_none())
            .any(|text| label::split(text).is_some())
    }

    /// Is this plain word a code, as the headings or terms beside it are? Those tell how codes are spelt here.
    fn is_like_neighbours(&self, rank: u8, text: &Text) -> bool {
        let word = text.as_str();
        let quiet =
            code::shape(word) != Some(Shape::Word) || code::is_common(word) || label::field(word).is_some();
        if quiet {
            return false;
        }
        let capital = word.starts_with(|char: char| char.is_ascii_uppercase());
        self.neighbours.iter().any(|(other, shape)| {
            let alike = if capital {
                *shape == Shape::Camel
            } else {
                matches!(shape, Shape::Snake | Shape::Kebab | Shape::Dotted)
            };
            *other == rank && alike
        })
    }

    /// Is it rather the name of a member that the examples show? That is left out, with a word on it.
    fn is_member(&mut self, line: &Headline) -> bool {
        let named = line.codes.iter().find(|code| {
            line.statuses.is_empty()
                && self.members.contains(&code.value)
                && matches!(
                    code::shape(&code.value),
                    Some(Shape::Word | Shape::Snake | Shape::Camel)
                )
        });
        if let Some(code) = named {
            let what = format!(
                "`{}`, which the examples have as the name of a member",
                code.value
            );
            self.reading.findings.push(Diagnostic::new(
                rules::CATALOGUE_LINE_IGNORED,
                code.span,
                &[&what],
            ));
        }
        named.is_some()
    }

    /// Does the list around this item describe the members of a body?
    fn is_of_members(&self, at: usize) -> bool {
        let in_entry = self.draft.as_ref().is_some_and(|draft| {
            draft.facts.payloads.is_empty() && (!draft.codes.is_empty() || !draft.labels.is_empty())
        });
        !in_entry && members::is_list(self.blocks, at)
    }

    /// Under an open `Messages:`, is this line rather the code of the next entry? It is if the first label
    /// after it is one that this entry has had already.
    fn begins_another(&self, at: usize) -> bool {
        let Some(draft) = &self.draft else {
            return true;
        };
        for block in self.blocks.iter().skip(at + 1).take(64) {
            let (Block::Item { text, .. } | Block::Paragraph { text, .. }) = block else {
                return false;
            };
            if let Some(labelled) = label::split(text) {
                return draft.labels.contains(&labelled.field);
            }
            if code::shape(text.as_str()).is_none() {
                return false;
            }
        }
        false
    }

    /// Reads `Label: value` lines; whether there were any.
    fn facts(&mut self, text: &Text, rank: u8) -> bool {
        let lines = text.lines();
        // Prose may come first; without any label it is none of our business.
        if !lines.iter().any(|line| label::split(line).is_some()) {
            return false;
        }
        let mut at = 0;
        while at < lines.len() {
            let Some(labelled) = label::split(&lines[at]) else {
                self.prose(&lines[at]);
                at += 1;
                continue;
            };
            // What follows without a label of its own belongs to this value.
            let mut end = at + 1;
            while end < lines.len() && label::split(&lines[end]).is_none() {
                end += 1;
            }
            let value = if end > at + 1 {
                joined(&labelled.value, &lines[at + 1..end])
            } else {
                labelled.value
            };
            self.fact(labelled.field, &value, rank, &lines[at]);
            at = end;
        }
        true
    }

    fn fact(&mut self, field: Field, value: &Text, rank: u8, line: &Text) {
        self.open = None;
        let repeated = self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.labels.first() == Some(&field) && draft.labels.last() != Some(&field));
        if repeated && let Some(draft) = &self.draft {
            // The facts of another entry whose code is missing.
            let rank = draft.rank;
            self.finish();
            self.draft = Some(Draft::new(rank, line.whole()));
        }
        let draft = self
            .draft
            .get_or_insert_with(|| Draft::new(rank.saturating_sub(1), line.whole()));
        if draft.labels.is_empty() && draft.codes.is_empty() {
            draft.facts.code.span = line.whole();
        }
        draft.labels.push(field);
        if value.is_empty() {
            self.open = Some((field, rank));
            return;
        }
        fill(draft, field, value);
    }

    /// What stands where the value of an open label is expected.
    fn value(&mut self, text: &Text) {
        if let (Some((field, _)), Some(draft)) = (self.open, &mut self.draft) {
            fill(draft, field, text);
        }
    }

    fn prose(&mut self, text: &Text) {
        if let Some(draft) = &mut self.draft {
            if draft.rank >= TERM_RANK && draft.facts.messages.is_empty() && draft.labels.is_empty() {
                draft.message(text.fact());
            } else {
                draft.explanation(text.fact());
            }
        }
    }

    fn example(&mut self, text: &Text) {
        self.open = None;
        let Some(payload) = payload::read(text, self.reading) else {
            return;
        };
        let used = self
            .draft
            .as_ref()
            .is_some_and(|draft| !draft.facts.payloads.is_empty());
        let differs = |draft: &Draft| match (&payload.code, draft.codes.first()) {
            (Some(code), Some(known)) => code.value != known.value,
            _ => false,
        };
        if let Some(draft) = &self.draft
            && used
            && differs(draft)
        {
            // A second example under one heading tells of another code.
            let mut next = Draft::new(draft.rank, payload.body.span);
            next.facts.statuses.clone_from(&draft.facts.statuses);
            next.facts.title.clone_from(&draft.facts.title);
            self.finish();
            self.draft = Some(next);
        }
        if payload.code.is_none() && self.draft.is_none() {
            return;
        }
        // What stands under `Errors` is an example of all of them, and the words above it are about all.
        if self.is_of_all && payload.code.is_some() {
            self.finish();
        }
        let draft = self
            .draft
            .get_or_insert_with(|| Draft::new(LINE_RANK, payload.body.span));
        if draft.codes.is_empty() {
            draft.firm = true;
            draft.codes.extend(payload.code);
        }
        draft.statuses(payload.status);
        if draft.facts.messages.is_empty() {
            draft.message(payload.message);
        }
        draft.facts.payloads.push(payload.body);
    }

    fn table(&mut self, table: &Table) {
        self.open = None;
        if let Some(facts) = table::facts(table)
            && self.draft.is_some()
        {
            for (field, name, value) in facts {
                self.fact(field, value, LINE_RANK, name);
            }
            return;
        }
        let statuses = self
            .contexts
            .last()
            .map(|(_, statuses)| statuses.clone())
            .unwrap_or_default();
        let around = table::Around {
            statuses: &statuses,
            is_about_errors: self.is_about_errors(),
            members: &self.members,
        };
        if table::read(table, &around, self.reading) {
            return;
        }
        if table::is_of_members(table, &self.members) {
            return;
        }
        if let Some(draft) = self.draft.as_mut().filter(|draft| !draft.codes.is_empty()) {
            table::within(table, draft, self.reading);
        } else {
            table::statuses(table, self.reading);
        }
    }
}

/// Gives a draft the value of a label.
pub(super) fn fill(draft: &mut Draft, field: Field, value: &Text) {
    match field {
        Field::Code => {
            let line = headline::heading(value);
            if draft.codes.is_empty() {
                draft.codes = line.codes;
                draft.firm = true;
            }
            draft.statuses(line.statuses);
        }
        Field::Name => {
            let shape = code::shape(value.as_str());
            let telling = shape.is_some_and(|shape| shape.is_telling() || shape == Shape::Snake)
                || (shape.is_some() && value.is_all(Style::Code));
            if draft.codes.is_empty() && telling {
                draft.codes.extend(value.fact());
                draft.firm = true;
            } else if draft.facts.title.is_none() {
                draft.facts.title = value.fact();
            }
        }
        Field::Status => {
            let statuses = status::statuses(value);
            draft.explanation(behind_status(value, &statuses));
            draft.statuses(statuses);
        }
        Field::Message => draft.message(value.fact()),
        Field::Description if draft.facts.messages.is_empty() => draft.message(value.fact()),
        Field::Description | Field::Explanation => draft.explanation(value.fact()),
        Field::Action => draft.action(value.fact()),
        Field::Payload => {}
    }
}

/// What goes on behind a status: `402. The card was declined.`
fn behind_status(value: &Text, statuses: &[Fact<u16>]) -> Option<Fact<String>> {
    let [status] = statuses else {
        return None;
    };
    let plain = value.as_str();
    let (_, range) = value
        .words()
        .find(|(_, range)| value.span(range.clone()) == status.span)?;
    let rest = plain[range.end..].strip_prefix(['.', ';', ','])?;
    let start = plain.len() - rest.len();
    (rest.split_whitespace().count() > 2)
        .then(|| value.slice(start..plain.len()).fact())
        .flatten()
}

/// Is the whole of it an example body?
fn is_example(text: &Text) -> bool {
    let text = text.as_str().trim();
    payload::extent(text, 0..text.len()).is_some_and(|extent| extent.end == text.len())
}

/// A value and the lines that go on with it.
fn joined(value: &Text, more: &[Text]) -> Text {
    let mut text = value.clone();
    for line in more {
        text.append(line);
    }
    text
}

/// The shapes of the codes that stand alone in headings and terms, by rank, each once.
fn neighbours(blocks: &[Block]) -> Vec<(u8, Shape)> {
    let mut found = Vec::new();
    for block in blocks {
        let (rank, text) = match block {
            Block::Heading { level, text } => (*level, text),
            Block::Term { depth, text } => (term_rank(*depth), text),
            _ => continue,
        };
        let line = headline::heading(text);
        let [code] = line.codes.as_slice() else {
            continue;
        };
        if let Some(shape) = code::shape(&code.value)
            && !found.contains(&(rank, shape))
        {
            found.push((rank, shape));
        }
    }
    found
}

/// Terms inside definitions rank with the items of lists.
fn term_rank(depth: u8) -> u8 {
    if depth < 2 {
        TERM_RANK
    } else {
        ITEM_RANK.saturating_add(depth - 1)
    }
}

/// `Errors`, `Error codes`: the heading of a list, not of a part of an entry.
fn lists_errors(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["errors", "error codes", "error responses", "exceptions"]
        .iter()
        .any(|words| heading.contains(words))
}

fn speaks_of_errors(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["error", "code", "exception", "fail", "problem", "fault"]
        .iter()
        .any(|word| heading.contains(word))
}
