//! Links by which somebody chooses a password: an invitation, or a reset. They sign nobody in.

use std::time::Duration;

use actors::moment::Moment;
use hub_store::{Account, AccountLink, By, LinkPurpose, NewLink, Store};
use secrecy::{ExposeSecret as _, SecretString};

use super::secret::{NoRandomness, Purpose};
use super::{SignInError, SignIns};
use crate::client_address::Prefix;

/// Somebody who is invited may be on holiday.
const INVITATION_LIFE: Duration = Duration::from_hours(7 * 24);
/// Whoever asks for a new password waits for the link.
const RESET_LIFE: Duration = Duration::from_mins(30);

/// A link that was made; the only time its secret is known.
pub(crate) struct MadeLink {
    pub secret: SecretString,
    pub purpose: LinkPurpose,
    pub expires_at: Moment,
}

/// Makes a link for an account; its older ones are worthless then.
pub(crate) async fn make(store: &Store, account: &Account, by: By) -> Result<MadeLink, SignInError> {
    let (purpose, life) =
        if account.has_joined { (LinkPurpose::Reset, RESET_LIFE) } else { (LinkPurpose::Invitation, INVITATION_LIFE) };
    let secret = Purpose::Link.make()?;
    let token = Purpose::Link.hash(secret.expose_secret()).ok_or(NoRandomness)?.0;
    let expires_at = by.at.after(life);
    let link = NewLink { token, account: account.id, purpose, expires_at };
    store.create_link(account.business, link, by).await?;
    Ok(MadeLink { secret, purpose, expires_at })
}

/// The address a person opens. Behind `#` the secret stays in the browser: no log of any server on the way has it.
pub(crate) fn address(origin: &str, made: &MadeLink) -> SecretString {
    SecretString::from(format!("{origin}/admin/#link={}", made.secret.expose_secret()))
}

impl SignIns {
    /// Makes a link for an account; its older ones are worthless then.
    pub(crate) async fn make_link(&self, account: &Account, by: By) -> Result<MadeLink, SignInError> {
        make(&self.store, account, by).await
    }

    /// What a link is for, unless it is used, too old or unknown.
    pub(crate) async fn look_at_link(&self, token: &SecretString, prefix: Prefix) -> Result<AccountLink, SignInError> {
        self.attempts.count_prefix(prefix).map_err(SignInError::TooMany)?;
        let token = Purpose::Link.hash(token.expose_secret()).ok_or(SignInError::UnknownLink)?;
        self.store.link(token.0, self.clock.now()).await?.ok_or(SignInError::UnknownLink)
    }

    /// Uses a link up: its account has this password from now on and is signed out everywhere.
    pub(crate) async fn use_link(&self, token: &SecretString, password: SecretString) -> Result<Account, SignInError> {
        let token = Purpose::Link.hash(token.expose_secret()).ok_or(SignInError::UnknownLink)?;
        let password = self.hasher.hash(password).await?;
        // Of two at the same time one was first.
        let account = self.store.use_link(token.0, password, self.clock.now()).await?;
        let account = account.ok_or(SignInError::UnknownLink)?;
        self.forget_tickets(account.id);
        Ok(account)
    }
}
