//! The cast: the business Bakery with olga, anna and ben, and its visitor vera.

use std::path::Path;

use actors::ids::{AccountId, BusinessId, ChatId, PackageId, VisitorId};
use actors::moment::Moment;
use actors::ports::{Change, Entry, NewChat, PublicKey, TokenHash, Visit};
use actors::protocol::{Author, ChatState, Cid, Event, Fact, Seq};
use actors::text::PlainText;
use hub_store::{Account, AuditEntry, By, Language, NewAccount, NewPackage, PackageSettings, PageAt, Role, Store};
use tempfile::TempDir;

use crate::postgres::{Database, psql};

/// When everything begins.
pub(crate) const NOON: Moment = Moment::from_millis(1_790_000_000_000);

/// The hub itself does it, at the beginning.
pub(crate) const HUB: By = By { account: None, at: NOON };

/// Tells each story twice, as two tests.
macro_rules! on_both_engines {
    ($(async fn $name:ident($bakery:ident) $story:block)+) => {$(
        async fn $name($bakery: $crate::bakery::Bakery) $story

        mod $name {
            use super::$name;
            use $crate::bakery::{Bakery, Home};

            #[actix_rt::test]
            async fn on_sqlite() {
                $name(Bakery::at(Home::sqlite()).await).await;
            }

            #[actix_rt::test]
            async fn on_postgres() {
                $name(Bakery::at(Home::postgres()).await).await;
            }
        }
    )+};
}

/// Where a store lives; gone with this value.
#[derive(Debug)]
pub(crate) enum Home {
    Sqlite(TempDir),
    Postgres(Database),
}

impl Home {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    pub(crate) fn postgres() -> Self {
        Self::Postgres(Database::fresh())
    }

    /// Where SQLite's files are.
    pub(crate) fn folder(&self) -> &Path {
        match self {
            Self::Sqlite(folder) => folder.path(),
            Self::Postgres(database) => panic!("{database:?} has no files of ours"),
        }
    }

    /// Runs SQL behind the store's back.
    pub(crate) fn run(&self, sql: &str) {
        match self {
            Self::Sqlite(_) => crate::migrations::sqlite(&self.url(), sql),
            Self::Postgres(database) => drop(psql(&database.url, sql)),
        }
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => folder.path().join("hub.db").to_str().unwrap().to_owned(),
            Self::Postgres(database) => database.url.clone(),
        }
    }
}

pub(crate) struct Bakery {
    pub(crate) store: Store,
    pub(crate) business: BusinessId,
    pub(crate) package: PackageId,
    pub(crate) olga: Account,
    pub(crate) anna: Account,
    pub(crate) ben: Account,
    pub(crate) home: Home,
}

impl Bakery {
    pub(crate) async fn at(home: Home) -> Self {
        let store = Store::open(&home.url()).await.unwrap();
        let business = store.create_business("Bakery", NOON).await.unwrap();
        let package = store.create_package(business, package("bakery"), HUB).await.unwrap().id;
        let olga = account(&store, business, "olga", Role::Owner).await;
        let anna = account(&store, business, "anna", Role::Consultant).await;
        let ben = account(&store, business, "ben", Role::Consultant).await;
        Self { store, business, package, olga, anna, ben, home }
    }

    /// Another business on the same hub.
    pub(crate) async fn florist(&self) -> BusinessId {
        self.store.create_business("Florist", NOON).await.unwrap()
    }

    /// Another business with its owner fiona, and a package of its own.
    pub(crate) async fn fiona(&self) -> Account {
        let business = self.florist().await;
        self.store.create_package(business, package("florist"), HUB).await.unwrap();
        account(&self.store, business, "fiona", Role::Owner).await
    }

    /// olga does it, at the beginning.
    pub(crate) fn by_olga(&self) -> By {
        By::account(self.olga.id, NOON)
    }

    /// The newest entries of the audit.
    pub(crate) async fn audit(&self) -> Vec<AuditEntry> {
        self.store.audit(self.business, None, 100).await.unwrap()
    }

    /// The last entry about such an action.
    pub(crate) async fn told(&self, action: &str) -> AuditEntry {
        self.audit().await.into_iter().find(|entry| entry.action == action).unwrap()
    }

    /// How often something was done.
    pub(crate) async fn times(&self, action: &str) -> usize {
        self.audit().await.iter().filter(|entry| entry.action == action).count()
    }

