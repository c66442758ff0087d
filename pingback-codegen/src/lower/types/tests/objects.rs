//! Objects, maps, arrays and forms.

use super::*;

#[test]
fn properties_are_fields() {
    insta::assert_snapshot!(outline(
        r"
Pet:
  type: object
  required: [id]
  properties:
    id: {type: integer, format: int64}
    type: {type: string, maxLength: 255}
    tag: {type: string, nullable: true}
    extra: {}
"
    ), @r"
struct Pet
  id: Int(I64)
  r#type?: String at most 255 characters
  tag?: Nullable(String)
  extra?: Json
");
}

#[test]
fn all_of_is_one_struct() {
    insta::assert_snapshot!(outline(
        r"
Animal: {type: object, required: [name], properties: {name: {type: string}}}
Cat:
  allOf:
    - $ref: '#/components/schemas/Animal'
    - {type: object, required: [lives], properties: {lives: {type: integer}}}
    - {required: [colour], properties: {colour: {type: string}}}
"
    ), @r"
struct Animal
  name: String
struct Cat
  name: String
  lives: Int(I64)
  colour: String
");
}

#[test]
fn all_of_a_single_reference_is_that_type() {
    insta::assert_snapshot!(outline(
        r"
Animal: {type: object, properties: {name: {type: string}}}
Owner: {type: object, properties: {pet: {description: Theirs., allOf: [{$ref: '#/components/schemas/Animal'}]}}}
"
    ), @r"
struct Animal
  name?: String
struct Owner
  pet?: Animal
");
}

#[test]
fn types_that_exclude_one_another_are_any_json() {
    insta::assert_snapshot!(outline(
        r"
Odd: {allOf: [{type: string}, {type: object}]}
"
    ), @"
    type Odd = Json
    contradiction: no value satisfies all parts of this schema; any JSON value is accepted
    ");
}

#[test]
fn an_inline_object_of_a_components_shape_is_that_component() {
    insta::assert_snapshot!(outline(
        r"
Page: {type: object, properties: {item: {type: object, title: Other, properties: {a: {type: string, description: x}}}}}
Item: {type: object, properties: {a: {type: string}}}
"
    ), @r"
struct Page
  item?: Item
struct Item
  a?: String
");
}

#[test]
fn a_required_property_without_a_schema_is_any_json() {
    insta::assert_snapshot!(outline(
        r"
Thing: {type: object, required: [a, b], properties: {a: {type: string}}}
"
    ), @"
    struct Thing
      a: String
      b: Json
    required-undescribed: `b` is required, but not listed under `properties`; its value may be any JSON
    ");
}

#[test]
fn a_property_with_several_schemas_satisfies_all() {
    insta::assert_snapshot!(outline(
        r"
Base: {type: object, properties: {kind: {type: string}, size: {type: number}}}
Child: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {kind: {type: string, enum: [child]}, size: {type: integer}}}]}
"
    ), @r#"
struct Base
  kind?: String
  size?: Float(F64)
struct Child
  kind?: ChildKind
  size?: Int(I64)
enum ChildKind of String
  Child = "child"
  Unlisted(..)
"#);
}

#[test]
fn read_only_members_split_a_type() {
    insta::assert_snapshot!(outline(
        r"
Account:
  type: object
  required: [id, secret, owner]
  properties:
    id: {type: string, readOnly: true}
    secret: {type: string, writeOnly: true}
    owner: {$ref: '#/components/schemas/Owner'}
Owner: {type: object, properties: {name: {type: string}}}
Accounts: {type: array, items: {$ref: '#/components/schemas/Account'}}
"
    ), @r"
struct Account (received)
  id: String
  owner: Owner
struct Owner
  name?: String
struct NewAccount (sent)
  secret: String
  owner: Owner
type Accounts (received) = Array(Account)
type NewAccounts (sent) = Array(NewAccount)
");
}

#[test]
fn maps_tuples_and_free_form_objects() {
    insta::assert_snapshot!(outline(
        r"
Free: {type: object}
Labels: {type: object, additionalProperties: {type: string}}
Closed: {type: object, additionalProperties: false}
Open: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
Point: {type: array, prefixItems: [{type: number}, {type: string}], minItems: 2, maxItems: 2}
Loose: {type: array, prefixItems: [{type: number}, {type: string}]}
Anything: true
"
    ), @"
    type Free = Map(Json)
    type Labels = Map(String)
    struct Closed
    struct Open
      a?: String
      ..additional_properties: Int(I64)
    type Point = Tuple([Float(F64), String])
    type Loose = Array(Json)
    type Anything = Json
    open-tuple: the items of this array have different types, but their number is not fixed; it becomes an array of any JSON values
    ");
}

#[test]
fn arrays_nested_too_deeply_end_as_any_json() {
    let schema = format!(
        "Deep: {}{{}}{}",
        "{type: array, items: ".repeat(40),
        "}".repeat(40)
    );
    let (types, diagnostics) = lowered(&schema, &Options::default());
    assert_eq!(types.len(), 1);
    let rules: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.rule.name)
        .collect();
    assert_eq!(rules, ["nested-too-deep"]);
}

#[test]
fn binary_properties_of_a_form_are_files() {
    insta::assert_snapshot!(outline(
        r"
Upload: {type: object, required: [file], properties: {file: {type: string, format: binary}, more: {type: array, items: {type: string, format: binary}}, name: {type: string}, image: {anyOf: [{type: string, format: binary}, {type: array, items: {type: string, format: binary}}]}, id_or_file: {oneOf: [{type: string}, {type: string, format: binary}]}, number_or_file: {oneOf: [{type: integer}, {type: string, format: binary}]}}}
"
    ), @r#"
    struct UploadJson
      file: String format: `binary`
      more?: Array(String)
      name?: String
      image?: UploadJsonImage
      id_or_file?: String
      number_or_file?: UploadJsonNumberOrFile
    union UploadJsonImage
      String(String) if [{"json_type":["string"]}] None
      StringArray(Array(String)) if [{"json_type":["array"]}] None
      Unlisted(..)
    union UploadJsonNumberOrFile
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      String(String) if [{"json_type":["string"]}] None
      Unlisted(..)
    struct Upload (sent)
      file: File format: `binary`
      more?: Array(File)
      name?: String
      image?: Array(File)
      id_or_file?: File
      number_or_file?: UploadNumberOrFile
    union UploadNumberOrFile (sent)
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      File(File) if [{"json_type":["string"]}] None
    "#);
}

#[test]
fn a_shared_object_is_nullable_where_the_document_says_so() {
    insta::assert_snapshot!(outline(
        r"
Point: {type: [object, 'null'], required: [x], properties: {x: {type: integer}}}
Line:
  type: object
  required: [from, to, via, back]
  properties:
    from: {type: object, required: [x], properties: {x: {type: integer}}}
    to: {$ref: '#/components/schemas/Point'}
    via: {type: array, items: {type: object, required: [x], properties: {x: {type: integer}}}}
    back: {oneOf: [{$ref: '#/components/schemas/Point'}, {type: 'null'}]}
First: {type: object, properties: {inner: {type: object, properties: {point: {$ref: '#/components/schemas/Point'}}}}}
Second:
  type: object
  properties:
    inner: {type: object, properties: {point: {type: object, required: [x], properties: {x: {type: integer}}}}}
Third: {type: object, properties: {inner: {type: object, properties: {point: {allOf: [{$ref: '#/components/schemas/Point'}]}}}}}
"
    ), @"
    struct Point
      x: Int(I64)
    struct Line
      from: Point
      to: Nullable(Point)
      via: Array(Point)
      back: Nullable(Point)
    struct First
      inner?: Inner
    struct Inner
      point?: Nullable(Point)
    struct Second
      inner?: SecondInner
    struct SecondInner
      point?: Point
    struct Third
      inner?: Inner
    ");
}
