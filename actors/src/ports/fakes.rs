//! The ports in memory, for tests: a journal, the tables, a clock turned by hand.

mod clock;
mod media;
mod rules;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dashmap::DashMap;

pub use clock::HandClock;
pub use media::FakeMedia;
pub use rules::FakeRules;

use super::{
    Answer, Books, BusinessRecord, ChatRecord, EndedCall, Entry, Journal, JournalError, Kept, NewCall, NewChat,
    OpenChatRecord, Opened, PublicKey, TokenHash, VisitorRecord,
};
use crate::ids::{AccountId, BusinessId, CallId, ChatId, VisitorId};
use crate::protocol::{Author, ChatState, Epoch, Event, Fact, Seq, Side};
use crate::status::Status;

struct KeptVisitor {
    id: VisitorId,
    business: BusinessId,
}

/// A journal and tables in memory; `break_down` makes every write fail.
#[derive(Default)]
pub struct MemoryStore {
    business: DashMap<BusinessId, BusinessRecord>,
    chats: DashMap<ChatId, ChatRecord>,
    visitors: DashMap<TokenHash, KeptVisitor>,
    opened: DashMap<(VisitorId, String), Opened>,
    /// How calls ended, once they did.
    calls: DashMap<CallId, Option<EndedCall>>,
    ratings: DashMap<CallId, u8>,
    is_down: AtomicBool,
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").field("chats", &self.chats.len()).finish_non_exhaustive()
    }
}

impl MemoryStore {
    /// Tables with one business.
    pub fn with(business: BusinessRecord) -> Arc<Self> {
        let store = Self::default();
        store.business.insert(business.id, business);
        Arc::new(store)
    }

    /// Changes the tables of a business past its actor.
    pub fn change(&self, business: BusinessId, change: impl FnOnce(&mut BusinessRecord)) {
        if let Some(mut record) = self.business.get_mut(&business) {
            change(&mut record);
        }
    }

    /// From now on nothing is kept, or everything again.
    pub fn break_down(&self, is_down: bool) {
        self.is_down.store(is_down, Ordering::Relaxed);
    }

    /// The events of a chat, as kept.
    pub fn events(&self, chat: ChatId) -> Vec<Event> {
        self.chats.get(&chat).map(|kept| kept.events.clone()).unwrap_or_default()
    }

    /// How a call ended, as kept.
    pub fn ended_call(&self, call: CallId) -> Option<EndedCall> {
        self.calls.get(&call).and_then(|kept| kept.clone())
    }

    /// How the visitor found a call.
    pub fn rating(&self, call: CallId) -> Option<u8> {
        self.ratings.get(&call).map(|stars| *stars)
    }

    fn later<T: Send + 'static>(&self, answer: Result<T, JournalError>) -> Answer<T> {
        let is_down = self.is_down.load(Ordering::Relaxed);
        Box::pin(std::future::ready(if is_down { Err(JournalError::Unavailable) } else { answer }))
    }

    fn keep(&self, entry: Entry) -> Result<Kept, JournalError> {
        let mut chat = self.chats.get_mut(&entry.event.chat).ok_or(JournalError::Unknown)?;
        if let Fact::Said { cid, .. } = &entry.event.fact {
            let before =
                chat.events.iter().find(|event| matches!(&event.fact, Fact::Said { cid: kept, .. } if kept == cid));
            if let Some(before) = before {
                return Ok(Kept::Before { seq: before.seq, at: before.at });
            }
        }
        if entry.event.seq != chat.last_seq.next() || entry.change.is_some_and(|change| change.version != chat.version)
        {
            return Err(JournalError::Stale);
        }
        if let Some(change) = entry.change {
            chat.state = change.state;
            chat.consultant = change.consultant;
            chat.version += 1;
        }
        chat.last_seq = entry.event.seq;
        chat.events.push(entry.event);
        Ok(Kept::Now)
    }
}

impl Journal for MemoryStore {
    fn epoch(&self) -> Epoch {
        Epoch("memory".to_owned())
    }

    fn open(&self, chat: NewChat) -> Answer<Opened> {
        if self.is_down.load(Ordering::Relaxed) {
            return self.later(Err(JournalError::Unavailable));
        }
        let key = (chat.visitor, chat.cid.as_str().to_owned());
        if let Some(before) = self.opened.get(&key) {
            return self.later(Ok(Opened { repeated: true, ..*before }));
        }
        let opened = Opened { chat: chat.id, at: chat.at, repeated: false };
        self.opened.insert(key, opened);
        self.visitors.insert(chat.token, KeptVisitor { id: chat.visitor, business: chat.business });
        let first = Event {
            chat: chat.id,
            seq: Seq::ZERO.next(),
            at: chat.at,
            from: Author::Visitor,
            fact: Fact::Said { cid: chat.cid, body: chat.body },
        };
        let record = ChatRecord {
            id: chat.id,
            business: chat.business,
            package: chat.package,
            visitor: chat.visitor,
            consultant: None,
            state: ChatState::Waiting,
            version: 0,
            opened_at: chat.at,
            last_seq: first.seq,
            seen: crate::protocol::Marks::default(),
            visit: chat.visit,
            previous_chats: 0,
            events: vec![first],
        };
        self.chats.insert(chat.id, record);
        self.later(Ok(opened))
    }

