//! Callback orders and left messages: made by visitors, taken and done by consultants.

use actors::ids::{OrderId, PackageId};
use actors::moment::Moment;
use actors::protocol::Cid;
use futures_util::future::join_all;
use hub_store::{
    By, Language, LeftMessage, LeftMessageFilter, NewLeftMessage, NewOrder, Order, OrderChange, OrderFilter,
    OrderState, StoreError,
};
use serde_json::json;

use crate::bakery::{Bakery as Shop, HUB, NOON, at};

const TAKE: OrderChange = OrderChange { from: OrderState::New, to: OrderState::Taken };
const FINISH: OrderChange = OrderChange { from: OrderState::Taken, to: OrderState::Done };

pub(crate) fn order(package: PackageId) -> NewOrder {
    NewOrder {
        package,
        phone: "+48 600 000 000".into(),
        email: "vera@example.com".into(),
        name: Some("Vera".into()),
        note: None,
        at: Moment::from_millis(NOON.millis() + 86_400_000),
        zone: "Europe/Warsaw".into(),
        consultant: None,
        language: Language::Pl,
        ip: "192.0.2.7".into(),
        cid: None,
    }
}

pub(crate) fn message(package: PackageId) -> NewLeftMessage {
    NewLeftMessage {
        package,
        email: "vera@example.com".into(),
        name: None,
        phone: Some("+48 600 000 000".into()),
        body: "Do you have rye bread?".into(),
        answers: json!([{ "label": "Order", "value": "17" }]),
        language: Language::En,
        ip: "192.0.2.7".into(),
        page_url: Some("https://bakery.example/".into()),
        cid: None,
    }
}

async fn ordered(bakery: &Shop, second: u32) -> Order {
    bakery.store.create_order(bakery.business, order(bakery.package), at(second)).await.unwrap()
}

async fn left(bakery: &Shop, second: u32) -> LeftMessage {
    bakery.store.create_left_message(bakery.business, message(bakery.package), at(second)).await.unwrap()
}

fn all() -> OrderFilter {
    OrderFilter { limit: 10, ..OrderFilter::default() }
}

