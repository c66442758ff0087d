//! The table of all messages: for each fact that is reported a rule with its severity, its message and a hint. A test
//! fails on a rule that no fixture provokes.

use super::Severity;

/// One entry of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name in kebab case that diagnostics carry and `codegen.toml` refers to.
    pub name: &'static str,
    /// The severity, unless the configuration sets another one.
    pub severity: Severity,
    /// The message. Each `{}` is replaced by an argument, in order.
    pub message: &'static str,
    /// What to do.
    pub hint: &'static str,
}

/// How many characters of an argument are shown. A name of the document may be of any length.
const MAX_ARGUMENT_CHARS: usize = 300;

impl Rule {
    /// The message with `args` in place of each `{}`.
    #[must_use]
    pub fn fill(&self, args: &[&dyn std::fmt::Display]) -> String {
        let mut parts = self.message.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut args = args.iter();
        for part in parts {
            if let Some(arg) = args.next() {
                let arg = on_one_line(&arg.to_string());
                match arg.char_indices().nth(MAX_ARGUMENT_CHARS) {
                    Some((cut, _)) => {
                        text.push_str(&arg[..cut]);
                        text.push_str("...");
                    }
                    None => text.push_str(&arg),
                }
            }
            text.push_str(part);
        }
        debug_assert!(args.next().is_none(), "too many arguments for `{}`", self.name);
        text
    }
}

