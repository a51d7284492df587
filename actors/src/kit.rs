//! What stands on top of actix: survival of panics, fairness, finding an actor.
//!
//! With `socket`, the only place that leans on actix's own ways.

pub(crate) mod chaos;
mod directory;
mod fair;
mod guard;

use std::time::Duration;

use actix::dev::ToEnvelope;
use actix::{Actor, Addr, Handler, Message};

pub use chaos::ChaosPlan;
pub(crate) use directory::Directory;
pub(crate) use fair::Fair;
pub(crate) use guard::{Budget, start_guarded};

/// How long one actor waits for the answer of another.
///
/// Longer than the slowest commit seen on a busy disk, shorter than a browser's patience.
pub(crate) const ASK: Duration = Duration::from_secs(5);

/// Requests an actor's mailbox holds for each sender before it answers `Full`.
///
/// A sender has at most 32 unacknowledged requests; the rest is room for notices.
pub(crate) const MAILBOX: usize = 256;

/// Tells an actor something and waits for no answer.
///
/// A fresh clone of an address always has a slot in the mailbox, so a notice is
/// lost only when the actor is gone; the reconciler repairs what that leaves.
pub(crate) fn tell<A, M>(actor: &Addr<A>, notice: M)
where
    A: Actor + Handler<M>,
    A::Context: ToEnvelope<A, M>,
    M: Message + Send + 'static,
    M::Result: Send,
{
    let _gone_already = actor.clone().try_send(notice);
}
