//! The ports on a real store: every answer in the actors' words.

use actors::ids::{CallId, ChatId, VisitorId};
use actors::moment::Moment;
use actors::ports::{Change, Visit};
use actors::protocol::{Author, CallReason, ChatState, Cid, Fact};
use actors::text::PlainText;
use hub_store::{Button, By, CallFilter, Language, Mode, NewAccount, NewPackage, PackageSettings, Role};

use super::*;
use crate::clock::WallClock;
use crate::rules::PluginRules;

const NOON: Moment = Moment::from_millis(1_790_000_000_000);

struct Bakery {
    journal: StoreJournal,
    business: BusinessId,
    anna: AccountId,
    greeting: NewChat,
    _folder: tempfile::TempDir,
}

async fn bakery() -> Bakery {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("hub.db").to_str().unwrap()).await.unwrap();
    let vault = Arc::new(Vault::open(&folder.path().join("hub.key")).unwrap());
    let business = store.create_business("Bakery", NOON).await.unwrap();
    let key = PublicKey("bakery".into());
    let button = Button { mode: Mode::ChatAndVoice, ..Button::default() };
    let settings = PackageSettings { button, ..PackageSettings::default() };
    let package = NewPackage { key, name: "Shop".into(), settings };
    let package = store.create_package(business, package, By::hub(NOON)).await.unwrap().id;
    let anna = NewAccount {
        email: "anna@bakery.example".into(),
        given_name: "Anna".into(),
        family_name: "Baker".into(),
        role: Role::Consultant,
        password: Some(String::new()),
        takes_calls: true,
        sends_transcripts: false,
        photo: None,
        language: Language::En,
    };
    let anna = store.create_account(business, anna, By::hub(NOON)).await.unwrap();
    let greeting = NewChat {
        id: ChatId::mint(NOON),
        business,
        package,
        visitor: VisitorId::mint(NOON),
        token: TokenHash([7; 32]),
        cid: cid("a"),
        body: PlainText::line("Hello", 100).unwrap(),
        visit: Visit::default(),
        at: NOON,
    };
    let rules =
        PluginRules::start(store.clone(), Arc::clone(&vault), Arc::new(WallClock), folder.path()).await.unwrap();
    Bakery {
        journal: StoreJournal::new(store, vault, Arc::new(rules), true),
        business,
        anna,
        greeting,
        _folder: folder,
    }
}

fn cid(name: &str) -> Cid {
    Cid::new(name).unwrap()
}

impl Bakery {
    fn said(&self, seq: u32, name: &str) -> Entry {
        let fact = Fact::Said { cid: cid(name), body: PlainText::line(name, 100).unwrap() };
        let event = Event { chat: self.greeting.id, seq: Seq::new(seq), at: NOON, from: Author::Visitor, fact };
        Entry { business: self.business, event, change: None }
    }
}

#[actix_rt::test]
async fn a_chat_is_kept_and_loaded_through_the_port() {
    let bakery = bakery().await;
    let opened = bakery.journal.open(bakery.greeting.clone()).await.unwrap();

    let first = bakery.journal.append(bakery.said(2, "b")).await;
    let again = bakery.journal.append(bakery.said(3, "b")).await;
    bakery.journal.flush().await.unwrap();

    assert_eq!(first, Ok(Kept::Now));
    assert_eq!(again, Ok(Kept::Before { seq: Seq::new(2), at: NOON }));
    let chat = bakery.journal.load(opened.chat, 10).await.unwrap();
    assert_eq!((chat.last_seq, chat.events.len()), (Seq::new(2), 2));
    assert_eq!(bakery.journal.events_after(opened.chat, Seq::new(1), 10).await, Ok(chat.events[1..].to_vec()));
}

#[actix_rt::test]
async fn what_was_decided_on_old_news_is_stale() {
    let bakery = bakery().await;
    bakery.journal.open(bakery.greeting.clone()).await.unwrap();
    let mut claim = bakery.said(2, "b");
    claim.change = Some(Change { version: 7, state: ChatState::Open, consultant: Some(bakery.anna) });

    assert_eq!(bakery.journal.append(claim).await, Err(JournalError::Stale));
    assert_eq!(bakery.journal.append(bakery.said(1, "c")).await, Err(JournalError::Stale));
}

