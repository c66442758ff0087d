//! Strings, numbers and schemas without a type.

use super::*;

#[test]
fn integers_hold_the_documented_range() {
    insta::assert_snapshot!(outline(
        r"
Plain: {type: integer, minimum: 0}
Small: {type: integer, format: int32}
Given: {type: integer, format: int32, example: 3000000000, default: -3000000000}
Bounded: {type: integer, format: int32, maximum: 3000000000}
Example: {type: integer, example: 18446744073709551615}
Large: {type: integer, maximum: 18446744073709551615}
Positive: {type: integer, minimum: 0, maximum: 18446744073709551615}
Above: {type: integer, exclusiveMinimum: -1, exclusiveMaximum: 18446744073709551616}
Joined: {allOf: [{type: integer, minimum: 1}, {maximum: 18446744073709551615}]}
Signed: {type: integer, format: int64, maximum: 18446744073709551615}
Count: {type: integer, format: int64, minimum: 0, maximum: 18446744073709551615}
Least: {type: integer, format: uint64, minimum: -1}
Huge: {type: integer, maximum: 1.0e+30}
Unsigned: {type: integer, format: uint64}
"
    ), @"
    type Plain = Int(I64)
    type Small = Int(I32)
    type Given = Int(I32)
    type Bounded = Int(I64)
    type Example = Int(I64)
    type Large = Int(I128)
    type Positive = Int(U64)
    type Above = Int(U64)
    type Joined = Int(U64)
    type Signed = Int(I64)
    type Count = Int(U64)
    type Least = Int(I128)
    type Huge = Int(I128)
    type Unsigned = Int(U64)
    example-out-of-range: the type `i32` cannot hold the example or default 3000000000 (number of such values: 2)
    example-out-of-range: the type `i64` cannot hold the example or default 18446744073709551615 (number of such values: 1)
    bound-outside-format: `format: int64` does not include the bound 18446744073709551615; the type is that of the format (number of such bounds: 1)
    ");
}

#[test]
fn integers_of_more_than_64_bits_have_a_wider_type() {
    insta::assert_snapshot!(outline(
        r"
Just: {type: integer, maximum: 18446744073709551616}
Both: {type: integer, minimum: -1, maximum: 18446744073709551615}
Most: {type: integer, maximum: 170141183460469231731687303715884105727}
More: {type: integer, maximum: 170141183460469231731687303715884105728}
Either: {oneOf: [{type: integer, minimum: -9223372036854775809}, {type: integer}]}
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
fn rounded_bounds_of_64_bits_do_not_widen_the_type() {
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
fn keywords_imply_a_missing_type() {
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
fn a_value_of_another_type_prevents_an_implied_type() {
    insta::assert_snapshot!(outline(
        r"
Channel: {items: {type: string}}
Name: {pattern: '^a'}
Items: {items: {type: string}}
Holder:
  type: object
  properties: {channel: {$ref: '#/components/schemas/Channel'}, items: {$ref: '#/components/schemas/Items'}, names: {type: array, items: {$ref: '#/components/schemas/Name'}}}
  example: {channel: {id: C}, items: [a], names: [null, a, 3]}
"
    ), @"
    type Channel = Json
    type Name = Json
    type Items = Array(String)
    struct Holder
      channel?: Channel
      items?: Items
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
fn numbers_are_integers_by_registered_formats_only() {
    insta::assert_snapshot!(outline(
        r"
Long: {type: number, format: int64}
Int: {type: number, format: int32, example: 3.0}
Byte: {type: number, format: uint8}
Word: {type: number, format: integer}
Other: {type: number, format: count}
Ratio: {type: number, format: int32, example: 1.5}
Step: {type: number, format: int64, multipleOf: 0.1}
Least: {allOf: [{type: number, format: int64}, {minimum: 0.5}]}
Whole: {type: integer, minimum: 0.5}
"
    ), @"
    type Long = Int(I64)
    type Int = Int(I32)
    type Byte = Int(U32)
    type Word = Float(F64)
    type Other = Float(F64)
    type Ratio = Float(F64)
    type Step = Float(F64)
    type Least = Float(F64)
    type Whole = Int(I64)
    fraction-in-integer: `format: int32` is a format of integers, but a bound, example or default is 1.5; the type is `f64` (number of such schemas: 1)
    fraction-in-integer: `format: int64` is a format of integers, but a bound, example or default is 0.1; the type is `f64` (number of such schemas: 2)
    ");
}

#[test]
fn integers_beside_numbers_keep_all_digits() {
    insta::assert_snapshot!(outline(
        r"
One: {oneOf: [{type: number}, {type: integer}, {type: boolean}]}
Any: {anyOf: [{type: integer, format: int64}, {type: number}, {type: string}]}
List: {type: [number, integer, 'null']}
Formats: {oneOf: [{type: number, format: double}, {type: number, format: int32}]}
Listed: {oneOf: [{type: number}, {enum: [1, 2]}]}
Narrow: {allOf: [{type: [integer, number]}, {type: integer}]}
Float: {oneOf: [{type: number, format: float}, {type: number, format: double}]}
Holder: {type: object, required: [a], properties: {a: {type: [integer, number, 'null']}, b: {type: array, items: {anyOf: [{type: number}, {type: integer}]}}}}
"
    ), @r#"
    union One
      Integer(Int(I128)) if [{"json_type":["integer"]}] None
      Number(Float(F64)) if [{"json_type":["number"]}] None
      Boolean(Bool) if [{"json_type":["boolean"]}] None
      Unlisted(..)
    union Any
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      Number(Float(F64)) if [{"json_type":["number"]}] None
      String(String) if [{"json_type":["string"]}] None
      Unlisted(..)
    union List
      Integer(Int(I128)) if [{"json_type":["integer"]}] None
      Number(Float(F64)) if [{"json_type":["number"]}] None
      Unlisted(..)
    union Formats
      Integer(Int(I64)) if [{"json_type":["integer"]}] None
      Number(Float(F64)) if [{"json_type":["number"]}] None
      Unlisted(..)
    type Listed = Float(F64)
    type Narrow = Int(I64)
    type Float = Float(F64)
    struct Holder
      a: Nullable(HolderA)
      b?: Array(HolderBItem)
    union HolderA
      Integer(Int(I128)) if [{"json_type":["integer"]}] None
      Number(Float(F64)) if [{"json_type":["number"]}] None
      Unlisted(..)
    union HolderBItem
      Integer(Int(I128)) if [{"json_type":["integer"]}] None
      Number(Float(F64)) if [{"json_type":["number"]}] None
      Unlisted(..)
    "#);
}
