//! Chooses among the pointers that error bodies have those of the code, the message and the request id.

use super::property_scores::score_of;
use crate::source::Span;
use indexmap::IndexMap;

/// Where an error body has its code, message and request id: JSON pointers.
#[derive(Debug, Clone, Default)]
pub(super) struct BodyPointers {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) support: Support,
    /// Where the document first mentions the code's pointer.
    pub(super) span: Option<Span>,
}

/// Why a code pointer was chosen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Support {
    /// How many error bodies have the pointer.
    pub(super) with_pointer: usize,
    /// How many of these have values there that look like codes.
    pub(super) with_codes: usize,
    /// How many error bodies there are.
    pub(super) bodies: usize,
}

/// A pointer that may be that of the code, the message or the request id.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    /// How many bodies have it.
    pub(super) seen: usize,
    /// How many bodies have values there that look like codes.
    pub(super) with_codes: usize,
    /// Whether the catalogue lists one of the values.
    pub(super) in_catalogue: bool,
    /// Whether the value is text in at least one body.
    pub(super) text: bool,
    /// Whether the value has several words in at least one body.
    pub(super) prose: bool,
    /// Where the document first mentions it.
    pub(super) span: Option<Span>,
}

/// The most likely pointers of the code, the message and the request id.
pub(super) fn choose(candidates: &IndexMap<String, Candidate>, bodies: usize) -> BodyPointers {
    let choice = Choice { candidates, bodies };
    let code = choice.code();
    let chosen = code.as_ref().and_then(|code| candidates.get(code));
    BodyPointers {
        span: chosen.and_then(|candidate| candidate.span),
        support: Support {
            with_pointer: chosen.map_or(0, |candidate| candidate.seen),
            with_codes: chosen.map_or(0, |candidate| candidate.with_codes),
            bodies,
        },
        message: choice.message(code.as_deref()),
        request_id: choice.request_id(),
        code,
    }
}

/// The pointers to choose from, by their scores. A score is the sum of what the name suggests and what the bodies show;
/// the deeper of two equal pointers has the lower score.
struct Choice<'c> {
    candidates: &'c IndexMap<String, Candidate>,
    /// The number of bodies.
    bodies: usize,
}

impl Choice<'_> {
    /// A weak name needs codes in most bodies that have it. A strong name without codes needs most bodies.
    fn code(&self) -> Option<String> {
        self.best(|pointer, candidate| {
            let name = score_of(pointer).code;
            let share = self.share(candidate);
            let has_codes = candidate.with_codes > 0;
            let is_weak = name < 9;
            let is_supported = candidate.in_catalogue
                || if is_weak {
                    has_codes && candidate.with_codes * 2 >= candidate.seen && share >= 30
                } else {
                    share >= if has_codes { 15 } else { 50 }
                };
            (name > 0 && is_supported).then(|| {
                name * 10
                    + share / 5
                    + if has_codes { 50 } else { 0 }
                    + if candidate.in_catalogue { 100 } else { 0 }
                    - depth(pointer) * 3
            })
        })
    }

    /// The message is text, and often beside the code.
    fn message(&self, code: Option<&str>) -> Option<String> {
        let beside_code = code.and_then(parent);
        self.best(|pointer, candidate| {
            let name = score_of(pointer).message;
            let share = self.share(candidate);
            let is_usable = candidate.text && Some(pointer) != code && (name > 4 || candidate.prose);
            let is_beside_code = beside_code.is_some() && parent(pointer) == beside_code;
            (name > 0 && is_usable && share >= 25).then(|| {
                name * 10
                    + share / 5
                    + if candidate.prose { 20 } else { 0 }
                    + if is_beside_code { 30 } else { 0 }
                    - depth(pointer) * 3
            })
        })
    }

    fn request_id(&self) -> Option<String> {
        self.best(|pointer, candidate| {
            let name = score_of(pointer).request_id;
            let is_usable = name > 0 && candidate.text;
            is_usable.then(|| name * 10 + self.share(candidate) / 5 - depth(pointer) * 3)
        })
    }

    /// The pointer with the highest score; the first of several, so that the document's order decides a tie.
    fn best(&self, score: impl Fn(&str, &Candidate) -> Option<i32>) -> Option<String> {
        self.candidates
            .iter()
            .filter_map(|(pointer, candidate)| Some((score(pointer, candidate)?, pointer)))
            .fold(None, |best: Option<(i32, &String)>, this| match best {
                Some(best) if best.0 >= this.0 => Some(best),
                _ => Some(this),
            })
            .map(|(_, pointer)| pointer.clone())
    }

    /// The percentage of bodies that have a candidate.
    fn share(&self, candidate: &Candidate) -> i32 {
        let share = i32::try_from(candidate.seen * 100 / self.bodies.max(1));
        share.unwrap_or(100).min(100)
    }
}

/// How many segments a pointer has.
fn depth(pointer: &str) -> i32 {
    i32::try_from(pointer.matches('/').count()).unwrap_or(i32::MAX / 100)
}

fn parent(pointer: &str) -> Option<&str> {
    pointer.rsplit_once('/').map(|(parent, _)| parent)
}
