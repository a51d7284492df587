//! The rules of one chat: numbering, who may write, waiting → open → closed.
//!
//! Nothing here waits or sends. A decision is an entry to be kept; only when it
//! is kept does `apply` make it part of the session.

use std::collections::{HashMap, VecDeque};

use thiserror::Error;

use crate::ids::{AccountId, BusinessId, CallId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::ports::{Change, ChatRecord, Entry, Visit};
use crate::protocol::{Author, CallReason, ChatState, Cid, Event, Face, Fact, Marks, Seq, Side};
use crate::text::PlainText;

/// Events kept in memory; a browser that missed no more resumes without the storage.
pub(crate) const NEWEST: usize = 64;

/// Missed events that are still read from the storage; more means starting over.
pub(crate) const RESUMABLE: u32 = 500;

/// Why a chat refuses.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum ChatError {
    #[error("no such chat")]
    Unknown,
    #[error("chat is closed")]
    Closed,
    #[error("chat is already taken")]
    Taken,
    #[error("chat is offered to somebody else first")]
    Offered,
    #[error("another consultant answers this chat")]
    NotYours,
    #[error("the storage is unavailable")]
    Unavailable,
    #[error("the chat fell too often")]
    Quarantined,
}

/// What to do with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Saying {
    Keep(Entry),
    /// It was kept before.
    Repeated {
        seq: Seq,
        at: Moment,
    },
}

/// What a browser that has everything up to some event needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missed {
    Events(Vec<Event>),
    /// More than the memory holds.
    InStorage,
    /// Too much, or another history: the newest events, to start over with.
    StartOver(Vec<Event>),
}

/// One chat in memory.
#[derive(Clone, Debug)]
pub(crate) struct ChatSession {
    pub(crate) id: ChatId,
    pub(crate) business: BusinessId,
    pub(crate) package: PackageId,
    pub(crate) visitor: VisitorId,
    pub(crate) consultant: Option<AccountId>,
    pub(crate) state: ChatState,
    pub(crate) opened_at: Moment,
    pub(crate) last_seq: Seq,
    pub(crate) last_at: Moment,
    pub(crate) seen: Marks,
    pub(crate) visit: Visit,
    pub(crate) previous_chats: u32,
    version: i32,
    newest: VecDeque<Event>,
    said: HashMap<Cid, (Seq, Moment)>,
}

impl ChatSession {
    /// A chat as it was kept.
    pub(crate) fn load(record: ChatRecord) -> Self {
        let mut session = Self {
            id: record.id,
            business: record.business,
            package: record.package,
            visitor: record.visitor,
            consultant: record.consultant,
            state: record.state,
            opened_at: record.opened_at,
            last_seq: record.last_seq,
            last_at: record.opened_at,
            seen: record.seen,
            visit: record.visit,
            previous_chats: record.previous_chats,
            version: record.version,
            newest: VecDeque::with_capacity(NEWEST),
            said: HashMap::new(),
        };
        for event in record.events {
            session.remember(event);
        }
        session
    }

    /// A person writes a message.
    pub(crate) fn say(&self, from: Author, cid: Cid, body: PlainText, now: Moment) -> Result<Saying, ChatError> {
        if let Some(&(seq, at)) = self.said.get(&cid) {
            return Ok(Saying::Repeated { seq, at });
        }
        self.check_may_act(from)?;
        Ok(Saying::Keep(self.entry(from, Fact::Said { cid, body }, now, None)))
    }

    /// A consultant accepts the chat; `None` when it is theirs already.
    pub(crate) fn accept(&self, consultant: Face, now: Moment) -> Result<Option<Entry>, ChatError> {
        match (self.state, self.consultant) {
            (ChatState::Waiting, _) => {
                let from = Author::Consultant { account: consultant.id };
                let change = self.change(ChatState::Open, Some(consultant.id));
                Ok(Some(self.entry(from, Fact::Joined { consultant }, now, Some(change))))
            }
            (ChatState::Open, Some(account)) if account == consultant.id => Ok(None),
            (ChatState::Open, _) => Err(ChatError::Taken),
            (ChatState::Closed, _) => Err(ChatError::Closed),
        }
    }

    /// The consultant is gone: the visitor waits again. `None` when somebody else answers by now.
    pub(crate) fn give_back(&self, account: AccountId, now: Moment) -> Option<Entry> {
        let is_theirs = self.state == ChatState::Open && self.consultant == Some(account);
        let change = self.change(ChatState::Waiting, None);
        is_theirs.then(|| self.entry(Author::Hub, Fact::Returned, now, Some(change)))
    }

    /// Closes the chat; `None` when it is closed already.
    pub(crate) fn close(&self, from: Author, now: Moment) -> Result<Option<Entry>, ChatError> {
        if self.state == ChatState::Closed {
            return Ok(None);
        }
        self.check_may_act(from)?;
        let change = self.change(ChatState::Closed, self.consultant);
        Ok(Some(self.entry(from, Fact::Closed, now, Some(change))))
    }

    /// A consultant asks for a call; `None` when the newest word is this very invitation.
    pub(crate) fn invite(&self, consultant: Face, now: Moment) -> Result<Option<Entry>, ChatError> {
        let from = Author::Consultant { account: consultant.id };
        self.check_may_act(from)?;
        let fact = Fact::Invited { consultant };
        let is_repeated = self.newest.back().is_some_and(|event| event.from == from && event.fact == fact);
        Ok((!is_repeated).then(|| self.entry(from, fact, now, None)))
    }