    fn append(&self, entry: Entry) -> Answer<Kept> {
        if self.is_down.load(Ordering::Relaxed) {
            return self.later(Err(JournalError::Unavailable));
        }
        let kept = self.keep(entry);
        self.later(kept)
    }

    fn flush(&self) -> Answer<()> {
        self.later(Ok(()))
    }

    fn load(&self, chat: ChatId, newest: u32) -> Answer<ChatRecord> {
        let record = self.chats.get(&chat).map(|kept| {
            let mut record = kept.clone();
            let skipped = record.events.len().saturating_sub(usize::try_from(newest).unwrap_or(usize::MAX));
            record.events.drain(..skipped);
            record
        });
        self.later(record.ok_or(JournalError::Unknown))
    }

    fn events_after(&self, chat: ChatId, seq: Seq, limit: u32) -> Answer<Vec<Event>> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.later(Ok(self.events(chat).into_iter().filter(|event| event.seq > seq).take(limit).collect()))
    }

    fn mark_seen(&self, chat: ChatId, side: Side, seq: Seq) -> Answer<()> {
        if let Some(mut chat) = self.chats.get_mut(&chat) {
            match side {
                Side::Visitor => chat.seen.visitor = seq,
                Side::Consultant => chat.seen.consultant = seq,
            }
        }
        self.later(Ok(()))
    }
}

impl Books for MemoryStore {
    fn business_of(&self, key: PublicKey) -> Answer<Option<BusinessId>> {
        let found = self
            .business
            .iter()
            .find(|entry| entry.packages.iter().any(|package| package.key == key && !package.is_deleted));
        self.later(Ok(found.map(|entry| entry.id)))
    }

    fn business(&self, business: BusinessId) -> Answer<BusinessRecord> {
        let open = self.chats.iter().filter(|chat| chat.business == business && chat.state != ChatState::Closed);
        let open_chats = open.filter_map(|chat| open_chat(&chat)).collect();
        let record = self.business.get(&business).map(|record| BusinessRecord { open_chats, ..record.clone() });
        self.later(record.ok_or(JournalError::Unknown))
    }

    fn busy_businesses(&self) -> Answer<Vec<BusinessId>> {
        self.later(Ok(self.business.iter().map(|entry| entry.id).collect()))
    }

    fn visitor(&self, business: BusinessId, token: TokenHash) -> Answer<Option<VisitorRecord>> {
        let found = self.visitors.get(&token).filter(|visitor| visitor.business == business).map(|visitor| {
            let chats = self.chats.iter().filter(|chat| chat.visitor == visitor.id && chat.state != ChatState::Closed);
            VisitorRecord { id: visitor.id, open_chats: chats.map(|chat| chat.id).collect() }
        });
        self.later(Ok(found))
    }

    fn save_status(&self, business: BusinessId, account: AccountId, status: Status) -> Answer<()> {
        if let Some(mut business) = self.business.get_mut(&business) {
            business
                .accounts
                .iter_mut()
                .filter(|record| record.id == account)
                .for_each(|record| record.status = status);
        }
        self.later(Ok(()))
    }

    fn begin_call(&self, call: NewCall) -> Answer<()> {
        self.calls.insert(call.id, None);
        self.later(Ok(()))
    }

    fn end_call(&self, call: EndedCall) -> Answer<()> {
        self.calls.insert(call.id, Some(call));
        self.later(Ok(()))
    }

    fn rate_call(&self, _: BusinessId, _: VisitorId, call: CallId, stars: u8) -> Answer<()> {
        self.ratings.insert(call, stars);
        self.later(Ok(()))
    }
}

fn open_chat(chat: &ChatRecord) -> Option<OpenChatRecord> {
    let returned = chat.events.iter().rev().find(|event| event.fact == Fact::Returned);
    let preview = chat.events.iter().rev().find_map(|event| match &event.fact {
        Fact::Said { body, .. } => Some(body.clone()),
        _ => None,
    });
    Some(OpenChatRecord {
        id: chat.id,
        package: chat.package,
        visitor: chat.visitor,
        consultant: chat.consultant,
        state: chat.state,
        waiting_since: returned.map_or(chat.opened_at, |event| event.at),
        returned: returned.is_some(),
        preview: preview?,
        visit: chat.visit.clone(),
    })
}