#[actix_rt::test]
async fn what_is_not_there_is_unknown() {
    let bakery = bakery().await;
    let mut foreign = bakery.greeting.clone();
    foreign.package = actors::ids::PackageId::from(1);

    assert_eq!(bakery.journal.append(bakery.said(2, "b")).await, Err(JournalError::Unknown));
    assert_eq!(bakery.journal.load(ChatId::from(1), 10).await, Err(JournalError::Unknown));
    assert_eq!(bakery.journal.open(foreign).await, Err(JournalError::Unknown));
    assert_eq!(bakery.journal.business(BusinessId::from(1)).await, Err(JournalError::Unknown));
}

#[actix_rt::test]
async fn a_closed_store_is_unavailable() {
    let bakery = bakery().await;
    bakery.journal.store.close().await;

    assert_eq!(bakery.journal.open(bakery.greeting.clone()).await, Err(JournalError::Unavailable));
    assert_eq!(bakery.journal.business_of(PublicKey("bakery".into())).await, Err(JournalError::Unavailable));
}

#[actix_rt::test]
async fn the_books_tell_of_a_business_and_its_visitors() {
    let bakery = bakery().await;
    let (journal, business) = (&bakery.journal, bakery.business);
    journal.open(bakery.greeting.clone()).await.unwrap();

    journal.save_status(business, bakery.anna, Status::Available).await.unwrap();

    let record = journal.business(business).await.unwrap();
    assert_eq!(record.accounts[0].status, Status::Available);
    assert_eq!(record.open_chats[0].id, bakery.greeting.id);
    assert_eq!(journal.busy_businesses().await, Ok(vec![business]));
    assert_eq!(journal.business_of(PublicKey("bakery".into())).await, Ok(Some(business)));
    let visitor = journal.visitor(business, bakery.greeting.token).await.unwrap();
    assert_eq!(visitor.map(|vera| vera.open_chats), Some(vec![bakery.greeting.id]));
}

#[actix_rt::test]
async fn a_call_is_kept_ended_and_rated_through_the_port() {
    let bakery = bakery().await;
    let (journal, business, visitor) = (&bakery.journal, bakery.business, bakery.greeting.visitor);
    let NewChat { package, visit, .. } = bakery.greeting;
    let call = NewCall { id: CallId::mint(NOON), business, package, visitor, chat: None, visit, at: NOON };
    let ended = EndedCall {
        id: call.id,
        business,
        reason: CallReason::VisitorHangup,
        ended_at: NOON,
        consultant: Some(bakery.anna),
        answered_at: Some(NOON),
        talking_since: Some(NOON),
        rings: Vec::new(),
        visitor_mos10: None,
        consultant_mos10: None,
    };

    assert_eq!(journal.end_call(ended.clone()).await, Err(JournalError::Unknown), "it did not begin");
    journal.begin_call(call.clone()).await.unwrap();
    assert_eq!(journal.rate_call(business, visitor, call.id, 5).await, Err(JournalError::Unknown), "it is not over");
    journal.end_call(ended).await.unwrap();
    journal.rate_call(business, visitor, call.id, 5).await.unwrap();

    let filter = CallFilter { limit: 10, ..CallFilter::default() };
    let [kept] = <[_; 1]>::try_from(journal.store.calls(business, filter).await.unwrap()).unwrap();
    assert_eq!((kept.id, kept.reason, kept.rating), (call.id, Some(CallReason::VisitorHangup), Some(5)));
}

#[actix_rt::test]
async fn a_hub_without_voice_has_no_package_with_voice() {
    let bakery = bakery().await;
    let silent = StoreJournal { has_voice: false, ..bakery.journal.clone() };

    assert!(bakery.journal.business(bakery.business).await.unwrap().packages[0].has_voice);
    assert!(!silent.business(bakery.business).await.unwrap().packages[0].has_voice);
}
