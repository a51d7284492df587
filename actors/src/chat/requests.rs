//! What a chat is asked and told.

use actix::Message;

use super::{ChatError, Snapshot};
use crate::ids::{AccountId, BusinessId, CallId, VisitorId};
use crate::ports::Visit;
use crate::protocol::{CallReason, Cid, Face, Seq, Side};
use crate::socket::{Acked, Socket, SocketId};
use crate::text::PlainText;

/// Who asks something of a chat, as the edge has verified it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    Visitor(VisitorId),
    Consultant {
        business: BusinessId,
        account: AccountId,
    },
    /// The chat's own timer.
    Hub,
}

/// A socket wants to see the chat from the event it has on.
#[derive(Message)]
#[rtype(result = "Result<Snapshot, ChatError>")]
pub(crate) struct Join {
    pub(crate) asker: Asker,
    pub(crate) socket: Socket,
    pub(crate) have: Option<Seq>,
    /// What the visitor's browser tells of itself now.
    pub(crate) visit: Option<Visit>,
    /// The chat itself shows the socket what it lacks, so that no later event overtakes it.
    pub(crate) shows: bool,
}

/// Adds a message to the chat; answers once it is kept.
#[derive(Debug, Message)]
#[rtype(result = "Result<Acked, ChatError>")]
pub(crate) struct Say {
    pub(crate) asker: Asker,
    pub(crate) socket: SocketId,
    pub(crate) cid: Cid,
    pub(crate) body: PlainText,
}

/// A consultant takes the chat; asked only by the business, which chose the winner.
#[derive(Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Accept(pub(crate) Face);

/// The consultant is gone; the visitor waits again.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct GiveBack(pub(crate) AccountId);

/// The consultant asks the visitor for a call.
#[derive(Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Invite {
    pub(crate) asker: Asker,
    pub(crate) face: Face,
}

/// The visitor does not want to talk now.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct NotNow(pub(crate) VisitorId);

/// A call beside this chat is over.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Called {
    pub(crate) call: CallId,
    pub(crate) reason: CallReason,
    pub(crate) seconds: u32,
}

/// Closes the chat for good.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Close(pub(crate) Asker);

/// Somebody writes; the draft is the visitor's unsent text.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Typing {
    pub(crate) asker: Asker,
    pub(crate) socket: SocketId,
    pub(crate) writing: bool,
    pub(crate) draft: Option<PlainText>,
}

/// Somebody read everything up to an event.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Seen {
    pub(crate) asker: Asker,
    pub(crate) socket: SocketId,
    pub(crate) seq: Seq,
}

/// The visitor's last socket is gone for longer than the grace time.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct VisitorGone;

/// It is time for the chat to look at its age.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Sweep;

/// The visitor's place in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Message)]
#[rtype(result = "()")]
pub(crate) struct Place {
    pub(crate) place: u32,
    pub(crate) estimate_seconds: Option<u32>,
}

impl Asker {
    /// The side the asker sits at.
    pub(super) fn side(self) -> Side {
        match self {
            Self::Visitor(_) => Side::Visitor,
            Self::Consultant { .. } | Self::Hub => Side::Consultant,
        }
    }
}

/// More is known of the visitor, or the visitor is on another page.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct VisitChanged(pub(crate) Visit);

/// The hub tells the visitor something by itself.
#[derive(Clone, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Notice(pub(crate) PlainText);
