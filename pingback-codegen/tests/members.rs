//! Every member of the objects of OpenAPI 3.0 and 3.1 and every keyword of JSON Schema 2020-12 changes the output, or is
//! named by a finding, or is irrelevant to a client. None is ignored without notice.

use pingback_codegen::generate::{Generated, Input, Inputs, generate};
use std::fmt::Write as _;

/// The effect of a member.
#[derive(Debug, PartialEq, Clone, Copy)]
enum Effect {
    /// The output differs with it.
    ChangesOutput,
    /// A finding of this rule reports it.
    Reported(&'static str),
    /// It has no use for a client.
    Irrelevant,
}
use Effect::{ChangesOutput, Irrelevant, Reported};

fn run(text: &str) -> Generated {
    generate(&Inputs {
        spec: Some(Input {
            name: "a.yaml".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }),
        ..Inputs::default()
    })
}

/// Compares a document with the member and one without it: whether the output differs, and the rules of new findings.
fn compare(with: &str, without: &str) -> (bool, Vec<&'static str>) {
    let with = run(with);
    let without = run(without);
    let rules = |run: &Generated| -> Vec<&'static str> {
        run.diagnostics.iter().map(|finding| finding.rule.name).collect()
    };
    let before = rules(&without);
    let new = rules(&with)
        .into_iter()
        .filter(|rule| !before.contains(rule))
        .collect();
    (with.files != without.files, new)
}

/// Checks the effect of each member of the table. `document` returns a document with a member in the object.
fn check_effects(
    wrong: &mut String,
    object: &str,
    table: &[(&str, &str, Effect)],
    document: impl Fn(&str) -> String,
) {
    for (member, value, expected) in table {
        let (changes_output, found) =
            compare(&document(&format!("{member}: {value}")), &document("x-none: 1"));
        let is_so = match expected {
            ChangesOutput => changes_output,
            Reported(rule) => found.contains(rule),
            Irrelevant => !changes_output && found.is_empty(),
        };
        if !is_so {
            let _ = writeln!(
                wrong,
                "{object}: {member}: {expected:?}, but the output changes: {changes_output}, and found: {found:?}"
            );
        }
    }
}

/// Replaces `MEMBER` in a document by a member.
fn with_member(text: &'static str) -> impl Fn(&str) -> String {
    move |member| text.replace("MEMBER", member)
}

