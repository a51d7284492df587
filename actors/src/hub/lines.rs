//! Lines: what one greeted socket may ask. Each call enqueues at once, so calls keep their order.

use std::sync::Arc;

use actix::{Addr, Handler, MailboxError, Message};

use super::SignedIn;
use super::calls::CallLine;
use crate::business::{BusinessActor, Claim, Decline, Depart};
use crate::call::CallAsker;
use crate::chat::{Asker, ChatError, Close, Say, Seen, Typing};
use crate::consultant::{Choose, ConsultantActor, DeskGone, TellLists};
use crate::ids::{AccountId, BusinessId, ChatId};
use crate::kit::{ASK, tell};
use crate::parts::Parts;
use crate::ports::Later;
use crate::protocol::{Cid, Code, IdentityClaim, Refusal, Seq};
use crate::socket::{Acked, Socket, SocketId};
use crate::status::Status;
use crate::text::PlainText;
pub use crate::visitor::FilledForm;
use crate::visitor::{Identify, Identity, OpenChat, OpenError, TabGone, Unfilled, VisitorActor};

/// When to ask again what the hub could not keep, in milliseconds.
pub(super) const RETRY_MS: u32 = 500;

/// What both sides ask of chats.
pub(super) struct ChatLine {
    pub(super) parts: Arc<Parts>,
    pub(super) business: BusinessId,
    pub(super) asker: Asker,
    pub(super) socket: SocketId,
}

impl ChatLine {
    fn say(&self, chat: ChatId, cid: Cid, body: PlainText) -> Later<Result<Acked, Refusal>> {
        let say = Say { asker: self.asker, socket: self.socket, cid: cid.clone(), body };
        let asked = self.parts.chat(chat, self.business).map(|actor| actor.send(say).timeout(ASK));
        Box::pin(async move {
            let said = match asked {
                Ok(asked) => settled(asked.await),
                Err(error) => Err(error),
            };
            said.map_err(|error| refusal(error, Some(cid), chat))
        })
    }

    fn close(&self, chat: ChatId) -> Later<Result<(), Refusal>> {
        let asked = self.parts.chat(chat, self.business).map(|actor| actor.send(Close(self.asker)).timeout(ASK));
        Box::pin(async move {
            let closed = match asked {
                Ok(asked) => settled(asked.await),
                Err(error) => Err(error),
            };
            closed.map_err(|error| refusal(error, None, chat))
        })
    }

    fn typing(&self, chat: ChatId, writing: bool, draft: Option<PlainText>) {
        if let Some(actor) = self.parts.chats.get(chat) {
            tell(&actor, Typing { asker: self.asker, socket: self.socket, writing, draft });
        }
    }

    fn seen(&self, chat: ChatId, seq: Seq) {
        if let Some(actor) = self.parts.chats.get(chat) {
            tell(&actor, Seen { asker: self.asker, socket: self.socket, seq });
        }
    }
}

/// A greeted visitor's socket. Dropping it says that the socket is gone.
pub struct VisitorLine {
    pub(super) chats: ChatLine,
    pub(super) calls: CallLine,
    pub(super) identity: Identity,
    pub(super) visitor: Arc<Addr<VisitorActor>>,
}

impl VisitorLine {
    pub(super) fn new(parts: Arc<Parts>, identity: Identity, visitor: Arc<Addr<VisitorActor>>, socket: Socket) -> Self {
        let chats = ChatLine {
            parts: Arc::clone(&parts),
            business: identity.business,
            asker: Asker::Visitor(identity.id),
            socket: socket.id,
        };
        let calls = CallLine { parts, asker: CallAsker::Visitor(identity.id), socket };
        Self { chats, calls, identity, visitor }
    }

    /// Opens a chat with its first message.
    pub fn open(&self, cid: Cid, body: PlainText, form: FilledForm) -> Later<Result<Acked, Refusal>> {
        let open = OpenChat { socket: self.chats.socket, cid: cid.clone(), body, form };
        let asked = self.visitor.send(open).timeout(ASK);
        Box::pin(async move {
            asked.await.unwrap_or(Err(OpenError::Unavailable)).map_err(|error| {
                let (code, field, retry_ms) = match error {
                    OpenError::Form(Unfilled { code, field }) => (code, Some(field), None),
                    OpenError::TooMany => (Code::TooManyChats, None, None),
                    OpenError::Full => (Code::WaitingFull, None, None),
                    OpenError::Unavailable => (Code::Unavailable, None, Some(RETRY_MS)),
                };
                Refusal { cid: Some(cid), chat: None, call: None, code, field, retry_ms }
            })
        })
    }

    /// The page tells who the visitor is.
    pub fn identify(&self, claim: IdentityClaim) {
        tell(&self.visitor, Identify(claim));
    }

    /// Adds a message to a chat.
    pub fn say(&self, chat: ChatId, cid: Cid, body: PlainText) -> Later<Result<Acked, Refusal>> {
        self.chats.say(chat, cid, body)
    }

