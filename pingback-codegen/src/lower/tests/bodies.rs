use super::*;
use crate::model::{BodyKind, Type, TypeKind};

fn body(content: &str) -> String {
    let (api, _) = paths(&format!(
        "  /a: {{put: {{operationId: o, requestBody: {{content: {{{content}}}}}, {OK}}}}}"
    ));
    yaml(&api.operations[0].body)
}

#[test]
fn json_is_the_first_media_type() {
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
fn a_form_has_a_style_for_each_field() {
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

/// The name, media type and style of each field, and the findings.
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
fn a_part_has_the_only_possible_media_type() {
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
fn a_field_is_json_if_it_has_a_json_media_type_and_no_style() {
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
fn a_wildcard_media_type_is_chosen_by_its_schema() {
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

#[test]
fn alternatives_of_a_part_and_of_a_form_hold_files() {
    let file = "{type: string, format: binary}";
    let url = "{type: object, required: [url], properties: {url: {type: string}}}";
    let several = fields(
        "multipart/form-data",
        &format!(
            "a: {{oneOf: [{file}, {url}]}}, b: {{type: array, items: {{anyOf: [{file}, {url}]}}}}, \
             c: {{anyOf: [{file}, {{type: string}}]}}, d: {{oneOf: [{{type: array, items: {file}}}, {url}]}}"
        ),
        "a: {contentType: 'image/png, application/json'}",
    );
    assert_snapshot!(several, @"
    a: - - true false
    b: - - true false
    c: - - true false
    d: - - true false
    a is Named(TypeId(1))
    b is Array(Named(TypeId(2)))
    c is File
    d is Named(TypeId(3))
    url is String
    ");
    let (api, _) = paths(&format!(
        "  /a: {{put: {{operationId: o, requestBody: {{content: {{multipart/form-data: {{schema: \
         {{properties: {{n: {{type: string}}}}, oneOf: [{{oneOf: [{{required: [f], properties: {{f: {file}}}}}, {url}]}}]}}}}}}}}, {OK}}}}}"
    ));
    let holds_file = api.types.iter().any(
        |def| matches!(&def.kind, TypeKind::Struct(object) if object.fields.iter().any(|field| field.wire == "f" && field.ty == Type::File)),
    );
    assert!(holds_file, "{:?}", api.types);
}
