//! Assigns facts whose code is missing to the entry that has the same status and message.

use super::entry::{Catalogue, CatalogueEntry, collapse_space};
use super::output::OrphanedFacts;
use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use std::collections::HashMap;

/// The most entries with one message that are considered.
const MAX_OWNERS: usize = 20;

/// For each message, the indexes of the entries that have it.
pub(super) struct MessageIndex(HashMap<String, Vec<usize>>);

impl MessageIndex {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, entry) in catalogue.entries.values().enumerate() {
            for message in &entry.messages {
                let owners = owners.entry(collapse_space(&message.value)).or_default();
                if owners.len() < MAX_OWNERS {
                    owners.push(index);
                }
            }
        }
        Self(owners)
    }

    /// Reports facts without a code. If exactly one entry has their status and message, they are added to it.
    pub(super) fn assign(
        &self,
        orphan: OrphanedFacts,
        catalogue: &mut Catalogue,
        diagnostics: &mut Diagnostics,
    ) {
        let finding = Diagnostic::new(
            rules::CATALOGUE_ENTRY_WITHOUT_CODE,
            orphan.span,
            &[&describe(&orphan.facts)],
        );
        let owners = self.owners(&orphan.facts, catalogue);
        let finding = if let [owner] = owners.as_slice()
            && let Some((code, entry)) = catalogue.entries.get_index_mut(*owner)
        {
            entry.merge(orphan.facts);
            finding
                .about(code.clone())
                .related(entry.code.span, format!("`{code}`"))
                .hint(format!(
                    "another entry has this status and message, so this is `{code}`: add `{code}` above this line"
                ))
        } else if owners.is_empty() {
            finding
        } else {
            let names = owners
                .iter()
                .filter_map(|owner| catalogue.entries.get_index(*owner))
                .map(|(code, _)| format!("`{code}`"));
            finding.hint(format!(
                "this may be {}: add the right code above this line",
                names.collect::<Vec<_>>().join(" or ")
            ))
        };
        diagnostics.push(finding);
    }

    /// Returns the indexes of the entries that have all statuses and messages of `facts`.
    fn owners(&self, facts: &CatalogueEntry, catalogue: &Catalogue) -> Vec<usize> {
        let Some(first) = facts.messages.first() else {
            return Vec::new();
        };
        let candidates = self.0.get(&collapse_space(&first.value));
        let is_owner = |index: &usize| {
            let entry = catalogue.entries.get_index(*index);
            entry.is_some_and(|(_, entry)| has_facts(entry, facts))
        };
        candidates
            .into_iter()
            .flatten()
            .copied()
            .filter(is_owner)
            .collect()
    }
}

fn has_facts(entry: &CatalogueEntry, facts: &CatalogueEntry) -> bool {
    let has_status = |status: u16| entry.statuses.iter().any(|known| known.value == status);
    facts.statuses.iter().all(|status| has_status(status.value))
        && facts
            .messages
            .iter()
            .all(|message| entry.has_message(&message.value))
}

/// Describes facts by their statuses and first message.
fn describe(facts: &CatalogueEntry) -> String {
    let statuses = facts.statuses.iter().map(|fact| format!("status {}", fact.value));
    let message = facts
        .messages
        .first()
        .map(|fact| format!("\u{201c}{}\u{201d}", fact.value));
    statuses.chain(message).collect::<Vec<_>>().join(", ")
}
