//! A chat as a socket sees it that just joined.

use super::Place;
use super::session::{ChatSession, Missed};
use crate::business::Board;
use crate::ids::{AccountId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::ports::Visit;
use crate::protocol::{ChatState, ChatView, Event, Marks, Seq, VisitorDetails};

/// A chat as a socket sees it that just joined.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) id: ChatId,
    pub(crate) package: PackageId,
    pub(crate) visitor: VisitorId,
    pub(crate) consultant: Option<AccountId>,
    pub(crate) state: ChatState,
    pub(crate) opened_at: Moment,
    pub(crate) seq: Seq,
    pub(crate) seen: Marks,
    pub(crate) visit: Visit,
    pub(crate) previous_chats: u32,
    pub(crate) events: Vec<Event>,
    pub(crate) reset: bool,
    pub(crate) here: bool,
    pub(crate) place: Option<Place>,
}

impl Snapshot {
    pub(super) fn of(session: &ChatSession, events: Vec<Event>, reset: bool) -> Self {
        Self {
            id: session.id,
            package: session.package,
            visitor: session.visitor,
            consultant: session.consultant,
            state: session.state,
            opened_at: session.opened_at,
            seq: session.last_seq,
            seen: session.seen,
            visit: session.visit.clone(),
            previous_chats: session.previous_chats,
            events,
            reset,
            here: false,
            place: None,
        }
    }

    /// The chat as a desk shows it.
    pub(crate) fn on_desk(self, board: &Board) -> ChatView {
        let visit = self.visit;
        ChatView {
            id: self.id,
            seq: self.seq,
            state: self.state,
            opened_at: self.opened_at,
            faces: board.faces_in(&self.events, self.consultant),
            seen: self.seen,
            events: self.events,
            reset: self.reset,
            visitor: VisitorDetails {
                id: self.visitor,
                ip: visit.ip,
                system: visit.system,
                browser: visit.browser,
                page_url: visit.page_url,
                page_title: visit.page_title,
                referrer: visit.referrer,
                language: visit.language,
                zone: visit.zone,
                identity: visit.identity,
                answers: visit.answers,
                package: board.package_name(self.package),
                previous_chats: self.previous_chats,
            },
            here: self.here,
        }
    }

    /// A chat without an actor: its newest events, and nothing that lives.
    pub(crate) fn frozen(session: &ChatSession) -> Self {
        match session.missed(None) {
            Missed::Events(events) | Missed::StartOver(events) => Self::of(session, events, true),
            Missed::InStorage => Self::of(session, Vec::new(), true),
        }
    }
}
