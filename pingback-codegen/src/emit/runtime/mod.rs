//! Chooses the parts of the runtime that an API needs. They are copied word for word; only `mod.rs` is written here.

mod part;

pub(super) use part::Part;

use super::types;
use super::{Content, Output, operation};
use crate::model::{Api, BodyKind, Operation, PayloadKind, TestValues};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The parts of the runtime that an API needs, and what else its output depends on.
#[derive(Debug)]
pub(super) struct Parts {
    needed: BTreeSet<Part>,
    /// There are operations: the output has a client.
    pub(super) client: bool,
    /// There are codes and no operations: the output has one error type only.
    pub(super) error: bool,
    /// Types use the crate chrono.
    pub(super) chrono: bool,
}

impl Parts {
    /// The given parts and all that they use.
    fn with_dependencies(parts: &[Part], has_wide_integers: bool) -> BTreeSet<Part> {
        let mut found = BTreeSet::new();
        let mut pending = parts.to_vec();
        while let Some(part) = pending.pop() {
            let part = match part {
                Part::Buffer if has_wide_integers => Part::BufferWide,
                part => part,
            };
            if found.insert(part) {
                pending.extend(part.dependencies());
            }
        }
        found
    }

    pub(super) fn contains(&self, part: Part) -> bool {
        self.needed.contains(&part)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.needed.is_empty()
    }

    /// The names that `lib.rs` re-exports from the runtime, sorted.
    pub(super) fn public_names(&self) -> BTreeSet<&'static str> {
        self.needed
            .iter()
            .flat_map(|part| part.public_names())
            .copied()
            .collect()
    }
}

/// The parts that an API needs.
pub(super) fn parts(api: &Api, tests: &TestValues) -> Parts {
    let mut types = types::needs(api, tests);
    api.used_types().for_each(|ty| types.add_type(ty));
    let client = !api.operations.is_empty();
    let error = api.operations.is_empty() && !api.errors.codes.is_empty();
    let roots = [
        (Part::Call, client),
        (Part::Body, error),
        (
            Part::Message,
            api.errors.codes.iter().any(|code| !code.templates.is_empty()),
        ),
        (Part::Sample, !tests.is_empty()),
    ];
    let roots = roots.into_iter().chain(body_parts(api));
    let roots: Vec<Part> = roots
        .filter(|(_, is_needed)| *is_needed)
        .map(|(part, _)| part)
        .chain(types.parts)
        .collect();
    Parts {
        needed: Parts::with_dependencies(&roots, types.wide_integers),
        client,
        error,
        chrono: types.chrono,
    }
}

/// The parts for the bodies of requests and responses, and whether they are needed.
fn body_parts(api: &Api) -> [(Part, bool); 5] {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let kinds: Vec<&BodyKind> = bodies
        .flat_map(|body| &body.contents)
        .map(|content| &content.kind)
        .collect();
    let is_raw = |kind: &&BodyKind| matches!(kind, BodyKind::Bytes | BodyKind::Text);
    let has_events = |operation: &Operation| {
        operation
            .success_payloads()
            .any(|payload| matches!(payload.kind, PayloadKind::Events(..)))
    };
    let mut sent = api.operations.iter().flat_map(Operation::request_types);
    [
        (Part::Finite, sent.any(|ty| operation::has_floats(api, ty))),
        (
            Part::Multipart,
            kinds.iter().any(|kind| matches!(kind, BodyKind::Multipart(_))),
        ),
        (Part::Upload, kinds.iter().any(is_raw)),
        (Part::Event, api.operations.iter().any(has_events)),
        (Part::Stream, api.operations.iter().any(operation::is_streamed)),
    ]
}

/// `src/runtime/*.rs`.
pub(super) fn files(parts: &Parts) -> Vec<Output> {
    if parts.is_empty() {
        return Vec::new();
    }
    let file = |name: &str, text: String| Output {
        path: format!("src/runtime/{name}.rs"),
        content: Content::Text(text),
    };
    let mut files = vec![file("mod", mod_file(parts))];
    files.extend(
        parts
            .needed
            .iter()
            .map(|part| file(part.module(), part.source().to_owned())),
    );
    files
}

/// The docs of `mod.rs` in a client.
const CLIENT_DOCS: &str = "\
//! What all operations share: sending requests, decoding responses, and errors. [`Api`] and [`Operation`] describe the
//! API.
";

/// `src/runtime/mod.rs`.
fn mod_file(parts: &Parts) -> String {
    let docs = if parts.client {
        CLIENT_DOCS
    } else {
        "//! What the types of this module share.\n"
    };
    let mut text = format!("{docs}\n");
    for part in &parts.needed {
        let _ = writeln!(text, "{} {};", part.declaration(), part.module());
    }
    text.push('\n');
    for part in &parts.needed {
        if let Some(name) = part.crate_reexport() {
            let _ = writeln!(text, "pub(crate) use self::{}::{name};", part.module());
        }
        for names in part.reexports() {
            let names = match *names {
                [name] => (*name).to_owned(),
                names => format!("{{{}}}", names.join(", ")),
            };
            let _ = writeln!(text, "pub use self::{}::{names};", part.module());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_declares_the_parts_that_are_needed() {
        let parts = Parts {
            needed: Parts::with_dependencies(&[Part::Maybe, Part::Sample, Part::Checked], false),
            client: false,
            error: false,
            chrono: false,
        };
        insta::assert_snapshot!(mod_file(&parts), @"
        //! What the types of this module share.

        pub mod checked;
        mod digits;
        mod maybe;
        pub mod members;
        mod object;
        #[cfg(test)]
        pub mod sample;
        pub mod whole;

        pub use self::checked::{Bound, ConstraintError, Decimal, Limit, Matches};
        pub use self::maybe::Maybe;
        pub use self::object::Object;
        ");
    }

    #[test]
    fn wide_integers_replace_the_buffer() {
        let files = |has_wide_integers| {
            let parts = Parts::with_dependencies(&[Part::Union], has_wide_integers);
            parts.into_iter().map(Part::file).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(files(false), "buffer json tracked union");
        assert_eq!(files(true), "buffer_wide digits json tracked union");
    }
}
