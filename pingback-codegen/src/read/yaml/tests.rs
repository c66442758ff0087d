use super::super::tree_rules::MAX_DEPTH;
use super::parse;
use crate::diagnostic::Diagnostics;
use crate::read::tree::Pointer;
use crate::source::Sources;
use serde_json::json;

/// The value, and for each finding its rule and the text at its span.
fn read(text: &str) -> (Option<serde_json::Value>, Vec<String>) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let id = sources.add("a.yaml", text);
    let node = parse(id, &sources, &mut diagnostics);
    let findings = diagnostics.iter().map(|diagnostic| {
        let text = diagnostic.span.map_or("no span", |span| sources.text(span));
        format!("{} {text:?}", diagnostic.rule.name)
    });
    (node.map(|node| node.to_json()), findings.collect())
}

fn value(text: &str) -> serde_json::Value {
    let (value, findings) = read(text);
    assert_eq!(findings, Vec::<String>::new(), "of {text:?}");
    value.expect("it is well-formed")
}

/// The value as JSON text, if it contains an integer of more than 64 bits.
fn exact(text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let id = sources.add("a.yaml", text);
    let root = parse(id, &sources, &mut Diagnostics::default()).expect("it is well-formed");
    root.exact_json()
}

/// The texts of the value and the key of the member `key` of the object at `pointer`.
fn texts(text: &str, pointer: &str, key: &str) -> (String, String) {
    let mut sources = Sources::default();
    let id = sources.add("a.yaml", text);
    let root = parse(id, &sources, &mut Diagnostics::default()).expect("it is well-formed");
    let entry = root
        .at(&Pointer(pointer.to_owned()))
        .and_then(|node| node.entry(key))
        .expect("it is there");
    (
        sources.text(entry.node.span).to_owned(),
        sources.text(entry.key_span).to_owned(),
    )
}

#[test]
fn spans_count_bytes_after_non_ascii_text() {
    let text = "ключ: [\"é𝄞\", 日本]\nдва:\n  три: 'х'\n";
    assert_eq!(texts(text, "", "ключ"), ("[\"é𝄞\", 日本]".into(), "ключ".into()));
    assert_eq!(texts(text, "/два", "три"), ("'х'".into(), "три".into()));
}

#[test]
fn spans_count_the_byte_order_mark() {
    assert_eq!(texts("\u{feff}a: b\n", "", "a"), ("b".into(), "a".into()));
    assert_eq!(texts("\u{feff}{\"a\": 1}", "", "a"), ("1".into(), "\"a\"".into()));
}

#[test]
fn a_block_ends_with_its_last_child() {
    let text = "a:\n  b: 1\n  c:\n    - x\n\n\n# more\nd: |\n  text\n\n\ne: 1\n";
    assert_eq!(texts(text, "", "a").0, "b: 1\n  c:\n    - x");
    assert_eq!(texts(text, "", "d").0, "text");
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    assert_eq!(
        value("[~, null, Null, true, False, 1, -2, +3, 0x1F, 0o17, 1.5, .5, 1e3, 012]"),
        json!([
            null, null, null, true, false, 1, -2, 3, 31, 15, 1.5, 0.5, 1000.0, 12
        ])
    );
    assert_eq!(
        value(
            "[yes, no, on, 2024-01-01, 1_000, 0b1, 1.2.3, '1', \"true\", nan, -, .]"
                .replace(", -,", ",")
                .as_str()
        ),
        json!([
            "yes",
            "no",
            "on",
            "2024-01-01",
            "1_000",
            "0b1",
            "1.2.3",
            "1",
            "true",
            "nan",
            "."
        ])
    );
}

#[test]
fn large_integers_keep_their_digits_and_infinite_numbers_are_reported() {
    assert_eq!(value("a: 18446744073709551615"), json!({"a": u64::MAX}));
    assert_eq!(value("a: -9223372036854775808"), json!({"a": i64::MIN}));
    for text in ["a: 18446744073709551616", "{\"a\": 18446744073709551616}"] {
        assert_eq!(value(text), json!({"a": 18_446_744_073_709_551_616.0}));
        assert_eq!(
            exact(text).as_deref(),
            Some("{\"a\":18446744073709551616}"),
            "{text}"
        );
    }
    assert_eq!(exact("a: 18446744073709551615"), None);
    assert_eq!(
        read("[.inf, -.INF, .nan, 1e999]").1,
        [
            "number-range \".inf\"",
            "number-range \"-.INF\"",
            "number-range \".nan\"",
            "number-range \"1e999\""
        ]
    );
}

#[test]
fn keys_keep_their_text() {
    assert_eq!(
        value("200: a\ntrue: b\nnull: c\n1.0: d\n~: e\n"),
        json!({"200": "a", "true": "b", "null": "c", "1.0": "d", "~": "e"})
    );
}

#[test]
fn tags_determine_the_type() {
    assert_eq!(
        value("[!!str 1, !!int \"3\", !!null x, ! 5]"),
        json!(["1", 3, null, "5"])
    );
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    assert_eq!(
        value("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n"),
        json!({"a": {"x": 1, "y": 2}, "b": {"y": 3, "x": 1}, "c": {"x": 1, "y": 2}})
    );
    assert_eq!(
        value("a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc:\n  <<: [*a, *b]\n"),
        json!({"a": {"x": 1}, "b": {"x": 2, "z": 3}, "c": {"x": 1, "z": 3}})
    );
    assert_eq!(value("\"<<\": 1"), json!({"<<": 1}));
    assert_eq!(
        value("[{&k key: 1}, {*k : 2}, *k]"),
        json!([{"key": 1}, {"key": 2}, "key"])
    );
}

