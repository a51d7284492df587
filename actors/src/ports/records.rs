//! What crosses a port: plain records, no behavior.

use sha2::{Digest as _, Sha256};

use crate::ids::{AccountId, BusinessId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::protocol::{ChatState, Cid, Event, Marks, Seq};
use crate::status::Status;
use crate::text::PlainText;

/// The random name of a package in the snippet; not a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey(pub String);

/// SHA-256 of a visitor's token; the token itself is never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl TokenHash {
    /// Hashes a token together with the package it was given for: elsewhere it is worth nothing.
    pub fn of(key: &PublicKey, token: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(key.0.as_bytes());
        hasher.update(b":");
        hasher.update(token.as_bytes());
        Self(hasher.finalize().into())
    }
}

/// What is known of a visitor's stay; everything but the address is the browser's own word.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Visit {
    pub ip: String,
    pub agent: Option<PlainText>,
    /// Operating system with version.
    pub system: Option<PlainText>,
    /// Browser with version.
    pub browser: Option<PlainText>,
    pub page_url: Option<PlainText>,
    pub page_title: Option<PlainText>,
    pub referrer: Option<PlainText>,
    pub language: Option<PlainText>,
    pub zone: Option<PlainText>,
}

/// A chat to be kept together with its first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChat {
    pub id: ChatId,
    pub business: BusinessId,
    pub package: PackageId,
    pub visitor: VisitorId,
    pub token: TokenHash,
    pub cid: Cid,
    pub body: PlainText,
    pub visit: Visit,
    pub at: Moment,
}

/// The chat that was kept for a `NewChat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    pub chat: ChatId,
    pub at: Moment,
    /// The same request was kept before.
    pub repeated: bool,
}

/// One event to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub business: BusinessId,
    pub event: Event,
    pub change: Option<Change>,
}

/// A change of a chat's state, made only when the chat still has `version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub version: i32,
    pub state: ChatState,
    /// Who answers from now on.
    pub consultant: Option<AccountId>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is durable.
    Now,
    /// A message with this `cid` was kept before, at this place.
    Before { seq: Seq, at: Moment },
}

/// A chat as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRecord {
    pub id: ChatId,
    pub business: BusinessId,
    pub package: PackageId,
    pub visitor: VisitorId,
    pub consultant: Option<AccountId>,
    pub state: ChatState,
    pub version: i32,
    pub opened_at: Moment,
    pub last_seq: Seq,
    pub seen: Marks,
    pub visit: Visit,
    /// Finished chats of the same visitor.
    pub previous_chats: u32,
    /// The newest events, oldest first.
    pub events: Vec<Event>,
}

/// A chat that is not closed, as the business needs it after a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenChatRecord {
    pub id: ChatId,
    pub package: PackageId,
    pub visitor: VisitorId,
    pub consultant: Option<AccountId>,
    pub state: ChatState,
    /// When the visitor began to wait: the opening, or the return to the waiting room.
    pub waiting_since: Moment,
    /// Did a consultant answer it before?
    pub returned: bool,
    pub preview: PlainText,
    pub page_url: Option<PlainText>,
}

/// A business with all its actors need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessRecord {
    pub id: BusinessId,
    pub name: String,
    pub packages: Vec<PackageRecord>,
    /// In the order of the accounts list.
    pub accounts: Vec<AccountRecord>,
    pub open_chats: Vec<OpenChatRecord>,
}

/// The live part of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageRecord {
    pub id: PackageId,
    pub key: PublicKey,
    pub name: String,
}

/// An account that may take chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRecord {
    pub id: AccountId,
    pub given_name: String,
    /// Address of the photo on the hub.
    pub photo: Option<String>,
    /// Shown to visitors and offered chats.
    pub takes_calls: bool,
    /// The status chosen by hand.
    pub status: Status,
}

/// A visitor as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorRecord {
    pub id: VisitorId,
    /// The visitor's chats that are not closed, oldest first.
    pub open_chats: Vec<ChatId>,
}
