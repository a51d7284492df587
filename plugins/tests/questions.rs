//! Questions as the hub asks them.

use plugins::ask::Question;
use serde_json::{Value, json};

/// A visitor on a chat button, two consultants.
pub fn route() -> Question {
    let question = json!({ "hook": "route", "ctx": context(), "request": request() });
    serde_json::from_value(question).unwrap()
}

fn context() -> Value {
    json!({
        "now": 1_790_000_000_u32,
        "local": {
            "date": { "year": 2026, "month": 9, "day": 21 },
            "weekday": "Monday",
            "minute": 610,
            "utc_offset_minutes": 120,
            "zone": "Europe/Warsaw",
        },
        "package_id": "3",
        "package_name": "Shop",
        "open": true,
        "settings": [{ "key": "first", "value": { "Text": "anna" } }],
        "seed": 42,
        "facts": [],
    })
}

fn request() -> Value {
    json!({
        "medium": "Chat",
        "stage": "Arrived",
        "attempts": 0,
        "visitor": visitor(),
        "wished": null,
        "topic": null,
        "first_message": "Dzień dobry",
        "consultants": [consultant("anna"), consultant("ben")],
        "queues": [],
        "facts": [],
    })
}

fn visitor() -> Value {
    json!({
        "id": "v1",
        "name": null,
        "email": null,
        "phone": null,
        "language": "pl",
        "country": "PL",
        "page_url": "https://shop.example/cart",
        "referrer": null,
        "browser": "Firefox",
        "os": "Linux",
        "visits": 2,
        "previous_chats": 0,
        "last_consultant": null,
        "attributes": [],
        "tags": [],
    })
}

fn consultant(id: &str) -> Value {
    json!({
        "id": id,
        "name": id,
        "presence": "Available",
        "presence_for": 60,
        "languages": ["pl", "en"],
        "skills": [],
        "active_chats": 1,
        "max_chats": 4,
        "in_call": false,
        "last_assigned": null,
        "facts": [],
    })
}
