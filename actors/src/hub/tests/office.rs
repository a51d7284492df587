//! An office for tests: the Bakery with its consultants, and browsers that remember every frame.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, Context, Handler};
use serde_json::Value;

use crate::hours::{Hours, Zone};
use crate::hub::{DeskLine, FilledForm, Hub, Options, Ports, SignedIn, VisitorLine};
use crate::ids::{AccountId, BusinessId, ChatId, PackageId};
use crate::moment::Moment;
use crate::ports::fakes::{FakeMedia, FakeRules, HandClock, MemoryStore};
use crate::ports::{AccountRecord, BusinessRecord, PackageRecord, PublicKey, Visit};
use crate::protocol::{
    Ack, ChatResume, Cid, CloseCode, ConsultantWelcome, Epoch, Refusal, Seq, VERSION, VisitorHello, VisitorWelcome,
};
use crate::socket::{Socket, SocketId, ToSocket};
use crate::status::Status;
use crate::text::PlainText;

pub(super) const BAKERY: i64 = 1;
pub(super) const KEY: &str = "bakery";

/// What one browser was sent.
#[derive(Clone, Default)]
pub(super) struct Frames {
    all: Rc<RefCell<Vec<Value>>>,
    closed: Rc<Cell<Option<u16>>>,
}

impl Frames {
    /// The frames of a kind, in order.
    pub(super) fn of(&self, kind: &str) -> Vec<Value> {
        self.all.borrow().iter().filter(|frame| frame["t"] == kind).cloned().collect()
    }

    /// The kinds of all frames, in order.
    pub(super) fn kinds(&self) -> Vec<String> {
        self.all.borrow().iter().filter_map(|frame| frame["t"].as_str().map(str::to_owned)).collect()
    }

    /// The numbers of the events it was sent.
    pub(super) fn seqs(&self) -> Vec<u64> {
        self.of("ev").iter().filter_map(|event| event["seq"].as_u64()).collect()
    }

    pub(super) fn closed(&self) -> Option<u16> {
        self.closed.get()
    }
}

struct Ear(Frames);

impl Actor for Ear {
    type Context = Context<Self>;
}

impl Handler<ToSocket> for Ear {
    type Result = ();

    fn handle(&mut self, frame: ToSocket, _: &mut Self::Context) {
        match frame {
            ToSocket::Frame(text) | ToSocket::Passing(text) => {
                self.0.all.borrow_mut().push(serde_json::from_str(&text).unwrap());
            }
            ToSocket::Close(code) => self.0.closed.set(Some(code.number())),
        }
    }
}

fn socket() -> (Socket, Frames) {
    let frames = Frames::default();
    let ear = Ear(frames.clone()).start();
    (Socket::new(SocketId::next(), ear.recipient()), frames)
}

/// A visitor's tab.
pub(super) struct Tab {
    pub(super) line: VisitorLine,
    pub(super) welcome: VisitorWelcome,
    pub(super) frames: Frames,
}

impl Tab {
    /// Opens a chat.
    pub(super) async fn open(&self, cid: &str) -> Result<Ack, Refusal> {
        self.line.open(Cid::new(cid).unwrap(), text("Hello"), FilledForm::default()).await.map(|acked| acked.ack)
    }

    /// Says something; the body is the cid.
    pub(super) async fn say(&self, chat: ChatId, cid: &str) -> Result<Ack, Refusal> {
        self.line.say(chat, Cid::new(cid).unwrap(), text(cid)).await.map(|acked| acked.ack)
    }
}

/// A consultant's desk.
pub(super) struct DeskTab {
    pub(super) line: DeskLine,
    pub(super) welcome: ConsultantWelcome,
    pub(super) frames: Frames,
}

impl DeskTab {
    /// Says something; the body is the cid.
    pub(super) async fn say(&self, chat: ChatId, cid: &str) -> Result<Ack, Refusal> {
        self.line.say(chat, Cid::new(cid).unwrap(), text(cid)).await.map(|acked| acked.ack)
    }

    /// Chats that were given to this desk.
    pub(super) fn given(&self) -> usize {
        self.frames.of("chat").len()
    }
}

pub(super) fn text(raw: &str) -> PlainText {
    PlainText::lines(raw, 100).unwrap()
}

/// The Bakery at work.
pub(super) struct Office {
    pub(super) hub: Hub,
    pub(super) store: Arc<MemoryStore>,
    pub(super) clock: Arc<HandClock>,
    pub(super) media: Arc<FakeMedia>,
    pub(super) rules: Arc<FakeRules>,
}

