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
fn a_header_that_differs_between_calls_is_an_argument() {
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
fn security_has_alternatives_and_may_be_empty() {
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

#[test]
fn a_credential_is_not_named_like_a_method_of_every_builder() {
    let schemes = "{redirects: {type: apiKey, in: header, name: X-R}, allowMissingCredentials: {type: http, scheme: basic}}";
    let text = document(
        &format!("  /a: {{get: {{security: [{{redirects: [], allowMissingCredentials: []}}], {OK}}}}}"),
        &format!("components: {{securitySchemes: {schemes}}}"),
    );
    let (api, _) = lowered(&text, "", &Options::default());
    let names: Vec<&str> = api.credentials.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(
        names,
        ["redirects_credential", "allow_missing_credentials_credential"]
    );
}
