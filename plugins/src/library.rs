//! From an upload to a plugin that runs: checked and compiled once, then found
//! in memory or on disk.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use sha2::{Digest as _, Sha256};
use wasmtime::component::Component;

use crate::artifacts::Artifacts;
use crate::compile::Compiler;
use crate::engine::{Engine, hex};
use crate::inspect;
use crate::loaded::Loaded;
use crate::refusal::Refusal;

/// Gives out plugins, the same one to everybody with the same upload.
pub struct Library {
    engine: Arc<Engine>,
    artifacts: Artifacts,
    compiler: Compiler,
    /// By digest; a plugin that nobody holds any more is freed.
    loaded: Mutex<HashMap<String, Weak<Loaded>>>,
}

impl Library {
    pub fn new(engine: Arc<Engine>, artifacts: Artifacts, compiler: Compiler) -> Self {
        Self { engine, artifacts, compiler, loaded: Mutex::default() }
    }

    /// A plugin ready to run.
    ///
    /// Blocks: under a millisecond when it is known, some milliseconds when it is
    /// on disk, up to `limits::COMPILE_WAIT` and the queue when it is new.
    ///
    /// # Errors
    ///
    /// What is wrong with the upload, in words for its owner.
    pub fn load(&self, upload: &[u8]) -> Result<Arc<Loaded>, Refusal> {
        inspect::glance(upload, self.engine.limits())?;
        let digest = digest(upload);
        if let Some(known) = self.known(&digest) {
            return Ok(known);
        }
        let component = self.component(upload, &digest)?;
        let loaded = Arc::new(Loaded::new(&self.engine, &component, digest.clone())?);
        let mut all = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, plugin| plugin.strong_count() > 0);
        all.insert(digest, Arc::downgrade(&loaded));
        Ok(loaded)
    }

    fn component(&self, upload: &[u8], digest: &str) -> Result<Component, Refusal> {
        if let Some(stored) = self.artifacts.load(&self.engine, digest) {
            return Ok(stored);
        }
        let artifact = self.compiler.compile(upload, self.engine.limits())?;
        let kept = self.artifacts.keep(&self.engine, digest, &artifact);
        kept.ok_or_else(|| Refusal::hub("its compiled code cannot be loaded"))
    }

    fn known(&self, digest: &str) -> Option<Arc<Loaded>> {
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner).get(digest)?.upgrade()
    }
}

/// The SHA-256 of an upload in hexadecimal digits: its name everywhere.
pub fn digest(upload: &[u8]) -> String {
    hex(&Sha256::digest(upload))
}
