//! The sockets that see a chat, and how far each of them got.

use actix::prelude::Message;
use bytestring::ByteString;

use crate::protocol::{Ack, Event, Seq, Side, ToConsultant, ToVisitor};
use crate::socket::{Acked, Socket, SocketId};

/// One socket in a chat.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) socket: Socket,
    pub(crate) side: Side,
    /// The last event it was sent.
    pub(crate) sent: Seq,
}

/// Everybody who sees the chat right now.
#[derive(Default)]
pub(crate) struct Members(Vec<Member>);

/// A socket left a chat.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct Leave(pub(crate) SocketId);

impl Members {
    /// Adds a socket, or starts it over when it is there already.
    pub(crate) fn join(&mut self, member: Member) {
        self.leave(member.socket.id);
        self.0.push(member);
    }

    pub(crate) fn leave(&mut self, socket: SocketId) {
        self.0.retain(|member| member.socket.id != socket);
    }

    /// Removes everybody of a side.
    pub(crate) fn leave_all(&mut self, side: Side) {
        self.0.retain(|member| member.side != side);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn has_side(&self, side: Side) -> bool {
        self.0.iter().any(|member| member.side == side)
    }

    /// Sends each member the events it has not got; `author` has it by its acknowledgement.
    ///
    /// A socket that missed more than `events` holds is told to resume.
    pub(crate) fn catch_up(&mut self, events: &[Event], author: Option<SocketId>) {
        let frames: Vec<(Seq, ByteString)> = events.iter().map(|event| (event.seq, encode(event))).collect();
        self.0.retain_mut(|member| {
            for (seq, frame) in &frames {
                if *seq <= member.sent {
                    continue;
                }
                if *seq != member.sent.next() {
                    member.socket.close(crate::protocol::CloseCode::Slow);
                    return false;
                }
                if Some(member.socket.id) != author && !member.socket.send(frame.clone()) {
                    return false;
                }
                member.sent = *seq;
            }
            true
        });
    }

    /// Acknowledges a message to its author, on the same way as the events, so that none overtakes it.
    pub(crate) fn acknowledge(&self, author: SocketId, ack: Ack) -> Acked {
        let member = self.0.iter().find(|member| member.socket.id == author);
        let is_told = member.is_some_and(|member| member.socket.send(to_json(&ToVisitor::Ack(ack.clone()))));
        Acked { ack, is_told }
    }

    /// Sends a passing frame to every visitor's socket but one.
    pub(crate) fn pass_to_visitor(&self, frame: &ToVisitor, except: Option<SocketId>) {
        self.pass(Side::Visitor, except, || to_json(frame));
    }

    /// Sends a passing frame to every desk but one.
    pub(crate) fn pass_to_consultant(&self, frame: &ToConsultant, except: Option<SocketId>) {
        self.pass(Side::Consultant, except, || to_json(frame));
    }

    fn pass(&self, side: Side, except: Option<SocketId>, encode: impl Fn() -> ByteString) {
        let mut members =
            self.0.iter().filter(|member| member.side == side && Some(member.socket.id) != except).peekable();
        if members.peek().is_none() {
            return;
        }
        let frame = encode();
        for member in members {
            member.socket.send_passing(frame.clone());
        }
    }
}

/// Encodes an event; both sides read the same bytes.
fn encode(event: &Event) -> ByteString {
    to_json(&ToVisitor::Ev(event.clone()))
}

/// Encodes a frame.
///
/// The frames are plain structs with string keys, for which encoding cannot
/// fail; an empty frame would be ignored by every browser.
pub(crate) fn to_json(frame: &impl serde::Serialize) -> ByteString {
    serde_json::to_string(frame).map(ByteString::from).unwrap_or_default()
}