impl Office {
    /// Opens the Bakery with this many consultants; time stands still from now on.
    pub(super) fn open(consultants: i64) -> Self {
        tokio::time::pause();
        let accounts = (1..=consultants).map(|id| AccountRecord {
            id: AccountId::from(id),
            given_name: format!("Consultant {id}"),
            photo: None,
            takes_calls: true,
            most_chats: None,
            languages: Vec::new(),
            skills: Vec::new(),
            status: Status::Available,
        });
        let package = shop();
        let store = MemoryStore::with(BusinessRecord {
            id: BusinessId::from(BAKERY),
            name: "Bakery".to_owned(),
            packages: vec![package],
            accounts: accounts.collect(),
            open_chats: vec![],
        });
        Self::reopen(store, HandClock::at(Moment::from_millis(1_790_000_000_000)))
    }

    /// Starts anew on what was kept.
    pub(super) fn reopen(store: Arc<MemoryStore>, clock: Arc<HandClock>) -> Self {
        let media = Arc::new(FakeMedia::default());
        let rules = Arc::new(FakeRules::default());
        let ports = Ports {
            journal: store.clone(),
            books: store.clone(),
            rules: rules.clone(),
            clock: clock.clone(),
            media: media.clone(),
        };
        let options = Options {
            visitor_grace: Duration::from_mins(1),
            consultant_grace: Duration::from_mins(1),
            silence: Duration::from_mins(30),
            idle: Duration::from_mins(10),
            waiting_per_package: 500,
            chats_per_visitor: 3,
            ring: Duration::from_secs(25),
            longest_call: Duration::from_hours(4),
            calls: 5,
            calls_per_package: 4,
        };
        Self { hub: Hub::start(ports, options), store, clock, media, rules }
    }

    /// A visitor's tab says hello.
    pub(super) async fn visitor(&self, token: Option<&str>, have: &[(ChatId, u32)]) -> Result<Tab, CloseCode> {
        let hello = VisitorHello { tok: token.map(str::to_owned), resume: Some(resume(have)), ..hello(KEY) };
        self.greet(hello).await
    }

    /// A browser says this hello.
    pub(super) async fn greet(&self, hello: VisitorHello) -> Result<Tab, CloseCode> {
        let (socket, frames) = socket();
        let (line, welcome) = self.hub.greet_visitor(hello, Visit::default(), socket).await?;
        Ok(Tab { line, welcome, frames })
    }

    /// A new visitor.
    pub(super) async fn vera(&self) -> Tab {
        self.visitor(None, &[]).await.unwrap()
    }

    /// A consultant's desk opens.
    pub(super) async fn desk(&self, account: i64) -> DeskTab {
        let who = SignedIn { business: BusinessId::from(BAKERY), account: AccountId::from(account) };
        let (socket, frames) = socket();
        let (line, welcome) = self.hub.greet_consultant(who, Some(resume(&[])), socket).await.unwrap();
        DeskTab { line, welcome, frames }
    }

    /// Changes the settings and tells the hub, as the admin does.
    pub(super) async fn change(&self, change: impl FnOnce(&mut BusinessRecord)) {
        self.store.change(BusinessId::from(BAKERY), change);
        self.hub.reload(BusinessId::from(BAKERY)).await;
        self.calm().await;
    }

    /// Lets time pass on both clocks, and everybody do what is due.
    pub(super) async fn pass(&self, time: Duration) {
        self.clock.turn(time);
        tokio::time::sleep(time).await;
    }

    /// What the clock shows.
    pub(super) fn clock_now(&self) -> Moment {
        use crate::ports::Clock as _;

        self.clock.now()
    }

    /// Lets everybody finish what is on its way.
    pub(super) async fn calm(&self) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn resume(have: &[(ChatId, u32)]) -> ChatResume {
    let chats: BTreeMap<ChatId, Seq> = have.iter().map(|(chat, seq)| (*chat, Seq::new(*seq))).collect();
    ChatResume { epoch: Epoch("memory".to_owned()), chats }
}

/// The hello of a new visitor.
pub(super) fn hello(key: &str) -> VisitorHello {
    VisitorHello { v: VERSION, tok: None, code: None, pkg: key.to_owned(), page: None, identity: None, resume: None }
}

/// A package that is always open.
pub(super) fn shop() -> PackageRecord {
    PackageRecord {
        id: PackageId::from(1),
        key: PublicKey(KEY.to_owned()),
        name: "Shop".to_owned(),
        is_deleted: false,
        version: 1,
        hours: Hours::default(),
        zone: Zone::named("Europe/Warsaw").unwrap(),
        consultants: None,
        fields: Vec::new(),
        needs_consent: false,
        has_voice: true,
        identity_secret: None,
    }
}