#[test]
fn no_keyword_of_a_schema_is_ignored_without_notice() {
    let mut wrong = String::new();
    // Keyword, its siblings, its value, its effect.
    let table: &[(&str, &str, &str, Effect)] = &[
        ("$ref", "x-a: 1", "'#/components/schemas/Other'", ChangesOutput),
        (
            "$schema",
            "type: string",
            "'https://json-schema.org/draft/2020-12/schema'",
            Irrelevant,
        ),
        (
            "$vocabulary",
            "type: string",
            "{'https://example.com/v': true}",
            Irrelevant,
        ),
        ("$comment", "type: string", "For editors.", Irrelevant),
        // Definitions only matter where something refers to them.
        ("$defs", "type: string", "{D: {type: integer}}", Irrelevant),
        ("definitions", "type: string", "{D: {type: integer}}", Irrelevant),
        // They only matter where a `$ref` names them or is relative to them.
        ("$anchor", "type: string", "here", Irrelevant),
        ("$id", "type: string", "'https://example.com/a'", Irrelevant),
        ("$dynamicRef", "x-a: 1", "'#node'", Reported("identity-keyword")),
        (
            "$dynamicAnchor",
            "type: string",
            "node",
            Reported("identity-keyword"),
        ),
        ("$recursiveRef", "x-a: 1", "'#'", Reported("identity-keyword")),
        (
            "$recursiveAnchor",
            "type: string",
            "true",
            Reported("identity-keyword"),
        ),
        ("allOf", "x-a: 1", "[{type: string}]", ChangesOutput),
        (
            "anyOf",
            "x-a: 1",
            "[{type: string}, {type: integer}]",
            ChangesOutput,
        ),
        (
            "oneOf",
            "x-a: 1",
            "[{type: string}, {type: integer}]",
            ChangesOutput,
        ),
        (
            "not",
            "type: string",
            "{enum: [a]}",
            Reported("unenforced-keyword"),
        ),
        (
            "if",
            "type: object",
            "{required: [a]}",
            Reported("conditional-schema"),
        ),
        // They have no effect without `if`, which is reported.
        (
            "then",
            "type: object",
            "{required: [a]}",
            Reported("conditional-schema"),
        ),
        (
            "else",
            "type: object",
            "{required: [a]}",
            Reported("conditional-schema"),
        ),
        (
            "dependentSchemas",
            "type: object",
            "{a: {required: [b]}}",
            Reported("conditional-schema"),
        ),
        (
            "dependentRequired",
            "type: object",
            "{a: [b]}",
            Reported("unenforced-keyword"),
        ),
        (
            "dependencies",
            "type: object",
            "{a: [b]}",
            Reported("unenforced-keyword"),
        ),
        (
            "prefixItems",
            "type: array, minItems: 2, maxItems: 2",
            "[{type: string}, {type: integer}]",
            ChangesOutput,
        ),
        ("items", "type: array", "{type: string}", ChangesOutput),
        (
            "additionalItems",
            "type: array",
            "false",
            Reported("unenforced-keyword"),
        ),
        (
            "contains",
            "type: array",
            "{type: string}",
            Reported("unenforced-keyword"),
        ),
        ("minContains", "type: array", "2", Irrelevant),
        ("maxContains", "type: array", "2", Irrelevant),
        (
            "unevaluatedItems",
            "type: array",
            "false",
            Reported("unenforced-keyword"),
        ),
        ("properties", "type: object", "{a: {type: string}}", ChangesOutput),
        (
            "patternProperties",
            "type: object",
            "{'^a': {type: string}}",
            ChangesOutput,
        ),
        (
            "additionalProperties",
            "type: object",
            "{type: string}",
            ChangesOutput,
        ),
        (
            "unevaluatedProperties",
            "type: object",
            "{type: string}",
            ChangesOutput,
        ),
        (
            "propertyNames",
            "type: object",
            "{pattern: a}",
            Reported("unenforced-keyword"),
        ),
        ("type", "x-a: 1", "string", ChangesOutput),
        ("nullable", "type: string", "true", ChangesOutput),
        ("enum", "type: string", "[a, b]", ChangesOutput),
        ("const", "type: string", "a", ChangesOutput),
        ("multipleOf", "type: integer", "2", ChangesOutput),
        ("minimum", "type: integer", "2", ChangesOutput),
        ("maximum", "type: integer", "2", ChangesOutput),
        ("exclusiveMinimum", "type: integer", "2", ChangesOutput),
        ("exclusiveMaximum", "type: integer", "2", ChangesOutput),
        ("minLength", "type: string", "2", ChangesOutput),
        ("maxLength", "type: string", "2", ChangesOutput),
        ("pattern", "type: string", "^a", ChangesOutput),
        ("minItems", "type: array", "2", ChangesOutput),
        ("maxItems", "type: array", "2", ChangesOutput),
        ("uniqueItems", "type: array", "true", ChangesOutput),
        ("minProperties", "type: object", "2", ChangesOutput),
        ("maxProperties", "type: object", "2", ChangesOutput),
        (
            "required",
            "type: object, properties: {a: {type: string}}",
            "[a]",
            ChangesOutput,
        ),
        ("format", "type: string", "date", ChangesOutput),
        ("contentEncoding", "type: string", "base64", ChangesOutput),
        // It only matters for the parts of a form.
        ("contentMediaType", "type: string", "application/json", Irrelevant),
        (
            "contentSchema",
            "type: string",
            "{type: object}",
            Reported("unenforced-keyword"),
        ),
        (
            "title",
            "type: object, properties: {b: {type: string}}",
            "An A.",
            ChangesOutput,
        ),
        ("description", "type: string", "What it is.", ChangesOutput),
        ("default", "type: string", "a", ChangesOutput),
        ("deprecated", "type: string", "true", ChangesOutput),
        ("readOnly", "type: string", "true", ChangesOutput),
        ("writeOnly", "type: string", "true", ChangesOutput),
        ("example", "type: string", "a", ChangesOutput),
        ("examples", "type: string", "[a]", ChangesOutput),
        (
            "discriminator",
            "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]",
            "{propertyName: kind}",
            ChangesOutput,
        ),
        // XML bodies are generated as bytes.
        ("xml", "type: string", "{name: a}", Irrelevant),
        (
            "externalDocs",
            "type: string",
            "{url: 'https://example.com'}",
            Irrelevant,
        ),
    ];
    for (keyword, siblings, value, expected) in table {
        let document = |member: &str| {
            format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n    Other: {{type: integer}}\n    Cat: {{type: object, required: [kind, cat], properties: {{kind: {{type: string}}, cat: {{type: string}}}}}}\n    Dog: {{type: object, required: [kind, dog], properties: {{kind: {{type: string}}, dog: {{type: string}}}}}}\n    A: {{type: object, properties: {{p: {{{siblings}, {member}}}}}}}\npaths:\n  /a:\n    post:\n      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}\n      responses: {{200: {{description: Fine, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}\n"
            )
        };
        check_effects(&mut wrong, "schema", &[(keyword, value, *expected)], document);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

#[test]
fn no_member_of_the_document_is_ignored_without_notice() {
    let mut wrong = String::new();
    check_effects(
        &mut wrong,
        "document",
        &[
            (
                "jsonSchemaDialect",
                "'https://spec.openapis.org/oas/3.1/dialect/base'",
                Irrelevant,
            ),
            ("servers", "[{url: 'https://example.com'}]", ChangesOutput),
            (
                "webhooks",
                "{w: {post: {responses: {200: {description: Fine}}}}}",
                Reported("not-generated"),
            ),
            ("components", "{schemas: {A: {type: object}}}", ChangesOutput),
            ("security", "[{key: []}]", Reported("unknown-security-scheme")),
            ("tags", "[{name: a, description: Of a.}]", ChangesOutput),
            ("externalDocs", "{url: 'https://example.com/docs'}", ChangesOutput),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{tags: [a], responses: {{200: {{description: Fine}}}}}}}}}}\n{member}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "info",
        &[
            ("title", "T", ChangesOutput),
            ("summary", "An API.", ChangesOutput),
            ("description", "An API.", ChangesOutput),
            ("version", "'7'", ChangesOutput),
            // These are about people, not the API.
            ("termsOfService", "'https://example.com'", Irrelevant),
            ("contact", "{name: A}", Irrelevant),
            ("license", "{name: MIT, identifier: MIT}", Irrelevant),
        ],
        |member| {
            format!(
                "openapi: 3.1.0\ninfo: {{{member}}}\npaths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "server",
        &[
            ("url", "'https://b.example.com'", ChangesOutput),
            ("variables", "{host: {default: b, enum: [b, c]}}", ChangesOutput),
            ("description", "Production.", ChangesOutput),
        ],
        |member| {
            let url = if member.starts_with("url") {
                ""
            } else {
                "url: 'https://{host}.example.com', "
            };
            format!(
                "{HEAD}servers: [{{{url}{member}}}]\npaths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "server variable",
        &[
            ("default", "b", ChangesOutput),
            ("enum", "[b, c]", ChangesOutput),
            ("description", "Where.", ChangesOutput),
        ],
        |member| {
            format!(
                "{HEAD}servers: [{{url: 'https://{{host}}.example.com', variables: {{host: {{{member}}}}}}}]\npaths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "tag",
        &[
            ("description", "Of a.", ChangesOutput),
            ("externalDocs", "{url: 'https://example.com'}", Irrelevant),
        ],
        |member| {
            format!(
                "{HEAD}tags: [{{name: a, {member}}}]\npaths: {{/a: {{get: {{tags: [a], responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_member_of_an_operation_is_ignored_without_notice() {
    let mut wrong = String::new();
    let operation = "{responses: {200: {description: Fine}}}";
    let mut items: Vec<(&str, &str, Effect)> = vec![
        ("$ref", "'#/components/pathItems/P'", ChangesOutput),
        ("summary", "An A.", ChangesOutput),
        ("description", "An A.", ChangesOutput),
        ("servers", "[{url: 'https://example.com'}]", ChangesOutput),
        (
            "parameters",
            "[{name: q, in: query, schema: {type: string}}]",
            ChangesOutput,
        ),
        ("query", operation, Reported("unknown-method")),
        (
            "additionalOperations",
            "{COPY: {responses: {200: {description: Fine}}}}",
            Reported("unknown-method"),
        ),
    ];
    items.extend(
        ["put", "post", "delete", "options", "head", "patch", "trace"]
            .iter()
            .map(|method| (*method, operation, ChangesOutput)),
    );
    check_effects(&mut wrong, "path item", &items, |member| {
        let own = if member.starts_with("$ref") {
            ""
        } else {
            "get: {responses: {200: {description: Fine}}}, "
        };
        format!(
            "{HEAD}paths: {{/a: {{{own}{member}}}}}\ncomponents: {{pathItems: {{P: {{put: {{responses: {{200: {{description: Fine}}}}}}}}}}}}\n"
        )
    });
    check_effects(
        &mut wrong,
        "operation",
        &[
            ("tags", "[a]", ChangesOutput),
            ("summary", "An A.", ChangesOutput),
            ("description", "An A.", ChangesOutput),
            ("externalDocs", "{url: 'https://example.com/more'}", Irrelevant),
            ("operationId", "an", ChangesOutput),
            (
                "parameters",
                "[{name: q, in: query, schema: {type: string}}]",
                ChangesOutput,
            ),
            (
                "requestBody",
                "{content: {application/json: {schema: {type: string}}}}",
                ChangesOutput,
            ),
            (
                "callbacks",
                "{c: {'{$request.query.q}': {post: {responses: {200: {description: Fine}}}}}}",
                Reported("not-generated"),
            ),
            ("deprecated", "true", ChangesOutput),
            ("security", "[{key: []}]", ChangesOutput),
            ("servers", "[{url: 'https://example.com'}]", ChangesOutput),
        ],
        |member| {
            format!(
                "{HEAD}components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: K}}}}}}\nsecurity: []\npaths: {{/a: {{post: {{responses: {{200: {{description: Fine}}}}, {member}}}}}}}\n"
            )
        },
    );
    let parameter: &[(&str, &str, Effect)] = &[
        ("description", "A.", ChangesOutput),
        ("required", "true", ChangesOutput),
        ("deprecated", "true", ChangesOutput),
        ("style", "pipeDelimited", ChangesOutput),
        ("explode", "false", ChangesOutput),
        ("allowReserved", "true", ChangesOutput),
        // An empty value can be sent in any case.
        ("allowEmptyValue", "true", Irrelevant),
        // They only matter if tests are requested.
        ("example", "[a]", Irrelevant),
        ("examples", "{one: {value: [a]}}", Irrelevant),
    ];
    check_effects(&mut wrong, "parameter", parameter, |member| {
        format!(
            "{HEAD}paths: {{/a: {{get: {{parameters: [{{name: q, in: query, schema: {{type: array, items: {{type: string}}}}, {member}}}], responses: {{200: {{description: Fine}}}}}}}}}}\n"
        )
    });
    check_effects(
        &mut wrong,
        "parameter",
        &[
            ("schema", "{type: integer}", ChangesOutput),
            (
                "content",
                "{application/json: {schema: {type: object, properties: {a: {type: string}}}}}",
                ChangesOutput,
            ),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{parameters: [{{name: q, in: query, {member}}}], responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "request body",
        &[
            ("description", "A body.", ChangesOutput),
            ("required", "true", ChangesOutput),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}, {member}}}, responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "media type",
        &[
            (
                "schema",
                "{type: object, properties: {a: {type: string}}}",
                ChangesOutput,
            ),
            // The example of a body in the docs is made from its schema.
            ("example", "{a: b}", Irrelevant),
            ("examples", "{one: {value: {a: b}}}", Irrelevant),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{application/json: {{{member}}}}}}}, responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "encoding of a part",
        &[
            ("contentType", "image/png", ChangesOutput),
            ("headers", "{X-A: {schema: {type: string}}}", ChangesOutput),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{f: {{type: string}}}}}}, encoding: {{f: {{{member}}}}}}}}}}}, responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "encoding",
        &[
            ("style", "pipeDelimited", ChangesOutput),
            ("explode", "false", ChangesOutput),
            // Only parts of a multipart body have them.
            ("headers", "{X-A: {schema: {type: string}}}", Irrelevant),
            ("allowReserved", "true", ChangesOutput),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{application/x-www-form-urlencoded: {{schema: {{type: object, properties: {{f: {{type: array, items: {{type: string}}}}}}}}, encoding: {{f: {{{member}}}}}}}}}}}, responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_member_of_a_response_is_ignored_without_notice() {
    let mut wrong = String::new();
    check_effects(
        &mut wrong,
        "operation",
        &[(
            "responses",
            "{201: {description: Made, content: {application/json: {schema: {type: string}}}}}",
            ChangesOutput,
        )],
        |member| format!("{HEAD}paths: {{/a: {{get: {{{member}}}}}}}\n"),
    );
    check_effects(
        &mut wrong,
        "response",
        &[
            // The description of a success is that of the operation; for errors, see below.
            ("description", "Fine.", Irrelevant),
            ("headers", "{X-A: {schema: {type: string}}}", ChangesOutput),
            (
                "content",
                "{application/json: {schema: {type: string}}}",
                ChangesOutput,
            ),
            ("links", "{l: {operationId: get_a}}", Reported("not-generated")),
        ],
        |member| format!("{HEAD}paths: {{/a: {{get: {{responses: {{200: {{{member}}}}}}}}}}}\n"),
    );
    check_effects(
        &mut wrong,
        "error response",
        &[
            ("description", "There is none.", ChangesOutput),
            (
                "content",
                "{application/json: {schema: {type: string}}}",
                ChangesOutput,
            ),
        ],
        |member| format!("{HEAD}paths: {{/a: {{get: {{responses: {{404: {{{member}}}}}}}}}}}\n"),
    );
    check_effects(
        &mut wrong,
        "header",
        &[
            ("description", "A header.", ChangesOutput),
            ("deprecated", "true", ChangesOutput),
            ("required", "true", ChangesOutput),
            ("explode", "true", Irrelevant),
            ("style", "simple", Irrelevant),
            ("example", "5", Irrelevant),
            ("examples", "{one: {value: 5}}", Irrelevant),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine, headers: {{X-A: {{schema: {{type: integer}}, {member}}}}}}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "header",
        &[
            ("schema", "{type: integer}", ChangesOutput),
            (
                "content",
                "{application/json: {schema: {type: object}}}",
                ChangesOutput,
            ),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine, headers: {{X-A: {{{member}}}}}}}}}}}}}}}\n"
            )
        },
    );
    check_effects(
        &mut wrong,
        "discriminator",
        &[(
            "mapping",
            "{c: '#/components/schemas/Cat', d: '#/components/schemas/Dog'}",
            ChangesOutput,
        )],
        with_member(
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n    Cat: {type: object, required: [kind, cat], properties: {kind: {type: string}, cat: {type: string}}}\n    Dog: {type: object, required: [kind, dog], properties: {kind: {type: string}, dog: {type: string}}}\n    A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, MEMBER}}\n",
        ),
    );
    assert!(wrong.is_empty(), "{wrong}");
}

