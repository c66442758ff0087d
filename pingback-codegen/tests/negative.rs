//! Malformed and unusual documents: which rules report them, and whether the rest is generated. Each case occurs in real
//! documents or could be an attack. Some used to take minutes; if they do again, the test does not end.

use pingback_codegen::diagnostic::{Severity, show};
use pingback_codegen::generate::{Generated, Input, Inputs, audited, generate};
use std::fmt::Write as _;

fn run(bytes: &[u8]) -> Generated {
    generate(&Inputs {
        spec: Some(Input {
            name: "a.yaml".to_owned(),
            bytes: bytes.to_vec(),
        }),
        ..Inputs::default()
    })
}

/// The rule, severity and line of each finding.
fn findings(run: &Generated) -> String {
    let mut text = String::new();
    for finding in &run.diagnostics {
        // These report what all these small documents lack.
        if matches!(finding.rule.name, "no-documented-errors" | "code-place") {
            continue;
        }
        let line = finding
            .span
            .and_then(|span| run.sources.locate(span))
            .map_or_else(|| "-".to_owned(), |at| at.line.to_string());
        let _ = writeln!(
            text,
            "{} {} {line}",
            finding.rule.name,
            format!("{:?}", finding.severity).to_lowercase()
        );
    }
    text
}

/// Runs the cases of a text, each after a line `=== NAME`, and lists the findings of each.
fn cases(start: &str, text: &str) -> String {
    let mut report = String::new();
    for case in text.split("=== ").skip(1) {
        let (name, rest) = case.split_once('\n').unwrap_or((case, ""));
        let run = run(format!("{start}{rest}").as_bytes());
        let errors = run
            .diagnostics
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        assert_eq!(errors, run.files.is_empty(), "{name}");
        assert!(
            !run.diagnostics
                .iter()
                .any(|finding| finding.rule.name == "internal"),
            "{name}: {}",
            show::text(&run.diagnostics, &run.sources, show::Style::Plain)
        );
        let findings = findings(&run);
        let findings = findings.trim_end().replace('\n', ", ");
        let generated = if errors { "not generated" } else { "generated" };
        let _ = writeln!(report, "{name}: {generated}: {findings}");
    }
    report
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

/// Runs cases that are the schemas of a document.
fn schemas(text: &str) -> String {
    cases(&format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n"), text)
}

/// Runs cases that are the members of the operation `GET /a`.
fn operations(text: &str) -> String {
    cases(&format!("{HEAD}paths:\n  /a:\n    get:\n"), text)
}

/// Runs cases that are the members of a document.
fn documents(text: &str) -> String {
    cases(HEAD, text)
}

#[test]
fn cyclic_references_between_schemas() {
    insta::assert_snapshot!(schemas(
        "\
=== $ref to itself
    A: {$ref: '#/components/schemas/A'}
=== cycle of $refs
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/C'}
    C: {$ref: '#/components/schemas/A'}
=== allOf of itself
    A: {allOf: [{$ref: '#/components/schemas/A'}], properties: {x: {type: string}}}
=== cycle of allOf
    A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {x: {type: string}}}]}
    B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {y: {type: string}}}]}
=== anyOf of itself
    A: {anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}
=== cycle of anyOf
    A: {anyOf: [{$ref: '#/components/schemas/B'}]}
    B: {anyOf: [{$ref: '#/components/schemas/A'}]}
=== cycle of oneOf
    A: {oneOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {x: {type: string}}, required: [x]}]}
    B: {oneOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}
=== a branch that extends the union
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}], properties: {kind: {type: string}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {type: integer}}}]}
=== an array of itself
    A: {type: array, items: {$ref: '#/components/schemas/A'}}
=== a map of itself
    A: {type: object, additionalProperties: {$ref: '#/components/schemas/A'}}
=== an object that requires itself
    A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}
=== not itself
    A: {type: object, not: {$ref: '#/components/schemas/A'}}
"
    ));
}

