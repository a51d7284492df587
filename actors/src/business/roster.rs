//! The rules of the roster: who is signed in, who is available, in which order.

use std::collections::{HashMap, HashSet};

use crate::ids::{AccountId, ChatId};
use crate::moment::Moment;
use crate::ports::{AccountRecord, Candidate};
use crate::protocol::{Colleague, Face, TeamMember};
use crate::status::Status;

/// Everybody of a business who can sign in, in the order of the accounts list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roster {
    accounts: Vec<AccountRecord>,
    /// Accounts with a browser connected, or that had one until a moment ago.
    connected: HashSet<AccountId>,
    /// Accounts that talk: Busy by themselves.
    in_call: HashSet<AccountId>,
    /// When each was given the last visitor.
    last_given: HashMap<AccountId, Moment>,
    /// Since when each has the status others see.
    since: HashMap<AccountId, Moment>,
}

impl Roster {
    /// Takes the accounts as the tables have them; who is connected stays. Gives those that are gone.
    pub(crate) fn set_accounts(&mut self, accounts: Vec<AccountRecord>) -> Vec<AccountId> {
        let before = std::mem::replace(&mut self.accounts, accounts);
        let is_gone = |id: &AccountId| !self.accounts.iter().any(|record| record.id == *id);
        let gone: Vec<AccountId> = before.into_iter().map(|record| record.id).filter(is_gone).collect();
        self.connected.retain(|id| !gone.contains(id));
        self.in_call.retain(|id| !gone.contains(id));
        self.last_given.retain(|id, _| !gone.contains(id));
        self.since.retain(|id, _| !gone.contains(id));
        gone
    }

    /// Are these the accounts it has? Statuses do not count: they change here first.
    pub(crate) fn has_accounts(&self, accounts: &[AccountRecord]) -> bool {
        let is_same = |(one, other): (&AccountRecord, &AccountRecord)| {
            *one == AccountRecord { status: one.status, ..other.clone() }
        };
        self.accounts.len() == accounts.len() && self.accounts.iter().zip(accounts).all(is_same)
    }

    /// A browser came, or the last one is gone; tells whether that is news.
    pub(crate) fn set_connected(&mut self, account: AccountId, is_connected: bool) -> bool {
        if is_connected { self.connected.insert(account) } else { self.connected.remove(&account) }
    }

    /// A call begins or is over; tells whether that is news.
    pub(crate) fn set_in_call(&mut self, account: AccountId, is_in_call: bool) -> bool {
        if is_in_call { self.in_call.insert(account) } else { self.in_call.remove(&account) }
    }

    /// May a call ring there: available, and not talking?
    pub(crate) fn can_be_rung(&self, account: AccountId) -> bool {
        let record = self.accounts.iter().find(|record| record.id == account);
        record.is_some_and(|record| record.takes_calls && self.seen_status(record) == Status::Available)
    }

    /// Sets a status by hand; tells whether that is news.
    pub(crate) fn set_status(&mut self, account: AccountId, status: Status) -> bool {
        match self.accounts.iter_mut().find(|record| record.id == account) {
            Some(record) if record.status != status => {
                record.status = status;
                true
            }
            Some(_) | None => false,
        }
    }

    /// The status chosen by hand.
    pub(crate) fn own_status(&self, account: AccountId) -> Status {
        self.accounts.iter().find(|record| record.id == account).map(|record| record.status).unwrap_or_default()
    }

    /// How others see an account.
    pub(crate) fn face(&self, account: AccountId) -> Option<Face> {
        self.accounts.iter().find(|record| record.id == account).map(face_of)
    }

    /// All faces.
    pub(crate) fn faces(&self) -> HashMap<AccountId, Face> {
        self.accounts.iter().map(|record| (record.id, face_of(record))).collect()
    }

    /// How colleagues see an account.
    pub(crate) fn colleague(&self, account: AccountId) -> Option<Colleague> {
        let record = self.accounts.iter().find(|record| record.id == account)?;
        Some(Colleague { face: face_of(record), status: self.seen_status(record) })
    }

    /// Everybody, as colleagues see them.
    pub(crate) fn team(&self) -> Vec<Colleague> {
        self.accounts
            .iter()
            .map(|record| Colleague { face: face_of(record), status: self.seen_status(record) })
            .collect()
    }

    /// Those who serve a package, as its visitors see them.
    pub(crate) fn members(&self, chosen: Option<&[AccountId]>) -> Vec<TeamMember> {
        let serving = self.serving(chosen).into_iter();
        serving.map(|record| TeamMember { face: face_of(record), status: self.seen_status(record) }).collect()
    }

    /// Those who serve a package and could answer now, first choice first.
    pub(crate) fn available(&self, chosen: Option<&[AccountId]>) -> Vec<AccountId> {
        let serving = self.serving(chosen).into_iter();
        let available = serving.filter(|record| self.seen_status(record) == Status::Available);
        available.map(|record| record.id).collect()
    }

    /// The status others see may be another one from now on.
    pub(crate) fn note_status(&mut self, account: AccountId, at: Moment) {
        self.since.insert(account, at);
    }

    /// Somebody got a visitor.
    pub(crate) fn given(&mut self, account: AccountId, at: Moment) {
        self.last_given.insert(account, at);
    }

    /// Those who serve a package, as the rules see them; `answered` are the chats and who answers them.
    pub(crate) fn candidates(
        &self,
        chosen: Option<&[AccountId]>,
        answered: &HashMap<ChatId, AccountId>,
    ) -> Vec<Candidate> {
        let chats = |account| answered.values().filter(|answering| **answering == account).count();
        let candidate = |record: &AccountRecord| Candidate {
            account: record.id,
            name: record.given_name.clone(),
            status: self.seen_status(record),
            status_since: self.since.get(&record.id).copied().unwrap_or_default(),
            chats: u32::try_from(chats(record.id)).unwrap_or(u32::MAX),
            most_chats: record.most_chats,
            is_in_call: self.in_call.contains(&record.id),
            last_given: self.last_given.get(&record.id).copied(),
            languages: record.languages.clone(),
            skills: record.skills.clone(),
        };
        self.serving(chosen).into_iter().map(candidate).collect()
    }

    /// Who takes chats of a package: the chosen ones in their order, else everybody in the order of the list.
    fn serving(&self, chosen: Option<&[AccountId]>) -> Vec<&AccountRecord> {
        let takes = |record: &&AccountRecord| record.takes_calls;
        match chosen {
            None => self.accounts.iter().filter(takes).collect(),
            Some(chosen) => {
                let found = chosen.iter().filter_map(|id| self.accounts.iter().find(|record| record.id == *id));
                found.filter(takes).collect()
            }
        }
    }

    /// The accounts with a browser.
    pub(crate) fn connected(&self) -> impl Iterator<Item = AccountId> {
        self.connected.iter().copied()
    }

    fn seen_status(&self, record: &AccountRecord) -> Status {
        let seen = record.status.seen_by_others(self.connected.contains(&record.id));
        if seen == Status::Available && self.in_call.contains(&record.id) { Status::Busy } else { seen }
    }
}

fn face_of(record: &AccountRecord) -> Face {
    Face { id: record.id, name: record.given_name.clone(), photo: record.photo.clone() }
}
