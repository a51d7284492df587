//! Makes sure that the front end is there to be embedded.
//!
//! It never runs npm: that would break offline builds and editors.

use std::path::Path;

fn main() {
    let is_release = is_release();
    for (folder, file) in [("../admin/dist", "index.html"), ("../widget/dist", "chat.html")] {
        let folder = Path::new(folder);
        // Without this an old front end would stay embedded.
        report("rerun-if-changed", &folder.display().to_string());
        if folder.join(file).is_file() {
            continue;
        }
        if is_release {
            report("error", &format!("{} has no {file}; run `make ui`", folder.display()));
        } else if let Err(error) = std::fs::create_dir_all(folder) {
            report("error", &format!("cannot create {}: {error}", folder.display()));
        } else {
            report("warning", &format!("{} has no {file}, pages will say so; run `make ui`", folder.display()));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script everything by its environment")]
fn is_release() -> bool {
    std::env::var_os("PROFILE").is_some_and(|profile| profile == "release")
}

fn report(key: &str, value: &str) {
    println!("cargo::{key}={value}");
}
