//! `Parts`: the ports and the directories that all actors share.

use std::sync::Arc;
use std::time::Duration;

use actix::dev::ToEnvelope;
use actix::{Addr, Handler, Message};
use arc_swap::ArcSwap;
use dashmap::{DashMap, DashSet};

use crate::business::{Board, BusinessActor, ChatQuarantined};
use crate::call::CallActor;
use crate::chat::{ChatActor, ChatError};
use crate::consultant::ConsultantActor;
use crate::handover::Handovers;
use crate::ids::{AccountId, BusinessId, CallId, ChatId, VisitorId};
use crate::kit::{Budget, Directory, start_guarded, tell};
use crate::ports::{Books, Clock, Journal, Media, Rules, TokenHash};
use crate::visitor::VisitorActor;

/// Everything the actors need of the world.
#[derive(Clone)]
pub struct Ports {
    pub journal: Arc<dyn Journal>,
    pub books: Arc<dyn Books>,
    pub rules: Arc<dyn Rules>,
    pub clock: Arc<dyn Clock>,
    pub media: Arc<dyn Media>,
}

/// Times and bounds an operator may set.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long a visitor without a socket counts as there.
    pub visitor_grace: Duration,
    /// How long a consultant without a socket keeps the chats.
    pub consultant_grace: Duration,
    /// How long a chat may be silent before it closes by itself.
    pub silence: Duration,
    /// How long an actor nobody needs stays in memory.
    pub idle: Duration,
    /// Visitors that may wait at one package.
    pub waiting_per_package: usize,
    /// Chats that are not closed, of one visitor.
    pub chats_per_visitor: usize,
    /// How long one consultant is rung.
    pub ring: Duration,
    /// How long a call may last.
    pub longest_call: Duration,
    /// Calls of the whole hub at once.
    pub calls: usize,
    /// Calls of one package at once.
    pub calls_per_package: usize,
}

impl Options {
    /// How often a chat looks at its own age: a quarter of the shortest time it must notice.
    pub(crate) fn sweep_every(&self) -> Duration {
        (self.silence.min(self.idle) / 4).clamp(Duration::from_millis(200), Duration::from_mins(1))
    }
}

/// A business that runs: its actor, and the board everybody may read.
#[derive(Clone)]
pub(crate) struct Business {
    pub(crate) address: Addr<BusinessActor>,
    pub(crate) board: Arc<ArcSwap<Board>>,
}

/// What all actors share.
pub(crate) struct Parts {
    pub(crate) ports: Ports,
    pub(crate) options: Options,
    pub(crate) businesses: DashMap<BusinessId, Business>,
    pub(crate) chats: Directory<ChatId, ChatActor>,
    pub(crate) calls: Directory<CallId, CallActor>,
    pub(crate) consultants: Directory<AccountId, ConsultantActor>,
    pub(crate) visitors: Directory<VisitorId, VisitorActor>,
    /// The living visitors, by their tokens.
    pub(crate) tokens: DashMap<TokenHash, VisitorId>,
    /// Chats that fell too often; they take nothing until the next start.
    pub(crate) quarantined: DashSet<ChatId>,
    pub(crate) handovers: Handovers,
}

impl Parts {
    pub(crate) fn new(ports: Ports, options: Options) -> Self {
        Self {
            ports,
            options,
            businesses: DashMap::new(),
            chats: Directory::default(),
            calls: Directory::default(),
            consultants: Directory::default(),
            visitors: Directory::default(),
            tokens: DashMap::new(),
            quarantined: DashSet::new(),
            handovers: Handovers::default(),
        }
    }

    /// The business, when it runs.
    pub(crate) fn business(&self, id: BusinessId) -> Option<Business> {
        self.businesses.get(&id).map(|entry| entry.value().clone())
    }

    /// The actor of a chat, started on this arbiter when nobody has it.
    pub(crate) fn chat(
        self: &Arc<Self>,
        chat: ChatId,
        business: BusinessId,
    ) -> Result<Arc<Addr<ChatActor>>, ChatError> {
        if self.quarantined.contains(&chat) {
            return Err(ChatError::Quarantined);
        }
        Ok(self.chats.get_or_start(chat, || {
            let parts = Arc::clone(self);
            let given_up = move || {
                parts.quarantined.insert(chat);
                parts.tell_business(business, ChatQuarantined(chat));
            };
            start_guarded("chat", Budget::ONE_PERSON, ChatActor::new(chat, Arc::clone(self)), given_up)
        }))
    }

    /// The actor of a consultant, started on this arbiter when nobody has it.
    pub(crate) fn consultant(self: &Arc<Self>, business: BusinessId, account: AccountId) -> Arc<Addr<ConsultantActor>> {
        self.consultants.get_or_start(account, || {
            let parts = Arc::clone(self);
            let given_up = move || parts.tell_business(business, crate::business::ConsultantGone(account));
            let actor = ConsultantActor::new(business, account, Arc::clone(self));
            start_guarded("consultant", Budget::ONE_PERSON, actor, given_up)
        })
    }

    /// Tells a business something, when it runs.
    pub(crate) fn tell_business<M>(&self, id: BusinessId, notice: M)
    where
        M: Message<Result = ()> + Send + 'static,
        BusinessActor: Handler<M>,
        <BusinessActor as actix::Actor>::Context: ToEnvelope<BusinessActor, M>,
    {
        if let Some(business) = self.business(id) {
            tell(&business.address, notice);
        }
    }

    /// Tells a visitor something, when the actor lives.
    pub(crate) fn tell_visitor<M>(&self, id: VisitorId, notice: M)
    where
        M: Message<Result = ()> + Send + 'static,
        VisitorActor: Handler<M>,
        <VisitorActor as actix::Actor>::Context: ToEnvelope<VisitorActor, M>,
    {
        if let Some(visitor) = self.visitors.get(id) {
            tell(&visitor, notice);
        }
    }

    /// Tells a consultant something, when the actor lives.
    pub(crate) fn tell_consultant<M>(&self, id: AccountId, notice: M)
    where
        M: Message<Result = ()> + Send + 'static,
        ConsultantActor: Handler<M>,
        <ConsultantActor as actix::Actor>::Context: ToEnvelope<ConsultantActor, M>,
    {
        if let Some(consultant) = self.consultants.get(id) {
            tell(&consultant, notice);
        }
    }
}
