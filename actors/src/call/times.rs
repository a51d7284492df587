//! How long the steps of a call may take.

use std::time::Duration;

/// Times of every call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    /// How long one step of the plan rings.
    pub(crate) ring: Duration,
    /// The longest call.
    pub(crate) longest: Duration,
}

impl Times {
    /// From the answer until the consultant's microphone is open; a browser may ask for it first.
    pub(crate) const MICROPHONE: Duration = Duration::from_secs(30);
    /// From both microphones until both hear each other.
    pub(crate) const CONNECT: Duration = Duration::from_secs(15);
    /// A lost side whose page is still connected may come back this long.
    pub(crate) const GRACE_HERE: Duration = Duration::from_secs(45);
    /// A lost side whose page is gone: with the time to notice it, the call ends within 15 s.
    pub(crate) const GRACE_GONE: Duration = Duration::from_secs(12);
    /// A page that said it leaves: long enough to be loaded again.
    pub(crate) const GRACE_LEAVING: Duration = Duration::from_secs(5);
    /// A page is gone, but its voice goes on.
    pub(crate) const VOICE_ONLY: Duration = Duration::from_mins(1);
    /// Between two attempts to mend one connection.
    pub(crate) const BETWEEN_MENDS: Duration = Duration::from_secs(5);
    /// Attempts to mend a connection before it is replaced.
    pub(crate) const MENDS: u8 = 3;
    /// How often a call looks at its times.
    pub(crate) const TICK: Duration = Duration::from_millis(250);
}
