//! Calls: kept when they ring, completed once, rated by their visitor, listed for the business.

use actors::ids::{CallId, VisitorId};
use actors::ports::{EndedCall, NewCall, RingOutcome, RingRecord, Visit};
use actors::protocol::{Author, CallReason, Fact};
use hub_store::{Call, CallFilter, StoreError};

use crate::bakery::{Bakery as Shop, Visitor, at, newest, text};

/// Every reason there is, each kept by its own word.
const REASONS: [CallReason; 14] = [
    CallReason::VisitorHangup,
    CallReason::ConsultantHangup,
    CallReason::Declined,
    CallReason::Cancelled,
    CallReason::NoAnswer,
    CallReason::Busy,
    CallReason::OutsideHours,
    CallReason::ConnectFailed,
    CallReason::PeerLost,
    CallReason::MicDenied,
    CallReason::Transferred,
    CallReason::TimeLimit,
    CallReason::ServerShutdown,
    CallReason::Error,
];

fn new_call(bakery: &Shop, second: u32) -> NewCall {
    NewCall {
        id: CallId::mint(at(second)),
        business: bakery.business,
        package: bakery.package,
        visitor: Visitor::new().id,
        chat: None,
        visit: Visit { ip: "192.0.2.7".into(), given_name: Some(text("Vera")), ..Visit::default() },
        at: at(second),
    }
}

async fn began(bakery: &Shop, second: u32) -> NewCall {
    let call = new_call(bakery, second);
    bakery.store.begin_call(call.clone()).await.unwrap();
    call
}

/// It rang anna for five seconds.
fn ended(bakery: &Shop, call: &NewCall, reason: CallReason) -> EndedCall {
    let ring = RingRecord { account: bakery.anna.id, at: call.at, outcome: RingOutcome::Missed };
    EndedCall {
        id: call.id,
        business: bakery.business,
        reason,
        ended_at: at(300),
        consultant: None,
        answered_at: None,
        talking_since: None,
        rings: vec![ring],
        visitor_mos10: None,
        consultant_mos10: None,
    }
}

/// ben answered and talked from second 110 on.
fn talked(bakery: &Shop, call: &NewCall) -> EndedCall {
    let answer = RingRecord { account: bakery.ben.id, at: at(105), outcome: RingOutcome::Answered };
    let rung = ended(bakery, call, CallReason::VisitorHangup);
    EndedCall {
        consultant: Some(bakery.ben.id),
        answered_at: Some(at(107)),
        talking_since: Some(at(110)),
        rings: [rung.rings, vec![answer]].concat(),
        visitor_mos10: Some(43),
        consultant_mos10: Some(38),
        ..rung
    }
}

async fn listed(bakery: &Shop, filter: CallFilter) -> Vec<Call> {
    bakery.store.calls(bakery.business, filter).await.unwrap()
}

async fn only(bakery: &Shop) -> Call {
    let [call] = <[Call; 1]>::try_from(listed(bakery, all()).await).unwrap();
    call
}

fn all() -> CallFilter {
    CallFilter { limit: 50, ..CallFilter::default() }
}

