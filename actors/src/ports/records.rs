//! What crosses a port: plain records, no behavior.

use sha2::{Digest as _, Sha256};

use crate::hours::{Hours, Zone};
use crate::ids::{AccountId, BusinessId, CallId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::protocol::{Answer, CallReason, ChatState, Cid, Event, Identity, Marks, Seq};
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
    /// Who the visitor is, as the page told it.
    pub identity: Option<Identity>,
    /// What the visitor filled in before the first message.
    pub answers: Vec<Answer>,
    /// The name among the answers.
    pub given_name: Option<PlainText>,
}

impl Visit {
    /// What to call the visitor: the name the page told, else the one filled in.
    pub fn name(&self) -> Option<PlainText> {
        let told = self.identity.as_ref().and_then(|identity| identity.name.clone());
        told.or_else(|| self.given_name.clone())
    }

    /// The visit as another page of the same browser tells it: what was filled in before stays.
    #[must_use]
    pub fn on_another_page(self, page: Self) -> Self {
        let Self { identity, answers, given_name, .. } = self;
        Self { identity: page.identity.or(identity), answers, given_name, ..page }
    }
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
    pub visit: Visit,
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
    /// Its chats stay; its button and call page are gone.
    pub is_deleted: bool,
    /// Counts the changes of the settings.
    pub version: i32,
    pub hours: Hours,
    pub zone: Zone,
    /// Who serves it, in this order; none means all who take chats, in the order of the accounts list.
    pub consultants: Option<Vec<AccountId>>,
    /// What a visitor is asked before the first message.
    pub fields: Vec<FormFieldRecord>,
    /// The visitor must agree to a text first.
    pub needs_consent: bool,
    /// Visitors may call.
    pub has_voice: bool,
    /// What the business's server signs identities with; none when it never asked for one.
    pub identity_secret: Option<Vec<u8>>,
}

/// One question before the first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFieldRecord {
    pub id: String,
    pub label: PlainText,
    pub is_required: bool,
    /// The answer is the visitor's name.
    pub is_name: bool,
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
    /// Chats at once before the rules pass by; claims by hand are free.
    pub most_chats: Option<u32>,
    /// BCP 47 languages spoken.
    pub languages: Vec<String>,
    /// What the rules may choose by.
    pub skills: Vec<String>,
}

/// A visitor as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorRecord {
    pub id: VisitorId,
    /// The visitor's chats that are not closed, oldest first.
    pub open_chats: Vec<ChatId>,
}

/// A call that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCall {
    pub id: CallId,
    pub business: BusinessId,
    pub package: PackageId,
    pub visitor: VisitorId,
    /// The chat it was asked for in, or that goes on beside it.
    pub chat: Option<ChatId>,
    pub visit: Visit,
    pub at: Moment,
}

/// A call that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedCall {
    pub id: CallId,
    pub business: BusinessId,
    pub reason: CallReason,
    pub ended_at: Moment,
    /// Who answered, the last one after a transfer.
    pub consultant: Option<AccountId>,
    pub answered_at: Option<Moment>,
    /// When both heard each other for the first time.
    pub talking_since: Option<Moment>,
    /// Whom it rang, in order.
    pub rings: Vec<RingRecord>,
    /// What the visitor heard: ten times the mean opinion score, the mean of the call.
    pub visitor_mos10: Option<u8>,
    /// What the consultant heard.
    pub consultant_mos10: Option<u8>,
}

/// One consultant who was rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RingRecord {
    pub account: AccountId,
    pub at: Moment,
    pub outcome: RingOutcome,
}

/// What became of a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RingOutcome {
    Answered,
    Declined,
    /// Nobody answered in time.
    Missed,
    /// It ended while it rang here: the visitor took it back, or another one answered.
    Stopped,
}
