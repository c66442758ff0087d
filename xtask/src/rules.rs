//! Writes `docs/rules.md`, the page of all diagnostics, or compares it with the table of rules.

use anyhow::{Context, Result};
use pingback_codegen::diagnostic::rules::ALL;
use pingback_codegen::diagnostic::{Rule, Severity};
use std::fmt::Write as _;
use std::process::ExitCode;

const PAGE: &str = "docs/rules.md";

const HEAD: &str = "\
# All rules

Every diagnostic has a rule. `{}` stands for a part of the input. [Diagnostics](diagnostics.md) says how
to change a severity and how to accept a finding. `cargo xtask regenerate` writes this page.
";

/// Writes the page, or with `check` returns exit status 1 if it is stale.
pub(crate) fn run(check: bool) -> Result<ExitCode> {
    let path = crate::root()?.join(PAGE);
    let text = page();
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    if current == text {
        return Ok(ExitCode::SUCCESS);
    }
    if check {
        anstream::eprintln!("error: {PAGE} is stale; run: cargo xtask regenerate");
        return Ok(ExitCode::from(1));
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write {PAGE}"))?;
    anstream::println!("{PAGE}: changed");
    Ok(ExitCode::SUCCESS)
}

fn page() -> String {
    let mut text = HEAD.to_owned();
    for (title, severity) in [
        ("Errors", Severity::Error),
        ("Warnings", Severity::Warning),
        ("Notes", Severity::Note),
    ] {
        let mut rules: Vec<&Rule> = ALL
            .iter()
            .copied()
            .filter(|rule| rule.severity == severity)
            .collect();
        rules.sort_by_key(|rule| rule.name);
        let _ = write!(
            text,
            "\n## {title}\n\n| rule | message | help |\n| --- | --- | --- |\n"
        );
        for rule in rules {
            let message = match rule.message {
                "{}" => "(the message says it)",
                message => message,
            };
            let _ = writeln!(
                text,
                "| `{}` | {} | {} |",
                rule.name,
                cell(message),
                cell(rule.hint)
            );
        }
    }
    text
}

/// A text as the cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_up_to_date() {
        let path = crate::root().expect("the root folder").join(PAGE);
        let committed = std::fs::read_to_string(path).expect("the page is readable");
        assert!(
            committed == page(),
            "{PAGE} is stale; run: cargo xtask regenerate"
        );
    }
}
