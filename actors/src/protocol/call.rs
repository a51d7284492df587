//! Frames of a call: who rings, who talks, and how the voice is connected.
//!
//! The hub always offers; browsers only answer, and no candidates travel beside the descriptions.

use serde::{Deserialize, Serialize};

use super::{Cid, Face};
use crate::ids::{AccountId, CallId, ChatId, VisitorId};
use crate::moment::Moment;
use crate::text::PlainText;

/// Longest session description a browser may send, in bytes.
pub const SDP_BYTES: usize = 12 * 1024;
/// Most candidates of one description; they are not used, only counted.
pub const SDP_CANDIDATES: usize = 50;

/// What both sides of a call may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub enum CallRequest {
    /// This tab has the microphone: it wants the voice, at first, after a reload, or out of another tab.
    Ready,
    /// The microphone was refused or is missing.
    NoMicrophone,
    /// Answers the offer of generation `g`.
    Answer { g: u32, sdp: String },
    /// The network changed or no voice arrives: asks for an offer that mends it.
    Refresh { g: u32 },
    /// The own microphone is off, or on again.
    Mute { on: bool },
    /// Ends the call; while it rings the visitor takes it back.
    Hangup,
    /// This page goes away, perhaps only to be loaded again.
    Leaving,
    /// What the browser measured in the last seconds.
    Stats(CallStats),
}

/// What one browser measured of the voice it receives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct CallStats {
    /// Round trip to the hub, in milliseconds.
    pub rtt_ms: u32,
    /// Variation of the arrival of packets, in milliseconds.
    pub jitter_ms: u32,
    /// Packets lost since the last measurement, in thousandths.
    pub lost_permille: u32,
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum CallState {
    /// It rings somewhere.
    Ringing,
    /// A consultant answered; microphones and connections are being opened.
    Connecting,
    /// Both hear each other.
    Active,
    /// One side lost the connection and may come back.
    Reconnecting,
    Ended,
}

/// Why a call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum CallReason {
    VisitorHangup,
    ConsultantHangup,
    /// Everybody who was rung declined.
    Declined,
    /// The visitor took it back while it rang.
    Cancelled,
    NoAnswer,
    /// Nobody could be rung: everybody talks.
    Busy,
    OutsideHours,
    /// Answered, but no voice came through.
    ConnectFailed,
    /// One side lost the connection and did not come back.
    PeerLost,
    MicDenied,
    /// Another consultant took it over; only the one who gave it away sees this.
    Transferred,
    TimeLimit,
    ServerShutdown,
    Error,
}

/// Which side something is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum CallSide {
    Visitor,
    Consultant,
}

/// A call as its visitor sees it; only the latest counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct VisitorCall {
    pub id: CallId,
    pub state: CallState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CallReason>,
    /// Whom it rings, or who talks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consultant: Option<Face>,
    /// When both heard each other for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talking_since: Option<Moment>,
    /// The `sid` of the tab that has the voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    /// The other side's microphone is off.
    pub peer_muted: bool,
    /// Which side is being waited for while it reconnects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<CallSide>,
}

/// A call as a consultant's desks see it; only the latest counts. `ended` takes it off the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct DeskCall {
    pub id: CallId,
    /// `ringing` while it rings here; another consultant's turn or answer is `ended` here.
    pub state: CallState,
    /// Why it is over here; absent when it only rings or was answered elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CallReason>,
    /// When it began to ring here.
    pub since: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub talking_since: Option<Moment>,
    /// The `sid` of the tab that has the voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tab: Option<String>,
    pub peer_muted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<CallSide>,
    pub caller: Caller,
    /// The call is being handed to this colleague, who is rung.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer_to: Option<Face>,
    /// A colleague hands the call over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer_from: Option<Face>,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct Caller {
    pub visitor: VisitorId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PlainText>,
    /// Name of the package.
    pub package: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<PlainText>,
    /// The chat with this visitor that goes on beside the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<ChatId>,
}

/// What a browser answers to connect its voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct CallOffer {
    pub call: CallId,
    /// Generation of the connection; a browser drops offers older than the last.
    pub g: u32,
    pub sdp: String,
    /// Make a new connection; else the one of before is mended.
    pub fresh: bool,
    pub ice_servers: Vec<IceServer>,
}

/// A server that helps through networks without UDP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct IceServer {
    pub urls: Vec<String>,
    pub username: String,
    pub credential: String,
}

/// How good the voice is, from 10 (bad) to 45 (excellent): ten times the mean opinion score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct CallQuality {
    pub call: CallId,
    /// What this side hears.
    pub mos10: u8,
    /// What the other side hears.
    pub peer_mos10: u8,
}

/// A visitor asks for a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct CallStart {
    /// The same name again is the same call.
    pub cid: String,
    /// Rings this consultant only at first; absent: the first available from the top.
    pub to: Option<AccountId>,
}

/// The call that was asked for under `cid`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct CallStarted {
    pub cid: Cid,
    pub call: CallId,
}
