//! `Hub`: the door through which the edge reaches the actors.

mod calls;
mod greet;
mod lines;
mod starter;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use actix::Addr;
use dashmap::DashMap;

pub use lines::{DeskLine, FilledForm, VisitorLine};
use starter::{Start, Starter};

use crate::business::{OrdersChanged, Ready, Refresh};
use crate::call::EndCall;
use crate::consultant::CloseDesks;
use crate::ids::{AccountId, BusinessId};
use crate::kit::{ASK, Budget, start_guarded, tell};
use crate::parts::{Business, Parts};
pub use crate::parts::{Options, Ports};
use crate::ports::{JournalError, PublicKey};
use crate::protocol::{CallReason, CloseCode};
use crate::scheduler::Scheduler;

/// The door; cheap to clone.
#[derive(Clone)]
pub struct Hub {
    parts: Arc<Parts>,
    starter: Addr<Starter>,
    /// Lives as long as the door.
    _scheduler: Addr<Scheduler>,
    /// Which business a key belongs to; keys never move.
    keys: Arc<DashMap<PublicKey, BusinessId>>,
}

/// Who signed in on a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub business: BusinessId,
    pub account: AccountId,
}

impl Hub {
    /// Starts the actors; call it inside the actix system, on its own arbiter.
    ///
    /// Businesses live on this arbiter; visitors, chats and consultants on the
    /// worker of the socket that needed them first.
    pub fn start(ports: Ports, options: Options) -> Self {
        let parts = Arc::new(Parts::new(ports, options));
        let starter = Starter::new(Arc::clone(&parts));
        let starter = start_guarded("starter", Budget::EVERYBODY, starter, || {});
        let scheduler = Scheduler::new(Arc::clone(&parts));
        let scheduler = start_guarded("scheduler", Budget::EVERYBODY, scheduler, || {});
        Self { parts, starter, _scheduler: scheduler, keys: Arc::default() }
    }

    /// Starts the businesses that have open chats. Await it before accepting sockets.
    pub async fn resume(&self) -> Result<(), JournalError> {
        for business in self.parts.ports.books.busy_businesses().await? {
            self.business(business).await?;
        }
        Ok(())
    }

    /// Closes every socket of an account at once.
    pub fn close_desks(&self, who: SignedIn) {
        self.parts.tell_consultant(who.account, CloseDesks(CloseCode::SignedOut));
    }

    /// Rereads a business's packages and accounts after a change in the tables; done when it is answered.
    pub async fn reload(&self, business: BusinessId) {
        if let Some(business) = self.parts.business(business) {
            // A business that does not answer starts anew, and reads the tables then.
            let _done = business.address.send(Refresh).timeout(ASK).await;
        }
    }

    /// Tells the desks of a business that its callback orders or left messages changed.
    pub fn orders_changed(&self, business: BusinessId) {
        self.parts.tell_business(business, OrdersChanged);
    }

    /// Ends every call: the hub stops, and both sides are told so.
    pub fn end_calls(&self) {
        for call in self.parts.calls.living() {
            tell(&call, EndCall(CallReason::ServerShutdown));
        }
    }

    /// Waits until everything that was said is kept: the last step of a drain.
    pub async fn settle(&self) {
        let _nothing_more_can_be_done = self.parts.ports.journal.flush().await;
    }

    /// How many actors of each kind live: businesses, consultants, visitors, chats, calls.
    pub fn population(&self) -> [(&'static str, usize); 5] {
        [
            ("business", self.parts.businesses.len()),
            ("consultant", self.parts.consultants.len()),
            ("visitor", self.parts.visitors.len()),
            ("chat", self.parts.chats.len()),
            ("call", self.parts.calls.len()),
        ]
    }

    /// The business, started and loaded.
    async fn business(&self, id: BusinessId) -> Result<Business, JournalError> {
        let business = match self.parts.business(id) {
            Some(business) => business,
            None => self.starter.send(Start(id)).timeout(ASK).await.map_err(|_gone| JournalError::Unavailable)?,
        };
        let ready = business.address.send(Ready).timeout(ASK).await;
        ready.unwrap_or(Err(JournalError::Unavailable))?;
        Ok(business)
    }

    async fn business_of(&self, key: &PublicKey) -> Result<Option<BusinessId>, JournalError> {
        if let Some(known) = self.keys.get(key) {
            return Ok(Some(*known));
        }
        let found = self.parts.ports.books.business_of(key.clone()).await?;
        if let Some(business) = found {
            self.keys.insert(key.clone(), business);
        }
        Ok(found)
    }
}