on_both_engines! {
    async fn a_call_is_kept_as_it_began_and_as_it_ended(bakery) {
        let chat = bakery.open().await;
        let new = NewCall { chat: Some(chat), ..new_call(&bakery, 1) };
        bakery.store.begin_call(new.clone()).await.unwrap();

        let ringing = only(&bakery).await;
        assert_eq!((ringing.id, ringing.package, ringing.visitor), (new.id, new.package, new.visitor));
        assert_eq!((ringing.chat, ringing.asked_at, &ringing.visit), (Some(chat), at(1), &new.visit));
        assert_eq!((ringing.reason, ringing.ended_at, ringing.rings.len()), (None, None, 0));
        assert_eq!((ringing.is_missed(), ringing.seconds()), (false, 0));

        let over = talked(&bakery, &new);
        bakery.store.end_call(over.clone()).await.unwrap();

        let kept = only(&bakery).await;
        assert_eq!((kept.reason, kept.ended_at, kept.consultant), (Some(over.reason), Some(at(300)), over.consultant));
        assert_eq!((kept.answered_at, kept.talking_since, &kept.rings), (Some(at(107)), Some(at(110)), &over.rings));
        assert_eq!((kept.visitor_mos10, kept.consultant_mos10, kept.rating), (Some(43), Some(38), None));
        assert_eq!((kept.is_missed(), kept.seconds()), (false, 190));
        assert_eq!((kept.chat, kept.visit), (ringing.chat, ringing.visit));
    }

    async fn a_call_ends_once(bakery) {
        let call = began(&bakery, 1).await;
        bakery.store.end_call(talked(&bakery, &call)).await.unwrap();
        let first = only(&bakery).await;

        bakery.store.end_call(ended(&bakery, &call, CallReason::Error)).await.unwrap();

        assert_eq!(only(&bakery).await, first);
        let nobodys = EndedCall { id: CallId::mint(at(2)), ..talked(&bakery, &call) };
        let refused = bakery.store.end_call(nobodys).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }

    async fn every_reason_is_kept(bakery) {
        for (second, reason) in (1..).zip(REASONS) {
            let call = began(&bakery, second).await;
            bakery.store.end_call(ended(&bakery, &call, reason)).await.unwrap();
        }

        let kept: Vec<_> = listed(&bakery, all()).await.into_iter().rev().filter_map(|call| call.reason).collect();

        assert_eq!(kept, REASONS);
    }

    async fn calls_are_listed_newest_first_by_page_and_those_nobody_answered_alone(bakery) {
        let (first, second, third) = (began(&bakery, 1).await, began(&bakery, 2).await, began(&bakery, 3).await);
        bakery.store.end_call(ended(&bakery, &first, CallReason::NoAnswer)).await.unwrap();
        bakery.store.end_call(talked(&bakery, &second)).await.unwrap();
        let ids = async |filter: CallFilter| -> Vec<CallId> {
            listed(&bakery, filter).await.into_iter().map(|call| call.id).collect()
        };

        assert_eq!(ids(all()).await, [third.id, second.id, first.id]);
        assert_eq!(ids(CallFilter { limit: 2, ..all() }).await, [third.id, second.id]);
        assert_eq!(ids(CallFilter { before: Some(second.id), ..all() }).await, [first.id]);
        assert_eq!(ids(CallFilter { is_missed: true, ..all() }).await, [first.id], "one still rings, one was answered");
        assert_eq!(ids(CallFilter { is_missed: true, before: Some(first.id), ..all() }).await, []);
    }

    async fn a_visitor_rates_an_own_call_that_was_talked(bakery) {
        let call = began(&bakery, 1).await;
        let rate = async |visitor: VisitorId, call: CallId, stars: u8| {
            bakery.store.rate_call(bakery.business, visitor, call, stars).await
        };
        let is_unknown = |rated| matches!(rated, Err(StoreError::NotFound));
        assert!(is_unknown(rate(call.visitor, call.id, 5).await), "it is not over");
        bakery.store.end_call(talked(&bakery, &call)).await.unwrap();
        let missed = began(&bakery, 2).await;
        bakery.store.end_call(ended(&bakery, &missed, CallReason::NoAnswer)).await.unwrap();

        rate(call.visitor, call.id, 2).await.unwrap();
        rate(call.visitor, call.id, 4).await.unwrap();

        assert!(is_unknown(rate(Visitor::new().id, call.id, 1).await), "somebody else's");
        assert!(is_unknown(rate(missed.visitor, missed.id, 1).await), "nobody talked");
        assert!(matches!(rate(call.visitor, call.id, 6).await, Err(StoreError::Failed(_))), "there are five stars");
        let ratings: Vec<_> = listed(&bakery, all()).await.into_iter().map(|call| call.rating).collect();
        assert_eq!(ratings, [None, Some(4)]);
    }

    async fn calls_of_a_killed_hub_are_broken_off(bakery) {
        let (over, cut_off) = (began(&bakery, 1).await, began(&bakery, 2).await);
        bakery.store.end_call(talked(&bakery, &over)).await.unwrap();

        assert_eq!(bakery.store.break_off_calls(at(400)).await.unwrap(), 1);
        assert_eq!(bakery.store.break_off_calls(at(500)).await.unwrap(), 0);

        let calls = listed(&bakery, all()).await;
        assert_eq!((calls[0].id, calls[0].reason, calls[0].ended_at), (cut_off.id, Some(CallReason::Error), Some(at(400))));
        assert_eq!((calls[1].reason, calls[1].ended_at), (Some(CallReason::VisitorHangup), Some(at(300))));
    }

    async fn another_business_finds_ends_and_rates_nothing(bakery) {
        let call = began(&bakery, 1).await;
        bakery.store.end_call(talked(&bakery, &call)).await.unwrap();
        let open = began(&bakery, 2).await;
        let fiona = bakery.fiona().await;
        let florist = fiona.business;
        let package = bakery.store.packages(florist).await.unwrap()[0].id;

        assert_eq!(bakery.store.calls(florist, all()).await.unwrap(), []);
        let taken = EndedCall { business: florist, ..ended(&bakery, &open, CallReason::Error) };
        assert!(matches!(bakery.store.end_call(taken).await, Err(StoreError::NotFound)));
        let rated = bakery.store.rate_call(florist, call.visitor, call.id, 1).await;
        assert!(matches!(rated, Err(StoreError::NotFound)));
        let foreign_package = NewCall { package, ..new_call(&bakery, 3) };
        assert!(matches!(bakery.store.begin_call(foreign_package).await, Err(StoreError::Dangling)));
        let foreign_consultant = EndedCall { consultant: Some(fiona.id), ..talked(&bakery, &open) };
        assert!(matches!(bakery.store.end_call(foreign_consultant).await, Err(StoreError::Dangling)));
    }

    async fn a_chat_keeps_invitations_and_calls(bakery) {
        let chat = bakery.open().await;
        let anna = Author::Consultant { account: bakery.anna.id };
        let call = Fact::Called { call: CallId::mint(at(4)), reason: CallReason::NoAnswer, seconds: 0 };
        let facts = [
            (anna, Fact::Invited { consultant: bakery.anna.face() }),
            (Author::Visitor, Fact::InviteDeclined),
            (Author::Hub, call),
        ];
        let entries: Vec<_> =
            (2..).zip(facts).map(|(seq, (from, fact))| bakery.entry(chat, seq, from, fact)).collect();

        for entry in &entries {
            bakery.store.append(entry.clone()).await.unwrap();
        }

        let kept = bakery.store.load_chat(chat, 10).await.unwrap().events;
        assert_eq!(kept[1..], entries.iter().map(|entry| entry.event.clone()).collect::<Vec<_>>());
        let page = bakery.store.page_for_desk(bakery.business, chat, newest(10)).await.unwrap();
        assert_eq!(page.events, kept);
    }
}
