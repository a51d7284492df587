//! Notifications: who is told what, by which channel, when.
//!
//! Promises: nobody unknown is written to, every channel fits its recipient, and
//! texts, delays and their number are bounded. A plugin is no relay for spam.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Checked, Notes, Why, line, lines};
use crate::form::address;
use crate::wit::exports::click2callme::plugin::notifications::{Channel, Event, Notification, Plan, Recipient};

/// Most notifications about one event.
pub const MOST_NOTIFICATIONS: usize = 20;
/// Longest subject, in characters.
pub const SUBJECT_CHARS: usize = 150;
/// Longest body, in characters.
pub const BODY_CHARS: usize = 4_000;
/// Longest key that joins notifications, in characters.
pub const KEY_CHARS: usize = 64;
/// Longest delay: a week, in seconds.
pub const MOST_DELAY: u32 = 604_800;

/// Whom a plugin may write to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    /// The consultants of the business.
    pub consultants: BTreeSet<String>,
    /// Addresses from the plugin's own settings: e-mail and `https`.
    pub addresses: BTreeSet<String>,
    /// An owner granted `notify-anyone`.
    pub anyone: bool,
}

/// Checks a plan; when nothing of it can be sent, the hub's own rule decides.
pub fn check(allowed: &Allowed, event: &Event, plan: Plan) -> Checked<Plan> {
    let mut notes = Notes::default();
    let Plan::Send(told) = plan else { return notes.with(Plan::Inherit) };
    let meant_nothing = told.is_empty();
    let mut kept: Vec<Notification> = Vec::new();
    for (index, notification) in notes.first("/Send", told, MOST_NOTIFICATIONS).into_iter().enumerate() {
        let at = format!("/Send/{index}");
        if let Some(rule) = objection(allowed, event, &notification) {
            notes.add(format!("{at}/to"), rule);
            continue;
        }
        let notification = shaped(&mut notes, &at, notification);
        if notification.subject.is_empty() && notification.body.is_empty() {
            notes.add(at, Why::Empty);
        } else if kept.contains(&notification) {
            notes.add(at, Why::Twice);
        } else {
            kept.push(notification);
        }
    }
    if kept.is_empty() && !meant_nothing {
        notes.add("/Send", Why::refused("nothing of it can be sent"));
        return notes.with(Plan::Inherit);
    }
    notes.with(Plan::Send(kept))
}

/// Why this recipient cannot be told by this channel.
fn objection(allowed: &Allowed, event: &Event, notification: &Notification) -> Option<Why> {
    let rule = match (&notification.to, notification.channel) {
        (Recipient::Address(address), Channel::Email) => return foreign(allowed, address, address::is_email(address)),
        (Recipient::Address(address), Channel::Webhook) => {
            return foreign(allowed, address, address::https_host(address).is_some());
        }
        (Recipient::Address(_), _) => "an address takes e-mail or a webhook",
        (_, Channel::Webhook) => "a webhook goes to an address",
        (Recipient::Consultant(id), _) if !allowed.consultants.contains(id) => return Some(Why::unknown(id)),
        (Recipient::Visitor, Channel::Email) => {
            let email = event.visitor.as_ref().and_then(|visitor| visitor.email.as_deref());
            if email.is_some_and(address::is_email) {
                return None;
            }
            "the visitor left no e-mail address"
        }
        (Recipient::Visitor, _) => "a visitor takes e-mail only",
        (Recipient::Consultant(_) | Recipient::AvailableConsultants | Recipient::Owners, _) => return None,
    };
    Some(Why::refused(rule))
}

fn foreign(allowed: &Allowed, address: &str, is_address: bool) -> Option<Why> {
    if !is_address {
        return Some(Why::refused("this is no address for this channel"));
    }
    let is_own = allowed.anyone || allowed.addresses.contains(address);
    (!is_own).then(|| Why::refused("the address is not in the settings, and writing to anyone was not allowed"))
}

fn shaped(notes: &mut Notes, at: &str, notification: Notification) -> Notification {
    let subject = line(notes, &format!("{at}/subject"), &notification.subject, SUBJECT_CHARS);
    let body = lines(notes, &format!("{at}/body"), &notification.body, BODY_CHARS);
    let after = notes.clamp(&format!("{at}/after"), notification.after, 0, MOST_DELAY);
    let key = notification.collapse_key.map(|key| line(notes, &format!("{at}/collapse_key"), &key, KEY_CHARS));
    let collapse_key = key.filter(|key| !key.is_empty());
    Notification { subject, body, after, collapse_key, ..notification }
}

#[cfg(test)]
mod tests;
