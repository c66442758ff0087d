//! Lists all codes: joins what the document and the catalogue contain about each.

use super::code_text::{code_text, is_code_like};
use super::error_response::ErrorResponse;
use super::evidence::Evidence;
use super::status_specific::Branch;
use super::{code_names, message};
use crate::lower::endpoints::Endpoint;
use crate::lower::statuses;
use crate::model::{Code, IntKind, Message, MessageCodes, Status};
use crate::names::{self, LockedNames, NameKind, NameRequest, Scope, UniqueNames};
use crate::read::catalogue::{Catalogue, CatalogueEntry};
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Collects the codes of a document.
#[derive(Debug, Default)]
pub(super) struct CodeCollector {
    list: IndexMap<String, CodeDescription>,
}

/// All codes, with names.
pub(super) struct NamedCodes {
    pub(super) list: Vec<Code>,
    /// The names for the lock file.
    pub(super) locked_names: LockedNames,
}

/// What the document contains about a code.
#[derive(Debug, Default)]
struct CodeDescription {
    name: Option<String>,
    statuses: BTreeSet<u16>,
    messages: Vec<String>,
    operations: Vec<String>,
}

/// The codes that the document mentions.
pub(super) fn collect(
    endpoints: &[Endpoint<'_>],
    responses: &[ErrorResponse<'_>],
    branches: &[Vec<Branch>],
) -> CodeCollector {
    let mut codes = CodeCollector::default();
    for (response, branches) in responses.iter().zip(branches) {
        let id = &endpoints[response.operation].names.id;
        for branch in branches {
            for evidence in &branch.body.evidence {
                if branch.status_specific.contains(evidence) {
                    codes.add_documented(evidence, response.documented.status, id);
                } else {
                    codes.add_listed(evidence);
                }
            }
        }
    }
    codes
}

impl CodeCollector {
    /// Adds a code that an operation documents for a status.
    pub(super) fn add_documented(&mut self, evidence: &Evidence, status: Status, operation: &str) {
        let description = self.list.entry(evidence.code.clone()).or_default();
        if let Status::Exact(status) = status {
            description.statuses.insert(status);
        }
        if let Some(message) = &evidence.message {
            add_message(&mut description.messages, message);
        }
        description.name = description.name.take().or_else(|| evidence.name.clone());
        if description.operations.last().is_none_or(|last| last != operation) {
            description.operations.push(operation.to_owned());
        }
    }

    /// Adds a code that the document lists without a particular status.
    pub(super) fn add_listed(&mut self, evidence: &Evidence) {
        let description = self.list.entry(evidence.code.clone()).or_default();
        description.name = description.name.take().or_else(|| evidence.name.clone());
    }

    /// Joins the catalogue and names all codes.
    pub(super) fn finish(self, catalogue: &Catalogue, locked: &LockedNames) -> NamedCodes {
        let mut list = self.list;
        for code in catalogue.entries.keys() {
            list.entry(code.clone()).or_default();
        }
        let codes: Vec<Code> = list
            .into_iter()
            .map(|(code, description)| {
                let entry = catalogue.entries.get(&code);
                join(code, description, entry)
            })
            .collect();
        name_codes(codes, locked)
    }
}

/// Names the variants of all codes. A word comes before a number, which is named by its description. All numbers with
/// the same description have the number in the name, so that their order does not matter.
fn name_codes(codes: Vec<Code>, locked: &LockedNames) -> NamedCodes {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for code in &codes {
        *counts.entry(&code.variant).or_default() += 1;
    }
    let request = |code: &Code| {
        if code.code.chars().any(char::is_alphabetic) {
            return NameRequest::new(&code.code, &code.variant).preferred();
        }
        let with_number = names::variant_name(&format!("{} {}", code.variant, code.code));
        match counts.get(code.variant.as_str()) {
            Some(1) => NameRequest::new(&code.code, &code.variant).or(with_number),
            _ => NameRequest::new(&code.code, with_number),
        }
    };
    let requests: Vec<NameRequest> = codes.iter().map(request).collect();
    // Codes that the API no longer has keep their names.
    let present: HashSet<&str> = codes.iter().map(|code| code.code.as_str()).collect();
    let absent = locked
        .of(NameKind::Codes)
        .filter(|(code, _)| !present.contains(code.as_str()));
    let mut scope = Scope::api(NameKind::Codes).without(absent.map(|(_, name)| name));
    let names = scope.assign(&requests, locked);
    let mut locked_names = LockedNames::default();
    locked_names.record(&scope, &requests, &names);
    let assigned = codes.into_iter().zip(names);
    NamedCodes {
        list: assigned.map(|(code, variant)| Code { variant, ..code }).collect(),
        locked_names,
    }
}

fn join(code: String, description: CodeDescription, entry: Option<&CatalogueEntry>) -> Code {
    let mut statuses = description.statuses;
    let mut messages = Vec::new();
    if let Some(entry) = entry {
        statuses.extend(entry.statuses.iter().map(|status| status.value));
        for message in &entry.messages {
            add_message(&mut messages, &message.value);
        }
    }
    for message in &description.messages {
        add_message(&mut messages, message);
    }
    let title = entry
        .and_then(|entry| entry.title.as_ref())
        .map(|title| title.value.clone());
    let described = description
        .name
        .as_deref()
        .or(title.as_deref())
        .or_else(|| messages.first().map(String::as_str))
        .or_else(|| {
            entry
                .and_then(|entry| entry.explanation.as_ref())
                .map(|text| text.value.as_str())
        });
    Code {
        variant: code_names::variant(&code, described),
        retryable: !statuses.is_empty() && statuses.iter().all(|status| statuses::retryable(*status)),
        statuses: statuses.into_iter().collect(),
        title,
        templates: messages.iter().filter_map(|text| message::parts(text)).collect(),
        messages,
        suggested_action: entry
            .and_then(|entry| entry.suggested_action.as_ref())
            .map(|text| text.value.clone()),
        explanation: entry
            .and_then(|entry| entry.explanation.as_ref())
            .map(|text| text.value.clone()),
        operations: description.operations,
        in_catalogue: entry.is_some(),
        code,
    }
}

/// Adds a message, unless it differs from a known one only in case or by a full stop.
fn add_message(messages: &mut Vec<String>, message: &str) {
    let normalized = |text: &str| text.trim().trim_end_matches('.').trim_end().to_lowercase();
    let is_new = !messages
        .iter()
        .any(|known| normalized(known) == normalized(message));
    // Tools write this as an example if there is none.
    let is_placeholder = matches!(message.trim(), "" | "string");
    if is_new && !is_placeholder {
        messages.push(message.trim().to_owned());
    }
}

/// An enum for each code that has at least two messages, all of which are codes themselves.
pub(super) fn message_codes(codes: &[Code]) -> Vec<MessageCodes> {
    let mut enums = UniqueNames::default();
    codes
        .iter()
        .filter(|code| {
            code.messages.len() > 1
                && code.messages.iter().all(|message| {
                    is_code_like(message)
                        && message.contains(['_', '.', '-'])
                        && code_text(&message.as_str().into(), &Catalogue::default()).is_some()
                })
        })
        .map(|code| {
            let mut names = UniqueNames::default();
            MessageCodes {
                name: enums.make_unique(&names::type_name(&format!("{} Message", code.variant))),
                code: code.code.clone(),
                messages: code
                    .messages
                    .iter()
                    .map(|text| Message {
                        variant: names.make_unique(&names::variant_name(text)),
                        text: text.clone(),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// The integer type that all codes fit into, if all are numbers in plain decimal notation.
pub(super) fn number(codes: &[Code]) -> Option<IntKind> {
    let fits = |code: &Code| {
        let number = code.code.parse::<u32>();
        number.is_ok_and(|number| number.to_string() == code.code)
    };
    let fits_long = |code: &Code| {
        let number = code.code.parse::<i64>();
        number.is_ok_and(|number| number.to_string() == code.code)
    };
    match codes {
        [] => None,
        codes if codes.iter().all(fits) => Some(IntKind::U32),
        codes if codes.iter().all(fits_long) => Some(IntKind::I64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_differ_by_case_and_full_stop_are_one() {
        let mut messages = Vec::new();
        for message in ["Body is necessary.", "body is necessary", "Body is missing", " "] {
            add_message(&mut messages, message);
        }
        assert_eq!(messages, ["Body is necessary.", "Body is missing"]);
    }
}
