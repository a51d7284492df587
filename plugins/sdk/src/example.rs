//! Example values for the tests of plugins: a business with nobody in it on a Monday at noon, to be filled in.

use crate::routing::{Request, Stage};
use crate::types::{CivilDate, Consultant, Context, LocalTime, Medium, Presence, QueueState, Visitor, Weekday};

/// Monday, 1 June 2026, 12:00 in Warsaw; no settings.
pub fn context() -> Context {
    Context {
        now: 1_780_308_000,
        local: LocalTime {
            date: CivilDate { year: 2026, month: 6, day: 1 },
            weekday: Weekday::Monday,
            minute: 720,
            utc_offset_minutes: 120,
            zone: "Europe/Warsaw".into(),
        },
        package_id: "1".into(),
        package_name: "Bakery".into(),
        open: true,
        settings: Vec::new(),
        seed: 1,
        facts: Vec::new(),
    }
}

/// A first visit in English, nothing else known.
pub fn visitor() -> Visitor {
    Visitor {
        id: "vera".into(),
        name: None,
        email: None,
        phone: None,
        language: "en".into(),
        country: None,
        page_url: "https://bakery.example/".into(),
        referrer: None,
        browser: "Firefox".into(),
        os: "Linux".into(),
        visits: 1,
        previous_chats: 0,
        last_consultant: None,
        attributes: Vec::new(),
        tags: Vec::new(),
    }
}

/// Available, idle, speaks English, takes three chats; the name is the id.
pub fn consultant(id: &str) -> Consultant {
    Consultant {
        id: id.into(),
        name: id.into(),
        presence: Presence::Available,
        presence_for: 600,
        languages: vec!["en".into()],
        skills: Vec::new(),
        active_chats: 0,
        max_chats: 3,
        in_call: false,
        last_assigned: None,
        facts: Vec::new(),
    }
}

/// An empty queue.
pub fn queue(id: &str) -> QueueState {
    QueueState { id: id.into(), name: id.into(), waiting: 0, longest_wait: 0, members: Vec::new(), facts: Vec::new() }
}

/// The example visitor asks for a chat with one of these.
pub fn request(consultants: Vec<Consultant>) -> Request {
    Request {
        medium: Medium::Chat,
        stage: Stage::Arrived,
        attempts: 0,
        visitor: visitor(),
        wished: None,
        topic: None,
        first_message: None,
        consultants,
        queues: Vec::new(),
        facts: Vec::new(),
    }
}
