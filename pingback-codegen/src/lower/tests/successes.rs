use super::*;

fn success(responses: &str) -> String {
    let (api, findings) = paths(&format!(
        "  /a: {{get: {{operationId: o, responses: {{{responses}}}}}}}"
    ));
    yaml(&api.operations[0].success) + &cases(&api) + &findings
}

#[test]
fn statuses_with_equal_payloads_are_one_success() {
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
fn statuses_with_different_payloads_are_a_choice() {
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
fn default_alone_is_the_success_and_every_other_error() {
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
    o Other: Other - Json(String)
    ");
}

/// Which of the two a `default` alone is, for an operation `o` beside these operations and schemas.
fn role_of_default(default: &str, other_responses: &str, schemas: &str) -> &'static str {
    let paths = format!(
        "  /a: {{get: {{operationId: o, responses: {{default: {default}}}}}}}\n  /b: {{get: {{operationId: other, responses: {{{other_responses}}}}}}}"
    );
    let rest = format!("components: {{schemas: {{{schemas}}}}}");
    let (api, _) = lowered(&document(&paths, &rest), "", &Options::default());
    let operation = &api.operations[0];
    let payload = operation
        .success
        .responses()
        .first()
        .map(|success| &success.payload);
    match (payload, operation.errors.as_slice()) {
        (Some(payload), [error]) if error.status == Status::Default && error.payload == *payload => "both",
        (None, [error]) if error.status == Status::Default => "error",
        _ => panic!("{:?} {:?}", operation.success, operation.errors),
    }
}

const OTHER: &str = "'200': {description: fine}";

fn default_of(description: &str, schema: &str) -> String {
    format!("{{description: {description}, content: {{application/json: {{schema: {schema}}}}}}}")
}

const PET: &str =
    "Pet: {type: object, required: [name], properties: {name: {type: string}, type: {type: string}}}";

#[test]
fn words_in_a_description_do_not_make_a_default_an_error() {
    for description in [
        "default response",
        "The default.",
        "failsafe value",
        "No error is expected.",
        "a list of problems and faults",
    ] {
        let default = default_of(description, "{$ref: '#/components/schemas/Pet'}");
        assert_eq!(role_of_default(&default, OTHER, PET), "both", "{description}");
    }
    let default = default_of("x", "{$ref: '#/components/schemas/Defaults'}");
    assert_eq!(
        role_of_default(&default, OTHER, &PET.replace("Pet", "Defaults")),
        "both"
    );
    assert_eq!(
        role_of_default("{description: successful operation}", OTHER, ""),
        "both"
    );
}

#[test]
fn a_default_with_the_body_of_an_error_is_an_error_only() {
    let error = default_of("default response", "{$ref: '#/components/schemas/E'}");
    let message = "E: {type: object, properties: {text: {type: string}}}";
    let used = format!("{OTHER}, '404': {error}");
    assert_eq!(role_of_default(&error, OTHER, message), "both");
    assert_eq!(role_of_default(&error, &used, message), "error");
    // An inline schema of the same shape.
    let inline = default_of("x", "{type: object, properties: {text: {type: string}}}");
    assert_eq!(role_of_default(&inline, &used, message), "error");
    // A schema that a documented success has, too.
    let both = format!("'200': {error}, '404': {error}");
    assert_eq!(role_of_default(&error, &both, message), "both");

    let code = "E: {type: object, properties: {code: {type: integer}, message: {type: string}}}";
    assert_eq!(role_of_default(&error, OTHER, code), "error");
    let nested = "E: {type: object, properties: {errors: {type: array, items: {type: object, properties: {errorCode: {type: string}, detail: {type: string}}}}}}";
    assert_eq!(role_of_default(&error, OTHER, nested), "error");
    let certain = "E: {type: object, properties: {errorCode: {type: string}, price: {type: number}}}";
    assert_eq!(role_of_default(&error, OTHER, certain), "error");
    let product = "E: {type: object, properties: {code: {type: string}, price: {type: number}}}";
    assert_eq!(role_of_default(&error, OTHER, product), "both");

    let problem = "{description: x, content: {application/problem+json: {schema: {type: object, properties: {a: {type: string}}}}}}";
    assert_eq!(role_of_default(problem, OTHER, ""), "error");
    let named = default_of("x", "{$ref: '#/components/schemas/ApiErrorResponse'}");
    assert_eq!(
        role_of_default(&named, OTHER, &message.replace("E:", "ApiErrorResponse:")),
        "error"
    );
}

#[test]
fn a_default_with_a_code_of_the_catalogue_is_an_error_only() {
    let lowered_with = |code: &str| {
        let body = format!("{{type: object, properties: {{type: {{type: string, enum: [{code}]}}}}}}");
        let responses = format!("default: {}", default_of("default response", &body));
        let text = document(
            &format!("  /a: {{get: {{operationId: o, responses: {{{responses}}}}}}}"),
            "",
        );
        lowered(
            &text,
            "# Errors\n\n## OUT_OF_HAY\n\nNo hay.\n\n## TOO_WET\n\nWait.\n",
            &Options::default(),
        )
        .0
    };
    let has_success = |code| !lowered_with(code).operations[0].success.responses().is_empty();
    assert!(!has_success("OUT_OF_HAY"));
    assert!(has_success("OUT_OF_MIND"));
}

#[test]
fn a_default_has_its_code_where_other_errors_have_it() {
    let at = |code: &str, more: &str| {
        format!(
            "{{type: object, properties: {{fault: {{type: object, properties: {{type: {{type: string{code}}}, detail: {{type: string}}}}}}{more}}}}}"
        )
    };
    let coded = default_of("bad", &at(", enum: [A_ONE, B_TWO]", ""));
    let used = format!("{OTHER}, '400': {coded}, '404': {coded}");
    let default = default_of("x", &at("", ", more: {type: boolean}"));
    assert_eq!(role_of_default(&default, OTHER, ""), "both");
    assert_eq!(role_of_default(&default, &used, ""), "error");
}

#[test]
fn default_is_an_error_if_another_response_is_the_success() {
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
fn a_redirect_alone_is_the_success() {
    assert_snapshot!(success("'302': {description: elsewhere}, '100': {description: go on}"), @"
    one:
    - kind: empty
    - - variant: Found
        status:
          exact: 302
        docs:
          description: elsewhere
        payload:
          kind: empty
    ");
}

#[test]
fn a_redirect_is_a_success_only_without_a_2xx() {
    let successes = |responses: &str| {
        let (api, findings) = paths(&format!(
            "  /a: {{get: {{operationId: o, responses: {{{responses}}}}}}}"
        ));
        let success = &api.operations[0].success;
        let statuses = success.responses().iter().map(|one| format!("{:?} ", one.status));
        statuses.collect::<String>() + "/ " + &cases(&api) + &findings
    };
    let pet = "{description: x, content: {application/json: {schema: {type: string}}}}";
    assert_snapshot!(successes("'302': {description: a}, '404': {description: b}"), @"Exact(302) / o NotFound: 404 - nothing");
    assert_snapshot!(successes("'303': {description: a}, '307': {description: b}, 3XX: {description: c}"), @"Exact(303) Exact(307) Range(3) /");
    assert_snapshot!(successes(&format!("'302': {{description: a}}, default: {pet}")), @"Exact(302) Default / o Other: Other - Json(String)");
    assert_snapshot!(successes("'302': {description: a}, '200': {description: b}"), @"Exact(200) / o Found: 302 - nothing");
    assert_snapshot!(successes("'308': {description: a}, 2XX: {description: b}, default: {description: c}"), @"
    Range(2) / o PermanentRedirect: 308 - nothing
    o Other: Other - nothing
    ");
    assert_snapshot!(successes("'304': {description: a}, '300': {description: b}"), @"
    / o NotModified: 304 - nothing
    o MultipleChoices: 300 - nothing
    api.yaml:4:30 no-success-response: `o` documents no successful response; every 2XX is accepted, and its body is read as bytes
    ");
}
