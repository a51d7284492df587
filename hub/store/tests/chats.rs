//! Opening and loading chats, and what a business's actors read at their start.

use std::time::Duration;

use actors::ports::{OpenChatRecord, VisitorRecord};
use actors::protocol::{Author, ChatState, Fact, Marks, Seq, Side};
use futures_util::future::join_all;
use hub_store::StoreError;

use crate::bakery::{HUB, NOON, Visitor, at, changed, newest, package, text};

on_both_engines! {
    async fn a_new_chat_holds_its_first_message(bakery) {
        let vera = Visitor::new();
        let greeting = bakery.greeting(&vera, "first");

        let opened = bakery.store.open_chat(greeting.clone()).await.unwrap();

        let chat = bakery.store.load_chat(opened.chat, 10).await.unwrap();
        assert!(!opened.repeated);
        assert_eq!((opened.chat, opened.at), (greeting.id, NOON));
        assert_eq!((chat.business, chat.package, chat.visitor), (bakery.business, bakery.package, vera.id));
        assert_eq!((chat.state, chat.version, chat.consultant), (ChatState::Waiting, 0, None));
        assert_eq!(chat.visit, greeting.visit);
        assert_eq!(chat.events.len(), 1);
        assert_eq!(chat.events[0].fact, Fact::Said { cid: greeting.cid, body: greeting.body });
    }

    async fn the_same_greeting_again_gives_the_first_chat(bakery) {
        let vera = Visitor::new();
        let first = bakery.store.open_chat(bakery.greeting(&vera, "first")).await.unwrap();

        let again = bakery.store.open_chat(bakery.greeting(&vera, "first")).await.unwrap();
        let other = bakery.store.open_chat(bakery.greeting(&vera, "second")).await.unwrap();

        assert!(again.repeated);
        assert_eq!((again.chat, again.at), (first.chat, first.at));
        assert!(!other.repeated);
        assert_eq!(bakery.store.load_chat(first.chat, 10).await.unwrap().events.len(), 1);
    }

    async fn a_greeting_repeated_at_once_opens_one_chat(bakery) {
        let vera = Visitor::new();

        let greetings = (0..10).map(|_| bakery.store.open_chat(bakery.greeting(&vera, "first")));
        let opened: Vec<_> = join_all(greetings).await.into_iter().map(Result::unwrap).collect();

        assert_eq!(opened.iter().filter(|opened| !opened.repeated).count(), 1);
        assert!(opened.iter().all(|one| one.chat == opened[0].chat));
    }

    async fn a_foreign_package_opens_no_chat(bakery) {
        let florist = bakery.florist().await;
        let foreign = bakery.store.create_package(florist, package("florist"), HUB).await.unwrap().id;
        let mut greeting = bakery.greeting(&Visitor::new(), "first");
        greeting.package = foreign;

        let refused = bakery.store.open_chat(greeting).await;

        assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
    }

    async fn a_token_belongs_to_one_visitor(bakery) {
        let vera = Visitor::new();
        bakery.open_for(&vera, "first").await;
        let stranger = Visitor { token: vera.token, ..Visitor::new() };

        let refused = bakery.store.open_chat(bakery.greeting(&stranger, "first")).await;

        assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
    }

    async fn only_the_newest_events_are_loaded(bakery) {
        let chat = bakery.open().await;
        for seq in 2..=9 {
            bakery.store.append(bakery.said(chat, seq, &format!("n{seq}"))).await.unwrap();
        }

        let loaded = bakery.store.load_chat(chat, 3).await.unwrap();

        let places: Vec<u32> = loaded.events.iter().map(|event| event.seq.number()).collect();
        assert_eq!(places, [7, 8, 9]);
        assert_eq!(loaded.last_seq, Seq::new(9));
    }

    async fn a_chat_nobody_opened_is_unknown(bakery) {
        let unknown = bakery.store.load_chat(actors::ids::ChatId::from(1), 3).await;

        assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
    }

    async fn marks_only_go_forward(bakery) {
        let chat = bakery.open().await;

        for (side, seq) in [(Side::Visitor, 2), (Side::Consultant, 5), (Side::Visitor, 1), (Side::Consultant, 4)] {
            bakery.store.mark_seen(chat, side, Seq::new(seq)).await.unwrap();
        }

        let seen = bakery.store.load_chat(chat, 1).await.unwrap().seen;
        assert_eq!(seen, Marks { visitor: Seq::new(2), consultant: Seq::new(5) });
    }

    async fn a_visitor_is_known_by_token_at_its_business_only(bakery) {
        let vera = Visitor::new();
        let (first, second) = (bakery.open_for(&vera, "first").await, bakery.open_for(&vera, "second").await);
        let third = bakery.open_for(&vera, "third").await;
        bakery.store.append(bakery.closed(second, 2, 0)).await.unwrap();

        let known = bakery.store.visitor(bakery.business, vera.token).await.unwrap();

        let mut open_chats = vec![first, third];
        open_chats.sort();
        assert_eq!(known, Some(VisitorRecord { id: vera.id, open_chats }));
        assert_eq!(bakery.store.visitor(bakery.florist().await, vera.token).await.unwrap(), None);
        assert_eq!(bakery.store.visitor(bakery.business, Visitor::new().token).await.unwrap(), None);
    }

    async fn a_business_starts_with_its_chats_that_are_not_closed(bakery) {
        let (vera, closed) = (Visitor::new(), bakery.open().await);
        let greeting = bakery.greeting(&vera, "first");
        let chat = bakery.store.open_chat(greeting.clone()).await.unwrap().chat;
        bakery.store.append(bakery.closed(closed, 2, 0)).await.unwrap();
        bakery.store.append(bakery.anna_joins(chat, 2, 0)).await.unwrap();
        bakery.store.append(bakery.said(chat, 3, "c")).await.unwrap();
        let returned = bakery.entry(chat, 4, Author::Hub, Fact::Returned);
        bakery.store.append(changed(returned, 1, ChatState::Waiting, None)).await.unwrap();

        let record = bakery.store.business_record(bakery.business).await.unwrap();

        let expected = OpenChatRecord {
            id: chat,
            package: bakery.package,
            visitor: vera.id,
            consultant: None,
            state: ChatState::Waiting,
            waiting_since: at(4),
            returned: true,
            preview: text("message c"),
            visit: greeting.visit,
        };
        assert_eq!(record.open_chats, [expected]);
        assert_eq!(record.name, "Bakery");
        assert_eq!(record.packages.len(), 1);
        let names: Vec<&str> = record.accounts.iter().map(|account| account.given_name.as_str()).collect();
        assert_eq!(names, ["olga", "anna", "ben"]);
    }

    async fn a_waiting_chat_waits_since_it_was_opened(bakery) {
        let chat = bakery.open().await;

        let record = bakery.store.business_record(bakery.business).await.unwrap();

        assert_eq!(record.open_chats.len(), 1);
        assert_eq!((record.open_chats[0].id, record.open_chats[0].waiting_since), (chat, NOON));
        assert!(!record.open_chats[0].returned);
    }

    async fn only_businesses_with_open_chats_are_busy(bakery) {
        bakery.florist().await;
        assert_eq!(bakery.store.busy_businesses().await.unwrap(), []);

        let chat = bakery.open().await;
        assert_eq!(bakery.store.busy_businesses().await.unwrap(), [bakery.business]);

        bakery.store.append(bakery.closed(chat, 2, 0)).await.unwrap();
        assert_eq!(bakery.store.busy_businesses().await.unwrap(), []);
    }

    async fn a_foreign_business_sees_no_chat(bakery) {
        let chat = bakery.open().await;
        let florist = bakery.florist().await;

        let page = bakery.store.page_for_desk(florist, chat, newest(10)).await;
        let previous = bakery.store.previous_chats(florist, chat, 10).await;
        let record = bakery.store.business_record(florist).await.unwrap();

        assert!(matches!(page, Err(StoreError::NotFound)), "{page:?}");
        assert!(matches!(previous, Err(StoreError::NotFound)), "{previous:?}");
        assert_eq!((record.open_chats.len(), record.packages.len(), record.accounts.len()), (0, 0, 0));
    }

    async fn a_chat_lives_through_a_restart(bakery) {
        let chat = bakery.open().await;
        bakery.store.append(bakery.anna_joins(chat, 2, 0)).await.unwrap();
        let before = bakery.store.load_chat(chat, 10).await.unwrap();
        let epoch = bakery.store.epoch().to_owned();

        bakery.store.close().await;
        let store = hub_store::Store::open(&bakery.home.url()).await.unwrap();

        assert_eq!(store.load_chat(chat, 10).await.unwrap(), before);
        assert_eq!(store.epoch(), epoch);
    }

    async fn a_closed_store_refuses_and_says_so(bakery) {
        bakery.store.close().await;

        let refused = bakery.store.open_chat(bakery.greeting(&Visitor::new(), "first")).await;

        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
        let died = actix_rt::time::timeout(Duration::from_secs(5), bakery.store.died()).await;
        assert!(died.is_ok());
    }
}
