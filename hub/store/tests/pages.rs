//! History: pages of events, and the previous chats of a visitor.

use actors::protocol::Seq;
use hub_store::{EventPage, PageAt, StoreError};

use crate::bakery::{NOON, Visitor, at, newest, text};

fn before(seq: u32, limit: u32) -> PageAt {
    PageAt { before: Some(Seq::new(seq)), limit }
}

fn places(page: &EventPage) -> (Vec<u32>, bool) {
    (page.events.iter().map(|event| event.seq.number()).collect(), page.has_more)
}

on_both_engines! {
    async fn history_is_read_page_by_page_backwards(bakery) {
        let chat = bakery.open().await;
        for seq in 2..=7 {
            bakery.store.append(bakery.said(chat, seq, &format!("n{seq}"))).await.unwrap();
        }

        let last = bakery.store.page_for_desk(bakery.business, chat, newest(3)).await.unwrap();
        let middle = bakery.store.page_for_desk(bakery.business, chat, before(5, 3)).await.unwrap();
        let oldest = bakery.store.page_for_desk(bakery.business, chat, before(2, 3)).await.unwrap();

        assert_eq!(places(&last), (vec![5, 6, 7], true));
        assert_eq!(places(&middle), (vec![2, 3, 4], true));
        assert_eq!(places(&oldest), (vec![1], false));
    }

    async fn a_page_that_ends_exactly_has_no_more(bakery) {
        let chat = bakery.open().await;
        bakery.store.append(bakery.said(chat, 2, "b")).await.unwrap();

        let page = bakery.store.page_for_desk(bakery.business, chat, newest(2)).await.unwrap();

        assert_eq!(places(&page), (vec![1, 2], false));
    }

    async fn a_visitor_reads_only_own_chats(bakery) {
        let (vera, stranger) = (Visitor::new(), Visitor::new());
        let chat = bakery.open_for(&vera, "first").await;
        bakery.open_for(&stranger, "first").await;

        let own = bakery.store.page_for_visitor(bakery.business, vera.token, chat, newest(10)).await.unwrap();
        let foreign = bakery.store.page_for_visitor(bakery.business, stranger.token, chat, newest(10)).await;
        let elsewhere = bakery.store.page_for_visitor(bakery.florist().await, vera.token, chat, newest(10)).await;

        assert_eq!(places(&own), (vec![1], false));
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
        assert!(matches!(elsewhere, Err(StoreError::NotFound)), "{elsewhere:?}");
    }

    async fn previous_chats_are_the_finished_ones_of_the_same_visitor(bakery) {
        let (vera, stranger) = (Visitor::new(), Visitor::new());
        let finished = bakery.open_for(&vera, "first").await;
        bakery.store.append(bakery.anna_joins(finished, 2, 0)).await.unwrap();
        bakery.store.append(bakery.said(finished, 3, "c")).await.unwrap();
        bakery.store.append(bakery.closed(finished, 4, 1)).await.unwrap();
        let foreign = bakery.open_for(&stranger, "first").await;
        bakery.store.append(bakery.closed(foreign, 2, 0)).await.unwrap();
        let current = bakery.open_for(&vera, "second").await;
        bakery.open_for(&vera, "third").await;

        let previous = bakery.store.previous_chats(bakery.business, current, 50).await.unwrap();

        assert_eq!(previous.len(), 1);
        assert_eq!((previous[0].id, previous[0].messages), (finished, 2));
        assert_eq!((previous[0].opened_at, previous[0].closed_at), (NOON, at(4)));
        assert_eq!(previous[0].preview, text("Do you have rye bread?"));
        assert_eq!(previous[0].consultants, [bakery.anna.face()]);
        assert_eq!(bakery.store.load_chat(current, 1).await.unwrap().previous_chats, 1);
        assert_eq!(bakery.store.load_chat(finished, 1).await.unwrap().previous_chats, 0);
    }

    async fn previous_chats_are_limited_to_the_newest(bakery) {
        let vera = Visitor::new();
        let mut finished = Vec::new();
        for name in ["a", "b", "c"] {
            let chat = bakery.open_for(&vera, name).await;
            bakery.store.append(bakery.closed(chat, 2, 0)).await.unwrap();
            finished.push(chat);
        }
        let current = bakery.open_for(&vera, "d").await;

        let previous = bakery.store.previous_chats(bakery.business, current, 2).await.unwrap();

        finished.sort();
        let newest: Vec<_> = finished.into_iter().rev().take(2).collect();
        assert_eq!(previous.iter().map(|chat| chat.id).collect::<Vec<_>>(), newest);
    }
}
