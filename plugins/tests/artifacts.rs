//! Compiled code on disk: used when it is ours and whole, otherwise made again.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use plugins::Refusal;
use plugins::artifacts::Artifacts;
use plugins::compile::Compiler;
use plugins::engine::Engine;
use plugins::fakes::Text;
use plugins::library::Library;
use plugins::limits::Limits;
use tempfile::TempDir;

use crate::route;

const KEY: [u8; 32] = [7; 32];

/// As after a start of the hub.
fn library(folder: &Path, key: [u8; 32], limits: Limits, compiler: Compiler) -> Library {
    let artifacts = Artifacts::open(folder, key).unwrap();
    Library::new(Engine::start(limits).unwrap(), artifacts, compiler)
}

/// A compiler that is not there: only what is cached can be loaded.
fn broken() -> Compiler {
    Compiler::new("/nowhere/plugin-compile", [""; 0])
}

fn is_cached(folder: &Path, key: [u8; 32], limits: Limits) -> bool {
    match library(folder, key, limits, broken()).load(&Text::default().upload()) {
        Ok(plugin) => route(&plugin).fuel > 0,
        Err(Refusal::Hub { .. }) => false,
        Err(refusal) => panic!("{refusal:?}"),
    }
}

/// A cache with one plugin, and its file.
fn filled() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    library(folder.path(), KEY, Limits::default(), crate::compiler()).load(&Text::default().upload()).unwrap();
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    (folder, file)
}

#[test]
fn what_was_compiled_once_is_found_after_a_start() {
    let (folder, file) = filled();
    assert!(is_cached(folder.path(), KEY, Limits::default()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_single_flipped_bit_is_noticed_wherever_it_is() {
    let (folder, file) = filled();
    let whole = fs::read(&file).unwrap();
    let places = [0, 31, 32, whole.len() / 3, whole.len() / 2, whole.len() - 1];
    for at in places {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&file, &damaged).unwrap();
        assert!(!is_cached(folder.path(), KEY, Limits::default()), "byte {at}");
        assert!(!file.exists(), "it is gone and will be made again");
    }
    fs::write(&file, &whole).unwrap();
    assert!(is_cached(folder.path(), KEY, Limits::default()), "the right bytes are good again");
}

#[test]
fn a_file_cut_short_or_grown_is_made_again() {
    let (folder, file) = filled();
    let whole = fs::read(&file).unwrap();
    let grown = [whole.as_slice(), b"\0"].concat();
    for bytes in [&[][..], &whole[..31], &whole[..32], &whole[..whole.len() - 1], &grown] {
        fs::write(&file, bytes).unwrap();
        assert!(!is_cached(folder.path(), KEY, Limits::default()), "{} bytes", bytes.len());
    }
    let library = library(folder.path(), KEY, Limits::default(), crate::compiler());
    library.load(&Text::default().upload()).unwrap();
    assert_eq!(fs::read(&file).unwrap().len(), whole.len());
}

#[test]
fn another_installation_or_another_engine_does_not_use_it() {
    let (folder, _) = filled();
    let larger = Limits { memory: 64 << 20, ..Limits::default() };
    assert!(!is_cached(folder.path(), KEY, larger));
    assert!(!is_cached(folder.path(), [8; 32], Limits::default()));
}

#[test]
fn the_file_of_one_plugin_is_not_another() {
    let (folder, file) = filled();
    let library = library(folder.path(), KEY, Limits::default(), crate::compiler());
    library.load(&Text::route("unreachable").upload()).unwrap();
    let other = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).find(|path| *path != file);
    fs::copy(other.unwrap(), &file).unwrap();
    assert!(!is_cached(folder.path(), KEY, Limits::default()));
}

#[test]
fn a_folder_that_others_can_enter_is_shut() {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    Artifacts::open(folder.path(), KEY).unwrap();
    assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_link_instead_of_the_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(folder.path(), &link).unwrap();
    assert!(Artifacts::open(link, KEY).is_err());
}

#[test]
fn a_cache_that_cannot_be_written_costs_only_time() {
    let (folder, file) = filled();
    // A folder where the file should stand: nothing can be written there.
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    fs::write(file.join("full"), b"x").unwrap();
    let library = library(folder.path(), KEY, Limits::default(), crate::compiler());
    let plugin = library.load(&Text::default().upload()).unwrap();
    assert!(route(&plugin).answer.is_ok());
}
