//! Password hashing on two threads of its own, with a short line in front.
//!
//! Argon2id is slow on purpose: on the reactor it would stop every chat, and
//! without a bound a flood of sign-ins would take all memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;
use tokio::sync::oneshot;

/// Two: on two cores chats keep one and a half while passwords are checked.
const THREADS: usize = 2;
/// A full line is done in about a second on an idle machine; whoever comes later asks again.
const LINE: usize = 32;
/// OWASP's parameters for Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

type Job = Box<dyn FnOnce() + Send>;

/// Why there is no answer about a password.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum HashError {
    #[error("too many passwords are being checked")]
    Busy,
    #[error("the password could not be hashed")]
    Failed,
}

/// The pool; cheap to clone. Its threads end with the last clone.
#[derive(Clone)]
pub(crate) struct Hasher {
    line: SyncSender<Job>,
    dummy: Arc<str>,
}

impl Hasher {
    /// Starts the threads.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let (line, jobs) = sync_channel::<Job>(LINE);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 1..=THREADS {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new().name(format!("password-{number}")).spawn(move || work(&jobs))?;
        }
        let dummy = hash(&SecretString::from("nobody has this password")).map_err(anyhow::Error::new)?;
        Ok(Self { line, dummy: dummy.into() })
    }

    /// Hashes a new password.
    pub(crate) async fn hash(&self, password: SecretString) -> Result<String, HashError> {
        self.run(move || hash(&password)).await?
    }

    /// Is it the password of `kept`? Without an account a dummy is checked, so that the answer takes as long.
    pub(crate) async fn verify(&self, password: SecretString, kept: Option<String>) -> Result<bool, HashError> {
        let dummy = Arc::clone(&self.dummy);
        self.run(move || {
            // Both sides do the same work; only a kept hash can be right.
            let is_right = matches(&password, kept.as_deref().unwrap_or(&dummy));
            is_right && kept.is_some()
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
        let (answer, done) = oneshot::channel();
        let job: Job = Box::new(move || {
            let _gone_meanwhile = answer.send(work());
        });
        match self.line.try_send(job) {
            Ok(()) => done.await.map_err(|_cause| HashError::Failed),
            Err(TrySendError::Full(_)) => Err(HashError::Busy),
            Err(TrySendError::Disconnected(_)) => Err(HashError::Failed),
        }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // A panic under the lock is impossible: only `recv` runs there.
        let job = match jobs.lock() {
            Ok(jobs) => jobs.recv(),
            Err(poisoned) => poisoned.into_inner().recv(),
        };
        let Ok(job) = job else { return };
        // The asker learns of a panic by its dropped channel.
        let _told_by_the_channel = catch_unwind(AssertUnwindSafe(job));
    }
}

fn argon2() -> Result<Argon2<'static>, HashError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_cause| HashError::Failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &SecretString) -> Result<String, HashError> {
    let hashed: PasswordHash =
        argon2()?.hash_password(password.expose_secret().as_bytes()).map_err(|_cause| HashError::Failed)?;
    Ok(hashed.to_string())
}

fn matches(password: &SecretString, kept: &str) -> bool {
    let (Ok(argon2), Ok(kept)) = (argon2(), PasswordHash::new(kept)) else {
        return false;
    };
    argon2.verify_password(password.expose_secret().as_bytes(), &kept).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[actix_web::test]
    async fn a_password_opens_its_own_hash_only() {
        let hasher = Hasher::start().unwrap();
        let kept = hasher.hash(secret("fresh bread daily")).await.unwrap();

        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_eq!(hasher.verify(secret("fresh bread daily"), Some(kept.clone())).await, Ok(true));
        assert_eq!(hasher.verify(secret("stale bread daily"), Some(kept)).await, Ok(false));
        assert_eq!(hasher.verify(secret("nobody has this password"), None).await, Ok(false));
    }

    #[actix_web::test]
    async fn a_full_line_refuses_instead_of_growing() {
        let hasher = Hasher::start().unwrap();
        let (release, hold) = std::sync::mpsc::channel::<()>();
        let hold = Arc::new(Mutex::new(hold));
        let mut held = Vec::new();

        let refused = (0..=THREADS + LINE).any(|_| {
            let hold = Arc::clone(&hold);
            let mut asked = Box::pin(hasher.run(move || drop(hold.lock().map(|hold| hold.recv().is_ok()))));
            let answer = futures_util::FutureExt::now_or_never(asked.as_mut());
            held.push(asked);
            matches!(answer, Some(Err(HashError::Busy)))
        });

        assert!(refused);
        drop(release);
    }
}