#[test]
fn cyclic_references_between_other_objects() {
    insta::assert_snapshot!(documents(
        "\
=== path items
paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}
=== parameters
paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/A'}], responses: {200: {description: x}}}}}
components: {parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}}
=== responses
paths: {/a: {get: {responses: {200: {$ref: '#/components/responses/A'}}}}}
components: {responses: {A: {$ref: '#/components/responses/A'}}}
=== request bodies
paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/A'}, responses: {200: {description: x}}}}}
components: {requestBodies: {A: {$ref: '#/components/requestBodies/B'}, B: {$ref: '#/components/requestBodies/A'}}}
=== headers
paths: {/a: {get: {responses: {200: {description: x, headers: {h: {$ref: '#/components/headers/A'}}}}}}}
components: {headers: {A: {$ref: '#/components/headers/A'}}}
=== examples
paths: {/a: {get: {responses: {200: {description: x, content: {application/json: {examples: {e: {$ref: '#/components/examples/A'}}}}}}}}}
components: {examples: {A: {$ref: '#/components/examples/A'}}}
=== links
paths: {/a: {get: {responses: {200: {description: x, links: {l: {$ref: '#/components/links/A'}}}}}}}
components: {links: {A: {$ref: '#/components/links/A'}}}
=== callbacks
paths: {/a: {get: {callbacks: {c: {$ref: '#/components/callbacks/A'}}, responses: {200: {description: x}}}}}
components: {callbacks: {A: {$ref: '#/components/callbacks/A'}}}
=== security schemes
paths: {}
components: {securitySchemes: {A: {$ref: '#/components/securitySchemes/A'}}}
"
    ));
}

#[test]
fn invalid_references() {
    insta::assert_snapshot!(documents(
        "\
=== to a missing schema
paths: {}
components: {schemas: {A: {properties: {x: {$ref: '#/components/schemas/Nothing'}}}}}
=== to a missing parameter
paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/Nothing'}], responses: {200: {description: x}}}}}
=== to a missing response
paths: {/a: {get: {responses: {200: {$ref: '#/components/responses/Nothing'}}}}}
=== to a missing path item
paths: {/a: {$ref: '#/components/pathItems/Nothing'}}
=== a schema to a parameter
paths: {}
components: {schemas: {A: {$ref: '#/components/parameters/P'}}, parameters: {P: {name: p, in: query, schema: {type: string}}}}
=== a parameter to a schema
paths: {/a: {get: {parameters: [{$ref: '#/components/schemas/S'}], responses: {200: {description: x}}}}}
components: {schemas: {S: {type: string}}}
=== a response to a schema
paths: {/a: {get: {responses: {200: {$ref: '#/components/schemas/S'}}}}}
components: {schemas: {S: {type: string}}}
=== to the whole document
paths: {}
components: {schemas: {A: {$ref: '#'}}}
=== to the root
paths: {}
components: {schemas: {A: {$ref: '#/'}}}
=== empty
paths: {}
components: {schemas: {A: {$ref: ''}}}
=== to a number
paths: {}
components: {schemas: {A: {$ref: 5}}}
=== to a name
paths: {}
components: {schemas: {A: {$ref: Pet}}}
=== percent-encoded
paths: {}
components: {schemas: {A: {$ref: '#/components/schemas/a%20b%7B%7D'}, 'a b{}': {type: string}}}
=== with invalid percent-encoding
paths: {}
components: {schemas: {A: {$ref: '#/components/schemas/a%2'}, 'a%2': {type: string}}}
=== into a property
paths: {}
components: {schemas: {A: {$ref: '#/components/schemas/B/properties/x'}, B: {properties: {x: {type: string}}}}}
=== into a list
paths: {}
components: {schemas: {A: {$ref: '#/components/schemas/B/allOf/0'}, B: {allOf: [{type: string}]}}}
=== to a string
paths: {}
components: {schemas: {A: {$ref: '#/info/title'}}}
=== with siblings, which 3.0 ignores
paths: {}
components: {schemas: {A: {properties: {x: {$ref: '#/components/schemas/B', nullable: true, description: An x., readOnly: true}}}, B: {type: string}}}
=== a property called $ref
paths: {}
components: {schemas: {A: {type: object, properties: {$ref: {type: string}}}, B: {type: object, required: [$ref], properties: {$ref: {type: string, example: '#/x'}}}}}
=== to the network
paths: {}
components: {schemas: {A: {$ref: 'https://example.com/a.yaml#/A'}}}
"
    ));
}

