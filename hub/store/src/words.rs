//! Closed lists of words, as they stand in TEXT columns.

use actors::protocol::{CallReason, ChatState};
use actors::status::Status;

use crate::account_links::LinkPurpose;
use crate::accounts::{Language, Role};
use crate::callback_orders::OrderState;
use crate::error::{StoreError, unreadable};
use crate::images::ImageFormat;
use crate::plugins::PluginKind;

/// A value that is kept as a word.
pub(crate) trait Word: Copy + Sized + 'static {
    /// How it is kept.
    fn word(self) -> &'static str;

    /// Reads a kept word.
    fn read(word: &str) -> Result<Self, StoreError>;
}

macro_rules! words {
    ($($kind:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        impl Word for $kind {
            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            fn read(word: &str) -> Result<Self, StoreError> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(unreadable(stringify!($kind))),
                }
            }
        }
    )+};
}

words! {
    ChatState { Waiting = "waiting", Open = "open", Closed = "closed" }
    CallReason {
        VisitorHangup = "visitor_hangup",
        ConsultantHangup = "consultant_hangup",
        Declined = "declined",
        Cancelled = "cancelled",
        NoAnswer = "no_answer",
        Busy = "busy",
        OutsideHours = "outside_hours",
        ConnectFailed = "connect_failed",
        PeerLost = "peer_lost",
        MicDenied = "mic_denied",
        Transferred = "transferred",
        TimeLimit = "time_limit",
        ServerShutdown = "server_shutdown",
        Error = "error",
    }
    PluginKind { Wasm = "wasm", Table = "table" }
    Status { Available = "available", Busy = "busy", Away = "away" }
    Role { Owner = "owner", Consultant = "consultant" }
    Language { Pl = "pl", En = "en" }
    LinkPurpose { Invitation = "invitation", Reset = "reset" }
    OrderState { New = "new", Taken = "taken", Done = "done" }
    ImageFormat { Png = "png", Jpeg = "jpeg" }
}