#[test]
fn an_alias_inside_itself_is_an_error() {
    assert_eq!(read("a: &a [1, *a]\n").1, ["syntax \"*a\""]);
}

#[test]
fn the_last_of_two_equal_keys_is_used() {
    let (value, findings) = read("a: 1\nb: 2\na: 3\n");
    assert_eq!(value, Some(json!({"a": 3, "b": 2})));
    assert_eq!(findings, ["duplicate-key \"a\""]);
    assert_eq!(read("{\"a\": 1, \"a\": 2}").0, Some(json!({"a": 2})));
}

#[test]
fn deep_nesting_is_reported_without_a_stack_overflow() {
    let list = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let blocks = |depth: usize| format!("{}x", "- ".repeat(depth));
    let keys = (0..300).fold(String::new(), |keys, depth| keys + &" ".repeat(depth) + "a:\n");
    for text in [
        list(201),
        list(100_000),
        blocks(201),
        blocks(100_000),
        keys,
        "[".repeat(100_000),
    ] {
        let (value, findings) = read(&text);
        assert_eq!(value, None);
        assert!(findings[0].starts_with("too-deep"), "{findings:?}");
    }
    for text in [list(MAX_DEPTH), blocks(MAX_DEPTH)] {
        value(&text);
    }
    // An alias adds the depth of its target to its own.
    let nested: Vec<String> = (1..300)
        .map(|level| format!("a{level}: &a{level} [*a{}]\n", level - 1))
        .collect();
    let nested = format!("a0: &a0 []\n{}", nested.concat());
    assert!(read(&nested).1[0].starts_with("too-deep"));
}

#[test]
fn json_that_is_not_yaml_is_read() {
    assert_eq!(
        value(r#"{"a\/b": "\ud83d\ude00 \u00e9 \u0000", "t":	[1,2]}"#),
        json!({"a/b": "😀 é \u{0}", "t": [1, 2]})
    );
    let long = "k".repeat(100_000);
    assert_eq!(value(&format!("{{\"{long}\":1}}")), json!({long: 1}));
    assert_eq!(value(r#"{"half": "\ud83d!"}"#), json!({"half": "\u{fffd}!"}));
}

#[test]
fn flow_style_that_is_not_json_is_read() {
    assert_eq!(
        value("{a: 'b', # why\n c: [1, 2,],}"),
        json!({"a": "b", "c": [1, 2]})
    );
}

#[test]
fn a_syntax_error_in_json_has_its_place() {
    assert_eq!(read("{\"a\": 1 \"b\": 2}").1, ["syntax \"\\\"\""]);
    assert_eq!(read("{\"a\": 1,\n").1, ["syntax \"\""]);
    assert_eq!(read("{\"a\": \"\\u12\"}").1, ["syntax \"1\""]);
    assert_eq!(read("{\"a\": 1} x").1, ["syntax \"x\""]);
}

#[test]
fn only_the_first_document_is_read() {
    let (value, findings) = read("a: 1\n---\nb: 2\n");
    assert_eq!(value, Some(json!({"a": 1})));
    assert_eq!(findings, ["several-documents \"---\""]);
}

#[test]
fn an_empty_text_is_an_error() {
    for text in ["", "  \n", "# a comment\n", "---\n", "\u{feff}"] {
        let (value, findings) = read(text);
        assert_eq!(value, None, "{text:?}");
        assert!(findings[0].starts_with("empty-text"), "{text:?} {findings:?}");
    }
}

#[test]
fn quoted_scalars_may_continue_at_the_indentation_of_their_key() {
    let text = "\
a:
  b: 'one
  two

  it''s three'
  c: \"x \\\"y\\\"
  z\"
  d: |
    e: 'no
    scalar'
  list:
  - 'four
  five'
  - \"key\": 'six
    seven'
    f: {g: 1}
last: 'eight
nine'
end: é
";
    let (read, findings) = read(text);
    let expected = json!({
        "a": {
            "b": "one two\nit's three",
            "c": "x \"y\" z",
            "d": "e: 'no\nscalar'\n",
            "list": ["four five", {"key": "six seven", "f": {"g": 1}}],
        },
        "last": "eight nine",
        "end": "é",
    });
    assert_eq!(read, Some(expected));
    assert_eq!(findings, ["quoted-indentation \"two\""]);
    assert_eq!(texts(text, "", "end"), ("é".into(), "end".into()));
    assert_eq!(texts(text, "/a", "c").1, "c");
    assert_eq!(texts(text, "/a/list/1", "f").0, "{g: 1}");
    assert_eq!(texts(text, "", "last").0, "'eight\nnine'");
}

#[test]
fn an_unclosed_quoted_scalar_is_an_error() {
    for text in ["a: 'b\nc: d\n", "\u{feff}a: 'b\nc'\nd: 'e\n"] {
        let (read, findings) = read(text);
        assert_eq!(read, None);
        assert!(findings[0].starts_with("syntax"), "{findings:?}");
    }
}

#[test]
fn an_indented_quoted_scalar_has_no_finding() {
    assert_eq!(
        value("a: 'b\n  c'\nd: \"e\n\n f\n\""),
        json!({"a": "b c", "d": "e\nf "})
    );
}
