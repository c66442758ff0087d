use super::*;

/// The sets of these headers of a success, and the findings.
fn headers(headers: &str) -> (Api, String) {
    paths(&format!(
        "  /a: {{get: {{operationId: o, responses: {{'200': {{description: a, headers: {{{headers}}}}}}}}}}}"
    ))
}

/// The headers as `name: type`, with a mark for the optional ones.
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
fn unusual_headers_are_reported() {
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
    api.yaml:4:149 header-as-text: the header `X-Deep` has type `String`: it is neither a scalar nor an array or object of scalars
    ");
}

#[test]
fn responses_with_equal_headers_share_a_set() {
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
fn a_header_is_required_if_all_responses_require_it() {
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
    assert_snapshot!(found, @"api.yaml:4:292 header-differs: the header `B` has different types in the responses of this operation; its type is `String`");
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
