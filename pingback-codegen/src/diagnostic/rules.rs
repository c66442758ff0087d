//! The table of all messages: one entry for each thing that can be said of an input, with its hint. A test
//! fails on an entry that no fixture provokes.

use super::Severity;

/// One entry of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name in kebab case that diagnostics carry and `codegen.toml` refers to.
    pub name: &'static str,
    /// Unless the configuration says otherwise.
    pub severity: Severity,
    /// The message; each `{}` is filled in order.
    pub message: &'static str,
    /// What to do.
    pub hint: &'static str,
}

impl Rule {
    /// The message with its blanks filled.
    #[must_use]
    pub fn fill(&self, args: &[&dyn std::fmt::Display]) -> String {
        let mut parts = self.message.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut args = args.iter();
        for part in parts {
            if let Some(arg) = args.next() {
                text.push_str(&arg.to_string());
            }
            text.push_str(part);
        }
        debug_assert!(args.next().is_none(), "too many arguments for `{}`", self.name);
        text
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $constant:ident = $severity:ident $name:literal, $message:literal, $hint:literal;)*) => {
        $($(#[$doc])* pub const $constant: &Rule = &Rule {
            name: $name,
            severity: Severity::$severity,
            message: $message,
            hint: $hint,
        };)*
        /// The whole table.
        pub const ALL: &[&Rule] = &[$($constant),*];
    };
}

rules! {
    // read: the text
    /// YAML or JSON that does not parse.
    SYNTAX = Error "syntax", "this is not well-formed: {}",
        "mend the text at this place; nothing after it could be read";

    // lower: operations
    /// Two operations with one id.
    DUPLICATE_OPERATION_ID = Warning "duplicate-operation-id",
        "the operationId `{}` is already that of another operation",
        "give each operation an id of its own; until then this one is named by its method and path";
    /// Ids that differ only in what Rust names cannot show.
    OPERATION_ID_COLLISION = Warning "operation-id-collision",
        "the operationId `{}` gives the same Rust name as `{}`",
        "let the ids differ in more than case and punctuation; until then this one is named by its method and path";
    /// A parameter declared twice in one list.
    DUPLICATE_PARAMETER = Warning "duplicate-parameter",
        "the {} parameter `{}` is declared twice",
        "remove one of the two; the first is used";
    /// Headers that OpenAPI tells to ignore.
    IGNORED_HEADER = Note "ignored-header",
        "a header parameter named `{}` is ignored, as OpenAPI says",
        "describe it by a security scheme or by media types, or name it under `client.headers`";
    /// A declared path parameter without its place.
    PATH_PARAMETER_NOT_IN_TEMPLATE = Warning "path-parameter-not-in-template",
        "the path parameter `{}` has no place in `{}`",
        "put it between braces into the path, or remove it; it is left out";
    /// A path parameter said to be optional.
    OPTIONAL_PATH_PARAMETER = Note "optional-path-parameter",
        "the path parameter `{}` is not marked as required",
        "set `required: true`, which OpenAPI demands of path parameters; it is treated so";
    /// A name between braces that no parameter declares.
    UNDECLARED_PATH_PARAMETER = Warning "undeclared-path-parameter",
        "`{}` in the path `{}` is not declared",
        "declare it as a parameter with `in: path`; it is taken as a required string";
    /// A parameter with neither schema nor content.
    PARAMETER_WITHOUT_SCHEMA = Warning "parameter-without-schema",
        "the {} parameter `{}` has no schema",
        "give it a `schema`; it is taken as a string";
    /// A request body of no media type.
    BODY_WITHOUT_CONTENT = Warning "body-without-content",
        "the request body of `{}` has no content",
        "list its media types under `content`, or remove the body; it is left out";
    /// A response that no client ever sees.
    INFORMATIONAL_RESPONSE = Note "informational-response",
        "the response {} of `{}` is left out: it comes before the real one",
        "remove it, or document the final response";
    /// An operation without any success.
    NO_SUCCESS = Warning "no-success-response",
        "`{}` documents no successful response",
        "document a 2XX response; until then any success is accepted and only its status and headers are typed";
    /// A server URL without a scheme.
    SERVER_URL = Warning "server-url",
        "the server URL `{}` has no scheme; it is taken as `{}`",
        "write the URL in full, with `https://`";
    /// A server variable that isn't declared.
    UNDECLARED_SERVER_VARIABLE = Warning "undeclared-server-variable",
        "the variable `{}` of a server URL is not declared",
        "declare it under `variables` with a default; until then its default is empty";
    /// A security scheme that nothing asks for.
    UNUSED_SECURITY_SCHEME = Note "unused-security-scheme",
        "no operation asks for the security scheme `{}`",
        "name it under `security`, or remove it; it is left out";
    /// A requirement of a scheme that isn't there.
    UNKNOWN_SECURITY_SCHEME = Warning "unknown-security-scheme",
        "the security scheme `{}` is not declared",
        "declare it under `components.securitySchemes`; the requirement is left out";
    /// A scheme of HTTP that clients cannot do here.
    UNSUPPORTED_SECURITY_SCHEME = Warning "unsupported-security-scheme",
        "the security scheme `{}` uses the HTTP scheme `{}`, which is not supported",
        "set the `Authorization` header for each call; `basic` and `bearer` are supported";
    /// Schemes without any requirement.
    SECURITY_NOT_REQUIRED = Note "security-not-required",
        "there are security schemes, but no `security` says where they apply",
        "state `security`; until then whatever credential is set is sent with every operation";
    /// A header that became a credential.
    HEADER_AS_CREDENTIAL = Note "header-as-credential",
        "the header `{}` is set once on the client as the secret `{}`, since {}",
        "choose `call` for it under `client.headers` to give it with each call";
    /// A header that became a setting of the client.
    HEADER_ON_CLIENT = Note "header-on-client",
        "the header `{}` is set once on the client as `{}`, since {}",
        "choose `call` for it under `client.headers` to give it with each call";

    // lower: errors
    /// Where error codes are read from.
    CODE_PLACE = Note "code-place",
        "error codes are read from `{}`: {} of {} error bodies have it, {} with codes",
        "set `errors.code` to another JSON pointer if that is wrong";
    /// A catalogue entry that no response can be told by.
    CODE_WITHOUT_STATUS = Note "code-without-status",
        "the code `{}` is listed without an HTTP status",
        "add its status to the catalogue; until then no operation has a case for it";
    /// A chosen code that nobody knows.
    UNKNOWN_EVERYWHERE_CODE = Warning "unknown-everywhere-code",
        "`errors.everywhere` names `{}`, which no catalogue lists",
        "name a code of the catalogue";

    // check
    /// Routes that no server can tell apart.
    SAME_ROUTE = Warning "same-route",
        "`{}` and `{}` are the same route under different names",
        "keep one of the two; a server cannot tell them apart";
    /// Operations that say nothing of errors.
    NO_ERRORS = Note "no-documented-errors",
        "{} operations document no errors, the first of them `{}`",
        "document their error responses; until then what fails arrives as undocumented";
    /// Responses without codes where others have them.
    ERRORS_WITHOUT_CODE = Note "error-without-code",
        "{} error responses document no code, the first of them {} of `{}`",
        "give each the codes it can have, as the others do; until then they are told apart by status";
}
