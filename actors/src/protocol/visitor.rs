//! Frames between a visitor's browser and the hub.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Ack, CallOffer, CallQuality, CallRequest, CallStart, CallStarted, ChatState, Epoch, Event, Face, IdentityClaim,
    Limits, Marks, Refusal, Seq, VisitorCall,
};
use crate::hours::HoursNow;
use crate::ids::{AccountId, CallId, ChatId};
use crate::moment::Moment;

/// From a visitor's browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "t")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub enum FromVisitor {
    /// The first frame of a socket, within five seconds.
    Hello(Box<VisitorHello>),
    /// Opens a chat with its first message; the visitor waits from then on.
    Open {
        cid: String,
        body: String,
        /// What was asked before the first message: the answers by the ids of the fields.
        #[serde(default)]
        answers: BTreeMap<String, String>,
        /// The visitor agreed to the consent text.
        #[serde(default)]
        consented: bool,
    },
    /// The page tells who the visitor is.
    Identify(IdentityClaim),
    /// Adds a message to a chat.
    Say { chat: ChatId, cid: String, body: String },
    /// The visitor writes; `draft` is the unsent text, absent when the field is empty.
    Typing { chat: ChatId, draft: Option<String> },
    /// Everything up to `seq` was shown.
    Seen { chat: ChatId, seq: Seq },
    /// Closes a chat for good.
    Close { chat: ChatId },
    /// Asks for a call.
    #[serde(rename = "call.start")]
    CallStart(CallStart),
    /// Does something in a call.
    Call {
        call: CallId,
        #[serde(flatten)]
        request: CallRequest,
    },
    /// Says how the call was, 1–5.
    #[serde(rename = "call.rate")]
    CallRate { call: CallId, stars: u8 },
    /// Does not want to talk now: answers the newest invitation of the chat.
    NotNow { chat: ChatId },
    /// Asks for a code with which another page of this browser becomes this visitor.
    Handover {
        /// The visitor's token, said once more.
        tok: String,
        /// The page is to ring this consultant.
        to: Option<AccountId>,
    },
    /// Answers `ping`.
    Pong,
}

/// Who speaks, from where, and what it has already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct VisitorHello {
    /// Protocol version.
    pub v: u16,
    /// The token of an earlier `welcome`.
    pub tok: Option<String>,
    /// From another page's `handover`, in place of a token; works once, for a minute.
    pub code: Option<String>,
    /// Public key of the package.
    pub pkg: String,
    pub page: Option<Page>,
    /// Who the visitor is, as the page tells it.
    pub identity: Option<IdentityClaim>,
    pub resume: Option<ChatResume>,
}

/// The page of the business's site the visitor is on, as its browser tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct Page {
    pub url: Option<String>,
    pub title: Option<String>,
    pub referrer: Option<String>,
    /// Language of the browser, as BCP 47 tag.
    pub language: Option<String>,
    /// Time zone of the browser, as IANA name.
    pub zone: Option<String>,
    /// Version of the operating system where the browser tells it (Sec-CH-UA-Platform-Version).
    pub platform: Option<String>,
}

/// The last event a browser has of each chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct ChatResume {
    pub epoch: Epoch,
    pub chats: BTreeMap<ChatId, Seq>,
}

/// To a visitor's browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "t")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub enum ToVisitor {
    Welcome(VisitorWelcome),
    Ack(Ack),
    Ev(Event),
    /// The consultant writes.
    Typing {
        chat: ChatId,
        writing: bool,
    },
    /// The consultant has read everything up to `seq`.
    Seen {
        chat: ChatId,
        seq: Seq,
    },
    /// Who of the package's team is there, and its hours; only the latest counts.
    Presence {
        /// Can somebody answer now: available, and inside the working hours?
        open: bool,
        hours: HoursNow,
        team: Vec<TeamMember>,
    },
    /// Place in line, 1 is next; only the latest counts.
    Waiting {
        chat: ChatId,
        place: u32,
        /// How long the last visitors waited, in seconds; absent until somebody was answered.
        #[serde(skip_serializing_if = "Option::is_none")]
        estimate_seconds: Option<u32>,
    },
    /// The visitor's call, each time anything about it changes; only the latest counts.
    Call(VisitorCall),
    /// The call that was asked for.
    #[serde(rename = "call.started")]
    CallStarted(CallStarted),
    /// For the tab that has the voice.
    #[serde(rename = "call.offer")]
    CallOffer(CallOffer),
    #[serde(rename = "call.quality")]
    CallQuality(CallQuality),
    /// The code that was asked for; it belongs into the fragment of the page's address.
    Handover {
        code: String,
    },
    /// The package's settings are other ones: ask for them again.
    Settings,
    Err(Refusal),
    /// The hub restarts: reconnect after a random time up to `spread_ms`.
    Goaway {
        spread_ms: u32,
    },
    Ping,
}

/// The answer to `hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct VisitorWelcome {
    /// This socket's name in the hub's log.
    pub sid: String,
    /// The visitor's token from now on; secret.
    pub tok: String,
    pub epoch: Epoch,
    pub now: Moment,
    pub limits: Limits,
    /// Can somebody answer now: available, and inside the working hours?
    pub open: bool,
    pub hours: HoursNow,
    pub team: Vec<TeamMember>,
    /// Chats that are not closed, and those the browser asked to resume.
    pub chats: Vec<VisitorChat>,
    /// The visitor's call that is not over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<VisitorCall>,
    /// The code of the `hello` asks to ring this consultant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_to: Option<AccountId>,
}

/// A consultant of the package, as visitors see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct TeamMember {
    #[serde(flatten)]
    pub face: Face,
    pub status: crate::status::Status,
}

/// One chat as its visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct VisitorChat {
    pub id: ChatId,
    /// The last event of the chat.
    pub seq: Seq,
    pub state: ChatState,
    /// Who answers now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consultant: Option<AccountId>,
    /// Everybody who took part.
    pub faces: Vec<Face>,
    pub seen: Marks,
    /// The events after those the browser has; with `reset` the newest ones.
    pub events: Vec<Event>,
    /// Forget what you have: too much was missed, or the history is another one.
    pub reset: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
}
