//! Documents in, outlines of their definitions out.

use super::*;
use crate::model::Presence;
use crate::model::{TypeDef, TypeKind};
use crate::source::Sources;
use std::fmt::Write as _;

/// The definitions of a document's components, each also asked for both ways.
fn lowered(schemas: &str) -> (Vec<TypeDef>, Diagnostics) {
    lowered_with(schemas, &Options::default())
}

fn lowered_with(schemas: &str, options: &Options) -> (Vec<TypeDef>, Diagnostics) {
    let indented = schemas
        .lines()
        .fold(String::new(), |text, line| text + "    " + line + "\n");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}"
    );
    let mut sources = Sources::default();
    let root = sources.add("t.yaml", text);
    let mut diagnostics = Diagnostics::default();
    let document = crate::read::document::read(root, &sources, &mut diagnostics).expect("a document");
    let mut types = Types::new(&document, options);
    for (id, name) in types.context.components.list().to_vec() {
        let hint = NameHint::new(&name);
        types.type_of(id, Direction::Received, &hint, &mut diagnostics);
        types.type_of(id, Direction::Sent, &hint, &mut diagnostics);
        if types.files.is_form_with_file(&types.context, id) {
            types.form_type(id, &hint, &mut diagnostics);
        }
    }
    (
        types.finish(LockedNames::NONE, &mut diagnostics).types,
        diagnostics,
    )
}

#[test]
fn a_name_can_be_chosen() {
    let mut sources = Sources::default();
    let root = sources.add(
        "t.yaml",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: object, properties: {b: {type: string, enum: [x, y]}}}}}",
    );
    let mut diagnostics = Diagnostics::default();
    let document = crate::read::document::read(root, &sources, &mut diagnostics).expect("a document");
    let options = Options {
        names: [(
            "/components/schemas/A/properties/b".to_owned(),
            "Letter".to_owned(),
        )]
        .into(),
        ..Options::default()
    };
    let types = Types::new(&document, &options)
        .finish(LockedNames::NONE, &mut diagnostics)
        .types;
    let names: Vec<_> = types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(names, ["A", "Letter"]);
}

/// One line for each definition and each of its parts, then the findings.
fn outline(schemas: &str) -> String {
    use std::fmt::Write as _;
    let (types, diagnostics) = lowered(schemas.trim());
    let show = |ty: &Type| {
        let mut text = format!("{ty:?}").replace("TypeId", "");
        for (index, def) in types.iter().enumerate().rev() {
            text = text.replace(&format!("Named(({index}))"), &def.name);
        }
        text
    };
    let mut out = String::new();
    for def in &types {
        let usage = match (def.usage.sent, def.usage.received) {
            (true, true) => "",
            (true, false) => " (sent)",
            (false, true) => " (received)",
            (false, false) => " (unused)",
        };
        match &def.kind {
            TypeKind::Struct(object) => {
                let _ = writeln!(out, "struct {}{usage}", def.name);
                for field in &object.fields {
                    let optional = if field.presence == Presence::Optional {
                        "?"
                    } else {
                        ""
                    };
                    let said = field.docs.constraints.join(", ");
                    let _ = writeln!(out, "  {}{optional}: {} {said}", field.name, show(&field.ty));
                }
                if let Some((name, ty)) = &object.additional {
                    let _ = writeln!(out, "  ..{name}: {}", show(ty));
                }
            }
            TypeKind::Checked(checked) => {
                let _ = writeln!(out, "checked {}{usage} = {}", def.name, show(&checked.inner));
            }
            TypeKind::Enum(list) => {
                let _ = writeln!(out, "enum {}{usage} of {}", def.name, show(&list.repr));
                for variant in &list.variants {
                    let _ = writeln!(out, "  {} = {}", variant.name, variant.value);
                }
                if let Some(name) = &list.unlisted {
                    let _ = writeln!(out, "  {name}(..)");
                }
            }
            TypeKind::Union(union) => {
                let by = union
                    .discriminator
                    .as_ref()
                    .map(|name| format!(" by {name}"))
                    .unwrap_or_default();
                let _ = writeln!(out, "union {}{usage}{by}", def.name);
                for variant in &union.variants {
                    let tests = serde_json::to_string(&variant.tests).expect("plain data");
                    let _ = writeln!(
                        out,
                        "  {}({}) if {tests} {:?}",
                        variant.name,
                        show(&variant.ty),
                        variant.tag
                    );
                }
                if let Some(name) = &union.unlisted {
                    let _ = writeln!(out, "  {name}(..)");
                }
            }
            TypeKind::Newtype(ty) => {
                let _ = writeln!(out, "newtype {}{usage} = {}", def.name, show(ty));
            }
            TypeKind::Alias(ty) => {
                let _ = writeln!(out, "type {}{usage} = {}", def.name, show(ty));
            }
        }
    }
    for diagnostic in &diagnostics {
        let _ = writeln!(out, "{}: {}", diagnostic.rule.name, diagnostic.message);
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

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
fn a_discriminator_names_its_branches() {
    insta::assert_snapshot!(outline(
        r"
Pet:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
Dog: {type: object, properties: {bark: {type: string}}}
"
    ), @r#"
    union Pet by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["cat"]}}] None
      Dog(Dog) if [{"property":{"name":"kind","values":["Dog"]}}] Some(("kind", "Dog"))
      Unlisted(..)
    struct Cat
      kind: String
    struct Dog
      bark?: String
    discriminator-property: `kind` is the discriminator, but 1 of the branches do not require it; a value without it is treated as unlisted
    "#);
}

