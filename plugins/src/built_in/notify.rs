//! Who is told about what when no plugin decides.

use crate::wit::exports::click2callme::plugin::notifications::{
    Channel, Event, EventKind, Notification, Plan, Recipient,
};

/// How long a visitor waits before those who are free are told once more, in seconds.
const WAITING_SECONDS: u32 = 30;

/// Consultants hear of those who wait, owners of what was missed or failed.
pub fn notify(event: &Event) -> Plan {
    use Channel::{Email, InApp, WebPush};
    use Recipient::{AvailableConsultants, Owners};

    let name = event.visitor.as_ref().and_then(|visitor| visitor.name.as_deref()).unwrap_or("A visitor");
    let tell = |to: Recipient, channel: Channel, subject: String| Notification {
        to,
        channel,
        subject,
        body: String::new(),
        urgent: false,
        after: 0,
        collapse_key: None,
    };
    let urgent = |one: Notification| Notification { urgent: true, ..one };
    let list = match event.kind {
        EventKind::VisitorWaiting => {
            let push = tell(AvailableConsultants, WebPush, format!("{name} is waiting"));
            vec![
                tell(AvailableConsultants, InApp, format!("{name} is waiting")),
                Notification { after: WAITING_SECONDS, collapse_key: Some("waiting".to_owned()), ..push },
            ]
        }
        EventKind::ChatMissed => vec![tell(Owners, Email, format!("{name} waited, and nobody answered"))],
        EventKind::CallMissed => vec![tell(Owners, Email, format!("{name} called, and nobody answered"))],
        EventKind::CallbackOrdered => vec![
            tell(AvailableConsultants, InApp, format!("{name} ordered a call")),
            tell(Owners, Email, format!("{name} ordered a call")),
        ],
        EventKind::CallbackDue => vec![
            urgent(tell(AvailableConsultants, InApp, format!("It is time to call {name}"))),
            urgent(tell(AvailableConsultants, WebPush, format!("It is time to call {name}"))),
        ],
        EventKind::PluginFailed => vec![
            tell(Owners, InApp, "A plugin failed; the built-in rules answer".to_owned()),
            tell(Owners, Email, "A plugin failed; the built-in rules answer".to_owned()),
        ],
        EventKind::ChatStarted
        | EventKind::ChatFinished
        | EventKind::CallFinished
        | EventKind::ConsultantOffline
        | EventKind::RatingReceived => Vec::new(),
    };
    Plan::Send(list)
}
