//! Snippets of documents in, the relevant part of the [`Api`] out.

use super::lower;
use crate::diagnostic::Diagnostics;
use crate::model::{Api, ErrorCaseOrigin, ParameterStyle, PayloadKind, Status, Success, Type};
use crate::options::Options;
use crate::read::{Parsed, catalogue, document};
use crate::source::Sources;
use insta::assert_snapshot;
use std::fmt::Write as _;

fn lowered(text: &str, errors: &str, options: &Options) -> (Api, String) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let parsed = Parsed {
        document: (!text.is_empty())
            .then(|| document::read(sources.add("api.yaml", text), &sources, &mut diagnostics))
            .flatten(),
        catalogue: if errors.is_empty() {
            catalogue::Catalogue::default()
        } else {
            let source = sources.add("errors.md", errors);
            catalogue::read(
                &[catalogue::CatalogueInput { source, form: None }],
                &sources,
                &mut diagnostics,
            )
        },
        config: None,
    };
    let api = lower(&parsed, options, &mut diagnostics).api;

    let mut shown = String::new();
    for finding in &diagnostics {
        let place = finding
            .span
            .and_then(|span| sources.locate(span))
            .map(|at| at.to_string());
        let _ = writeln!(
            shown,
            "{} {}: {}",
            place.unwrap_or_default(),
            finding.rule.name,
            finding.message
        );
    }
    (api, shown)
}

/// The API that a document of these paths (YAML, indented by two) gives, without a catalogue.
fn paths(paths: &str) -> (Api, String) {
    lowered(&document(paths, ""), "", &Options::default())
}

fn document(paths: &str, rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}\n{rest}")
}

/// As YAML. By way of JSON, since YAML has no form of its own for an enum within an enum.
fn yaml(value: impl serde::Serialize) -> String {
    serde_yaml::to_string(&serde_json::to_value(value).unwrap()).unwrap()
}

/// One line for each error case: variant, status, code, and what it carries.
fn cases(api: &Api) -> String {
    let mut shown = String::new();
    for operation in &api.operations {
        for case in &operation.errors {
            let carries = match &case.payload.kind {
                PayloadKind::Empty => "nothing".to_owned(),
                PayloadKind::Json(Type::Named(id)) => api.types[id.0].name.clone(),
                PayloadKind::Json(Type::Json) => "any JSON".to_owned(),
                other => format!("{other:?}"),
            };
            let status = super::statuses::suffix(case.status);
            let code = case.code.as_deref().unwrap_or("-");
            let _ = writeln!(
                shown,
                "{} {}: {status} {code} {carries}",
                operation.id, case.variant
            );
        }
    }
    shown
}

/// One line for each operation: its names and arguments.
fn signatures(api: &Api) -> String {
    let mut shown = String::new();
    for operation in &api.operations {
        let arguments: Vec<String> = operation
            .parameters
            .iter()
            .map(|one| format!("{}{}", one.name, if one.required { "" } else { "?" }))
            .collect();
        let (method, ty) = (&operation.method_name, &operation.type_name);
        let _ = writeln!(
            shown,
            "{}: {ty}::{method}({})",
            operation.id,
            arguments.join(", ")
        );
    }
    shown
}

const OK: &str = "responses: {'200': {description: fine}}";

mod operations {
    use super::*;

    #[test]
    fn an_id_gives_the_names() {
        let (api, _) = paths(&format!(
            "  /a: {{get: {{operationId: repos/get-all things.now, {OK}}}}}"
        ));
        assert_snapshot!(signatures(&api), @"repos/get-all things.now: ReposGetAllThingsNow::repos_get_all_things_now()");
    }

    #[test]
    fn without_an_id_method_and_path_give_them() {
        let (api, _) = paths(&format!(
            "  /users/{{id}}/posts: {{get: {{parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], {OK}}}}}"
        ));
        assert_snapshot!(signatures(&api), @"get_user_posts: GetUserPosts::get_user_posts(id)");
    }

