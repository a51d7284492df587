//! What the socket edge asks of the sign-ins.

use std::sync::Arc;
use std::time::Instant;

use actors::hub::SignedIn;
use actors::ports::Later;
use tracing::warn;

use super::{Holder, SignIns};
use crate::sockets::{DeskDoor, SignInKey};

/// The sign-ins as the edge sees them.
pub(crate) struct Door(pub(crate) Arc<SignIns>);

impl DeskDoor for Door {
    fn signed_in(&self, cookies: String) -> Later<Option<(SignedIn, SignInKey)>> {
        let sign_ins = Arc::clone(&self.0);
        Box::pin(async move {
            let secret = sign_ins.cookie.read_text(&cookies)?;
            match sign_ins.holder(&secret).await {
                Ok(holder) => holder.map(pair),
                Err(error) => {
                    warn!(%error, "cannot look a sign-in up, the socket is refused");
                    None
                }
            }
        })
    }

    fn take_ticket(&self, ticket: &str) -> Option<(SignedIn, SignInKey)> {
        self.0.tickets.take(ticket, Instant::now()).map(pair)
    }
}

const fn pair(Holder { who, key }: Holder) -> (SignedIn, SignInKey) {
    (who, key)
}
