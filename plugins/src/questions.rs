//! What the hub asks, in the words of `wit/plugin.wit`.

use actors::hours::Zone;
use actors::ids::PackageId;
use actors::moment::Moment;
use actors::ports::{Candidate, RouteQuestion, Stage as Asked, Visit, Wish};
use actors::protocol::Answer as Told;
use actors::status::Status;
use actors::text::PlainText;
use jiff::civil::Date;

use crate::table::WAITING_FACT;
use crate::wit::click2callme::plugin::types::{
    Attribute, CivilDate, Consultant, Context, LocalTime, Medium, Presence, QueueState, Setting, Visitor, Weekday,
};
use crate::wit::exports::click2callme::plugin::routing::{Request, Stage};

/// Chats at once of a consultant without a limit.
const NO_LIMIT: u32 = u32::MAX;

/// What only the hub's storage knows about a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub previous_chats: u32,
    /// Who answered the visitor last.
    pub last_consultant: Option<String>,
}

/// Facts of every question, with the settings of the plugin that is asked.
pub fn context(question: &RouteQuestion, settings: Vec<Setting>) -> Context {
    Context {
        now: seconds(question.now),
        local: local(&question.local),
        package_id: question.package.to_string(),
        package_name: question.package_name.clone(),
        open: question.is_open,
        settings,
        seed: seed(question),
        facts: Vec::new(),
    }
}

/// The package that a question is about.
#[derive(Clone, Copy, Debug)]
pub struct WhichPackage<'a> {
    pub id: PackageId,
    pub name: &'a str,
    /// By the hours of its owner.
    pub is_open: bool,
}

/// Facts of a question about the hours of a package.
pub fn package_context(package: WhichPackage<'_>, now: Moment, zone: &Zone, settings: Vec<Setting>) -> Context {
    Context {
        now: seconds(now),
        local: local(&zone.local(now)),
        package_id: package.id.to_string(),
        package_name: package.name.to_owned(),
        open: package.is_open,
        settings,
        // Days are planned anew all the time and must come out the same.
        seed: 0,
        facts: Vec::new(),
    }
}

/// Who waits, and who could answer.
pub fn request(question: &RouteQuestion, history: &History) -> Request {
    let waited = question.now.since(question.waits_since).as_secs();
    let waited = u32::try_from(waited).unwrap_or(u32::MAX);
    Request {
        medium: match question.wish {
            Wish::Chat(_) => Medium::Chat,
            Wish::Call(_) => Medium::Call,
        },
        stage: match question.stage {
            Asked::Arrived => Stage::Arrived,
            Asked::Unanswered { steps } => Stage::Unanswered(steps.saturating_sub(1)),
            Asked::Waiting => Stage::Waiting(waited),
            Asked::Returned => Stage::Abandoned(history.last_consultant.clone().unwrap_or_default()),
        },
        attempts: question.attempt,
        visitor: visitor(question, history),
        wished: question.chosen.map(|account| account.to_string()),
        topic: None,
        first_message: question.preview.as_ref().map(ToString::to_string),
        consultants: question.candidates.iter().map(|one| consultant(one, question.now)).collect(),
        queues: vec![queue(question, waited)],
        facts: vec![Attribute { key: WAITING_FACT.to_owned(), value: waited.to_string() }],
    }
}

/// The waiting room of a package is its queue.
fn queue(question: &RouteQuestion, waited: u32) -> QueueState {
    QueueState {
        id: queue_of(question.package),
        name: question.package_name.clone(),
        waiting: question.waiting,
        longest_wait: waited,
        members: question.candidates.iter().map(|one| one.account.to_string()).collect(),
        facts: Vec::new(),
    }
}

/// What the queue of a package is called.
pub fn queue_of(package: PackageId) -> String {
    package.to_string()
}

fn visitor(question: &RouteQuestion, history: &History) -> Visitor {
    let visit: &Visit = &question.visit;
    let text = |text: &Option<PlainText>| text.as_ref().map(ToString::to_string);
    let identity = visit.identity.as_ref();
    let told = identity.map(|identity| identity.attributes.as_slice()).unwrap_or_default();
    Visitor {
        id: question.visitor.to_string(),
        name: visit.name().map(|name| name.to_string()),
        email: identity.and_then(|identity| text(&identity.email)),
        phone: None,
        language: text(&visit.language).unwrap_or_default(),
        country: None,
        page_url: text(&visit.page_url).unwrap_or_default(),
        referrer: text(&visit.referrer),
        browser: text(&visit.browser).unwrap_or_default(),
        os: text(&visit.system).unwrap_or_default(),
        visits: 1,
        previous_chats: history.previous_chats,
        last_consultant: history.last_consultant.clone(),
        attributes: told.iter().chain(&visit.answers).map(attribute).collect(),
        tags: Vec::new(),
    }
}

fn attribute(told: &Told) -> Attribute {
    Attribute { key: told.label.to_string(), value: told.value.to_string() }
}

fn consultant(one: &Candidate, now: Moment) -> Consultant {
    Consultant {
        id: one.account.to_string(),
        name: one.name.clone(),
        presence: match one.status {
            Status::Available => Presence::Available,
            Status::Busy => Presence::Busy,
            Status::Away => Presence::Away,
        },
        presence_for: u32::try_from(now.since(one.status_since).as_secs()).unwrap_or(u32::MAX),
        languages: one.languages.clone(),
        skills: one.skills.clone(),
        active_chats: one.chats,
        max_chats: one.most_chats.unwrap_or(NO_LIMIT),
        in_call: one.is_in_call,
        last_assigned: one.last_given.map(seconds),
        facts: Vec::new(),
    }
}

fn local(local: &actors::hours::LocalTime) -> LocalTime {
    LocalTime {
        date: civil(local.date),
        weekday: weekday(local.date),
        minute: local.minute,
        utc_offset_minutes: local.offset_minutes,
        zone: local.zone.clone(),
    }
}

pub(crate) fn civil(date: Date) -> CivilDate {
    CivilDate { year: i32::from(date.year()), month: date.month().unsigned_abs(), day: date.day().unsigned_abs() }
}

pub(crate) fn weekday(date: Date) -> Weekday {
    use jiff::civil::Weekday as Name;
    match date.weekday() {
        Name::Monday => Weekday::Monday,
        Name::Tuesday => Weekday::Tuesday,
        Name::Wednesday => Weekday::Wednesday,
        Name::Thursday => Weekday::Thursday,
        Name::Friday => Weekday::Friday,
        Name::Saturday => Weekday::Saturday,
        Name::Sunday => Weekday::Sunday,
    }
}

fn seconds(moment: Moment) -> u32 {
    u32::try_from(moment.millis() / 1_000).unwrap_or_default()
}

/// The same visitor at the same attempt gives the same seed, so that a replay decides the same.
fn seed(question: &RouteQuestion) -> u32 {
    let subject = match question.wish {
        Wish::Chat(chat) => i64::from(chat),
        Wish::Call(call) => i64::from(call),
    };
    let [low, high] = [subject.cast_unsigned() & 0xFFFF_FFFF, subject.cast_unsigned() >> 32];
    let mixed = (low ^ high.wrapping_mul(0x9E37_79B1)) & 0xFFFF_FFFF;
    u32::try_from(mixed).unwrap_or_default().wrapping_add(question.attempt)
}
