//! Every member of the objects of OpenAPI 3.0 and 3.1, and every keyword of JSON Schema 2020-12: each shows in what
//! is generated, or has a finding that names it, or has no bearing on a client. A member that is none of these
//! would be left out silently.

use pingback_codegen::generate::{Generated, Input, Inputs, generate};
use std::fmt::Write as _;

/// What becomes of a member.
#[derive(Debug, PartialEq, Clone, Copy)]
enum Fate {
    /// What is generated differs with it.
    Shows,
    /// There is a finding about it, by this rule.
    Found(&'static str),
    /// It says nothing that a client could use.
    NoBearing,
}
use Fate::{Found, NoBearing, Shows};

fn run(text: &str) -> Generated {
    generate(&Inputs {
        spec: Some(Input {
            name: "a.yaml".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }),
        ..Inputs::default()
    })
}

/// Compares the document with the member and without it.
fn fate(with: &str, without: &str) -> (bool, Vec<&'static str>) {
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

/// Holds each line to what it says; `document` puts a member, or none, into its object.
fn hold(wrong: &mut String, object: &str, table: &[(&str, &str, Fate)], document: impl Fn(&str) -> String) {
    for (member, value, expected) in table {
        let (shows, found) = fate(&document(&format!("{member}: {value}")), &document("x-none: 1"));
        let is_so = match expected {
            Shows => shows,
            Found(rule) => found.contains(rule),
            NoBearing => !shows && found.is_empty(),
        };
        if !is_so {
            let _ = writeln!(
                wrong,
                "{object}: {member}: {expected:?}, but shows: {shows}, found: {found:?}"
            );
        }
    }
}

/// A flow mapping in which `MEMBER` stands for the member.
fn in_place(text: &'static str) -> impl Fn(&str) -> String {
    move |member| text.replace("MEMBER", member)
}

#[test]
fn no_keyword_of_a_schema_is_left_out_silently() {
    let mut wrong = String::new();
    // Keyword, what stands beside it, its value, what becomes of it.
    let table: &[(&str, &str, &str, Fate)] = &[
        ("$ref", "x-a: 1", "'#/components/schemas/Other'", Shows),
        (
            "$schema",
            "type: string",
            "'https://json-schema.org/draft/2020-12/schema'",
            NoBearing,
        ),
        (
            "$vocabulary",
            "type: string",
            "{'https://example.com/v': true}",
            NoBearing,
        ),
        ("$comment", "type: string", "For editors.", NoBearing),
        // Definitions matter to those who refer to them.
        ("$defs", "type: string", "{D: {type: integer}}", NoBearing),
        ("definitions", "type: string", "{D: {type: integer}}", NoBearing),
        // A place that `$ref` can name.
        ("$anchor", "type: string", "here", NoBearing),
        (
            "$id",
            "type: string",
            "'https://example.com/a'",
            Found("identity-keyword"),
        ),
        ("$dynamicRef", "x-a: 1", "'#node'", Found("identity-keyword")),
        (
            "$dynamicAnchor",
            "type: string",
            "node",
            Found("identity-keyword"),
        ),
        ("$recursiveRef", "x-a: 1", "'#'", Found("identity-keyword")),
        (
            "$recursiveAnchor",
            "type: string",
            "true",
            Found("identity-keyword"),
        ),
        ("allOf", "x-a: 1", "[{type: string}]", Shows),
        ("anyOf", "x-a: 1", "[{type: string}, {type: integer}]", Shows),
        ("oneOf", "x-a: 1", "[{type: string}, {type: integer}]", Shows),
        ("not", "type: string", "{enum: [a]}", Found("unenforced-keyword")),
        (
            "if",
            "type: object",
            "{required: [a]}",
            Found("unenforced-keyword"),
        ),
        // Without `if` they say nothing; with it, that is what is named.
        ("then", "type: object", "{required: [a]}", NoBearing),
        ("else", "type: object", "{required: [a]}", NoBearing),
        (
            "dependentSchemas",
            "type: object",
            "{a: {required: [b]}}",
            Found("unenforced-keyword"),
        ),
        (
            "dependentRequired",
            "type: object",
            "{a: [b]}",
            Found("unenforced-keyword"),
        ),
        (
            "dependencies",
            "type: object",
            "{a: [b]}",
            Found("unenforced-keyword"),
        ),
        (
            "prefixItems",
            "type: array, minItems: 2, maxItems: 2",
            "[{type: string}, {type: integer}]",
            Shows,
        ),
        ("items", "type: array", "{type: string}", Shows),
        (
            "additionalItems",
            "type: array",
            "false",
            Found("unenforced-keyword"),
        ),
        (
            "contains",
            "type: array",
            "{type: string}",
            Found("unenforced-keyword"),
        ),
        ("minContains", "type: array", "2", NoBearing),
        ("maxContains", "type: array", "2", NoBearing),
        (
            "unevaluatedItems",
            "type: array",
            "false",
            Found("unenforced-keyword"),
        ),
        ("properties", "type: object", "{a: {type: string}}", Shows),
        (
            "patternProperties",
            "type: object",
            "{'^a': {type: string}}",
            Shows,
        ),
        ("additionalProperties", "type: object", "{type: string}", Shows),
        ("unevaluatedProperties", "type: object", "{type: string}", Shows),
        (
            "propertyNames",
            "type: object",
            "{pattern: a}",
            Found("unenforced-keyword"),
        ),
        ("type", "x-a: 1", "string", Shows),
        ("nullable", "type: string", "true", Shows),
        ("enum", "type: string", "[a, b]", Shows),
        ("const", "type: string", "a", Shows),
        ("multipleOf", "type: integer", "2", Shows),
        ("minimum", "type: integer", "2", Shows),
        ("maximum", "type: integer", "2", Shows),
        ("exclusiveMinimum", "type: integer", "2", Shows),
        ("exclusiveMaximum", "type: integer", "2", Shows),
        ("minLength", "type: string", "2", Shows),
        ("maxLength", "type: string", "2", Shows),
        ("pattern", "type: string", "^a", Shows),
        ("minItems", "type: array", "2", Shows),
        ("maxItems", "type: array", "2", Shows),
        ("uniqueItems", "type: array", "true", Shows),
        ("minProperties", "type: object", "2", Shows),
        ("maxProperties", "type: object", "2", Shows),
        (
            "required",
            "type: object, properties: {a: {type: string}}",
            "[a]",
            Shows,
        ),
        ("format", "type: string", "date", Shows),
        ("contentEncoding", "type: string", "base64", Shows),
        ("contentMediaType", "type: string", "application/json", Shows),
        (
            "contentSchema",
            "type: string",
            "{type: object}",
            Found("unenforced-keyword"),
        ),
        (
            "title",
            "type: object, properties: {b: {type: string}}",
            "An A.",
            Shows,
        ),
        ("description", "type: string", "What it is.", Shows),
        ("default", "type: string", "a", Shows),
        ("deprecated", "type: string", "true", Shows),
        ("readOnly", "type: string", "true", Shows),
        ("writeOnly", "type: string", "true", Shows),
        ("example", "type: string", "a", Shows),
        ("examples", "type: string", "[a]", Shows),
        (
            "discriminator",
            "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]",
            "{propertyName: kind}",
            Shows,
        ),
        // Of XML bodies nothing is generated but their bytes.
        ("xml", "type: string", "{name: a}", NoBearing),
        (
            "externalDocs",
            "type: string",
            "{url: 'https://example.com'}",
            NoBearing,
        ),
    ];
    for (keyword, beside, value, expected) in table {
        let document = |member: &str| {
            format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n    Other: {{type: integer}}\n    Cat: {{type: object, required: [kind, cat], properties: {{kind: {{type: string}}, cat: {{type: string}}}}}}\n    Dog: {{type: object, required: [kind, dog], properties: {{kind: {{type: string}}, dog: {{type: string}}}}}}\n    A: {{type: object, properties: {{p: {{{beside}, {member}}}}}}}\npaths:\n  /a:\n    post:\n      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}\n      responses: {{200: {{description: Fine, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}\n"
            )
        };
        hold(&mut wrong, "schema", &[(keyword, value, *expected)], document);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

#[test]
fn no_member_of_the_document_is_left_out_silently() {
    let mut wrong = String::new();
    hold(
        &mut wrong,
        "document",
        &[
            (
                "jsonSchemaDialect",
                "'https://spec.openapis.org/oas/3.1/dialect/base'",
                NoBearing,
            ),
            ("servers", "[{url: 'https://example.com'}]", Shows),
            (
                "webhooks",
                "{w: {post: {responses: {200: {description: Fine}}}}}",
                Found("not-generated"),
            ),
            ("components", "{schemas: {A: {type: object}}}", Shows),
            ("security", "[{key: []}]", Found("unknown-security-scheme")),
            ("tags", "[{name: a, description: Of a.}]", Shows),
            ("externalDocs", "{url: 'https://example.com/docs'}", Shows),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{tags: [a], responses: {{200: {{description: Fine}}}}}}}}}}\n{member}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "info",
        &[
            ("title", "T", Shows),
            ("summary", "An API.", Shows),
            ("description", "An API.", Shows),
            ("version", "'7'", Shows),
            // Of people, not of the client.
            ("termsOfService", "'https://example.com'", NoBearing),
            ("contact", "{name: A}", NoBearing),
            ("license", "{name: MIT, identifier: MIT}", NoBearing),
        ],
        |member| {
            format!(
                "openapi: 3.1.0\ninfo: {{{member}}}\npaths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "server",
        &[
            ("url", "'https://b.example.com'", Shows),
            ("variables", "{host: {default: b, enum: [b, c]}}", Shows),
            ("description", "Production.", Shows),
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
    hold(
        &mut wrong,
        "server variable",
        &[
            ("default", "b", Shows),
            ("enum", "[b, c]", Shows),
            ("description", "Where.", Shows),
        ],
        |member| {
            format!(
                "{HEAD}servers: [{{url: 'https://{{host}}.example.com', variables: {{host: {{{member}}}}}}}]\npaths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "tag",
        &[
            ("description", "Of a.", Shows),
            ("externalDocs", "{url: 'https://example.com'}", NoBearing),
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
fn no_member_of_an_operation_is_left_out_silently() {
    let mut wrong = String::new();
    let operation = "{responses: {200: {description: Fine}}}";
    let mut items: Vec<(&str, &str, Fate)> = vec![
        ("$ref", "'#/components/pathItems/P'", Shows),
        ("summary", "An A.", Shows),
        ("description", "An A.", Shows),
        ("servers", "[{url: 'https://example.com'}]", Shows),
        (
            "parameters",
            "[{name: q, in: query, schema: {type: string}}]",
            Shows,
        ),
        ("query", operation, Found("unknown-method")),
        (
            "additionalOperations",
            "{COPY: {responses: {200: {description: Fine}}}}",
            Found("unknown-method"),
        ),
    ];
    items.extend(
        ["put", "post", "delete", "options", "head", "patch", "trace"]
            .iter()
            .map(|method| (*method, operation, Shows)),
    );
    hold(&mut wrong, "path item", &items, |member| {
        let own = if member.starts_with("$ref") {
            ""
        } else {
            "get: {responses: {200: {description: Fine}}}, "
        };
        format!(
            "{HEAD}paths: {{/a: {{{own}{member}}}}}\ncomponents: {{pathItems: {{P: {{put: {{responses: {{200: {{description: Fine}}}}}}}}}}}}\n"
        )
    });
    hold(
        &mut wrong,
        "operation",
        &[
            ("tags", "[a]", Shows),
            ("summary", "An A.", Shows),
            ("description", "An A.", Shows),
            ("externalDocs", "{url: 'https://example.com/more'}", NoBearing),
            ("operationId", "an", Shows),
            (
                "parameters",
                "[{name: q, in: query, schema: {type: string}}]",
                Shows,
            ),
            (
                "requestBody",
                "{content: {application/json: {schema: {type: string}}}}",
                Shows,
            ),
            (
                "callbacks",
                "{c: {'{$request.query.q}': {post: {responses: {200: {description: Fine}}}}}}",
                Found("not-generated"),
            ),
            ("deprecated", "true", Shows),
            ("security", "[{key: []}]", Shows),
            ("servers", "[{url: 'https://example.com'}]", Shows),
        ],
        |member| {
            format!(
                "{HEAD}components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: K}}}}}}\nsecurity: []\npaths: {{/a: {{post: {{responses: {{200: {{description: Fine}}}}, {member}}}}}}}\n"
            )
        },
    );
    let parameter: &[(&str, &str, Fate)] = &[
        ("description", "A.", Shows),
        ("required", "true", Shows),
        ("deprecated", "true", Shows),
        ("style", "pipeDelimited", Shows),
        ("explode", "false", Shows),
        ("allowReserved", "true", Shows),
        // An empty text can be sent anyway.
        ("allowEmptyValue", "true", NoBearing),
        // They make tests, where those are asked for.
        ("example", "[a]", NoBearing),
        ("examples", "{one: {value: [a]}}", NoBearing),
    ];
    hold(&mut wrong, "parameter", parameter, |member| {
        format!(
            "{HEAD}paths: {{/a: {{get: {{parameters: [{{name: q, in: query, schema: {{type: array, items: {{type: string}}}}, {member}}}], responses: {{200: {{description: Fine}}}}}}}}}}\n"
        )
    });
    hold(
        &mut wrong,
        "parameter",
        &[
            ("schema", "{type: integer}", Shows),
            (
                "content",
                "{application/json: {schema: {type: object, properties: {a: {type: string}}}}}",
                Shows,
            ),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{parameters: [{{name: q, in: query, {member}}}], responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "request body",
        &[("description", "A body.", Shows), ("required", "true", Shows)],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{application/json: {{schema: {{type: string}}}}}}, {member}}}, responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "media type",
        &[
            ("schema", "{type: object, properties: {a: {type: string}}}", Shows),
            // What is shown of a body comes from its schema.
            ("example", "{a: b}", NoBearing),
            ("examples", "{one: {value: {a: b}}}", NoBearing),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{application/json: {{{member}}}}}}}, responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "encoding of a part",
        &[
            ("contentType", "image/png", Shows),
            ("headers", "{X-A: {schema: {type: string}}}", Shows),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{post: {{requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{f: {{type: string}}}}}}, encoding: {{f: {{{member}}}}}}}}}}}, responses: {{200: {{description: Fine}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "encoding",
        &[
            ("style", "pipeDelimited", Shows),
            ("explode", "false", Shows),
            // Only parts of a multipart body have them.
            ("headers", "{X-A: {schema: {type: string}}}", NoBearing),
            ("allowReserved", "true", Shows),
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
fn no_member_of_a_response_is_left_out_silently() {
    let mut wrong = String::new();
    hold(
        &mut wrong,
        "operation",
        &[(
            "responses",
            "{201: {description: Made, content: {application/json: {schema: {type: string}}}}}",
            Shows,
        )],
        |member| format!("{HEAD}paths: {{/a: {{get: {{{member}}}}}}}\n"),
    );
    hold(
        &mut wrong,
        "response",
        &[
            // Of success, what is said of the operation; of an error, see below.
            ("description", "Fine.", NoBearing),
            ("headers", "{X-A: {schema: {type: string}}}", Shows),
            ("content", "{application/json: {schema: {type: string}}}", Shows),
            ("links", "{l: {operationId: get_a}}", Found("not-generated")),
        ],
        |member| format!("{HEAD}paths: {{/a: {{get: {{responses: {{200: {{{member}}}}}}}}}}}\n"),
    );
    hold(
        &mut wrong,
        "error response",
        &[
            ("description", "There is none.", Shows),
            ("content", "{application/json: {schema: {type: string}}}", Shows),
        ],
        |member| format!("{HEAD}paths: {{/a: {{get: {{responses: {{404: {{{member}}}}}}}}}}}\n"),
    );
    hold(
        &mut wrong,
        "header",
        &[
            ("description", "A header.", Shows),
            ("deprecated", "true", Shows),
            ("required", "true", Shows),
            ("explode", "true", NoBearing),
            ("style", "simple", NoBearing),
            ("example", "5", NoBearing),
            ("examples", "{one: {value: 5}}", NoBearing),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine, headers: {{X-A: {{schema: {{type: integer}}, {member}}}}}}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "header",
        &[
            ("schema", "{type: integer}", Shows),
            ("content", "{application/json: {schema: {type: object}}}", Shows),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine, headers: {{X-A: {{{member}}}}}}}}}}}}}}}\n"
            )
        },
    );
    hold(
        &mut wrong,
        "discriminator",
        &[(
            "mapping",
            "{c: '#/components/schemas/Cat', d: '#/components/schemas/Dog'}",
            Shows,
        )],
        in_place(
            "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n    Cat: {type: object, required: [kind, cat], properties: {kind: {type: string}, cat: {type: string}}}\n    Dog: {type: object, required: [kind, dog], properties: {kind: {type: string}, dog: {type: string}}}\n    A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, MEMBER}}\n",
        ),
    );
    assert!(wrong.is_empty(), "{wrong}");
}

