use super::*;

const PINGBACK: &str = include_str!("../../../../specs/pingback/openapi.yaml");

/// The operation, status and code of each error that the document lists.
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
fn the_cases_are_the_documented_combinations() {
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
fn all_errors_have_the_same_body_type() {
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
fn codes_of_document_and_catalogue_are_joined() {
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
fn the_configuration_can_choose_the_codes_of_all_operations() {
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
fn api_key_and_developer_mode_are_set_on_the_client() {
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
