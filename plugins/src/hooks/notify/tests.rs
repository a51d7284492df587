//! Notifications to people who must not be written to, and what is left of a plan.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::samples::visitor;
use crate::wit::exports::click2callme::plugin::notifications::EventKind;

fn event() -> Event {
    let visitor = Some(visitor());
    Event { kind: EventKind::ChatMissed, at: 0, medium: None, visitor, consultant: None, facts: Vec::new() }
}

fn allowed(anyone: bool) -> Allowed {
    let set = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
    let addresses = set(&["desk@bakery.example", "https://bakery.example/hook"]);
    Allowed { consultants: set(&["anna", "ben"]), addresses, anyone }
}

fn tell(to: Recipient, channel: Channel) -> Notification {
    let (subject, body) = ("A visitor waits".to_owned(), "Vera, for 2 minutes".to_owned());
    Notification { to, channel, subject, body, urgent: false, after: 0, collapse_key: None }
}

fn address(text: &str, channel: Channel) -> Notification {
    tell(Recipient::Address(text.to_owned()), channel)
}

/// Is this notification left as it was?
fn passes(allowed: &Allowed, notification: Notification) -> bool {
    let plan = Plan::Send(vec![notification]);
    check(allowed, &event(), plan.clone()).value == plan
}

#[test]
fn only_own_addresses_are_written_to() {
    let own = allowed(false);

    assert!(passes(&own, address("desk@bakery.example", Channel::Email)));
    assert!(passes(&own, address("https://bakery.example/hook", Channel::Webhook)));
    assert!(!passes(&own, address("vera@spam.example", Channel::Email)));
    assert!(!passes(&own, address("https://spam.example/", Channel::Webhook)));
    assert!(passes(&allowed(true), address("vera@spam.example", Channel::Email)));
}

#[test]
fn an_address_must_suit_its_channel() {
    let anyone = allowed(true);

    assert!(!passes(&anyone, address("https://bakery.example/hook", Channel::Email)));
    assert!(!passes(&anyone, address("desk@bakery.example", Channel::Webhook)));
    assert!(!passes(&anyone, address("https://127.0.0.1/", Channel::Webhook)));
    assert!(!passes(&anyone, address("a@b.example\r\nBcc: c@d.example", Channel::Email)));
    assert!(!passes(&anyone, address("desk@bakery.example", Channel::InApp)));
    assert!(!passes(&anyone, tell(Recipient::Owners, Channel::Webhook)));
}

#[test]
fn strangers_are_not_told() {
    let own = allowed(false);

    assert!(passes(&own, tell(Recipient::Consultant("anna".to_owned()), Channel::WebPush)));
    assert!(!passes(&own, tell(Recipient::Consultant("olga".to_owned()), Channel::WebPush)));
    assert!(passes(&own, tell(Recipient::Visitor, Channel::Email)));
    assert!(!passes(&own, tell(Recipient::Visitor, Channel::InApp)));
    let nobody = Event { visitor: None, ..event() };
    let mail = Plan::Send(vec![tell(Recipient::Visitor, Channel::Email)]);
    assert_eq!(check(&own, &nobody, mail).value, Plan::Inherit);
}

#[test]
fn a_plan_that_means_nobody_is_kept_and_one_that_reaches_nobody_is_not() {
    let own = allowed(false);

    assert_eq!(check(&own, &event(), Plan::Send(Vec::new())).value, Plan::Send(Vec::new()));
    let foreign = Plan::Send(vec![address("a@b.example", Channel::Email)]);
    assert_eq!(check(&own, &event(), foreign).value, Plan::Inherit);
    assert_eq!(check(&own, &event(), Plan::Inherit).value, Plan::Inherit);
}

#[test]
fn a_flood_is_cut() {
    let one = |index: u32| Notification { after: index, ..tell(Recipient::Owners, Channel::InApp) };
    let Plan::Send(kept) = check(&allowed(false), &event(), Plan::Send((0..9_999).map(one).collect())).value else {
        panic!("was sent");
    };
    assert_eq!(kept.len(), MOST_NOTIFICATIONS);

    let same = Plan::Send(vec![tell(Recipient::Owners, Channel::InApp); 3]);
    assert_eq!(check(&allowed(false), &event(), same).value, Plan::Send(vec![tell(Recipient::Owners, Channel::InApp)]));
}

fn recipients() -> impl Strategy<Value = Recipient> {
    let address = prop_oneof![
        any::<String>(),
        Just("desk@bakery.example".to_owned()),
        Just("https://bakery.example/hook".to_owned()),
        "[a-z]{1,5}@[a-z]{1,5}\\.example",
    ];
    prop_oneof![
        prop_oneof![Just("anna".to_owned()), any::<String>()].prop_map(Recipient::Consultant),
        Just(Recipient::AvailableConsultants),
        Just(Recipient::Owners),
        Just(Recipient::Visitor),
        address.prop_map(Recipient::Address),
    ]
}

fn notifications() -> impl Strategy<Value = Notification> {
    let channel =
        prop_oneof![Just(Channel::InApp), Just(Channel::WebPush), Just(Channel::Email), Just(Channel::Webhook)];
    let texts = (any::<String>(), any::<String>(), any::<Option<String>>());
    (recipients(), channel, texts, any::<bool>(), any::<u32>()).prop_map(
        |(to, channel, (subject, body, collapse_key), urgent, after)| Notification {
            to,
            channel,
            subject,
            body,
            urgent,
            after,
            collapse_key,
        },
    )
}

proptest! {
    #[test]
    fn whatever_is_sent_may_be_sent(told in vec(notifications(), 0..30), anyone in any::<bool>()) {
        let allowed = allowed(anyone);

        let checked = check(&allowed, &event(), Plan::Send(told));

        if let Plan::Send(kept) = &checked.value {
            prop_assert!(kept.len() <= MOST_NOTIFICATIONS);
            for one in kept {
                prop_assert!(!one.subject.is_empty() || !one.body.is_empty());
                prop_assert!(one.subject.chars().count() <= SUBJECT_CHARS && one.body.chars().count() <= BODY_CHARS);
                prop_assert!(!one.subject.contains(char::is_control));
                prop_assert!(one.after <= MOST_DELAY);
                match &one.to {
                    Recipient::Consultant(id) => prop_assert!(allowed.consultants.contains(id)),
                    Recipient::Address(to) => prop_assert!(anyone || allowed.addresses.contains(to)),
                    Recipient::Visitor => prop_assert_eq!(one.channel, Channel::Email),
                    Recipient::AvailableConsultants | Recipient::Owners => {}
                }
            }
        }
        prop_assert!(check(&allowed, &event(), checked.value).notes.is_empty());
    }
}
