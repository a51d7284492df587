//! Accounts, businesses and packages.

use actors::ids::AccountId;
use actors::ports::PublicKey;
use actors::status::Status;
use hub_store::{Color, Language, PackageSettings, Role, StoreError};

use crate::bakery::{NOON, package, person};

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

        let refused = bakery.store.create_account(bakery.florist().await, twin, NOON).await;

        assert!(matches!(&refused, Err(StoreError::Conflict { table }) if table == "accounts"), "{refused:?}");
    }

    async fn accounts_are_listed_in_their_order(bakery) {
        let listed = bakery.store.accounts(bakery.business).await.unwrap();

        assert_eq!(listed, [bakery.olga, bakery.anna, bakery.ben]);
    }

    async fn an_account_changes_only_at_its_business(bakery) {
        let (store, anna, florist) = (&bakery.store, bakery.anna.id, bakery.florist().await);

        store.save_status(bakery.business, anna, Status::Available).await.unwrap();
        store.set_language(bakery.business, anna, Language::Pl).await.unwrap();
        store.set_password(bakery.business, anna, "$argon2id$new".into()).await.unwrap();
        let foreign = store.save_status(florist, anna, Status::Busy).await;

        let (changed, password) = store.account_by_email("anna@bakery.example").await.unwrap().unwrap();
        assert_eq!((changed.status, changed.language), (Status::Available, Language::Pl));
        assert_eq!(password, "$argon2id$new");
        assert!(matches!(foreign, Err(StoreError::NotFound)), "{foreign:?}");
        assert!(matches!(store.account(florist, anna).await, Err(StoreError::NotFound)));
    }

    async fn a_business_that_is_not_there_gets_no_account(bakery) {
        let nowhere = actors::ids::BusinessId::from(1);

        let refused = bakery.store.create_account(nowhere, person("vera", Role::Owner), NOON).await;

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

    async fn a_package_keeps_its_settings(bakery) {
        let mut settings = PackageSettings { company: "Piekarnia Żytnia".into(), ..PackageSettings::default() };
        settings.button.color = Color::Orange;
        let mut new = package("second");
        new.settings = settings.clone();

        let id = bakery.store.create_package(bakery.business, new, NOON).await.unwrap();

        let kept = bakery.store.package_by_key(&PublicKey("second".into())).await.unwrap().unwrap();
        assert_eq!((kept.id, kept.business, kept.version), (id, bakery.business, 1));
        assert_eq!(kept.settings, settings);
        assert_eq!(bakery.store.packages(bakery.business).await.unwrap().len(), 2);
        assert_eq!(bakery.store.package_by_key(&PublicKey("third".into())).await.unwrap(), None);
    }

    async fn a_public_key_is_taken_once(bakery) {
        let refused = bakery.store.create_package(bakery.business, package("bakery"), NOON).await;

        assert!(matches!(&refused, Err(StoreError::Conflict { table }) if table == "packages"), "{refused:?}");
    }

    async fn a_probe_writes(bakery) {
        let epoch = bakery.store.epoch().to_owned();

        bakery.store.probe().await.unwrap();

        assert_eq!(bakery.store.epoch(), epoch);
    }
}
