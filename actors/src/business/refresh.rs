//! What a business does when its settings changed, or a package opens or closes.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix::fut::wrap_future;
use actix::{ActorFutureExt as _, AsyncContext as _, AtomicResponse, Context, Handler};
use tracing::warn;

use super::hours::HoursOfPackages;
use super::{Board, BusinessActor, OrdersChanged, Refresh};
use crate::call::CallAccountGone;
use crate::chat::to_json;
use crate::consultant::TellLists;
use crate::ids::PackageId;
use crate::ports::{BusinessRecord, PackageRecord};
use crate::protocol::{ListsDelta, ToVisitor};

/// The longest sleep before hours are looked at again: the clock of the machine may be set meanwhile.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// A timer that fires a little early would see the hours before the edge.
const BEHIND_EDGE: Duration = Duration::from_millis(20);

impl BusinessActor {
    /// Takes packages and accounts as the tables have them.
    pub(super) fn take_tables(&mut self, record: &BusinessRecord, ctx: &mut Context<Self>) {
        let gone = self.roster.set_accounts(record.accounts.clone());
        let board = Board::clone(&self.board.load());
        let alive = record.packages.iter().filter(|package| !package.is_deleted);
        let keys = alive.map(|package| (package.key.clone(), package.id)).collect();
        let packages: HashMap<_, _> = record.packages.iter().map(|package| (package.id, package.clone())).collect();
        let changed = changed(&board.packages, &packages);
        self.board.store(Arc::new(Board { keys: Arc::new(keys), packages: Arc::new(packages), ..board }));
        self.look_at_hours(ctx);
        self.tell_settings(&changed);
        for account in gone {
            self.give_back(account);
            for call in self.parts.calls.living() {
                crate::kit::tell(&call, CallAccountGone(account));
            }
        }
    }

    /// Computes the hours of this moment and wakes again at their next edge.
    fn look_at_hours(&mut self, ctx: &mut Context<Self>) {
        let now = self.parts.ports.clock.now();
        let board = self.board.load();
        let hours = HoursOfPackages::at(now, board.packages.values());
        let turned = hours.turned(&self.hours);
        let until = hours.next_edge().map_or(LONGEST_SLEEP, |edge| edge.since(now) + BEHIND_EDGE);
        self.hours = hours;
        if let Some(edge) = self.edge.take() {
            ctx.cancel_future(edge);
        }
        self.edge = Some(ctx.run_later(until.min(LONGEST_SLEEP), |this, ctx| {
            this.edge = None;
            this.look_at_hours(ctx);
        }));
        if !turned.is_empty() {
            self.publish();
            self.tell_presence();
            // The button may be another one outside the hours.
            self.tell_settings(&turned);
        }
    }

    /// Tells the visitors of these packages to ask for the settings again.
    fn tell_settings(&self, packages: &[PackageId]) {
        let frame = to_json(&ToVisitor::Settings);
        for one in self.audience.values().filter(|one| packages.contains(&one.package)) {
            one.socket.send(frame.clone());
        }
    }

    /// Takes what was changed past this actor: on the command line, or while the storage did not answer.
    pub(super) fn take_changed_settings(&mut self, record: &BusinessRecord, ctx: &mut Context<Self>) {
        let board = self.board.load();
        let same_packages = record.packages.len() == board.packages.len()
            && record.packages.iter().all(|package| board.packages.get(&package.id) == Some(package));
        if !same_packages || !self.roster.has_accounts(&record.accounts) {
            self.refreshed(record, ctx);
        }
    }

    fn refreshed(&mut self, record: &BusinessRecord, ctx: &mut Context<Self>) {
        self.take_tables(record, ctx);
        self.publish();
        self.tell_presence();
        for account in self.roster.connected() {
            self.parts.tell_consultant(account, TellLists(None));
        }
    }
}

/// The packages whose settings are other ones.
fn changed(before: &HashMap<PackageId, PackageRecord>, now: &HashMap<PackageId, PackageRecord>) -> Vec<PackageId> {
    let is_changed = |package: &&PackageRecord| {
        let then = before.get(&package.id);
        then.is_some_and(|then| then.version != package.version || then.is_deleted != package.is_deleted)
    };
    now.values().filter(is_changed).map(|package| package.id).collect()
}

impl Handler<Refresh> for BusinessActor {
    type Result = AtomicResponse<Self, ()>;

    fn handle(&mut self, _: Refresh, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let tables = self.parts.ports.books.business(self.id);
        AtomicResponse::new(Box::pin(wrap_future(tables).map(|tables, this: &mut Self, ctx: &mut Context<Self>| {
            match tables {
                Ok(record) => this.refreshed(&record, ctx),
                // What is shown stays right for what was kept before; the next look repairs it.
                Err(error) => warn!(business = %this.id, %error, "cannot reread the settings"),
            }
        })))
    }
}

impl Handler<OrdersChanged> for BusinessActor {
    type Result = ();

    fn handle(&mut self, _: OrdersChanged, ctx: &mut Self::Context) {
        self.turn(ctx);
        self.tell_lists(ListsDelta::Orders);
    }
}
