//! Why a socket was closed. The range tells the browser what to do.

/// A WebSocket close code (RFC 6455 §7.4) of this protocol.
///
/// 1012 and 4000–4099: reconnect and resume. 4100–4199: get a new token first.
/// 4500–4599: stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// The hub restarts.
    Restart,
    /// The browser reads too slowly; it resumes from its last event.
    Slow,
    /// No `hello` within five seconds.
    NoHello,
    /// Two pings without a sign of life.
    Silent,
    /// More than the limits allow, again and again.
    Rate,
    /// More sockets than one visitor, consultant or address may have.
    TooManySockets,
    /// The hub cannot reach its storage.
    Unavailable,
    /// The sign-in was revoked or the ticket is used up.
    SignedOut,
    /// The page's origin may not use this package or this desk.
    Origin,
    /// No package has this key.
    UnknownPackage,
    /// The frame breaks the protocol.
    Protocol,
    /// The browser speaks a version the hub does not.
    Version,
}

impl CloseCode {
    /// The number on the wire.
    pub const fn number(self) -> u16 {
        match self {
            Self::Restart => 1012,
            Self::Slow => 4002,
            Self::NoHello => 4008,
            Self::Silent => 4009,
            Self::Unavailable => 4013,
            Self::Rate => 4029,
            Self::TooManySockets => 4030,
            Self::SignedOut => 4101,
            Self::Protocol => 4502,
            Self::Origin => 4503,
            Self::UnknownPackage => 4504,
            Self::Version => 4510,
        }
    }

    /// One word for logs and the close frame.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Slow => "slow",
            Self::NoHello => "no hello",
            Self::Silent => "silent",
            Self::Unavailable => "unavailable",
            Self::Rate => "rate",
            Self::TooManySockets => "too many sockets",
            Self::SignedOut => "signed out",
            Self::Protocol => "protocol",
            Self::Origin => "origin",
            Self::UnknownPackage => "unknown package",
            Self::Version => "version",
        }
    }
}
