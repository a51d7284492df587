//! The door of the port, without a port.

use std::net::SocketAddr;

use super::*;

const LEG: LegKey = 1;
const OTHER: LegKey = 2;
const VOICE: [u8; 12] = [0x80, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];
const HELLO: [u8; 14] = [22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1];

fn credentials(ufrag: &str) -> Credentials {
    Credentials { ufrag: ufrag.to_owned(), password: format!("{ufrag}-password-of-this-leg") }
}

fn udp(port: u16) -> Place {
    Place::Udp(SocketAddr::from(([198, 51, 100, 1], port)))
}

/// A binding request, signed.
fn check(ufrag: &str, password: &str, nominates: bool) -> Vec<u8> {
    stun::forge::request(&format!("{ufrag}:them"), password, nominates)
}

/// A check of a browser that answered an offer to mend, under its new name.
fn renewed(ufrag: &str) -> Vec<u8> {
    stun::forge::request(&format!("{ufrag}:they"), &credentials(ufrag).password, false)
}

fn signed(ufrag: &str) -> Vec<u8> {
    check(ufrag, &credentials(ufrag).password, false)
}

fn them() -> Credentials {
    Credentials { ufrag: "them".to_owned(), password: "their password".to_owned() }
}

fn table() -> Table {
    let (mut table, now) = (Table::default(), Instant::now());
    table.add(LEG, Arc::new(Inbox::default()), credentials("anna"), now);
    table.add(OTHER, Arc::new(Inbox::default()), credentials("bens"), now);
    table.answered(LEG, &them());
    table.answered(OTHER, &them());
    table
}

#[test]
fn nothing_enters_without_a_signed_check() {
    let (mut table, now) = (table(), Instant::now());
    for datagram in [&VOICE[..], &HELLO[..], &check("anna", "wrong", false), &check("nobody", "wrong", false)] {
        let ruling = table.incoming(udp(1), datagram, now);
        assert_eq!(ruling.refusal, Some(Refusal::Unknown));
        assert!(ruling.reply.is_none() && ruling.deliver.is_none());
    }
    assert_eq!(table.places(), 0);
    assert_eq!(table.destination(LEG), None);
}

#[test]
fn a_signed_check_is_answered_and_opens_the_door() {
    let (mut table, now) = (table(), Instant::now());
    let ruling = table.incoming(udp(1), &signed("anna"), now);
    let reply = ruling.reply.unwrap();
    assert!(stun::parse(&reply).unwrap().is_signed_with(&credentials("anna").password));
    assert!(ruling.deliver.is_some() && !ruling.has_moved);
    assert_eq!(table.destination(LEG), Some(udp(1)));
    assert!(table.incoming(udp(1), &HELLO, now).deliver.is_some());
    assert!(table.incoming(udp(2), &HELLO, now).deliver.is_none());
}

#[test]
fn voice_from_another_place_that_entered_moves_the_leg_and_keys_do_not() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    let second = table.incoming(udp(2), &signed("anna"), now);
    assert!(second.reply.is_some() && second.deliver.is_none());
    assert!(!table.incoming(udp(2), &HELLO, now).has_moved);
    assert_eq!(table.destination(LEG), Some(udp(1)));
    assert!(table.incoming(udp(2), &VOICE, now).has_moved);
    assert_eq!(table.destination(LEG), Some(udp(2)));
}

#[test]
fn a_nomination_moves_the_leg() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    let nominated = check("anna", &credentials("anna").password, true);
    assert!(table.incoming(udp(2), &nominated, now).has_moved);
    assert_eq!(table.destination(LEG), Some(udp(2)));
}

#[test]
fn after_a_new_offer_its_first_check_moves_the_leg_and_old_voice_does_not_call_it_back() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    table.renew(LEG, credentials("anew"));
    let old = table.incoming(udp(1), &signed("anna"), now);
    assert!(old.reply.is_some() && old.deliver.is_none());
    let early = table.incoming(udp(2), &renewed("anew"), now);
    assert!(early.has_moved && early.reply.is_some() && early.deliver.is_none());
    assert!(!table.incoming(udp(2), &renewed("anew"), now).has_moved);
    assert!(!table.incoming(udp(1), &VOICE, now).has_moved);
    assert_eq!(table.destination(LEG), Some(udp(2)));
    table.renew(LEG, credentials("again"));
    assert!(table.incoming(udp(3), &signed("anna"), now).reply.is_none());
}

#[test]
fn an_old_socket_under_its_old_name_is_not_the_new_path() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    table.renew(LEG, credentials("anew"));
    assert_eq!(table.incoming(udp(1), &signed("anew"), now).refusal, Some(Refusal::Unknown));
    assert!(table.incoming(udp(2), &renewed("anew"), now).has_moved);
    table.answered(LEG, &Credentials { ufrag: "they".to_owned(), ..them() });
    assert_eq!(table.incoming(udp(1), &signed("anew"), now).refusal, Some(Refusal::Unknown));
    assert!(table.incoming(udp(2), &renewed("anew"), now).deliver.is_some());
    assert_eq!(table.destination(LEG), Some(udp(2)));
}

