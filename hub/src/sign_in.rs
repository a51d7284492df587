//! Sign-ins: who may enter the desk, for how long, and how that ends.
//!
//! A browser holds a random secret; the hub keeps only its hash. Every answer to
//! a wrong attempt is the same and takes as long, whether the account exists or not.

pub(crate) mod attempts;
mod check;
mod codes;
pub(crate) mod cookie;
pub(crate) mod devices;
mod door;
pub(crate) mod fields;
pub(crate) mod first_start;
pub(crate) mod hasher;
pub(crate) mod links;
pub(crate) mod password;
mod second_factor;
pub(crate) mod secret;
#[cfg(test)]
mod tests;
pub(crate) mod tickets;
mod wrong_codes;

use std::sync::Arc;
use std::time::Instant;

use actix_web::cookie::Cookie;
use actors::hub::SignedIn;
use actors::ids::AccountId;
use actors::ports::Clock;
use hub_store::{Account, NewSignIn, SIGN_IN_LIFE, Store, StoreError};
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;
use tracing::info;

pub(crate) use check::Credentials;
pub(crate) use door::Door;
pub(crate) use second_factor::Enrolment;

use attempts::{Attempts, TooMany};
use cookie::CookieRule;
use first_start::FirstStart;
use hasher::{HashError, Hasher};
use secret::{NoRandomness, Purpose};
use tickets::Tickets;
use wrong_codes::WrongCodes;

use crate::client_address::Prefix;
use crate::config::LimitsConfig;
use crate::sockets::SignInKey;
use crate::vault::{Vault, VaultError};

/// Why somebody is not signed in.
#[derive(Debug, Error)]
pub(crate) enum SignInError {
    #[error("e-mail or password is wrong")]
    Wrong,
    /// The password is right, and the account has a second factor.
    #[error("a code is needed")]
    NeedsCode,
    #[error("the code is wrong")]
    WrongCode,
    #[error("too many attempts")]
    TooMany(TooMany),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The set-up page is closed or the link is another one.
    #[error("there is nothing to set up")]
    NoSetup,
    /// Used, too old or another one: nobody is told which.
    #[error("there is no such link")]
    UnknownLink,
    /// Too old, or of another account.
    #[error("the draft of the second factor cannot be used")]
    Draft,
    #[error("there is a second factor already")]
    HasSecondFactor,
    #[error("there is no second factor")]
    NoSecondFactor,
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Who holds a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    pub who: SignedIn,
    pub key: SignInKey,
}

/// The browser that signs in, as far as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub agent: Option<String>,
    pub ip: String,
    pub prefix: Prefix,
}

/// What sign-ins are made of.
pub(crate) struct Parts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub hasher: Hasher,
    pub vault: Arc<Vault>,
}

/// All sign-ins of the hub.
pub(crate) struct SignIns {
    store: Store,
    clock: Arc<dyn Clock>,
    hasher: Hasher,
    vault: Arc<Vault>,
    first_start: FirstStart,
    attempts: Attempts,
    wrong_codes: WrongCodes,
    tickets: Tickets<Holder>,
    cookie: CookieRule,
}

impl SignIns {
    /// Puts the parts together for a hub that browsers reach at `public_origin`.
    pub(crate) fn new(parts: Parts, first_start: FirstStart, limits: &LimitsConfig, public_origin: &str) -> Self {
        let Parts { store, clock, hasher, vault } = parts;
        Self {
            store,
            clock,
            hasher,
            vault,
            first_start,
            attempts: Attempts::new(limits),
            wrong_codes: WrongCodes::default(),
            tickets: Tickets::new(),
            cookie: CookieRule::for_origin(public_origin),
        }
    }

    /// The form of the cookie.
    pub(crate) const fn cookie(&self) -> CookieRule {
        self.cookie
    }

    /// Signs a browser in: the cookie it carries from now on, and the name of the sign-in.
    pub(crate) async fn begin(
        &self,
        account: AccountId,
        browser: Browser,
    ) -> Result<(Cookie<'static>, SignInKey), SignInError> {
        let secret = Purpose::SignIn.make()?;
        let key = key(&secret).ok_or(NoRandomness)?;
        let sign_in = NewSignIn { token: key.0, account, agent: browser.agent, ip: browser.ip };
        self.store.create_sign_in(sign_in, self.clock.now()).await?;
        info!(%account, "signed in");
        Ok((self.cookie.bake(&secret, SIGN_IN_LIFE), key))
    }

    /// Who the secret of a cookie belongs to.
    pub(crate) async fn holder(&self, secret: &SecretString) -> Result<Option<Holder>, StoreError> {
        let Some(key) = key(secret) else { return Ok(None) };
        let found = self.store.sign_in(key.0, self.clock.now()).await?;
        Ok(found.map(|sign_in| {
            let Account { id, business, .. } = sign_in.account;
            Holder { who: SignedIn { business, account: id }, key }
        }))
    }

    /// Ends a sign-in; the name its sockets must be closed by, when there was one.
    pub(crate) async fn end(&self, secret: &SecretString) -> Result<Option<SignInKey>, StoreError> {
        let Some(key) = key(secret) else { return Ok(None) };
        let was_signed_in = self.store.revoke_sign_in(key.0).await?;
        self.tickets.revoke(|holder| holder.key == key);
        Ok(was_signed_in.then_some(key))
    }

    /// Makes the tickets of an account worthless that nobody used yet.
    pub(crate) fn forget_tickets(&self, account: AccountId) {
        self.tickets.revoke(|holder| holder.who.account == account);
    }

    /// A one-use ticket for the desk socket.
    pub(crate) fn ticket(&self, holder: Holder) -> Result<SecretString, NoRandomness> {
        self.tickets.issue(holder, Instant::now())
    }
}

/// How a secret is kept.
fn key(secret: &SecretString) -> Option<SignInKey> {
    Purpose::SignIn.hash(secret.expose_secret()).map(|hash| SignInKey(hash.0))
}
