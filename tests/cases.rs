//! What a user sees: every story in tests/cases, and the blocks of the README.

#[test]
fn cases() {
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .case("tests/cases/*.trycmd")
        .case("tests/cases/*.toml");
}

#[test]
fn readme() {
    trycmd::TestCases::new()
        .env("LC_ALL", "C.UTF-8")
        .case("README.md");
}