/// Escapes line breaks and other control characters, so that a name of the document cannot break the line of a finding.
pub(super) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_control() {
            line.extend(char.escape_default());
        } else {
            line.push(char);
        }
    }
    line
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
    // stage: read (the text)
    /// YAML or JSON that does not parse.
    SYNTAX = Error "syntax",
        "the text is not well-formed: {}",
        "correct the text at this place; nothing after it could be read";

    // lower: types
    /// Arrays and maps nested beyond the limit.
    NESTED_TOO_DEEP = Warning "nested-too-deep",
        "arrays and maps are nested more than {} levels deep; deeper levels become any JSON value",
        "move an inner part to a component schema and refer to it";
    /// `$ref` and `allOf` alone lead back to where they began.
    REFERENCE_CYCLE = Error "reference-cycle",
        "`{}` is defined only by itself",
        "break the cycle of `$ref` and `allOf`: give one of these schemas a `type`, `properties` or \
         another keyword of its own";
    /// `allOf` leads back to the schema, which has other keywords.
    ALL_OF_ITSELF = Warning "all-of-itself",
        "the `allOf` of `{}` leads back to the schema itself; this adds nothing and is ignored",
        "remove the part of `allOf` that leads back";
    /// A chain of `$ref` and `allOf` beyond the limit.
    DEFINITION_CHAIN_TOO_LONG = Warning "definition-chain-too-long",
        "this schema is reached over more than {} steps of `$ref` and `allOf`; it is ignored there",
        "shorten the chain of definitions";
    /// `allOf` of a string and an object, for example.
    CONTRADICTION = Warning "contradiction",
        "no value satisfies all parts of this schema; any JSON value is accepted",
        "make the types and values of the parts agree";
    /// The bounds or examples of an integer exceed every integer type of Rust.
    BIG_INTEGER = Note "big-integer",
        "this integer may have more than 128 bits; its type is `Integer`, which keeps all digits",
        "add a `minimum` and `maximum` within 64 or 128 bits to get a primitive type";
    /// `prefixItems` without a fixed length.
    OPEN_TUPLE = Note "open-tuple",
        "the items of this array have different types, but their number is not fixed; it becomes an \
         array of any JSON values",
        "add `minItems` and `items: false` to make it a tuple";
    /// `required: [x]` without `x` among the properties.
    REQUIRED_UNDESCRIBED = Note "required-undescribed",
        "`{}` is required, but not listed under `properties`; its value may be any JSON",
        "describe the property under `properties`";
    /// Two branches of a union accept the same values.
    AMBIGUOUS_BRANCHES = Note "ambiguous-branches",
        "no keyword distinguishes a value of `{}` from a value of `{}`",
        "add a discriminator, or a required property that only one of them has; until then the branch \
         that keeps most members of the value is chosen";
    /// A mapping to a branch whose own property allows other values.
    DISCRIMINATOR_CONTRADICTED = Warning "discriminator-contradicted",
        "the mapping of the discriminator `{}` selects `{}` for values that its schema does not allow; the \
         values that the schema allows select the branch, too",
        "map the values that the branch allows, or correct the property";
    // lower: limits that are checked
    /// `checked` names a schema that does not exist.
    CHECKED_UNKNOWN = Error "checked-unknown",
        "`checked` names `{}`, which is not a schema of the document",
        "give the name of a component schema, the JSON pointer of any schema \
         (`/components/schemas/Pet/properties/name`), or `\"all\"`";
    /// `checked` names a schema without limits.
    CHECKED_WITHOUT_LIMITS = Warning "checked-without-limits",
        "`checked` names `{}`, which has no limits that can be checked",
        "name a string, number, array or map with keywords such as `maxLength`; for an object name its \
         properties";
    /// A pattern that is not a regular expression.
    PATTERN_UNREADABLE = Warning "pattern-unreadable",
        "the pattern `{}` is not a regular expression of ECMA-262; it is not checked",
        "correct the pattern";
    /// Limits that no generated type checks.
    LIMITS_UNCHECKED = Note "limits-unchecked",
        "{} is not checked; it appears in the documentation only",
        "for an object, list its mandatory members under `required`; for an integer, give a `format` or \
         bounds within 128 bits";
    /// A response with several media types, of which the client requests one.
    OTHER_MEDIA_TYPES = Note "other-media-types",
        "the client requests `{}` for this response, never `{}`",
        "to receive another media type, send your own `Accept` header with `customize` to an operation \
         that declares only that one";
    /// An error response with several media types, of which one is decoded.
    ERROR_MEDIA_TYPES = Note "error-media-types",
        "the client decodes `{}` for this error response, never `{}`; any other is `Error::Decode` with \
         headers and bytes",
        "describe the same body for all media types";
    // lower: headers of responses
    /// A header that the media types already describe.
    IGNORED_RESPONSE_HEADER = Note "ignored-response-header",
        "the response header `{}` is ignored (OpenAPI 3.0.3, section 4.7.17)",
        "describe it by the media types of the response";
    /// A header name with characters that HTTP does not allow.
    HEADER_NAME = Warning "header-name",
        "`{}` is not a valid header name (RFC 9110, section 5.1); the header is left out",
        "use letters, digits and dashes";
    /// Two headers whose names differ in case only.
    REPEATED_HEADER = Warning "repeated-header",
        "the response headers `{}` and `{}` are the same header: names are case-insensitive; the first \
         is used",
        "remove one of them";
    /// A header whose schema cannot be encoded in a header.
    HEADER_AS_TEXT = Note "header-as-text",
        "the header `{}` has type `String`: {}",
        "describe a scalar, an array or object of scalars, or `content` with `application/json`";
    /// A header with two types.
    HEADER_DIFFERS = Note "header-differs",
        "the header `{}` has different types in the responses of this operation; its type is `String`",
        "describe it once under `components` and refer to it everywhere";
    /// Branches that become one struct, since no keyword distinguishes them.
    MERGED_BRANCHES = Note "merged-branches",
        "no keyword distinguishes the branches; they become one struct with the members of all",
        "add a discriminator to get an enum";
    /// Branches of `anyOf` that a value may satisfy at once, with too many combinations.
    OVERLAPPING_BRANCHES = Warning "overlapping-branches",
        "a value may satisfy several branches of `anyOf` at once, but their members do not fit into a few \
         types; the members of one branch are kept",
        "use `allOf` of one object with optional members, or distinguish the branches by a discriminator";
    /// Several `oneOf` or `anyOf` groups on one schema.
    SEVERAL_UNIONS = Warning "several-unions",
        "several groups of `oneOf` and `anyOf` apply at once and have too many combinations; any JSON \
         value is accepted",
        "merge the groups into one";
    /// A union that is one of its own branches.
    UNION_OF_ITSELF = Warning "union-of-itself",
        "a branch of `{}` is the union itself; the branch is ignored",
        "remove the branch";
    // stage: render
    /// A bug of this program, not of its inputs.
    INTERNAL = Error "internal",
        "{}",
        "report this bug together with the inputs that show it";

    // the edges: inputs and configuration
    /// Neither a document nor a catalogue was given.
    NO_INPUT = Error "no-input",
        "there is neither an OpenAPI document nor an error catalogue",
        "give at least one of them";
    /// A text in another encoding.
    NOT_UTF8 = Warning "not-utf8",
        "the text is not UTF-8: found the byte {}; each invalid sequence is replaced by U+FFFD",
        "save the file as UTF-8";
    /// `codegen.toml` is not TOML.
    CONFIG_SYNTAX = Error "config-syntax",
        "the file is not well-formed TOML: {}",
        "correct the file at this place (https://toml.io/en/v1.0.0)";
    /// A key of `codegen.toml` that does not exist, or a value that is not allowed.
    CONFIG_VALUE = Error "config-value",
        "{}",
        "see the reference of `codegen.toml` for all keys and their values";
    /// A mandatory key is absent.
    CONFIG_MISSING = Error "config-missing",
        "this output has no `{}`",
        "add the key to its `[[output]]` table";
    /// A name that Cargo does not allow for a package.
    CONFIG_NAME = Error "config-name",
        "`{}` is not a valid crate name: {}",
        "use lower-case ASCII letters, digits, `-` and `_`, and start with a letter";
    /// Two outputs with the same name or folder.
    CONFIG_TWICE = Error "config-twice",
        "another output already has the {} `{}`",
        "give each output its own name and folder";
    /// A text without any value.
    EMPTY_TEXT = Error "empty-text",
        "the text is empty",
        "give an OpenAPI document in YAML or JSON";
    /// Nesting beyond the limit of the reader.
    TOO_DEEP = Error "too-deep",
        "values are nested more than {} levels deep",
        "remove the nested part: no OpenAPI document needs that depth";
    /// YAML aliases that multiply.
    ALIAS_BUDGET = Error "alias-budget",
        "the aliases of this text expand beyond the limit",
        "move the repeated part to a component and refer to it with `$ref`";
    /// A key that occurs twice in a mapping.
    DUPLICATE_KEY = Warning "duplicate-key",
        "the key `{}` occurs twice; the last value is used",
        "remove one of them";
    /// A mapping or sequence as a key.
    COMPLEX_KEY = Warning "complex-key",
        "a key that is not a string is ignored together with its value",
        "use a string: JSON objects have no other keys";
    /// A YAML tag outside the core schema.
    UNKNOWN_TAG = Warning "unknown-tag",
        "the YAML tag `{}` is ignored",
        "use only tags of YAML's core schema (YAML 1.2.2, section 10.3)";
    /// `<<` with a value that cannot be merged.
    MERGE_KEY = Warning "merge-key",
        "the value of `<<` is neither a mapping nor a list of mappings; it is ignored",
        "quote the key if it is a name";
    /// Infinities and other numbers that JSON cannot represent.
    NUMBER_RANGE = Warning "number-range",
        "JSON cannot represent the number `{}`; it is read as a string",
        "give a finite number";
    /// A quoted scalar whose continued lines are not indented.
    QUOTED_INDENTATION = Warning "quoted-indentation",
        "this line continues a quoted scalar, but is not indented more than the key of the scalar; it is read \
         as part of it (number of such scalars: {})",
        "indent the line by one more space than the key";
    /// A YAML stream of several documents.
    SEVERAL_DOCUMENTS = Warning "several-documents",
        "the text holds several YAML documents; only the first is read",
        "split the text into one file per document";

    // stage: read (the document)
    /// The text is not an OpenAPI document.
    NOT_OPENAPI = Error "not-openapi",
        "this is not an OpenAPI document: {}",
        "start the document with `openapi: 3.0.x` or `openapi: 3.1.x` in a mapping";
    /// Swagger 2.0 and older.
    SWAGGER = Error "swagger",
        "this is a Swagger {} document, not OpenAPI 3",
        "convert it first, for instance with `swagger2openapi` or https://converter.swagger.io";
    /// A version that is not supported.
    VERSION = Error "version",
        "OpenAPI version `{}` is not supported",
        "use version 3.0 or 3.1";
    /// A version newer than the supported ones.
    NEWER_VERSION = Warning "newer-version",
        "OpenAPI {} is read as version 3.1; newer features are ignored",
        "check that the document does not depend on newer features";
    /// A member of the wrong type.
    WRONG_TYPE = Warning "wrong-type",
        "`{}` must be {}, but is {}; it is ignored",
        "correct the value";
    /// A member of the wrong type that can be converted.
    COERCED = Warning "coerced",
        "`{}` must be {}, but is {}; it is read as `{}`",
        "write the value with the type that the specification requires";
    /// A required member is absent.
    MISSING_MEMBER = Warning "missing-member",
        "{} requires `{}`",
        "add the member";
    /// A member whose name is similar to a known one.
    MISSPELT_MEMBER = Warning "misspelt-member",
        "{} has no member `{}`; it is ignored",
        "correct the name";
    /// A member that the specification does not define.
    UNKNOWN_MEMBER = Note "unknown-member",
        "{} has no member `{}`; it is ignored",
        "start the names of extensions with `x-`";
    /// A value outside a closed list of the specification.
    UNKNOWN_VALUE = Warning "unknown-value",
        "`{}` is not a valid {}",
        "use one of the values that the specification lists";
    /// A key of `responses` that is not a status.
    BAD_STATUS = Warning "bad-status",
        "`{}` is not an HTTP status; the response is ignored",
        "use a status such as `404`, a range such as `4XX`, or `default`";
    /// A path that is a whole URL.
    BAD_PATH = Warning "bad-path",
        "the path `{}` is a whole URL; it is ignored",
        "write only the path, and the rest of the URL under `servers` (those of the path item if no \
         other path uses it)";
    /// A path without its leading slash.
    PATH_SLASH = Warning "path-slash",
        "the path `{}` does not start with `/`; the slash is added",
        "start the path with `/`";
    /// A brace without its counterpart.
    PATH_BRACES = Warning "path-braces",
        "the braces of the path `{}` do not form pairs around names; a single brace is sent as text",
        "write each parameter as `{name}`";
    /// A method that this version of OpenAPI does not have.
    UNKNOWN_METHOD = Warning "unknown-method",
        "`{}` is not a method of a path item; it is ignored",
        "use get, put, post, delete, options, head, patch or trace, in lower case";
    /// A member that the generator does not use.
    UNUSED_MEMBER = Note "unused-member",
        "`{}` of {} does not affect the generated code",
        "no change is needed if that is intended";
    /// A member beside a `$ref` outside of schemas.
    REFERENCE_SIBLING = Warning "reference-sibling",
        "`{}` beside a `$ref` is ignored",
        "move it to the referenced object; only `summary` and `description` are allowed beside a `$ref`";
    /// A key of `content` that is not a media type.
    BAD_MEDIA_TYPE = Warning "bad-media-type",
        "`{}` is not a media type; it is sent unchanged",
        "write it in full, such as `application/json`";
    /// A member of Swagger 2.0.
    SWAGGER_MEMBER = Warning "swagger-member",
        "`{}` is a member of Swagger 2.0; {} of OpenAPI 3 does not have it, so it is ignored",
        "convert the whole document, for instance with `swagger2openapi`";
    /// A parameter without `schema` and `content`.
    NO_SCHEMA = Warning "no-schema",
        "{} has neither `schema` nor `content`; its type is `String`",
        "add a `schema`";
    /// A parameter or header with several media types.
    SEVERAL_MEDIA_TYPES = Warning "several-media-types",
        "the `content` of {} must have one media type, but has {}; `{}` is used",
        "keep only the media type that is sent";
    /// A name that is the empty string.
    EMPTY_NAME = Warning "empty-name",
        "the {} is the empty string; the {} is ignored",
        "give the name that is sent";
    /// A parameter with both `schema` and `content`.
    SCHEMA_AND_CONTENT = Warning "schema-and-content",
        "{} has both `schema` and `content`; `schema` is used",
        "remove one of them";
    /// A path parameter without `required: true`.
    OPTIONAL_PATH_PARAMETER = Warning "optional-path-parameter",
        "the path parameter `{}` is read as required",
        "add `required: true` (OpenAPI 3.0.3, section 4.7.12)";
    /// Parts of a document that the generated client does not support.
    NOT_GENERATED = Note "not-generated",
        "no code is generated for the {} of this document",
        "write those calls by hand";
    /// A security scheme of an unsupported type.
    SECURITY_SCHEME = Warning "security-scheme",
        "security schemes of type `{}` are not supported; the scheme is ignored",
        "configure it on the HTTP client that the generated client is built with";

    // stage: read (references)
    /// The target of a reference does not exist.
    REF_MISSING = Error "ref-missing",
        "`{}` does not exist",
        "correct the reference, or define its target";
    /// The target of a reference is on the network.
    REF_EXTERNAL = Error "ref-external",
        "`{}` refers to the network; the generator fetches nothing",
        "bundle the document into one file first, for instance with `redocly bundle`";
    /// The target of a schema reference is on the network.
    REF_EXTERNAL_SCHEMA = Warning "ref-external-schema",
        "`{}` refers to the network; the generator fetches nothing, so any value is accepted",
        "bundle the document into one file first, for instance with `redocly bundle`";
    /// The target is in a file that could not be read.
    REF_FILE = Error "ref-file",
        "`{}` cannot be followed: {}",
        "correct the reference or add the file; relative paths start at the folder of the file that \
         holds the reference";

    /// `file.yaml#/`, where `file.yaml#` is meant.
    REF_WHOLE_FILE = Note "ref-whole-file",
        "`{}` names the member with the empty name, which does not exist; it is read as the whole file",
        "remove the `#/`";

    // stage: read (overlays)
    /// A file that is not an overlay.
    OVERLAY = Error "overlay",
        "this overlay cannot be applied: {}",
        "write the overlay as https://spec.openapis.org/overlay/v1.0.0.html defines it";
    /// A target that is not a `JSONPath`.
    OVERLAY_TARGET = Error "overlay-target",
        "`{}` is not a JSONPath: {}",
        "write it as RFC 9535 defines it, such as `$.paths['/pets'].get`";
    /// A target that matches nothing.
    OVERLAY_UNMATCHED = Warning "overlay-unmatched",
        "`{}` matches nothing in the document",
        "correct the target, or remove the action if the document no longer needs it";
    /// An update that cannot be merged into its target.
    OVERLAY_MISMATCH = Error "overlay-mismatch",
        "{} cannot be merged into {}",
        "remove the target first, or give an update of the same type";
    /// A reference in an unsupported form.
    REF_FORM = Error "ref-form",
        "`{}` is not a reference that can be followed",
        "refer by a JSON pointer, such as `#/components/schemas/Pet`";
    /// A cycle of references.
    REF_CYCLE = Error "ref-cycle",
        "`{}` leads back to itself",
        "replace one of the references of the cycle by a definition";
    /// A cycle of references among components that the generated client does not depend on.
    UNUSED_REF_CYCLE = Warning "unused-ref-cycle",
        "`{}` leads back to itself, and no operation uses it; {}",
        "replace one of the references of the cycle by a definition, or remove the components";
    /// The target is an object of another kind, but has what is needed.
    REF_KIND_READ = Warning "ref-kind-read",
        "`{}` is {}, but {} is required here; {} (number of such references: {})",
        "refer to an object of the required kind";
    /// The target is an object of another kind.
    REF_KIND = Error "ref-kind",
        "`{}` is {}, but {} is required here",
        "refer to an object of the required kind";
    /// References that multiply the objects they refer to.
    INLINE_BUDGET = Error "inline-budget",
        "the references of this document expand beyond the limit",
        "reduce the number of references to large components";

    // stage: read (schemas)
    /// `type: null` without quotes, or `$ref: null`.
    NULL_KEYWORD = Warning "null-keyword",
        "`{}` is null; {}",
        "write `'null'` in quotes if only null is valid, or remove the keyword";
    /// A type that JSON Schema does not have.
    UNKNOWN_TYPE = Warning "unknown-type",
        "`{}` is not a type; {}",
        "use string, number, integer, boolean, array, object or (3.1) null";
    /// `required: true` inside a property.
    REQUIRED_FLAG = Warning "required-flag",
        "`required: {}` inside a schema has no meaning; it is ignored",
        "list the property under `required` of the object that has it";
    /// A keyword that no generated type enforces.
    UNENFORCED_KEYWORD = Note "unenforced-keyword",
        "`{}` is not enforced; the generated type accepts more than the schema",
        "no change is needed if that is intended";
    /// `text/plain` with `type: integer`, `application/xml` with an object.
    UNDECODED_BODY = Warning "undecoded-body",
        "`{}` is not decoded: the body is {}, though its schema is of type `{}` (number of such bodies: {})",
        "convert the body yourself, or document it as JSON as well";
    /// `if`, `then`, `else`, `dependentSchemas`.
    CONDITIONAL_SCHEMA = Note "conditional-schema",
        "`{}` is not enforced; {} (number of such schemas: {})",
        "no change is needed if that is intended";
    /// `$dynamicRef`, `$recursiveRef`, and `$id` in OpenAPI 3.0.
    IDENTITY_KEYWORD = Warning "identity-keyword",
        "`{}` is not supported; it is ignored",
        "refer by JSON pointers, such as `#/components/schemas/Pet`";
    /// An `enum` without values.
    EMPTY_ENUM = Warning "empty-enum",
        "an empty `enum` allows no value; it is ignored",
        "list the values, or remove the keyword";
    /// A value that occurs twice in an `enum`.
    DUPLICATE_ENUM_VALUE = Warning "duplicate-enum-value",
        "`{}` is listed twice",
        "remove one of them";
    /// A value of an `enum` that the `type` excludes.
    ENUM_VALUE_TYPE = Warning "enum-value-type",
        "`{}` is {}, but the type is {}; {}",
        "quote strings that look like another type, or correct the type";
    /// A minimum above the maximum.
    IMPOSSIBLE_BOUNDS = Warning "impossible-bounds",
        "no value satisfies both `{}` {} and `{}` {}; the bounds appear in the documentation only",
        "correct the bounds";
    /// A default that its schema does not allow.
    DEFAULT_MISMATCH = Warning "default-mismatch",
        "the default is {}, but {}",
        "correct the default or the schema";
    /// Several schemas for additional properties.
    MIXED_ADDITIONAL = Note "mixed-additional",
        "additional properties have several schemas; any value is accepted",
        "give one schema for all of them: the generated map has one value type";
    /// `oneOf: []` and the like.
    EMPTY_LIST = Warning "empty-list",
        "an empty `{}` allows no value; it is ignored",
        "list the schemas, or remove the keyword";
    /// `readOnly` and `writeOnly` on one schema.
    READ_ONLY_AND_WRITE_ONLY = Warning "read-only-and-write-only",
        "a property that is both `readOnly` and `writeOnly` is never transferred; both keywords are \
         ignored",
        "remove one of them";
    /// A mapping to a schema that is not a branch.
    DISCRIMINATOR_BRANCH = Warning "discriminator-branch",
        "`{}` is mapped to `{}`, which is not a branch; such a value is treated as unlisted",
        "add the schema to `oneOf` or `anyOf`";
    /// Branches that do not require the discriminator property.
    DISCRIMINATOR_PROPERTY = Note "discriminator-property",
        "`{}` is the discriminator, but some branches do not require it (number of such branches: {}); \
         a value without it is treated as unlisted",
        "list the property under `required` in each branch";
    /// `minLength` on an integer, for example.
    KEYWORD_MISMATCH = Note "keyword-mismatch",
        "`{}` does not apply to values of type `{}` (number of such schemas: {})",
        "correct the `type`, or remove the keyword";
    /// `multipleOf: 0`.
    MULTIPLE_OF = Warning "multiple-of",
        "`multipleOf` must be greater than 0, but is `{}`; it is ignored",
        "give a number greater than 0";
    /// A pattern that is not a regular expression.
    BAD_PATTERN = Warning "bad-pattern",
        "the pattern `{}` is not a regular expression: {} (number of such schemas: {}); it is ignored",
        "correct the pattern; escape literal special characters with a backslash";
    /// `items` without a `type`, for example.
    UNTYPED = Note "untyped",
        "the schema has `{}` but no `type`; it is read as `{}` (number of such schemas: {})",
        "add the `type`: without it values of every other type are valid as well";
    /// `items` without a `type`, and an example that is an object.
    UNTYPED_VALUE = Warning "untyped-value",
        "the schema has `{}` but no `type`, and one of its values is not of type `{}`; any JSON value is \
         accepted",
        "add the `type`, or correct the value";
    /// `allOf: [{$ref: ...}, {type: object, nullable: true}]`.
    EXCLUDED_NULL = Warning "excluded-null",
        "the schema allows `null`, but another schema that applies with it does not, so `null` is not valid \
         (number of such schemas: {})",
        "if `null` is meant, leave out the `type` beside `nullable: true`, or allow `null` in each of the schemas";
    /// `{type: number, format: int64, example: 1.5}`.
    FRACTION_IN_INTEGER = Warning "fraction-in-integer",
        "`format: {}` is a format of integers, but a bound, example or default is {}; the type is `f64` \
         (number of such schemas: {})",
        "remove the `format` if fractions are meant, or correct the number";
    /// `{type: integer, format: int64, maximum: 18446744073709551615}`.
    BOUND_OUTSIDE_FORMAT = Warning "bound-outside-format",
        "`format: {}` does not include the bound {}; the type is that of the format (number of such bounds: {})",
        "correct the bound or the format; an integer is unsigned if its `minimum` is 0 or more";
    /// `{type: integer, format: int32, example: 3000000000}`.
    EXAMPLE_OUT_OF_RANGE = Warning "example-out-of-range",
        "the type `{}` cannot hold the example or default {} (number of such values: {})",
        "correct the number, or give a `format` or bounds that include it";
    /// A discriminator mapping to a schema that does not exist.
    DISCRIMINATOR_TARGET = Warning "discriminator-target",
        "`{}` is not a schema; the mapping is ignored",
        "map to the name of a component, or to a reference to a schema";

    // lower: operations
    /// Two operations with the same id.
    DUPLICATE_OPERATION_ID = Warning "duplicate-operation-id",
        "another operation already has the operationId `{}`; this one is named by its method and path",
        "give each operation a unique id";
    /// Two ids that become the same Rust name.
    OPERATION_ID_COLLISION = Warning "operation-id-collision",
        "the operationId `{}` becomes the same Rust name as `{}`; this operation is named by its method \
         and path",
        "use ids that differ in more than case and punctuation";
    /// A parameter that is declared twice in one list.
    DUPLICATE_PARAMETER = Warning "duplicate-parameter",
        "the {} parameter `{}` is declared twice; the {} is used",
        "remove one of them";
    /// Header parameters whose names differ in case only.
    HEADERS_DIFFER_IN_CASE = Warning "headers-differ-in-case",
        "the header parameters `{}` and `{}` are one header, since case does not count; the {} is used",
        "remove one of them";
    /// A header parameter that OpenAPI excludes.
    IGNORED_HEADER = Note "ignored-header",
        "the header parameter `{}` is ignored (OpenAPI 3.0.3, section 4.7.12.1)",
        "describe it by a security scheme or by media types, or list it under `client.headers`";
    /// A path parameter that the path does not contain.
    PATH_PARAMETER_NOT_IN_TEMPLATE = Warning "path-parameter-not-in-template",
        "the path parameter `{}` does not occur in `{}`; it is ignored",
        "add it to the path between braces, or remove the parameter";
    /// A name between braces without a declared parameter.
    UNDECLARED_PATH_PARAMETER = Warning "undeclared-path-parameter",
        "`{}` in the path `{}` is not declared; it is read as a required string",
        "declare it as a parameter with `in: path`";
    /// A request body without media types.
    BODY_WITHOUT_CONTENT = Warning "body-without-content",
        "the request body of `{}` has no `content`; it is ignored",
        "list its media types under `content`, or remove the body";
    /// A header that a part of a form cannot have.
    PART_HEADERS = Note "part-headers",
        "the documented header `{}` of the part `{}` cannot be sent: the client sets it, or the name is \
         not valid",
        "remove it, or use a name of letters, digits and dashes";
    /// A 1XX response.
    INFORMATIONAL_RESPONSE = Note "informational-response",
        "the response {} of `{}` is ignored: an informational response precedes the final one",
        "remove it, or document the final response";
    /// An operation without a success response.
    NO_SUCCESS = Warning "no-success-response",
        "`{}` documents no successful response; every 2XX is accepted, and its body is read as bytes",
        "document a 2XX response";
    /// A server URL without a scheme.
    SERVER_URL = Warning "server-url",
        "the server URL `{}` has no scheme; it is read as `{}`",
        "write the URL in full, starting with `https://`";
    /// A server whose URL is the empty string.
    EMPTY_SERVER_URL = Warning "empty-server-url",
        "the URL of this server is empty; the server is ignored",
        "write the URL in full, or `/` for the host of the document";
    /// A variable in a server URL that is not declared.
    UNDECLARED_SERVER_VARIABLE = Warning "undeclared-server-variable",
        "the variable `{}` of a server URL is not declared; its default is empty",
        "declare it under `variables` with a default";
    /// A security scheme that no operation requires.
    UNUSED_SECURITY_SCHEME = Note "unused-security-scheme",
        "no operation requires the security scheme `{}`; it is ignored",
        "list it under `security`, or remove it";
    /// A requirement of a security scheme that does not exist.
    UNKNOWN_SECURITY_SCHEME = Warning "unknown-security-scheme",
        "the security scheme `{}` is not declared; the requirement is ignored",
        "declare it under `components.securitySchemes`";
    /// An HTTP authentication scheme that is not supported.
    UNSUPPORTED_SECURITY_SCHEME = Warning "unsupported-security-scheme",
        "the security scheme `{}` uses the HTTP authentication scheme `{}`, which is not supported",
        "use `basic` or `bearer`, or set the `Authorization` header on each call";
    /// Security schemes without any requirement.
    SECURITY_NOT_REQUIRED = Note "security-not-required",
        "the document declares security schemes, but no `security`; every credential that is set is sent \
         with every operation",
        "add `security` to the document or to its operations";
    /// A header parameter that became a credential.
    HEADER_AS_CREDENTIAL = Note "header-as-credential",
        "the header `{}` is set once on the client as the secret `{}`, since {}",
        "to pass it with each call, set it to `call` under `client.headers`";
    /// A header parameter that became a setting of the client.
    HEADER_ON_CLIENT = Note "header-on-client",
        "the header `{}` is set once on the client as `{}`, since {}",
        "to pass it with each call, set it to `call` under `client.headers`";

    /// A header parameter that the lock file keeps at its place, although a new client would have it elsewhere.
    HEADER_PLACEMENT_KEPT = Note "header-placement-kept",
        "the header `{}` stays {}; without the lock file it would be {}",
        "no change is needed; to move it, list it under `client.headers`";

    // lower: arguments
    /// A required parameter or property that the lock file does not have yet.
    ARGUMENT_ADDED = Note "argument-added",
        "`{}` is a new argument of `{}`; it comes last, so that no existing call passes another value for it",
        "add the argument to the calls that no longer compile";
    /// A function with several arguments of one type, without a lock file.
    ARGUMENT_ORDER_UNLOCKED = Note "argument-order-unlocked",
        "no lock file keeps the order of the arguments of `{}`{}, which have the same type: if the document lists them in another order, existing calls still compile, but pass the wrong values",
        "commit a `codegen.lock`: the command writes it beside a `codegen.toml`, or where `--lock` says";

    // lower: selection
    /// A selection that matches no operation.
    SELECTION_UNMATCHED = Warning "selection-unmatched",
        "the selected {} `{}` matches no operation",
        "correct the selection: tags, path templates and ids are compared literally";

    // lower: errors
    /// The property from which error codes are read.
    CODE_PLACE = Note "code-place",
        "error codes are read from `{}` (error bodies that have it: {} of {}; with documented codes: {})",
        "if the codes are elsewhere, set `error-model.code` to their JSON pointer";
    /// `error-model.everywhere` names an unknown code.
    UNKNOWN_EVERYWHERE_CODE = Warning "unknown-everywhere-code",
        "`error-model.everywhere` names `{}`, which no catalogue lists",
        "name a code of the catalogue";

    // check
    /// Two paths that match the same URLs.
    SAME_ROUTE = Warning "same-route",
        "`{}` and `{}` are the same route: only {} differ",
        "remove one of them: a server cannot distinguish them";
    /// A parameter that occurs twice in a path.
    REPEATED_PLACEHOLDER = Note "repeated-placeholder",
        "the path `{}` contains `{}` more than once; the same value is sent at each place",
        "give each place a name of its own";
    /// An encoding for a property that the schema does not describe.
    ENCODING_WITHOUT_PROPERTY = Warning "encoding-without-property",
        "the schema of `{}` has no property `{}`; its `encoding` is ignored",
        "correct the name, or describe the property";
    /// A style that the specification does not define for the type of the parameter.
    UNDEFINED_STYLE = Warning "undefined-style",
        "OpenAPI does not define the style {} for {}; the {} parameter `{}` is sent as {} (number of such \
         operations: {})",
        "choose a style that is defined for all values of the parameter";
    /// An operation of a webhook with the id of another operation.
    REPEATED_WEBHOOK_ID = Note "repeated-webhook-id",
        "another operation has the operationId `{}` of this webhook; no code is generated for webhooks",
        "give each operation a unique id";
    /// A default of null that the schema does not allow.
    NULL_DEFAULT = Warning "null-default",
        "the default is null, but the schema does not allow null; it appears in the documentation only (number \
         of such schemas: {})",
        "allow null (`nullable: true`, or in 3.1 `null` among the types), or remove the default";
    /// A member of OpenAPI 3.1 in a document of 3.0.
    NEWER_MEMBER = Note "newer-member",
        "`{}` of {} is defined by OpenAPI 3.1, but the document is of version 3.0 (number of such members: {})",
        "write `openapi: 3.1.0`, or remove the member";
    /// Operations without error responses.
    NO_ERRORS = Note "no-documented-errors",
        "some operations document no errors (number: {}; the first: `{}`); their failures are \
         `Error::Undocumented`",
        "document their error responses";

    // audit
    /// An error response without codes, where others have them.
    ERROR_WITHOUT_CODE = Note "error-without-code",
        "the response {} of `{}` documents no code, while other error responses do; its status alone \
         identifies it",
        "document the codes that it can have";
    /// A code that only the document has.
    CODE_NOT_IN_CATALOGUE = Warning "code-not-in-catalogue",
        "the document uses the code `{}`, which the catalogue does not list",
        "add an entry for it to the catalogue, with its status, message and suggested action";
    /// A code that only the catalogue has.
    CODE_NOT_IN_DOCUMENT = Note "code-not-in-document",
        "the catalogue lists the code `{}`, which no response of the document mentions",
        "add it to the responses of the operations that can return it; if no operation can, accept this \
         finding";
    /// Two messages for one code.
    MESSAGE_DIFFERS = Warning "message-differs",
        "the document gives `{}` the message \u{201c}{}\u{201d}, which the catalogue does not list",
        "quote the message that the API sends in both sources";
    /// Two suggested actions for one code.
    ACTION_DIFFERS = Warning "action-differs",
        "the document gives `{}` the suggested action \u{201c}{}\u{201d}, which the catalogue does not \
         list",
        "suggest the same action in both sources, or in only one";
    /// Two statuses for one code.
    STATUS_DIFFERS = Warning "status-differs",
        "the document gives `{}` the status {}, the catalogue {}; both are accepted",
        "correct the source that is wrong";
    /// One code under two titles.
    CODE_UNDER_TWO_TITLES = Warning "code-under-two-titles",
        "\u{201c}{}\u{201d} has the code `{}`, which belongs to \u{201c}{}\u{201d}",
        "give it a code of its own, or correct its title: callers cannot distinguish the two";
    /// Prose describes a status that no response has.
    STATUS_ONLY_IN_PROSE = Warning "status-only-in-prose",
        "the status {} is described here, but {}",
        "add a response for it, with its codes, to each operation that can return it";
    /// A list of statuses in prose lacks a documented one.
    STATUS_NOT_IN_PROSE = Note "status-not-in-prose",
        "the status {} is documented for `{}`, but is missing from {}",
        "add it to the list";
    /// Two codes with nearly the same spelling.
    CODE_LOOKS_MISSPELT = Warning "code-looks-misspelt",
        "the code `{}` looks like a misspelling of `{}`",
        "correct the one that the API does not send; if it sends both, accept this finding";
    /// Two codes with the same description.
    DESCRIPTION_REPEATED = Note "description-repeated",
        "the code `{}` has the same description as `{}`",
        "describe how the two differ";
    /// A header parameter in place of a security scheme.
    AUTHENTICATION_BY_PARAMETER = Warning "authentication-by-parameter",
        "the header parameter `{}` authenticates requests, but no security scheme declares it",
        "declare it under `components.securitySchemes` with `type: apiKey`, and require it with \
         `security`";
    /// An accepted finding that does not occur.
    ACCEPTED_NOT_FOUND = Warning "accepted-not-found",
        "this entry accepts `{}` at `{}`, but there is no such finding",
        "remove the entry, or correct its `rule` and `at`";

    // catalogue
    /// A source without any entry.
    CATALOGUE_EMPTY = Error "catalogue-empty",
        "no error code was found in this list; searched for {}",
        "check that this page lists the codes, or name its form";
    /// A source that lists HTTP statuses and no codes.
    CATALOGUE_STATUSES_ONLY = Warning "catalogue-statuses-only",
        "this list explains HTTP statuses ({}) and has no error codes; the statuses are compared with \
         the document's",
        "name the page that lists the codes, if there is one";
    /// Facts without the code they belong to.
    CATALOGUE_ENTRY_WITHOUT_CODE = Warning "catalogue-entry-without-code",
        "an entry has no code: {}; it is ignored",
        "restore the code above this line, or add another copy of the page as a further source";
    /// A line that continues the line above.
    CATALOGUE_LINE_JOINED = Note "catalogue-line-joined",
        "`{}` is read as the continuation of the line above",
        "write both on one line if they belong together, or separate them with an empty line";
    /// A line among the entries that was not read.
    CATALOGUE_LINE_IGNORED = Note "catalogue-line-ignored",
        "this line is ignored: {}",
        "no change is needed if it is not part of the list";
    /// An example payload that is not valid JSON.
    CATALOGUE_MALFORMED_PAYLOAD = Warning "catalogue-malformed-payload",
        "this example is not valid JSON: {}; it is read as if it were corrected",
        "correct the example";
    /// Two sources that disagree about one code.
    CATALOGUE_CONFLICT = Warning "catalogue-conflict",
        "two sources differ in the {} of `{}`; both are accepted, or the first where only one is possible",
        "correct the source that is wrong";
    /// A code that one source lists twice.
    CATALOGUE_DUPLICATE_CODE = Warning "catalogue-duplicate-code",
        "`{}` is listed more than once; the entries are merged",
        "merge the entries into one";
    /// An entry without a status, where others have one.
    CATALOGUE_ENTRY_WITHOUT_STATUS = Note "catalogue-entry-without-status",
        "`{}` has no HTTP status, while other entries of the list have one",
        "add its status";
    /// A column with an unknown header, read as the description.
    CATALOGUE_COLUMN_GUESSED = Note "catalogue-column-guessed",
        "the {} is read as the description of the codes",
        "name the column `Message`, `Description` or `Explanation`";
    /// A row without a status, below one with a status.
    CATALOGUE_STATUS_CARRIED = Note "catalogue-status-carried",
        "the row of `{}` has no status; it gets the status of the rows above, {}",
        "write the status into each row";
    /// A status that only the text of an entry mentions.
    CATALOGUE_STATUS_FROM_PROSE = Note "catalogue-status-from-prose",
        "`{}` gets the status {}, which its text mentions",
        "if that is wrong, write its status as a separate fact";
    /// A plain word that is read as a code.
    CATALOGUE_CODE_GUESSED = Note "catalogue-code-guessed",
        "`{}` is read as a code, since its neighbours are codes",
        "if it is not a code, move it away from the codes";
    /// A code without any facts.
    CATALOGUE_CODE_WITHOUT_FACTS = Note "catalogue-code-without-facts",
        "the list gives only the name of `{}`",
        "add its status and message, or accept this finding";

    // stage: lock
    /// `codegen.lock` is not in the format of this tool.
    LOCK_SYNTAX = Error "lock-syntax",
        "the lock file cannot be read: {}",
        "restore the file from version control, or correct it by hand";
    /// A name in the lock file that is not valid or not unique.
    LOCK_NAME = Error "lock-name",
        "`{}` cannot be the name of `{}`: {}",
        "choose another name, or delete the line: the next run assigns a new name";
    /// Merge conflict markers in the lock file.
    LOCK_CONFLICT = Error "lock-conflict",
        "the lock file contains the conflict markers of an unfinished merge",
        "keep the lines of both sides and delete the markers; of two lines with the same key keep the \
         one that was released first, and generate again";

    // lower: names
    /// A component name that the specification does not allow.
    COMPONENT_NAME = Warning "component-name",
        "`{}` is not a valid component name (OpenAPI 3.0.3, section 4.7.7)",
        "use letters from A to Z, digits, dots, hyphens and underscores; other tools may reject it";
    /// An inline type that now has the shape of another type.
    NAME_BECOMES_ALIAS = Note "name-becomes-alias",
        "`{}` now has the same shape as `{}` ({}); its name `{}` becomes an alias",
        "delete its line in the lock file once no caller uses the old name";

    // lower: samples
    /// `example: '{"a": 1}'`.
    EXAMPLE_TEXT = Note "example-text",
        "the example is a string that holds JSON; it is read as that JSON (number of such examples: {})",
        "give the value itself, as JSON or YAML";
    /// An example that its schema does not allow.
    EXAMPLE_INVALID = Warning "example-invalid",
        "the example does not match its schema: {}",
        "correct the example or the schema";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_kebab_case_and_unique() {
        let mut names: Vec<&str> = ALL.iter().map(|rule| rule.name).collect();
        assert!(names.iter().all(|name| {
            name.bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        }));
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn arguments_are_inserted_in_order_and_truncated() {
        assert_eq!(MISSING_MEMBER.fill(&[&"a tag", &"name"]), "a tag requires `name`");
        assert_eq!(
            VERSION.fill(&[&"9".repeat(1000)]).len(),
            VERSION.message.len() - 2 + MAX_ARGUMENT_CHARS + 3
        );
    }
}
