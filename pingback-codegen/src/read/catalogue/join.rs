//! One catalogue out of what was read of several sources: the same code is one entry, what differs is
//! reported, and facts that lost their code are looked up in the other sources.

use super::draft::{Headless, Reading, is_bare};
use super::{Catalogue, CatalogueEntry, Fact};
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::source::Span;
use indexmap::IndexMap;
use indexmap::map::Entry;
use std::collections::{HashMap, HashSet};

/// Joins the readings, in their order.
pub(super) fn join(readings: Vec<Reading>, diagnostics: &mut Diagnostics) -> Catalogue {
    let mut catalogue = Catalogue::default();
    let mut headless = Vec::new();
    for mut reading in readings {
        for (status, said) in reading.statuses.drain(..) {
            catalogue.statuses.entry(status).or_insert(said);
        }
        for finding in reading.findings {
            diagnostics.push(finding);
        }
        let entries = within(reading.entries, diagnostics);
        for entry in entries {
            match catalogue.entries.entry(entry.code.value.clone()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(entry);
                }
                Entry::Occupied(mut known) => {
                    compare(known.get(), &entry, diagnostics);
                    merge(known.get_mut(), entry);
                }
            }
        }
        headless.extend(reading.headless);
    }
    let by_message = by_message(&catalogue);
    for lost in headless {
        report_lost(&mut catalogue, &by_message, lost, diagnostics);
    }
    report_gaps(&catalogue, diagnostics);
    catalogue
}

/// How many places of one finding are told.
const MOST_PLACES: usize = 20;

/// The entries of one source, each code once. A bare name beside a full entry (a table of contents) says
/// nothing; full entries of one code are reported.
fn within(entries: Vec<CatalogueEntry>, diagnostics: &mut Diagnostics) -> Vec<CatalogueEntry> {
    let mut kept = IndexMap::<String, (CatalogueEntry, Vec<Span>)>::new();
    for entry in entries {
        match kept.entry(entry.code.value.clone()) {
            Entry::Vacant(vacant) => {
                vacant.insert((entry, Vec::new()));
            }
            Entry::Occupied(mut known) if is_bare(&known.get().0) => {
                known.insert((entry, Vec::new()));
            }
            Entry::Occupied(_) if is_bare(&entry) => {}
            Entry::Occupied(mut known) => {
                let (first, repeats) = known.get_mut();
                // An example is no second entry.
                if is_example(first) || is_example(&entry) {
                    if is_example(first) {
                        first.code = entry.code.clone();
                    }
                    merge(first, entry);
                } else if repeats.len() < MOST_PLACES {
                    repeats.push(entry.code.span);
                    merge(first, entry);
                }
            }
        }
    }
    let report = |(entry, repeats): (CatalogueEntry, Vec<Span>)| {
        if let [second, others @ ..] = repeats.as_slice() {
            let mut finding = Diagnostic::new(rules::CATALOGUE_DUPLICATE_CODE, *second, &[&entry.code.value])
                .about(entry.code.value.clone())
                .related(entry.code.span, "listed first here");
            for other in others {
                finding = finding.related(*other, "and here");
            }
            diagnostics.push(finding);
        }
        entry
    };
    kept.into_values().map(report).collect()
}

/// Was the code read in an example?
fn is_example(entry: &CatalogueEntry) -> bool {
    let code = entry.code.span;
    entry.payloads.iter().any(|body| {
        body.span.source == code.source && body.span.start <= code.start && code.end <= body.span.end
    })
}

/// Reports where two sources say different things of one code.
fn compare(first: &CatalogueEntry, second: &CatalogueEntry, diagnostics: &mut Diagnostics) {
    let mut differ = |what: &str, here: Option<Span>, there: Option<Span>| {
        let (Some(here), Some(there)) = (here, there) else {
            return;
        };
        diagnostics.push(
            Diagnostic::new(rules::CATALOGUE_CONFLICT, here, &[&what, &first.code.value])
                .about(first.code.value.clone())
                .related(there, "the first source says this"),
        );
    };
    let apart = |first: &[Fact<u16>], second: &[Fact<u16>]| {
        let values = |facts: &[Fact<u16>]| facts.iter().map(|fact| fact.value).collect::<HashSet<_>>();
        values(first) != values(second)
    };
    if apart(&first.statuses, &second.statuses) {
        differ("status", place(&second.statuses), place(&first.statuses));
    }
    let words = |facts: &[Fact<String>]| {
        facts
            .iter()
            .map(|fact| plain(&fact.value))
            .collect::<HashSet<_>>()
    };
    if words(&first.messages) != words(&second.messages) {
        differ("message", place(&second.messages), place(&first.messages));
    }
    let prose = |fact: &Option<Fact<String>>| fact.as_ref().map(|fact| plain(&fact.value));
    if prose(&first.suggested_action) != prose(&second.suggested_action) {
        differ(
            "suggested action",
            second.suggested_action.as_ref().map(|fact| fact.span),
            first.suggested_action.as_ref().map(|fact| fact.span),
        );
    }
}

