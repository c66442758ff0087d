//! Reports in, a table for people out.

use super::report::{Done, Report, Step};

/// Column heads; all but the first two columns are numbers.
const HEADS: [&str; 14] = [
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

/// A line for each report.
pub(super) fn table(reports: &[Report]) -> String {
    let mut rows = vec![HEADS.map(str::to_owned)];
    rows.extend(reports.iter().map(row));
    let mut widths = [0; HEADS.len()];
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

fn row(report: &Report) -> [String; HEADS.len()] {
    let result = if report.shortcomings().is_empty() {
        "ok"
    } else {
        "SHORT"
    };
    let generation = |cell: &dyn Fn(&super::document::Generation) -> String| {
        report.generation.as_ref().map_or_else(|| "-".to_owned(), cell)
    };
    let step = |step: Step, cell: &dyn Fn(&Done) -> String| {
        report.steps.get(&step).map_or_else(|| "-".to_owned(), cell)
    };
    let found = |done: &Done| {
        if done.errors > 0 {
            format!("{}E {}", done.errors, done.warnings)
        } else if done.success {
            done.warnings.to_string()
        } else {
            "failed".to_owned()
        }
    };
    [
        report.name.clone(),
        result.to_owned(),
        generation(&|made| format!("{}/{}", made.operations.made, made.operations.of)),
        generation(&|made| format!("{}/{}", made.schemas.made, made.schemas.of)),
        generation(&|made| made.warnings.to_string()),
        generation(&|made| made.notes.to_string()),
        generation(&|made| format!("{:.2}", made.seconds)),
        generation(&|made| {
            made.peak_kib
                .map_or_else(|| "?".to_owned(), |kib| kib.div_ceil(1024).to_string())
        }),
        step(Step::Check, &|done| format!("{:.1}", done.seconds)),
        step(Step::Check, &found),
        step(Step::Clippy, &found),
        step(Step::Doc, &found),
        step(Step::Test, &|done| match (done.examples, done.instances) {
            (Some(share), _) => format!("{}/{}", share.made, share.of),
            (None, Some(_)) => "-".to_owned(),
            (None, None) => found(done),
        }),
        step(Step::Test, &|done| {
            done.instances
                .map_or_else(|| "-".to_owned(), |share| format!("{}/{}", share.made, share.of))
        }),
    ]
}
