//! What a browser sends: WebSocket messages, put together, paced, and read.

use actix::{ActorContext as _, StreamHandler};
use actix_http::ws::{CloseCode as Number, CloseReason, Item, Message, ProtocolError};
use actix_web_actors::ws::WebsocketContext;
use actors::protocol::{Cid, CloseCode, Code, Refusal};
use bytes::BytesMut;
use bytestring::ByteString;
use serde_json::Value;
use std::io::ErrorKind;
use std::time::Instant;

use super::connection::{Connection, Phase};
use super::frames::{MESSAGE_BYTES, Unreadable, read, read_value, split};
use super::limits::{RATE_RETRY, Rate, Toll, TooFast};
use super::meters::limit_hit;
use super::party::{Party, check_version};
use super::requests::{millis, refusal};
use super::wire::Fault;

/// A message that arrives in pieces.
pub(super) type Pieces = BytesMut;

type Wire<P> = WebsocketContext<Connection<P>>;

impl<P: Party> StreamHandler<Result<Message, ProtocolError>> for Connection<P> {
    fn handle(&mut self, message: Result<Message, ProtocolError>, ctx: &mut Wire<P>) {
        let message = match message {
            Ok(message) => message,
            Err(error) => return self.fail(&error, ctx),
        };
        if matches!(self.phase, Phase::Leaving) {
            if matches!(message, Message::Close(_)) {
                ctx.stop();
            }
            return;
        }
        self.heard = Instant::now();
        self.pings = 0;
        match message {
            Message::Text(text) => self.hear_text(&text, ctx),
            Message::Continuation(item) => self.hear_piece(item, ctx),
            Message::Ping(payload) => {
                if self.passes(Toll::Light, None, ctx) {
                    ctx.pong(&payload);
                }
            }
            Message::Pong(_) => {
                self.passes(Toll::Light, None, ctx);
            }
            Message::Binary(_) => self.leave((Number::Unsupported, "text only").into(), ctx),
            Message::Close(reason) => {
                // Answered with the browser's own code (RFC 6455 §5.5.1).
                ctx.close(reason);
                self.phase = Phase::Leaving;
                ctx.stop();
            }
            Message::Nop => {}
        }
    }
}

impl<P: Party> Connection<P> {
    /// Ends a socket whose bytes cannot be understood.
    fn fail(&mut self, error: &ProtocolError, ctx: &mut Wire<P>) {
        let reason: CloseReason = match (self.wire.take_fault(), error) {
            (Some(Fault::Gone), _) => return ctx.stop(),
            (Some(Fault::TooBig), _) => (Number::Size, "frame too big").into(),
            // The one error of this kind that the reader above makes.
            (None, ProtocolError::Io(io)) if io.kind() == ErrorKind::Other => (Number::Invalid, "not UTF-8").into(),
            (None, _) => (Number::Protocol, "protocol error").into(),
        };
        self.leave(reason, ctx);
        // Nothing that follows could be understood either.
        ctx.stop();
    }

    fn hear_piece(&mut self, item: Item, ctx: &mut Wire<P>) {
        if !self.passes(Toll::Light, None, ctx) {
            return;
        }
        let (piece, is_last) = match item {
            Item::FirstBinary(_) => return self.leave((Number::Unsupported, "text only").into(), ctx),
            Item::FirstText(piece) | Item::Continue(piece) => (piece, false),
            Item::Last(piece) => (piece, true),
        };
        let pieces = self.pieces.get_or_insert_default();
        if pieces.len() + piece.len() > MESSAGE_BYTES {
            return self.leave((Number::Size, "message too big").into(), ctx);
        }
        pieces.extend_from_slice(&piece);
        if is_last {
            let whole = self.pieces.take().unwrap_or_default();
            match ByteString::try_from(whole.freeze()) {
                Ok(text) => self.hear_text(&text, ctx),
                Err(_) => self.leave((Number::Invalid, "not UTF-8").into(), ctx),
            }
        }
    }

    fn hear_text(&mut self, text: &str, ctx: &mut Wire<P>) {
        match split(text) {
            Some(frames) if frames.is_empty() => self.hear(Err(Unreadable::default()), ctx),
            Some(frames) => self.hear_all(frames, ctx),
            None => self.hear(read(text), ctx),
        }
    }

    /// Hears the frames of an array, as far as the socket may.
    pub(super) fn hear_all(&mut self, frames: Vec<Value>, ctx: &mut Wire<P>) {
        let mut frames = frames.into_iter();
        while let Some(frame) = frames.next() {
            self.hear(read_value(frame), ctx);
            match &mut self.phase {
                Phase::Greeting(held) => {
                    held.heard = frames.collect();
                    return;
                }
                Phase::Leaving => return,
                Phase::Arrived(_) | Phase::Talking(_) => {}
            }
        }
    }

    fn hear(&mut self, frame: Result<P::Frame, Unreadable>, ctx: &mut Wire<P>) {
        self.edge.meters.frames_in.increment(1);
        match (&self.phase, frame) {
            (Phase::Arrived(_), Ok(hello)) => self.greet(hello, ctx),
            (Phase::Arrived(_), Err(unreadable)) => {
                let known = unreadable.version.map_or(Ok(()), check_version);
                self.close(known.err().unwrap_or(CloseCode::Protocol), ctx);
            }
            (Phase::Talking(_), Ok(frame)) => self.hear_request(frame, ctx),
            (Phase::Talking(_), Err(unreadable)) => self.hear_nonsense(unreadable.cid, ctx),
            (Phase::Greeting(_) | Phase::Leaving, _) => {}
        }
    }

    fn hear_request(&mut self, frame: P::Frame, ctx: &mut Wire<P>) {
        let cid = P::cid(&frame).and_then(Cid::new);
        let Some(toll) = P::toll(&frame) else { return self.hear_nonsense(cid, ctx) };
        if self.passes(toll, cid, ctx) {
            self.pace.was_readable();
            P::hear(frame, self, ctx);
        }
    }

    fn hear_nonsense(&mut self, cid: Option<Cid>, ctx: &mut Wire<P>) {
        if !self.passes(Toll::Message, cid.clone(), ctx) {
            return;
        }
        self.refuse(Refusal { cid, ..refusal(Code::BadFrame) }, ctx);
        if self.pace.is_unreadable_again() {
            limit_hit("bad_frames");
            self.close(CloseCode::Protocol, ctx);
        }
    }

    /// Takes the toll; answers `err rate` to what costs too much, and closes a browser that does not listen.
    fn passes(&mut self, toll: Toll, cid: Option<Cid>, ctx: &mut Wire<P>) -> bool {
        let settings = &self.edge.settings;
        let rate = Rate::new(settings.messages_per_second, settings.burst);
        let Err(too_fast) = self.pace.pass(toll, rate, Instant::now()) else { return true };
        limit_hit("messages");
        match too_fast {
            TooFast::Wait(wait) if toll == Toll::Message => {
                self.refuse(Refusal { cid, retry_ms: Some(millis(wait)), ..refusal(Code::Rate) }, ctx);
            }
            TooFast::Wait(_) => {}
            TooFast::Enough => {
                let retry_ms = millis(RATE_RETRY);
                self.refuse(Refusal { cid, retry_ms: Some(retry_ms), ..refusal(Code::Rate) }, ctx);
                let number = Number::from(CloseCode::Rate.number());
                let reason = format!("{} retry_ms={retry_ms}", CloseCode::Rate.reason());
                self.leave((number, reason).into(), ctx);
            }
        }
        false
    }
}
