//! Who gets an allocation, how many, and for how long.

use actors::ids::CallId;
use actors::protocol::CallSide;

use super::client::{Browser, Desk, MEDIA, UDP, address};
use crate::turn::allocation::Client;
use crate::turn::server::MOST_ALLOCATIONS;
use crate::turn::stun::{Writer, attribute, kind};

#[test]
fn an_allocation_is_at_an_address_nobody_has() {
    let mut desk = Desk::new();

    let answered = desk.allocate().unwrap();

    let relayed = answered.relayed.unwrap();
    assert!(relayed.ip().to_string().starts_with("192.0.2."), "{relayed}");
    assert_eq!(answered.mapped, Some(address("198.51.100.7:50000")));
    assert_eq!(answered.lifetime, Some(600));
}

#[test]
fn a_request_without_credentials_is_challenged() {
    let mut desk = Desk::new();
    let bare = Writer::new(kind::ALLOCATE, [8; 12]).with(attribute::REQUESTED_TRANSPORT, &UDP).unsigned();
    desk.browser.transaction = [8; 12];

    let challenge = desk.give(&bare);

    assert_eq!(desk.browser.read(&challenge), Err(401));
    assert!(challenge.len() < 5 * bare.len(), "{} bytes for {}", challenge.len(), bare.len());
    assert!(desk.ask_once(kind::ALLOCATE, &[(attribute::REQUESTED_TRANSPORT, UDP.to_vec())]).is_ok());
}

#[test]
fn a_wrong_password_is_refused() {
    let mut desk = Desk::new();
    desk.browser.password.push('x');

    assert_eq!(desk.allocate(), Err(401));
}

#[test]
fn credentials_of_another_process_are_refused() {
    let mut desk = Desk::new();
    let expired = desk.browser.username.split(':').next().unwrap().parse::<u64>().unwrap();
    for username in
        ["", ":", "olga", "1:2:3", &format!("{expired}:{}:owner", desk.call), &format!("0{}", desk.browser.username)]
    {
        desk.browser.username = username.to_owned();

        assert_eq!(desk.allocate(), Err(401), "{username}");
    }
}

#[test]
fn credentials_make_allocations_for_ten_minutes() {
    let mut desk = Desk::new();
    desk.later(599);
    assert!(desk.allocate().is_ok());

    desk.from = Client::Udp(address("198.51.100.7:50001"));
    desk.later(1);

    assert_eq!(desk.allocate(), Err(438));
    assert_eq!(desk.allocate(), Err(401));
}

#[test]
fn an_allocation_is_refreshed_as_long_as_its_call_lives() {
    let mut desk = Desk::allocated();

    for _minute in 0..30 {
        desk.later(60);
        assert_eq!(desk.refresh(600).map(|answered| answered.lifetime), Ok(Some(600)));
    }
}

#[test]
fn a_refresh_is_never_longer_than_ten_minutes() {
    let mut desk = Desk::allocated();

    assert_eq!(desk.refresh(86_400).unwrap().lifetime, Some(600));

    desk.later(600);
    assert_eq!(desk.refresh(600), Err(437));
}

#[test]
fn nothing_is_left_after_the_hang_up() {
    let mut desk = Desk::allocated();
    desk.permit(MEDIA).unwrap();
    let (label, _) = desk.send(MEDIA, b"voice").unwrap();

    desk.server.revoke(desk.call);

    assert_eq!(desk.refresh(600), Err(401));
    assert_eq!(desk.allocate(), Err(401));
    assert_eq!(desk.permit(MEDIA), Err(401));
    assert_eq!(desk.send(MEDIA, b"voice"), None);
    assert_eq!(desk.server.toward_client(label, b"voice", desk.now), None);
    let ended = desk.server.take_ended();
    assert_eq!(ended.len(), 1);
    assert!(ended[0].client == desk.from && ended[0].labels.contains(&label));
}

#[test]
fn credentials_are_renewed_only_while_the_call_lives() {
    let mut desk = Desk::allocated();
    desk.later(3600);

    desk.browser = Browser::new(desk.server.renew(desk.call, CallSide::Visitor, desk.now).unwrap());
    desk.from = Client::Udp(address("198.51.100.7:50001"));
    assert!(desk.allocate().is_ok());
    desk.server.revoke(desk.call);

    assert_eq!(desk.server.renew(desk.call, CallSide::Visitor, desk.now), None);
    assert_eq!(desk.allocate(), Err(401));
}

#[test]
fn a_hang_up_ends_only_its_own_call() {
    let mut desk = Desk::allocated();
    desk.permit(MEDIA).unwrap();

    desk.server.revoke(CallId::from(78));

    assert!(desk.refresh(600).is_ok());
    assert!(desk.send(MEDIA, b"voice").is_some());
}