#[test]
fn invalid_paths() {
    insta::assert_snapshot!(documents(
        "\
=== two templates of one route
paths:
  /a/{x}: {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {200: {description: x}}}}
  /a/{y}: {get: {parameters: [{name: y, in: path, required: true, schema: {type: string}}], responses: {200: {description: x}}}}
=== a parameter that is not declared
paths: {'/a/{x}': {get: {responses: {200: {description: x}}}}}
=== a parameter that the template lacks
paths: {/a: {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {200: {description: x}}}}}
=== a parameter that is optional
paths: {'/a/{x}': {get: {parameters: [{name: x, in: path, schema: {type: string}}], responses: {200: {description: x}}}}}
=== no slash
paths: {'a/b': {get: {responses: {200: {description: x}}}}}
=== an empty path
paths: {'': {get: {responses: {200: {description: x}}}}}
=== an unclosed brace
paths: {'/a/{x': {get: {responses: {200: {description: x}}}}}
=== braces without a name
paths: {'/a/{}': {get: {responses: {200: {description: x}}}}}
=== one name twice
paths: {'/a/{x}/{x}': {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}], responses: {200: {description: x}}}}}
=== a query in the path
paths: {'/a?b={c}': {get: {responses: {200: {description: x}}}}}
=== a whole URL
paths: {'https://example.com/a': {get: {responses: {200: {description: x}}}}}
=== no paths
components: {}
=== empty paths
paths: {}
=== paths are null
paths:
=== paths are a list
paths: [/a]
=== a path is null
paths: {/a: }
=== a path is a string
paths: {/a: get}
=== an operation is null
paths: {/a: {get: }}
=== an unknown method
paths: {/a: {fetch: {responses: {200: {description: x}}}}}
=== a method in upper case
paths: {/a: {GET: {responses: {200: {description: x}}}}}
"
    ));
}

#[test]
fn malformed_responses() {
    insta::assert_snapshot!(operations(
        "\
=== no responses
      summary: A
=== responses are empty
      responses: {}
=== responses are a list
      responses: [{description: x}]
=== a status is a number
      responses: {200: {description: x}}
=== a range in lower case
      responses: {2xx: {description: x}, 4xx: {description: y}}
=== invalid statuses
      responses: {ok: {description: x}, 99: {description: x}, 1000: {description: x}, '2X': {description: x}, 200.0: {description: x}}
=== a response is a string
      responses: {200: fine}
=== a response is null
      responses: {200: }
=== a response without a description
      responses: {200: {content: {application/json: {}}}}
=== invalid media types
      responses: {200: {description: x, content: {json: {schema: {type: string}}, '': {schema: {type: string}}, 'application/json; ;': {}}}}
=== content is a schema
      responses: {200: {description: x, content: {schema: {type: string}}}}
=== content is a list
      responses: {200: {description: x, content: [application/json]}}
=== a schema at its place in Swagger 2.0
      responses: {200: {description: x, schema: {type: string}}}
"
    ));
}

#[test]
fn malformed_parameters() {
    insta::assert_snapshot!(operations(
        "\
=== a parameter with a schema and content
      parameters: [{name: x, in: query, schema: {type: string}, content: {application/json: {schema: {type: string}}}}]
      responses: {200: {description: x}}
=== a parameter without a schema
      parameters: [{name: x, in: query}]
      responses: {200: {description: x}}
=== a parameter with a type, as in Swagger 2.0
      parameters: [{name: x, in: query, type: integer}]
      responses: {200: {description: x}}
=== a body as a parameter
      parameters: [{name: x, in: body, schema: {type: object}}]
      responses: {200: {description: x}}
=== a form field as a parameter
      parameters: [{name: x, in: formData, type: file}]
      responses: {200: {description: x}}
=== a parameter without a name
      parameters: [{in: query, schema: {type: string}}]
      responses: {200: {description: x}}
=== a parameter without a location
      parameters: [{name: x, schema: {type: string}}]
      responses: {200: {description: x}}
=== parameters are a map
      parameters: {x: {in: query}}
      responses: {200: {description: x}}
=== one parameter twice
      parameters: [{name: x, in: query, schema: {type: string}}, {name: x, in: query, schema: {type: integer}}]
      responses: {200: {description: x}}
=== a flag that is a string
      parameters: [{name: x, in: query, required: 'true', schema: {type: string}}]
      responses: {200: {description: x}}
=== an unknown style
      parameters: [{name: x, in: query, style: fancy, schema: {type: string}}]
      responses: {200: {description: x}}
=== a style of another location
      parameters: [{name: x, in: query, style: matrix, schema: {type: string}}]
      responses: {200: {description: x}}
"
    ));
}

