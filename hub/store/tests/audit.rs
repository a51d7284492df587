//! The audit: one entry for each change, none for a change that failed, and no secret in any.

use actors::ids::PackageId;
use hub_store::{
    AccountChange, AuditEntry, By, NewSecondFactor, OrderChange, OrderState, PackageChange, PackageSettings, Role,
    StoreError,
};
use serde_json::json;

use crate::bakery::{HUB, NOON, at, person};

fn rye(version: i32) -> PackageChange {
    let settings = PackageSettings { company: "Rye".into(), ..PackageSettings::default() };
    PackageChange { name: "Shop".into(), settings, version }
}

on_both_engines! {
    async fn an_entry_tells_who_what_and_the_difference(bakery) {
        let by = By::account(bakery.olga.id, at(3));

        bakery.store.save_package(bakery.business, bakery.package, rye(1), by).await.unwrap();

        let entry = bakery.told("package.saved").await;
        let expected = AuditEntry {
            id: entry.id,
            at: at(3),
            account: Some(bakery.olga.id),
            account_name: "olga Baker".into(),
            action: "package.saved".into(),
            subject: bakery.package.to_string(),
            subject_name: "Shop".into(),
            before: Some(json!({ "settings": { "company": "" } })),
            after: Some(json!({ "settings": { "company": "Rye" } })),
        };
        assert_eq!(entry, expected);
    }

    async fn what_came_to_be_and_what_went_is_told_whole(bakery) {
        bakery.store.delete_account(bakery.business, bakery.ben.id, bakery.by_olga()).await.unwrap();
        bakery.store.delete_package(bakery.business, bakery.package, bakery.by_olga()).await.unwrap();

        let entries = bakery.audit().await;

        let find = |action: &str| entries.iter().find(|entry| entry.action == action).unwrap();
        let (made, gone) = (find("package.created"), find("package.deleted"));
        assert_eq!((made.before.clone(), gone.after.clone()), (None, None));
        assert_eq!(made.after, gone.before);
        assert_eq!((made.account, made.account_name.as_str()), (None, ""));
        let ben = find("account.deleted");
        assert_eq!((ben.subject.as_str(), ben.subject_name.as_str()), (bakery.ben.id.to_string().as_str(), "ben Baker"));
        assert_eq!(ben.before.as_ref().unwrap()["email"], "ben@bakery.example");
    }

    async fn a_change_that_fails_leaves_no_entry(bakery) {
        let before = bakery.audit().await;
        let (store, business) = (&bakery.store, bakery.business);
        let taken = AccountChange { email: Some("anna@bakery.example".into()), ..AccountChange::default() };

        assert!(store.save_package(business, bakery.package, rye(7), HUB).await.is_err());
        assert!(store.delete_package(business, PackageId::from(1), HUB).await.is_err());
        assert!(store.change_account(business, bakery.ben.id, taken, HUB).await.is_err());
        assert!(store.create_account(business, person("anna", Role::Owner), HUB).await.is_err());
        assert!(store.delete_account(business, bakery.olga.id, HUB).await.is_err());
        assert!(store.order_accounts(business, vec![bakery.olga.id], HUB).await.is_err());

        assert_eq!(bakery.audit().await, before);
    }

    async fn a_change_that_cannot_be_told_is_not_made(bakery) {
        let before = bakery.audit().await;
        let fiona = By::account(bakery.fiona().await.id, NOON);
        let (store, business) = (&bakery.store, bakery.business);
        let demoted = AccountChange { takes_calls: Some(false), ..AccountChange::default() };

        for refused in [
            store.save_package(business, bakery.package, rye(1), fiona).await.err(),
            store.delete_package(business, bakery.package, fiona).await.err(),
            store.change_account(business, bakery.anna.id, demoted, fiona).await.err(),
            store.delete_account(business, bakery.anna.id, fiona).await.err(),
            store.create_account(business, person("otto", Role::Owner), fiona).await.err(),
        ] {
            assert!(matches!(refused, Some(StoreError::Dangling)), "{refused:?}");
        }

        assert_eq!(bakery.audit().await, before);
        let package = store.package(business, bakery.package).await.unwrap();
        assert_eq!((package.version, package.settings.company.as_str()), (1, ""));
        assert_eq!(store.account(business, bakery.anna.id).await.unwrap(), bakery.anna);
        assert_eq!(store.accounts(business).await.unwrap().len(), 3);
    }

    async fn no_secret_gets_into_the_audit(bakery) {
        let (store, business, anna) = (&bakery.store, bakery.business, bakery.anna.id);
        let password = AccountChange { password: Some("$argon2id$secret".into()), ..AccountChange::default() };
        let factor = NewSecondFactor { secret: b"secret".to_vec(), last_step: 1, codes: vec![*b"secret secret secret secret secr"] };

        store.change_account(business, anna, password, HUB).await.unwrap();
        let changed = bakery.told("account.changed").await;
        store.set_second_factor(business, anna, factor, HUB).await.unwrap();
        store.set_identity_secret(business, bakery.package, b"secret".to_vec(), HUB).await.unwrap();

        assert_eq!((changed.before, changed.after), (Some(json!({})), Some(json!({ "has_new_password": true }))));
        for entry in bakery.audit().await {
            let told = format!("{:?} {:?}", entry.before, entry.after);
            assert!(!told.contains("argon2"), "{told}");
            assert!(!told.contains("secret"), "{told}");
        }
    }

    async fn entries_come_in_pages(bakery) {
        for version in 1..=5 {
            bakery.store.save_package(bakery.business, bakery.package, rye(version), By::hub(at(version.unsigned_abs()))).await.unwrap();
        }

        let first = bakery.store.audit(bakery.business, None, 2).await.unwrap();
        let second = bakery.store.audit(bakery.business, Some(first[1].id), 2).await.unwrap();

        let times: Vec<_> = first.iter().chain(&second).map(|entry| entry.at).collect();
        assert_eq!(times, [at(5), at(4), at(3), at(2)]);
    }

    async fn the_state_of_an_order_is_no_setting(bakery) {
        let before = bakery.audit().await;
        let order = crate::orders::order(bakery.package);
        let order = bakery.store.create_order(bakery.business, order, NOON).await.unwrap();

        let change = OrderChange { from: OrderState::New, to: OrderState::Done };
        bakery.store.change_order(bakery.business, order.id, change, bakery.by_olga()).await.unwrap();

        assert_eq!(bakery.audit().await, before);
    }
}
