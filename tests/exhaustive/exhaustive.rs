//! What the compiler says to callers: a match over every code compiles without a wildcard outside the crate,
//! one that forgets a code does not, and neither does sending what is read-only.

#[test]
fn a_match_that_forgets_a_code_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("cases/every_code.rs");
    cases.compile_fail("cases/forgotten_code.rs");
    cases.compile_fail("cases/read_only.rs");
}
