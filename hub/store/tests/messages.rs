//! Appending: numbered, kept once, refused when somebody else wrote.

use std::time::Duration;

use actors::ports::Kept;
use actors::protocol::{Author, ChatState, Fact, Seq};
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use hub_store::StoreError;

use crate::bakery::{Bakery, Home, at, changed};
use crate::postgres::psql;

on_both_engines! {
    async fn appended_events_are_read_back_as_they_were(bakery) {
        let chat = bakery.open().await;
        let returned = bakery.entry(chat, 4, Author::Hub, Fact::Returned);
        let entries = [
            bakery.said(chat, 2, "b"),
            bakery.anna_joins(chat, 3, 0),
            changed(returned, 1, ChatState::Waiting, None),
            bakery.closed(chat, 5, 2),
        ];

        for entry in entries.clone() {
            assert_eq!(bakery.store.append(entry).await.unwrap(), Kept::Now);
        }

        let events = bakery.store.events_after(chat, Seq::new(1), 10).await.unwrap();
        assert_eq!(events, entries.map(|entry| entry.event));
    }

    async fn a_repeated_message_is_found_where_it_was_kept(bakery) {
        let chat = bakery.open().await;
        bakery.store.append(bakery.said(chat, 2, "b")).await.unwrap();
        bakery.store.append(bakery.said(chat, 3, "c")).await.unwrap();

        let repeated = bakery.store.append(bakery.said(chat, 4, "b")).await.unwrap();

        assert_eq!(repeated, Kept::Before { seq: Seq::new(2), at: at(2) });
        assert_eq!(bakery.store.load_chat(chat, 10).await.unwrap().last_seq, Seq::new(3));
    }

    async fn a_message_sent_twice_at_once_is_kept_once(bakery) {
        let chat = bakery.open().await;

        let twice = join_all((2..12).map(|seq| bakery.store.append(bakery.said(chat, seq, "b")))).await;

        let kept = twice.iter().filter(|kept| matches!(kept, Ok(Kept::Now))).count();
        let before = twice.iter().filter(|kept| matches!(kept, Ok(Kept::Before { .. }))).count();
        assert_eq!((kept, before), (1, 9), "{twice:?}");
        assert_eq!(bakery.store.events_after(chat, Seq::new(1), 20).await.unwrap().len(), 1);
    }

    async fn a_repeated_message_is_found_in_a_closed_chat(bakery) {
        let chat = bakery.open().await;
        bakery.store.append(bakery.said(chat, 2, "b")).await.unwrap();
        bakery.store.append(bakery.closed(chat, 3, 0)).await.unwrap();

        let repeated = bakery.store.append(bakery.said(chat, 4, "b")).await.unwrap();

        assert_eq!(repeated, Kept::Before { seq: Seq::new(2), at: at(2) });
    }

    async fn a_taken_place_is_stale(bakery) {
        let chat = bakery.open().await;
        bakery.store.append(bakery.said(chat, 2, "b")).await.unwrap();

        let late = bakery.store.append(bakery.said(chat, 2, "c")).await;

        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        assert_eq!(bakery.store.events_after(chat, Seq::new(1), 10).await.unwrap().len(), 1);
    }

    async fn one_place_goes_to_one_message(bakery) {
        let chat = bakery.open().await;
        let names: Vec<String> = (0..10).map(|number| format!("n{number}")).collect();

        let all = join_all(names.iter().map(|name| bakery.store.append(bakery.said(chat, 2, name)))).await;

        assert_eq!(all.iter().filter(|kept| matches!(kept, Ok(Kept::Now))).count(), 1, "{all:?}");
        let winner = all.iter().position(|kept| matches!(kept, Ok(Kept::Now))).unwrap();
        let events = bakery.store.events_after(chat, Seq::new(1), 10).await.unwrap();
        assert_eq!(events, [bakery.said(chat, 2, &names[winner]).event]);
    }

    async fn the_second_of_two_claims_is_stale(bakery) {
        let chat = bakery.open().await;
        let anna = bakery.anna_joins(chat, 2, 0);
        let ben = bakery.entry(
            chat,
            3,
            Author::Consultant { account: bakery.ben.id },
            Fact::Joined { consultant: bakery.ben.face() },
        );
        let ben = changed(ben, 0, ChatState::Open, Some(bakery.ben.id));

        let (first, second) = (bakery.store.append(anna).await, bakery.store.append(ben).await);

        assert!(matches!(first, Ok(Kept::Now)), "{first:?}");
        assert!(matches!(second, Err(StoreError::Stale)), "{second:?}");
        let kept = bakery.store.load_chat(chat, 10).await.unwrap();
        assert_eq!((kept.consultant, kept.last_seq), (Some(bakery.anna.id), Seq::new(2)), "ben's event is undone too");
    }

    async fn claims_in_one_moment_have_one_winner(bakery) {
        let chat = bakery.open().await;

        let claims = join_all((2..12).map(|seq| bakery.store.append(bakery.anna_joins(chat, seq, 0)))).await;

        assert_eq!(claims.iter().filter(|claim| claim.is_ok()).count(), 1, "{claims:?}");
        assert!(claims.iter().all(|claim| matches!(claim, Ok(Kept::Now) | Err(StoreError::Stale))), "{claims:?}");
        assert_eq!(bakery.store.load_chat(chat, 10).await.unwrap().events.len(), 2);
    }

    async fn a_closed_chat_takes_no_more_lines(bakery) {
        let chat = bakery.open().await;
        bakery.store.append(bakery.closed(chat, 2, 0)).await.unwrap();

        let late = bakery.store.append(bakery.said(chat, 3, "b")).await;

        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }

    async fn a_foreign_business_appends_nothing(bakery) {
        let chat = bakery.open().await;
        let mut entry = bakery.said(chat, 2, "b");
        entry.business = bakery.florist().await;
        let mut claim = bakery.anna_joins(chat, 2, 0);
        claim.business = entry.business;

        for foreign in [entry, claim] {
            let refused = bakery.store.append(foreign).await;

            assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        }
        assert_eq!(bakery.store.load_chat(chat, 10).await.unwrap().last_seq, Seq::new(1));
    }

    async fn an_unknown_chat_takes_nothing(bakery) {
        let refused = bakery.store.append(bakery.said(actors::ids::ChatId::from(1), 2, "b")).await;

        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }

    async fn a_row_the_database_refuses_hurts_no_neighbor(bakery) {
        let chats = join_all((0..9).map(|_| bakery.open())).await;

        // There is no place 0: the database refuses it, and with it the statement it is part of.
        let entries = chats.iter().zip([2, 2, 0, 2, 2, 0, 2, 2, 2]).map(|(chat, seq)| bakery.said(*chat, seq, "b"));
        let kept = join_all(entries.map(|entry| bakery.store.append(entry))).await;

        let refused: Vec<bool> = kept.iter().map(|kept| matches!(kept, Err(StoreError::Failed(_)))).collect();
        assert_eq!(refused, [false, false, true, false, false, true, false, false, false]);
        assert_eq!(kept.iter().filter(|kept| matches!(kept, Ok(Kept::Now))).count(), 7, "{kept:?}");
    }

    async fn many_chats_append_at_once(bakery) {
        let chats = join_all((0..20).map(|_| bakery.open())).await;

        let entries = chats.iter().flat_map(|chat| (2..22).map(|seq| bakery.said(*chat, seq, &format!("n{seq}"))));
        let kept = join_all(entries.map(|entry| bakery.store.append(entry))).await;

        assert!(kept.iter().all(|kept| matches!(kept, Ok(Kept::Now))), "{kept:?}");
        for chat in chats {
            let events = bakery.store.events_after(chat, Seq::ZERO, 100).await.unwrap();
            assert_eq!(events.iter().map(|event| event.seq.number()).collect::<Vec<_>>(), (1..22).collect::<Vec<_>>());
        }
    }

    async fn a_flush_comes_after_everything_asked_before(bakery) {
        let chat = bakery.open().await;
        for seq in 2..50 {
            // Asked for, and then the caller vanishes.
            let append = bakery.store.append(bakery.said(chat, seq, &format!("n{seq}")));
            assert!(append.now_or_never().is_none());
        }

        bakery.store.flush().await.unwrap();

        let kept = bakery.store.events_after(chat, Seq::ZERO, 100).await.unwrap();
        assert_eq!(kept.len(), 49);
    }
}

#[actix_rt::test]
async fn a_lost_connection_costs_an_answer_but_no_message() {
    let bakery = Bakery::at(Home::postgres()).await;
    let chat = bakery.open().await;
    bakery.store.append(bakery.said(chat, 2, "b")).await.unwrap();

    cut_connections(&bakery.home.url());
    let mut tries = 0;
    let kept = loop {
        match bakery.store.append(bakery.said(chat, 3, "c")).await {
            Err(StoreError::Unavailable(_)) if tries < 20 => tries += 1,
            answer => break answer,
        }
        actix_rt::time::sleep(Duration::from_millis(10)).await;
    };

    assert_eq!(kept.unwrap(), Kept::Now);
    assert_eq!(bakery.store.load_chat(chat, 10).await.unwrap().last_seq, Seq::new(3));
}

fn cut_connections(url: &str) {
    psql(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
}