on_both_engines! {
    async fn a_repeated_request_is_one_order_and_one_message(bakery) {
        let cid = Cid::new("c1");
        let new = || NewOrder { cid: cid.clone(), ..order(bakery.package) };
        let first = bakery.store.create_order(bakery.business, new(), at(1)).await.unwrap();
        let again = bakery.store.create_order(bakery.business, new(), at(2)).await.unwrap();
        let other = NewOrder { cid: Cid::new("c2"), ..order(bakery.package) };
        let other = bakery.store.create_order(bakery.business, other, at(3)).await.unwrap();
        assert_eq!((&again, other.id == first.id), (&first, false));
        assert_eq!(bakery.store.orders(bakery.business, all()).await.unwrap().len(), 2);

        let new = || NewLeftMessage { cid: cid.clone(), ..message(bakery.package) };
        let first = bakery.store.create_left_message(bakery.business, new(), at(1)).await.unwrap();
        let again = bakery.store.create_left_message(bakery.business, new(), at(2)).await.unwrap();
        assert_eq!(again, first);
        let filter = LeftMessageFilter { limit: 10, ..LeftMessageFilter::default() };
        assert_eq!(bakery.store.left_messages(bakery.business, filter).await.unwrap().len(), 1);
    }

    async fn an_order_is_kept_as_it_was_made(bakery) {
        let new = NewOrder { consultant: Some(bakery.anna.id), note: Some("After work".into()), ..order(bakery.package) };

        let made = bakery.store.create_order(bakery.business, new.clone(), at(1)).await.unwrap();

        assert_eq!(bakery.store.orders(bakery.business, all()).await.unwrap(), std::slice::from_ref(&made));
        assert_eq!((made.package, made.consultant, made.at), (bakery.package, Some(bakery.anna.id), new.at));
        assert_eq!((made.phone, made.email, made.name, made.note), (new.phone, new.email, new.name, new.note));
        assert_eq!((made.zone, made.language, made.ip), (new.zone, Language::Pl, new.ip));
        assert_eq!((made.state, made.created_at, made.changed_at), (OrderState::New, at(1), None));
    }

    async fn orders_are_listed_newest_first_by_state_and_page(bakery) {
        let (first, second, third) = (ordered(&bakery, 1).await, ordered(&bakery, 2).await, ordered(&bakery, 3).await);
        bakery.store.change_order(bakery.business, second.id, TAKE, bakery.by_olga()).await.unwrap();
        let ids = async |filter: OrderFilter| -> Vec<OrderId> {
            let listed = bakery.store.orders(bakery.business, filter).await.unwrap();
            listed.into_iter().map(|order| order.id).collect()
        };

        assert_eq!(ids(all()).await, [third.id, second.id, first.id]);
        assert_eq!(ids(OrderFilter { state: Some(OrderState::New), ..all() }).await, [third.id, first.id]);
        assert_eq!(ids(OrderFilter { state: Some(OrderState::Taken), ..all() }).await, [second.id]);
        assert_eq!(ids(OrderFilter { limit: 2, ..all() }).await, [third.id, second.id]);
        assert_eq!(ids(OrderFilter { before: Some(second.id), ..all() }).await, [first.id]);
        assert_eq!(bakery.store.new_order_count(bakery.business).await.unwrap(), 2);
    }

    async fn of_consultants_who_take_an_order_at_once_one_gets_it(bakery) {
        let made = ordered(&bakery, 1).await;
        let anna = By::account(bakery.anna.id, at(2));
        let ben = By::account(bakery.ben.id, at(2));

        let takes = [anna, ben, anna, ben].map(|by| bakery.store.change_order(bakery.business, made.id, TAKE, by));
        let (won, lost): (Vec<_>, Vec<_>) = join_all(takes).await.into_iter().partition(Result::is_ok);

        assert_eq!(won.len(), 1, "{won:?}");
        assert!(lost.iter().all(|lost| matches!(lost, Err(StoreError::Stale))), "{lost:?}");
        let taken = won.into_iter().next().unwrap().unwrap();
        assert_eq!((taken.state, taken.changed_at), (OrderState::Taken, Some(at(2))));
        assert!(taken.changed_by == anna.account || taken.changed_by == ben.account);
        let done = bakery.store.change_order(bakery.business, made.id, FINISH, bakery.by_olga()).await.unwrap();
        assert_eq!((done.state, done.changed_by), (OrderState::Done, Some(bakery.olga.id)));
    }

    async fn an_order_points_to_its_own_business(bakery) {
        let fiona = bakery.fiona().await;
        let package = bakery.store.packages(fiona.business).await.unwrap()[0].id;
        let foreign_consultant = NewOrder { consultant: Some(fiona.id), ..order(bakery.package) };

        for new in [order(package), foreign_consultant] {
            let refused = bakery.store.create_order(bakery.business, new, NOON).await;
            assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
        }
        let refused = bakery.store.create_left_message(bakery.business, message(package), NOON).await;
        assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
    }

    async fn orders_of_a_deleted_package_stay(bakery) {
        let (made, message) = (ordered(&bakery, 1).await, left(&bakery, 1).await);

        bakery.store.delete_package(bakery.business, bakery.package, HUB).await.unwrap();

        assert_eq!(bakery.store.orders(bakery.business, all()).await.unwrap(), [made]);
        let filter = LeftMessageFilter { limit: 10, ..LeftMessageFilter::default() };
        assert_eq!(bakery.store.left_messages(bakery.business, filter).await.unwrap(), [message]);
    }

    async fn a_left_message_is_kept_as_it_was_written(bakery) {
        let (first, second) = (left(&bakery, 1).await, left(&bakery, 2).await);
        let filter = LeftMessageFilter { limit: 10, ..LeftMessageFilter::default() };

        let listed = bakery.store.left_messages(bakery.business, filter).await.unwrap();
        let older = LeftMessageFilter { before: Some(second.id), ..filter };

        assert_eq!(listed, [second.clone(), first.clone()]);
        assert_eq!(bakery.store.left_messages(bakery.business, older).await.unwrap(), std::slice::from_ref(&first));
        let new = message(bakery.package);
        assert_eq!((first.email, first.name, first.phone), (new.email, new.name, new.phone));
        assert_eq!((first.body, first.answers, first.page_url), (new.body, new.answers, new.page_url));
        assert_eq!((first.state, first.created_at, first.language), (OrderState::New, at(1), Language::En));
    }

    async fn a_left_message_is_taken_once(bakery) {
        let message = left(&bakery, 1).await;
        left(&bakery, 2).await;

        let taken = bakery.store.change_left_message(bakery.business, message.id, TAKE, bakery.by_olga()).await.unwrap();
        let again = bakery.store.change_left_message(bakery.business, message.id, TAKE, HUB).await;

        assert_eq!((taken.state, taken.changed_by), (OrderState::Taken, Some(bakery.olga.id)));
        assert!(matches!(again, Err(StoreError::Stale)), "{again:?}");
        assert_eq!(bakery.store.new_left_message_count(bakery.business).await.unwrap(), 1);
        let taken_only = LeftMessageFilter { state: Some(OrderState::Taken), before: None, limit: 10 };
        assert_eq!(bakery.store.left_messages(bakery.business, taken_only).await.unwrap(), [taken]);
    }
}
