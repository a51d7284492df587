//! The first start.

use actors::ports::PublicKey;
use hub_store::{FirstBusiness, Role, StoreError};

use crate::bakery::{NOON, package, person};

const TOKEN: [u8; 32] = [3; 32];

fn butcher() -> FirstBusiness {
    let mut owner = person("olga", Role::Owner);
    owner.email = "olga@butcher.example".into();
    FirstBusiness { name: "Butcher".into(), owner, package: package("butcher") }
}

on_both_engines! {
    async fn the_token_works_once(bakery) {
        bakery.store.put_set_up_token([9; 32], NOON).await.unwrap();
        bakery.store.put_set_up_token(TOKEN, NOON).await.unwrap();

        assert!(!bakery.store.take_set_up_token([9; 32]).await.unwrap(), "it was replaced");
        assert!(bakery.store.take_set_up_token(TOKEN).await.unwrap());
        assert!(!bakery.store.take_set_up_token(TOKEN).await.unwrap());
    }

    async fn the_first_business_comes_with_owner_and_package(bakery) {
        bakery.store.put_set_up_token(TOKEN, NOON).await.unwrap();

        let (business, owner) = bakery.store.set_up(TOKEN, butcher(), NOON).await.unwrap();

        let (olga, _) = bakery.store.account_by_email("olga@butcher.example").await.unwrap().unwrap();
        assert_eq!((olga.id, olga.business, olga.role), (owner, business, Role::Owner));
        let package = bakery.store.package_by_key(&PublicKey("butcher".into())).await.unwrap().unwrap();
        assert_eq!(package.business, business);
        assert_eq!(bakery.store.package_versions(business, package.id).await.unwrap()[0].saved_by, Some(owner));
        let entries = bakery.store.audit(business, None, 10).await.unwrap();
        let mut actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        actions.sort_unstable();
        assert_eq!(actions, ["account.created", "package.created"]);
        let again = bakery.store.set_up(TOKEN, butcher(), NOON).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
    }

    async fn a_failed_set_up_leaves_the_token(bakery) {
        bakery.store.put_set_up_token(TOKEN, NOON).await.unwrap();
        let mut taken = butcher();
        taken.owner.email.clone_from(&bakery.olga.email);

        let refused = bakery.store.set_up(TOKEN, taken, NOON).await;

        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
        assert_eq!(bakery.store.business_by_name("Butcher").await.unwrap(), None);
        assert!(bakery.store.set_up(TOKEN, butcher(), NOON).await.is_ok());
    }
}
