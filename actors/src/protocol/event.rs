//! What a chat consists of: numbered events, the same for everybody in it.

use serde::{Deserialize, Serialize};

use super::{CallReason, Cid, Seq};
use crate::ids::{AccountId, CallId, ChatId};
use crate::moment::Moment;
use crate::text::PlainText;

/// One kept fact of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Event {
    pub chat: ChatId,
    pub seq: Seq,
    pub at: Moment,
    pub from: Author,
    #[serde(flatten)]
    pub fact: Fact,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum Author {
    Visitor,
    Consultant {
        account: AccountId,
    },
    /// The hub itself: a timer, a lost connection.
    Hub,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "k")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub enum Fact {
    /// A person wrote a message.
    Said {
        cid: Cid,
        body: PlainText,
    },
    /// A consultant accepted the chat.
    Joined {
        consultant: Face,
    },
    /// The consultant is gone; the visitor waits again, at the front.
    Returned,
    /// The consultant asks the visitor for a call.
    Invited {
        consultant: Face,
    },
    /// The visitor does not want to talk now.
    InviteDeclined,
    /// A call beside this chat is over.
    Called {
        call: CallId,
        reason: CallReason,
        /// How long both heard each other; 0 when nobody answered.
        seconds: u32,
    },
    Closed,
}

/// How a visitor sees a consultant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct Face {
    pub id: AccountId,
    /// First name.
    pub name: String,
    /// Address of the photo on the hub; without it browsers draw initials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
}

/// Where a chat stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum ChatState {
    /// Nobody answers it yet.
    Waiting,
    /// A consultant answers it.
    Open,
    Closed,
}

/// The two sides of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub enum Side {
    Visitor,
    Consultant,
}

/// How far each side has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Marks {
    pub visitor: Seq,
    pub consultant: Seq,
}
