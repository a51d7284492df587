//! Links that set a password.

use std::time::Duration;

use actors::ids::AccountId;
use actors::moment::Moment;
use futures_util::future::join_all;
use hub_store::{LinkPurpose, NewLink, NewSignIn, Role, StoreError};

use crate::bakery::{Bakery as Shop, HUB, NOON, invited};

const TOKEN: [u8; 32] = [5; 32];
const END: Moment = Moment::from_millis(NOON.millis() + 1_800_000);

fn reset(account: AccountId, token: [u8; 32]) -> NewLink {
    NewLink { token, account, purpose: LinkPurpose::Reset, expires_at: END }
}

async fn vera_is_invited(bakery: &Shop) -> AccountId {
    let vera = bakery.store.create_account(bakery.business, invited("vera", Role::Owner), HUB).await.unwrap();
    let link = NewLink { purpose: LinkPurpose::Invitation, ..reset(vera, TOKEN) };
    bakery.store.create_link(bakery.business, link, bakery.by_olga()).await.unwrap();
    vera
}

on_both_engines! {
    async fn an_invitation_lets_an_account_join(bakery) {
        let vera = vera_is_invited(&bakery).await;

        let link = bakery.store.link(TOKEN, NOON).await.unwrap().unwrap();
        let joined = bakery.store.use_link(TOKEN, "$argon2id$new".into(), NOON).await.unwrap().unwrap();

        assert_eq!((link.account.id, link.account.has_joined), (vera, false));
        assert_eq!((link.business_name.as_str(), link.purpose), ("Bakery", LinkPurpose::Invitation));
        assert_eq!(link.expires_at, END);
        assert_eq!((joined.id, joined.has_joined), (vera, true));
        let (_, password) = bakery.store.account_by_email("vera@bakery.example").await.unwrap().unwrap();
        assert_eq!(password, "$argon2id$new");
        assert_eq!(bakery.told("account.link_used").await.account, Some(vera));
    }

    async fn a_link_works_once(bakery) {
        bakery.store.create_link(bakery.business, reset(bakery.anna.id, TOKEN), HUB).await.unwrap();

        let uses = (0..5).map(|turn| bakery.store.use_link(TOKEN, format!("$argon2id${turn}"), NOON));
        let used: Vec<_> = join_all(uses).await.into_iter().map(Result::unwrap).collect();

        assert_eq!(used.iter().flatten().count(), 1, "{used:?}");
        assert_eq!(bakery.store.link(TOKEN, NOON).await.unwrap(), None);
    }

    async fn a_link_ends_with_time(bakery) {
        bakery.store.create_link(bakery.business, reset(bakery.anna.id, TOKEN), HUB).await.unwrap();
        let before = Moment::from_millis(END.millis() - 1);

        assert!(bakery.store.link(TOKEN, before).await.unwrap().is_some());
        assert_eq!(bakery.store.link(TOKEN, END).await.unwrap(), None);
        assert_eq!(bakery.store.use_link(TOKEN, "$argon2id$new".into(), END).await.unwrap(), None);
        assert!(bakery.store.use_link(TOKEN, "$argon2id$new".into(), before).await.unwrap().is_some());
    }

    async fn a_link_replaces_the_one_before(bakery) {
        bakery.store.create_link(bakery.business, reset(bakery.anna.id, [6; 32]), HUB).await.unwrap();
        bakery.store.create_link(bakery.business, reset(bakery.ben.id, [7; 32]), HUB).await.unwrap();
        bakery.store.create_link(bakery.business, reset(bakery.anna.id, TOKEN), HUB).await.unwrap();

        assert_eq!(bakery.store.link([6; 32], NOON).await.unwrap(), None);
        assert_eq!(bakery.store.use_link([6; 32], "$argon2id$new".into(), NOON).await.unwrap(), None);
        assert!(bakery.store.link([7; 32], NOON).await.unwrap().is_some());
        assert!(bakery.store.link(TOKEN, NOON).await.unwrap().is_some());
    }

    async fn a_new_password_signs_out_everywhere(bakery) {
        for (token, account) in [([1; 32], bakery.anna.id), ([2; 32], bakery.ben.id)] {
            let sign_in = NewSignIn { token, account, agent: None, ip: "192.0.2.7".into() };
            bakery.store.create_sign_in(sign_in, NOON).await.unwrap();
        }
        bakery.store.create_link(bakery.business, reset(bakery.anna.id, TOKEN), HUB).await.unwrap();

        bakery.store.use_link(TOKEN, "$argon2id$new".into(), NOON.after(Duration::from_secs(1))).await.unwrap().unwrap();

        assert_eq!(bakery.store.sign_in([1; 32], NOON).await.unwrap(), None);
        assert!(bakery.store.sign_in([2; 32], NOON).await.unwrap().is_some());
    }

    async fn a_deleted_account_has_no_link(bakery) {
        let vera = vera_is_invited(&bakery).await;
        bakery.store.delete_account(bakery.business, vera, HUB).await.unwrap();

        let refused = bakery.store.create_link(bakery.business, reset(vera, [8; 32]), HUB).await;

        assert_eq!(bakery.store.link(TOKEN, NOON).await.unwrap(), None);
        assert_eq!(bakery.store.use_link(TOKEN, "$argon2id$new".into(), NOON).await.unwrap(), None);
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }

    async fn the_audit_knows_no_token(bakery) {
        vera_is_invited(&bakery).await;

        let entry = bakery.told("account.link_created").await;

        assert_eq!((entry.account, entry.subject_name.as_str()), (Some(bakery.olga.id), "vera Baker"));
        assert_eq!(entry.after.unwrap(), serde_json::json!({ "purpose": "invitation", "expires_at": END }));
    }
}
