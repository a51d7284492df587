//! Why the relay refuses a request, in the numbers of RFC 8489 and RFC 8656.

use super::stun::{Message, Writer, attribute, kind};

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Malformed,
    /// Without a signature, with a wrong one, too late, or of a call that is over.
    Unauthenticated,
    Forbidden,
    Unknown(Vec<u16>),
    /// There is an allocation already, or none.
    Mismatch,
    StaleNonce,
    AddressFamily,
    OtherCredentials,
    Transport,
    PeerFamily,
    Quota,
    Capacity,
}

impl Refusal {
    pub(super) const ALL: [Self; 12] = [
        Self::Malformed,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::Unknown(Vec::new()),
        Self::Mismatch,
        Self::StaleNonce,
        Self::AddressFamily,
        Self::OtherCredentials,
        Self::Transport,
        Self::PeerFamily,
        Self::Quota,
        Self::Capacity,
    ];

    /// As it is counted.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::Unknown(_) => "unknown_attribute",
            Self::Mismatch => "mismatch",
            Self::StaleNonce => "stale_nonce",
            Self::AddressFamily => "address_family",
            Self::OtherCredentials => "other_credentials",
            Self::Transport => "transport",
            Self::PeerFamily => "peer_family",
            Self::Quota => "quota",
            Self::Capacity => "capacity",
        }
    }

    fn code(&self) -> (u8, u8, &'static str) {
        match self {
            Self::Malformed => (4, 0, "Bad Request"),
            Self::Unauthenticated => (4, 1, "Unauthenticated"),
            Self::Forbidden => (4, 3, "Forbidden"),
            Self::Unknown(_) => (4, 20, "Unknown Attribute"),
            Self::Mismatch => (4, 37, "Allocation Mismatch"),
            Self::StaleNonce => (4, 38, "Stale Nonce"),
            Self::AddressFamily => (4, 40, "Address Family not Supported"),
            Self::OtherCredentials => (4, 41, "Wrong Credentials"),
            Self::Transport => (4, 42, "Unsupported Transport Protocol"),
            Self::PeerFamily => (4, 43, "Peer Address Family Mismatch"),
            Self::Quota => (4, 86, "Allocation Quota Reached"),
            Self::Capacity => (5, 8, "Insufficient Capacity"),
        }
    }

    pub(super) fn answer(&self, message: &Message<'_>) -> Writer {
        let (class, number, reason) = self.code();
        let mut value = vec![0, 0, class, number];
        value.extend_from_slice(reason.as_bytes());
        let answer = Writer::new(message.kind | kind::ERROR, message.transaction).with(attribute::ERROR_CODE, &value);
        let Self::Unknown(kinds) = self else { return answer };
        let kinds: Vec<u8> = kinds.iter().flat_map(|kind| kind.to_be_bytes()).collect();
        answer.with(attribute::UNKNOWN_ATTRIBUTES, &kinds)
    }
}
