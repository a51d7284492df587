//! `BusinessActor`: everyone of one business meets here — waiting room, roster, claims.
//!
//! The three are one domain of consistency, so they live in one actor. It is
//! not on the path of a message.

mod board;
mod calls;
mod claims;
mod handlers;
mod hours;
mod lists;
mod offers;
mod reconcile;
mod refresh;
mod roster;
mod routing;
#[cfg(test)]
mod tests;
mod waiting_room;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use actix::fut::wrap_future;
use actix::{Actor, ActorFutureExt as _, AsyncContext as _, Context, Message, SpawnHandle, Supervised};
use arc_swap::ArcSwap;
use tracing::{error, warn};

pub(crate) use board::Board;
use calls::Calls;
pub(crate) use calls::{BeginCall, CallEnds, CallOver, InCall, Release, Reserve};
pub(crate) use claims::Claim;
use hours::HoursOfPackages;
use offers::Offers;
use roster::Roster;
pub(crate) use routing::Decline;
use waiting_room::WaitingRoom;
pub(crate) use waiting_room::{Waiter, Waits};

use crate::consultant::ComeAgain;
use crate::ids::{AccountId, BusinessId, ChatId, PackageId};
use crate::kit::Fair;
use crate::moment::Moment;
use crate::parts::Parts;
use crate::ports::{BusinessRecord, JournalError, Stage};
use crate::protocol::{ChatState, CloseCode};
use crate::socket::{Socket, SocketId};
use crate::status::Status;
use crate::text::PlainText;

/// How soon a business asks a storage again that did not answer.
const RELOAD: Duration = Duration::from_millis(500);

/// Answers once the business is loaded.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<(), JournalError>")]
pub(crate) struct Ready;

/// It is time to compare memory with the tables.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Reconcile;

/// Rereads packages and accounts after a change in the tables; answers once it is done.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Refresh;

/// The callback orders or left messages changed.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct OrdersChanged;

/// A visitor's socket that wants to know who is there.
#[derive(Clone, Message)]
#[rtype(result = "()")]
pub(crate) struct Arrive {
    pub(crate) package: PackageId,
    pub(crate) socket: Socket,
}

/// That socket is gone.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Depart(pub(crate) SocketId);

/// A waiting visitor wrote more.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct WaitingSaid {
    pub(crate) chat: ChatId,
    pub(crate) preview: PlainText,
}

/// The visitor of a chat came back or went away.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct VisitorIsHere {
    pub(crate) chat: ChatId,
    pub(crate) here: bool,
}

/// A consultant answers a chat from now on.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Assigned {
    pub(crate) chat: ChatId,
    pub(crate) account: AccountId,
}

/// A chat lost its consultant; its visitor waits again.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Returned(pub(crate) Waiter);

/// A chat is closed.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct ChatEnded(pub(crate) ChatId);

/// A chat fell too often; nobody waits there any more.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct ChatQuarantined(pub(crate) ChatId);

/// A chat left memory; at `wake_at` it must look at its age.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct ChatRests {
    pub(crate) chat: ChatId,
    pub(crate) wake_at: Moment,
}

/// A browser of a consultant is connected.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct ConsultantCame(pub(crate) AccountId);

/// No browser of a consultant has been connected for the grace time.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct ConsultantGone(pub(crate) AccountId);

/// A status was chosen by hand, and kept.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct StatusChosen {
    pub(crate) account: AccountId,
    pub(crate) status: Status,
}

/// One business.
pub(crate) struct BusinessActor {
    id: BusinessId,
    parts: Arc<Parts>,
    board: Arc<ArcSwap<Board>>,
    is_loaded: bool,
    roster: Roster,
    room: WaitingRoom,
    offers: Offers,
    /// Visitors are looked at again in a moment.
    is_asked_again: bool,
    calls: Calls,
    /// Which packages are open.
    hours: HoursOfPackages,
    /// Wakes the business when the first package opens or closes.
    edge: Option<SpawnHandle>,
    /// The sockets of visitors, who are told who is there.
    audience: HashMap<SocketId, Arrive>,
    /// Chats outside memory, and when they must look at their age.
    resting: HashMap<ChatId, Moment>,
    /// Chats that the last comparison found different from the tables.
    suspects: HashSet<ChatId>,
    presence_due: bool,
    fair: Fair,
}

