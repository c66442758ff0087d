use super::*;
use crate::model::IntKind;

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
fn the_last_of_two_equal_parameters_overrides_the_path() {
    let twice =
        "[{name: n, in: query, schema: {type: integer}}, {name: n, in: query, schema: {type: string}}]";
    let (api, findings) = paths(&format!(
        "  /a:\n    parameters: [{{name: n, in: query, schema: {{type: boolean}}}}]\n    get: {{parameters: {twice}, {OK}}}\n  /b: {{get: {{parameters: {twice}, {OK}}}}}"
    ));
    let types = api.operations.iter().map(|operation| &operation.parameters[0].ty);
    assert_eq!(
        types.collect::<Vec<_>>(),
        [&Type::String, &Type::Int(IntKind::I64)]
    );
    assert_snapshot!(findings, @"");
}

#[test]
fn parameters_of_two_locations_may_share_a_name() {
    let (api, _) = paths(&format!(
        "  /a/{{id}}: {{get: {{operationId: o, parameters: [{{name: id, in: query, required: true, schema: {{type: string}}}}, {{name: id, in: path, required: true, schema: {{type: string}}}}], {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"o: O::o(id, query_id)");
}

#[test]
fn a_header_whose_short_name_is_taken_has_its_whole_name() {
    let parameter = |name: &str, location: &str| {
        format!("{{name: {name}, in: {location}, required: true, schema: {{type: string}}}}")
    };
    let parameters = [
        parameter("ids", "query"),
        parameter("X-Ids", "header"),
        parameter("ids", "cookie"),
    ]
    .join(", ");
    let (api, _) = paths(&format!(
        "  /a: {{get: {{operationId: o, parameters: [{parameters}], {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api), @"o: O::o(ids, x_ids, cookie_ids)");
}

#[test]
fn parameters_that_only_the_template_names_are_declared() {
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
fn headers_that_openapi_ignores_are_no_arguments() {
    let (api, findings) = paths(&format!(
        "  /a: {{get: {{operationId: o, parameters: [{{name: Accept, in: header, schema: {{type: string}}}}], {OK}}}}}"
    ));
    assert_snapshot!(signatures(&api) + &findings, @"
    o: O::o()
    api.yaml:4:50 ignored-header: the header parameter `Accept` is ignored (OpenAPI 3.0.3, section 4.7.12.1)
    ");
}

#[test]
fn styles_depend_on_the_location() {
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
fn parameters_with_content_are_json() {
    let (api, _) = paths(&format!(
        "  /a: {{get: {{parameters: [{{name: filter, in: query, content: {{application/json: {{schema: {{type: integer}}}}}}}}], {OK}}}}}"
    ));
    assert_eq!(api.operations[0].parameters[0].style, ParameterStyle::Json);
}

#[test]
fn headers_that_differ_in_case_are_one() {
    let (api, _) = paths(&format!(
        "  /a:\n    parameters: [{{name: X-Kind, in: header, schema: {{type: string}}}}, {{name: x-kind, in: header, schema: {{type: boolean}}}}]\n    get: {{parameters: [{{name: X-Ids, in: header, schema: {{type: integer}}}}, {{name: x-ids, in: header, schema: {{type: string}}}}], {OK}}}\n    put: {{parameters: [{{name: x-KIND, in: header, schema: {{type: number}}}}, {{name: n, in: query, schema: {{type: string}}}}, {{name: N, in: query, schema: {{type: string}}}}], {OK}}}"
    ));
    let parameters = |operation: &crate::model::Operation| {
        let parameters = operation.parameters.iter();
        parameters
            .map(|one| format!("{}: {:?}", one.wire, one.ty))
            .collect::<Vec<_>>()
    };
    let sent: Vec<_> = api.operations.iter().map(parameters).collect();
    assert_eq!(
        sent,
        [
            ["X-Kind: String", "X-Ids: Int(I64)"].as_slice(),
            &["n: String", "N: String", "x-KIND: Float(F64)"]
        ]
    );
}