    /// The visitor writes; no draft means the field is empty.
    pub fn typing(&self, chat: ChatId, draft: Option<PlainText>) {
        self.chats.typing(chat, draft.is_some(), draft);
    }

    /// Everything up to `seq` was shown.
    pub fn seen(&self, chat: ChatId, seq: Seq) {
        self.chats.seen(chat, seq);
    }

    /// Closes a chat for good.
    pub fn close(&self, chat: ChatId) -> Later<Result<(), Refusal>> {
        self.chats.close(chat)
    }
}

impl Drop for VisitorLine {
    fn drop(&mut self) {
        tell(&self.visitor, TabGone(self.chats.socket));
        self.chats.parts.tell_business(self.chats.business, Depart(self.chats.socket));
    }
}

/// A greeted desk's socket. Dropping it says that the socket is gone.
pub struct DeskLine {
    pub(super) chats: ChatLine,
    pub(super) calls: CallLine,
    pub(super) who: SignedIn,
    consultant: Arc<Addr<ConsultantActor>>,
}

impl DeskLine {
    pub(super) fn new(
        parts: Arc<Parts>,
        who: SignedIn,
        consultant: Arc<Addr<ConsultantActor>>,
        socket: Socket,
    ) -> Self {
        let SignedIn { business, account } = who;
        let asker = Asker::Consultant { business, account };
        let chats = ChatLine { parts: Arc::clone(&parts), business, asker, socket: socket.id };
        let calls = CallLine { parts, asker: CallAsker::Consultant(account), socket };
        Self { chats, calls, who, consultant }
    }

    /// Claims a waiting visitor; all desks of the winner get a `chat` frame.
    pub fn claim(&self, chat: ChatId) -> Later<Result<(), Refusal>> {
        self.ask_business(chat, |account| Claim { chat, account })
    }

    /// Does not want a visitor who is offered here.
    pub fn decline(&self, chat: ChatId) -> Later<Result<(), Refusal>> {
        self.ask_business(chat, |account| Decline { chat, account })
    }

    fn ask_business<M>(&self, chat: ChatId, message: impl FnOnce(AccountId) -> M) -> Later<Result<(), Refusal>>
    where
        M: Message<Result = Result<(), ChatError>> + Send + 'static,
        BusinessActor: Handler<M>,
    {
        let business = self.chats.parts.business(self.who.business);
        let asked = business.map(|business| business.address.send(message(self.who.account)).timeout(ASK));
        Box::pin(async move {
            let done = match asked {
                Some(asked) => settled(asked.await),
                None => Err(ChatError::Unavailable),
            };
            done.map_err(|error| refusal(error, None, chat))
        })
    }

    /// Adds a message to a chat of this consultant.
    pub fn say(&self, chat: ChatId, cid: Cid, body: PlainText) -> Later<Result<Acked, Refusal>> {
        self.chats.say(chat, cid, body)
    }

    /// The consultant writes, or stopped.
    pub fn typing(&self, chat: ChatId, writing: bool) {
        self.chats.typing(chat, writing, None);
    }

    /// Everything up to `seq` was shown.
    pub fn seen(&self, chat: ChatId, seq: Seq) {
        self.chats.seen(chat, seq);
    }

    /// Closes a chat for good.
    pub fn close(&self, chat: ChatId) -> Later<Result<(), Refusal>> {
        self.chats.close(chat)
    }

    /// Sets the own status by hand.
    pub fn status(&self, status: Status) -> Later<Result<(), Refusal>> {
        let asked = self.consultant.send(Choose(status)).timeout(ASK);
        Box::pin(async move {
            settled(asked.await).map_err(|_away| Refusal {
                cid: None,
                chat: None,
                call: None,
                code: Code::Unavailable,
                field: Some("status".to_owned()),
                retry_ms: Some(RETRY_MS),
            })
        })
    }

    /// Asks for the full lists.
    pub fn lists(&self) {
        tell(&self.consultant, TellLists(Some(self.chats.socket)));
    }
}

impl Drop for DeskLine {
    fn drop(&mut self) {
        tell(&self.consultant, DeskGone(self.chats.socket));
    }
}

/// An actor that fell or did not answer in time: nothing is known, ask again.
pub(super) fn settled<T>(answer: Result<Result<T, ChatError>, MailboxError>) -> Result<T, ChatError> {
    answer.unwrap_or(Err(ChatError::Unavailable))
}

pub(super) fn refusal(error: ChatError, cid: Option<Cid>, chat: ChatId) -> Refusal {
    let (code, retry_ms) = match error {
        ChatError::Unknown => (Code::UnknownChat, None),
        ChatError::Closed => (Code::ChatClosed, None),
        ChatError::Taken => (Code::ChatTaken, None),
        ChatError::Offered => (Code::ChatOffered, None),
        ChatError::NotYours => (Code::NotYours, None),
        ChatError::Unavailable => (Code::Unavailable, Some(RETRY_MS)),
        ChatError::Quarantined => (Code::ChatUnavailable, None),
    };
    Refusal { cid, chat: Some(chat), call: None, code, field: None, retry_ms }
}
