//! Parents with a discriminator, and the components that extend them.

use super::*;
use crate::names::NameKind;

#[test]
fn a_parent_is_the_union_of_its_children() {
    insta::assert_snapshot!(outline(
        r"
Pet:
  type: object
  required: [kind]
  properties: {kind: {type: string}, mate: {$ref: '#/components/schemas/Pet'}}
  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', kitty: Cat}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
"
    ), @r#"
    union Pet by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["cat","kitty"]}}] Some(("kind", "cat"))
      Dog(Dog) if [{"property":{"name":"kind","values":["Dog"]}}] Some(("kind", "Dog"))
      Unlisted(..)
    struct Cat
      kind = "cat": String default: `"cat"`
      mate?: Boxed(Pet)
      lives?: Int(I64)
    struct Dog
      kind = "Dog": String default: `"Dog"`
      mate?: Boxed(Pet)
    "#);
}

#[test]
fn a_parent_is_a_variant_where_the_document_allows_it() {
    insta::assert_snapshot!(outline(
        r"
Optional: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {a: A}}}
A: {allOf: [{$ref: '#/components/schemas/Optional'}]}
Mapped: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {b: B, plain: Mapped}}}
B: {allOf: [{$ref: '#/components/schemas/Mapped'}]}
Unlisted: {type: object, required: [kind], properties: {kind: {type: string, enum: [C]}}, discriminator: {propertyName: kind}}
C: {allOf: [{$ref: '#/components/schemas/Unlisted'}]}
"
    ), @r#"
    union Optional by kind
      A(A) if [{"property":{"name":"kind","values":["a"]}}] Some(("kind", "a"))
      Optional(OptionalBase) if [{"property":{"name":"kind","values":["Optional"],"optional":true}}] None
      Unlisted(..)
    struct A
      kind?: String
    struct OptionalBase
      kind?: String
    union Mapped by kind
      B(B) if [{"property":{"name":"kind","values":["b"]}}] Some(("kind", "b"))
      Mapped(MappedBase) if [{"property":{"name":"kind","values":["plain"]}}] Some(("kind", "plain"))
      Unlisted(..)
    struct B
      kind = "b": String default: `"b"`
    struct MappedBase
      kind = "plain": String default: `"plain"`
    union Unlisted by kind
      C(C) if [{"property":{"name":"kind","values":["C"]}}] Some(("kind", "C"))
      Unlisted(..)
    struct C
      kind = "C": CKind default: `"C"`
    enum CKind of String
      C = "C"
      Unlisted(..)
    "#);
}

#[test]
fn children_of_children_are_variants() {
    insta::assert_snapshot!(outline(
        r"
Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {cat: Cat}}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
Lion: {allOf: [{allOf: [{$ref: '#/components/schemas/Cat'}]}, {type: object, properties: {mane: {type: boolean}}}]}
"
    ), @r#"
    union Pet by kind
      Cat(CatBase) if [{"property":{"name":"kind","values":["cat"]}}] Some(("kind", "cat"))
      Lion(Lion) if [{"property":{"name":"kind","values":["Lion"]}}] Some(("kind", "Lion"))
      Unlisted(..)
    struct CatBase
      kind = "cat": String default: `"cat"`
      lives?: Int(I64)
    struct Lion
      kind = "Lion": String default: `"Lion"`
      lives?: Int(I64)
      mane?: Bool
    union Cat by kind
      Lion(Lion) if [{"property":{"name":"kind","values":["Lion"]}}] Some(("kind", "Lion"))
      Cat(CatBase) if [{"property":{"name":"kind","values":["cat"]}}] Some(("kind", "cat"))
      Unlisted(..)
    "#);
}

