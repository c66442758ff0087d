//! What the compiler says to callers: a match over every code compiles without a wildcard outside the crate,
//! one that forgets a code does not, and neither does sending what is read-only.

#[test]
fn a_match_that_forgets_a_code_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/exhaustive/every_code.rs");
    cases.compile_fail("tests/exhaustive/forgotten_code.rs");
    cases.compile_fail("tests/exhaustive/read_only.rs");
}
