//! Another business finds, changes and counts nothing of the Bakery's.

use std::collections::BTreeSet;

use actors::ids::PackageId;
use hub_store::{
    AccountChange, By, LeftMessageFilter, LinkPurpose, NewLink, NewSecondFactor, NewSignIn, OrderChange, OrderFilter,
    OrderState, PackageChange, PackageSettings, StoreError,
};

use crate::bakery::{Bakery as Shop, HUB, NOON};
use crate::orders::{message, order};

const TAKE: OrderChange = OrderChange { from: OrderState::New, to: OrderState::Taken };

fn is_unknown<T>(answer: Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::NotFound))
}

fn change() -> PackageChange {
    PackageChange { name: "Taken over".into(), settings: PackageSettings::default(), version: 1 }
}

async fn anna_is_signed_in_with_two_factors(bakery: &Shop) {
    let factor = NewSecondFactor { secret: vec![9; 60], last_step: 100, codes: vec![[2; 32]] };
    bakery.store.set_second_factor(bakery.business, bakery.anna.id, factor, HUB).await.unwrap();
    let sign_in = NewSignIn { token: [1; 32], account: bakery.anna.id, agent: None, ip: "192.0.2.7".into() };
    bakery.store.create_sign_in(sign_in, NOON).await.unwrap();
}

on_both_engines! {
    async fn a_foreign_package_is_unknown(bakery) {
        let fiona = bakery.fiona().await;
        let (store, florist, by) = (&bakery.store, fiona.business, By::account(fiona.id, NOON));

        for id in [bakery.package, PackageId::from(1)] {
            assert!(is_unknown(store.package(florist, id).await));
            assert!(is_unknown(store.package_versions(florist, id).await));
            assert!(is_unknown(store.package_version(florist, id, 1).await));
            assert!(is_unknown(store.save_package(florist, id, change(), by).await));
            assert!(is_unknown(store.delete_package(florist, id, by).await));
            assert!(is_unknown(store.identity_secret(florist, id).await));
            assert!(is_unknown(store.set_identity_secret(florist, id, vec![1], by).await));
        }

        assert_eq!(store.packages(florist).await.unwrap().len(), 1);
        assert_eq!(store.package(bakery.business, bakery.package).await.unwrap().name, "Shop");
    }

    async fn a_foreign_account_is_unknown(bakery) {
        anna_is_signed_in_with_two_factors(&bakery).await;
        let fiona = bakery.fiona().await;
        let (store, florist, by, anna) = (&bakery.store, fiona.business, By::account(fiona.id, NOON), bakery.anna.id);
        let link = NewLink { token: [6; 32], account: anna, purpose: LinkPurpose::Reset, expires_at: NOON };
        let factor = NewSecondFactor { secret: vec![1], last_step: 1, codes: vec![] };

        assert!(is_unknown(store.account(florist, anna).await));
        assert!(is_unknown(store.change_account(florist, anna, AccountChange::default(), by).await));
        assert!(is_unknown(store.delete_account(florist, anna, by).await));
        assert!(is_unknown(store.create_link(florist, link, by).await));
        assert!(is_unknown(store.set_second_factor(florist, anna, factor, by).await));
        assert!(is_unknown(store.clear_second_factor(florist, anna, by).await));
        assert!(is_unknown(store.replace_recovery_codes(florist, anna, vec![[3; 32]], by).await));
        assert_eq!(store.second_factor(florist, anna).await.unwrap(), None);
        assert!(!store.take_step(florist, anna, 200).await.unwrap());
        assert!(!store.take_recovery_code(florist, anna, [2; 32], NOON).await.unwrap());
        assert_eq!(store.recovery_codes_left(florist, anna).await.unwrap(), 0);
        assert_eq!(store.sign_ins_of(florist, anna, NOON).await.unwrap(), []);
        assert_eq!(store.revoke_other_sign_ins(florist, anna, [9; 32]).await.unwrap(), Vec::<[u8; 32]>::new());
        assert_eq!(store.accounts(florist).await.unwrap(), std::slice::from_ref(&fiona));
        assert_eq!(store.account_names(florist).await.unwrap(), [(fiona.id, fiona.name())]);
        assert_eq!(store.account_faces(florist, &BTreeSet::from([anna])).await.unwrap(), []);

        assert!(store.take_recovery_code(bakery.business, anna, [2; 32], NOON).await.unwrap(), "it is still there");
        assert!(store.sign_in([1; 32], NOON).await.unwrap().is_some());
    }

    async fn foreign_orders_and_messages_are_unknown(bakery) {
        let fiona = bakery.fiona().await;
        let (store, florist, by) = (&bakery.store, fiona.business, By::account(fiona.id, NOON));
        let order = store.create_order(bakery.business, order(bakery.package), NOON).await.unwrap();
        let left = store.create_left_message(bakery.business, message(bakery.package), NOON).await.unwrap();

        assert!(is_unknown(store.change_order(florist, order.id, TAKE, by).await));
        assert!(is_unknown(store.change_left_message(florist, left.id, TAKE, by).await));
        let orders = OrderFilter { limit: 10, ..OrderFilter::default() };
        assert_eq!(store.orders(florist, orders).await.unwrap(), []);
        let messages = LeftMessageFilter { limit: 10, ..LeftMessageFilter::default() };
        assert_eq!(store.left_messages(florist, messages).await.unwrap(), []);
        assert_eq!(store.new_order_count(florist).await.unwrap(), 0);
        assert_eq!(store.new_left_message_count(florist).await.unwrap(), 0);
        assert_eq!(store.new_order_count(bakery.business).await.unwrap(), 1);
    }

    async fn a_foreign_audit_is_empty(bakery) {
        let florist = bakery.florist().await;

        assert_eq!(bakery.store.audit(florist, None, 10).await.unwrap(), []);
        assert!(!bakery.audit().await.is_empty());
    }
}
