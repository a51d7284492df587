//! What frames ask of the actors: messages, requests, and what nobody waits for.
//!
//! Text is cleaned and checked here, so that actors see `PlainText` only.

use std::time::{Duration, Instant};

use actix::fut::ActorFutureExt as _;
use actix::{AsyncContext as _, WrapFuture as _};
use actix_web_actors::ws::WebsocketContext;
use actors::ids::{CallId, ChatId};
use actors::ports::Later;
use actors::protocol::{Cid, Code, Refusal, ToVisitor};
use actors::socket::Acked;
use actors::text::{BODY_CHARS, PlainText, TextError};

use super::connection::Connection;
use super::frames::encode;
use super::meters::limit_hit;
use super::party::Party;

/// A message as a browser sent it.
pub(super) struct Draft {
    /// Nothing when the message opens a chat.
    pub chat: Option<ChatId>,
    pub cid: String,
    pub body: String,
}

/// What a request speaks of; its refusal names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    Nothing,
    Chat(ChatId),
    Call(CallId),
    /// Something that has only the browser's name so far.
    New(Cid),
}

impl About {
    fn named_in(self, refused: Refusal) -> Refusal {
        match self {
            Self::Nothing => refused,
            Self::Chat(chat) => Refusal { chat: Some(chat), ..refused },
            Self::Call(call) => Refusal { call: Some(call), ..refused },
            Self::New(cid) => Refusal { cid: Some(cid), ..refused },
        }
    }
}

/// A message that may be sent.
struct Checked {
    cid: Cid,
    body: PlainText,
}

impl Draft {
    fn check(&self) -> Result<Checked, Refusal> {
        let wrong = |code, field: &str| Refusal { field: Some(field.to_owned()), ..refusal(code) };
        let cid = named(&self.cid)?;
        match PlainText::lines(&self.body, BODY_CHARS) {
            Ok(body) => Ok(Checked { cid, body }),
            Err(error) => {
                let code = match error {
                    TextError::Empty => Code::Empty,
                    TextError::TooLong => Code::TooLong,
                };
                Err(Refusal { cid: Some(cid), ..wrong(code, "body") })
            }
        }
    }
}

/// The name a browser chose for a request.
pub(super) fn named(cid: &str) -> Result<Cid, Refusal> {
    Cid::new(cid).ok_or_else(|| Refusal { field: Some("cid".to_owned()), ..refusal(Code::Invalid) })
}

/// A refusal that says nothing but why.
pub(super) fn refusal(code: Code) -> Refusal {
    Refusal { cid: None, chat: None, call: None, code, field: None, retry_ms: None }
}

/// A wait as browsers are told it: never less than it is.
pub(super) fn millis(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis()).unwrap_or(u32::MAX).saturating_add(1)
}

type Wire<P> = WebsocketContext<Connection<P>>;

impl<P: Party> Connection<P> {
    /// Sends a message on; its author gets `ack` or `err`.
    pub(super) fn message(
        &mut self,
        draft: Draft,
        ctx: &mut Wire<P>,
        send: impl FnOnce(&P::Line, Cid, PlainText) -> Result<Later<Result<Acked, Refusal>>, Refusal>,
    ) {
        let sent = draft.check().and_then(|Checked { cid, body }| {
            self.may_ask().map_err(|full| Refusal { cid: Some(cid.clone()), ..full })?;
            self.line().map(|line| send(line, cid, body)).transpose()
        });
        match sent {
            Ok(Some(later)) => {
                let asked = Instant::now();
                self.wait_for(later, ctx, move |acked, this, ctx| {
                    this.edge.meters.ack.record(asked.elapsed());
                    if !acked.is_told {
                        this.send(encode(&ToVisitor::Ack(acked.ack)), ctx);
                    }
                });
            }
            Ok(None) => {}
            Err(refused) => self.refuse(Refusal { chat: draft.chat.or(refused.chat), ..refused }, ctx),
        }
    }