/// An object from which nothing is generated is reported as a whole, not for each of its members.
#[test]
fn no_member_of_examples_links_callbacks_and_flows_is_ignored_without_notice() {
    let mut wrong = String::new();
    check_effects(
        &mut wrong,
        "example",
        &[
            // They only matter if tests are requested.
            ("summary", "An a.", Irrelevant),
            ("description", "An a.", Irrelevant),
            ("value", "a", Irrelevant),
            ("externalValue", "'https://example.com/a.json'", Irrelevant),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine, content: {{application/json: {{schema: {{type: string}}, examples: {{one: {{{member}}}}}}}}}}}}}}}}}}}\n"
            )
        },
    );
    let link: &[(&str, &str, Effect)] = &[
        ("operationId", "get_a", Reported("not-generated")),
        ("operationRef", "'#/paths/~1a/get'", Reported("not-generated")),
        ("parameters", "{q: $response.body#/id}", Reported("not-generated")),
        ("requestBody", "$request.body", Reported("not-generated")),
        ("description", "The same.", Reported("not-generated")),
        (
            "server",
            "{url: 'https://example.com'}",
            Reported("not-generated"),
        ),
    ];
    for (member, value, expected) in link {
        check_effects(
            &mut wrong,
            "link",
            &[("links", &format!("{{l: {{{member}: {value}}}}}"), *expected)],
            |member| {
                format!(
                    "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine, {member}}}}}}}}}}}\n"
                )
            },
        );
    }
    for method in [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ] {
        let value = format!(
            "{{c: {{'{{$request.query.q}}': {{{method}: {{responses: {{200: {{description: Fine}}}}}}}}}}}}"
        );
        check_effects(
            &mut wrong,
            "callback",
            &[("callbacks", &value, Reported("not-generated"))],
            |member| {
                format!(
                    "{HEAD}paths: {{/a: {{post: {{responses: {{200: {{description: Fine}}}}, {member}}}}}}}\n"
                )
            },
        );
    }
    // The caller obtains the token, so how it is obtained and what it allows is irrelevant to the client.
    for flow in [
        "implicit",
        "password",
        "clientCredentials",
        "authorizationCode",
        "deviceAuthorization",
    ] {
        for (member, value) in [
            ("authorizationUrl", "'https://example.com/authorize'"),
            ("deviceAuthorizationUrl", "'https://example.com/device'"),
            ("tokenUrl", "'https://example.com/token'"),
            ("refreshUrl", "'https://example.com/refresh'"),
            ("scopes", "{'read:a': Reads all a.}"),
        ] {
            check_effects(
                &mut wrong,
                &format!("OAuth flow {flow}"),
                &[(member, value, Irrelevant)],
                |member| {
                    format!(
                        "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\nsecurity: [{{s: []}}]\ncomponents: {{securitySchemes: {{s: {{type: oauth2, flows: {{{flow}: {{{member}}}}}}}}}}}\n"
                    )
                },
            );
        }
    }
    check_effects(
        &mut wrong,
        "security scheme",
        &[(
            "openIdConnectUrl",
            "'https://example.com/.well-known/openid-configuration'",
            Irrelevant,
        )],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\nsecurity: [{{s: []}}]\ncomponents: {{securitySchemes: {{s: {{type: openIdConnect, {member}}}}}}}\n"
            )
        },
    );
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_component_and_no_security_scheme_is_ignored_without_notice() {
    let mut wrong = String::new();
    // Components only matter where something refers to them. Other tests check that references are followed.
    check_effects(
        &mut wrong,
        "components",
        &[
            (
                "schemas",
                "{A: {type: object, properties: {a: {type: string}}}}",
                ChangesOutput,
            ),
            ("responses", "{A: {description: Fine}}", Irrelevant),
            (
                "parameters",
                "{A: {name: q, in: query, schema: {type: string}}}",
                Irrelevant,
            ),
            ("examples", "{A: {value: 1}}", Irrelevant),
            (
                "requestBodies",
                "{A: {content: {application/json: {}}}}",
                Irrelevant,
            ),
            ("headers", "{A: {schema: {type: string}}}", Irrelevant),
            (
                "securitySchemes",
                "{A: {type: http, scheme: basic}}",
                ChangesOutput,
            ),
            ("links", "{A: {operationId: get_a}}", Irrelevant),
            (
                "callbacks",
                "{A: {'{$request.query.q}': {post: {responses: {200: {description: Fine}}}}}}",
                Irrelevant,
            ),
            (
                "pathItems",
                "{A: {get: {responses: {200: {description: Fine}}}}}",
                Irrelevant,
            ),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\ncomponents: {{{member}}}\n"
            )
        },
    );
    let scheme = |kind: &'static str| {
        move |member: &str| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\nsecurity: [{{s: []}}]\ncomponents: {{securitySchemes: {{s: {{{kind}, {member}}}}}}}\n"
            )
        }
    };
    check_effects(
        &mut wrong,
        "security scheme",
        &[("type", "{}", Reported("wrong-type"))],
        scheme("x-a: 1"),
    );
    check_effects(
        &mut wrong,
        "security scheme",
        &[("name", "K", ChangesOutput)],
        scheme("type: apiKey, in: header"),
    );
    check_effects(
        &mut wrong,
        "security scheme",
        &[("description", "A key.", ChangesOutput)],
        scheme("type: apiKey, in: header, name: K"),
    );
    check_effects(
        &mut wrong,
        "security scheme",
        &[("in", "query", ChangesOutput)],
        scheme("type: apiKey, name: k"),
    );
    check_effects(
        &mut wrong,
        "security scheme",
        &[
            ("scheme", "basic", ChangesOutput),
            ("bearerFormat", "JWT", Irrelevant),
        ],
        scheme("type: http"),
    );
    check_effects(
        &mut wrong,
        "security scheme",
        // The caller obtains the token.
        &[(
            "flows",
            "{clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}",
            Irrelevant,
        )],
        |member| {
            let member = if member.starts_with("flows") {
                member
            } else {
                "flows: {}"
            };
            scheme("type: oauth2")(member)
        },
    );
    assert!(wrong.is_empty(), "{wrong}");
}