    /// The visitor does not want to talk now; `None` when nothing is open to be answered.
    pub(crate) fn not_now(&self, now: Moment) -> Result<Option<Entry>, ChatError> {
        self.check_may_act(Author::Visitor)?;
        let about_calls = self
            .newest
            .iter()
            .rev()
            .find(|event| matches!(event.fact, Fact::Invited { .. } | Fact::InviteDeclined | Fact::Called { .. }));
        let is_open = about_calls.is_some_and(|event| matches!(event.fact, Fact::Invited { .. }));
        Ok(is_open.then(|| self.entry(Author::Visitor, Fact::InviteDeclined, now, None)))
    }

    /// A call beside the chat is over; `None` when the chat is closed already.
    pub(crate) fn called(&self, call: CallId, reason: CallReason, seconds: u32, now: Moment) -> Option<Entry> {
        let fact = Fact::Called { call, reason, seconds };
        (self.state != ChatState::Closed).then(|| self.entry(Author::Hub, fact, now, None))
    }

    /// The hub tells the visitor something; `None` when that is its newest word already.
    pub(crate) fn notice(&self, body: PlainText, now: Moment) -> Option<Entry> {
        let said_by_hub = |event: &&Event| event.from == Author::Hub && matches!(event.fact, Fact::Said { .. });
        let last = self.newest.iter().rev().find(said_by_hub).map(|event| &event.fact);
        let is_repeated = matches!(last, Some(Fact::Said { body: before, .. }) if *before == body);
        let cid = Cid::new(&format!("hub-{}", self.last_seq.next().number()))?;
        let may_be_said = self.state != ChatState::Closed && !is_repeated;
        may_be_said.then(|| self.entry(Author::Hub, Fact::Said { cid, body }, now, None))
    }

    /// Everything up to `seq` was read; tells whether that is news.
    pub(crate) fn see(&mut self, side: Side, seq: Seq) -> bool {
        let mark = match side {
            Side::Visitor => &mut self.seen.visitor,
            Side::Consultant => &mut self.seen.consultant,
        };
        let is_news = seq > *mark && seq <= self.last_seq;
        if is_news {
            *mark = seq;
        }
        is_news
    }

    /// Makes a kept entry part of the session.
    pub(crate) fn apply(&mut self, entry: &Entry) {
        if let Some(change) = entry.change {
            self.state = change.state;
            self.consultant = change.consultant;
            self.version = change.version.saturating_add(1);
        }
        self.last_seq = entry.event.seq;
        self.remember(entry.event.clone());
    }

    /// What a browser needs that has everything up to `have`; nothing when it is new.
    pub(crate) fn missed(&self, have: Option<Seq>) -> Missed {
        let Some(have) = have.filter(|have| *have <= self.last_seq) else {
            return Missed::StartOver(self.newest.iter().cloned().collect());
        };
        let count = self.last_seq.number() - have.number();
        if usize::try_from(count).is_ok_and(|count| count <= self.newest.len()) {
            return Missed::Events(self.newest.iter().filter(|event| event.seq > have).cloned().collect());
        }
        if count <= RESUMABLE { Missed::InStorage } else { self.missed(None) }
    }

    /// The last message of a person, as lists show it.
    pub(crate) fn last_message(&self) -> Option<&PlainText> {
        self.newest.iter().rev().find_map(|event| match &event.fact {
            Fact::Said { body, .. } if event.from != Author::Hub => Some(body),
            _ => None,
        })
    }

    /// When the visitor began to wait, and whether a consultant answered before.
    pub(crate) fn wait(&self) -> (Moment, bool) {
        let returned = self.newest.iter().rev().find(|event| event.fact == Fact::Returned);
        returned.map_or((self.opened_at, false), |event| (event.at, true))
    }

    fn check_may_act(&self, from: Author) -> Result<(), ChatError> {
        match (self.state, from) {
            (ChatState::Closed, _) => Err(ChatError::Closed),
            (_, Author::Visitor | Author::Hub) => Ok(()),
            (_, Author::Consultant { account }) if self.consultant == Some(account) => Ok(()),
            (_, Author::Consultant { .. }) => Err(ChatError::NotYours),
        }
    }

    fn change(&self, state: ChatState, consultant: Option<AccountId>) -> Change {
        Change { version: self.version, state, consultant }
    }

    /// Time never runs backwards inside a chat, even when the clock of the machine does.
    fn entry(&self, from: Author, fact: Fact, now: Moment, change: Option<Change>) -> Entry {
        let event = Event { chat: self.id, seq: self.last_seq.next(), at: now.max(self.last_at), from, fact };
        Entry { business: self.business, event, change }
    }

    fn remember(&mut self, event: Event) {
        if let Fact::Said { cid, .. } = &event.fact {
            self.said.insert(cid.clone(), (event.seq, event.at));
        }
        self.last_at = self.last_at.max(event.at);
        self.newest.push_back(event);
        if self.newest.len() > NEWEST
            && let Some(Event { fact: Fact::Said { cid, .. }, .. }) = self.newest.pop_front()
        {
            self.said.remove(&cid);
        }
    }
}
