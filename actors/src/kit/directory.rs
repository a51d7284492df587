//! Finds the actor of an id, starting it when nobody has yet.

use std::hash::Hash;
use std::sync::Arc;

use actix::{Actor, Addr};
use dashmap::{DashMap, Entry};

/// The living actors of one kind, by id.
pub(crate) struct Directory<I, A: Actor> {
    living: DashMap<I, Arc<Addr<A>>>,
}

impl<I: Eq + Hash + Copy, A: Actor> Default for Directory<I, A> {
    fn default() -> Self {
        Self { living: DashMap::new() }
    }
}

impl<I: Eq + Hash + Copy, A: Actor> Directory<I, A> {
    /// The actor, when it lives.
    pub(crate) fn get(&self, id: I) -> Option<Arc<Addr<A>>> {
        let address = self.living.get(&id).map(|entry| Arc::clone(entry.value()))?;
        address.connected().then_some(address)
    }

    /// The actor; `start` makes it on this arbiter. Two callers at once get the same one.
    pub(crate) fn get_or_start(&self, id: I, start: impl FnOnce() -> Addr<A>) -> Arc<Addr<A>> {
        if let Some(address) = self.get(id) {
            return address;
        }
        match self.living.entry(id) {
            Entry::Occupied(mut there) => {
                if !there.get().connected() {
                    there.insert(Arc::new(start()));
                }
                Arc::clone(there.get())
            }
            Entry::Vacant(free) => Arc::clone(free.insert(Arc::new(start())).value()),
        }
    }

    /// Forgets an actor that stopped, unless another one took its place.
    pub(crate) fn forget(&self, id: I, address: &Addr<A>) {
        self.living.remove_if(&id, |_, living| **living == *address);
    }

    /// All that live now.
    pub(crate) fn living(&self) -> Vec<Arc<Addr<A>>> {
        self.living.iter().map(|entry| Arc::clone(entry.value())).collect()
    }

    /// How many live.
    pub(crate) fn len(&self) -> usize {
        self.living.len()
    }
}