#[test]
fn malformed_members_of_operations() {
    insta::assert_snapshot!(operations(
        "\
=== tags that are not strings
      tags: [1, {name: x}, null]
      responses: {200: {description: x}}
=== tags that are a string
      tags: x
      responses: {200: {description: x}}
=== a tag that is not declared
      tags: [undeclared]
      responses: {200: {description: x}}
=== an id that is a number
      operationId: 5
      responses: {200: {description: x}}
=== deprecated is a string
      deprecated: 'since 2020'
      responses: {200: {description: x}}
=== security by a scheme that is not declared
      security: [{key: []}]
      responses: {200: {description: x}}
=== security that is a map
      security: {key: []}
      responses: {200: {description: x}}
=== extensions
      x-a: {$ref: '#/nothing'}
      x-b: [1, null, {a: b}]
      responses: {200: {description: x, x-c: 1, content: {application/json: {x-d: 1, schema: {x-e: {type: 5}}}}}, x-f: 1}
"
    ));
}

#[test]
fn malformed_documents() {
    insta::assert_snapshot!(documents(
        "\
=== a relative server
servers: [{url: /v1}]
paths: {}
=== servers with variables
servers: [{url: 'https://{host}/v1', variables: {host: {default: a}}}, {url: 'https://{x}.example.com'}]
paths: {}
=== servers with invalid URLs
servers: [{url: ''}, {url: 'not a url'}, {url: 5}, {}, x, {url: 'http://['}]
paths: {}
=== servers are a map
servers: {url: 'https://example.com'}
paths: {}
=== a variable without a default
servers: [{url: 'https://{x}.example.com', variables: {x: {}}}]
paths: {}
=== a default that is not listed
servers: [{url: 'https://{x}.example.com', variables: {x: {default: a, enum: [b, c]}}}]
paths: {}
=== tags are strings
tags: [a, b]
paths: {}
=== components are a list
paths: {}
components: []
=== schemas are a list
paths: {}
components: {schemas: [{type: string}]}
=== a schema is null
paths: {}
components: {schemas: {A: }}
=== a schema is a string
paths: {}
components: {schemas: {A: string}}
=== a schema is a list
paths: {}
components: {schemas: {A: [string]}}
=== unknown components
paths: {}
components: {definitions: {A: {type: string}}}
=== schemas at their place in Swagger 2.0
paths: {}
definitions: {A: {type: string}}
=== extensions
x-a: {openapi: 2}
paths: {x-b: {get: 1}}
components: {x-c: 1, schemas: {x-d: {type: string}}}
=== invalid security schemes
paths: {}
components: {securitySchemes: {a: {type: magic}, b: {type: apiKey}, c: {type: http}, d: {type: oauth2}, e: {}, f: x}}
"
    ));
}

#[test]
fn malformed_types_and_properties() {
    insta::assert_snapshot!(schemas(
        "\
=== types of Swagger
    A: {type: object, properties: {f: {type: file}, a: {type: any}, i: {type: int}, d: {type: date}, n: {type: 5}, l: {type: [string, 'null']}}}
=== formats of other types
    A: {type: object, properties: {a: {type: string, format: int32}, b: {type: integer, format: date}, c: {type: boolean, format: uuid}, d: {format: int64}, e: {type: string, format: 5}}}
=== a property is required by itself
    A: {type: object, properties: {a: {type: string, required: true}, b: {type: string, required: 'yes'}}}
=== required is a string
    A: {type: object, required: a, properties: {a: {type: string}}}
=== required lists values that are not strings
    A: {type: object, required: [1, null, {}], properties: {'1': {type: string}}}
=== required, but not described
    A: {type: object, required: [a], properties: {b: {type: string}}}
=== required, but not allowed
    A: {type: object, required: [a], properties: {b: {type: string}}, additionalProperties: false}
=== nullable without a type
    A: {nullable: true}
=== properties are a list
    A: {type: object, properties: [{name: a}]}
=== a property is a string
    A: {type: object, properties: {a: string}}
=== a property is null
    A: {type: object, properties: {a: }}
"
    ));
}

#[test]
fn malformed_lists_of_schemas() {
    insta::assert_snapshot!(schemas(
        "\
=== items are a list
    A: {type: array, items: [{type: string}]}
=== an array without items
    A: {type: array}
=== allOf is a map
    A: {allOf: {$ref: '#/components/schemas/B'}}
    B: {type: string}
=== allOf is empty
    A: {allOf: []}
=== oneOf is empty
    A: {oneOf: []}
=== oneOf of strings
    A: {oneOf: [string, integer]}
"
    ));
}

