//! Carrying out plans: asks the rules, offers visitors to consultants, gives them, asks again.

use std::time::Duration;

use actix::fut::wrap_future;
use actix::{ActorFutureExt as _, AsyncContext as _, Context, Handler, Message};
use tracing::{debug, warn};

use super::BusinessActor;
use super::offers::{Ask, Next, NotOffered, OfferMoment};
use crate::chat::{ChatError, Notice};
use crate::ids::{AccountId, ChatId};
use crate::kit::tell;
use crate::ports::{Candidate, PATIENCE, Plan, Room, RouteQuestion, Stage, Wish, without_rules};

/// Free places are looked at together that arise within this time.
const PAUSE: Duration = Duration::from_millis(200);

/// Visitors the rules are asked about when somebody became free; the next ones follow when these are served.
const ASKED_AGAIN: usize = 20;

/// A consultant does not want a visitor who is offered.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), ChatError>")]
pub(crate) struct Decline {
    pub(crate) chat: ChatId,
    pub(crate) account: AccountId,
}

impl BusinessActor {
    /// Asks the rules about a visitor who was just seated.
    pub(super) fn route(&mut self, chat: ChatId, stage: Stage, ctx: &mut Context<Self>) {
        let next = self.offers.begin(chat, stage);
        self.go_on(chat, Some(next), ctx);
    }

    /// Does what comes next for a waiting visitor.
    fn go_on(&mut self, chat: ChatId, next: Option<Next>, ctx: &mut Context<Self>) {
        let Some(next) = next else { return };
        debug!(%chat, ?next, "routing");
        match next {
            Next::Ask(ask) => self.ask_rules(chat, ask, ctx),
            Next::Offer { number, after } => {
                self.show_offer(chat);
                come_back(chat, number, after, ctx);
            }
            Next::Give(account) => self.give(chat, account, ctx),
            Next::Room { number, after } => {
                self.show_offer(chat);
                if let Some(after) = after {
                    come_back(chat, number, after, ctx);
                }
            }
        }
    }

    fn ask_rules(&mut self, chat: ChatId, ask: Ask, ctx: &mut Context<Self>) {
        let Some(question) = self.question(chat, ask) else {
            self.offers.end(chat);
            return;
        };
        let otherwise = without_rules(&question);
        let plan = tokio::time::timeout(PATIENCE, self.parts.ports.rules.route(question));
        ctx.spawn(wrap_future(plan).map(move |plan, this: &mut Self, ctx: &mut Context<Self>| {
            let plan = plan.unwrap_or_else(|_late| {
                warn!(%chat, "the rules were late; everybody sees the visitor");
                otherwise
            });
            this.take_plan(chat, ask.number, plan, ctx);
        }));
    }

    fn take_plan(&mut self, chat: ChatId, number: u32, plan: Plan, ctx: &mut Context<Self>) {
        let message = match &plan {
            Plan::Room(Room { message, .. }) => message.clone(),
            Plan::Steps(_) => None,
        };
        let moment = self.offer_moment(chat);
        let next = self.offers.plan(chat, number, plan, &moment);
        if let Some(message) = message.filter(|_| next.is_some())
            && let Some(chat) = self.parts.chats.get(chat)
        {
            tell(&chat, Notice(message));
        }
        self.go_on(chat, next, ctx);
    }

    fn question(&self, chat: ChatId, Ask { stage, attempt, .. }: Ask) -> Option<RouteQuestion> {
        let waiter = self.room.get(chat)?;
        let board = self.board.load();
        let package = board.packages.get(&waiter.package)?;
        let now = self.parts.ports.clock.now();
        Some(RouteQuestion {
            business: self.id,
            package: waiter.package,
            package_name: package.name.clone(),
            is_open: self.hours.of(waiter.package).is_open,
            wish: Wish::Chat(chat),
            stage,
            attempt,
            visitor: waiter.visitor,
            visit: (*waiter.visit).clone(),
            preview: Some(waiter.preview.clone()),
            chosen: None,
            now,
            local: package.zone.local(now),
            waits_since: waiter.since,
            candidates: self.roster.candidates(package.consultants.as_deref(), self.room.answered()),
            waiting: u32::try_from(self.room.count(waiter.package)).unwrap_or(u32::MAX),
        })
    }

