//! The board: what everybody may read of a business without asking its actor.

use std::collections::HashMap;
use std::sync::Arc;

use super::hours::HoursOfPackages;
use super::roster::Roster;
use super::waiting_room::{Waiter, WaitingRoom};
use crate::hours::HoursNow;
use crate::ids::{AccountId, ChatId, PackageId};
use crate::ports::{PackageRecord, PublicKey};
use crate::protocol::{Colleague, Event, Face, TeamMember, WaitingVisitor};
use crate::status::Status;

/// What the visitors of one package see.
#[derive(Clone, Debug)]
pub(crate) struct Front {
    /// Can somebody answer now: available, and inside the working hours?
    pub(crate) open: bool,
    pub(crate) hours: HoursNow,
    pub(crate) members: Vec<TeamMember>,
}

/// One state of a business; replaced as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Board {
    /// Packages of the business by their keys; deleted ones have none.
    pub(crate) keys: Arc<HashMap<PublicKey, PackageId>>,
    /// All packages, deleted ones too: their chats go on.
    pub(crate) packages: Arc<HashMap<PackageId, PackageRecord>>,
    pub(crate) fronts: HashMap<PackageId, Front>,
    pub(crate) faces: Arc<HashMap<AccountId, Face>>,
    pub(crate) own_status: HashMap<AccountId, Status>,
    pub(crate) team: Vec<Colleague>,
    pub(crate) waiting: Vec<WaitingVisitor>,
    pub(crate) waiting_by_package: HashMap<PackageId, usize>,
    pub(crate) answered: HashMap<AccountId, Vec<ChatId>>,
}

impl Board {
    /// The board of this moment; packages come from the tables.
    pub(crate) fn of(before: &Self, roster: &Roster, room: &WaitingRoom, hours: &HoursOfPackages) -> Self {
        let mut answered: HashMap<AccountId, Vec<ChatId>> = HashMap::new();
        for (chat, account) in room.answered() {
            answered.entry(*account).or_default().push(*chat);
        }
        let faces = Arc::new(roster.faces());
        Self {
            keys: Arc::clone(&before.keys),
            packages: Arc::clone(&before.packages),
            fronts: before.packages.values().map(|package| (package.id, front(package, roster, hours))).collect(),
            own_status: faces.keys().map(|account| (*account, roster.own_status(*account))).collect(),
            faces,
            team: roster.team(),
            waiting: room.line().map(|waiter| before.waiting_visitor(waiter)).collect(),
            waiting_by_package: before.packages.keys().map(|package| (*package, room.count(*package))).collect(),
            answered,
        }
    }

    /// A waiter as desks show it.
    pub(crate) fn waiting_visitor(&self, waiter: &Waiter) -> WaitingVisitor {
        WaitingVisitor {
            chat: waiter.chat,
            visitor: waiter.visitor,
            name: waiter.visit.name(),
            since: waiter.since,
            preview: waiter.preview.clone(),
            page: waiter.visit.page_url.clone(),
            package: self.package_name(waiter.package),
            here: waiter.here,
            offered: waiter.offered.clone(),
        }
    }

    pub(crate) fn package_name(&self, package: PackageId) -> String {
        self.packages.get(&package).map(|package| package.name.clone()).unwrap_or_default()
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

fn front(package: &PackageRecord, roster: &Roster, hours: &HoursOfPackages) -> Front {
    let hours = hours.of(package.id);
    let chosen = package.consultants.as_deref();
    Front { open: hours.is_open && !roster.available(chosen).is_empty(), hours, members: roster.members(chosen) }
}
