//! Cargo does not see a new file among the embedded texts by itself.

fn main() {
    println!("cargo::rerun-if-changed=../../packs/core/locales");
}
