//! Snippets of documents in, the relevant part of the [`Api`] out.

use super::lower;
use crate::diagnostic::Diagnostics;
use crate::model::Api;
use crate::options::Options;
use crate::read::{Parsed, catalogue, document};
use crate::source::Sources;
use std::fmt::Write as _;

fn lowered(text: &str, errors: &str, options: &Options) -> (Api, String) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let parsed = Parsed {
        document: (!text.is_empty())
            .then(|| document::read(sources.add("api.yaml", text), &sources, &mut diagnostics))
            .flatten(),
        catalogue: if errors.is_empty() {
            catalogue::Catalogue::default()
        } else {
            let source = sources.add("errors.md", errors);
            catalogue::read(
                &[catalogue::CatalogueInput { source, form: None }],
                &sources,
                &mut diagnostics,
            )
        },
    };
    let api = lower(&parsed, options, &mut diagnostics);
    let mut shown = String::new();
    for finding in &diagnostics {
        let place = finding
            .span
            .and_then(|span| sources.locate(span))
            .map(|at| at.to_string());
        let _ = writeln!(
            shown,
            "{} {}: {}",
            place.unwrap_or_default(),
            finding.rule.name,
            finding.message
        );
    }
    (api, shown)
}

#[test]
#[ignore]
fn try_one() {
    let Ok(file) = std::env::var("DOC") else { return };
    let errors = std::env::var("ERRORS")
        .map(|e| std::fs::read_to_string(e).unwrap())
        .unwrap_or_default();
    let text = std::fs::read_to_string(&file).unwrap();
    let start = std::time::Instant::now();
    let (api, shown) = lowered(&text, &errors, &Options::default());
    eprintln!(
        "{file}: {:?} {} operations {} types",
        start.elapsed(),
        api.operations.len(),
        api.types.len()
    );
    let mut counts = std::collections::BTreeMap::new();
    for line in shown.lines() {
        *counts
            .entry(line.split(' ').nth(1).unwrap_or_default().to_owned())
            .or_insert(0) += 1;
    }
    eprintln!("{counts:?}");
    let mut start = std::time::Instant::now();
    let mut d = Diagnostics::default();
    crate::check::check(&api, &mut d);
    eprintln!(
        "check {:?} {}",
        start.elapsed(),
        d.iter()
            .map(|d| d.message.clone())
            .collect::<Vec<_>>()
            .join(" | ")
    );
    if std::env::var("FULL").is_ok() {
        println!("{}", serde_yaml::to_string(&api).unwrap());
        println!("{shown}");
    }
    if std::env::var("ERR").is_ok() {
        let e = &api.errors;
        println!(
            "places {:?} {:?} {:?} body {:?}",
            e.code_pointer,
            e.message_pointer,
            e.request_id_pointer,
            e.body.as_ref().map(|t| match t {
                crate::model::Type::Named(id) => api.types[id.0].name.clone(),
                o => format!("{o:?}"),
            })
        );
        println!(
            "credentials {:?}",
            api.credentials
                .iter()
                .map(|c| (&c.name, &c.kind, c.required))
                .collect::<Vec<_>>()
        );
        println!(
            "client {:?}",
            api.client_parameters
                .iter()
                .map(|c| (&c.name, &c.ty, c.required))
                .collect::<Vec<_>>()
        );
        println!(
            "servers {:?} groups {:?}",
            api.servers,
            api.groups.iter().map(|g| &g.name).collect::<Vec<_>>()
        );
        println!(
            "codes {:?}",
            e.codes
                .iter()
                .map(|c| (&c.variant, &c.code, &c.statuses, c.messages.len()))
                .take(60)
                .collect::<Vec<_>>()
        );
        println!("message codes {:?}", e.message_codes);
        for o in &api.operations {
            let cases: Vec<String> = o
                .errors
                .iter()
                .map(|c| {
                    format!(
                        "{}:{}{}",
                        c.variant,
                        super::statuses::suffix(c.status),
                        c.code.as_ref().map(|c| format!("/{c}")).unwrap_or_default()
                    )
                })
                .collect();
            println!(
                "{} {} -> {} / {} [{}]({}) {}",
                o.method,
                o.path,
                o.method_name,
                o.type_name,
                o.parameters
                    .iter()
                    .map(|p| p.name.clone())
                    .collect::<Vec<_>>()
                    .join(","),
                o.body
                    .as_ref()
                    .map(|b| b
                        .contents
                        .iter()
                        .map(|c| c.method.clone())
                        .collect::<Vec<_>>()
                        .join(","))
                    .unwrap_or_default(),
                cases.join(" ")
            );
        }
        println!("{shown}");
    }
    start = std::time::Instant::now();
    let _ = start;
}