/// What stands beside an object of which nothing is generated is told of once, with the whole of it; its own members
/// add nothing to that.
#[test]
fn no_member_of_what_makes_tests_or_is_not_generated_is_left_out_silently() {
    let mut wrong = String::new();
    hold(
        &mut wrong,
        "example",
        &[
            // They make tests, where those are asked for.
            ("summary", "An a.", NoBearing),
            ("description", "An a.", NoBearing),
            ("value", "a", NoBearing),
            ("externalValue", "'https://example.com/a.json'", NoBearing),
        ],
        |member| {
            format!(
                "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine, content: {{application/json: {{schema: {{type: string}}, examples: {{one: {{{member}}}}}}}}}}}}}}}}}}}\n"
            )
        },
    );
    let link: &[(&str, &str, Fate)] = &[
        ("operationId", "get_a", Found("not-generated")),
        ("operationRef", "'#/paths/~1a/get'", Found("not-generated")),
        ("parameters", "{q: $response.body#/id}", Found("not-generated")),
        ("requestBody", "$request.body", Found("not-generated")),
        ("description", "The same.", Found("not-generated")),
        ("server", "{url: 'https://example.com'}", Found("not-generated")),
    ];
    for (member, value, expected) in link {
        hold(
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
        hold(
            &mut wrong,
            "callback",
            &[("callbacks", &value, Found("not-generated"))],
            |member| {
                format!(
                    "{HEAD}paths: {{/a: {{post: {{responses: {{200: {{description: Fine}}}}, {member}}}}}}}\n"
                )
            },
        );
    }
    // Whose token it is, where it comes from and what it allows is between the caller and the server that gives it.
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
            hold(
                &mut wrong,
                &format!("OAuth flow {flow}"),
                &[(member, value, NoBearing)],
                |member| {
                    format!(
                        "{HEAD}paths: {{/a: {{get: {{responses: {{200: {{description: Fine}}}}}}}}}}\nsecurity: [{{s: []}}]\ncomponents: {{securitySchemes: {{s: {{type: oauth2, flows: {{{flow}: {{{member}}}}}}}}}}}\n"
                    )
                },
            );
        }
    }
    hold(
        &mut wrong,
        "security scheme",
        &[(
            "openIdConnectUrl",
            "'https://example.com/.well-known/openid-configuration'",
            NoBearing,
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
fn no_component_and_no_security_scheme_is_left_out_silently() {
    let mut wrong = String::new();
    // What nobody refers to has no bearing; that references to each kind are followed is held elsewhere.
    hold(
        &mut wrong,
        "components",
        &[
            (
                "schemas",
                "{A: {type: object, properties: {a: {type: string}}}}",
                Shows,
            ),
            ("responses", "{A: {description: Fine}}", NoBearing),
            (
                "parameters",
                "{A: {name: q, in: query, schema: {type: string}}}",
                NoBearing,
            ),
            ("examples", "{A: {value: 1}}", NoBearing),
            (
                "requestBodies",
                "{A: {content: {application/json: {}}}}",
                NoBearing,
            ),
            ("headers", "{A: {schema: {type: string}}}", NoBearing),
            ("securitySchemes", "{A: {type: http, scheme: basic}}", Shows),
            ("links", "{A: {operationId: get_a}}", NoBearing),
            (
                "callbacks",
                "{A: {'{$request.query.q}': {post: {responses: {200: {description: Fine}}}}}}",
                NoBearing,
            ),
            (
                "pathItems",
                "{A: {get: {responses: {200: {description: Fine}}}}}",
                NoBearing,
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
    hold(
        &mut wrong,
        "security scheme",
        &[("type", "{}", Found("wrong-type"))],
        scheme("x-a: 1"),
    );
    hold(
        &mut wrong,
        "security scheme",
        &[("name", "K", Shows)],
        scheme("type: apiKey, in: header"),
    );
    hold(
        &mut wrong,
        "security scheme",
        &[("description", "A key.", Shows)],
        scheme("type: apiKey, in: header, name: K"),
    );
    hold(
        &mut wrong,
        "security scheme",
        &[("in", "query", Shows)],
        scheme("type: apiKey, name: k"),
    );
    hold(
        &mut wrong,
        "security scheme",
        &[("scheme", "basic", Shows), ("bearerFormat", "JWT", NoBearing)],
        scheme("type: http"),
    );
    hold(
        &mut wrong,
        "security scheme",
        // Where a token comes from is the caller's affair.
        &[(
            "flows",
            "{clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}",
            NoBearing,
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
