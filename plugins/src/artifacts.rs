//! Compiled plugins on disk, which spare compiling them at every start.
//!
//! wasmtime runs an artifact as it is, so bytes somebody could have changed
//! would be code of somebody else in the hub. Every file carries a MAC (RFC
//! 2104) under the key of this installation over engine, upload and code; on
//! any doubt the plugin is compiled again.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use wasmtime::component::Component;

use crate::engine::Engine;
use crate::limits;

/// Only the hub may enter.
const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

/// Bytes of a MAC, which a file begins with.
const MAC: usize = 32;

/// What the key is used for, so that it can serve elsewhere too.
const PURPOSE: &[u8] = b"click2callme plugin artifact v1";

const ENDING: &str = "artifact";

/// The cache; may be deleted at any time.
pub struct Artifacts {
    folder: PathBuf,
    key: [u8; 32],
    written: AtomicU64,
}

impl Artifacts {
    /// Makes the folder if it is missing and shuts it for everybody else.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, or is not ours to shut.
    pub fn open(folder: impl Into<PathBuf>, key: [u8; 32]) -> io::Result<Self> {
        let folder = folder.into();
        DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(&folder)?;
        let found = fs::symlink_metadata(&folder)?;
        if !found.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "the folder of compiled plugins is a link"));
        }
        if found.permissions().mode() & 0o777 != FOLDER_MODE {
            fs::set_permissions(&folder, Permissions::from_mode(FOLDER_MODE))?;
        }
        Ok(Self { folder, key, written: AtomicU64::new(0) })
    }

    /// The code of the upload with this digest; `None` when it has to be compiled.
    pub(crate) fn load(&self, engine: &Engine, digest: &str) -> Option<Component> {
        let path = self.path(engine, digest);
        let most = (limits::ARTIFACT_BYTES + MAC) as u64;
        let size = fs::metadata(&path).ok()?.len();
        let sealed = (size <= most).then(|| fs::read(&path).ok()).flatten()?;
        let code = self.code(engine, digest, &sealed);
        if code.is_none() {
            tracing::warn!(path = %path.display(), "a compiled plugin is not as it was stored; compiling it again");
            let _ = fs::remove_file(&path);
        }
        code
    }

    /// Keeps an artifact and gives its code.
    ///
    /// A full disk costs compiling again after the next start, nothing else.
    pub(crate) fn keep(&self, engine: &Engine, digest: &str, artifact: &[u8]) -> Option<Component> {
        let mut sealed = self.mac(engine, digest, artifact)?.finalize().into_bytes().to_vec();
        sealed.extend_from_slice(artifact);
        if let Err(error) = self.write(&self.path(engine, digest), &sealed).and_then(|()| self.prune()) {
            tracing::warn!(%error, folder = %self.folder.display(), "a compiled plugin cannot be stored");
        }
        self.code(engine, digest, &sealed)
    }

    fn path(&self, engine: &Engine, digest: &str) -> PathBuf {
        let id = engine.id().get(..16).unwrap_or_default();
        self.folder.join(format!("{digest}-{id}.{ENDING}"))
    }

    /// Lengths are fixed or written, so that no two contents have the same bytes.
    fn mac(&self, engine: &Engine, digest: &str, artifact: &[u8]) -> Option<Hmac<Sha256>> {
        // Every length of key is good for HMAC.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        for part in [PURPOSE, engine.id().as_bytes(), digest.as_bytes(), artifact] {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        Some(mac)
    }

    /// The only way from bytes to code that runs.
    fn code(&self, engine: &Engine, digest: &str, sealed: &[u8]) -> Option<Component> {
        let (mac, artifact) = sealed.split_at_checked(MAC)?;
        self.mac(engine, digest, artifact)?.verify_slice(mac).ok()?;
        #[expect(unsafe_code, reason = "the MAC has shown that the hub itself compiled exactly these bytes")]
        // SAFETY: `deserialize` wants bytes that `precompile_component` wrote. The
        // MAC, under a key that only this installation has, was made over what the
        // compiling child gave, and is checked over the very bytes used here.
        let component = unsafe { Component::deserialize(engine.wasmtime(), artifact) };
        component.inspect_err(|error| tracing::warn!(%error, "a compiled plugin does not fit this engine")).ok()
    }

    /// Beside, then renamed: a reader never sees half a file.
    fn write(&self, path: &Path, sealed: &[u8]) -> io::Result<()> {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let beside = path.with_extension(format!("{}-{number}", std::process::id()));
        let written = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(&beside);
        let written = written.and_then(|mut file| file.write_all(sealed)).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }

    /// Drops the oldest files above `limits::ARTIFACTS`, and what a fall left half written.
    fn prune(&self) -> io::Result<()> {
        let mut files: Vec<(SystemTime, PathBuf)> = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            files.push((entry.metadata()?.modified()?, entry.path()));
        }
        files.sort();
        let many = files.len().saturating_sub(limits::ARTIFACTS);
        for (_, path) in files.into_iter().take(many) {
            fs::remove_file(path)?;
        }
        Ok(())
    }
}
