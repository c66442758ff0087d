//! Which parts of the runtime an API needs; they are copied word for word.

use super::types::{self, Needs};
use super::{Content, Output, operation};
use crate::model::{Api, BodyKind, Operation, PayloadKind, TestValues};

macro_rules! runtime_files {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../runtime/", $name, ".rs")))),*]
    };
}

/// Every file but `mod.rs`.
const FILES: &[(&str, &str)] = runtime_files! {
    "answer" "api" "body" "buffer" "call" "checked" "content" "credential" "datetime" "digits" "error" "event" "framing"
    "headers" "integer" "json" "listed" "maybe" "members" "message" "multipart" "object" "pace" "parameter" "pattern"
    "redirect" "reply" "request" "response" "retry" "sample" "stream" "tracked" "transport" "union" "unique" "upload"
    "uuid"
};

/// What stands in the place of `buffer.rs` where integers have more than 64 bits.
const WIDE: &str = include_str!("../../runtime/wide.rs");

const MOD: &str = include_str!("../../runtime/mod.rs");

/// What an API takes from the runtime and from other crates, its operations included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a file or several of its own"
)]
pub(super) struct Parts {
    pub(super) types: Needs,
    pub(super) multipart: bool,
    /// Bodies can be sent as streams.
    pub(super) upload: bool,
    /// Responses can be read as streams.
    pub(super) stream: bool,
    /// Responses can be streams of events.
    pub(super) events: bool,
    /// There are operations: everything that is needed for sending requests.
    pub(super) client: bool,
    /// There are codes and no operations: the error alone is what is generated.
    pub(super) error: bool,
    /// There are messages with parameters.
    pub(super) messages: bool,
    /// There are samples: what their tests share.
    pub(super) samples: bool,
}

pub(super) fn parts(api: &Api, tests: &TestValues) -> Parts {
    let mut types = types::needs(api, tests);
    api.used_types().for_each(|ty| types.ty(ty));
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let kinds: Vec<&BodyKind> = bodies
        .flat_map(|body| &body.contents)
        .map(|content| &content.kind)
        .collect();
    let multipart = kinds.iter().any(|kind| matches!(kind, BodyKind::Multipart(_)));
    let raw = kinds
        .iter()
        .any(|kind| matches!(kind, BodyKind::Bytes | BodyKind::Text));
    let successes: Vec<&PayloadKind> = api
        .operations
        .iter()
        .flat_map(Operation::success_payloads)
        .map(|payload| &payload.kind)
        .collect();
    let events = successes
        .iter()
        .any(|kind| matches!(kind, PayloadKind::Events(..)));
    let streamed = api.operations.iter().any(operation::is_streamed);
    Parts {
        types,
        multipart,
        upload: multipart || raw,
        stream: events || streamed,
        events,
        client: !api.operations.is_empty(),
        error: api.operations.is_empty() && !api.errors.codes.is_empty(),
        messages: api.errors.codes.iter().any(|code| !code.templates.is_empty()),
        samples: !tests.is_empty(),
    }
}

impl Parts {
    fn has(&self, file: &str) -> bool {
        match file {
            "body" => self.error,
            "buffer" => self.types.union || self.types.digits || self.types.unique,
            "digits" => self.client || self.samples || self.reads_raw(),
            "integer" => self.types.digits,
            "event" | "framing" => self.events,
            "checked" => self.types.checked,
            "datetime" => self.types.datetime,
            "json" => self.types.json,
            "listed" => self.types.listed,
            "maybe" => self.types.maybe,
            "members" => self.types.members,
            "message" => self.messages,
            "multipart" => self.multipart,
            "object" => self.types.object || self.types.maybe,
            "stream" => self.stream,
            "upload" => self.upload,
            "pattern" => self.types.pattern,
            "sample" => self.samples,
            "tracked" => self.types.union || self.types.unique,
            "union" => self.types.union,
            "unique" => self.types.unique,
            "uuid" => self.types.uuid,
            _ => self.client,
        }
    }

    /// Is JSON read as text, so that integers keep all their digits?
    pub(super) fn reads_raw(&self) -> bool {
        self.types.wide && self.has("buffer")
    }

    /// Nothing of the runtime is needed.
    pub(super) fn is_empty(&self) -> bool {
        FILES.iter().all(|(name, _)| !self.has(name))
    }
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
    let needed = FILES.iter().filter(|(name, _)| parts.has(name));
    let mut files = vec![file("mod", mod_file(parts))];
    files.extend(needed.map(|(name, text)| {
        let text = if *name == "buffer" && parts.types.wide {
            WIDE
        } else {
            text
        };
        file(name, text.to_owned())
    }));
    files
}

/// `runtime/mod.rs` without the lines of files that are left out.
fn mod_file(parts: &Parts) -> String {
    let is_kept = |line: &&str| {
        let module = line
            .strip_prefix("pub use self::")
            .and_then(|rest| rest.split("::").next())
            .or_else(|| {
                line.trim_start_matches("pub ")
                    .strip_prefix("mod ")?
                    .strip_suffix(';')
            });
        module.is_none_or(|module| parts.has(module))
    };
    // An attribute stays and goes with its line.
    let source = if parts.samples {
        MOD.to_owned()
    } else {
        MOD.replace("#[cfg(test)]\n", "")
    };
    let lines: Vec<&str> = source.lines().filter(is_kept).collect();
    let mut text = lines.join("\n");
    text.push('\n');
    if !parts.client {
        // The module's own docs speak of what such an output does not have.
        text = text.lines().filter(|line| !line.starts_with("//!")).fold(
            "//! What the types of this module share.\n".to_owned(),
            |mut text, line| {
                text.push_str(line);
                text.push('\n');
                text
            },
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_needed_is_left_out_of_the_module() {
        let parts = Parts {
            types: Needs {
                maybe: true,
                ..Needs::default()
            },
            multipart: false,
            upload: false,
            stream: false,
            events: false,
            client: true,
            error: false,
            messages: false,
            samples: false,
        };
        let text = mod_file(&parts);
        assert!(!text.contains("sample") && !text.contains("cfg(test)"));
        assert!(text.contains("mod maybe;") && text.contains("pub use self::maybe::Maybe;"));
        assert!(
            !text.contains("multipart")
                && !text.contains("self::stream")
                && !text.contains("union")
                && !text.contains("self::datetime")
        );
        assert!(text.contains("pub use self::error::{ApiError,"));
    }

    #[test]
    fn every_module_of_the_runtime_is_known() {
        let modules = MOD.lines().filter_map(|line| {
            line.trim_start_matches("pub ")
                .strip_prefix("mod ")?
                .strip_suffix(';')
        });
        for module in modules {
            assert!(FILES.iter().any(|(name, _)| *name == module), "{module}");
        }
    }
}