#[test]
fn malformed_bounds_and_values() {
    insta::assert_snapshot!(schemas(
        "\
=== bounds that exclude all values
    A: {type: object, properties: {a: {type: integer, minimum: 5, maximum: 4}, b: {type: string, minLength: 2, maxLength: 1}, c: {type: array, items: {}, minItems: 2, maxItems: 1}, d: {type: object, minProperties: 2, maxProperties: 1}, e: {type: number, minimum: 1, maximum: 1, exclusiveMinimum: true}}}
=== invalid bounds
    A: {type: object, properties: {a: {type: integer, minimum: low}, b: {type: string, minLength: -1}, c: {type: string, maxLength: 1.5}, d: {type: string, pattern: '('}, e: {type: number, multipleOf: 0}}}
=== an empty enum
    A: {type: string, enum: []}
=== an enum that is a string
    A: {type: string, enum: a}
=== an enum of other types
    A: {type: string, enum: [1, true, null, a, {}]}
=== an enum with one value twice
    A: {type: string, enum: [a, a]}
=== defaults of other types
    A: {type: object, properties: {a: {type: integer, default: x}, b: {type: string, default: 1}, c: {type: array, items: {}, default: {}}, d: {type: boolean, default: 'true'}, e: {type: string, enum: [a], default: b}, f: {type: string, default: null}}}
=== examples of other types
    A: {type: object, properties: {a: {type: integer, example: x}, b: {type: string, example: {}}, c: {type: object, example: []}}}
=== types that exclude each other
    A: {allOf: [{type: string}, {type: integer}]}
"
    ));
}

#[test]
fn malformed_flags_and_unknown_keywords() {
    insta::assert_snapshot!(schemas(
        "\
=== additionalProperties is a string
    A: {type: object, additionalProperties: 'false'}
=== flags that are strings
    A: {type: object, properties: {a: {type: string, readOnly: 'true', nullable: 'false', deprecated: 1}}}
=== read-only and write-only at once
    A: {type: object, properties: {a: {type: string, readOnly: true, writeOnly: true}}}
=== extensions
    A: {type: object, x-a: 1, properties: {x-b: {type: string, x-c: {}}}}
=== unknown keywords
    A: {type: object, propertes: {}, colour: red}
"
    ));
}

#[test]
fn inconsistent_discriminators() {
    insta::assert_snapshot!(schemas(
        "\
=== a target that does not exist
    A: {type: object, required: [kind], properties: {kind: {type: string}, a: {type: string}}}
    B: {type: object, required: [kind], properties: {kind: {type: string}, b: {type: string}}}
    U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', c: '#/components/schemas/C'}}}
=== a target that is not a branch
    A: {type: object, required: [kind], properties: {kind: {type: string}, a: {type: string}}}
    B: {type: object, required: [kind], properties: {kind: {type: string}, b: {type: string}}}
    C: {type: object, required: [kind], properties: {kind: {type: string}, c: {type: string}}}
    U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', c: '#/components/schemas/C'}}}
=== a property that a branch lacks
    A: {type: object, required: [kind], properties: {kind: {type: string}, a: {type: string}}}
    B: {type: object, properties: {b: {type: string}}}
    U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind}}
=== a property that is not required
    A: {type: object, properties: {kind: {type: string}, a: {type: string}}}
    B: {type: object, required: [kind], properties: {kind: {type: string}, b: {type: string}}}
    U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind}}
=== no property
    A: {type: object, properties: {a: {type: string}}}
    U: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {mapping: {a: A}}}
=== a string, as in Swagger 2.0
    A: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}
=== a mapping that is a list
    A: {type: object, properties: {kind: {type: string}}}
    U: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: kind, mapping: [a]}}
=== a mapping to a number
    A: {type: object, properties: {kind: {type: string}}}
    U: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: kind, mapping: {a: 5}}}
"
    ));
}

/// The findings of whole texts, one line each.
#[derive(Default)]
struct Report(String);

impl Report {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        let run = run(bytes);
        let found = findings(&run).trim_end().replace('\n', ", ");
        let generated = if run.files.is_empty() {
            "not generated"
        } else {
            "generated"
        };
        let _ = writeln!(self.0, "{name}: {generated}: {found}");
    }
}

/// A document without mistakes.
fn plain() -> String {
    format!("{HEAD}paths:\n  /a:\n    get:\n      responses: {{200: {{description: x}}}}\n")
}

