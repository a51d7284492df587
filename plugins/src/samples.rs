//! Questions for tests: a bakery with three consultants and one visitor.

use crate::wit::click2callme::plugin::types::{
    Attribute, CivilDate, Consultant, Context, LocalTime, Medium, Presence, QueueState, Visitor, Weekday,
};
use crate::wit::exports::click2callme::plugin::routing::{Request, Stage};

pub(crate) fn attribute(key: &str, value: &str) -> Attribute {
    Attribute { key: key.to_owned(), value: value.to_owned() }
}

pub(crate) fn consultant(id: &str) -> Consultant {
    Consultant {
        id: id.to_owned(),
        name: id.to_owned(),
        presence: Presence::Available,
        presence_for: 60,
        languages: vec!["en".to_owned()],
        skills: Vec::new(),
        active_chats: 0,
        max_chats: 3,
        in_call: false,
        last_assigned: None,
        facts: Vec::new(),
    }
}

pub(crate) fn queue(id: &str) -> QueueState {
    QueueState {
        id: id.to_owned(),
        name: id.to_owned(),
        waiting: 0,
        longest_wait: 0,
        members: Vec::new(),
        facts: Vec::new(),
    }
}

pub(crate) fn visitor() -> Visitor {
    Visitor {
        id: "vera".to_owned(),
        name: Some("Vera".to_owned()),
        email: Some("vera@example.com".to_owned()),
        phone: None,
        language: "pl".to_owned(),
        country: Some("PL".to_owned()),
        page_url: "https://bakery.example/cakes".to_owned(),
        referrer: None,
        browser: "Firefox".to_owned(),
        os: "Linux".to_owned(),
        visits: 3,
        previous_chats: 1,
        last_consultant: None,
        attributes: Vec::new(),
        tags: vec!["vip".to_owned()],
    }
}

/// Anna and Ben are free, Carl is away.
pub(crate) fn request(medium: Medium) -> Request {
    let mut carl = consultant("carl");
    carl.presence = Presence::Away;
    Request {
        medium,
        stage: Stage::Arrived,
        attempts: 0,
        visitor: visitor(),
        wished: None,
        topic: Some("orders".to_owned()),
        first_message: None,
        consultants: vec![consultant("anna"), consultant("ben"), carl],
        queues: vec![queue("shop")],
        facts: Vec::new(),
    }
}

/// A Monday, 10:30 in Warsaw.
pub(crate) fn context() -> Context {
    let date = CivilDate { year: 2026, month: 11, day: 23 };
    Context {
        now: 1_795_426_200,
        local: LocalTime {
            date,
            weekday: Weekday::Monday,
            minute: 630,
            utc_offset_minutes: 60,
            zone: "Europe/Warsaw".to_owned(),
        },
        package_id: "1".to_owned(),
        package_name: "Shop".to_owned(),
        open: true,
        settings: Vec::new(),
        seed: 7,
        facts: Vec::new(),
    }
}
