//! Which types accept `null` where several schemas apply.

use super::*;

/// The definition of that name in the outline.
fn definition(schemas: &str, name: &str) -> String {
    let outline = outline(schemas);
    let start = outline
        .find(&format!("{name}\n"))
        .unwrap_or_else(|| panic!("{name} in {outline}"));
    let body = outline[start..].lines().skip(1);
    let body = body.take_while(|line| line.starts_with("  "));
    body.map(str::trim).collect::<Vec<_>>().join(", ")
}

#[test]
fn null_is_valid_if_every_part_allows_it() {
    let base = "
Base:
  type: object
  required: [a, b, c, d, e]
  properties:
    a: {type: [string, 'null']}
    b: {type: string, nullable: true}
    c: {anyOf: [{type: string}, {type: 'null'}]}
    d: {oneOf: [{type: string}, {type: boolean, nullable: true}]}
    e: {enum: [x, y, null]}
";
    let narrower = "
Narrower:
  allOf:
    - $ref: '#/components/schemas/Base'
    - properties:
        a: {type: string}
        b: {type: string, maxLength: 5}
        c: {type: string}
        d: {type: [string, boolean]}
        e: {type: string}
";
    let text = definition(&format!("{base}{narrower}"), "struct Narrower");
    assert_eq!(
        text,
        "a: String, b: String at most 5 characters, c: String, d: D, e: E"
    );
    let untyped = "
Untyped:
  $ref: '#/components/schemas/Base'
  properties: {a: {maxLength: 5}, b: {description: More.}, c: {}, d: {title: D}, e: {type: [string, 'null']}}
";
    let text = definition(&format!("{base}{untyped}"), "struct Untyped");
    assert_eq!(
        text,
        "a: Nullable(String) at most 5 characters, b: Nullable(String), c: Nullable(String), \
         d: Nullable(D), e: Nullable(E)"
    );
}

#[test]
fn nullable_alone_means_or_null() {
    let schemas = "
Name: {type: string}
Pet: {type: object, required: [name], properties: {name: {type: string}}}
Union: {oneOf: [{$ref: '#/components/schemas/Pet'}, {type: string}]}
Owner:
  type: object
  required: [a, b, c, d, e, f]
  properties:
    a: {allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}
    b: {allOf: [{$ref: '#/components/schemas/Pet'}, {nullable: true}]}
    c: {$ref: '#/components/schemas/Name', nullable: true}
    d: {anyOf: [{$ref: '#/components/schemas/Pet'}, {nullable: true}]}
    e: {allOf: [{$ref: '#/components/schemas/Union'}], nullable: true}
    f: {allOf: [{$ref: '#/components/schemas/Name'}, {type: string, nullable: true}]}
Narrower:
  allOf:
    - $ref: '#/components/schemas/Owner'
    - {properties: {a: {type: object}, b: {$ref: '#/components/schemas/Pet'}, c: {nullable: true}, f: {nullable: true}}}
";
    assert_eq!(
        definition(schemas, "struct Owner"),
        "a: Nullable(Pet), b: Nullable(Pet), c: Nullable(Name), d: Nullable(Pet), e: Nullable(Union), f: Name"
    );
    assert_eq!(
        definition(schemas, "struct Narrower"),
        "a: Pet, b: Pet, c: Nullable(Name), d: Nullable(Pet), e: Nullable(Union), f: Nullable(Name)"
    );
}

#[test]
fn a_narrower_use_is_the_same_type() {
    let schemas = "
User: {type: object, required: [name], properties: {name: {type: [string, 'null']}, age: {type: integer}}}
Maybe: {type: [object, 'null'], properties: {inner: {type: object, properties: {x: {type: integer}}}}}
Base:
  type: object
  required: [a, b, c, d, e, f]
  properties:
    f: {type: [object, 'null'], properties: {z: {type: string}}}
    a: {anyOf: [{$ref: '#/components/schemas/User'}, {type: 'null'}]}
    b: {oneOf: [{$ref: '#/components/schemas/User'}, {type: 'null'}]}
    c: {$ref: '#/components/schemas/Maybe'}
    d: {type: [object, 'null'], required: [y], properties: {y: {type: string}}}
    e: {type: [array, 'null'], items: {$ref: '#/components/schemas/User'}}
Narrower:
  allOf:
    - $ref: '#/components/schemas/Base'
    - properties:
        a: {$ref: '#/components/schemas/User'}
        b: {type: object}
        f: {type: object}
        c: {$ref: '#/components/schemas/Maybe', type: object}
        d: {type: object, required: [y], properties: {y: {type: string}}}
        e: {type: array, items: {$ref: '#/components/schemas/User'}}
Wider:
  allOf:
    - $ref: '#/components/schemas/User'
    - {properties: {age: {type: [integer, 'null']}}}
";
    insta::assert_snapshot!(outline(schemas), @"
    struct User
      name: Nullable(String)
      age?: Int(I64)
    struct Maybe
      inner?: MaybeInner
    struct MaybeInner
      x?: Int(I64)
    struct Base
      f: Nullable(F)
      a: Nullable(User)
      b: Nullable(User)
      c: Nullable(Maybe)
      d: Nullable(D)
      e: Nullable(Array(User))
    struct F
      z?: String
    struct D
      y: String
    struct Narrower
      f: F
      a: User
      b: User
      c: Maybe
      d: D
      e: Array(User)
    type Wider = User
    ");
}

#[test]
fn null_in_a_union_within_a_union_is_kept() {
    let schemas = "
Inner: {oneOf: [{type: string}, {type: [boolean, 'null']}]}
Outer: {type: object, required: [a, b], properties: {a: {oneOf: [{$ref: '#/components/schemas/Inner'}, {type: integer}]}, b: {$ref: '#/components/schemas/Loop'}}}
Loop: {oneOf: [{$ref: '#/components/schemas/Loop'}, {type: array, items: {$ref: '#/components/schemas/Loop'}}, {type: string, nullable: true}]}
";
    assert_eq!(
        definition(schemas, "struct Outer"),
        "a: Nullable(OuterA), b: Nullable(Loop)"
    );
}
