//! `oneOf`, `anyOf` and lists of types.

use super::*;

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
fn constants_distinguish_branches() {
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
fn required_members_distinguish_branches() {
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
fn two_properties_distinguish_combinations() {
    let text = outline(
        r"
Pet:
  oneOf:
    - {title: Cat, type: object, required: [kind], properties: {kind: {const: cat}}}
    - {title: Dog, type: object, required: [kind], properties: {kind: {const: dog}}}
  anyOf:
    - {title: Large, type: object, required: [size], properties: {size: {const: large}}}
    - {title: Small, type: object, properties: {size: {enum: [small, tiny]}}}
",
    );
    insta::assert_snapshot!(items(&text, "union Pet"), @r#"
union Pet
  CatLarge(PetCatLarge) if [{"property":{"name":"kind","values":["cat"]}},{"property":{"name":"size","values":["large"]}}] None
  CatSmall(PetCatSmall) if [{"property":{"name":"kind","values":["cat"]}},{"property":{"name":"size","values":["small","tiny"],"optional":true}}] None
  DogLarge(PetDogLarge) if [{"property":{"name":"kind","values":["dog"]}},{"property":{"name":"size","values":["large"]}}] None
  DogSmall(PetDogSmall) if [{"property":{"name":"kind","values":["dog"]}},{"property":{"name":"size","values":["small","tiny"],"optional":true}}] None
  Unlisted(..)
"#);
    insta::assert_snapshot!(items(&text, "struct Pet"), @"
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
");
    insta::assert_snapshot!(items(&text, "enum Pet"), @r#"
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
fn indistinguishable_branches_are_one_object() {
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
    merged-branches: no keyword distinguishes the branches; they become one struct with the members of all
    ");
}

#[test]
fn branches_with_conflicting_members_are_not_one_object() {
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
    merged-branches: no keyword distinguishes the branches; they become one struct with the members of all
    ");
}

#[test]
fn each_possible_combination_of_several_groups_is_a_branch() {
    let text = outline(
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
",
    );
    insta::assert_snapshot!(items(&text, "union Pet"), @r#"
    union Pet
      CatLarge(PetCatLarge) if [{"has":["kind","lives","size","id"]}] None
      CatSmall(PetCatSmall) if [{"has":["kind","lives","size","id"]}] None
      CatOther(PetCatOther) if [{"has":["kind","lives","size","id"]}] None
      DogLarge(PetDogLarge) if [{"has":["kind","barks","size","id"]}] None
      DogSmall(PetDogSmall) if [{"has":["kind","barks","size","id"]}] None
      Unlisted(..)
    "#);
    insta::assert_snapshot!(items(&text, "struct Pet"), @"
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
    ");
    insta::assert_snapshot!(items(&text, "enum Pet"), @r#"
    enum PetLargeSize of String
      Large = "large"
      Unlisted(..)
    enum PetSmallSize of String
      Small = "small"
      Tiny = "tiny"
      Unlisted(..)
    "#);
    insta::assert_snapshot!(items(&text, "ambiguous-branches"), @"ambiguous-branches: no keyword distinguishes a value of `CatLarge` from a value of `CatOther`");
}

#[test]
fn several_groups_of_values_become_their_common_values() {
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
fn branches_that_only_require_members_make_no_union() {
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
fn a_union_of_unions_is_distinguished_by_a_common_constant() {
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
fn groups_that_exclude_one_another_are_any_json() {
    insta::assert_snapshot!(outline(
        r"
Both:
  oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: integer}]
  anyOf: [{type: object, required: [a], properties: {a: {type: integer}}}, {type: boolean}]
"
    ), @"
    type Both = Json
    contradiction: no value satisfies all parts of this schema; any JSON value is accepted
    ");
}

#[test]
fn a_discriminator_names_only_branches_of_objects() {
    insta::assert_snapshot!(outline(
        r"
Pet:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Id'}]
  discriminator: {propertyName: kind}
Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
Id: {type: integer}
"
    ), @r#"
    union Pet by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["Cat"]}}] None
      Id(Id) if [{"json_type":["integer"]}] None
      Unlisted(..)
    struct Cat
      kind: String
    type Id = Int(I64)
    "#);
}

#[test]
fn the_discriminator_of_a_single_branch_is_kept() {
    insta::assert_snapshot!(outline(
        r"
Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}
Cat: {type: object, properties: {lives: {type: integer}}}
Dogs: {oneOf: [{$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}
Dog: {type: object, properties: {kind: {type: string}}}
"
    ), @r#"
    union Pet by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["Cat"]}}] Some(("kind", "Cat"))
      Unlisted(..)
    struct Cat
      lives?: Int(I64)
    type Dogs = Dog
    struct Dog
      kind?: String
    "#);
}

#[test]
fn a_shared_list_of_values_does_not_distinguish_branches() {
    insta::assert_snapshot!(outline(
        r"
Foo: {type: object, required: [type], properties: {type: {$ref: '#/components/schemas/FooType'}}}
FooType: {type: string, enum: [Bar, baz_qux, Other]}
Bar: {allOf: [{$ref: '#/components/schemas/Foo'}, {type: object, properties: {bar: {type: string}}}]}
BazQux: {allOf: [{$ref: '#/components/schemas/Foo'}, {type: object, properties: {baz: {type: string}}}]}
Const: {type: object, required: [type], properties: {type: {const: Other}}}
Union:
  oneOf: [{$ref: '#/components/schemas/Bar'}, {$ref: '#/components/schemas/BazQux'}, {$ref: '#/components/schemas/Const'}]
  discriminator: {propertyName: type}
"
    ), @r#"
    struct Foo
      r#type: FooType
    enum FooType of String
      Bar = "Bar"
      BazQux = "baz_qux"
      Other = "Other"
      Unlisted(..)
    struct Bar
      r#type: FooType
      bar?: String
    struct BazQux
      r#type: FooType
      baz?: String
    struct Const
      r#type: ConstType
    enum ConstType of String
      Other = "Other"
      Unlisted(..)
    union Union by type
      Bar(Bar) if [{"property":{"name":"type","values":["Bar"]}}] None
      BazQux(BazQux) if [{"property":{"name":"type","values":["baz_qux"]}}] None
      Const(Const) if [{"property":{"name":"type","values":["Other"]}}] None
      Unlisted(..)
    "#);
}

#[test]
fn keys_of_a_mapping_may_be_numbers() {
    insta::assert_snapshot!(outline(
        r"
Union:
  oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
  discriminator: {propertyName: kind, mapping: {'1': A, '2': B, '3': B}}
A: {type: object, required: [kind], properties: {kind: {type: integer}}}
B: {type: object, required: [kind], properties: {kind: {type: integer, enum: [2, 3]}}}
"
    ), @r#"
    union Union by kind
      A(A) if [{"property":{"name":"kind","values":[1]}}] None
      B(B) if [{"property":{"name":"kind","values":[2,3]}}] None
      Unlisted(..)
    struct A
      kind: Int(I64)
    struct B
      kind: BKind
    enum BKind of Int(I64)
      Value2 = 2
      Value3 = 3
      Unlisted(..)
    "#);
}

#[test]
fn a_union_in_a_union_keeps_the_values_of_all_its_branches() {
    insta::assert_snapshot!(outline(
        r"
Entry:
  oneOf: [{$ref: '#/components/schemas/Note'}, {$ref: '#/components/schemas/Item'}]
  discriminator: {propertyName: type}
Note: {type: object, required: [type], properties: {type: {const: message}}}
Item:
  oneOf: [{$ref: '#/components/schemas/Message'}, {$ref: '#/components/schemas/Call'}]
  discriminator: {propertyName: type}
Message: {type: object, required: [type, id], properties: {type: {const: message}, id: {type: string}}}
Call: {type: object, required: [type], properties: {type: {const: call}}}
"
    ).lines().take(4).collect::<Vec<_>>().join("\n"), @r#"
    union Entry by type
      Note(Note) if [{"property":{"name":"type","values":["message"]}}] None
      Item(Item) if [{"property":{"name":"type","values":["message","call"]}}] Some(("type", "message"))
      Unlisted(..)
    "#);
}

#[test]
fn branches_that_exclude_one_another_inside_are_not_ambiguous() {
    let found = outline(
        r"
Reading:
  oneOf:
    - {title: First, type: object, required: [data], properties: {data: {type: object, required: [kind], properties: {kind: {const: one}}}}}
    - {title: Second, type: object, required: [data], properties: {data: {type: object, required: [kind], properties: {kind: {const: two}}}}}
Alike:
  oneOf:
    - {title: First, type: object, required: [data], properties: {data: {type: object, properties: {kind: {const: one}}}}}
    - {title: Second, type: object, required: [data], properties: {data: {type: object, properties: {kind: {const: two}}}}}
",
    );
    let findings: Vec<&str> = found
        .lines()
        .filter(|line| line.starts_with("ambiguous"))
        .collect();
    assert_eq!(
        findings,
        ["ambiguous-branches: no keyword distinguishes a value of `First` from a value of `Second`"]
    );
}

#[test]
fn a_value_may_satisfy_several_branches_of_any_of() {
    insta::assert_snapshot!(outline(
        r"
Contact: {anyOf: [{$ref: '#/components/schemas/Email'}, {$ref: '#/components/schemas/Phone'}, {type: string}]}
Email: {type: object, required: [email], properties: {email: {type: string}}}
Phone: {type: object, required: [phone], properties: {phone: {type: string}, ext: {type: integer}}}
"
    ), @r#"
    union Contact
      String(String) if [{"json_type":["string"]}] None
      EmailPhone(ContactEmailPhone) if [{"has":["email","phone"]}] None
      Email(Email) if [{"has":["email"]}] None
      Phone(Phone) if [{"has":["phone"]}] None
      Unlisted(..)
    struct ContactEmailPhone
      email: String
      phone: String
      ext?: Int(I64)
    struct Email
      email: String
    struct Phone
      phone: String
      ext?: Int(I64)
    "#);
}

#[test]
fn branches_of_any_of_that_exclude_one_another_have_no_common_values() {
    let found = outline(
        r"
Closed: {anyOf: [{title: A, type: object, required: [a], additionalProperties: false, properties: {a: {type: string}}}, {title: B, type: object, required: [b], properties: {b: {type: string}}}]}
Tagged: {anyOf: [{title: A, type: object, properties: {t: {const: a}, a: {type: string}}}, {title: B, type: object, properties: {t: {const: b}, b: {type: string}}}]}
Nested: {anyOf: [{title: A, type: object, required: [d], properties: {d: {type: object, required: [t], properties: {t: {const: a}}}, a: {type: string}}}, {title: B, type: object, required: [d], properties: {d: {type: object, required: [t], properties: {t: {const: b}}}, b: {type: string}}}]}
Types: {anyOf: [{title: A, type: object, required: [x], properties: {x: {type: string}, a: {type: string}}}, {title: B, type: object, required: [x], properties: {x: {type: integer}, b: {type: string}}}]}
",
    );
    let variants = found.lines().filter(|line| line.contains(") if ["));
    let variants: Vec<&str> = variants
        .filter_map(|line| line.trim().split('(').next())
        .collect();
    assert_eq!(variants, ["A", "B"].repeat(4), "{found}");
}

#[test]
fn what_all_branches_of_any_of_require_is_required() {
    insta::assert_snapshot!(outline(
        r"
Alike:
  anyOf:
    - {type: object, required: [id], properties: {id: {type: string}, a: {type: string}}}
    - {type: object, required: [id], properties: {id: {type: string}, b: {type: string}}}
"
    ), @"
    struct Alike
      id: String
      a?: String
      b?: String
    merged-branches: no keyword distinguishes the branches; they become one struct with the members of all
    ");
}