impl BusinessActor {
    pub(crate) fn new(id: BusinessId, parts: Arc<Parts>, board: Arc<ArcSwap<Board>>) -> Self {
        let offers = Offers::new(parts.options.ring);
        Self {
            id,
            parts,
            board,
            is_loaded: false,
            roster: Roster::default(),
            room: WaitingRoom::default(),
            offers,
            is_asked_again: false,
            calls: Calls::default(),
            hours: HoursOfPackages::default(),
            edge: None,
            audience: HashMap::new(),
            resting: HashMap::new(),
            suspects: HashSet::new(),
            presence_due: false,
            fair: Fair::default(),
        }
    }

    /// Loads everything from the tables; the mailbox rests meanwhile.
    fn load(&mut self, ctx: &mut Context<Self>) {
        let ports = self.parts.ports.clone();
        let id = self.id;
        let loaded = async move {
            ports.journal.flush().await?;
            ports.books.business(id).await
        };
        ctx.wait(wrap_future(loaded).map(|record, this: &mut Self, ctx: &mut Context<Self>| match record {
            Ok(record) => this.begin(record, ctx),
            Err(error) => {
                error!(business = %this.id, %error, "cannot load the business");
                ctx.run_later(RELOAD, Self::load);
            }
        }));
    }

    fn begin(&mut self, record: BusinessRecord, ctx: &mut Context<Self>) {
        self.take_tables(&record, ctx);
        let now = self.parts.ports.clock.now();
        let wake_at = now.after(self.parts.options.silence);
        let mut room = WaitingRoom::default();
        for chat in record.open_chats {
            self.resting.insert(chat.id, wake_at);
            match (chat.state, chat.consultant) {
                (ChatState::Open, Some(account)) => {
                    room.answer(chat.id, account);
                    // It gives the chats back unless the consultant comes within the grace time.
                    let _started = self.parts.consultant(self.id, account);
                }
                (ChatState::Open | ChatState::Waiting, _) => {
                    let here = self.room.get(chat.id).is_some_and(|waiter| waiter.here);
                    room.seat(Waiter { here, ..waiter_of(chat) });
                }
                (ChatState::Closed, _) => {}
            }
        }
        self.room = room;
        self.is_loaded = true;
        self.publish();
        self.tell_places();
        for chat in self.room.line().map(|waiter| waiter.chat).collect::<Vec<_>>() {
            self.route(chat, Stage::Arrived, ctx);
        }
        // Whoever came while nobody listened says so again.
        for account in record.accounts {
            self.parts.tell_consultant(account.id, ComeAgain);
        }
    }

    /// Lets everybody read the state of this moment.
    fn publish(&self) {
        self.board.store(Arc::new(Board::of(&self.board.load(), &self.roster, &self.room, &self.hours)));
    }
}

/// A chat of the tables as the waiting room seats it.
fn waiter_of(chat: crate::ports::OpenChatRecord) -> Waiter {
    Waiter {
        chat: chat.id,
        visitor: chat.visitor,
        package: chat.package,
        since: chat.waiting_since,
        returned: chat.returned,
        preview: chat.preview,
        visit: Arc::new(chat.visit),
        here: false,
        offered: None,
    }
}

impl Actor for BusinessActor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        self.load(ctx);
    }

    fn stopped(&mut self, _: &mut Self::Context) {
        self.audience.values().for_each(|one| one.socket.close(CloseCode::Unavailable));
    }
}

impl Supervised for BusinessActor {
    fn restarting(&mut self, ctx: &mut Self::Context) {
        warn!(business = %self.id, "loading the business again");
        let (audience, calls) = (std::mem::take(&mut self.audience), std::mem::take(&mut self.calls));
        let (roster, room) = (std::mem::take(&mut self.roster), std::mem::take(&mut self.room));
        let fresh = Self::new(self.id, Arc::clone(&self.parts), Arc::clone(&self.board));
        *self = Self { roster, room, calls, audience, ..fresh };
        self.started(ctx);
    }
}