    /// A visitor's first message, under this name.
    pub(crate) fn greeting(&self, visitor: &Visitor, name: &str) -> NewChat {
        NewChat {
            id: ChatId::mint(NOON),
            business: self.business,
            package: self.package,
            visitor: visitor.id,
            token: visitor.token,
            cid: cid(name),
            body: text("Do you have rye bread?"),
            visit: Visit {
                ip: "192.0.2.7".into(),
                page_url: Some(text("https://bakery.example/")),
                ..Visit::default()
            },
            at: NOON,
        }
    }

    /// Opens a chat of a new visitor.
    pub(crate) async fn open(&self) -> ChatId {
        self.open_for(&Visitor::new(), "first").await
    }

    pub(crate) async fn open_for(&self, visitor: &Visitor, name: &str) -> ChatId {
        self.store.open_chat(self.greeting(visitor, name)).await.unwrap().chat
    }

    /// A message of the visitor, to be appended.
    pub(crate) fn said(&self, chat: ChatId, seq: u32, name: &str) -> Entry {
        let fact = Fact::Said { cid: cid(name), body: text(&format!("message {name}")) };
        self.entry(chat, seq, Author::Visitor, fact)
    }

    pub(crate) fn entry(&self, chat: ChatId, seq: u32, from: Author, fact: Fact) -> Entry {
        Entry {
            business: self.business,
            event: Event { chat, seq: Seq::new(seq), at: at(seq), from, fact },
            change: None,
        }
    }

    /// anna accepts a chat.
    pub(crate) fn anna_joins(&self, chat: ChatId, seq: u32, version: i32) -> Entry {
        let fact = Fact::Joined { consultant: self.anna.face() };
        let entry = self.entry(chat, seq, Author::Consultant { account: self.anna.id }, fact);
        changed(entry, version, ChatState::Open, Some(self.anna.id))
    }

    /// The visitor closes a chat.
    pub(crate) fn closed(&self, chat: ChatId, seq: u32, version: i32) -> Entry {
        changed(self.entry(chat, seq, Author::Visitor, Fact::Closed), version, ChatState::Closed, None)
    }
}

/// The same entry, with a change of the chat's state.
pub(crate) fn changed(entry: Entry, version: i32, state: ChatState, consultant: Option<AccountId>) -> Entry {
    Entry { change: Some(Change { version, state, consultant }), ..entry }
}

/// Someone in a browser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visitor {
    pub(crate) id: VisitorId,
    pub(crate) token: TokenHash,
}

impl Visitor {
    pub(crate) fn new() -> Self {
        let id = VisitorId::mint(NOON);
        let mut token = [7; 32];
        token[..8].copy_from_slice(&i64::from(id).to_be_bytes());
        Self { id, token: TokenHash(token) }
    }
}

/// A second later for each place in the chat.
pub(crate) fn at(seq: u32) -> Moment {
    NOON.after(std::time::Duration::from_secs(seq.into()))
}

pub(crate) fn cid(name: &str) -> Cid {
    Cid::new(name).unwrap()
}

pub(crate) fn text(raw: &str) -> PlainText {
    PlainText::lines(raw, 4_000).unwrap()
}

pub(crate) fn package(key: &str) -> NewPackage {
    NewPackage { key: PublicKey(key.to_owned()), name: "Shop".into(), settings: PackageSettings::default() }
}

pub(crate) fn person(name: &str, role: Role) -> NewAccount {
    NewAccount {
        email: format!("{name}@bakery.example"),
        given_name: name.to_owned(),
        family_name: "Baker".into(),
        role,
        password: Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into()),
        takes_calls: role == Role::Consultant,
        sends_transcripts: false,
        photo: None,
        language: Language::En,
    }
}

/// Someone who was invited and has not joined yet.
pub(crate) fn invited(name: &str, role: Role) -> NewAccount {
    NewAccount { password: None, ..person(name, role) }
}

pub(crate) async fn account(store: &Store, business: BusinessId, name: &str, role: Role) -> Account {
    let id = store.create_account(business, person(name, role), HUB).await.unwrap();
    store.account(business, id).await.unwrap()
}

/// The newest events of a chat.
pub(crate) fn newest(limit: u32) -> PageAt {
    PageAt { before: None, limit }
}
