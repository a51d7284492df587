//! `Party`: what the rules know of one side of a call.

use std::time::Duration;

use super::times::Times;

/// One side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that change each by itself")]
pub(crate) struct Party {
    /// A tab has the microphone.
    pub(super) is_ready: bool,
    pub(super) ready_at: Duration,
    /// Of the newest leg; 0 before the first.
    pub(super) generation: u32,
    /// The newest leg is connected.
    pub(super) is_connected: bool,
    /// Nothing arrives from it.
    pub(super) lost_at: Option<Duration>,
    /// The page with the voice has no socket.
    pub(super) gone_at: Option<Duration>,
    pub(super) is_leaving: bool,
    pub(super) is_muted: bool,
    pub(super) mends: u8,
    pub(super) mended_at: Option<Duration>,
}

/// What may help a side that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cure {
    Nothing,
    Mend,
    Replace,
}

impl Party {
    /// Begins the next leg.
    pub(super) fn next_leg(&mut self, elapsed: Duration) -> u32 {
        self.generation = self.generation.saturating_add(1);
        self.is_connected = false;
        self.mends = 0;
        self.mended_at = Some(elapsed);
        self.generation
    }

    /// Is it heard?
    pub(super) fn is_fine(&self) -> bool {
        self.is_connected && self.lost_at.is_none()
    }

    pub(super) fn lose(&mut self, elapsed: Duration) {
        self.lost_at.get_or_insert(elapsed);
    }

    pub(super) fn find(&mut self) {
        self.lost_at = None;
        self.mends = 0;
    }

    /// Has it been away too long?
    pub(super) fn is_given_up(&self, elapsed: Duration) -> bool {
        let patience = match (self.gone_at, self.is_leaving) {
            (None, _) => Times::GRACE_HERE,
            (Some(_), true) => Times::GRACE_LEAVING,
            (Some(_), false) => Times::GRACE_GONE,
        };
        let is_lost = self.lost_at.is_some_and(|lost| elapsed.saturating_sub(lost) >= patience);
        let is_gone = self.gone_at.is_some_and(|gone| elapsed.saturating_sub(gone) >= Times::VOICE_ONLY);
        is_lost || is_gone
    }

    /// What to try now.
    pub(super) fn cure(&self, elapsed: Duration) -> Cure {
        let rested = self.mended_at.is_none_or(|last| elapsed.saturating_sub(last) >= Times::BETWEEN_MENDS);
        if self.lost_at.is_none() || self.gone_at.is_some() || !self.is_ready || !rested {
            return Cure::Nothing;
        }
        if self.is_connected && self.mends < Times::MENDS { Cure::Mend } else { Cure::Replace }
    }
}
