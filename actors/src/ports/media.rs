//! The voice, as the actors see it: legs that are offered, answered and joined.

use std::sync::Arc;

use thiserror::Error;

use super::Later;
use crate::ids::CallId;
use crate::protocol::{CallSide, IceServer};

/// One connection of one side of a call.
///
/// A side that reloads, or hands the call over, gets a leg of the next generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leg {
    pub call: CallId,
    pub side: CallSide,
    pub generation: u32,
}

/// What the hub offers a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub sdp: String,
    pub ice_servers: Vec<IceServer>,
}

/// What happens to a leg. It may speak of a leg that was replaced meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaFact {
    pub leg: Leg,
    pub what: Heard,
}

/// What became of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Heard {
    /// It is connected, keys are agreed, voice can pass.
    Connected,
    /// It was connected, but nothing has arrived for 1.2 seconds.
    Silent,
    /// Voice arrives again.
    Back,
    /// It cannot be connected, or broke for good: only a fresh leg helps.
    Failed,
}

/// Who is told what happens to the legs of a call. It is called on the media thread and must return at once.
pub type MediaListener = Arc<dyn Fn(MediaFact) + Send + Sync>;

/// Why the media did not do what it was asked.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum MediaError {
    /// No such call or leg; a late answer to a leg that was replaced.
    #[error("there is no such leg")]
    Unknown,
    /// The description cannot be used.
    #[error("the description is not usable")]
    BadDescription,
    /// The media cannot do it now.
    #[error("the media is unavailable")]
    Unavailable,
}

/// Carries the voice of calls between two browsers.
///
/// A call exists from its first leg to `close`. The newest connected leg of a
/// side is the one that is heard: a replaced one stays until then, so that a
/// hand-over has no gap.
pub trait Media: Send + Sync {
    /// Makes a leg and the offer for it.
    fn connect(&self, leg: Leg, listener: MediaListener) -> Later<Result<Offer, MediaError>>;

    /// Offers to find a new path for a leg that lost its network.
    fn mend(&self, leg: Leg) -> Later<Result<Offer, MediaError>>;

    /// The browser answered the newest offer of a leg.
    fn answer(&self, leg: Leg, sdp: String) -> Later<Result<(), MediaError>>;

    /// From now on nothing, or everything, that this side says is passed on.
    fn mute(&self, call: CallId, side: CallSide, is_muted: bool);

    /// Ends one leg; the other side hears nothing until there is another.
    fn drop_leg(&self, leg: Leg);

    /// Ends all legs of a call.
    fn close(&self, call: CallId);

    /// Calls that have legs.
    fn calls(&self) -> usize;
}
