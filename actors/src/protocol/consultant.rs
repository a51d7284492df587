//! Frames between a consultant's desk and the hub.

use serde::{Deserialize, Serialize};

use super::{
    Ack, Answer, CallOffer, CallQuality, CallRequest, ChatResume, ChatState, DeskCall, Epoch, Event, Face, Identity,
    Limits, Marks, Refusal, Seq,
};
use crate::ids::{AccountId, CallId, ChatId, VisitorId};
use crate::moment::Moment;
use crate::status::Status;
use crate::text::PlainText;

/// From a consultant's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "t")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub enum FromConsultant {
    /// The first frame of a socket, within five seconds.
    Hello(ConsultantHello),
    /// Takes a visitor out of the waiting room.
    Claim {
        chat: ChatId,
    },
    /// Does not want a visitor who is offered here; somebody else is asked.
    Decline {
        chat: ChatId,
    },
    Say {
        chat: ChatId,
        cid: String,
        body: String,
    },
    /// The consultant writes, or stopped.
    Typing {
        chat: ChatId,
        writing: bool,
    },
    Seen {
        chat: ChatId,
        seq: Seq,
    },
    Close {
        chat: ChatId,
    },
    /// Sets the own status by hand.
    Status {
        status: Status,
    },
    /// Invites the visitor of a chat to a call.
    AskCall {
        chat: ChatId,
    },
    /// Answers a call that rings here; one desk wins.
    #[serde(rename = "call.accept")]
    CallAccept {
        call: CallId,
    },
    #[serde(rename = "call.decline")]
    CallDecline {
        call: CallId,
    },
    /// Hands the call over to a colleague, who is rung; without one, takes that back.
    #[serde(rename = "call.transfer")]
    CallTransfer {
        call: CallId,
        to: Option<AccountId>,
    },
    /// Does something in a call.
    Call {
        call: CallId,
        #[serde(flatten)]
        request: CallRequest,
    },
    /// A delta was missed: asks for the full lists.
    Lists,
    Pong,
}

/// Who speaks, and what it has already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct ConsultantHello {
    pub v: u16,
    /// From `POST /v1/ticket`; works once, for 30 seconds.
    pub ticket: String,
    pub resume: Option<ChatResume>,
}

/// To a consultant's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "t")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub enum ToConsultant {
    Welcome(ConsultantWelcome),
    Ack(Ack),
    Ev(Event),
    /// The consultant answers this chat from now on.
    Chat(ChatView),
    /// The visitor writes; `draft` is the unsent text.
    Typing {
        chat: ChatId,
        #[serde(skip_serializing_if = "Option::is_none")]
        draft: Option<PlainText>,
    },
    /// The visitor has read everything up to `seq`.
    Seen {
        chat: ChatId,
        seq: Seq,
    },
    /// More is known of the visitor of a chat, or the visitor is on another page.
    Visitor {
        chat: ChatId,
        visitor: VisitorDetails,
    },
    /// The visitor of a chat came back or went away.
    Here {
        chat: ChatId,
        here: bool,
    },
    /// Everything at once: on demand after a missed delta.
    Lists(Lists),
    /// One change; `ver` is one more than before, else ask for `lists`.
    Delta {
        ver: u32,
        change: ListsDelta,
    },
    /// A call of this consultant, each time anything about it changes; only the latest counts.
    Call(DeskCall),
    /// For the tab that has the voice.
    #[serde(rename = "call.offer")]
    CallOffer(CallOffer),
    #[serde(rename = "call.quality")]
    CallQuality(CallQuality),
    Err(Refusal),
    Goaway {
        spread_ms: u32,
    },
    Ping,
}

/// The answer to `hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct ConsultantWelcome {
    pub sid: String,
    pub epoch: Epoch,
    pub now: Moment,
    pub limits: Limits,
    pub me: Me,
    pub lists: Lists,
    /// The chats this consultant answers.
    pub chats: Vec<ChatView>,
    /// Calls that ring here or are being talked.
    pub calls: Vec<DeskCall>,
}

/// The account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Me {
    #[serde(flatten)]
    pub face: Face,
    pub status: Status,
}

/// The lists every desk shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Lists {
    /// Counts the changes of one socket's lists.
    pub ver: u32,
    /// Longest wait first.
    pub waiting: Vec<WaitingVisitor>,
    pub team: Vec<Colleague>,
}

/// One change of the lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum ListsDelta {
    /// Somebody waits, or the entry changed; `at` is its place in the list, 0 is first.
    Waits { at: u32, visitor: WaitingVisitor },
    /// Nobody waits there any more: claimed, closed or gone.
    WaitsNoMore { chat: ChatId },
    /// A colleague's status changed.
    Team { colleague: Colleague },
    /// The callback orders or left messages are other ones: ask for them again over HTTP.
    Orders,
    /// A call ended: ask for the calls again over HTTP.
    Calls,
}

/// A colleague and whether visitors can reach them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Colleague {
    #[serde(flatten)]
    pub face: Face,
    pub status: Status,
}

/// Somebody in the waiting room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct WaitingVisitor {
    pub chat: ChatId,
    pub visitor: VisitorId,
    /// As the page or the visitor told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PlainText>,
    /// When the wait began.
    pub since: Moment,
    /// The start of the last message.
    pub preview: PlainText,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PlainText>,
    /// Name of the package.
    pub package: String,
    /// Is a browser of the visitor connected?
    pub here: bool,
    /// Whom the rules offer the visitor to; nobody else may claim meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Offered>,
}

/// An offer that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Offered {
    /// Who may accept.
    pub to: Vec<AccountId>,
    /// Then somebody else is asked.
    pub until: Moment,
}

/// One chat as its consultant sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct ChatView {
    pub id: ChatId,
    pub seq: Seq,
    pub state: ChatState,
    pub opened_at: Moment,
    pub faces: Vec<Face>,
    pub seen: Marks,
    pub events: Vec<Event>,
    pub reset: bool,
    pub visitor: VisitorDetails,
    pub here: bool,
}

/// What the hub knows of a visitor. Everything but the address is the browser's own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct VisitorDetails {
    pub id: VisitorId,
    pub ip: String,
    /// Operating system with version, as far as the browser tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<PlainText>,
    /// Browser with version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_url: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_title: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrer: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<PlainText>,
    /// Who the visitor is, as the page told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// What the visitor filled in before the first message.
    pub answers: Vec<Answer>,
    /// Name of the package.
    pub package: String,
    /// Finished chats of this visitor.
    pub previous_chats: u32,
}