fn place<T>(facts: &[Fact<T>]) -> Option<Span> {
    facts.first().map(|fact| fact.span)
}

/// Text as it is compared: words only.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds what the other entry knows beyond this one.
fn merge(entry: &mut CatalogueEntry, other: CatalogueEntry) {
    for status in other.statuses {
        if !entry.statuses.iter().any(|known| known.value == status.value) {
            entry.statuses.push(status);
        }
    }
    for message in other.messages {
        if !entry
            .messages
            .iter()
            .any(|known| plain(&known.value) == plain(&message.value))
        {
            entry.messages.push(message);
        }
    }
    for payload in other.payloads {
        if !entry.payloads.iter().any(|known| known.value == payload.value) {
            entry.payloads.push(payload);
        }
    }
    entry.title = entry.title.take().or(other.title);
    entry.suggested_action = entry.suggested_action.take().or(other.suggested_action);
    entry.explanation = entry.explanation.take().or(other.explanation);
}

/// The entries that have each message.
fn by_message(catalogue: &Catalogue) -> HashMap<String, Vec<usize>> {
    let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, entry) in catalogue.entries.values().enumerate() {
        for message in &entry.messages {
            let owners = owners.entry(plain(&message.value)).or_default();
            if owners.len() < MOST_PLACES {
                owners.push(index);
            }
        }
    }
    owners
}

/// Reports facts without a code, and says which code they belong to if status and message leave no doubt.
fn report_lost(
    catalogue: &mut Catalogue,
    by_message: &HashMap<String, Vec<usize>>,
    lost: Headless,
    diagnostics: &mut Diagnostics,
) {
    let facts = &lost.facts;
    let mut said: Vec<String> = facts
        .statuses
        .iter()
        .map(|fact| format!("status {}", fact.value))
        .collect();
    said.extend(
        facts
            .messages
            .iter()
            .take(1)
            .map(|fact| format!("\u{201c}{}\u{201d}", fact.value)),
    );
    let said = said.join(", ");
    let finding = Diagnostic::new(rules::CATALOGUE_ENTRY_WITHOUT_CODE, lost.span, &[&said]);
    let fits = |entry: &CatalogueEntry| {
        let statuses = facts
            .statuses
            .iter()
            .all(|status| entry.statuses.iter().any(|known| known.value == status.value));
        let messages = facts.messages.iter().all(|message| {
            entry
                .messages
                .iter()
                .any(|known| plain(&known.value) == plain(&message.value))
        });
        statuses && messages
    };
    let owners: Vec<usize> = facts
        .messages
        .first()
        .and_then(|message| by_message.get(&plain(&message.value)))
        .into_iter()
        .flatten()
        .copied()
        .filter(|owner| {
            catalogue
                .entries
                .get_index(*owner)
                .is_some_and(|(_, entry)| fits(entry))
        })
        .collect();
    let finding = match owners.as_slice() {
        [] => finding,
        [owner] => match catalogue.entries.get_index_mut(*owner) {
            Some((code, entry)) => {
                let place = entry.code.span;
                let finding = finding.about(code.clone());
                let hint = format!(
                    "another entry has this status and message, so this is `{code}`: put `{code}` back above this line"
                );
                merge(entry, lost.facts);
                finding.related(place, format!("`{code}`")).hint(hint)
            }
            None => finding,
        },
        several => {
            let names: Vec<String> = several
                .iter()
                .filter_map(|owner| catalogue.entries.get_index(*owner))
                .map(|(code, _)| format!("`{code}`"))
                .collect();
            finding.hint(format!(
                "this may be {}: put the right code back above this line",
                names.join(" or ")
            ))
        }
    };
    diagnostics.push(finding);
}

/// Reports entries that lack what the others of their source have.
fn report_gaps(catalogue: &Catalogue, diagnostics: &mut Diagnostics) {
    let telling: HashSet<_> = catalogue
        .entries
        .values()
        .filter(|entry| !entry.statuses.is_empty())
        .map(|entry| entry.code.span.source)
        .collect();
    for entry in catalogue.entries.values() {
        let code = &entry.code;
        let rule = if is_bare(entry) {
            rules::CATALOGUE_CODE_WITHOUT_FACTS
        } else if entry.statuses.is_empty() && telling.contains(&code.span.source) {
            rules::CATALOGUE_ENTRY_WITHOUT_STATUS
        } else {
            continue;
        };
        diagnostics.push(Diagnostic::new(rule, code.span, &[&code.value]).about(code.value.clone()));
    }
}
