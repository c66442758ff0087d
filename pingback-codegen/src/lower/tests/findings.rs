use super::*;
use crate::check::check_api;

/// Whether lowering and checking this document report the rule.
fn reports(paths: &str, rest: &str, rule: &str) {
    let text = document(paths, rest);
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let document = document::read(sources.add("api.yaml", text), &sources, &mut diagnostics);
    let parsed = Parsed {
        document,
        ..Parsed::default()
    };
    let api = lower(&parsed, &Options::default(), &mut diagnostics).api;
    check_api(&parsed, &api, &mut diagnostics);
    let found: Vec<&str> = diagnostics.iter().map(|finding| finding.rule.name).collect();
    assert!(found.contains(&rule), "{rule} is not among {found:?}");
}

#[test]
fn findings_about_operations() {
    let parameter = "{name: n, in: query, schema: {type: string}}";
    reports(
        &format!("  /a: {{get: {{parameters: [{parameter}, {parameter}], {OK}}}}}"),
        "",
        "duplicate-parameter",
    );
    // A header of the operation and one of its path.
    reports(
        &format!(
            "  /a: {{parameters: [{{name: A, in: header, schema: {{type: string}}}}], get: {{parameters: [{{name: a, in: header, schema: {{type: string}}}}], {OK}}}}}"
        ),
        "",
        "headers-differ-in-case",
    );
    reports(
        &format!("  /a: {{put: {{requestBody: {{content: {{}}}}, {OK}}}}}"),
        "",
        "body-without-content",
    );
    reports(
        &format!("  /a/{{x}}: {{get: {{{OK}}}}}\n  /a/{{y}}: {{get: {{{OK}}}}}"),
        "",
        "same-route",
    );
}

#[test]
fn findings_about_servers_and_security() {
    let get = format!("  /a: {{get: {{{OK}}}}}");
    let schemes = |scheme: &str| format!("components: {{securitySchemes: {{s: {{{scheme}}}}}}}");
    let basic = schemes("type: http, scheme: basic");
    reports(
        &get,
        "servers: [{url: 'https://{x}.io'}]",
        "undeclared-server-variable",
    );
    reports(&get, &basic, "security-not-required");
    reports(&get, &format!("security: []\n{basic}"), "unused-security-scheme");
    reports(&get, "security: [{t: []}]", "unknown-security-scheme");
    reports(
        &get,
        &format!("security: [{{s: []}}]\n{}", schemes("type: http, scheme: digest")),
        "unsupported-security-scheme",
    );
}

#[test]
fn findings_about_errors() {
    reports(&format!("  /a: {{get: {{{OK}}}}}"), "", "no-documented-errors");
}
