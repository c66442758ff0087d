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
    api.yaml:4:30 no-success-response: `o` documents no successful response; every 2XX is accepted, with typed status and headers only
    ");
}
