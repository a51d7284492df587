//! Writes plugins for the tests of the admin to a folder: `fakes FOLDER`.
//!
//! They are made from text, so none is kept in the repository.

use std::path::PathBuf;
use std::{env, fs, io};

use plugins::fakes;

fn main() -> io::Result<()> {
    let usage = || io::Error::new(io::ErrorKind::InvalidInput, "usage: fakes FOLDER");
    let folder = env::args_os().nth(1).map(PathBuf::from).ok_or_else(usage)?;
    let everybody = "example.everybody";
    let files = [
        ("everybody-1.wasm", fakes::offers_everybody(everybody, "Everybody", "1.0.0")),
        ("everybody-2.wasm", fakes::offers_everybody(everybody, "Everybody", "1.1.0")),
        ("one.wasm", fakes::offers_one("example.one", "The one", "1.0.0")),
        ("traps.wasm", fakes::traps("example.traps", "Falls", "1.0.0")),
        ("closed.wasm", fakes::closes_every_day("example.closed", "Always closed", "1.0.0")),
        ("secret.wasm", fakes::keeps_secret("example.secret", "Keeps a secret", "1.0.0")),
        ("never-content.wasm", fakes::never_content("example.never", "Never content", "1.0.0")),
    ];
    fs::create_dir_all(&folder)?;
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
