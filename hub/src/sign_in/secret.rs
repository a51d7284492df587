//! Random secrets: made here, shown once, kept only as their SHA-256.

use actors::ports::TokenHash;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// 256 bits: nobody guesses them, so a fast hash is enough to keep them.
const BYTES: usize = 32;
const LETTERS: usize = 43;

/// What a secret opens. The prefix lets scanners find one that leaked, and keeps one kind from passing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The cookie of a desk.
    SignIn,
    /// The first frame of a desk socket.
    Ticket,
    /// The link that makes the first owner.
    Setup,
    /// An invitation, or the way to a new password.
    Link,
}

/// The operating system gave no randomness.
#[derive(Clone, Copy, Debug, Error)]
#[error("the operating system gives no random bytes")]
pub(crate) struct NoRandomness;

impl Purpose {
    const fn prefix(self) -> &'static str {
        match self {
            Self::SignIn => "c2cs_",
            Self::Ticket => "c2ct_",
            Self::Setup => "c2cu_",
            Self::Link => "c2cl_",
        }
    }

    /// Makes a new secret.
    pub(crate) fn make(self) -> Result<SecretString, NoRandomness> {
        let mut bytes = [0_u8; BYTES];
        getrandom::fill(&mut bytes).map_err(|_cause| NoRandomness)?;
        Ok(SecretString::from(format!("{}{}", self.prefix(), URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// What is kept of a secret; nothing when the text cannot be one.
    pub(crate) fn hash(self, text: &str) -> Option<TokenHash> {
        let letters = text.strip_prefix(self.prefix())?;
        let fits = letters.len() == LETTERS && URL_SAFE_NO_PAD.decode(letters).is_ok();
        fits.then(|| TokenHash(Sha256::digest(text.as_bytes()).into()))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_secret_opens_only_what_it_was_made_for() {
        let secret = Purpose::SignIn.make().unwrap();

        assert!(Purpose::SignIn.hash(secret.expose_secret()).is_some());
        assert!(Purpose::Ticket.hash(secret.expose_secret()).is_none());
    }

    #[test]
    fn no_two_secrets_are_alike() {
        let one = Purpose::Ticket.make().unwrap();
        let other = Purpose::Ticket.make().unwrap();

        assert_ne!(one.expose_secret(), other.expose_secret());
    }

    #[test]
    fn foreign_text_is_not_looked_up() {
        for text in ["", "c2cs_", "c2cs_short", &format!("c2cs_{}", "ż".repeat(22)), &"x".repeat(4_000)] {
            assert_eq!(Purpose::SignIn.hash(text), None, "{text}");
        }
    }
}
