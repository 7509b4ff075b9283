//! Writes the sample pages into a folder, to look at: `cargo run -p ceiba-web --example gallery -- out`.

#[path = "../tests/samples/pages.rs"]
mod pages;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    std::fs::create_dir_all(&folder)?;
    for (name, html) in pages::all() {
        std::fs::write(std::path::Path::new(&folder).join(name), html)?;
    }
    // To serve the pages under the policy they will have.
    std::fs::write(std::path::Path::new(&folder).join("policy.txt"), ceiba_web::headers::policy())
}
