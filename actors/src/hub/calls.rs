//! What one greeted socket may ask of calls.

use std::sync::Arc;

use actix::dev::ToEnvelope;
use actix::{Handler, Message};

use super::lines::{DeskLine, RETRY_MS, VisitorLine, refusal, settled};
use crate::call::{AcceptCall, CallActor, CallAsk, CallAsker, CallError, DeclineCall, TransferCall};
use crate::chat::{Asker, ChatError, Invite, NotNow};
use crate::handover::Handover;
use crate::ids::{AccountId, CallId, ChatId};
use crate::kit::ASK;
use crate::parts::Parts;
use crate::ports::{JournalError, Later, TokenHash};
use crate::protocol::{CallRequest, CallStarted, Cid, Code, Refusal};
use crate::socket::Socket;
use crate::visitor::StartCall;

/// What both sides ask of calls.
pub(super) struct CallLine {
    pub(super) parts: Arc<Parts>,
    pub(super) asker: CallAsker,
    pub(super) socket: Socket,
}

impl CallLine {
    fn ask<M>(&self, call: CallId, question: M) -> Later<Result<(), Refusal>>
    where
        M: Message<Result = Result<(), CallError>> + Send + 'static,
        CallActor: Handler<M>,
        actix::Context<CallActor>: ToEnvelope<CallActor, M>,
    {
        let asked = self.parts.calls.get(call).map(|actor| actor.send(question).timeout(ASK));
        Box::pin(async move {
            let answer = match asked {
                Some(asked) => asked.await.unwrap_or(Err(CallError::Unavailable)),
                None => Err(CallError::Unknown),
            };
            answer.map_err(|error| Refusal { call: Some(call), ..call_refusal(error) })
        })
    }

    fn request(&self, call: CallId, request: CallRequest) -> Later<Result<(), Refusal>> {
        self.ask(call, CallAsk { asker: self.asker, socket: self.socket.clone(), request })
    }
}

impl VisitorLine {
    /// Asks for a call; this socket gets its voice. The same `cid` again is the same call.
    pub fn start_call(&self, cid: Cid, to: Option<AccountId>) -> Later<Result<CallStarted, Refusal>> {
        let start = StartCall { socket: self.calls.socket.clone(), cid: cid.clone(), to };
        let asked = self.visitor.send(start).timeout(ASK);
        Box::pin(async move {
            let started = asked.await.unwrap_or(Err(CallError::Unavailable));
            match started {
                Ok(call) => Ok(CallStarted { cid, call }),
                Err(error) => Err(Refusal { cid: Some(cid), ..call_refusal(error) }),
            }
        })
    }

    /// Does something in a call.
    pub fn call(&self, call: CallId, request: CallRequest) -> Later<Result<(), Refusal>> {
        self.calls.request(call, request)
    }

    /// Says how a call was, 1–5 stars.
    pub fn rate_call(&self, call: CallId, stars: u8) -> Later<Result<(), Refusal>> {
        let books = &self.chats.parts.ports.books;
        let kept = books.rate_call(self.identity.business, self.identity.id, call, stars);
        Box::pin(async move {
            kept.await.map_err(|error| match error {
                JournalError::Unknown | JournalError::Stale => {
                    Refusal { call: Some(call), ..call_refusal(CallError::Unknown) }
                }
                JournalError::Unavailable => Refusal { call: Some(call), ..call_refusal(CallError::Unavailable) },
            })
        })
    }

    /// Does not want to talk now.
    pub fn not_now(&self, chat: ChatId) -> Later<Result<(), Refusal>> {
        let asked = self.chats.parts.chat(chat, self.chats.business);
        let asked = asked.map(|actor| actor.send(NotNow(self.identity.id)).timeout(ASK));
        Box::pin(async move {
            let declined = match asked {
                Ok(asked) => settled(asked.await),
                Err(error) => Err(error),
            };
            declined.map_err(|error| refusal(error, None, chat))
        })
    }

    /// Gives a code with which another page of this browser becomes this visitor.
    pub fn handover(&self, token: String, to: Option<AccountId>) -> Result<String, Refusal> {
        let parts = &self.chats.parts;
        let board = parts.business(self.identity.business).map(|business| business.board.load_full());
        let package = board.as_ref().and_then(|board| board.packages.get(&self.identity.package));
        let key = package.map(|package| package.key.clone()).ok_or_else(|| call_refusal(CallError::Unavailable))?;
        // Said once more and checked: a socket knows only its hash.
        if TokenHash::of(&key, &token) != self.identity.token {
            return Err(Refusal { field: Some("tok".to_owned()), ..coded(Code::Invalid) });
        }
        let given = parts.handovers.give(Handover { key, token, to }, parts.ports.clock.now());
        given.ok_or_else(|| call_refusal(CallError::Unavailable))
    }
}

impl DeskLine {
    /// Invites the visitor of a chat to a call.
    pub fn ask_call(&self, chat: ChatId) -> Later<Result<(), Refusal>> {
        let parts = &self.chats.parts;
        let board = parts.business(self.who.business).map(|business| business.board.load_full());
        let face = board.and_then(|board| board.faces.get(&self.who.account).cloned());
        let asker = Asker::Consultant { business: self.who.business, account: self.who.account };
        let asked = face.ok_or(ChatError::NotYours).and_then(|face| {
            let actor = parts.chat(chat, self.who.business)?;
            Ok(actor.send(Invite { asker, face }).timeout(ASK))
        });
        Box::pin(async move {
            let invited = match asked {
                Ok(asked) => settled(asked.await),
                Err(error) => Err(error),
            };
            invited.map_err(|error| refusal(error, None, chat))
        })
    }

    /// Answers a call that rings here.
    pub fn accept_call(&self, call: CallId) -> Later<Result<(), Refusal>> {
        self.calls.ask(call, AcceptCall(self.who.account))
    }

    /// Does not answer a call that rings here.
    pub fn decline_call(&self, call: CallId) -> Later<Result<(), Refusal>> {
        self.calls.ask(call, DeclineCall(self.who.account))
    }

    /// Hands a call over to a colleague, or takes that back.
    pub fn transfer_call(&self, call: CallId, to: Option<AccountId>) -> Later<Result<(), Refusal>> {
        self.calls.ask(call, TransferCall { from: self.who.account, to })
    }

    /// Does something in a call.
    pub fn call(&self, call: CallId, request: CallRequest) -> Later<Result<(), Refusal>> {
        self.calls.request(call, request)
    }
}

fn coded(code: Code) -> Refusal {
    Refusal { cid: None, chat: None, call: None, code, field: None, retry_ms: None }
}

fn call_refusal(error: CallError) -> Refusal {
    match error {
        CallError::Unknown => coded(Code::UnknownCall),
        CallError::Another => coded(Code::AnotherCall),
        CallError::NoVoice => coded(Code::NoVoice),
        CallError::Full => Refusal { retry_ms: Some(RETRY_MS), ..coded(Code::CallsFull) },
        CallError::BadDescription => Refusal { field: Some("sdp".to_owned()), ..coded(Code::Invalid) },
        CallError::Unavailable => Refusal { retry_ms: Some(RETRY_MS), ..coded(Code::Unavailable) },
    }
}
