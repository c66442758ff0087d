//! The parts of the runtime: their files, their dependencies and the names that they offer.

/// Declares [`Part`] from its variants and the files in `runtime/`.
macro_rules! parts {
    ($($part:ident $file:literal)*) => {
        /// A part of the runtime: one file in the folder `runtime/`. Ordered by the names of the modules.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::emit) enum Part {
            $(#[doc = concat!("`", $file, ".rs`.")] $part,)*
        }

        impl Part {
            /// All parts.
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$part),*];

            /// The name of the file, without its extension.
            pub(super) fn file(self) -> &'static str {
                match self {
                    $(Self::$part => $file,)*
                }
            }

            pub(super) fn source(self) -> &'static str {
                match self {
                    $(Self::$part => include_str!(concat!("../../../runtime/", $file, ".rs")),)*
                }
            }
        }
    };
}

parts! {
    Api "api"
    Body "body"
    Buffer "buffer"
    BufferWide "buffer_wide"
    Call "call"
    Checked "checked"
    Content "content"
    Credential "credential"
    DateTime "datetime"
    Digits "digits"
    Error "error"
    Event "event"
    Finite "finite"
    Framing "framing"
    Headers "headers"
    Integer "integer"
    Json "json"
    Listed "listed"
    Maybe "maybe"
    Members "members"
    Message "message"
    Multipart "multipart"
    Object "object"
    OperationError "operation_error"
    Pace "pace"
    Parameter "parameter"
    Pattern "pattern"
    Redirect "redirect"
    Reply "reply"
    Request "request"
    Response "response"
    Retry "retry"
    Sample "sample"
    Security "security"
    Stream "stream"
    TaggedForm "tagged_form"
    Tracked "tracked"
    Transport "transport"
    Union "union"
    Unique "unique"
    Upload "upload"
    Uuid "uuid"
    Whole "whole"
}