#[test]
fn a_check_that_comes_before_the_answer_is_kept_for_it() {
    let (mut table, now, inbox) = (Table::default(), Instant::now(), Arc::new(Inbox::default()));
    table.add(LEG, Arc::clone(&inbox), credentials("anna"), now);
    let context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(table.incoming(udp(1), &signed("anna"), now).reply.is_some());
    assert!(inbox.poll_next(&context).is_pending());
    table.answered(LEG, &them());
    assert_eq!(inbox.poll_next(&context), std::task::Poll::Ready(signed("anna")));
    assert!(table.incoming(udp(1), &signed("anna"), now).deliver.is_some());
}

#[test]
fn a_silent_place_is_left_for_one_that_checks() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    assert!(!table.incoming(udp(2), &signed("anna"), now + Duration::from_secs(2)).has_moved);
    assert!(table.incoming(udp(2), &signed("anna"), now + Duration::from_secs(4)).has_moved);
}

#[test]
fn another_leg_cannot_take_a_place_in_use() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    assert_eq!(table.incoming(udp(1), &signed("bens"), now).refusal, Some(Refusal::Unknown));
    let later = now + Duration::from_secs(6);
    assert!(table.incoming(udp(1), &signed("bens"), later).reply.is_some());
    assert_eq!(table.destination(OTHER), Some(udp(1)));
    assert_eq!(table.destination(LEG), None);
}

#[test]
fn an_answer_to_a_check_counts_only_signed_and_from_where_the_leg_is() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    table.incoming(udp(2), &signed("anna"), now);
    let forged = stun::answer(&[1; 12], udp(9).address(), "another password");
    assert!(table.incoming(udp(1), &forged, now).deliver.is_none());
    let answer = stun::answer(&[1; 12], udp(9).address(), &them().password);
    assert!(table.incoming(udp(1), &answer, now).deliver.is_some());
    assert!(table.incoming(udp(2), &answer, now).deliver.is_none());
    assert!(table.incoming(udp(7), &answer, now).deliver.is_none());
}

#[test]
fn places_are_few_and_forgotten() {
    let (mut table, now) = (table(), Instant::now());
    for port in 1..=100 {
        table.incoming(udp(port), &signed("anna"), now + Duration::from_millis(u64::from(port)));
    }
    assert_eq!(table.places(), PLACES_PER_LEG);
    assert_eq!(table.destination(LEG), Some(udp(1)));
    table.sweep(now + Duration::from_mins(2));
    assert_eq!(table.places(), 1);
    table.leave(udp(1));
    assert_eq!(table.destination(LEG), None);
    table.remove(LEG);
    table.remove(OTHER);
    assert_eq!((table.legs(), table.places(), table.names()), (0, 0, 0));
}

#[test]
fn what_a_leg_sends_beyond_its_budget_is_dropped_and_the_path_and_other_legs_stay() {
    let (mut table, now) = (table(), Instant::now());
    table.incoming(udp(1), &signed("anna"), now);
    table.incoming(udp(2), &signed("bens"), now);
    let taken = (0..1_000).filter(|_packet| table.incoming(udp(1), &VOICE, now).deliver.is_some()).count();

    assert_eq!(taken, 256);
    assert_eq!(table.incoming(udp(1), &VOICE, now).refusal, Some(Refusal::Budget));
    assert_eq!(table.incoming(udp(1), &HELLO, now).refusal, Some(Refusal::Budget));
    assert!(table.incoming(udp(1), &signed("anna"), now).reply.is_some(), "its path is still checked");
    assert!(table.incoming(udp(2), &VOICE, now).deliver.is_some(), "another leg is not concerned");
    let later = now + Duration::from_secs(1);
    let taken = (0..1_000).filter(|_packet| table.incoming(udp(1), &VOICE, later).deliver.is_some()).count();
    assert_eq!(taken, 200);
}

#[test]
fn checks_have_a_budget_and_strangers_do_not_use_it_up() {
    let (mut table, now) = (table(), Instant::now());
    for _forged in 0..1_000 {
        table.incoming(udp(1), &check("anna", "wrong", false), now);
    }
    let answered = (0..1_000).filter(|_check| table.incoming(udp(1), &signed("anna"), now).reply.is_some()).count();

    assert_eq!(answered, 200);
    assert_eq!(table.incoming(udp(1), &signed("anna"), now).refusal, Some(Refusal::Budget));
    assert!(table.incoming(udp(1), &VOICE, now).deliver.is_some());
}
