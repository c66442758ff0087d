//! Renders reports as a table.

use super::document::{Generation, Share};
use super::report::{Report, Step, StepResult};

/// The headings. All columns but the first two are right-aligned.
const HEADINGS: [&str; 14] = [
    "document",
    "result",
    "ops",
    "schemas",
    "warn",
    "notes",
    "gen s",
    "MiB",
    "check s",
    "rustc",
    "clippy",
    "doc",
    "examples",
    "instances",
];

/// One row for each report.
pub(super) fn table(reports: &[Report]) -> String {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    rows.extend(reports.iter().map(row));
    let mut widths = [0; HEADINGS.len()];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in rows {
        for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
            let cell = if index < 2 {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            };
            if index > 0 {
                text.push_str("  ");
            }
            text.push_str(&cell);
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn row(report: &Report) -> [String; HEADINGS.len()] {
    let result = if report.shortcomings().is_empty() {
        "ok"
    } else {
        "FAILED"
    };
    let generation = |cell: &dyn Fn(&Generation) -> String| {
        report.generation.as_ref().map_or_else(|| "-".to_owned(), cell)
    };
    let step = |step: Step, cell: &dyn Fn(&StepResult) -> String| {
        report.steps.get(&step).map_or_else(|| "-".to_owned(), cell)
    };
    let findings = |result: &StepResult| {
        if result.errors > 0 {
            format!("{}E {}", result.errors, result.warnings)
        } else if result.success {
            result.warnings.to_string()
        } else {
            "failed".to_owned()
        }
    };
    [
        report.name.clone(),
        result.to_owned(),
        generation(&|generation| ratio(generation.operations)),
        generation(&|generation| ratio(generation.schemas)),
        generation(&|generation| generation.warnings.to_string()),
        generation(&|generation| generation.notes.to_string()),
        generation(&|generation| format!("{:.2}", generation.seconds)),
        generation(&|generation| {
            generation
                .peak_kib
                .map_or_else(|| "?".to_owned(), |kib| kib.div_ceil(1024).to_string())
        }),
        step(Step::Check, &|result| format!("{:.1}", result.seconds)),
        step(Step::Check, &findings),
        step(Step::Clippy, &findings),
        step(Step::Doc, &findings),
        step(Step::Test, &|result| match (result.examples, result.instances) {
            (Some(share), _) => ratio(share),
            (None, Some(_)) => "-".to_owned(),
            (None, None) => findings(result),
        }),
        step(Step::Test, &|result| {
            result.instances.map_or_else(|| "-".to_owned(), ratio)
        }),
    ]
}

fn ratio(share: Share) -> String {
    format!("{}/{}", share.part, share.total)
}