    /// Now, and whom the rules may give this visitor: the plan is theirs, these bounds are the hub's.
    fn offer_moment(&self, chat: ChatId) -> OfferMoment {
        let board = self.board.load();
        let package = self.room.get(chat).and_then(|waiter| board.packages.get(&waiter.package));
        let candidates = package.map(|package| {
            let chosen = package.consultants.as_deref();
            self.roster.candidates(chosen, self.room.answered())
        });
        let free = candidates.unwrap_or_default().into_iter().filter(Candidate::is_free);
        OfferMoment { now: self.parts.ports.clock.now(), free: free.map(|one| one.account).collect() }
    }

    /// Gives a visitor without asking; whatever goes wrong, the plan goes on.
    fn give(&mut self, chat: ChatId, account: AccountId, ctx: &mut Context<Self>) {
        let Ok(super::waiting_room::Claimed::Now(waiter)) = self.room.claim(chat, account) else { return };
        let given = self.accept(waiter, account);
        ctx.spawn(given.map(move |given, this: &mut Self, ctx: &mut Context<Self>| {
            if given.is_err() && this.room.get(chat).is_some() {
                let mut moment = this.offer_moment(chat);
                moment.free.retain(|one| *one != account);
                let next = this.offers.not_given(chat, &moment);
                this.go_on(chat, Some(next), ctx);
            }
        }));
    }

    /// Shows every desk the offer as it is now.
    fn show_offer(&mut self, chat: ChatId) {
        let offered = self.offers.shown(chat);
        if let Some(place) = self.room.update(chat, |waiter| waiter.offered = offered) {
            self.publish();
            self.tell_waits(chat, place);
        }
    }

    /// A consultant is not free any more: offers made to nobody else go on.
    pub(super) fn end_offers_to(&mut self, account: AccountId, ctx: &mut Context<Self>) {
        for (chat, number) in self.offers.without(account) {
            come_back(chat, number, Duration::ZERO, ctx);
        }
    }

    /// Somebody may be free: visitors whose plan waits for that are looked at again, the longest wait first.
    pub(super) fn somebody_is_free(&mut self, ctx: &mut Context<Self>) {
        if std::mem::replace(&mut self.is_asked_again, true) {
            return;
        }
        ctx.run_later(PAUSE, |this, ctx| {
            this.is_asked_again = false;
            let waiting = this.room.line().map(|waiter| waiter.chat).filter(|chat| this.offers.is_asked_again(*chat));
            for chat in waiting.take(ASKED_AGAIN).collect::<Vec<_>>() {
                let next = this.offers.ask_again(chat);
                this.go_on(chat, next, ctx);
            }
        });
    }
}

/// Looks at a waiting visitor again after this time.
fn come_back(chat: ChatId, number: u32, after: Duration, ctx: &mut Context<BusinessActor>) {
    ctx.run_later(after, move |this, ctx| {
        let moment = this.offer_moment(chat);
        let next = this.offers.time_is_up(chat, number, &moment);
        this.go_on(chat, next, ctx);
    });
}

impl Handler<Decline> for BusinessActor {
    type Result = Result<(), ChatError>;

    fn handle(&mut self, Decline { chat, account }: Decline, ctx: &mut Self::Context) -> Self::Result {
        self.turn(ctx);
        let moment = self.offer_moment(chat);
        let declined = self.offers.decline(chat, account, &moment);
        let next = declined.map_err(|NotOffered| ChatError::Unknown)?;
        self.show_offer(chat);
        self.go_on(chat, next, ctx);
        Ok(())
    }
}
