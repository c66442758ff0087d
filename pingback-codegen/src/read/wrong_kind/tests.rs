use super::super::yaml;
use super::replace_references;
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use std::fmt::Write as _;

/// The components of every kind that the cases refer to.
const COMPONENTS: &str = "
  requestBodies:
    Body: {description: A body, required: true, content: {application/json: {schema: {type: string}}, text/plain: {}}}
    Alias: {$ref: '#/components/requestBodies/Body'}
  responses:
    Found: {description: Found, headers: {H: {schema: {type: string}}}, content: {text/plain: {schema: {type: string}}}}
    Nothing: {description: Nothing}
  schemas:
    Pet: {type: object}
    Wrapped: {content: {application/json: {schema: {type: string}}}}
  parameters:
    Limit: {name: limit, in: query, description: A limit, schema: {type: integer}}
  headers:
    Rate: {description: A rate, schema: {type: integer}}
    Named: {name: X-Named, in: header, schema: {type: string}}
  securitySchemes:
    Key: {type: apiKey, in: header, name: X-Key}
  examples:
    Cat: {value: cat}
  links:
    Next: {operationId: next}
";

/// Each line of `cases` is the value of a member `x` of the components' section `section`. The value afterwards, as
/// JSON, and the findings.
fn replaced(section: &str, cases: &str) -> String {
    let mut report = String::new();
    for case in cases.trim().lines() {
        let text = format!("openapi: 3.0.3\ncomponents:{COMPONENTS}").replace(
            &format!("  {section}:\n"),
            &format!("  {section}:\n    x: {}\n", case.trim()),
        );
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let id = sources.add("a.yaml", text);
        let mut root = yaml::parse(id, &sources, &mut diagnostics).expect("it is well-formed");
        replace_references(&mut root, &mut diagnostics);
        let value = root.at(&crate::pointer::Pointer(format!("/components/{section}/x")));
        let value = value.expect("it is there").to_json().to_string();
        let _ = writeln!(report, "{}", value.replace("#/components/", "#"));
        for found in &diagnostics {
            let _ = writeln!(report, "  {}", found.message.replace("#/components/", "#"));
        }
    }
    report
}