#[test]
fn a_third_allocation_with_the_same_credentials_is_refused() {
    let mut desk = Desk::new();
    let mut outcomes = Vec::new();
    for port in 50_000..50_003 {
        desk.from = Client::Udp(address(&format!("198.51.100.7:{port}")));
        desk.browser.nonce.clear();
        outcomes.push(desk.allocate().map(|answered| answered.lifetime));
    }

    assert_eq!(outcomes, [Ok(Some(600)), Ok(Some(600)), Err(486)]);
}

#[test]
fn a_page_that_is_loaded_again_always_gets_an_allocation() {
    let mut desk = Desk::allocated();
    let first = desk.from;

    for port in 51_000..51_008 {
        desk.load_again(&format!("198.51.100.7:{port}"));
        assert!(desk.allocate().is_ok());
    }

    assert!(!desk.server.has_allocation(first));
    assert_eq!(desk.server.allocations.len(), 8);
}

#[test]
fn there_are_two_hundred_allocations_and_no_more() {
    let mut desk = Desk::new();
    for number in 0..MOST_ALLOCATIONS {
        desk.browser = Browser::new(desk.server.admit(CallId::from(i64::from(number)), CallSide::Visitor, desk.now));
        desk.from = Client::Udp(address(&format!("198.51.100.8:{}", 40_000 + u16::from(number))));
        assert!(desk.allocate().is_ok(), "{number}");
    }
    let last = desk.from;
    desk.browser = Browser::new(desk.server.admit(CallId::from(1000), CallSide::Visitor, desk.now));
    desk.from = Client::Udp(address("198.51.100.8:50000"));

    assert_eq!(desk.allocate(), Err(508));

    desk.server.left(last);
    assert!(desk.allocate().is_ok());
}

#[test]
fn a_request_whose_answer_was_lost_is_answered_again() {
    let mut desk = Desk::new();
    let first = desk.allocate();

    let again = desk.browser.again(kind::ALLOCATE, &[(attribute::REQUESTED_TRANSPORT, UDP.to_vec())]);
    let answer = desk.give(&again);

    assert_eq!(desk.browser.read(&answer), first);
    assert_eq!(desk.allocate(), Err(437), "another request is not the same one");
}

#[test]
fn an_allocation_belongs_to_its_credentials() {
    let mut desk = Desk::allocated();
    let from = desk.from;
    desk.load_again("198.51.100.9:1024");
    desk.from = from;

    assert_eq!(desk.refresh(600), Err(441));
    assert_eq!(desk.permit(MEDIA), Err(441));
}

#[test]
fn an_allocation_nobody_refreshes_ends() {
    let mut desk = Desk::allocated();
    desk.later(599);
    desk.server.sweep(desk.now);
    assert!(desk.server.take_ended().is_empty());

    desk.later(1);
    desk.server.sweep(desk.now);

    assert_eq!(desk.server.take_ended().len(), 1);
}

#[test]
fn a_client_may_end_its_allocation() {
    let mut desk = Desk::allocated();

    assert_eq!(desk.refresh(0).unwrap().lifetime, Some(0));

    assert_eq!(desk.refresh(0), Err(437));
    assert_eq!(desk.server.take_ended().len(), 1);
}

#[test]
fn only_udp_is_relayed() {
    let mut desk = Desk::new();

    assert_eq!(desk.ask(kind::ALLOCATE, &[(attribute::REQUESTED_TRANSPORT, vec![6, 0, 0, 0])]), Err(442));
    assert_eq!(desk.ask(kind::ALLOCATE, &[]), Err(400));
}

#[test]
fn what_the_relay_does_not_have_is_refused() {
    let mut desk = Desk::new();
    let udp = (attribute::REQUESTED_TRANSPORT, UDP.to_vec());
    let mut with = |kind, value: &[u8]| desk.ask(kind::ALLOCATE, &[udp.clone(), (kind, value.to_vec())]);

    assert_eq!(with(attribute::REQUESTED_ADDRESS_FAMILY, &[2, 0, 0, 0]), Err(440));
    assert_eq!(with(attribute::REQUESTED_ADDRESS_FAMILY, &[3, 0, 0, 0]), Err(440));
    assert_eq!(with(attribute::EVEN_PORT, &[0x80]), Err(508));
    assert_eq!(with(attribute::RESERVATION_TOKEN, &[0; 8]), Err(508));
    assert_eq!(with(0x002A, &[0; 4]), Err(420), "CONNECTION-ID of RFC 6062");
    assert!(with(0xFF05, &[0; 4]).is_ok(), "what a client may leave out is not looked at");
}

#[test]
fn a_nonce_is_good_for_an_hour_and_for_one_client() {
    let mut desk = Desk::allocated();
    for _minute in 0..59 {
        desk.later(60);
        assert!(desk.ask_once(kind::REFRESH, &[]).is_ok());
    }
    desk.later(60);
    assert_eq!(desk.ask_once(kind::REFRESH, &[]), Err(438));
    assert!(desk.ask_once(kind::REFRESH, &[]).is_ok());

    desk.from = Client::Udp(address("198.51.100.7:50009"));

    assert_eq!(desk.ask_once(kind::REFRESH, &[]), Err(438));
}