#[test]
fn unusual_encodings() {
    let mut report = Report::default();
    let plain = plain();
    report.add("an empty text", b"");
    report.add("a line break", b"\n");
    report.add("a comment", b"# nothing\n");
    report.add("a BOM", format!("\u{feff}{plain}").as_bytes());
    report.add("CRLF", plain.replace('\n', "\r\n").as_bytes());
    report.add("CR", plain.replace('\n', "\r").as_bytes());
    report.add("tabs", plain.replace("    ", "\t").as_bytes());
    report.add("NUL", plain.replace("title: T", "title: \0").as_bytes());
    report.add(
        "NUL in JSON",
        b"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"\0\", \"version\": \"1\"}, \"paths\": {}}",
    );
    report.add(
        "NUL, escaped",
        b"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"\\u0000\", \"version\": \"1\"}, \"paths\": {}}",
    );
    let utf16 = |text: &str, is_little_endian: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if is_little_endian {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    report.add("UTF-16, little-endian", &utf16(&plain, true));
    report.add("UTF-16, big-endian", &utf16(&plain, false));
    report.add("UTF-16 without BOM", &utf16(&plain, true)[2..]);
    report.add(
        "Latin-1",
        b"openapi: 3.0.3\ninfo: {title: Caf\xE9, version: '1'}\npaths: {}\n",
    );
    report.add(
        "an unpaired surrogate",
        b"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"\\ud800\", \"version\": \"1\"}, \"paths\": {}}",
    );
    insta::assert_snapshot!(report.0);
}

#[test]
fn unusual_yaml() {
    let mut report = Report::default();
    let plain = plain();
    report.add("several documents", format!("{plain}---\n{plain}").as_bytes());
    report.add("a document end marker", format!("---\n{plain}...\n").as_bytes());
    report.add("a key twice", format!("{plain}paths: {{}}\n").as_bytes());
    report.add("a key twice in JSON", b"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"T\", \"version\": \"1\", \"title\": \"U\"}, \"paths\": {}}");
    report.add("a merge key", format!("{HEAD}x-base: &base {{responses: {{200: {{description: x}}}}}}\npaths: {{/a: {{get: {{<<: *base, summary: S}}}}}}\n").as_bytes());
    report.add(
        "a merge key with a string",
        format!("{plain}x-a: {{<<: b}}\n").as_bytes(),
    );
    report.add(
        "an anchor that is used",
        format!(
            "{HEAD}paths: {{/a: {{get: &get {{responses: {{200: {{description: x}}}}}}, post: *get}}}}\n"
        )
        .as_bytes(),
    );
    report.add(
        "an alias within its anchor",
        format!("{HEAD}paths: {{}}\nx-a: &a [*a]\n").as_bytes(),
    );
    report.add(
        "an alias of an unknown anchor",
        format!("{HEAD}paths: *nothing\n").as_bytes(),
    );
    insta::assert_snapshot!(report.0);
}

#[test]
fn texts_that_are_not_documents() {
    let mut report = Report::default();
    report.add("a list", b"- openapi: 3.0.3\n");
    report.add("a string", b"openapi\n");
    report.add("a number", b"3.0\n");
    report.add("null", b"null\n");
    report.add("HTML", b"<!DOCTYPE html>\n<html><body>Not found</body></html>\n");
    report.add(
        "JSON with trailing commas",
        b"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"T\", \"version\": \"1\",}, \"paths\": {},}",
    );
    report.add(
        "JSON with comments",
        b"{\"openapi\": \"3.0.3\", // no\n \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"paths\": {}}",
    );
    report.add(
        "truncated JSON",
        b"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"T\"",
    );
    report.add(
        "two JSON documents",
        b"{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"paths\": {}} {}",
    );
    insta::assert_snapshot!(report.0);
}

#[test]
fn unusual_versions() {
    let mut report = Report::default();
    report.add(
        "Swagger",
        b"swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}\n",
    );
    report.add(
        "Swagger, a number",
        b"swagger: 2.0\ninfo: {title: T, version: '1'}\npaths: {}\n",
    );
    report.add(
        "OpenAPI 3.2",
        b"openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths: {}\n",
    );
    report.add(
        "OpenAPI 4",
        b"openapi: 4.0.0\ninfo: {title: T, version: '1'}\npaths: {}\n",
    );
    report.add(
        "a version that is a number",
        b"openapi: 3.1\ninfo: {title: T, version: 1.0}\npaths: {}\n",
    );
    report.add(
        "a version that is null",
        b"openapi:\ninfo: {title: T, version: '1'}\npaths: {}\n",
    );
    report.add("no version", b"info: {title: T, version: '1'}\npaths: {}\n");
    report.add("no info", b"openapi: 3.0.3\npaths: {}\n");
    report.add("info is a string", b"openapi: 3.0.3\ninfo: T\npaths: {}\n");
    report.add(
        "an empty title",
        b"openapi: 3.0.3\ninfo: {title: '', version: ''}\npaths: {}\n",
    );
    report.add("only a version", b"openapi: 3.0.3\n");
    insta::assert_snapshot!(report.0);
}

/// Generates from a document with these schemas.
fn many(schemas: impl Iterator<Item = (String, String)>) -> Generated {
    let list: Vec<String> = schemas
        .map(|(name, schema)| format!("\"{name}\": {schema}"))
        .collect();
    run(format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{{}}}}}}}",
        list.join(", ")
    )
    .as_bytes())
}