    #[test]
    fn the_second_of_one_id_has_a_name_of_its_own() {
        let (api, findings) = paths(&format!(
            "  /a: {{get: {{operationId: one, {OK}}}}}\n  /b: {{put: {{operationId: one, {OK}}}}}"
        ));
        assert_snapshot!(signatures(&api) + &findings, @"
        one: One::one()
        put_b: PutB::put_b()
        api.yaml:5:27 duplicate-operation-id: another operation already has the operationId `one`; this one is named by its method and path
        ");
    }

    #[test]
    fn ids_that_casing_makes_one_are_told_apart() {
        let (api, findings) = paths(&format!(
            "  /a: {{get: {{operationId: getUser, {OK}}}}}\n  /b: {{get: {{operationId: get_user, {OK}}}}}"
        ));
        assert_snapshot!(signatures(&api) + &findings, @"
        getUser: GetUser::get_user()
        get_b: GetB::get_b()
        api.yaml:5:27 operation-id-collision: the operationId `get_user` becomes the same Rust name as `getUser`; this operation is named by its method and path
        ");
    }

    #[test]
    fn what_generated_code_uses_is_no_name_for_a_request() {
        let (api, _) = paths(&format!(
            "  /a: {{get: {{operationId: error, {OK}}}, put: {{operationId: builder, {OK}}}}}"
        ));
        assert_snapshot!(signatures(&api), @"
        error: ErrorOperation::error()
        builder: BuilderOperation::builder_operation()
        ");
    }

    #[test]
    fn groups_are_the_first_tags() {
        let (api, _) = paths(&format!(
            "  /a: {{get: {{tags: [User Things, x], {OK}}}, put: {{tags: [lib], {OK}}}, post: {{{OK}}}}}"
        ));
        let names: Vec<&str> = api.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["user_things", "lib_operations", "untagged"]);
    }
}

mod parameters {
    use super::*;

    #[test]
    fn the_operation_overrides_the_path() {
        let (api, _) = paths(&format!(
            "  /a:\n    parameters: [{{name: n, in: query, schema: {{type: string}}}}]\n    get: {{parameters: [{{name: n, in: query, required: true, schema: {{type: integer}}}}], {OK}}}"
        ));
        assert_snapshot!(yaml(&api.operations[0].parameters), @"
        - name: n
          wire: n
          location: query
          required: true
          ty:
            int: i64
          style: form
          explode: true
          allow_reserved: false
          docs: {}
        ");
    }

    #[test]
    fn one_name_in_two_places() {
        let (api, _) = paths(&format!(
            "  /a/{{id}}: {{get: {{operationId: o, parameters: [{{name: id, in: query, required: true, schema: {{type: string}}}}, {{name: id, in: path, required: true, schema: {{type: string}}}}], {OK}}}}}"
        ));
        assert_snapshot!(signatures(&api), @"o: O::o(id, query_id)");
    }

    #[test]
    fn a_template_is_taken_at_its_word() {
        let (api, findings) = paths(&format!(
            "  /a/{{x}}.json: {{get: {{operationId: o, parameters: [{{name: y, in: path, required: true, schema: {{type: string}}}}], {OK}}}}}"
        ));
        assert_snapshot!(yaml(&api.operations[0].path_parts) + &signatures(&api) + &findings, @"
        - literal: /a/
        - parameter: 0
        - literal: .json
        o: O::o(x)
        api.yaml:4:59 path-parameter-not-in-template: the path parameter `y` does not occur in `/a/{x}.json`; it is ignored
        api.yaml:4:17 undeclared-path-parameter: `x` in the path `/a/{x}.json` is not declared; it is read as a required string
        ");
    }

    #[test]
    fn headers_that_openapi_ignores() {
        let (api, findings) = paths(&format!(
            "  /a: {{get: {{operationId: o, parameters: [{{name: Accept, in: header, schema: {{type: string}}}}], {OK}}}}}"
        ));
        assert_snapshot!(signatures(&api) + &findings, @"
        o: O::o()
        api.yaml:4:50 ignored-header: the header parameter `Accept` is ignored (OpenAPI 3.0.3, section 4.7.12.1)
        ");
    }

    #[test]
    fn styles_by_location() {
        let (api, _) = paths(&format!(
            "  /a/{{p}}: {{get: {{parameters: [{}], {OK}}}}}",
            ["path", "query", "header", "cookie"]
                .map(|at| format!(
                    "{{name: {}, in: {at}, required: true, schema: {{type: string}}}}",
                    &at[..1]
                ))
                .join(", ")
        ));
        let shown: Vec<String> = api.operations[0]
            .parameters
            .iter()
            .map(|one| format!("{:?} {:?} explode={}", one.location, one.style, one.explode))
            .collect();
        assert_snapshot!(shown.join("\n"), @"
        Path Simple explode=false
        Query Form explode=true
        Header Simple explode=false
        Cookie Form explode=true
        ");
    }

    #[test]
    fn content_is_written_as_json() {
        let (api, _) = paths(&format!(
            "  /a: {{get: {{parameters: [{{name: filter, in: query, content: {{application/json: {{schema: {{type: integer}}}}}}}}], {OK}}}}}"
        ));
        assert_eq!(api.operations[0].parameters[0].style, ParameterStyle::Json);
    }
}

mod streams {
    use super::*;

    /// What success carries, and instead of that.
    fn success(content: &str) -> String {
        let (api, found) = paths(&format!(
            "  /a: {{get: {{operationId: o, responses: {{'200': {{description: fine, content: {{{content}}}}}}}}}}}"
        ));
        let Success::One(payload, responses) = &api.operations[0].success else {
            panic!("one payload");
        };
        let mut shown = format!("{:?}", payload.kind);
        for events in responses.iter().filter_map(|response| response.events.as_ref()) {
            let _ = write!(shown, " or {:?}", events.kind);
        }
        format!("{shown}\n{found}")
    }

    #[test]
    fn events_stand_beside_what_comes_at_once() {
        let json = "application/json: {schema: {type: integer}}";
        let events = "text/event-stream; charset=utf-8: {schema: {type: object}}";
        assert_snapshot!(success(&format!("{events}, {json}, text/csv: {{}}")), @"Json(Int(I64)) or Events(Json, Map(Json))");
        assert_snapshot!(success(&format!("application/pdf: {{}}, {events}")), @"Bytes or Events(Json, Map(Json))");
        assert_snapshot!(success(events), @"Events(Json, Map(Json))");
    }

    #[test]
    fn a_schema_is_of_the_data_or_of_the_fields_of_an_event() {
        let of = |schema: &str| success(&format!("text/event-stream: {{schema: {schema}}}"));
        let fields = "{type: object, properties: {event: {type: string}, data: {type: object}}}";
        let only_data = "{type: object, properties: {data: {type: object}}}";
        let kinds: Vec<String> = [
            "{type: string}",
            "{type: integer}",
            "{type: array, items: {type: boolean}}",
            only_data,
            fields,
            &format!(
                "{{anyOf: [{fields}, {{type: object, properties: {{data: {{}}, id: {{}}, retry: {{}}}}}}]}}"
            ),
            &format!("{{anyOf: [{fields}, {only_data}]}}"),
        ]
        .into_iter()
        .map(|schema| of(schema).lines().next().unwrap_or_default().to_owned())
        .collect();
        assert_snapshot!(kinds.join("\n"), @"
        Events(Text, String)
        Events(Json, Int(I64))
        Events(Json, Bool)
        Events(Json, Named(TypeId(0)))
        Events(Fields, Named(TypeId(0)))
        Events(Fields, Named(TypeId(0)))
        Events(Json, Named(TypeId(0)))
        ");
    }

    #[test]
    fn lines_and_sequences_go_by_many_names() {
        let kinds: Vec<String> = [
            "application/x-ndjson",
            "application/jsonl",
            "application/vnd.x+jsonl",
            "application/json-seq",
            "application/geo+json-seq",
            "application/jsonld",
        ]
        .into_iter()
        .map(|media_type| {
            let success = success(&format!("{media_type}: {{schema: {{type: integer}}}}"));
            success.lines().next().unwrap_or_default().to_owned()
        })
        .collect();
        assert_snapshot!(kinds.join("\n"), @"
        Events(Lines, Int(I64))
        Events(Lines, Int(I64))
        Events(Lines, Int(I64))
        Events(Sequence, Int(I64))
        Events(Sequence, Int(I64))
        Bytes
        ");
    }
}

mod bodies {
    use super::*;
    use crate::model::{BodyKind, TypeKind};

    fn body(content: &str) -> String {
        let (api, _) = paths(&format!(
            "  /a: {{put: {{operationId: o, requestBody: {{content: {{{content}}}}}, {OK}}}}}"
        ));
        yaml(&api.operations[0].body)
    }

    #[test]
    fn json_goes_first() {
        assert_snapshot!(body("text/plain: {schema: {type: string}}, application/json: {schema: {type: integer}}"), @"
        name: body
        required: false
        docs: {}
        contents:
        - media_type: application/json
          method: body
          kind: json
          ty:
            int: i64
        - media_type: text/plain
          method: body_as_text
          kind: text
          ty: string
        ");
    }

    #[test]
    fn a_form_says_how_each_field_is_written() {
        assert_snapshot!(body("multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}, meta: {type: object, properties: {a: {type: string}}}, name: {type: string}}}, encoding: {name: {contentType: text/csv}}}"), @"
        name: body
        required: false
        docs: {}
        contents:
        - media_type: multipart/form-data
          method: body
          kind:
            multipart:
            - wire: file
              explode: true
            - wire: meta
              explode: true
            - wire: name
              content_type: text/csv
              explode: true
          ty:
            named: 0
        ");
    }

    /// The name, media type and style of each field, and what is found.
    fn fields(kind: &str, properties: &str, encoding: &str) -> String {
        let content = format!(
            "{kind}: {{schema: {{type: object, properties: {{{properties}}}}}, encoding: {{{encoding}}}}}"
        );
        let (api, found) = paths(&format!(
            "  /a: {{put: {{operationId: o, requestBody: {{content: {{{content}}}}}, {OK}}}}}"
        ));
        let mut shown = String::new();
        for content in api.operations[0].body.iter().flat_map(|body| &body.contents) {
            let (BodyKind::Form(fields) | BodyKind::Multipart(fields)) = &content.kind else {
                continue;
            };
            for field in fields {
                let content_type = field.content_type.as_deref().unwrap_or("-");
                let style = field.style.map_or("-".to_owned(), |style| format!("{style:?}"));
                let _ = writeln!(
                    shown,
                    "{}: {content_type} {style} {} {}",
                    field.wire, field.explode, field.allow_reserved
                );
            }
        }
        for field in api.types.iter().flat_map(|def| match &def.kind {
            TypeKind::Struct(object) => object.fields.as_slice(),
            _ => &[],
        }) {
            let _ = writeln!(shown, "{} is {:?}", field.wire, field.ty);
        }
        shown + &found
    }

    #[test]
    fn a_part_has_the_one_media_type_that_it_can_have() {
        let text = "{type: string}";
        let several = fields(
            "multipart/form-data",
            &format!(
                "a: {text}, b: {text}, c: {text}, d: {{type: array, items: {text}}}, e: {{type: string, format: date}}"
            ),
            "a: {contentType: application/pdf}, b: {contentType: 'image/png, image/jpeg'}, \
             c: {contentType: 'text/html, text/plain'}, d: {contentType: 'image/*'}, e: {contentType: image/png}",
        );
        assert_snapshot!(several, @"
        a: application/pdf - true false
        b: - - true false
        c: text/plain - true false
        d: - - true false
        e: image/png - true false
        a is File
        b is File
        c is String
        d is Array(File)
        e is Date
        ");
    }

    #[test]
    fn a_field_is_json_where_its_media_type_says_so_and_no_style() {
        let object = "{type: object, properties: {x: {type: string}}}";
        let several = fields(
            "application/x-www-form-urlencoded",
            &format!("a: {object}, b: {object}, c: {object}"),
            "a: {contentType: application/json}, b: {contentType: application/json, style: deepObject}, c: {allowReserved: true}",
        );
        assert_snapshot!(several, @"
        a: - Json true false
        b: - DeepObject false false
        c: - Form true true
        a is Named(TypeId(1))
        b is Named(TypeId(1))
        c is Named(TypeId(1))
        x is String
        ");
    }

    #[test]
    fn a_wildcard_is_what_its_schema_suggests() {
        assert_snapshot!(body("'*/*': {schema: {type: string, format: binary}}"), @"
        name: body
        required: false
        docs: {}
        contents:
        - media_type: application/octet-stream
          method: body
          kind: bytes
          ty: bytes
        ");
    }
}

mod successes {
    use super::*;

    fn success(responses: &str) -> String {
        let (api, findings) = paths(&format!(
            "  /a: {{get: {{operationId: o, responses: {{{responses}}}}}}}"
        ));
        yaml(&api.operations[0].success) + &cases(&api) + &findings
    }

    #[test]
    fn one_payload_for_several_statuses() {
        let json = "content: {application/json: {schema: {type: string}}}";
        assert_snapshot!(success(&format!("'200': {{description: a, {json}}}, '201': {{description: b, {json}}}")), @"
        one:
        - kind:
            json: string
          media_type: application/json
        - - variant: Ok
            status:
              exact: 200
            docs:
              description: a
            payload:
              kind:
                json: string
              media_type: application/json
          - variant: Created
            status:
              exact: 201
            docs:
              description: b
            payload:
              kind:
                json: string
              media_type: application/json
        ");
    }

    #[test]
    fn a_choice_where_payloads_differ() {
        assert_snapshot!(success("'200': {description: a, content: {text/plain: {schema: {type: string}}}}, '204': {description: b}"), @"
        choice:
          name: OSuccess
          responses:
          - variant: Ok
            status:
              exact: 200
            docs:
              description: a
            payload:
              kind: text
              media_type: text/plain
          - variant: NoContent
            status:
              exact: 204
            docs:
              description: b
            payload:
              kind: empty
        ");
    }

    #[test]
    fn default_alone_is_the_success() {
        assert_snapshot!(success("default: {description: whatever, content: {application/json: {schema: {type: string}}}}"), @"
        one:
        - kind:
            json: string
          media_type: application/json
        - - variant: Other
            status: default
            docs:
              description: whatever
            payload:
              kind:
                json: string
              media_type: application/json
        ");
    }

    #[test]
    fn default_beside_a_success_is_the_error() {
        assert_snapshot!(success("'200': {description: a}, default: {description: b}"), @"
        one:
        - kind: empty
        - - variant: Ok
            status:
              exact: 200
            docs:
              description: a
            payload:
              kind: empty
        o Other: Other - nothing
        ");
    }

    #[test]
    fn a_redirect_alone_leads_to_bytes() {
        assert_snapshot!(success("'302': {description: elsewhere}, '100': {description: go on}"), @"
        one:
        - kind: bytes
        - []
        o Found: 302 - nothing
        api.yaml:4:75 informational-response: the response 100 of `o` is ignored: an informational response precedes the final one
        api.yaml:4:30 no-success-response: `o` documents no successful response; every 2XX is accepted, with typed status and headers only
        ");
    }
}

mod headers {
    use super::*;

    /// The sets of these headers of a success, and what is found.
    fn headers(headers: &str) -> (Api, String) {
        paths(&format!(
            "  /a: {{get: {{operationId: o, responses: {{'200': {{description: a, headers: {{{headers}}}}}}}}}}}"
        ))
    }

    /// The headers in a few words: `name: type`, with a mark for those that may be missing.
    fn shown(api: &Api) -> String {
        let mut text = String::new();
        for set in &api.headers {
            let headers: Vec<String> = set
                .headers
                .iter()
                .map(|header| {
                    let optional = if header.required { "" } else { "?" };
                    format!(
                        "  {}{optional}: {:?} by {:?}",
                        header.name, header.ty, header.form
                    )
                })
                .collect();
            let _ = writeln!(text, "{}\n{}", set.name, headers.join("\n"));
        }
        text
    }

    #[test]
    fn scalars_lists_and_objects_have_types() {
        let (api, _) = headers(
            "X-Total: {required: true, schema: {type: integer}}, Link: {schema: {type: string}}, \
             X-Tags: {schema: {type: array, items: {type: integer}}}, X-At: {schema: {type: string, format: date-time}}, \
             X-Point: {explode: true, schema: {type: object, properties: {x: {type: number}}}}, \
             X-Data: {content: {application/json: {schema: {type: array, items: {type: array, items: {type: string}}}}}}, \
             X-Kind: {schema: {type: string, enum: [a, b]}}, X-Note: {content: {text/plain: {schema: {type: string}}}}",
        );
        assert_snapshot!(shown(&api), @r#"
        OHeaders
          x_total: Int(I64) by Number
          link?: String by Text
          x_tags?: Array(Int(I64)) by List(Number)
          x_at?: DateTime by Text
          x_point?: Named(TypeId(0)) by Object { explode: true, members: [("x", Number)], others: None }
          x_data?: Array(Array(String)) by Json
          x_kind?: Named(TypeId(1)) by Text
          x_note?: String by Text
        "#);
    }

    #[test]
    fn odd_headers_are_reported() {
        let (api, found) = headers(
            "Content-Type: {schema: {type: string}}, 'X Y': {schema: {type: string}}, \
             X-Deep: {schema: {type: array, items: {type: array, items: {type: string}}}}, \
             X-Xml: {content: {application/xml: {schema: {type: string}}}}, X-A: {schema: {type: string}}, \
             x-a: {schema: {type: integer}}, X-None: {description: nothing}",
        );
        assert_snapshot!(shown(&api), @r"
        OHeaders
          x_deep?: String by Text
          x_xml?: String by Text
          x_a?: String by Text
          x_none?: String by Text
        ");
        assert_snapshot!(found, @"
        api.yaml:4:361 no-schema: a header has neither `schema` nor `content`; its type is `String`
        api.yaml:4:76 ignored-response-header: the response header `Content-Type` is ignored (OpenAPI 3.0.3, section 4.7.17)
        api.yaml:4:116 header-name: `X Y` is not a valid header name (RFC 9110, section 5.1); the header is left out
        api.yaml:4:227 header-as-text: the header `X-Xml` has type `String`: its media type is `application/xml`
        api.yaml:4:321 repeated-header: the response headers `X-A` and `x-a` are the same header: names are case-insensitive; the first is used
        api.yaml:4:149 header-as-text: the header `X-Deep` has type `String`: it is no scalar, and no list or object of scalars
        ");
    }

    #[test]
    fn one_set_serves_all_that_declare_the_same() {
        let link = "headers: {Link: {schema: {type: string}}}";
        let (api, _) = paths(&format!(
            "  /a: {{get: {{responses: {{'200': {{description: a, {link}}}, default: {{description: b, {link}}}}}}}}}\n  \
             /b: {{get: {{responses: {{'200': {{description: a, {link}}}}}}}}}"
        ));
        assert_eq!(api.headers.len(), 1);
        let used: Vec<_> = api
            .operations
            .iter()
            .map(|operation| (operation.headers, operation.error_headers))
            .collect();
        assert_eq!(used, [(Some(0), Some(0)), (Some(0), None)]);
    }

    #[test]
    fn a_header_is_sure_to_come_if_all_responses_require_it() {
        let header = |ty: &str| format!("{{required: true, schema: {{type: {ty}}}}}");
        let (string, integer) = (header("string"), header("integer"));
        let (api, found) = paths(&format!(
            "  /a: {{get: {{operationId: o, responses: {{'200': {{description: a, headers: {{A: {string}, B: {string}, C: {string}}}}}, \
             '201': {{description: a, headers: {{A: {string}, B: {integer}}}}}}}}}}}"
        ));
        assert_snapshot!(shown(&api), @r"
        ABCHeaders
          a: String by Text
          b: String by Text
          c?: String by Text
        ");
        assert_snapshot!(found, @"api.yaml:4:292 header-differs: the header `B` has another type in another response of the same operation; its type is `String`");
    }

    #[test]
    fn sets_are_named_by_their_headers() {
        let set = |names: &[&str]| {
            let list: Vec<String> = names
                .iter()
                .map(|name| format!("{name}: {{schema: {{type: string}}}}"))
                .collect();
            let (api, _) = headers(&list.join(", "));
            api.headers[0].name.clone()
        };
        assert_eq!(set(&["Link"]), "LinkHeaders");
        assert_eq!(
            set(&["X-RateLimit-Limit", "X-RateLimit-Reset"]),
            "RateLimitHeaders"
        );
        assert_eq!(set(&["Location", "ETag"]), "LocationETagHeaders");
        assert_eq!(set(&["A", "B", "C", "D"]), "OHeaders");
    }
}

mod errors {
    use super::*;

    /// A document with these error responses of one operation, and these schemas.
    fn errors(responses: &str, schemas: &str) -> (Api, String) {
        let paths = format!(
            "  /a: {{get: {{operationId: o, responses: {{'200': {{description: fine}}, {responses}}}}}}}"
        );
        lowered(
            &document(&paths, &format!("components: {{schemas: {{{schemas}}}}}")),
            "",
            &Options::default(),
        )
    }

    fn json(schema: &str) -> String {
        format!("{{description: bad, content: {{application/json: {{schema: {schema}}}}}}}")
    }

    #[test]
    fn examples_of_inline_bodies_are_codes() {
        let body = |code| {
            json(&format!(
                "{{type: object, properties: {{code: {{type: string, example: {code}}}, message: {{type: string}}}}}}"
            ))
        };
        let (api, findings) = errors(
            &format!("'404': {}, '409': {}", body("NO_SUCH_PET"), body("PET_EXISTS")),
            "",
        );
        assert_snapshot!(cases(&api) + &findings, @"
        o NoSuchPet: 404 NO_SUCH_PET ErrorBody
        o PetExists: 409 PET_EXISTS ErrorBody
        api.yaml:4:167 code-place: error codes are read from `/code`: 2 of 2 error bodies have it, 2 with codes
        ");
    }

    #[test]
    fn an_example_of_a_shared_schema_is_an_illustration() {
        let (api, _) = errors(
            "'404': {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}, '409': {description: b, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}",
            "Error: {type: object, properties: {code: {type: string, example: NO_SUCH_PET}}}",
        );
        assert_snapshot!(cases(&api), @"
        o NotFound: 404 - Error
        o Conflict: 409 - Error
        ");
    }

    #[test]
    fn one_example_for_all_is_an_illustration() {
        let body = json("{type: object, properties: {code: {type: string, example: ERR_001}}}");
        let (api, _) = errors(&format!("'400': {body}, '404': {body}, '409': {body}"), "");
        assert_snapshot!(cases(&api), @"
        o BadRequest: 400 - ErrorBody
        o NotFound: 404 - ErrorBody
        o Conflict: 409 - ErrorBody
        ");
    }

    #[test]
    fn a_number_that_repeats_the_status_is_no_code() {
        let (api, _) = errors(
            &format!(
                "'400': {}",
                json("{type: object, properties: {code: {type: integer, example: 400}}}")
            ),
            "",
        );
        assert_snapshot!(cases(&api), @"o BadRequest: 400 - ErrorBody");
    }

    #[test]
    fn an_enum_gives_a_case_for_each_value() {
        let (api, _) = errors(
            &format!(
                "'400': {}",
                json(
                    "{type: object, properties: {error: {type: object, properties: {code: {type: string, enum: [too_long, too_short]}}}}}"
                )
            ),
            "",
        );
        assert_snapshot!(cases(&api), @"
        o TooLong: 400 too_long ErrorBody
        o TooShort: 400 too_short ErrorBody
        ");
        assert_eq!(api.errors.code_pointer.as_deref(), Some("/error/code"));
    }

    #[test]
    fn an_enum_shared_by_statuses_lists_codes_but_tells_none_apart() {
        let (api, _) = errors(
            "'400': {description: a, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}, '404': {description: b, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}, examples: {x: {value: {code: GONE}}}}}}",
            "Error: {type: object, properties: {code: {type: string, enum: [A_ONE, B_TWO, GONE]}}}",
        );
        assert_snapshot!(cases(&api), @"
        o Gone: 404 GONE Error
        o BadRequest: 400 - Error
        o NotFound: 404 - Error
        ");
        assert_eq!(api.errors.codes.len(), 3);
    }

    #[test]
    fn examples_beside_the_schema_are_codes() {
        let (api, _) = errors(
            "'400': {description: a, content: {application/json: {schema: {type: object, properties: {code: {type: string}, message: {type: string}}}, examples: {x: {value: {code: A_ONE, message: This is one.}}, y: {value: {code: B_TWO}}}}}}",
            "",
        );
        assert_snapshot!(cases(&api), @"
        o AOne: 400 A_ONE ErrorBody
        o BTwo: 400 B_TWO ErrorBody
        ");
        assert_eq!(
            api.operations[0].errors[0].message.as_deref(),
            Some("This is one.")
        );
    }

    #[test]
    fn branches_of_one_shape_have_one_body_and_others_their_own() {
        let (api, _) = errors(
            &format!(
                "'400': {}",
                json(
                    "{anyOf: [{title: One, type: object, properties: {code: {type: string, example: A_ONE}}}, {type: object, properties: {code: {type: string, example: B_TWO}}}, {type: object, properties: {code: {type: string, example: C_THREE}, field: {type: string}}}]}"
                )
            ),
            "",
        );
        assert_snapshot!(cases(&api), @"
        o AOne: 400 A_ONE ErrorBody
        o BTwo: 400 B_TWO ErrorBody
        o CThree: 400 C_THREE OErrorBody
        ");
        assert_eq!(api.operations[0].errors[0].docs.summary.as_deref(), Some("One"));
    }

    #[test]
    fn one_code_at_two_statuses_is_two_variants() {
        let body = |text| {
            json(&format!(
                "{{type: object, properties: {{code: {{type: string, example: INVALID_INPUT}}, {text}: {{type: string}}}}}}"
            ))
        };
        let (api, _) = errors(&format!("'400': {}, '422': {}", body("a"), body("b")), "");
        assert_snapshot!(cases(&api), @"
        o InvalidInput: 400 INVALID_INPUT OErrorBody
        o InvalidInput422: 422 INVALID_INPUT OUnprocessableEntityErrorBody
        ");
    }

    #[test]
    fn without_codes_the_status_gives_the_name() {
        let (api, _) = errors(
            "'404': {description: a}, '418': {description: b}, '599': {description: c}, 4XX: {description: d}, '5XX': {description: e}, default: {description: f}",
            "",
        );
        assert_snapshot!(cases(&api), @"
        o NotFound: 404 - nothing
        o ImATeapot: 418 - nothing
        o Status599: 599 - nothing
        o ClientError: 4XX - nothing
        o ServerError: 5XX - nothing
        o Other: Other - nothing
        ");
    }

    #[test]
    fn a_property_of_another_name_can_be_chosen() {
        let mut options = Options::default();
        options.errors.code = Some("/kind".to_owned());
        let text = document(
            &format!(
                "  /a: {{get: {{operationId: o, responses: {{'400': {}}}}}}}",
                json("{type: object, properties: {kind: {type: string, enum: [A_ONE]}}}")
            ),
            "",
        );
        let (api, _) = lowered(&text, "", &options);
        assert_snapshot!(cases(&api), @"o AOne: 400 A_ONE ErrorBody");
    }

    #[test]
    fn a_catalogue_needs_no_document() {
        let (api, _) = lowered("", PINGBACK_ERRORS, &Options::default());
        assert_eq!((api.errors.codes.len(), api.operations.len()), (13, 0));
    }
}

mod client {
    use super::*;

    fn header(name: &str, rest: &str) -> String {
        format!("{{name: {name}, in: header, {rest}schema: {{type: string}}}}")
    }

    fn settings(api: &Api) -> String {
        let security: Vec<_> = api
            .operations
            .iter()
            .map(|one| (&one.security, &one.client_parameters))
            .collect();
        yaml(&api.credentials) + &yaml(&api.client_parameters) + &format!("{security:?}")
    }

    #[test]
    fn a_header_of_every_operation_is_set_on_the_client() {
        let both = format!(
            "parameters: [{}, {}]",
            header("x-api-key", "required: true, "),
            header("X-Mode", "")
        );
        let (api, findings) = paths(&format!(
            "  /a:\n    {both}\n    get: {{{OK}}}\n    put: {{{OK}}}"
        ));
        assert_snapshot!(settings(&api) + "\n" + &findings, @"
        - name: api_key
          scheme: x-api-key
          kind:
            api_key:
              location: header
              name: x-api-key
          required: true
          docs: {}
        - name: mode
          header: X-Mode
          ty: string
          required: false
          docs: {}
        [([[0]], [0]), ([[0]], [0])]
        api.yaml:5:25 header-as-credential: the header `x-api-key` is set once on the client as the secret `api_key`, since every operation declares it
        api.yaml:5:96 header-on-client: the header `X-Mode` is set once on the client as `mode`, since every operation declares it
        ");
    }

    #[test]
    fn a_header_that_differs_from_call_to_call_is_not() {
        let (api, _) = paths(&format!(
            "  /a:\n    parameters: [{}]\n    get: {{operationId: a, {OK}}}\n    put: {{operationId: b, {OK}}}",
            header("Idempotency-Key", "")
        ));
        assert_snapshot!(signatures(&api), @"
        a: A::a(idempotency_key?)
        b: B::b(idempotency_key?)
        ");
    }

    #[test]
    fn alternatives_and_none() {
        let text = document(
            &format!(
                "  /a: {{get: {{{OK}}}, put: {{security: [], {OK}}}, post: {{security: [{{}}, {{key: [], basic: []}}], {OK}}}}}"
            ),
            "security: [{key: []}, {oauth: [read]}]\ncomponents: {securitySchemes: {key: {type: apiKey, in: query, name: k}, basic: {type: http, scheme: basic}, oauth: {type: oauth2, flows: {}}}}",
        );
        let (api, _) = lowered(&text, "", &Options::default());
        let security: Vec<_> = api.operations.iter().map(|one| &one.security).collect();
        assert_eq!(format!("{security:?}"), "[[[0], [2]], [], [[], [0, 1]]]");
    }

    #[test]
    fn servers_are_absolute_or_start_with_a_slash() {
        let text = document(
            "  {}",
            "servers: [{url: 'https://{region}.a.io', variables: {region: {default: eu, enum: [eu, us]}}}, {url: v1}, {url: api.b.io/v1}, {url: //c.io}]",
        );
        let (api, _) = lowered(&text, "", &Options::default());
        let urls: Vec<&str> = api.servers.iter().map(|server| server.url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "https://{region}.a.io",
                "/v1",
                "https://api.b.io/v1",
                "https://c.io"
            ]
        );
        assert_eq!(api.servers[0].variables[0].allowed, ["eu", "us"]);
    }
}

mod stability {
    use super::*;

    /// What a caller writes: each place of the document and its name.
    fn names(api: &Api) -> Vec<(String, String)> {
        let types = api
            .types
            .iter()
            .map(|def| (def.place.pointer.0.clone(), def.name.clone()));
        let operations = api.operations.iter().flat_map(|operation| {
            let place = operation.place.pointer.0.clone();
            [
                (place.clone(), operation.method_name.clone()),
                (format!("{place} type"), operation.type_name.clone()),
                (format!("{place} error"), operation.error_name.clone()),
            ]
        });
        types.chain(operations).collect()
    }

    const PATHS: &str = "
  /pets:
    get: {operationId: listPets, responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}}
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {tag: {type: string, enum: [a, b]}}}}}}, responses: {'204': {description: done}}}
  /owners/{id}:
    get: {operationId: getOwner, responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {home: {type: object, properties: {street: {type: string}, town: {type: string}, zip: {type: string}}}}}}}}}}";
    const SCHEMAS: &str = "
    Pet: {type: object, properties: {status: {type: string, enum: [sold, free]}, parts: {type: array, items: {type: object, properties: {weight: {type: number}, kind: {title: Part Kind, type: string, enum: [leg, wing]}}}}}}
    pet_status: {type: string}
    Error: {type: object, properties: {code: {type: integer}}}";

    pub(super) fn of(more_paths: &str, more_schemas: &str, options: &Options) -> Vec<(String, String)> {
        let rest = format!("components:\n  schemas:{more_schemas}{SCHEMAS}");
        let paths = format!("{more_paths}{PATHS}");
        names(&lowered(&document(&paths, &rest), "", options).0)
    }

    /// All names of the document hold when something is put in front of it.
    fn holds(more_paths: &str, more_schemas: &str, options: &Options) {
        let after = of(more_paths, more_schemas, options);
        for (place, name) in of("", "", &Options::default()) {
            // A shape that stands at a new place as well is listed by the first of its places.
            let shown = if after.iter().any(|(known, _)| *known == place) {
                &place
            } else {
                ""
            };
            let stays = after
                .iter()
                .any(|(at, known)| *known == name && (shown.is_empty() || at == shown));
            assert!(stays, "{place} is no longer {name}: {after:#?}");
        }
    }

    /// Options with the names that the document has got without the addition.
    fn kept() -> Options {
        Options {
            names: of("", "", &Options::default())
                .into_iter()
                .filter(|(place, _)| place.starts_with('/'))
                .collect(),
            ..Options::default()
        }
    }

    #[test]
    fn a_new_schema_renames_nothing() {
        for schema in [
            "Fresh: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}",
            "pet: {type: string}",
            "PET: {type: string}",
            "PetStatus2: {type: string}",
        ] {
            println!("{schema}");
            holds("", &format!("\n    {schema}"), &Options::default());
        }
    }

    #[test]
    fn with_names_kept_a_new_schema_takes_no_name_of_an_inline_type() {
        for schema in [
            "GetOwnerResponse: {type: string}",
            "GetOwnerResponseHome: {type: object, properties: {street: {type: string}}}",
            "PetPart: {type: object, properties: {c: {type: integer}}}",
        ] {
            println!("{schema}");
            holds("", &format!("\n    {schema}"), &kept());
        }
    }

    fn fresh_operation(id: &str, properties: &str) -> String {
        let schema = format!("{{type: object, properties: {properties}}}");
        let responses =
            format!("{{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}");
        format!("\n  /fresh:\n    get: {{operationId: {id}, responses: {responses}}}")
    }

    #[test]
    fn a_new_operation_renames_nothing() {
        for id in ["fresh", "listPetsError", "builder"] {
            println!("{id}");
            holds(
                &fresh_operation(id, "{x: {type: string}}"),
                "",
                &Options::default(),
            );
        }
    }

    #[test]
    fn with_names_kept_a_new_operation_takes_no_name_and_shares_shapes_without_renaming() {
        for id in ["ListPets", "list_pets", "postPets", "get_owner"] {
            println!("{id}");
            let home = "{street: {type: string}, town: {type: string}, zip: {type: string}}";
            holds(&fresh_operation(id, home), "", &kept());
        }
    }
}

mod findings {
    use super::*;
    use crate::check::check;

    /// Whether lowering and checking this document report the rule.
    fn reports(paths: &str, rest: &str, rule: &str) {
        let text = document(paths, rest);
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let document = document::read(sources.add("api.yaml", text), &sources, &mut diagnostics);
        let parsed = Parsed {
            document,
            ..Parsed::default()
        };
        let api = lower(&parsed, &Options::default(), &mut diagnostics).api;
        check(&api, &mut diagnostics);
        let found: Vec<&str> = diagnostics.iter().map(|finding| finding.rule.name).collect();
        assert!(found.contains(&rule), "{rule} is not among {found:?}");
    }

    #[test]
    fn of_operations() {
        let parameter = "{name: n, in: query, schema: {type: string}}";
        reports(
            &format!("  /a: {{get: {{parameters: [{parameter}, {parameter}], {OK}}}}}"),
            "",
            "duplicate-parameter",
        );
        reports(
            &format!("  /a: {{put: {{requestBody: {{content: {{}}}}, {OK}}}}}"),
            "",
            "body-without-content",
        );
        reports(
            &format!("  /a/{{x}}: {{get: {{{OK}}}}}\n  /a/{{y}}: {{get: {{{OK}}}}}"),
            "",
            "same-route",
        );
    }

    #[test]
    fn of_servers_and_security() {
        let get = format!("  /a: {{get: {{{OK}}}}}");
        let schemes = |scheme: &str| format!("components: {{securitySchemes: {{s: {{{scheme}}}}}}}");
        let basic = schemes("type: http, scheme: basic");
        reports(
            &get,
            "servers: [{url: 'https://{x}.io'}]",
            "undeclared-server-variable",
        );
        reports(&get, &basic, "security-not-required");
        reports(&get, &format!("security: []\n{basic}"), "unused-security-scheme");
        reports(&get, "security: [{t: []}]", "unknown-security-scheme");
        reports(
            &get,
            &format!("security: [{{s: []}}]\n{}", schemes("type: http, scheme: digest")),
            "unsupported-security-scheme",
        );
    }

    #[test]
    fn of_errors() {
        reports(&format!("  /a: {{get: {{{OK}}}}}"), "", "no-documented-errors");
    }
}

const PINGBACK: &str = include_str!("../../../specs/pingback/openapi.yaml");
const PINGBACK_ERRORS: &str = include_str!("../../../specs/pingback/errors.txt");

mod pingback {
    use super::*;

    /// What the document says, and nothing more: operation, status, code.
    const DOCUMENTED: [(&str, u16, &str); 22] = [
        ("createSubscriber", 400, "MISSING_BODY"),
        ("createSubscriber", 404, "SEGMENTATION_LIST_NOT_FOUND"),
        ("createSubscriber", 409, "SUBSCRIBER_ALREADY_EXISTS"),
        ("createSubscriber", 422, "INVALID_INPUT"),
        ("createSubscriber", 500, "INTERNAL_SERVER_ERROR"),
        ("getSubscriber", 404, "SUBSCRIBER_NOT_FOUND"),
        ("getSubscriber", 500, "INTERNAL_SERVER_ERROR"),
        ("updateSubscriber", 404, "SUBSCRIBER_NOT_FOUND"),
        ("updateSubscriber", 500, "INTERNAL_SERVER_ERROR"),
        ("addSubscriberToSegment", 400, "MISSING_BODY"),
        ("addSubscriberToSegment", 400, "SUBSCRIBER_NOT_ENABLED"),
        ("addSubscriberToSegment", 404, "SUBSCRIBER_NOT_FOUND"),
        ("addSubscriberToSegment", 404, "SEGMENTATION_LIST_NOT_FOUND"),
        ("addSubscriberToSegment", 422, "SUBSCRIBER_EMAIL_IS_NECESSARY"),
        ("addSubscriberToSegment", 422, "INVALID_INPUT"),
        ("addSubscriberToSegment", 500, "INTERNAL_SERVER_ERROR"),
        ("removeSubscriberFromSegment", 400, "SUBSCRIBER_NOT_ENABLED"),
        ("removeSubscriberFromSegment", 404, "SUBSCRIBER_NOT_FOUND"),
        ("removeSubscriberFromSegment", 404, "SEGMENTATION_LIST_NOT_FOUND"),
        (
            "removeSubscriberFromSegment",
            422,
            "SUBSCRIBER_EMAIL_IS_NECESSARY",
        ),
        ("removeSubscriberFromSegment", 422, "INVALID_INPUT"),
        ("removeSubscriberFromSegment", 500, "INTERNAL_SERVER_ERROR"),
    ];

    #[test]
    fn every_combination_is_a_case_and_there_are_no_others() {
        let (api, _) = lowered(PINGBACK, PINGBACK_ERRORS, &Options::default());
        let mut expected: Vec<(String, u16, String, ErrorCaseOrigin)> = DOCUMENTED
            .map(|(id, status, code)| (id.to_owned(), status, code.to_owned(), ErrorCaseOrigin::Document))
            .to_vec();
        for operation in &api.operations {
            for (status, code) in [(403, "FORBIDDEN"), (429, "TOO_MANY_REQUESTS")] {
                expected.push((
                    operation.id.clone(),
                    status,
                    code.to_owned(),
                    ErrorCaseOrigin::Catalogue,
                ));
            }
        }
        let mut found = Vec::new();
        for operation in &api.operations {
            for case in &operation.errors {
                let Status::Exact(status) = case.status else {
                    panic!("a range in {}", operation.id)
                };
                let code = case.code.clone().unwrap_or_default();
                found.push((operation.id.clone(), status, code, case.origin));
            }
        }
        let key = |one: &(String, u16, String, ErrorCaseOrigin)| (one.0.clone(), one.1, one.2.clone());
        expected.sort_by_key(key);
        found.sort_by_key(key);
        assert_eq!(found.len(), 32);
        assert_eq!(found, expected);
    }

    #[test]
    fn all_errors_have_one_body() {
        let (api, _) = lowered(PINGBACK, PINGBACK_ERRORS, &Options::default());
        let Some(Type::Named(body)) = &api.errors.body else {
            panic!("a type of its own")
        };
        assert_eq!(api.types[body.0].name, "ErrorBody");
        let all = api.operations.iter().flat_map(|one| &one.errors);
        assert!(
            all.clone()
                .all(|case| case.payload.kind == PayloadKind::Json(Type::Named(*body)))
        );
    }

    #[test]
    fn codes_of_both_sources_are_joined() {
        let (api, _) = lowered(PINGBACK, PINGBACK_ERRORS, &Options::default());
        assert_eq!(api.errors.codes.len(), 17);
        let code = |code: &str| api.errors.codes.iter().find(|one| one.code == code).unwrap();
        assert_snapshot!(yaml(code("INVALID_INPUT")), @"
        variant: InvalidInput
        code: INVALID_INPUT
        statuses:
        - 422
        messages:
        - Invalid JSON body.
        - Invalid email address.
        - Unprocessable Entity.
        suggested_action: Ensure that the request body is valid, and all required fields are present.
        retryable: false
        operations:
        - createSubscriber
        - addSubscriberToSegment
        - removeSubscriberFromSegment
        in_catalogue: true
        ");
        assert_snapshot!(yaml(code("TOO_MANY_REQUESTS")), @"
        variant: TooManyRequests
        code: TOO_MANY_REQUESTS
        statuses:
        - 429
        messages:
        - Too many requests.
        suggested_action: To prevent this, we recommend reducing the rate at which you request the API. This can be done by introducing a queue mechanism or reducing the number of concurrent requests per second. If you have specific requirements, contact our support team.
        retryable: true
        in_catalogue: true
        ");
        assert_snapshot!(yaml(&api.errors.message_codes), @"
        - name: InvalidParamsMessage
          code: INVALID_PARAMS
          messages:
          - variant: DealIdIsNecessary
            text: DEAL_ID_IS_NECESSARY
          - variant: ContactEmailIsNecessary
            text: CONTACT_EMAIL_IS_NECESSARY
          - variant: EmailIsNecessary
            text: EMAIL_IS_NECESSARY
        ");
    }

    #[test]
    fn codes_that_hold_everywhere_can_be_chosen() {
        let mut options = Options::default();
        options.errors.everywhere = Some(vec!["FORBIDDEN".to_owned(), "NO_SUCH".to_owned()]);
        let (api, findings) = lowered(PINGBACK, PINGBACK_ERRORS, &options);
        let from_catalogue = api
            .operations
            .iter()
            .flat_map(|one| &one.errors)
            .filter(|case| case.origin == ErrorCaseOrigin::Catalogue);
        assert_eq!(from_catalogue.count(), 5);
        assert!(findings.contains("unknown-everywhere-code"));
    }

    #[test]
    fn key_and_mode_are_set_on_the_client() {
        let (api, _) = lowered(PINGBACK, PINGBACK_ERRORS, &Options::default());
        assert_eq!(api.credentials[0].name, "api_key");
        assert_eq!(api.client_parameters[0].name, "developer_mode");
        assert_snapshot!(signatures(&api), @"
        createSubscriber: CreateSubscriber::create_subscriber()
        getSubscriber: GetSubscriber::get_subscriber(email)
        updateSubscriber: UpdateSubscriber::update_subscriber(email)
        addSubscriberToSegment: AddSubscriberToSegment::add_subscriber_to_segment(email)
        removeSubscriberFromSegment: RemoveSubscriberFromSegment::remove_subscriber_from_segment(id, email)
        ");
    }
}