#[test]
fn responses() {
    insta::assert_snapshot!(replaced(
        "responses",
        "
        {$ref: '#/components/requestBodies/Body'}
        {$ref: '#/components/requestBodies/Alias', description: Own}
        {$ref: '#/components/requestBodies/Body/content'}
        {$ref: '#/components/requestBodies/Body/content/text~1plain'}
        {$ref: '#/components/schemas/Pet'}
        {$ref: '#/components/schemas/Wrapped'}
        {$ref: '#/components/responses/Found'}
        {$ref: '#/components/parameters/Limit'}
        "
    ), @r##"
    {"description":"A body","content":{"application/json":{"$ref":"#requestBodies/Body/content/application~1json"},"text/plain":{"$ref":"#requestBodies/Body/content/text~1plain"}}}
      `#requestBodies/Body` is a request body, but a response is required here; its `content` is used (number of such references: 1)
    {"description":"Own","content":{"application/json":{"$ref":"#requestBodies/Body/content/application~1json"},"text/plain":{"$ref":"#requestBodies/Body/content/text~1plain"}}}
      `#requestBodies/Alias` is a request body, but a response is required here; its `content` is used (number of such references: 1)
    {"description":"","content":{"application/json":{"$ref":"#requestBodies/Body/content/application~1json"},"text/plain":{"$ref":"#requestBodies/Body/content/text~1plain"}}}
      `#requestBodies/Body/content` is a map, but a response is required here; it is used as `content` (number of such references: 1)
    {"description":"","content":{"text/plain":{"$ref":"#requestBodies/Body/content/text~1plain"}}}
      `#requestBodies/Body/content/text~1plain` is a media type, but a response is required here; it is used for `text/plain` (number of such references: 1)
    {"description":"","content":{"application/json":{"schema":{"$ref":"#schemas/Pet"}}}}
      `#schemas/Pet` is a schema, but a response is required here; it is used as the schema of `application/json` (number of such references: 1)
    {"description":"","content":{"application/json":{"$ref":"#schemas/Wrapped/content/application~1json"}}}
      `#schemas/Wrapped` is a schema, but a response is required here; its `content` is used (number of such references: 1)
    {"$ref":"#responses/Found"}
    {"$ref":"#parameters/Limit"}
    "##);
}

#[test]
fn request_bodies() {
    insta::assert_snapshot!(replaced(
        "requestBodies",
        "
        {$ref: '#/components/responses/Found'}
        {$ref: '#/components/responses/Nothing'}
        {$ref: '#/components/schemas/Pet'}
        {$ref: '#/components/parameters/Limit'}
        "
    ), @r##"
    {"description":"Found","content":{"text/plain":{"$ref":"#responses/Found/content/text~1plain"}}}
      `#responses/Found` is a response, but a request body is required here; its `content` is used (number of such references: 1)
    {"$ref":"#responses/Nothing"}
    {"description":"","content":{"application/json":{"schema":{"$ref":"#schemas/Pet"}}}}
      `#schemas/Pet` is a schema, but a request body is required here; it is used as the schema of `application/json` (number of such references: 1)
    {"description":"A limit","content":{"application/json":{"schema":{"$ref":"#parameters/Limit/schema"}}}}
      `#parameters/Limit` is a parameter, but a request body is required here; its `schema` is used for `application/json` (number of such references: 1)
    "##);
}

#[test]
fn schemas() {
    insta::assert_snapshot!(replaced(
        "schemas",
        "
        {$ref: '#/components/parameters/Limit', nullable: true}
        {$ref: '#/components/headers/Rate'}
        {$ref: '#/components/requestBodies/Body'}
        {$ref: '#/components/requestBodies/Alias'}
        {$ref: '#/components/responses/Found'}
        {$ref: '#/components/responses/Found/content/text~1plain'}
        {$ref: '#/components/responses/Nothing'}
        {$ref: '#/components/securitySchemes/Key'}
        "
    ), @r##"
    {"$ref":"#parameters/Limit/schema","nullable":true}
      `#parameters/Limit` is a parameter, but a schema is required here; its `schema` is used (number of such references: 1)
    {"$ref":"#headers/Rate/schema"}
      `#headers/Rate` is a header, but a schema is required here; its `schema` is used (number of such references: 1)
    {"$ref":"#requestBodies/Body/content/application~1json/schema"}
      `#requestBodies/Body` is a request body, but a schema is required here; the schema of its `application/json` is used (number of such references: 1)
    {"$ref":"#requestBodies/Body/content/application~1json/schema"}
      `#requestBodies/Alias` is a request body, but a schema is required here; the schema of its `application/json` is used (number of such references: 1)
    {"$ref":"#responses/Found/content/text~1plain/schema"}
      `#responses/Found` is a response, but a schema is required here; the schema of its `text/plain` is used (number of such references: 1)
    {"$ref":"#responses/Found/content/text~1plain/schema"}
      `#responses/Found/content/text~1plain` is a media type, but a schema is required here; its `schema` is used (number of such references: 1)
    {"$ref":"#responses/Nothing"}
    {"$ref":"#securitySchemes/Key"}
    "##);
}

#[test]
fn parameters_and_headers() {
    insta::assert_snapshot!(replaced(
        "parameters",
        "
        {$ref: '#/components/headers/Named'}
        {$ref: '#/components/headers/Rate'}
        {$ref: '#/components/securitySchemes/Key'}
        {$ref: '#/components/schemas/Pet'}
        "
    ), @r##"
    {"name":"X-Named","in":"header","schema":{"$ref":"#headers/Named/schema"}}
      `#headers/Named` is a header, but a parameter is required here; its `name` and `in` are used (number of such references: 1)
    {"$ref":"#headers/Rate"}
    {"name":"X-Key","in":"header"}
      `#securitySchemes/Key` is a security scheme, but a parameter is required here; its `name` and `in` are used (number of such references: 1)
    {"$ref":"#schemas/Pet"}
    "##);
    insta::assert_snapshot!(replaced(
        "headers",
        "
        {$ref: '#/components/schemas/Pet'}
        {$ref: '#/components/parameters/Limit'}
        {$ref: '#/components/responses/Found'}
        "
    ), @r##"
    {"schema":{"$ref":"#schemas/Pet"}}
      `#schemas/Pet` is a schema, but a header is required here; it is used as `schema` (number of such references: 1)
    {"description":"A limit","schema":{"$ref":"#parameters/Limit/schema"}}
      `#parameters/Limit` is a parameter, but a header is required here; its `schema` or `content` is used (number of such references: 1)
    {"$ref":"#responses/Found"}
    "##);
}

#[test]
fn media_types() {
    insta::assert_snapshot!(replaced(
        "requestBodies",
        "
        {content: {text/plain: {$ref: '#/components/requestBodies/Body'}, a/b: {$ref: '#/components/schemas/Pet'}}}
        "
    ), @r##"
    {"content":{"text/plain":{"$ref":"#requestBodies/Body/content/text~1plain"},"a/b":{"schema":{"$ref":"#schemas/Pet"}}}}
      `#requestBodies/Body` is a request body, but a media type is required here; its `text/plain` is used (number of such references: 1)
      `#schemas/Pet` is a schema, but a media type is required here; it is used as `schema` (number of such references: 1)
    "##);
}

#[test]
fn examples_and_links_do_not_matter() {
    insta::assert_snapshot!(replaced(
        "examples",
        "
        {$ref: '#/components/schemas/Pet'}
        {$ref: '#/components/examples/Cat'}
        "
    ), @r##"
    {}
      `#schemas/Pet` is a schema, but an example is required here; it is ignored (number of such references: 1)
    {"$ref":"#examples/Cat"}
    "##);
    insta::assert_snapshot!(replaced(
        "links",
        "
        {$ref: '#/components/responses/Found'}
        "
    ), @"
    {}
      `#responses/Found` is a response, but a link is required here; it is ignored (number of such references: 1)
    ");
}

#[test]
fn a_fact_about_several_references_is_one_finding() {
    insta::assert_snapshot!(replaced(
        "schemas",
        "
        {allOf: [{$ref: '#/components/headers/Rate'}, {$ref: '#/components/headers/Rate'}]}
        "
    ), @r##"
    {"allOf":[{"$ref":"#headers/Rate/schema"},{"$ref":"#headers/Rate/schema"}]}
      `#headers/Rate` is a header, but a schema is required here; its `schema` is used (number of such references: 2)
    "##);
}
