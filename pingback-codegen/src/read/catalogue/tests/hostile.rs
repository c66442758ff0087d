//! Texts that would make an algorithm with quadratic time run for minutes.

use crate::diagnostic::Diagnostics;
use crate::read::catalogue::{CatalogueInput, Form, read};
use crate::source::Sources;

#[test]
fn reads_hostile_texts_in_linear_time() {
    // Debug builds are slow, so the texts are small.
    let size = 1 << 15;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    let texts = [
        fill("a"),
        fill("A_B "),
        fill("A_B\n"),
        fill("A_B: "),
        fill("400 "),
        fill("400\n"),
        fill("<div>"),
        fill("<table><tr><td>"),
        fill("<td rowspan=200>x<tr>"),
        fill("<a b=\"c <a b='d "),
        fill("<!-- "),
        fill("<script>"),
        fill("</"),
        fill("<"),
        fill("&amp;"),
        fill("&a&b;"),
        fill("<b><i><code>"),
        fill("<ul><li>"),
        fill("<Accordion title=\"A_B\">\n"),
        fill("- "),
        fill("> "),
        fill("# A_B\n"),
        fill("`"),
        fill("``` "),
        fill("**A_B** "),
        fill("["),
        fill("[a]("),
        fill("|a"),
        format!("|Code|Message|\n|--|--|\n{}", fill("|A_B|x|\n")),
        format!("|Code|{}\n|--|{}\n", "x|".repeat(3_000), "--|".repeat(3_000)),
        fill("{\"a\":"),
        fill("{\n\n"),
        fill("{\"code\":\"A_B\"}\n"),
        fill("{\"code\":\"A_B\"\n"),
        fill("A_B\n- Messages:\n"),
        fill("Messages:\nA_B\n"),
        fill("- Message: a\nb\n"),
        fill("- a: "),
        fill("a:\n"),
        fill("\"code\",\"status\"\n"),
        format!("code,status\n{}", fill("\"")),
        fill("1001 x\n"),
        fill("+--+--+\n|a |"),
        fill("== ==\na  b\n"),
        fill(".. list-table::\n\n  * - a\n    - b\n"),
        fill("a\n b\n  c\n"),
        format!(
            ".. note::\n{}",
            join_each(150, |n| format!("{}.. note::\n", " ".repeat(n)))
        ),
        fill("|===\n|a |b\n"),
        format!("|===\n{}", fill("|a ")),
        fill("== a_b\n"),
        fill("`a <"),
        fill("[a*`"),
        fill(":a:b"),
        fill("link:a"),
        fill("\u{200b}"),
        fill("\u{a0}\r\n"),
        fill("import a from 'b'\n"),
        fill("<details><summary>A_B</summary>\n\n"),
        fill("<dt>A_B<dd>x"),
        fill("<pre>{"),
        fill(&format!("{}A_B\n", " ".repeat(40))),
        join_each(2_500, |n| format!("ERROR_{n}\n- Status: 400\n- Message: m\n")),
        join_each(1_200, |n| {
            format!("E_{n}\n- Status: 400\n- Message: m\n- Status: 400\n- Message: m\n")
        }),
        format!(
            "A_B\n- Messages:\n{}",
            join_each(6_000, |n| format!("  - m{n}\n"))
        ),
        format!("# {}", join_each(6_000, |n| format!("A_{n} "))),
        format!(
            "{}<dd>{}",
            join_each(2_500, |n| format!("<dt>A_{n}")),
            "x ".repeat(size / 4)
        ),
        format!("{}Status: 400\n", fill("**a**\n")),
        format!(
            "# {}\n{}",
            "x".repeat(size / 2),
            "```\n{\"code\":\"A_B\"}\n```\n".repeat(1_200)
        ),
    ];
    for text in texts {
        for form in [None].into_iter().chain(Form::ALL.map(Some)) {
            let mut sources = Sources::default();
            let source = sources.add("x", text.as_str());
            read(
                &[CatalogueInput { source, form }],
                &sources,
                &mut Diagnostics::default(),
            );
        }
    }
}

/// Joins the texts that `make` returns for the numbers below `count`.
fn join_each(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |text, number| text + &make(number))
}
