//! The wire protocol `c2c.v1`: what browsers and the hub say to each other.
//!
//! A text frame is one JSON object, or an array of them, tagged `t`. These types
//! are the only description of it; `widget/kit/wire.ts` is generated from them.

mod call;
mod close;
mod consultant;
mod event;
mod identity;
mod limits;
mod visitor;

use serde::{Deserialize, Serialize};

pub use call::{
    CallOffer, CallQuality, CallReason, CallRequest, CallSide, CallStart, CallStarted, CallState, CallStats, Caller,
    DeskCall, IceServer, SDP_BYTES, SDP_CANDIDATES, VisitorCall,
};
pub use close::CloseCode;
pub use consultant::{
    ChatView, Colleague, ConsultantHello, ConsultantWelcome, FromConsultant, Lists, ListsDelta, Me, Offered,
    ToConsultant, VisitorDetails, WaitingVisitor,
};
pub use event::{Author, ChatState, Event, Face, Fact, Marks, Side};
pub use identity::{ATTRIBUTE_NAME_CHARS, ATTRIBUTES, Answer, Identity, IdentityClaim};
pub use limits::Limits;
pub use visitor::{ChatResume, FromVisitor, Page, TeamMember, ToVisitor, VisitorChat, VisitorHello, VisitorWelcome};

use crate::ids::{CallId, ChatId};

/// The version this hub speaks; it also understands the one before.
pub const VERSION: u16 = 1;

/// The name asked for in `Sec-WebSocket-Protocol`.
pub const SUBPROTOCOL: &str = "c2c.v1";

/// The place of an event in its chat: 1, 2, 3, … without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Seq(u32);

impl Seq {
    /// Before the first event.
    pub const ZERO: Self = Self(0);

    /// The place with this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What a browser calls a request until it is acknowledged; it repeats the request under the same name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Cid(String);

impl Cid {
    /// Longest name a browser may choose, in bytes.
    pub const MAX_BYTES: usize = 64;

    /// Takes a name of 1–64 visible ASCII characters.
    pub fn new(name: &str) -> Option<Self> {
        let fits = (1..=Self::MAX_BYTES).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names the incarnation of the storage; another epoch means another history.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Epoch(pub String);

/// A request was kept: it is durable and will not be asked for again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Ack {
    pub cid: Cid,
    pub chat: ChatId,
    pub seq: Seq,
    pub at: crate::moment::Moment,
}

/// A request was refused; browsers translate the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct Refusal {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cid: Option<Cid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<ChatId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<CallId>,
    pub code: Code,
    /// The field the code speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// When asking again makes sense, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_ms: Option<u32>,
}

/// Why a request was refused. Stable names: texts in every language hang on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum Code {
    /// Not JSON, not a known frame, or a field of the wrong type.
    BadFrame,
    /// The field has no visible text.
    Empty,
    /// The field is longer than its limit.
    TooLong,
    /// The field has a form it cannot have.
    Invalid,
    /// No such chat, or not yours.
    UnknownChat,
    /// The chat is closed.
    ChatClosed,
    /// Another consultant was faster.
    ChatTaken,
    /// The rules offer the visitor to somebody else first.
    ChatOffered,
    /// The chat fell too often; it can be read but takes nothing.
    ChatUnavailable,
    /// The visitor has as many open chats as allowed.
    TooManyChats,
    /// The waiting room is full.
    WaitingFull,
    /// Too many messages; slow down.
    Rate,
    /// Too many requests wait for their acknowledgement.
    Unacked,
    /// Only a consultant who answers this chat may do that.
    NotYours,
    /// No such call, or not yours.
    UnknownCall,
    /// The visitor is in a call already.
    AnotherCall,
    /// The package has no voice.
    NoVoice,
    /// The hub, or the business, carries as many calls as it can.
    CallsFull,
    /// The hub cannot keep it right now; ask again.
    Unavailable,
}
