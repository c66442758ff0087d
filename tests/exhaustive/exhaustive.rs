//! Compiles callers of the generated client: a match over all codes compiles without a wildcard outside of the crate; a
//! match that lacks a code does not compile, and neither does setting a read-only property or
//! implementing the sealed trait of error enums.

#[test]
fn a_match_that_forgets_a_code_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("cases/every_code.rs");
    cases.compile_fail("cases/forgotten_code.rs");
    cases.compile_fail("cases/read_only.rs");
    cases.compile_fail("cases/own_error.rs");
}
