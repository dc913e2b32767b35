//! How the program is linked where it is started most.

/// With glibc, Rust programs load their unwinder as a library at every start. It is linked in instead:
/// whoever prices one row waits for that load longer than for the row.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |key: &str, value: &str| std::env::var(key).is_ok_and(|it| it == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
    }
}
