//! The reconciler: compares memory with the tables, repairs, and counts.
//!
//! In a healthy run it repairs nothing. A difference counts only when it is
//! seen twice in a row, because facts on their way are not faults.

use std::collections::{HashMap, HashSet};

use actix::fut::wrap_future;
use actix::{ActorFutureExt as _, AsyncContext as _, Context, Handler};
use tracing::warn;

use super::{BusinessActor, ConsultantGone, Reconcile, waiter_of};
use crate::consultant::Given;
use crate::ids::{AccountId, ChatId};
use crate::ports::{BusinessRecord, OpenChatRecord};
use crate::protocol::ChatState;

impl Handler<Reconcile> for BusinessActor {
    type Result = ();

    fn handle(&mut self, _: Reconcile, ctx: &mut Self::Context) {
        if self.is_loaded {
            self.reconcile(ctx);
        }
    }
}

impl BusinessActor {
    fn reconcile(&mut self, ctx: &mut Context<Self>) {
        self.wake_resting();
        self.give_back_of_absent();
        self.forget_absent(ctx);
        self.look_after_calls(ctx);
        let tables = self.parts.ports.books.business(self.id);
        ctx.spawn(wrap_future(tables).map(|tables, this: &mut Self, ctx: &mut Context<Self>| {
            if let Ok(tables) = tables {
                this.take_changed_settings(&tables, ctx);
                this.compare(tables);
            }
        }));
    }

    /// Starts the chats whose time to look at their age has come.
    fn wake_resting(&mut self) {
        let now = self.parts.ports.clock.now();
        let due: Vec<ChatId> =
            self.resting.iter().filter(|(_, wake_at)| **wake_at <= now).map(|(chat, _)| *chat).collect();
        for chat in due {
            self.resting.remove(&chat);
            let _quarantined_chats_rest_for_good = self.parts.chat(chat, self.id);
        }
    }

    /// Asks again for chats whose consultant is gone.
    fn give_back_of_absent(&self) {
        let answering: HashSet<AccountId> = self.room.answered().values().copied().collect();
        for account in answering {
            if self.parts.consultants.get(account).is_none() {
                self.give_back(account);
            }
        }
        // A desk that has the chat already takes no notice.
        for (chat, account) in self.room.answered() {
            self.parts.tell_consultant(*account, Given(*chat));
        }
    }

    /// A consultant whose actor is gone without a word is not connected.
    fn forget_absent(&self, ctx: &mut Context<Self>) {
        for account in self.roster.connected().filter(|account| self.parts.consultants.get(*account).is_none()) {
            crate::kit::tell(&ctx.address(), ConsultantGone(account));
        }
    }

    fn compare(&mut self, tables: BusinessRecord) {
        let open: HashMap<ChatId, OpenChatRecord> = tables.open_chats.into_iter().map(|chat| (chat.id, chat)).collect();
        let kept = open.values().filter(|chat| !self.agrees(chat)).map(|chat| chat.id);
        let remembered = self.room.line().map(|waiter| waiter.chat).chain(self.room.answered().keys().copied());
        let different: HashSet<ChatId> = kept.chain(remembered.filter(|chat| !open.contains_key(chat))).collect();
        let wrong: Vec<ChatId> = different.intersection(&self.suspects).copied().collect();
        for chat in &wrong {
            warn!(%chat, "repairing what memory and tables disagree on");
            metrics::counter!("reconcile_fixed_total").increment(1);
            self.repair(*chat, open.get(chat));
        }
        self.suspects = different;
    }

    fn agrees(&self, chat: &OpenChatRecord) -> bool {
        if self.parts.quarantined.contains(&chat.id) {
            return true;
        }
        match (chat.state, chat.consultant) {
            (ChatState::Open, Some(account)) => self.room.answered().get(&chat.id) == Some(&account),
            (ChatState::Open | ChatState::Waiting, _) => self.room.get(chat.id).is_some(),
            (ChatState::Closed, _) => true,
        }
    }

    fn repair(&mut self, chat: ChatId, kept: Option<&OpenChatRecord>) {
        match kept.map(|kept| (kept.state, kept.consultant)) {
            Some((ChatState::Open, Some(account))) => {
                self.room.answer(chat, account);
                self.unseat(chat);
            }
            Some((ChatState::Open | ChatState::Waiting, _)) => {
                if let Some(kept) = kept {
                    self.seat(waiter_of(kept.clone()));
                }
            }
            Some((ChatState::Closed, _)) | None => {
                self.room.leave(chat);
                self.unseat(chat);
            }
        }
    }
}
