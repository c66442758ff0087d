use super::*;

/// The payload of the success, and its alternatives.
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
fn a_stream_is_an_alternative_to_a_whole_response() {
    let json = "application/json: {schema: {type: integer}}";
    let events = "text/event-stream; charset=utf-8: {schema: {type: object}}";
    assert_snapshot!(success(&format!("{events}, {json}, text/csv: {{}}")), @"Json(Int(I64)) or Events(Json, Map(Json))");
    assert_snapshot!(success(&format!("application/pdf: {{}}, {events}")), @"Bytes or Events(Json, Map(Json))");
    assert_snapshot!(success(events), @"Events(Json, Map(Json))");
}

#[test]
fn a_schema_describes_the_data_or_the_fields_of_an_event() {
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
fn lines_and_sequences_have_several_media_types() {
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
