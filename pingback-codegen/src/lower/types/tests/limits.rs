//! Types that check the limits of the document.

use super::*;

/// One line for each type that checks limits, then the findings.
fn checked(schemas: &str) -> String {
    let options = Options {
        types: crate::options::TypeOptions {
            checked: crate::options::Checks::All,
        },
        ..Options::default()
    };
    let (types, diagnostics) = lowered(schemas, &options);
    let checked = types.iter().filter_map(|def| {
        let TypeKind::Checked(checked) = &def.kind else {
            return None;
        };
        let limits = serde_json::to_string(&checked.limits).expect("plain data");
        Some(format!("{}: {:?} {limits}", def.name, checked.inner))
    });
    let lines: Vec<String> = checked.chain(findings(&diagnostics)).collect();
    lines.join("\n")
}

#[test]
fn limits_make_types_if_the_configuration_asks_for_checks() {
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
fn checked_types_are_named_by_common_words_or_by_their_limits() {
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