#[test]
fn children_are_sent_and_received_like_their_parent() {
    insta::assert_snapshot!(outline(
        r"
Pet: {type: object, required: [kind], properties: {kind: {type: string}, id: {type: integer, readOnly: true}}, discriminator: {propertyName: kind}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [name], properties: {name: {type: string}}}]}
"
    ), @r#"
    union Pet (received) by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["Cat"]}}] Some(("kind", "Cat"))
      Pet(PetBase) if [{"property":{"name":"kind","values":["Pet"]}}] Some(("kind", "Pet"))
      Unlisted(..)
    struct Cat (received)
      kind = "Cat": String default: `"Cat"`
      id?: Int(I64)
      name: String
    struct PetBase (received)
      kind = "Pet": String default: `"Pet"`
      id?: Int(I64)
    union NewPet (sent) by kind
      Cat(NewCat) if [{"property":{"name":"kind","values":["Cat"]}}] Some(("kind", "Cat"))
      Pet(NewPetBase) if [{"property":{"name":"kind","values":["Pet"]}}] Some(("kind", "Pet"))
    struct NewCat (sent)
      kind = "Cat": String default: `"Cat"`
      name: String
    struct NewPetBase (sent)
      kind = "Pet": String default: `"Pet"`
    "#);
}

#[test]
fn a_use_with_annotations_is_the_parent() {
    insta::assert_snapshot!(outline(
        r"
Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {cat: Cat}}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
MaybePet: {nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}
Uses:
  type: object
  properties:
    plain: {$ref: '#/components/schemas/Pet', description: D}
    described: {description: D, allOf: [{$ref: '#/components/schemas/Pet'}, {description: E}]}
    nullable: {nullable: true, allOf: [{$ref: '#/components/schemas/Pet'}]}
    or_null: {anyOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}]}
    maybe: {$ref: '#/components/schemas/MaybePet'}
    extended: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {x: {type: string}}}]}
    beside: {$ref: '#/components/schemas/Pet', properties: {y: {type: string}}}
Dog: {$ref: '#/components/schemas/Pet', properties: {bark: {type: string}}}
Alias: {$ref: '#/components/schemas/Pet'}
PetBase: {type: string, enum: [other]}
"
    ), @r#"
    union Pet by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["cat"]}}] Some(("kind", "cat"))
      Dog(Dog) if [{"property":{"name":"kind","values":["Dog"]}}] Some(("kind", "Dog"))
      Unlisted(..)
    struct Cat
      kind = "cat": String default: `"cat"`
    struct Dog
      bark?: String
      kind = "Dog": String default: `"Dog"`
    type MaybePet = Pet
    struct Uses
      plain?: Pet
      described?: Pet
      nullable?: Nullable(Pet)
      or_null?: Nullable(Pet)
      maybe?: Nullable(MaybePet)
      extended?: UsesExtended
      beside?: UsesBeside
    struct UsesExtended
      kind: String
      x?: String
    struct UsesBeside
      y?: String
      kind: String
    type Alias = Pet
    enum PetBase of String
      Other = "other"
      Unlisted(..)
    "#);
}

