use super::characters::remove_unsafe_characters;
use super::code::LANGUAGES;
use super::urls::{find_url, link_destination};
use super::{json_example, one_line, sanitize};
use insta::assert_snapshot;
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

/// What rustdoc would report about a text, as far as the Markdown parser can tell.
fn problems(text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut links = Vec::new();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let broken = |link: BrokenLink| -> Option<(CowStr, CowStr)> {
        links.push(format!("broken link {}", link.reference));
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(broken));
    let mut depth = 0;
    for (event, _) in TextMergeWithOffset::new(parser.into_offset_iter()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => problems.push(format!("HTML {html}")),
            Event::FootnoteReference(name) => problems.push(format!("footnote {name}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => problems.push("a doctest".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                if &*info != "text" && !LANGUAGES.contains(&&*info) {
                    problems.push(format!("a doctest of {info}"));
                }
                depth += 1;
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                if link_destination(&dest_url).is_none() {
                    problems.push(format!("link to {dest_url}"));
                }
                depth += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => depth -= 1,
            Event::Text(text) if depth == 0 && find_url(&text).is_some() => {
                problems.push(format!("plain URL in {text}"));
            }
            _ => {}
        }
    }
    problems.extend(links);
    problems
}

/// The letters and digits that a reader sees.
fn visible(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut visible = String::new();
    for event in Parser::new_ext(text, options) {
        if let Event::Text(text) | Event::Code(text) = event {
            visible.extend(text.chars().filter(|c| c.is_alphanumeric()));
        }
    }
    visible
}

const DIFFICULT: &[&str] = &[
    "",
    "    let x = 1;",
    "```\nlet x = 1;\n```",
    "```rust,ignore\nfn main() {}\n```",
    "```compile-fail\n```",
    "~~~json\n{}",
    "[foo] and [`Bar`] and [a][b] and [c]: d",
    "[foo]: /bar\n\n[foo]",
    "[a](/relative) ![b](x.png) [c](https://example.com/a(b)c \"title\")",
    "see https://example.com/a_b_c, or (http://example.com/?q=[x]). HTTPS://EXAMPLE.COM",
    "https://{host}/v1 and <https://{host}/v1> and https://",
    "[https://example.com](https://example.com) [see https://example.com/x](https://example.com/y)",
    "Vec<String> and a < b > c and <token> and <br> and <b>bold</b> and </unclosed",
    "<p>One<br/>two</p>\n<ul><li>three</li></ul> <!-- four -->",
    "<a href=\"https://example.com/?a=b&c=d\">here</a>",
    "<script>alert(1)</script>",
    "a `b` c ` d `` e",
    "`` ` `` and ` `` `",
    "1986\\. A year\n1986. Another\n+ plus\n- minus\n# heading\n> quote",
    "text\n===\nmore\n---\n",
    "a\n    - b\n    c | d\n    --|--",
    "* a\n  * b\n\n    c\n\n        code\n* \n1. d\n7. e\n\n999999999. f\n1000000000. g",
    "> quote\n> > deeper\n> - list\n>   ```\n>   code\n>   ```",
    "| a | b |\n|---|---|\n| `c\\|d` | e<br>https://example.com |",
    "** not bold ** and **bold** and *__both__* and ~~gone~~ and ~x~ and _a_b_c_ and ****",
    "\u{202e}evil\u{2066} \u{200b}\u{feff}\0\u{1}\u{7}\r\nnext\rlast\u{2028}",
    "*/ /* // /// //! \\",
    "\\[ \\< \\` \\\\ &amp; &lt;b&gt; &nbsp; & &#60;",
    "- [ ] todo\n- [x] done\n[^1]\n\n[^1]: note",
    "# Heading with [link](x) #\n\n###### Deep https://example.com",
    "hard  \nbreak\\\nagain  ",
    "$a$ ^b^ ==c== :d: \"e\" 'f' -- ...",
];

#[test]
fn a_sanitized_text_has_no_problems() {
    for text in DIFFICULT {
        let safe = sanitize(text);
        assert_eq!(problems(&safe), [""; 0], "{text:?} became {safe:?}");
    }
}

#[test]
fn sanitizing_twice_keeps_the_visible_text() {
    for text in DIFFICULT {
        let once = sanitize(text);
        assert_eq!(visible(&sanitize(&once)), visible(&once), "{text:?}");
    }
}

#[test]
fn a_sanitized_pair_of_texts_has_no_problems() {
    for first in DIFFICULT {
        for second in DIFFICULT {
            for between in ["\n\n", "\n", " ", "\n> - "] {
                let text = format!("{first}{between}{second}");
                let safe = sanitize(&text);
                assert_eq!(problems(&safe), [""; 0], "{text:?} became {safe:?}");
            }
        }
    }
}

#[test]
fn sanitizing_keeps_every_word() {
    for text in DIFFICULT.iter().filter(|text| !text.contains(['<', '\u{1}'])) {
        assert_eq!(
            visible(&sanitize(text)),
            visible(&remove_unsafe_characters(text)),
            "{text:?}"
        );
    }
}

#[test]
fn deep_nesting_is_flattened() {
    let text = format!("{} deep", ">".repeat(5_000));
    assert!(sanitize(&text).len() < 100);
    assert_eq!(sanitize(&format!("{}a", "- ".repeat(2_000))).lines().count(), 1);
}

#[test]
fn code_blocks_are_not_doctests() {
    assert_snapshot!(sanitize("Like so:\n\n    let a;\n\n```rust\nlet b;\n```\n\n```json\n{}\n```"), @r"
    Like so:

    ```text
    let a;
    ```

    ```text
    let b;
    ```

    ```json
    {}
    ```
    ");
}

#[test]
fn relative_links_become_text() {
    assert_snapshot!(sanitize("[a](/b), [c](https://d.org), https://e.org/f_g. [h] `[i]`"), @r"a, [c](https://d.org), <https://e.org/f_g>. \[h\] `[i]`");
}

#[test]
fn html_becomes_text() {
    let text = "<p>Use <b>this</b>:<br>a <token></p>\n\n<a href='https://b.org'>there</a> &copy; Vec<T>";
    assert_snapshot!(sanitize(text), @r"
    Use this:\
    a `<token>`

    there (<https://b.org>) © Vec\<T>
    ");
}

#[test]
fn lists_and_quotes_keep_their_structure() {
    assert_snapshot!(sanitize("* one\n  more\n* two\n   1. three\n\n      four\n\n> five\n> six"), @r"
    - one
      more
    - two

      1. three

         four

    > five
    > six
    ");
}

#[test]
fn a_long_first_paragraph_ends_after_its_first_sentence() {
    let text = "Creates a thing, e.g. A new one. It is then there for everybody to see, to use, to like, and \
        to take home, for as long as they want.";
    assert_snapshot!(sanitize(text), @r"
    Creates a thing, e.g. A new one.

    It is then there for everybody to see, to use, to like, and to take home, for as long as they want.
    ");
}

#[test]
fn one_line_is_the_first_paragraph() {
    assert_eq!(one_line("One | two\n*three*\n\nfour"), "One \\| two *three*");
}

#[test]
fn a_long_example_is_a_block() {
    assert_eq!(json_example("3"), "Example: `3`");
    let long = format!("[\"{}\"]", "x".repeat(150));
    assert!(json_example(&long).starts_with("Example:\n\n```json\n[\n"));
}
