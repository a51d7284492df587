//! Sign-ins: who may enter the desk, for how long, and how that ends.
//!
//! A browser holds a random secret; the hub keeps only its hash. Every answer to
//! a wrong attempt is the same and takes as long, whether the account exists or not.

pub(crate) mod attempts;
pub(crate) mod cookie;
mod door;
pub(crate) mod fields;
pub(crate) mod first_start;
pub(crate) mod hasher;
pub(crate) mod password;
pub(crate) mod secret;
pub(crate) mod tickets;

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

pub(crate) use door::Door;

use attempts::{Attempts, TooMany};
use cookie::CookieRule;
use fields::email_address;
use first_start::FirstStart;
use hasher::{HashError, Hasher};
use secret::{NoRandomness, Purpose};
use tickets::Tickets;

use crate::client_address::Prefix;
use crate::config::LimitsConfig;
use crate::sockets::SignInKey;

/// Longest password that is hashed at all; no account has a longer one.
const MAX_PASSWORD_BYTES: usize = password::MAX_CHARS * 4;

/// Why somebody is not signed in.
#[derive(Debug, Error)]
pub(crate) enum SignInError {
    #[error("e-mail or password is wrong")]
    Wrong,
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
    pub first_start: FirstStart,
}

/// All sign-ins of the hub.
pub(crate) struct SignIns {
    store: Store,
    clock: Arc<dyn Clock>,
    hasher: Hasher,
    first_start: FirstStart,
    attempts: Attempts,
    tickets: Tickets<Holder>,
    cookie: CookieRule,
}

impl SignIns {
    /// Puts the parts together for a hub that browsers reach at `public_origin`.
    pub(crate) fn new(parts: Parts, limits: &LimitsConfig, public_origin: &str) -> Self {
        let Parts { store, clock, hasher, first_start } = parts;
        Self {
            store,
            clock,
            hasher,
            first_start,
            attempts: Attempts::new(limits),
            tickets: Tickets::new(),
            cookie: CookieRule::for_origin(public_origin),
        }
    }

    /// The form of the cookie.
    pub(crate) const fn cookie(&self) -> CookieRule {
        self.cookie
    }

    /// Checks e-mail and password.
    pub(crate) async fn check(
        &self,
        email: &str,
        password: SecretString,
        prefix: Prefix,
    ) -> Result<Account, SignInError> {
        self.attempts.count_prefix(prefix).map_err(SignInError::TooMany)?;
        // Text that is no e-mail is treated like an unknown one, but cannot fill the books.
        let email = email_address(email);
        self.attempts.count_email(email.as_deref().unwrap_or_default()).map_err(SignInError::TooMany)?;
        let found = match &email {
            Some(email) => self.store.account_by_email(email).await?,
            None => None,
        };
        let (account, kept) = found.unzip();
        let fits = password.expose_secret().len() <= MAX_PASSWORD_BYTES;
        let password = if fits { password } else { SecretString::default() };
        let is_right = self.hasher.verify(password, kept).await?;
        let outcome = if is_right && fits { "right" } else { "wrong" };
        metrics::counter!("sign_in_total", "outcome" => outcome).increment(1);
        account.filter(|_| is_right && fits).ok_or(SignInError::Wrong)
    }

    /// Signs a browser in: the cookie it carries from now on.
    pub(crate) async fn begin(&self, account: AccountId, browser: Browser) -> Result<Cookie<'static>, SignInError> {
        let secret = Purpose::SignIn.make()?;
        let token = key(&secret).ok_or(NoRandomness)?.0;
        let sign_in = NewSignIn { token, account, agent: browser.agent, ip: browser.ip };
        self.store.create_sign_in(sign_in, self.clock.now()).await?;
        info!(%account, "signed in");
        Ok(self.cookie.bake(&secret, SIGN_IN_LIFE))
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

    /// A one-use ticket for the desk socket.
    pub(crate) fn ticket(&self, holder: Holder) -> Result<SecretString, NoRandomness> {
        self.tickets.issue(holder, Instant::now())
    }
}

/// How a secret is kept.
fn key(secret: &SecretString) -> Option<SignInKey> {
    Purpose::SignIn.hash(secret.expose_secret()).map(|hash| SignInKey(hash.0))
}