#[test]
fn the_property_may_be_undescribed_or_listed() {
    insta::assert_snapshot!(outline(
        r"
Event: {type: object, properties: {at: {type: integer}}, discriminator: {propertyName: '@type', mapping: {made: Made, new: Made}}}
Made: {allOf: [{$ref: '#/components/schemas/Event'}]}
Gone: {allOf: [{$ref: '#/components/schemas/Event'}, {type: object, properties: {'@type': {type: string, enum: [gone, lost]}}}]}
Shape: {type: object, required: [kind], properties: {kind: {type: string, enum: [small_circle, shape]}}, discriminator: {propertyName: kind}}
SmallCircle: {allOf: [{$ref: '#/components/schemas/Shape'}]}
"
    ), @r#"
    union Event by @type
      Made(Made) if [{"property":{"name":"@type","values":["made","new"]}}] Some(("@type", "made"))
      Gone(Gone) if [{"property":{"name":"@type","values":["gone","lost"]}}] Some(("@type", "gone"))
      Event(EventBase) if [{"property":{"name":"@type","values":["Event"],"optional":true}}] None
      Unlisted(..)
    struct Made
      at?: Int(I64)
      r#type?: String
    struct Gone
      at?: Int(I64)
      r#type?: GoneType
    struct EventBase
      at?: Int(I64)
      r#type?: String
    enum GoneType of String
      Gone = "gone"
      Lost = "lost"
      Unlisted(..)
    union Shape by kind
      SmallCircle(SmallCircle) if [{"property":{"name":"kind","values":["small_circle"]}}] Some(("kind", "small_circle"))
      Shape(ShapeBase) if [{"property":{"name":"kind","values":["shape"]}}] Some(("kind", "shape"))
      Unlisted(..)
    struct SmallCircle
      kind = "small_circle": Kind default: `"small_circle"`
    struct ShapeBase
      kind = "shape": Kind default: `"shape"`
    enum Kind of String
      SmallCircle = "small_circle"
      Shape = "shape"
      Unlisted(..)
    "#);
}

#[test]
fn children_may_be_told_apart_by_another_property() {
    insta::assert_snapshot!(outline(
        r"
Fruit: {type: object, required: [fruit], properties: {fruit: {type: string}}, discriminator: {propertyName: fruit, mapping: {apple: Apple}}}
Apple:
  allOf: [{$ref: '#/components/schemas/Fruit'}, {type: object, required: [sort], properties: {sort: {type: string}}}]
  discriminator: {propertyName: sort}
RedApple: {allOf: [{$ref: '#/components/schemas/Apple'}]}
"
    ), @r#"
    union Fruit by fruit
      Apple(Apple) if [{"property":{"name":"fruit","values":["apple"]}}] Some(("fruit", "apple"))
      Unlisted(..)
    union Apple by sort
      RedApple(RedApple) if [{"property":{"name":"sort","values":["RedApple"]}}] Some(("sort", "RedApple"))
      Apple(AppleBase) if [{"property":{"name":"sort","values":["Apple"]}}] Some(("sort", "Apple"))
      Unlisted(..)
    struct RedApple
      fruit = "apple": String default: `"apple"`
      sort = "RedApple": String default: `"RedApple"`
    struct AppleBase
      fruit = "apple": String default: `"apple"`
      sort = "Apple": String default: `"Apple"`
    "#);
}

#[test]
fn a_union_may_have_a_parent_beside_its_children() {
    insta::assert_snapshot!(outline(
        r"
Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
Union: {oneOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}
"
    ), @r#"
    union Pet by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["Cat"]}}] Some(("kind", "Cat"))
      Pet(PetBase) if [{"property":{"name":"kind","values":["Pet"]}}] Some(("kind", "Pet"))
      Unlisted(..)
    struct Cat
      kind = "Cat": String default: `"Cat"`
      lives?: Int(I64)
    struct PetBase
      kind = "Pet": String default: `"Pet"`
    union Union by kind
      Pet(PetBase) if [{"property":{"name":"kind","values":["Pet"]}}] None
      Cat(Cat) if [{"property":{"name":"kind","values":["Cat"]}}] None
      Unlisted(..)
    "#);
}

#[test]
fn names_of_members_stay_if_a_struct_becomes_a_union() {
    let mut diagnostics = Diagnostics::default();
    let document = document(
        "Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}",
        &mut diagnostics,
    );
    let inheritance = Inheritance::new(&document.schemas);
    let options = Options::default();
    let types = Types::new(&document, &inheritance, &options);
    let mut locked = LockedNames::default();
    locked.insert(NameKind::Types, "Pet", "Animal");
    locked.insert(NameKind::Members, "Animal.kind", "which");
    let finished = types.finish(&locked, &mut diagnostics);
    let outlines: Vec<String> = finished
        .types
        .iter()
        .map(|def| outline_of(def, &finished.types))
        .collect();
    insta::assert_snapshot!(outlines.join("\n"), @r#"
    union Animal (unused) by kind
      Cat(Cat) if [{"property":{"name":"kind","values":["Cat"]}}] Some(("kind", "Cat"))
      Pet(PetBase) if [{"property":{"name":"kind","values":["Pet"]}}] Some(("kind", "Pet"))
      Unlisted(..)
    struct Cat (unused)
      kind = "Cat": String default: `"Cat"`
    struct PetBase (unused)
      which = "Pet": String default: `"Pet"`
    "#);
    let names: Vec<(String, &str)> = finished.locked.of(NameKind::Types).collect();
    assert_eq!(
        names,
        [
            ("Cat".to_owned(), "Cat"),
            ("Pet".to_owned(), "Animal"),
            ("Pet(base)".to_owned(), "PetBase")
        ]
    );
}