impl Part {
    /// The parts that this part uses. [`Part::Buffer`] stands for [`Part::BufferWide`], too.
    pub(super) fn dependencies(self) -> &'static [Self] {
        match self {
            Self::Body
            | Self::Buffer
            | Self::Checked
            | Self::Content
            | Self::DateTime
            | Self::Digits
            | Self::Finite
            | Self::Framing
            | Self::Headers
            | Self::Json
            | Self::Listed
            | Self::Members
            | Self::Message
            | Self::Object
            | Self::Pace
            | Self::Redirect
            | Self::Retry
            | Self::TaggedForm
            | Self::Uuid => &[],
            Self::Api => &[Self::Credential, Self::Pace],
            Self::BufferWide | Self::Parameter | Self::Sample => &[Self::Digits],
            Self::Call => &[
                Self::Error,
                Self::OperationError,
                Self::Reply,
                Self::Request,
                Self::Response,
                Self::Transport,
            ],
            Self::Credential => &[Self::Parameter],
            Self::Error => &[Self::Headers, Self::OperationError, Self::Reply, Self::Retry],
            Self::Event => &[Self::Error, Self::Framing, Self::Reply, Self::Stream],
            Self::Integer | Self::Tracked => &[Self::Buffer],
            Self::Maybe => &[Self::Object, Self::Whole],
            Self::Multipart => &[Self::Content, Self::Parameter, Self::Request, Self::Upload],
            Self::OperationError => &[Self::Api, Self::Call, Self::Error],
            Self::Pattern => &[Self::Checked],
            Self::Reply => &[Self::Digits, Self::Error],
            Self::Request => &[
                Self::Api,
                Self::Content,
                Self::Error,
                Self::Parameter,
                Self::Redirect,
            ],
            Self::Response => &[Self::Headers],
            Self::Security => &[
                Self::Api,
                Self::Credential,
                Self::Error,
                Self::Parameter,
                Self::Request,
            ],
            Self::Stream => &[Self::Error, Self::Reply],
            Self::Transport => &[
                Self::Api,
                Self::Call,
                Self::Content,
                Self::Credential,
                Self::Error,
                Self::Pace,
                Self::Parameter,
                Self::Redirect,
                Self::Reply,
                Self::Request,
                Self::Retry,
                Self::Security,
            ],
            Self::Union => &[Self::Buffer, Self::Json, Self::Tracked],
            Self::Unique => &[Self::Buffer, Self::Checked, Self::Tracked],
            Self::Upload => &[Self::Content],
            Self::Whole => &[Self::Members],
        }
    }

    /// The name of its module. [`Part::BufferWide`] replaces [`Part::Buffer`].
    pub(super) fn module(self) -> &'static str {
        match self {
            Self::BufferWide => Self::Buffer.file(),
            part => part.file(),
        }
    }

    /// How `mod.rs` declares the module, up to its name.
    pub(super) fn declaration(self) -> &'static str {
        let is_public = matches!(
            self,
            Self::Body
                | Self::Checked
                | Self::Headers
                | Self::Json
                | Self::Members
                | Self::Message
                | Self::Union
                | Self::Unique
                | Self::Whole
        );
        match self {
            Self::Sample => "#[cfg(test)]\npub mod",
            _ if is_public => "pub mod",
            _ => "mod",
        }
    }

    /// The names that `mod.rs` re-exports, one list for each `use` item.
    pub(super) fn reexports(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Api => &[&["Api", "ClientParameter", "Operation"]],
            Self::Body => &[&["UnknownError"]],
            Self::Call => &[&["Call", "Case", "ResponseFuture", "Success"]],
            Self::Checked => &[&["Bound", "ConstraintError", "Decimal", "Limit", "Matches"]],
            Self::Content => &[&["Body"]],
            Self::Credential => &[&["Credential", "CredentialKind", "ProvideToken", "TokenFuture"]],
            Self::DateTime => &[&["DateTime"]],
            Self::Error => &[
                &["ApiError", "DecodeError", "Error", "ErrorResponse"],
                &["RequestError", "TransportError", "TransportErrorKind"],
            ],
            Self::Event => &[
                &["Either", "Event", "EventStream", "StreamError"],
                &[
                    "events",
                    "json_lines",
                    "json_sequence",
                    "text_events",
                    "whole_events",
                ],
            ],
            Self::Finite => &[&["Finite"]],
            Self::Headers => &[&["Form", "HeaderError", "TypedHeaders"]],
            Self::Integer => &[&["Integer", "NotAnInteger"]],
            Self::Listed => &[&["NotListed"]],
            Self::Maybe => &[&["Maybe"]],
            Self::Message => &[&["MessageParameters", "MissingParameter"]],
            Self::Multipart => &[&["Part"]],
            Self::Object => &[&["Object"]],
            Self::OperationError => &[&["ErrorReply", "OperationError"]],
            Self::Pace => &[&["Pace"]],
            Self::Parameter => &[&["FormField", "Style"]],
            Self::Pattern => &[&["Pattern"]],
            Self::Reply => &[
                &["Incoming", "Reply"],
                &["bytes", "empty", "json", "reject_stream", "reject_whole", "text"],
            ],
            Self::Redirect => &[&["Redirects"]],
            Self::Request => &[&["Request"]],
            Self::Response => &[&["Response"]],
            Self::Retry => &[&["Retry"]],
            Self::Stream => &[&["ByteStream", "stream"]],
            Self::TaggedForm => &[&["tagged_form"]],
            Self::Transport => &[&["BuildError", "Core", "CoreBuilder"]],
            Self::Uuid => &[&["Uuid"]],
            Self::Buffer
            | Self::BufferWide
            | Self::Digits
            | Self::Framing
            | Self::Json
            | Self::Members
            | Self::Sample
            | Self::Security
            | Self::Tracked
            | Self::Union
            | Self::Unique
            | Self::Upload
            | Self::Whole => &[],
        }
    }

    /// The name that `mod.rs` re-exports inside the crate alone.
    pub(super) fn crate_reexport(self) -> Option<&'static str> {
        (self == Self::OperationError).then_some("ErrorCases")
    }

    /// The names that `lib.rs` re-exports, which users write or see in signatures.
    pub(super) fn public_names(self) -> &'static [&'static str] {
        match self {
            Self::Body => &["UnknownError"],
            Self::Call => &["ResponseFuture"],
            Self::Checked => &["Bound", "ConstraintError", "Decimal", "Limit", "Matches"],
            Self::Credential => &["ProvideToken", "TokenFuture"],
            Self::DateTime => &["DateTime"],
            Self::Error => &[
                "ApiError",
                "DecodeError",
                "Error",
                "ErrorResponse",
                "RequestError",
                "TransportError",
                "TransportErrorKind",
            ],
            Self::Event => &["Either", "Event", "EventStream", "StreamError"],
            Self::Headers => &["HeaderError", "TypedHeaders"],
            Self::Integer => &["Integer", "NotAnInteger"],
            Self::Listed => &["NotListed"],
            Self::Maybe => &["Maybe"],
            Self::Message => &["MessageParameters", "MissingParameter"],
            Self::Multipart => &["Part"],
            Self::OperationError => &["OperationError"],
            Self::Pace => &["Pace"],
            Self::Redirect => &["Redirects"],
            Self::Request => &["Request"],
            Self::Response => &["Response"],
            Self::Retry => &["Retry"],
            Self::Stream => &["ByteStream"],
            Self::Transport => &["BuildError"],
            // Callers create a `Body` only where an operation takes one.
            Self::Upload => &["Body"],
            Self::Uuid => &["Uuid"],
            Self::Api
            | Self::Buffer
            | Self::BufferWide
            | Self::Content
            | Self::Digits
            | Self::Framing
            | Self::Finite
            | Self::Json
            | Self::Members
            | Self::Object
            | Self::Parameter
            | Self::Pattern
            | Self::Reply
            | Self::Sample
            | Self::Security
            | Self::TaggedForm
            | Self::Tracked
            | Self::Union
            | Self::Unique
            | Self::Whole => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn folder() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime")
    }

    #[test]
    fn each_file_of_the_folder_is_a_part() {
        let parts: BTreeSet<String> = Part::ALL
            .iter()
            .map(|part| format!("{}.rs", part.file()))
            .collect();
        let files: BTreeSet<String> = std::fs::read_dir(folder())
            .expect("the folder exists")
            .map(|entry| {
                entry
                    .expect("readable")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|name| name != "lib.rs")
            .collect();
        assert_eq!(parts, files);
    }

    /// The modules that a file names as `super::module` or `super::{module, ...}`.
    fn used_modules(source: &str) -> BTreeSet<&str> {
        source
            .split("super::")
            .skip(1)
            .flat_map(|rest| {
                let (list, is_list) = match rest.strip_prefix('{') {
                    Some(list) => (list.split('}').next().unwrap_or_default(), true),
                    None => (rest, false),
                };
                let end =
                    |c: char| !(c.is_ascii_lowercase() || c == '_' || (is_list && matches!(c, ',' | ' ')));
                list.split(end).next().unwrap_or_default().split(", ")
            })
            .filter(|name| !name.is_empty())
            .collect()
    }

    #[test]
    fn dependencies_include_all_modules_that_the_source_uses() {
        for part in Part::ALL {
            let dependencies: BTreeSet<&str> = part.dependencies().iter().map(|part| part.module()).collect();
            let used = used_modules(part.source());
            assert!(used.is_subset(&dependencies), "{part:?} uses {used:?}");
        }
    }

    #[test]
    fn parts_are_ordered_by_their_modules() {
        assert!(Part::ALL.is_sorted_by_key(|part| part.module()));
    }
}
