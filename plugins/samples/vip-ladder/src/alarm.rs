//! Who hears of an important visitor: consultants at once, owners a little later and then by mail.

use click2callme_plugin::notifications::{Channel, EventKind, Notification, Plan, Recipient};
use click2callme_plugin::types::Visitor;

/// Seconds the consultants have before their owner hears of it.
const OWNER_AFTER: u32 = 30;
/// Seconds until it also goes by mail.
const MAIL_AFTER: u32 = 120;

/// What to send for this event; everything but waiting and missed visitors is as usual.
pub(crate) fn plan(kind: EventKind, visitor: &Visitor) -> Plan {
    let name = visitor.name.as_deref().unwrap_or("An important visitor");
    match kind {
        EventKind::VisitorWaiting => {
            let subject = format!("{name} is waiting");
            let one = |to, channel, after| Notification {
                to,
                channel,
                subject: subject.clone(),
                body: format!("On {}", visitor.page_url),
                urgent: true,
                after,
                // The hub drops what was not sent yet when the same key comes again.
                collapse_key: Some(format!("important-{}-{after}", visitor.id)),
            };
            Plan::Send(vec![
                one(Recipient::AvailableConsultants, Channel::InApp, 0),
                one(Recipient::Owners, Channel::WebPush, OWNER_AFTER),
                one(Recipient::Owners, Channel::Email, MAIL_AFTER),
            ])
        }
        EventKind::ChatMissed | EventKind::CallMissed => Plan::Send(vec![Notification {
            to: Recipient::Owners,
            channel: Channel::Email,
            subject: format!("{name} left without an answer"),
            body: format!("Last seen on {}", visitor.page_url),
            urgent: true,
            after: 0,
            collapse_key: None,
        }]),
        _ => Plan::Inherit,
    }
}
