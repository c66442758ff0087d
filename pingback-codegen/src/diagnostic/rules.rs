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

/// As much of what fills a blank as is shown, in characters.
const LONGEST_ARGUMENT: usize = 300;

impl Rule {
    /// The message with its blanks filled.
    #[must_use]
    pub fn fill(&self, args: &[&dyn std::fmt::Display]) -> String {
        let mut parts = self.message.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut args = args.iter();
        for part in parts {
            if let Some(arg) = args.next() {
                let arg = arg.to_string();
                // A name of the document may be of any length.
                match arg.char_indices().nth(LONGEST_ARGUMENT) {
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
    SYNTAX = Error "syntax", "this is not well-formed: {}",
        "mend the text at this place; nothing after it could be read";

    // lower: types
    /// Arrays of arrays of arrays.
    NESTED_TOO_DEEP = Warning "nested-too-deep", "arrays and maps lie more than {} deep within one another",
        "what lies deeper is taken as any JSON; give a part of it a name of its own under components";
    /// `$ref` and `allOf` alone lead back to where they began.
    REFERENCE_CYCLE = Error "reference-cycle", "`{}` is defined by nothing but itself",
        "break the cycle of `$ref` and `allOf`: one of these schemas has to say what it is";
    /// A chain of `$ref` and `allOf` that goes on and on.
    DEFINITION_CHAIN_TOO_LONG = Warning "definition-chain-too-long", "this is more than {} steps of `$ref` and `allOf` away from what it is part of",
        "it is not looked at from there; shorten the chain of definitions";
    /// `allOf` of a string and an object.
    CONTRADICTION = Warning "contradiction", "no value can satisfy all that is asked here",
        "it is taken as any JSON; make the types and values that have to hold together agree";
    /// Bounds or examples of an integer beyond what any type of Rust holds.
    BIG_INTEGER = Note "big-integer", "an integer here may have more than 128 bits",
        "it is kept by its digits, as `Integer`; a `maximum` and `minimum` of 64 or 128 bits make it a number";
    /// `prefixItems` that may be cut short or go on.
    OPEN_TUPLE = Note "open-tuple", "the array has different items, but not a fixed number of them",
        "it is taken as an array of any JSON; say `minItems` and `items: false` to make it a tuple";
    /// `required: [x]` without `x` among the properties.
    REQUIRED_UNDESCRIBED = Note "required-undescribed", "`{}` is required, but no property of that name is described",
        "the property is taken as any JSON; describe it under `properties`";
    /// Branches of a union that a value can't choose between.
    AMBIGUOUS_BRANCHES = Note "ambiguous-branches", "nothing tells a value of `{}` from one of `{}`",
        "the branch that keeps most of a value is taken; add a discriminator, or a property that each requires for itself";
    /// A mapping to a branch whose own property allows other values.
    DISCRIMINATOR_CONTRADICTED = Warning "discriminator-contradicted",
        "no value of `{}` that is mapped to `{}` is one that it allows",
        "the branch is told by the values of its own property; map those, or correct the property";
    // lower: limits that are checked
    /// A schema to be checked that is not there.
    CHECKED_UNKNOWN = Error "checked-unknown", "no schema is `{}`, which is to be checked",
        "give the name of a component schema, the JSON pointer of any schema (`/components/schemas/Pet/properties/name`), or `\"all\"`";
    /// A schema to be checked that has no limits.
    CHECKED_WITHOUT_LIMITS = Warning "checked-without-limits", "`{}` is to be checked, and has no limits that could be",
        "name a string, number, array or map with limits such as `maxLength`, or leave it out: of an object, name its properties";
    /// A pattern that is no regular expression.
    PATTERN_UNREADABLE = Warning "pattern-unreadable", "`{}` is no regular expression of ECMA-262 that could be checked",
        "correct the pattern; until then values are held to the other limits only";
    /// Limits that no type keeps.
    LIMITS_UNCHECKED = Note "limits-unchecked", "{} is not checked, and stays documentation",
        "of an object say with `required` which members have to be there; of an integer give a `format` or bounds that fit 128 bits";
    /// A response with several media types, of which one is asked for.
    OTHER_MEDIA_TYPES = Note "other-media-types", "of this response `{}` is asked for, and never `{}`",
        "to get another, send an `Accept` of your own with `customize` to an operation that declares only that";
    /// An error with several media types, of which one is read.
    ERROR_MEDIA_TYPES = Note "error-media-types", "this error is read as `{}`, and never as `{}`",
        "describe the same body for all of them; until then another one is `Error::Decode`, with its headers and bytes";
    // lower: headers of responses
    /// A header that the media types tell of.
    IGNORED_RESPONSE_HEADER = Note "ignored-response-header", "the header `{}` of a response is ignored, as OpenAPI says",
        "leave it to the media types of the response, which tell it";
    /// A header that cannot be sent.
    HEADER_NAME = Warning "header-name", "`{}` is no name that a header can have",
        "use letters, digits and dashes; until then the header is left out";
    /// Two headers that are one.
    REPEATED_HEADER = Warning "repeated-header", "the headers `{}` and `{}` of a response are one, since case does not count",
        "remove one of the two; the first is used";
    /// A header that is more than a header can hold.
    HEADER_AS_TEXT = Note "header-as-text", "the header `{}` is read as text: {}",
        "describe a scalar, a list or an object of scalars, or `content` of `application/json`";
    /// One header of two types.
    HEADER_DIFFERS = Note "header-differs", "the header `{}` is of another type in another response of the same operation",
        "describe it in the same way everywhere, best once under `components`; until then it is read as text";
    /// Branches that are read as one struct, since nothing tells them apart.
    MERGED_BRANCHES = Note "merged-branches", "nothing tells the branches apart",
        "one struct has the members of all, each optional; add a discriminator to get an enum";
    /// More than one group of alternatives at one place.
    SEVERAL_UNIONS = Warning "several-unions", "several groups of alternatives hold at once, with too many combinations",
        "it is taken as any JSON; merge the groups into one";
    /// A union that is one of its own branches.
    UNION_OF_ITSELF = Warning "union-of-itself", "a branch of `{}` is the union itself",
        "the branch is left out, since it says nothing; remove it";
    // stage: render
    /// A mistake of this program, not of its inputs.
    INTERNAL = Error "internal", "{}",
        "please report it with the inputs that show it";

    // the edges: inputs and configuration
    /// Neither a document nor a catalogue.
    NO_INPUT = Error "no-input", "there is neither an OpenAPI document nor an error catalogue to generate from",
        "name at least one of them";
    /// A text in another encoding.
    NOT_UTF8 = Warning "not-utf8", "this is not UTF-8: the byte {}",
        "save the file as UTF-8; each broken sequence was replaced by U+FFFD";
    /// `codegen.toml` is not TOML.
    CONFIG_SYNTAX = Error "config-syntax", "this is not well-formed TOML: {}",
        "mend the file at this place (https://toml.io/en/v1.0.0)";
    /// A key that does not exist, or a value that does not fit.
    CONFIG_VALUE = Error "config-value", "{}",
        "see the configuration section of the README for all keys and their values";
    /// A key that an output needs.
    CONFIG_MISSING = Error "config-missing", "this output has no `{}`",
        "add the key to its `[[output]]` table";
    /// A name that cannot be a crate's.
    CONFIG_NAME = Error "config-name", "`{}` cannot be the name of a crate: {}",
        "use lower-case ASCII letters, digits, `-` and `_`, with a letter first";
    /// Two outputs that share a name or a folder.
    CONFIG_TWICE = Error "config-twice", "another output has the {} `{}` already",
        "give each output a name and a folder of its own";
    /// A text without any value.
    EMPTY_TEXT = Error "empty-text", "there is nothing in this text",
        "give an OpenAPI document in YAML or JSON";
    /// Nesting beyond any sense.
    TOO_DEEP = Error "too-deep", "values are nested more than {} levels deep",
        "no OpenAPI document needs that; take the nested part out";
    /// Aliases that multiply.
    ALIAS_BUDGET = Error "alias-budget", "the aliases of this text expand to too much",
        "write the repeated part as a component and refer to it with `$ref`";
    /// One name twice in a mapping.
    DUPLICATE_KEY = Warning "duplicate-key", "`{}` is given twice; the last one counts",
        "remove one of the two";
    /// A mapping or sequence as a key.
    COMPLEX_KEY = Warning "complex-key", "a key that is no plain text is left out with its value",
        "JSON's data model has only texts as keys";
    /// A YAML tag that has no meaning here.
    UNKNOWN_TAG = Warning "unknown-tag", "the tag `{}` is ignored",
        "only the tags of YAML's core schema are known";
    /// `<<` with something that cannot be merged.
    MERGE_KEY = Warning "merge-key", "`<<` needs a mapping or a list of mappings; it is ignored",
        "quote the key if it is meant as a name";
    /// Infinities and the like.
    NUMBER_RANGE = Warning "number-range", "`{}` is no number that JSON can hold; it is taken as text",
        "give a finite number";
    /// More than one document in a stream.
    SEVERAL_DOCUMENTS = Warning "several-documents", "only the first document of this text is read",
        "split the text into a file for each document";

    // stage: read (the document)
    /// Something else altogether.
    NOT_OPENAPI = Error "not-openapi", "this is not an OpenAPI document: {}",
        "an OpenAPI document is a mapping with `openapi: 3.0.x` or `3.1.x` at its top";
    /// Swagger 2.0 and older.
    SWAGGER = Error "swagger", "this is a Swagger {} document, not OpenAPI 3",
        "convert it first, for instance with `swagger2openapi` or https://converter.swagger.io";
    /// A version that is not read.
    VERSION = Error "version", "OpenAPI version `{}` is not known",
        "3.0 and 3.1 are read";
    /// A version newer than what is known.
    NEWER_VERSION = Warning "newer-version", "OpenAPI {} is read as if it were 3.1",
        "what is new in it is ignored";
    /// A member of the wrong type.
    WRONG_TYPE = Warning "wrong-type", "`{}` must be {}, not {}; it is left out",
        "correct the value";
    /// A member of the wrong type that can be understood all the same.
    COERCED = Warning "coerced", "`{}` must be {}, not {}; it is taken as `{}`",
        "write it as the specification asks";
    /// Something required is not there.
    MISSING_MEMBER = Warning "missing-member", "{} needs `{}`",
        "add it";
    /// A name that is close to a known one.
    MISSPELT_MEMBER = Warning "misspelt-member", "{} has no member `{}`; it is ignored",
        "correct the name";
    /// A name that means nothing here.
    UNKNOWN_MEMBER = Note "unknown-member", "{} has no member `{}`; it is ignored",
        "names of extensions start with `x-`";
    /// A value out of a closed list.
    UNKNOWN_VALUE = Warning "unknown-value", "`{}` is no {}",
        "use one of those that the specification lists";
    /// A key of `responses` that is no status.
    BAD_STATUS = Warning "bad-status", "`{}` is no HTTP status; the response is left out",
        "use a status such as `404`, a range such as `4XX`, or `default`";
    /// A path that says more than a path.
    BAD_PATH = Warning "bad-path", "the path `{}` is a whole URL; it is left out",
        "paths are appended to the server's URL: name that under `servers`, if need be of the path itself";
    /// A path whose slash was forgotten.
    PATH_SLASH = Warning "path-slash", "the path `{}` does not start with `/`; it is taken as if it did",
        "paths are appended to the server's URL, so they start with `/`";
    /// A brace that opens nothing, or closes nothing.
    PATH_BRACES = Warning "path-braces", "the braces of the path `{}` are not in pairs around names",
        "a brace that belongs to no parameter is sent as it is; write each parameter as `{name}`";
    /// A method that HTTP or this version of OpenAPI does not have.
    UNKNOWN_METHOD = Warning "unknown-method", "`{}` is no method of a path item; nothing is generated from it",
        "the methods are get, put, post, delete, options, head, patch and trace, in small letters";
    /// A member that says more than is made of it.
    UNUSED_MEMBER = Note "unused-member", "`{}` of {} has no effect on what is generated",
        "nothing needs to be done if that is fine";
    /// A member beside a `$ref` that is no schema's.
    REFERENCE_SIBLING = Warning "reference-sibling", "`{}` beside a `$ref` is ignored",
        "only `summary` and `description` may stand there; put it into what is referred to";
    /// Something else than a media type.
    BAD_MEDIA_TYPE = Warning "bad-media-type", "`{}` is no media type",
        "write it in full, such as `application/json`; it is sent as it is";
    /// A member of Swagger 2.0.
    SWAGGER_MEMBER = Warning "swagger-member", "`{}` is a member of Swagger 2.0; in {} of OpenAPI 3 it is ignored",
        "convert the document as a whole, for instance with `swagger2openapi`";
    /// A parameter that says nothing of its values.
    NO_SCHEMA = Warning "no-schema", "{} has neither `schema` nor `content`; any text is allowed",
        "say what its values are";
    /// A parameter that says it twice.
    SCHEMA_AND_CONTENT = Warning "schema-and-content", "{} has both `schema` and `content`; `schema` counts",
        "remove one of the two";
    /// A path parameter that is not marked as required.
    OPTIONAL_PATH_PARAMETER = Warning "optional-path-parameter", "the path parameter `{}` is taken as required",
        "add `required: true`: a path without it is another path";
    /// What the generated client has no place for.
    NOT_GENERATED = Note "not-generated", "nothing is generated from the {} of this document",
        "write the calls they tell of by hand";
    /// A security scheme that is not supported.
    SECURITY_SCHEME = Warning "security-scheme", "security schemes of type `{}` are not supported; it is left out",
        "configure it on the HTTP client that the generated client is built from";

    // stage: read (references)
    /// The target does not exist.
    REF_MISSING = Error "ref-missing", "`{}` does not exist",
        "correct the reference or define its target";
    /// The target would have to be fetched.
    REF_EXTERNAL = Error "ref-external", "`{}` refers to the network, from which nothing is fetched",
        "bundle the document into one file first, for instance with `redocly bundle`";
    /// A schema that would have to be fetched.
    REF_EXTERNAL_SCHEMA = Warning "ref-external-schema",
        "`{}` refers to the network, from which nothing is fetched; any value is allowed",
        "bundle the document into one file first, for instance with `redocly bundle`";
    /// The target is in a file that could not be read.
    REF_FILE = Error "ref-file", "`{}` cannot be followed: {}",
        "paths start at the folder of the file that refers; correct the reference or add the file";

    // stage: read (overlays)
    /// Something else than an overlay.
    OVERLAY = Error "overlay", "this overlay cannot be applied: {}",
        "see https://spec.openapis.org/overlay/v1.0.0.html";
    /// A target that is no `JSONPath`.
    OVERLAY_TARGET = Error "overlay-target", "`{}` is no JSONPath: {}",
        "write it as RFC 9535 says, such as `$.paths['/pets'].get`";
    /// A target that is not there.
    OVERLAY_UNMATCHED = Warning "overlay-unmatched", "`{}` matches nothing in the document",
        "correct the target; if what it mends has been mended at the source, remove the action";
    /// An update that does not fit what it is merged into.
    OVERLAY_MISMATCH = Error "overlay-mismatch", "{} cannot be merged into {}",
        "remove the target first, or give an update of the same kind";
    /// The target is named in a way that is not supported.
    REF_FORM = Error "ref-form", "`{}` is no reference that can be followed",
        "refer by a JSON pointer, such as `#/components/schemas/Pet`";
    /// References that go round in circles.
    REF_CYCLE = Error "ref-cycle", "`{}` leads back to itself",
        "one of the references on the way must be replaced by a definition";
    /// The target is of another kind.
    REF_KIND = Error "ref-kind", "`{}` is {}, where {} is needed",
        "refer to something of the right kind";
    /// References that multiply what they point at.
    INLINE_BUDGET = Error "inline-budget", "the references of this document expand to too much",
        "reduce the number of references to large components";

    // stage: read (schemas)
    /// A type that JSON Schema does not have.
    UNKNOWN_TYPE = Warning "unknown-type", "`{}` is no type; {}",
        "the types are string, number, integer, boolean, array, object and (3.1) null";
    /// `required: true` inside a property.
    REQUIRED_FLAG = Warning "required-flag", "`required: {}` inside a schema means nothing and is ignored",
        "name the property in the `required` list of the object that has it";
    /// A keyword that says more than a type can.
    UNENFORCED_KEYWORD = Note "unenforced-keyword", "`{}` is not looked at; the generated type allows more than the schema",
        "nothing needs to be done if that is fine";
    /// `$id`, `$anchor`, `$dynamicRef`.
    IDENTITY_KEYWORD = Warning "identity-keyword", "`{}` is not supported and is ignored",
        "refer by JSON pointers, such as `#/components/schemas/Pet`";
    /// An `enum` that allows nothing.
    EMPTY_ENUM = Warning "empty-enum", "an empty `enum` would allow no value; it is ignored",
        "list the values or remove the keyword";
    /// One value twice in an `enum`.
    DUPLICATE_ENUM_VALUE = Warning "duplicate-enum-value", "`{}` is listed twice",
        "remove one of the two";
    /// A value in an `enum` that the type rules out.
    ENUM_VALUE_TYPE = Warning "enum-value-type", "`{}` is {}, but the type is {}; {}",
        "quote texts that look like something else, or correct the type";
    /// A minimum above the maximum.
    IMPOSSIBLE_BOUNDS = Warning "impossible-bounds", "no value is allowed by `{}` {} and `{}` {}",
        "correct the bounds; they are documented, but not held against values";
    /// A default that is no value of its schema.
    DEFAULT_MISMATCH = Warning "default-mismatch", "the default is {}, but {}",
        "correct the default or the schema";
    /// Several kinds of further properties.
    MIXED_ADDITIONAL = Note "mixed-additional", "further properties have several schemas; any value is allowed",
        "the generated map has one type for all its values";
    /// `oneOf: []` and the like.
    EMPTY_LIST = Warning "empty-list", "an empty `{}` would allow no value; it is ignored",
        "list the schemas or remove the keyword";
    /// `readOnly` and `writeOnly` of one thing.
    READ_ONLY_AND_WRITE_ONLY = Warning "read-only-and-write-only", "what is `readOnly` and `writeOnly` at once could never be seen; both are ignored",
        "keep the one that is meant";
    /// A mapping to what is no branch.
    DISCRIMINATOR_BRANCH = Warning "discriminator-branch", "`{}` is mapped to `{}`, which is none of the branches",
        "list it under `oneOf` or `anyOf`; until then such a value is one that the document does not list";
    /// Branches in which the telling property may be absent.
    DISCRIMINATOR_PROPERTY = Note "discriminator-property", "`{}` tells the branches apart, but {} of them do not require it",
        "require it in each branch; a value without it is one that the document does not list";
    /// `minLength` of an integer.
    KEYWORD_MISMATCH = Note "keyword-mismatch", "`{}` says nothing of a value of type `{}` (such schemas: {})",
        "correct the `type`, or remove what does not belong to it";
    /// `multipleOf: 0`.
    MULTIPLE_OF = Warning "multiple-of", "nothing is a multiple of `{}`",
        "`multipleOf` is ignored here; give a number greater than 0";
    /// A pattern with a bracket too many.
    BAD_PATTERN = Warning "bad-pattern", "`{}` is no regular expression: {} (such schemas: {})",
        "the pattern is ignored; escape what stands for itself with a backslash";
    /// `items` and no `type`.
    UNTYPED = Note "untyped", "there is `{}` here and no `type`; it is taken as `{}` (such schemas: {})",
        "say the `type`: without it any value is allowed that is of another";
    /// `items` and no `type`, and an example that is an object.
    UNTYPED_VALUE = Warning "untyped-value", "there is `{}` here and no `type`, and yet a value is no `{}`",
        "it is taken as any JSON; say the `type`, or mend the value";
    /// A discriminator value without a schema.
    DISCRIMINATOR_TARGET = Warning "discriminator-target", "`{}` is no schema; the mapping is ignored",
        "map to the name of a component or a reference to a schema";

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
    /// A name between braces that no parameter declares.
    UNDECLARED_PATH_PARAMETER = Warning "undeclared-path-parameter",
        "`{}` in the path `{}` is not declared",
        "declare it as a parameter with `in: path`; it is taken as a required string";
    /// A request body of no media type.
    BODY_WITHOUT_CONTENT = Warning "body-without-content",
        "the request body of `{}` has no content",
        "list its media types under `content`, or remove the body; it is left out";
    /// A header that no part can have, or that is the form's own.
    PART_HEADERS = Note "part-headers", "the documented header `{}` of the part `{}` cannot be sent",
        "`Content-Disposition` is made of the part's name and that of its file; other names need letters, digits and dashes";
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

    /// A header that stays where it was given before, though the document alone would have it elsewhere by now.
    HEADER_PLACEMENT_KEPT = Note "header-placement-kept",
        "the header `{}` stays {}; by what the document says now it would be {}",
        "nothing breaks; choose under `client.headers` where it is to be given";

    // lower: selection
    /// A selection of what is not there.
    SELECTION_UNMATCHED = Warning "selection-unmatched", "the selection names the {} `{}`, which no operation has",
        "correct it: tags, path templates and ids are compared letter by letter";

    // lower: errors
    /// Where error codes are read from.
    CODE_PLACE = Note "code-place",
        "error codes are read from `{}`: {} of {} error bodies have it, {} with codes",
        "set `error-model.code` to another JSON pointer if that is wrong";
    /// A chosen code that nobody knows.
    UNKNOWN_EVERYWHERE_CODE = Warning "unknown-everywhere-code",
        "`error-model.everywhere` names `{}`, which no catalogue lists",
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

    // audit
    /// A response without codes where others have them.
    ERROR_WITHOUT_CODE = Note "error-without-code",
        "the response {} of `{}` documents no code, while other error responses do",
        "give it the codes it can have; until then it is told apart by its status";
    /// A code that only the document has.
    CODE_NOT_IN_CATALOGUE = Warning "code-not-in-catalogue",
        "the document names the code `{}`, which the catalogue lacks",
        "add an entry for it to the catalogue, with its status, message and what to do";
    /// A code that only the catalogue has.
    CODE_NOT_IN_DOCUMENT = Note "code-not-in-document",
        "the catalogue lists the code `{}`, which no response of the document mentions",
        "add it to the responses of the operations that can return it; if none can, accept this";
    /// Two messages for one code.
    MESSAGE_DIFFERS = Warning "message-differs",
        "the document gives `{}` the message \u{201c}{}\u{201d}, which the catalogue does not know",
        "let both sources quote the message that the API sends";
    /// Two pieces of advice for one code.
    ACTION_DIFFERS = Warning "action-differs",
        "the document gives `{}` the suggested action \u{201c}{}\u{201d}, which the catalogue does not know",
        "let both sources advise the same, or leave it to one of them";
    /// Two statuses for one code.
    STATUS_DIFFERS = Warning "status-differs",
        "the document gives `{}` the status {}, the catalogue {}",
        "correct the source that is wrong; until then both are believed";
    /// One code for two things.
    CODE_UNDER_TWO_TITLES = Warning "code-under-two-titles",
        "\u{201c}{}\u{201d} has the code `{}`, which is that of \u{201c}{}\u{201d}",
        "give it a code of its own, or correct its title: callers cannot tell the two apart";
    /// Prose mentions a status that no response has.
    STATUS_ONLY_IN_PROSE = Warning "status-only-in-prose",
        "the status {} is described here, but {}",
        "add a response for it, with its codes, to each operation that can return it";
    /// Prose lists statuses without one that a response has.
    STATUS_NOT_IN_PROSE = Note "status-not-in-prose",
        "the status {} is documented for `{}`, but {} lacks it",
        "add it to the list";
    /// Two codes that are nearly one.
    CODE_LOOKS_MISSPELT = Warning "code-looks-misspelt",
        "the code `{}` looks like `{}` misspelt",
        "correct the one that the API does not send; if it sends both, accept this";
    /// Two codes that say the same.
    DESCRIPTION_REPEATED = Note "description-repeated",
        "the code `{}` has the same description as `{}`",
        "say how the two differ; until then only the code itself tells them apart";
    /// A secret header instead of a security scheme.
    AUTHENTICATION_BY_PARAMETER = Warning "authentication-by-parameter",
        "the header parameter `{}` authenticates requests, but no security scheme declares it",
        "declare it under `components.securitySchemes` with `type: apiKey`, and require it with `security`";
    /// An example that is not valid.
    EXAMPLE_REFUSED = Warning "example-refused",
        "this example is refused by its own schema: {}",
        "correct the example or the schema";
    /// An accepted finding that is not there.
    ACCEPTED_NOT_FOUND = Warning "accepted-not-found",
        "nothing was found by `{}` at `{}`, which is accepted here",
        "remove the entry: what it accepted is gone, or is now about something else";

    // catalogue
    /// A source in which no reader finds an entry.
    CATALOGUE_EMPTY = Error "catalogue-empty", "no error code was found in this list; looked for {}",
        "check that this is the page that lists the codes, or name its form";
    /// A source that explains HTTP statuses, and no codes.
    CATALOGUE_STATUSES_ONLY = Warning "catalogue-statuses-only",
        "this list tells what HTTP statuses mean ({}), and has no codes of the API's own",
        "name the page that has codes, if there is one; the statuses are compared with those of the document";
    /// Facts of an entry without the code they belong to.
    CATALOGUE_ENTRY_WITHOUT_CODE = Warning "catalogue-entry-without-code",
        "an entry has lost its code: {}",
        "put the code back above this line, or read another copy of the list with this one; the entry is left out";
    /// A line that was torn in two, put together.
    CATALOGUE_LINE_JOINED = Note "catalogue-line-joined", "`{}` was read as the rest of the line above",
        "put both on one line if they belong together, an empty line between them if not";
    /// A line that stands where entries stand and was not read.
    CATALOGUE_LINE_IGNORED = Note "catalogue-line-ignored", "left out: {}",
        "nothing to do if this is no part of the list";
    /// An example body that is not JSON, read all the same.
    CATALOGUE_MALFORMED_PAYLOAD = Warning "catalogue-malformed-payload", "this example is no JSON: {}",
        "mend the example; it was read as if it were mended";
    /// One code, told differently by two sources.
    CATALOGUE_CONFLICT = Warning "catalogue-conflict", "two sources differ in the {} of `{}`",
        "correct the source that is wrong; until then both are believed, the first where only one can be";
    /// One code, told twice by one source.
    CATALOGUE_DUPLICATE_CODE = Warning "catalogue-duplicate-code", "`{}` is listed more than once",
        "make one entry of them; what they say was put together";
    /// One entry without the status that others have.
    CATALOGUE_ENTRY_WITHOUT_STATUS = Note "catalogue-entry-without-status",
        "`{}` has no HTTP status, while other entries of the list have one",
        "add its status";
    /// A column whose name says nothing, taken for the description.
    CATALOGUE_COLUMN_GUESSED = Note "catalogue-column-guessed", "the {} was taken for what the codes mean",
        "name the column `Message`, `Description` or `Explanation`";
    /// A row without a status below one that has it.
    CATALOGUE_STATUS_CARRIED = Note "catalogue-status-carried",
        "`{}` has no status in its row, so it was given that of the rows above, {}",
        "write the status into each row";
    /// A status that only the prose of an entry tells.
    CATALOGUE_STATUS_FROM_PROSE = Note "catalogue-status-from-prose",
        "`{}` was given the status {}, since its text says so",
        "nothing to do if that is right; if not, write the status it has as a fact of its own";
    /// A plain word, taken for a code.
    CATALOGUE_CODE_GUESSED = Note "catalogue-code-guessed",
        "`{}` was taken for a code, since its neighbours are codes",
        "nothing to do if it is one; if not, it must not stand where codes stand";
    /// A code of which nothing is said.
    CATALOGUE_CODE_WITHOUT_FACTS = Note "catalogue-code-without-facts", "nothing is said of `{}` but its name",
        "add its status and message, or accept this";

    // stage: lock
    /// `codegen.lock` is not what this tool writes.
    LOCK_SYNTAX = Error "lock-syntax", "the lock file cannot be read: {}",
        "take the file from version control, or put right what is wrong in it by hand";
    /// A name that nothing can have, or that two things have.
    LOCK_NAME = Error "lock-name", "`{}` cannot be the name of `{}`: {}",
        "give it a name of its own, or delete the line: the next run names it anew";
    /// A merge was not finished.
    LOCK_CONFLICT = Error "lock-conflict", "the lock file holds the markers of a merge that was not finished",
        "keep the lines of both sides and delete the markers; of two lines for one thing keep the one that was \
released first, and generate again";

    // lower: names
    /// A component has a name that the specification does not allow.
    COMPONENT_NAME = Warning "component-name", "a component must not be called `{}`",
        "use letters from A to Z, digits, dots, hyphens and underscores; other tools may refuse it";
    /// A type that had a name of its own has the shape of another one by now.
    NAME_BECOMES_ALIAS = Note "name-becomes-alias", "`{}` is now the same as `{}` ({}): its old name `{}` is another name of that",
        "nothing breaks; once nobody writes the old name, delete its line in the lock file";

    // lower: samples
    /// `example: '{"a": 1}'`.
    EXAMPLE_TEXT = Note "example-text",
        "the example is a text that holds JSON, and is taken as that (such examples: {})",
        "give the value itself, as JSON or YAML";
    /// An example that its own schema does not allow.
    EXAMPLE_INVALID = Warning "example-invalid",
        "the example does not fit its schema: {}",
        "mend the example or the schema; no test is made from it";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_kebab_case_and_given_once() {
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
    fn blanks_are_filled_in_order_and_not_without_end() {
        assert_eq!(MISSING_MEMBER.fill(&[&"a tag", &"name"]), "a tag needs `name`");
        assert_eq!(
            VERSION.fill(&[&"9".repeat(1000)]).len(),
            VERSION.message.len() - 2 + LONGEST_ARGUMENT + 3
        );
    }
}
