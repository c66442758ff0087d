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
fn examples_of_inline_bodies_give_codes() {
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
    api.yaml:4:167 code-place: error codes are read from `/code` (error bodies that have it: 2 of 2; with documented codes: 2)
    ");
}

#[test]
fn an_example_of_a_shared_schema_gives_no_code() {
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
fn an_example_that_all_responses_share_gives_no_code() {
    let body = json("{type: object, properties: {code: {type: string, example: ERR_001}}}");
    let (api, _) = errors(&format!("'400': {body}, '404': {body}, '409': {body}"), "");
    assert_snapshot!(cases(&api), @"
    o BadRequest: 400 - ErrorBody
    o NotFound: 404 - ErrorBody
    o Conflict: 409 - ErrorBody
    ");
}

#[test]
fn a_number_that_repeats_the_status_is_not_a_code() {
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
fn an_enum_gives_a_variant_for_each_value() {
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
fn an_enum_that_statuses_share_gives_codes_but_no_variants() {
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
fn examples_beside_the_schema_give_codes() {
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
fn branches_of_equal_shape_share_a_body_type() {
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
fn a_code_of_two_statuses_is_two_variants() {
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
fn without_codes_variants_are_named_by_status() {
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
fn the_configuration_can_choose_the_property_of_the_code() {
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
fn a_catalogue_without_a_document_is_lowered() {
    let (api, _) = lowered("", PINGBACK_ERRORS, &Options::default());
    assert_eq!((api.errors.codes.len(), api.operations.len()), (13, 0));
}