#[test]
fn a_base_with_children_that_extend_it() {
    insta::assert_snapshot!(outline(
        r"
Pet:
  type: object
  required: [kind]
  properties: {kind: {type: string}}
  discriminator: {propertyName: kind}
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {bark: {type: string}}}]}
"
    ), @r#"
union Pet by kind
  Cat(Cat) if [{"property":{"name":"kind","values":["Cat"]}}] None
  Dog(Dog) if [{"property":{"name":"kind","values":["Dog"]}}] None
  Unlisted(..)
struct Cat
  kind: String
  lives?: Int(I64)
struct Dog
  kind: String
  bark?: String
"#);
}

#[test]
fn constants_tell_branches_apart() {
    insta::assert_snapshot!(outline(
        r"
Event:
  anyOf:
    - {title: Made, type: object, required: [type], properties: {type: {const: made}}}
    - {title: Gone, type: object, required: [type], properties: {type: {const: gone}}}
"
    ), @r#"
union Event
  Made(EventMade) if [{"property":{"name":"type","values":["made"]}}] None
  Gone(EventGone) if [{"property":{"name":"type","values":["gone"]}}] None
  Unlisted(..)
struct EventMade
  r#type: EventMadeType
struct EventGone
  r#type: EventGoneType
enum EventMadeType of String
  Made = "made"
  Unlisted(..)
enum EventGoneType of String
  Gone = "gone"
  Unlisted(..)
"#);
}

#[test]
fn required_members_tell_branches_apart() {
    insta::assert_snapshot!(outline(
        r"
Source:
  oneOf:
    - {title: Link, type: object, required: [url], properties: {url: {type: string}}}
    - {title: Sized link, type: object, required: [url, size], properties: {url: {type: string}, size: {type: integer}}}
    - {type: string}
    - {type: array, items: {type: string}}
"
    ), @r#"
union Source
  SizedLink(SizedLink) if [{"has":["url","size"]}] None
  Link(SourceLink) if [{"has":["url"]}] None
  String(String) if [{"json_type":["string"]}] None
  StringArray(Array(String)) if [{"json_type":["array"]}] None
  Unlisted(..)
struct SizedLink
  url: String
  size: Int(I64)
struct SourceLink
  url: String
"#);
}

#[test]
fn branches_that_nothing_tells_apart_are_one_object() {
    insta::assert_snapshot!(outline(
        r"
Either:
  anyOf:
    - {title: Left, type: object, properties: {a: {type: string}}}
    - {title: Right, type: object, properties: {b: {type: string}}}
"
    ), @"
    struct Either
      a?: String
      b?: String
    merged-branches: no keyword distinguishes the branches; they become one struct with the members of all, each optional
    ");
}

#[test]
fn members_of_different_types_keep_branches_apart() {
    insta::assert_snapshot!(outline(
        r"
Either:
  anyOf:
    - {title: Left, type: object, properties: {a: {type: string}}}
    - {title: Right, type: object, properties: {a: {type: integer}}}
"
    ), @"
    union Either
      Left(EitherLeft) if [] None
      Right(EitherRight) if [] None
      Unlisted(..)
    struct EitherLeft
      a?: String
    struct EitherRight
      a?: Int(I64)
    ambiguous-branches: no keyword distinguishes a value of `Left` from a value of `Right`
    ");
}

#[test]
fn several_groups_of_objects_are_one_object() {
    insta::assert_snapshot!(outline(
        r"
Both:
  type: object
  required: [id]
  properties: {id: {type: string}}
  oneOf:
    - {type: object, required: [a], properties: {a: {type: string}}}
    - {type: object, required: [b], properties: {b: {type: string}}}
  anyOf:
    - {type: object, required: [c], properties: {c: {type: string}}}
    - {type: object, required: [d], properties: {d: {type: string}}}
"
    ), @"
    struct Both
      id: String
      a?: String
      b?: String
      c?: String
      d?: String
    merged-branches: no keyword distinguishes the branches; they become one struct with the members of all, each optional
    ");
}

#[test]
fn of_several_groups_each_possible_combination_is_a_branch() {
    insta::assert_snapshot!(outline(
        r"
Cat: {title: Cat, type: object, required: [kind, lives], properties: {kind: {const: cat}, lives: {type: integer}}}
Dog: {title: Dog, type: object, required: [kind, barks], properties: {kind: {const: dog}, barks: {type: boolean}}}
Pet:
  type: object
  required: [id]
  properties: {id: {type: string}}
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  anyOf:
    - {title: Large, type: object, required: [kind, size], properties: {kind: {type: string}, size: {const: large}}}
    - {title: Small, type: object, required: [size], properties: {size: {enum: [small, tiny]}}}
    - {title: Other, type: object, required: [kind, size], properties: {kind: {const: cat}, size: {type: integer}}}
    - {type: string}
Both:
  oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: integer}]
  anyOf: [{type: object, required: [a], properties: {a: {type: integer}}}, {type: boolean}]
"
    ), @r#"
    struct Cat
      kind: CatKind
      lives: Int(I64)
    enum CatKind of String
      Cat = "cat"
      Unlisted(..)
    struct Dog
      kind: DogKind
      barks: Bool
    enum DogKind of String
      Dog = "dog"
      Unlisted(..)
    union Pet
      CatLarge(PetCatLarge) if [{"has":["kind","lives","size","id"]}] None
      CatSmall(PetCatSmall) if [{"has":["kind","lives","size","id"]}] None
      CatOther(PetCatOther) if [{"has":["kind","lives","size","id"]}] None
      DogLarge(PetDogLarge) if [{"has":["kind","barks","size","id"]}] None
      DogSmall(PetDogSmall) if [{"has":["kind","barks","size","id"]}] None
      Unlisted(..)
    struct PetCatLarge
      kind: CatKind
      lives: Int(I64)
      size: PetLargeSize
      id: String
    struct PetCatSmall
      kind: CatKind
      lives: Int(I64)
      size: PetSmallSize
      id: String
    struct PetCatOther
      kind: CatKind
      lives: Int(I64)
      size: Int(I64)
      id: String
    struct PetDogLarge
      kind: DogKind
      barks: Bool
      size: PetLargeSize
      id: String
    struct PetDogSmall
      kind: DogKind
      barks: Bool
      size: PetSmallSize
      id: String
    enum PetLargeSize of String
      Large = "large"
      Unlisted(..)
    enum PetSmallSize of String
      Small = "small"
      Tiny = "tiny"
      Unlisted(..)
    type Both = Json
    ambiguous-branches: no keyword distinguishes a value of `CatLarge` from a value of `CatSmall`
    contradiction: no value satisfies all parts of this schema; any JSON value is accepted
    "#);
}

#[test]
fn two_properties_may_tell_combinations_apart() {
    insta::assert_snapshot!(outline(
        r"
Pet:
  oneOf:
    - {title: Cat, type: object, required: [kind], properties: {kind: {const: cat}}}
    - {title: Dog, type: object, required: [kind], properties: {kind: {const: dog}}}
  anyOf:
    - {title: Large, type: object, required: [size], properties: {size: {const: large}}}
    - {title: Small, type: object, properties: {size: {enum: [small, tiny]}}}
"
    ), @r#"
union Pet
  CatLarge(PetCatLarge) if [{"property":{"name":"kind","values":["cat"]}},{"property":{"name":"size","values":["large"]}}] None
  CatSmall(PetCatSmall) if [{"property":{"name":"kind","values":["cat"]}},{"property":{"name":"size","values":["small","tiny"],"optional":true}}] None
  DogLarge(PetDogLarge) if [{"property":{"name":"kind","values":["dog"]}},{"property":{"name":"size","values":["large"]}}] None
  DogSmall(PetDogSmall) if [{"property":{"name":"kind","values":["dog"]}},{"property":{"name":"size","values":["small","tiny"],"optional":true}}] None
  Unlisted(..)
struct PetCatLarge
  kind: PetCatKind
  size: PetLargeSize
struct PetCatSmall
  kind: PetCatKind
  size?: PetSmallSize
struct PetDogLarge
  kind: PetDogKind
  size: PetLargeSize
struct PetDogSmall
  kind: PetDogKind
  size?: PetSmallSize
enum PetCatKind of String
  Cat = "cat"
  Unlisted(..)
enum PetLargeSize of String
  Large = "large"
  Unlisted(..)
enum PetSmallSize of String
  Small = "small"
  Tiny = "tiny"
  Unlisted(..)
enum PetDogKind of String
  Dog = "dog"
  Unlisted(..)
"#);
}

#[test]
fn several_groups_of_values_have_those_in_common() {
    insta::assert_snapshot!(outline(
        r"
Value:
  allOf:
    - oneOf: [{enum: [a, b]}, {enum: [c]}, {type: integer}]
    - anyOf: [{enum: [b, x]}, {enum: [c, y]}]
Scalar:
  oneOf: [{type: string}, {type: integer}, {type: boolean}]
  anyOf: [{type: string, format: date}, {type: integer}]
"
    ), @r#"
enum Value of String
  B = "b"
  C = "c"
  Unlisted(..)
union Scalar
  String(Date) if [{"json_type":["string"]}] None
  Integer(Int(I64)) if [{"json_type":["integer"]}] None
  Unlisted(..)
"#);
}

#[test]
fn groups_with_too_many_combinations_are_any_json() {
    let group = |name: &str, type_name: &str| {
        let branch = |n| {
            format!(
                "{{type: object, required: [{name}{n}], properties: {{{name}{n}: {{type: string}}, all: {{type: {type_name}}}}}}}"
            )
        };
        (0..9).map(branch).collect::<Vec<_>>().join(", ")
    };
    let (one, other) = (group("a", "string"), group("b", "[string, integer]"));
    insta::assert_snapshot!(outline(&format!("Many: {{oneOf: [{one}], anyOf: [{other}]}}")), @"
    type Many = Json
    several-unions: several groups of `oneOf` and `anyOf` apply at once and have too many combinations; any JSON value is accepted
    ");
}

#[test]
fn a_small_object_of_unrelated_places_is_named_by_what_it_holds() {
    insta::assert_snapshot!(outline(
        r"
Cat: {type: object, properties: {sound: &a {type: object, properties: {message: {type: string}}}}}
Tree: {type: object, properties: {height: *a}}
"
    ), @r"
struct Cat
  sound?: Message
struct Message
  message?: String
struct Tree
  height?: Message
");
}

#[test]
fn equal_branches_are_one() {
    insta::assert_snapshot!(outline(
        r"
Failure:
  anyOf:
    - {title: One, type: object, properties: {code: {type: string, example: A}}}
    - {title: Two, type: object, properties: {code: {type: string, example: B}}}
"
    ), @r"
struct Failure
  code?: String
");
}

#[test]
fn properties_beside_branches_belong_to_each() {
    insta::assert_snapshot!(outline(
        r"
Shape:
  type: object
  required: [id]
  properties: {id: {type: string}}
  oneOf:
    - {title: Circle, required: [radius], properties: {radius: {type: number}}}
    - {title: Square, required: [side], properties: {side: {type: number}}}
"
    ), @r#"
union Shape
  Circle(ShapeCircle) if [{"has":["radius","id"]}] None
  Square(ShapeSquare) if [{"has":["side","id"]}] None
  Unlisted(..)
struct ShapeCircle
  radius: Float(F64)
  id: String
struct ShapeSquare
  side: Float(F64)
  id: String
"#);
}

#[test]
fn branches_that_only_require_choose_nothing() {
    insta::assert_snapshot!(outline(
        r"
Search:
  type: object
  properties: {a: {type: string}, b: {type: string}}
  anyOf: [{required: [a]}, {required: [b]}]
"
    ), @r"
struct Search
  a?: String
  b?: String
");
}

#[test]
fn a_string_beside_known_strings_is_an_open_enum() {
    insta::assert_snapshot!(outline(
        r"
Model: {anyOf: [{type: string}, {type: string, enum: [small, large]}]}
"
    ), @r#"
enum Model of String
  Small = "small"
  Large = "large"
  Other(..)
"#);
}

#[test]
fn constants_with_titles_are_an_enum() {
    insta::assert_snapshot!(outline(
        r"
Level: {oneOf: [{const: 1, title: Low}, {const: 2, title: High}]}
"
    ), @r"
enum Level of Int(I64)
  Low = 1
  High = 2
  Unlisted(..)
");
}

#[test]
fn scalars_of_several_types() {
    insta::assert_snapshot!(outline(
        r"
Id: {type: [string, integer, 'null']}
User: {type: object, properties: {id: {$ref: '#/components/schemas/Id'}}}
"
    ), @r#"
union Id
  String(String) if [{"json_type":["string"]}] None
  Integer(Int(I64)) if [{"json_type":["integer"]}] None
  Unlisted(..)
struct User
  id?: Nullable(Id)
"#);
}

#[test]
fn values_of_enums_get_names_of_their_own() {
    insta::assert_snapshot!(outline(
        r"
Sign: {type: string, enum: ['+1', '-1', '', a, A, type, Self, '1.5', a, '>=']}
Size: {type: integer, enum: [1, 2], x-enum-varnames: [Small, Large]}
Slip: {type: string, enum: [1, 2]}
Mixed: {enum: [a, 1, true]}
"
    ), @r#"
enum Sign of String
  Plus1 = "+1"
  Minus1 = "-1"
  Empty = ""
  A2 = "a"
  A = "A"
  Type = "type"
  Self_ = "Self"
  N1_5 = "1.5"
  GreaterOrEqual = ">="
  Unlisted(..)
enum Size of Int(I64)
  Small = 1
  Large = 2
  Unlisted(..)
enum Slip of String
  N1 = "1"
  N2 = "2"
  Unlisted(..)
enum Mixed of Json
  A = "a"
  Value1 = 1
  True = true
  Unlisted(..)
duplicate-enum-value: `"a"` is listed twice
enum-value-type: `1` is a number, but the type is string; it is taken as `"1"`
enum-value-type: `2` is a number, but the type is string; it is taken as `"2"`
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
fn what_holds_itself_is_boxed_once() {
    insta::assert_snapshot!(outline(
        r"
Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, all: {type: array, items: {$ref: '#/components/schemas/Node'}}}}
A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
B: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
"
    ), @r"
struct Node
  next?: Boxed(Node)
  all?: Array(Node)
struct A
  b?: B
struct B
  a?: Boxed(A)
");
}

#[test]
fn an_array_of_itself_is_a_type() {
    insta::assert_snapshot!(outline(
        r"
Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
"
    ), @r"
newtype Tree = Array(Tree)
");
}

#[test]
fn a_reference_cycle_is_an_error() {
    insta::assert_snapshot!(outline(
        r"
A: {$ref: '#/components/schemas/B'}
B: {allOf: [{$ref: '#/components/schemas/A'}]}
Own: {allOf: [{$ref: '#/components/schemas/Own'}, {type: object, properties: {a: {type: string}}}]}
"
    ), @"
    type A = Json
    type B = Json
    struct Own
      a?: String
    reference-cycle: `/components/schemas/A` is defined only by itself
    reference-cycle: `/components/schemas/Own` is defined only by itself
    ");
}

#[test]
fn a_union_of_itself_loses_that_branch() {
    insta::assert_snapshot!(outline(
        r"
Deep: {oneOf: [{$ref: '#/components/schemas/Deep'}, {type: string}, {type: integer}]}
"
    ), @r#"
    union Deep
      String(String) if [{"json_type":["string"]}] None
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      Unlisted(..)
    union-of-itself: a branch of `/components/schemas/Deep` is the union itself; the branch is ignored
    "#);
}

#[test]
fn maps_tuples_and_free_form() {
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
fn integers_hold_all_that_is_mentioned() {
    insta::assert_snapshot!(outline(
        r"
Plain: {type: integer, minimum: 0}
Small: {type: integer, format: int32}
Slip: {type: integer, format: int32, example: 3000000000}
Large: {type: integer, maximum: 18446744073709551615}
Huge: {type: integer, maximum: 1.0e+30}
Unsigned: {type: integer, format: uint64}
"
    ), @r"
type Plain = Int(I64)
type Small = Int(I32)
type Slip = Int(I64)
type Large = Int(U64)
type Huge = Int(I128)
type Unsigned = Int(U64)
");
}

#[test]
fn integers_beyond_64_bits_have_a_type_that_holds_them() {
    insta::assert_snapshot!(outline(
        r"
Just: {type: integer, maximum: 18446744073709551616}
Both: {type: integer, minimum: -1, maximum: 18446744073709551615}
Most: {type: integer, maximum: 170141183460469231731687303715884105727}
More: {type: integer, maximum: 170141183460469231731687303715884105728}
Either: {oneOf: [{type: integer, example: -9223372036854775809}, {type: integer}]}
"
    ), @"
    type Just = Int(I128)
    type Both = Int(I128)
    type Most = Int(I128)
    type More = Int(Digits)
    type Either = Int(I128)
    big-integer: this integer may have more than 128 bits; its type is `Integer`, which keeps all digits
    ");
}

#[test]
fn bounds_that_were_rounded_are_those_of_64_bits() {
    insta::assert_snapshot!(outline(
        r"
Signed: {type: integer, minimum: -9223372036854776000, maximum: 9223372036854776000}
Unsigned: {type: integer, minimum: 0, maximum: 18446744073709552000}
"
    ), @r"
type Signed = Int(I64)
type Unsigned = Int(U64)
");
}

#[test]
fn schemas_without_a_type_are_what_their_keywords_are_about() {
    insta::assert_snapshot!(outline(
        r"
List: {items: {type: string}}
Many: {minItems: 2}
Name: {pattern: '^a'}
Ratio: {minimum: 0.5}
Object: {properties: {a: {type: string}}}
Both: {properties: {a: {type: string}}, allOf: [{minLength: 3}]}
"
    ), @"
    type List = Array(String)
    type Many = Array(Json)
    type Name = String
    type Ratio = Json
    struct Object
      a?: String
    struct Both
      a?: String
    untyped: the schema has `items` but no `type`; it is read as `array` (number of such schemas: 2)
    untyped: the schema has `pattern` but no `type`; it is read as `string` (number of such schemas: 1)
    ");
}

#[test]
fn a_value_of_another_type_makes_it_any_json() {
    insta::assert_snapshot!(outline(
        r"
Channel: {items: {type: string}}
Name: {pattern: '^a'}
Kept: {items: {type: string}}
Holder:
  type: object
  properties: {channel: {$ref: '#/components/schemas/Channel'}, kept: {$ref: '#/components/schemas/Kept'}, names: {type: array, items: {$ref: '#/components/schemas/Name'}}}
  example: {channel: {id: C}, kept: [a], names: [null, a, 3]}
"
    ), @"
    type Channel = Json
    type Name = Json
    type Kept = Array(String)
    struct Holder
      channel?: Channel
      kept?: Kept
      names?: Array(Name)
    untyped-value: the schema has `items` but no `type`, and one of its values is not of type `array`; any JSON value is accepted
    untyped-value: the schema has `pattern` but no `type`, and one of its values is not of type `string`; any JSON value is accepted
    untyped: the schema has `items` but no `type`; it is read as `array` (number of such schemas: 1)
    ");
}

#[test]
fn formats_of_strings() {
    insta::assert_snapshot!(outline(
        r"
At: {type: string, format: date-time}
On: {type: string, format: date}
Key: {type: string, format: uuid}
Data: {type: string, format: byte}
Mail: {type: string, format: email}
"
    ), @r"
type At = DateTime
type On = Date
type Key = Uuid
type Data = String
type Mail = String
");
}

#[test]
fn inline_types_are_named_from_their_place() {
    insta::assert_snapshot!(outline(
        r"
CustomFields: {type: array, items: {type: object, properties: {status: {type: string, enum: [on, off]}}}}
Subscriber: {type: object, properties: {status: {type: string, enum: [active, gone]}, lists: {type: array, items: {type: object, properties: {id: {type: string}}}}}}
"
    ), @r#"
type CustomFields = Array(CustomField)
struct CustomField
  status?: CustomFieldStatus
enum CustomFieldStatus of String
  On = "on"
  Off = "off"
  Unlisted(..)
struct Subscriber
  status?: SubscriberStatus
  lists?: Array(SubscriberList)
enum SubscriberStatus of String
  Active = "active"
  Gone = "gone"
  Unlisted(..)
struct SubscriberList
  id?: String
"#);
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
fn what_is_required_but_undescribed_is_any_json() {
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
fn conflicting_properties_meet() {
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
fn component_names_that_fall_together() {
    insta::assert_snapshot!(outline(
        r"
pet: {type: string}
Pet: {type: object, properties: {r#type: {type: string}, Type: {type: string}, type: {type: string}}}
"
    ), @r"
type Pet2 = String
struct Pet
  r_type?: String
  r#type?: String
  type_2?: String
");
}

#[test]
fn unions_of_one_another_lose_the_way_back() {
    insta::assert_snapshot!(outline(
        r"
Deep: {oneOf: [{$ref: '#/components/schemas/Deeper'}, {type: string}]}
Deeper: {oneOf: [{$ref: '#/components/schemas/Deep'}, {type: integer}]}
"
    ), @r#"
    union Deep
      String(String) if [{"json_type":["string"]}] None
      Unlisted(..)
    union Deeper
      Deep(Deep) if [] None
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      Unlisted(..)
    union-of-itself: a branch of `Deep` is the union itself; the branch is ignored
    "#);
}

#[test]
fn a_union_of_unions_is_told_by_what_they_share() {
    insta::assert_snapshot!(outline(
        r"
Any: {oneOf: [{$ref: '#/components/schemas/Fruit'}, {$ref: '#/components/schemas/Stone'}]}
Fruit: {oneOf: [{$ref: '#/components/schemas/Apple'}, {$ref: '#/components/schemas/Pear'}]}
Apple: {type: object, required: [kind], properties: {kind: {const: apple}}}
Pear: {type: object, required: [kind], properties: {kind: {const: pear}}}
Stone: {type: object, required: [kind], properties: {kind: {const: stone}}}
"
    ), @r#"
union Any
  Fruit(Fruit) if [{"property":{"name":"kind","values":["apple","pear"]}}] None
  Stone(Stone) if [{"property":{"name":"kind","values":["stone"]}}] None
  Unlisted(..)
union Fruit
  Apple(Apple) if [{"property":{"name":"kind","values":["apple"]}}] None
  Pear(Pear) if [{"property":{"name":"kind","values":["pear"]}}] None
  Unlisted(..)
struct Stone
  kind: StoneKind
struct Apple
  kind: AppleKind
struct Pear
  kind: PearKind
enum StoneKind of String
  Stone = "stone"
  Unlisted(..)
enum AppleKind of String
  Apple = "apple"
  Unlisted(..)
enum PearKind of String
  Pear = "pear"
  Unlisted(..)
"#);
}

#[test]
fn an_inline_enum_at_two_places_is_named_by_what_they_share() {
    insta::assert_snapshot!(outline(
        r"
NewInvoice: {type: object, properties: {status: {type: string, enum: [open, paid]}}}
OldInvoice: {type: object, properties: {status: {type: string, enum: [open, paid]}}}
"
    ), @r#"
struct NewInvoice
  status?: InvoiceStatus
enum InvoiceStatus of String
  Open = "open"
  Paid = "paid"
  Unlisted(..)
struct OldInvoice
  status?: InvoiceStatus
"#);
}

#[test]
fn a_child_that_repeats_its_parents_words() {
    insta::assert_snapshot!(outline(
        r"
AssetHolding: {type: object, properties: {assetHoldingType: {type: string, enum: [a, b]}}}
"
    ), @r#"
struct AssetHolding
  asset_holding_type?: AssetHoldingType
enum AssetHoldingType of String
  A = "a"
  B = "b"
  Unlisted(..)
"#);
}

#[test]
fn an_inline_name_that_a_component_has() {
    insta::assert_snapshot!(outline(
        r"
PetOwner: {type: object, properties: {id: {type: string}}}
Pet: {type: object, properties: {owner: {type: object, properties: {name: {type: string}}}}}
"
    ), @r"
struct PetOwner
  id?: String
struct Pet
  owner?: PetOwnerObject
struct PetOwnerObject
  name?: String
");
}

#[test]
fn enums_of_two_branches_are_one() {
    insta::assert_snapshot!(outline(
        r"
Both: {anyOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}
"
    ), @r#"
enum Both of String
  A = "a"
  B = "b"
  Unlisted(..)
"#);
}

#[test]
fn a_form_has_bytes() {
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
  number_or_file?: UploadNumberOrFile
union UploadJsonImage
  String(String) if [{"json_type":["string"]}] None
  StringArray(Array(String)) if [{"json_type":["array"]}] None
  Unlisted(..)
union UploadNumberOrFile
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
"#);
}

#[test]
fn arrays_far_within_one_another_end_as_any_json() {
    let schema = format!(
        "Deep: {}{{}}{}",
        "{type: array, items: ".repeat(40),
        "}".repeat(40)
    );
    let (types, diagnostics) = lowered(&schema);
    assert_eq!(types.len(), 1);
    let rules: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.rule.name)
        .collect();
    assert_eq!(rules, ["nested-too-deep"]);
}

/// Like [`outline`], with all limits checked.
fn checked(schemas: &str) -> String {
    let mut text = String::new();
    let (types, diagnostics) = lowered_with(
        schemas,
        &Options {
            types: crate::options::TypeOptions {
                checked: crate::options::Checks::All,
            },
            ..Options::default()
        },
    );
    for def in &types {
        let TypeKind::Checked(checked) = &def.kind else {
            continue;
        };
        let limits = serde_json::to_string(&checked.limits).expect("plain data");
        let _ = writeln!(text, "{}: {:?} {limits}", def.name, checked.inner);
    }
    for finding in &diagnostics {
        let _ = writeln!(text, "{}: {}", finding.rule.name, finding.message);
    }
    text
}

#[test]
fn limits_make_types_where_that_is_asked_for() {
    insta::assert_snapshot!(
        checked(
            "Name: {type: string, minLength: 1, maxLength: 20}
Short: {allOf: [{$ref: '#/components/schemas/Name'}, {maxLength: 5}]}
Same: {allOf: [{$ref: '#/components/schemas/Name'}, {maxLength: 20}]}
Small: {type: integer, minimum: 1, maximum: 9, exclusiveMaximum: 5}
Kind: {type: string, enum: [a, b], maxLength: 1}
Plain: {type: integer, format: int32, minimum: -2147483648}
Pair: {type: array, prefixItems: [{type: string}, {type: integer}], minItems: 2, maxItems: 2}"
        ),
        @r#"
        Name: String [{"min_length":1},{"max_length":20}]
        Short: String [{"min_length":1},{"max_length":5}]
        Small: Int(I64) [{"minimum":1},{"exclusive_maximum":5}]
        "#
    );
}

#[test]
fn types_with_limits_are_named_by_what_their_places_share_or_by_their_limits() {
    insta::assert_snapshot!(
        checked(
            "A: {properties: {first_name: {type: string, maxLength: 20}, x: {type: integer, minimum: 0}}}
B: {properties: {last_name: {type: string, maxLength: 20}, y: {type: integer, minimum: 0}, z: {type: string, maxLength: 9}}}
C: {properties: {tags: {type: array, maxItems: 3, items: {type: string, minLength: 1}}, text: {type: string, maxLength: 9}}}
D: {properties: {size: {type: number, minimum: -5, maximum: 5}, w: {type: number, minimum: -5, maximum: 5}}}"
        ),
        @r#"
        Name: String [{"max_length":20}]
        NonNegativeInteger: Int(I64) [{"minimum":0}]
        StringUpTo9: String [{"max_length":9}]
        CTags: Array(Named(TypeId(7))) [{"max_items":3}]
        CTag: String [{"min_length":1}]
        DSize: Float(F64) [{"minimum":-5},{"maximum":5}]
        "#
    );
}