/// Generates from `count` schemas, each made from `link`, in which `$` is replaced by a reference to the next schema.
fn chain(count: usize, link: &str) -> Generated {
    many((0..=count).map(|number| {
        let next = format!("{{\"$ref\": \"#/components/schemas/S{}\"}}", number + 1);
        let schema = if number == count {
            "{\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"string\"}}}".to_owned()
        } else {
            link.replace('~', &number.to_string()).replace('$', &next)
        };
        (format!("S{number}"), schema)
    }))
}

#[test]
fn long_reference_chains_take_little_time() {
    let count = 500;
    let mut report = String::new();
    for link in [
        "$",
        "{\"allOf\": [$]}",
        "{\"oneOf\": [$]}",
        "{\"anyOf\": [$, {\"type\": \"string\"}]}",
        "{\"type\": \"array\", \"items\": $}",
        "{\"type\": \"object\", \"additionalProperties\": $}",
        "{\"type\": \"object\", \"properties\": {\"a\": $}}",
    ] {
        let run = chain(count, link);
        let types = run.api.as_ref().map_or(0, |api| api.types.len());
        let _ = writeln!(report, "{link}: {types} types: {}", findings(&run).trim_end());
        assert!(!run.files.is_empty());
    }
    insta::assert_snapshot!(report);
}

#[test]
fn dense_reference_graphs_take_little_time() {
    let count = 60;
    let all = |from: usize| {
        let list: Vec<String> = (from..count)
            .map(|number| format!("{{\"$ref\": \"#/components/schemas/S{number}\"}}"))
            .collect();
        list.join(", ")
    };
    for (link, forward) in [
        ("{\"allOf\": [$]}", true),
        ("{\"oneOf\": [$]}", true),
        ("{\"oneOf\": [$]}", false),
        ("{\"anyOf\": [$]}", false),
    ] {
        let run = many((0..count).map(|number| {
            let own = format!("{{\"type\": \"object\", \"properties\": {{\"p{number}\": {{}}}}}}");
            let mut others = all(if forward { number + 1 } else { 0 });
            if !others.is_empty() {
                others.push_str(", ");
            }
            (format!("S{number}"), link.replace('$', &(others + &own)))
        }));
        assert!(!run.files.is_empty(), "{link}");
    }
}

#[test]
fn examples_of_recursive_unions_take_little_time() {
    // Each of the 18 levels is validated by four branches: 4^18 steps, if the number were not limited.
    let example = (0..18).fold("{}".to_owned(), |inner, _| format!("{{next: {inner}}}"));
    let branches = ["A", "B", "C", "D"];
    let union = branches.map(|name| format!("{{$ref: '#/components/schemas/{name}'}}"));
    let mut text = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Node: {{oneOf: [{}], example: {example}}}\n",
        union.join(", ")
    );
    for name in branches {
        let _ = writeln!(
            text,
            "    {name}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/Node'}}, {name}: {{type: string}}}}}}"
        );
    }
    let run = audited(&Inputs {
        spec: Some(Input {
            name: "a.yaml".to_owned(),
            bytes: text.into_bytes(),
        }),
        ..Inputs::default()
    });
    assert!(run.api.is_some());
}

