//! Accounts and businesses.

use actors::ids::AccountId;
use actors::status::Status;
use hub_store::{Role, StoreError};

use crate::bakery::{HUB, person};

on_both_engines! {
    async fn an_account_is_found_by_email_in_any_case(bakery) {
        let (anna, password) = bakery.store.account_by_email("Anna@Bakery.Example").await.unwrap().unwrap();

        assert_eq!(anna, bakery.anna);
        assert!(password.starts_with("$argon2id$"));
        assert_eq!(bakery.store.account_by_email("nobody@bakery.example").await.unwrap(), None);
    }

    async fn an_email_is_taken_once_on_the_whole_hub(bakery) {
        let mut twin = person("anna", Role::Consultant);
        twin.email = "ANNA@bakery.example".into();

        let refused = bakery.store.create_account(bakery.florist().await, twin, HUB).await;

        assert!(matches!(&refused, Err(StoreError::Conflict { table }) if table == "accounts"), "{refused:?}");
    }

    async fn accounts_are_listed_in_their_order(bakery) {
        let listed = bakery.store.accounts(bakery.business).await.unwrap();

        assert_eq!(listed, [bakery.olga, bakery.anna, bakery.ben]);
    }

    async fn a_status_changes_only_at_its_business(bakery) {
        let (store, anna, florist) = (&bakery.store, bakery.anna.id, bakery.florist().await);

        store.save_status(bakery.business, anna, Status::Available).await.unwrap();
        let foreign = store.save_status(florist, anna, Status::Busy).await;

        assert_eq!(store.account(bakery.business, anna).await.unwrap().status, Status::Available);
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
        assert!(matches!(store.account(florist, anna).await, Err(StoreError::NotFound)));
    }

    async fn a_business_that_is_not_there_gets_no_account(bakery) {
        let nowhere = actors::ids::BusinessId::from(1);

        let refused = bakery.store.create_account(nowhere, person("vera", Role::Owner), HUB).await;

        assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
        assert!(matches!(bakery.store.business(nowhere).await, Err(StoreError::NotFound)));
        assert!(matches!(bakery.store.account(bakery.business, AccountId::from(1)).await, Err(StoreError::NotFound)));
    }

    async fn a_business_is_found_by_name(bakery) {
        let found = bakery.store.business_by_name("Bakery").await.unwrap().unwrap();

        assert_eq!(found.id, bakery.business);
        assert_eq!(bakery.store.business_by_name("Butcher").await.unwrap(), None);
        assert!(bakery.store.has_account().await.unwrap());
    }

    async fn a_probe_writes(bakery) {
        let epoch = bakery.store.epoch().to_owned();

        bakery.store.probe().await.unwrap();

        assert_eq!(bakery.store.epoch(), epoch);
    }
}