    /// Asks for something that is seen by its effect; only a refusal is answered.
    pub(super) fn request(
        &mut self,
        about: About,
        ctx: &mut Wire<P>,
        ask: impl FnOnce(&P::Line) -> Later<Result<(), Refusal>>,
    ) {
        self.ask(about, ctx, |line| Ok(ask(line)), |(), _, _| {});
    }

    /// Asks for something that has an answer.
    pub(super) fn ask<T: 'static>(
        &mut self,
        about: About,
        ctx: &mut Wire<P>,
        ask: impl FnOnce(&P::Line) -> Result<Later<Result<T, Refusal>>, Refusal>,
        done: impl FnOnce(T, &mut Self, &mut Wire<P>) + 'static,
    ) {
        let asked = self.may_ask().map_err(|full| about.named_in(full));
        match asked.and_then(|()| self.line().map(ask).transpose()) {
            Ok(Some(later)) => self.wait_for(later, ctx, done),
            Ok(None) => {}
            Err(refused) => self.refuse(refused, ctx),
        }
    }

    /// Passes typing on, as often as it makes sense.
    pub(super) fn typing(&mut self, writes: bool, tell: impl FnOnce(&P::Line)) {
        if self.pace.may_type(writes, Instant::now()) {
            self.tell(tell);
        }
    }

    /// Tells something nobody waits for.
    pub(super) fn tell(&self, tell: impl FnOnce(&P::Line)) {
        if let Some(line) = self.line() {
            tell(line);
        }
    }

    /// Answers with `err`.
    pub(super) fn refuse(&mut self, refused: Refusal, ctx: &mut Wire<P>) {
        self.send(encode(&ToVisitor::Err(refused)), ctx);
    }

    fn may_ask(&self) -> Result<(), Refusal> {
        if self.unacked < self.edge.settings.unacked {
            return Ok(());
        }
        limit_hit("unacked");
        Err(refusal(Code::Unacked))
    }

    fn wait_for<T: 'static>(
        &mut self,
        later: Later<Result<T, Refusal>>,
        ctx: &mut Wire<P>,
        done: impl FnOnce(T, &mut Self, &mut Wire<P>) + 'static,
    ) {
        self.unacked += 1;
        ctx.spawn(later.into_actor(self).map(move |answer, this, ctx| {
            this.unacked = this.unacked.saturating_sub(1);
            match answer {
                Ok(answer) => done(answer, this, ctx),
                Err(refused) => this.refuse(refused, ctx),
            }
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cid: &str, body: &str) -> Result<String, (Code, Option<String>, bool)> {
        let draft = Draft { chat: None, cid: cid.to_owned(), body: body.to_owned() };
        draft
            .check()
            .map(|checked| checked.body.to_string())
            .map_err(|refused| (refused.code, refused.field, refused.cid.is_some()))
    }

    #[test]
    fn a_message_is_cleaned() {
        assert_eq!(check("c1", " Hello\r\n\u{202E}there "), Ok("Hello\nthere".into()));
    }

    #[test]
    fn a_refusal_names_the_field_and_the_request() {
        assert_eq!(check("", "Hello"), Err((Code::Invalid, Some("cid".into()), false)));
        assert_eq!(check(&"c".repeat(65), "Hello"), Err((Code::Invalid, Some("cid".into()), false)));
        assert_eq!(check("c1", " \u{202E}"), Err((Code::Empty, Some("body".into()), true)));
        assert_eq!(check("c1", &"ż".repeat(4_001)), Err((Code::TooLong, Some("body".into()), true)));
        assert!(check("c1", &"ż".repeat(4_000)).is_ok());
    }

    #[test]
    fn a_wait_is_never_told_shorter_than_it_is() {
        assert_eq!(millis(Duration::from_micros(1_500)), 2);
        assert_eq!(millis(Duration::MAX), u32::MAX);
    }
}