#[test]
fn deep_nesting_is_an_error() {
    let mut report = String::new();
    for (name, open, close) in [
        ("properties", "{\"properties\": {\"a\": ", "}}"),
        ("items", "{\"items\": ", "}"),
        ("allOf", "{\"allOf\": [", "]}"),
        ("oneOf", "{\"oneOf\": [", "]}"),
        ("not", "{\"not\": ", "}"),
    ] {
        for count in [20, 10_000] {
            let schema = format!("{}{{}}{}", open.repeat(count), close.repeat(count));
            let run = many(std::iter::once(("A".to_owned(), schema)));
            let found = findings(&run).trim_end().replace('\n', ", ");
            let _ = writeln!(report, "{count} x {name}: {found}");
        }
    }
    for (name, text) in [
        ("lists in JSON", "[".repeat(100_000)),
        ("lists in YAML", "- ".repeat(100_000)),
        (
            "mappings in YAML",
            (0..2_000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n"),
        ),
        ("keys in YAML", "? ".repeat(100_000)),
    ] {
        let run = run(text.as_bytes());
        let found = findings(&run).trim_end().replace('\n', ", ");
        let _ = writeln!(report, "{name}: {found}");
    }
    insta::assert_snapshot!(report);
}

#[test]
fn exponential_aliases_are_an_error() {
    let mut text = format!("{HEAD}paths: {{}}\nx-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for number in 1..20 {
        let before = number - 1;
        let ten = vec![format!("*a{before}"); 10].join(", ");
        let _ = writeln!(text, "x-{number}: &a{number} [{ten}]");
    }
    let run = run(text.as_bytes());
    assert!(
        findings(&run).starts_with("alias-budget error"),
        "{}",
        findings(&run)
    );
}

#[test]
fn many_operations_are_generated() {
    // `cargo bench -p pingback-codegen --bench scale -- 100000` does it with a hundred thousand.
    let count = 5_000;
    let mut text = format!("{HEAD}paths:\n");
    for number in 0..count {
        let _ = write!(
            text,
            "  /r{number}/{{id}}:\n    get:\n      operationId: getR{number}\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      responses:\n        200: {{description: Fine, content: {{application/json: {{schema: {{type: object, properties: {{f{number}: {{type: integer}}}}}}}}}}}}\n        404: {{description: None, content: {{application/json: {{schema: {{type: object, properties: {{code: {{type: string}}}}}}}}}}}}\n"
        );
    }
    let run = run(text.as_bytes());
    let api = run.api.as_ref().expect("it is a document");
    assert_eq!(api.operations.len(), count);
    assert!(!run.files.is_empty());
}

#[test]
fn many_parameters_are_generated() {
    let count = 1_500;
    let mut text = format!("{HEAD}paths:\n  /a:\n    get:\n      parameters:\n");
    for number in 0..count {
        let _ = writeln!(
            text,
            "      - {{name: p{number}, in: query, schema: {{type: string}}}}"
        );
    }
    text.push_str("      responses: {200: {description: Fine}}\n");
    let run = run(text.as_bytes());
    let api = run.api.as_ref().expect("it is a document");
    assert_eq!(api.operations[0].parameters.len(), count);
}

/// Each fact is the sound neighbour of a fault that has a finding.
#[test]
fn sound_documents_have_no_findings() {
    let document = "\
openapi: VERSION
info: {title: T, version: '1'}
servers:
  - url: https://{region}.example.com
    variables: {region: {default: eu, enum: [eu, us]}}
security: [{key: []}]
paths:
  /a/{x}/{y}:
    post:
      operationId: one
      parameters:
        - {name: x, in: path, required: true, schema: {type: string}}
        - {name: y, in: path, required: true, schema: {type: integer}}
        - {name: json, in: query, content: {application/json: {schema: {type: array, items: {type: string}}}}}
        - {name: deep, in: query, style: deepObject, explode: true, schema: {$ref: '#/components/schemas/Object'}}
        - {name: piped, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
        - {name: cookie, in: cookie, explode: false, schema: {$ref: '#/components/schemas/Object'}}
        - {name: session, in: cookie, schema: {type: string}}
      requestBody:
        content:
          multipart/form-data:
            schema: {$ref: '#/components/schemas/Object'}
            encoding: {a: {contentType: text/plain}}
      responses:
        '200':
          description: A
          headers: {X-A: {content: {application/json: {schema: {type: string}}}}}
        '404': {description: None}
  /a%2Fb: {get: {operationId: two, responses: {'200': {description: A}, '404': {description: None}}}}
  /a/b: {get: {operationId: three, responses: {'200': {description: A}, '404': {description: None}}}}
components:
  schemas:
    Object: {type: object, properties: {a: {type: string, NULLABLE, default: null}}}
    Number: {type: number, enum: [10, 1e2, 9007199254740993, 9007199254740992]}
  securitySchemes:
    key: {type: apiKey, in: cookie, name: key}
";
    let document =
        |version: &str, nullable: &str| document.replace("VERSION", version).replace("NULLABLE", nullable);
    let newer = document("3.1.0", "x-a: 1").replace("type: string, x-a: 1", "type: [string, 'null']");
    for text in [document("3.0.3", "nullable: true"), newer] {
        let run = run(text.as_bytes());
        let shown = show::text(&run.diagnostics, &run.sources, show::Style::Plain);
        assert_eq!(findings(&run), "", "{shown}");
    }
}
