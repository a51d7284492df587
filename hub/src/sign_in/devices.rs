//! The browsers an account is signed in with, seen and signed out one by one or all at once.

use std::fmt::Write as _;

use actors::hub::SignedIn;
use hub_store::{SignedInBrowser, StoreError};

use super::SignIns;
use crate::sockets::SignInKey;

/// Bytes of a sign-in's hash that name it on screens: enough to tell browsers apart, no use to anybody else.
const NAME_BYTES: usize = 8;

/// The name of a sign-in on screens.
pub(crate) fn name(token: &[u8; 32]) -> String {
    token.iter().take(NAME_BYTES).fold(String::new(), |mut name, byte| {
        let _infallible = write!(name, "{byte:02x}");
        name
    })
}

impl SignIns {
    /// The browsers of an account, newest first.
    pub(crate) async fn browsers(&self, who: SignedIn) -> Result<Vec<SignedInBrowser>, StoreError> {
        self.store.sign_ins_of(who.business, who.account, self.clock.now()).await
    }

    /// Signs out the browser of this name; the name its sockets must be closed by, when there was one.
    pub(crate) async fn end_named(&self, who: SignedIn, named: &str) -> Result<Option<SignInKey>, StoreError> {
        let browsers = self.browsers(who).await?;
        let Some(found) = browsers.into_iter().find(|browser| name(&browser.token) == named) else { return Ok(None) };
        let key = SignInKey(found.token);
        let was_signed_in = self.store.revoke_sign_in(found.token).await?;
        self.tickets.revoke(|holder| holder.key == key);
        Ok(was_signed_in.then_some(key))
    }

    /// Signs an account out everywhere.
    pub(crate) async fn end_all(&self, who: SignedIn) -> Result<(), StoreError> {
        self.store.revoke_sign_ins(who.business, who.account).await?;
        self.forget_tickets(who.account);
        Ok(())
    }
}
