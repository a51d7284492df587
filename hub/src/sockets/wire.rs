//! What the three parts of one socket — reader, actor, writer — tell each other.
//!
//! They run in one task, so cells are enough.

use std::cell::Cell;

/// Why reading ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A frame claims more than a frame may have.
    TooBig,
    /// The network failed.
    Gone,
}

/// The shared state of one socket.
#[derive(Debug, Default)]
pub(super) struct Wire {
    queued: Cell<usize>,
    is_held: Cell<bool>,
    was_released: Cell<bool>,
    fault: Cell<Option<Fault>>,
}

impl Wire {
    /// Bytes that wait for the browser to read.
    pub(super) fn queued(&self) -> usize {
        self.queued.get()
    }

    pub(super) fn set_queued(&self, bytes: usize) {
        self.queued.set(bytes);
    }

    /// Stops reading, so that the network holds back what comes next.
    pub(super) fn hold(&self) {
        self.is_held.set(true);
    }

    /// Reads on.
    pub(super) fn release(&self) {
        if self.is_held.replace(false) {
            self.was_released.set(true);
        }
    }

    pub(super) fn is_held(&self) -> bool {
        self.is_held.get()
    }

    /// Was reading released since this was last asked? Nobody wakes the reader then.
    pub(super) fn take_released(&self) -> bool {
        self.was_released.take()
    }

    pub(super) fn fail(&self, fault: Fault) {
        self.fault.set(Some(fault));
    }

    pub(super) fn take_fault(&self) -> Option<Fault> {
        self.fault.take()
    }
}
