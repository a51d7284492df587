//! The journal and the books of the actors, kept in the store.
//!
//! Nothing is decided here: answers of the store are put into the actors' words.

use std::sync::Arc;

use actors::ids::{AccountId, BusinessId, CallId, ChatId, VisitorId};
use actors::ports::{
    Answer, Books, BusinessRecord, ChatRecord, EndedCall, Entry, Journal, JournalError, Kept, NewCall, NewChat, Opened,
    PackageRecord, PublicKey, TokenHash, VisitorRecord,
};
use actors::protocol::{Epoch, Event, Seq, Side};
use actors::status::Status;
use hub_store::{Store, StoreError};
use secrecy::ExposeSecret as _;

use crate::rules::PluginRules;
use crate::vault::{Place, Vault};

/// The store, as the actors see it.
#[derive(Clone)]
pub(crate) struct StoreJournal {
    store: Store,
    vault: Arc<Vault>,
    /// The hub carries voice; without it no package has any.
    has_voice: bool,
    /// They plan working hours.
    rules: Arc<PluginRules>,
}

impl StoreJournal {
    /// Serves the actors from this store.
    pub(crate) fn new(store: Store, vault: Arc<Vault>, rules: Arc<PluginRules>, has_voice: bool) -> Self {
        Self { store, vault, has_voice, rules }
    }

    /// Asks the store, and puts its answer into the actors' words.
    fn ask<T, F>(&self, what: &'static str, question: impl FnOnce(Store) -> F) -> Answer<T>
    where
        T: 'static,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let answer = question(self.store.clone());
        Box::pin(async move { answer.await.map_err(|error| refusal(what, error)) })
    }
}

fn refusal(what: &'static str, error: StoreError) -> JournalError {
    match error {
        StoreError::NotFound | StoreError::Dangling => JournalError::Unknown,
        StoreError::Stale | StoreError::LastOwner => JournalError::Stale,
        // A conflict is an id that was minted twice: another one will do.
        StoreError::Conflict { .. } | StoreError::Unavailable(_) => {
            tracing::warn!(%error, what, "the storage is unavailable");
            JournalError::Unavailable
        }
        StoreError::Failed(source) => {
            tracing::error!(error = format!("{source:#}"), what, "the storage failed");
            JournalError::Unavailable
        }
    }
}

/// Opens what a package's identities are signed with.
///
/// One that does not open leaves the identities unproven instead of the business down.
fn unseal(vault: &Vault, package: &mut PackageRecord) {
    let Some(sealed) = package.identity_secret.take() else { return };
    match vault.unseal(Place::Identity(package.id), &sealed) {
        Ok(secret) => package.identity_secret = Some(secret.expose_secret().to_vec()),
        Err(error) => tracing::error!(package = %package.id, %error, "no identity of this package can be verified"),
    }
}

impl Journal for StoreJournal {
    fn epoch(&self) -> Epoch {
        Epoch(self.store.epoch().to_owned())
    }

    fn open(&self, chat: NewChat) -> Answer<Opened> {
        self.ask("open", |store| async move { store.open_chat(chat).await })
    }

    fn append(&self, entry: Entry) -> Answer<Kept> {
        self.ask("append", |store| async move { store.append(entry).await })
    }

    fn flush(&self) -> Answer<()> {
        self.ask("flush", |store| async move { store.flush().await })
    }

    fn load(&self, chat: ChatId, newest: u32) -> Answer<ChatRecord> {
        self.ask("load", move |store| async move { store.load_chat(chat, newest).await })
    }

    fn events_after(&self, chat: ChatId, seq: Seq, limit: u32) -> Answer<Vec<Event>> {
        self.ask("events_after", move |store| async move { store.events_after(chat, seq, limit).await })
    }

    fn mark_seen(&self, chat: ChatId, side: Side, seq: Seq) -> Answer<()> {
        self.ask("mark_seen", move |store| async move { store.mark_seen(chat, side, seq).await })
    }
}

impl Books for StoreJournal {
    fn business_of(&self, key: PublicKey) -> Answer<Option<BusinessId>> {
        self.ask(
            "business_of",
            |store| async move { Ok(store.package_by_key(&key).await?.map(|package| package.business)) },
        )
    }

    fn business(&self, business: BusinessId) -> Answer<BusinessRecord> {
        let (vault, rules, has_voice) = (Arc::clone(&self.vault), Arc::clone(&self.rules), self.has_voice);
        self.ask("business", move |store| async move {
            let mut record = store.business_record(business).await?;
            for package in &mut record.packages {
                unseal(&vault, package);
                package.has_voice &= has_voice;
                package.hours = rules.hours(business, package.id, std::mem::take(&mut package.hours));
            }
            Ok(record)
        })
    }

    fn busy_businesses(&self) -> Answer<Vec<BusinessId>> {
        self.ask("busy_businesses", |store| async move { store.busy_businesses().await })
    }

    fn visitor(&self, business: BusinessId, token: TokenHash) -> Answer<Option<VisitorRecord>> {
        self.ask("visitor", move |store| async move { store.visitor(business, token).await })
    }

    fn save_status(&self, business: BusinessId, account: AccountId, status: Status) -> Answer<()> {
        self.ask("save_status", move |store| async move { store.save_status(business, account, status).await })
    }

    fn begin_call(&self, call: NewCall) -> Answer<()> {
        self.ask("begin_call", |store| async move { store.begin_call(call).await })
    }

    fn end_call(&self, call: EndedCall) -> Answer<()> {
        self.ask("end_call", |store| async move { store.end_call(call).await })
    }

    fn rate_call(&self, business: BusinessId, visitor: VisitorId, call: CallId, stars: u8) -> Answer<()> {
        self.ask("rate_call", move |store| async move { store.rate_call(business, visitor, call, stars).await })
    }
}

#[cfg(test)]
mod tests;
