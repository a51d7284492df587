//! Which sockets are open, so that a drain or a revoked sign-in reaches them.

use actors::socket::{Socket, SocketId};
use dashmap::DashMap;

use super::SignInKey;

/// Every socket between its handshake and the end of its actor.
#[derive(Default)]
pub(super) struct Registry {
    sockets: DashMap<SocketId, Socket>,
    desks: DashMap<SocketId, SignInKey>,
}

impl Registry {
    pub(super) fn add(&self, socket: Socket, sign_in: Option<SignInKey>) {
        if let Some(key) = sign_in {
            self.desks.insert(socket.id, key);
        }
        self.sockets.insert(socket.id, socket);
    }

    pub(super) fn remove(&self, id: SocketId) {
        self.sockets.remove(&id);
        self.desks.remove(&id);
    }

    pub(super) fn all(&self) -> Vec<Socket> {
        self.sockets.iter().map(|socket| socket.clone()).collect()
    }

    pub(super) fn move_sign_in(&self, old: SignInKey, new: SignInKey) {
        self.desks.iter_mut().filter(|desk| *desk.value() == old).for_each(|mut desk| *desk = new);
    }

    pub(super) fn of_sign_in(&self, key: SignInKey) -> Vec<Socket> {
        let ids: Vec<SocketId> =
            self.desks.iter().filter(|desk| *desk.value() == key).map(|desk| *desk.key()).collect();
        ids.iter().filter_map(|id| self.sockets.get(id).map(|socket| socket.clone())).collect()
    }
}
