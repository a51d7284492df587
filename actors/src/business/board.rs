//! The board: what everybody may read of a business without asking its actor.

use std::collections::HashMap;
use std::sync::Arc;

use super::roster::Roster;
use super::waiting_room::{Waiter, WaitingRoom};
use crate::ids::{AccountId, ChatId, PackageId};
use crate::ports::{PackageRecord, PublicKey};
use crate::protocol::{Colleague, Event, Face, TeamMember, WaitingVisitor};
use crate::status::Status;

/// One state of a business; replaced as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Board {
    pub(crate) packages: Arc<HashMap<PublicKey, PackageRecord>>,
    pub(crate) names: Arc<HashMap<PackageId, String>>,
    pub(crate) faces: Arc<HashMap<AccountId, Face>>,
    pub(crate) own_status: HashMap<AccountId, Status>,
    pub(crate) team: Vec<Colleague>,
    /// The team as visitors see it.
    pub(crate) members: Vec<TeamMember>,
    /// Is somebody available?
    pub(crate) open: bool,
    pub(crate) waiting: Vec<WaitingVisitor>,
    pub(crate) waiting_by_package: HashMap<PackageId, usize>,
    pub(crate) answered: HashMap<AccountId, Vec<ChatId>>,
}

impl Board {
    /// The board of this moment; packages and names come from the tables.
    pub(crate) fn of(before: &Self, roster: &Roster, room: &WaitingRoom) -> Self {
        let mut answered: HashMap<AccountId, Vec<ChatId>> = HashMap::new();
        for (chat, account) in room.answered() {
            answered.entry(*account).or_default().push(*chat);
        }
        let faces = Arc::new(roster.faces());
        Self {
            packages: Arc::clone(&before.packages),
            names: Arc::clone(&before.names),
            own_status: faces.keys().map(|account| (*account, roster.own_status(*account))).collect(),
            faces,
            team: roster.team(),
            members: roster.members(),
            open: !roster.available().is_empty(),
            waiting: room.line().map(|waiter| before.waiting_visitor(waiter)).collect(),
            waiting_by_package: before.names.keys().map(|package| (*package, room.count(*package))).collect(),
            answered,
        }
    }

    /// A waiter as desks show it.
    pub(crate) fn waiting_visitor(&self, waiter: &Waiter) -> WaitingVisitor {
        WaitingVisitor {
            chat: waiter.chat,
            visitor: waiter.visitor,
            since: waiter.since,
            preview: waiter.preview.clone(),
            page: waiter.page.clone(),
            package: self.package_name(waiter.package),
            here: waiter.here,
        }
    }

    pub(crate) fn package_name(&self, package: PackageId) -> String {
        self.names.get(&package).cloned().unwrap_or_default()
    }

    /// The faces of everybody who acts in these events, and of who answers now.
    pub(crate) fn faces_in(&self, events: &[Event], consultant: Option<AccountId>) -> Vec<Face> {
        let acting = events.iter().filter_map(|event| match event.from {
            crate::protocol::Author::Consultant { account } => Some(account),
            crate::protocol::Author::Visitor | crate::protocol::Author::Hub => None,
        });
        let mut accounts: Vec<_> = acting.chain(consultant).collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts.iter().filter_map(|account| self.faces.get(account).cloned()).collect()
    }
}
