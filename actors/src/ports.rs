//! What the actors ask of the world.
//!
//! The hub implements these on its storage, plugins and clock; tests implement
//! them in memory (`fakes`). An actor reaches nothing outside but through them.

#[cfg(feature = "fakes")]
pub mod fakes;
mod media;
mod records;
mod rules;

use std::future::Future;
use std::pin::Pin;

use thiserror::Error;

pub use media::{Heard, Leg, Media, MediaError, MediaFact, MediaListener, Offer};
pub use records::{
    AccountRecord, BusinessRecord, Change, ChatRecord, EndedCall, Entry, FormFieldRecord, Kept, NewCall, NewChat,
    OpenChatRecord, Opened, PackageRecord, PublicKey, RingOutcome, RingRecord, TokenHash, Visit, VisitorRecord,
};

pub use rules::{
    Candidate, LONGEST_PATIENCE, PATIENCE, Plan, Room, RouteQuestion, Rules, STEPS, Stage, Step, Wish, without_rules,
};

use crate::ids::{AccountId, BusinessId, CallId, ChatId, VisitorId};
use crate::moment::Moment;
use crate::protocol::{Epoch, Event, Seq, Side};
use crate::status::Status;

/// An answer that comes later.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Why the journal did not keep or find something.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum JournalError {
    /// Nothing was kept; asking again may help.
    #[error("the storage is unavailable")]
    Unavailable,
    /// Somebody else wrote in between: what this actor remembers is stale.
    #[error("the storage holds something newer")]
    Stale,
    #[error("there is no such row")]
    Unknown,
}

/// An answer of the storage.
pub type Answer<T> = Later<Result<T, JournalError>>;

/// The durable, ordered record that chats are rebuilt from.
pub trait Journal: Send + Sync {
    /// Names the incarnation of the storage.
    fn epoch(&self) -> Epoch;

    /// Keeps a new chat with its first message, and its visitor when that is new.
    ///
    /// The same visitor and `cid` again give the chat that was kept first.
    fn open(&self, chat: NewChat) -> Answer<Opened>;

    /// Keeps an event and, in the same transaction, the change of the chat's state.
    fn append(&self, entry: Entry) -> Answer<Kept>;

    /// Waits until everything asked before is kept or refused.
    fn flush(&self) -> Answer<()>;

    /// Loads a chat with its newest events, oldest first.
    fn load(&self, chat: ChatId, newest: u32) -> Answer<ChatRecord>;

    /// Loads events after `seq`, oldest first, at most `limit`.
    fn events_after(&self, chat: ChatId, seq: Seq, limit: u32) -> Answer<Vec<Event>>;

    /// Remembers how far a side has read. Nobody waits for it.
    fn mark_seen(&self, chat: ChatId, side: Side, seq: Seq) -> Answer<()>;
}

/// The tables that owners fill and actors read.
pub trait Books: Send + Sync {
    /// Which business a package's public key belongs to.
    fn business_of(&self, key: PublicKey) -> Answer<Option<BusinessId>>;

    /// Everything of a business that its actors need, with its chats that are not closed.
    fn business(&self, business: BusinessId) -> Answer<BusinessRecord>;

    /// All businesses that have chats that are not closed.
    fn busy_businesses(&self) -> Answer<Vec<BusinessId>>;

    /// The visitor with this token at this package's business.
    fn visitor(&self, business: BusinessId, token: TokenHash) -> Answer<Option<VisitorRecord>>;

    /// Keeps a status chosen by hand.
    fn save_status(&self, business: BusinessId, account: AccountId, status: Status) -> Answer<()>;

    /// Keeps a call that begins to ring.
    fn begin_call(&self, call: NewCall) -> Answer<()>;

    /// Keeps how a call ended.
    fn end_call(&self, call: EndedCall) -> Answer<()>;

    /// Keeps how a visitor found a call that is over, 1–5 stars.
    fn rate_call(&self, business: BusinessId, visitor: VisitorId, call: CallId, stars: u8) -> Answer<()>;
}

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}
