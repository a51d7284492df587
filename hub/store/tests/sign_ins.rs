//! The life of a sign-in.

use std::time::Duration;

use actors::moment::Moment;
use hub_store::{NewSignIn, SIGN_IN_IDLE, SIGN_IN_LIFE, SignIn, Store};

use crate::bakery::{Bakery as Shop, NOON};

const TOKEN: [u8; 32] = [1; 32];
const HOUR: Duration = Duration::from_hours(1);

fn browser(bakery: &Shop, token: [u8; 32]) -> NewSignIn {
    let agent = Some("Firefox".to_owned());
    NewSignIn { token, account: bakery.anna.id, agent, ip: "192.0.2.7".into() }
}

async fn look(store: &Store, token: [u8; 32], now: Moment) -> Option<SignIn> {
    store.sign_in(token, now).await.unwrap()
}

on_both_engines! {
    async fn a_token_finds_its_account_and_business(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();

        let found = look(&bakery.store, TOKEN, NOON).await.unwrap();

        assert_eq!((found.account, found.business.as_str()), (bakery.anna.clone(), "Bakery"));
        assert_eq!((found.created_at, found.seen_at), (NOON, NOON));
        assert_eq!(look(&bakery.store, [2; 32], NOON).await, None);
    }

    async fn the_last_use_is_written_at_most_once_a_minute(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();
        let (soon, later) = (NOON.after(Duration::from_secs(59)), NOON.after(Duration::from_mins(1)));

        look(&bakery.store, TOKEN, soon).await;
        assert_eq!(look(&bakery.store, TOKEN, later).await.unwrap().seen_at, NOON);

        assert_eq!(look(&bakery.store, TOKEN, later).await.unwrap().seen_at, later);
    }

    async fn an_idle_browser_is_signed_out(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();

        let last = NOON.after(HOUR * 11);
        assert!(look(&bakery.store, TOKEN, last).await.is_some());

        let idle = last.after(SIGN_IN_IDLE);
        assert_eq!(look(&bakery.store, TOKEN, idle).await, None);
    }

    async fn a_busy_browser_is_signed_out_in_the_end(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();
        let end = NOON.after(SIGN_IN_LIFE);

        let mut now = NOON;
        while now.after(HOUR * 11) < end {
            now = now.after(HOUR * 11);
            assert!(look(&bakery.store, TOKEN, now).await.is_some());
        }

        assert_eq!(look(&bakery.store, TOKEN, end).await, None);
    }

    async fn one_browser_signs_out_alone(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();
        bakery.store.create_sign_in(browser(&bakery, [2; 32]), NOON).await.unwrap();

        assert!(bakery.store.revoke_sign_in(TOKEN).await.unwrap());
        assert!(!bakery.store.revoke_sign_in(TOKEN).await.unwrap());

        assert_eq!(look(&bakery.store, TOKEN, NOON).await, None);
        assert!(look(&bakery.store, [2; 32], NOON).await.is_some());
    }

    async fn an_account_is_signed_out_everywhere_by_its_business_only(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();
        bakery.store.create_sign_in(browser(&bakery, [2; 32]), NOON).await.unwrap();

        assert_eq!(bakery.store.revoke_sign_ins(bakery.florist().await, bakery.anna.id).await.unwrap(), 0);
        assert_eq!(bakery.store.revoke_sign_ins(bakery.business, bakery.anna.id).await.unwrap(), 2);

        assert_eq!(look(&bakery.store, TOKEN, NOON).await, None);
    }

    async fn old_sign_ins_are_forgotten(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();
        let later = NOON.after(HOUR * 11);
        bakery.store.create_sign_in(browser(&bakery, [2; 32]), later).await.unwrap();

        assert_eq!(bakery.store.forget_old_sign_ins(NOON.after(SIGN_IN_IDLE)).await.unwrap(), 1);

        assert!(look(&bakery.store, [2; 32], later).await.is_some());
    }

    async fn a_disabled_account_is_signed_out_and_stays_out(bakery) {
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();

        bakery.home.run("UPDATE accounts SET disabled_at = 1 WHERE given_name = 'anna'");

        assert_eq!(look(&bakery.store, TOKEN, NOON).await, None);
        assert_eq!(bakery.store.account_by_email(&bakery.anna.email).await.unwrap(), None);
        let record = bakery.store.business_record(bakery.business).await.unwrap();
        assert!(record.accounts.iter().all(|account| account.id != bakery.anna.id));
    }

    async fn an_account_sees_its_browsers_the_last_signed_in_first(bakery) {
        let later = NOON.after(HOUR);
        bakery.store.create_sign_in(browser(&bakery, TOKEN), NOON).await.unwrap();
        bakery.store.create_sign_in(browser(&bakery, [2; 32]), later).await.unwrap();
        let bens = NewSignIn { account: bakery.ben.id, ..browser(&bakery, [3; 32]) };
        bakery.store.create_sign_in(bens, NOON).await.unwrap();

        let listed = bakery.store.sign_ins_of(bakery.business, bakery.anna.id, later).await.unwrap();
        let at_the_end = bakery.store.sign_ins_of(bakery.business, bakery.anna.id, NOON.after(SIGN_IN_IDLE)).await;

        let tokens: Vec<[u8; 32]> = listed.iter().map(|browser| browser.token).collect();
        assert_eq!(tokens, [[2; 32], TOKEN]);
        assert_eq!((listed[0].created_at, listed[0].seen_at), (later, later));
        assert_eq!((listed[0].agent.as_deref(), listed[0].ip.as_str()), (Some("Firefox"), "192.0.2.7"));
        assert_eq!(at_the_end.unwrap().len(), 1, "an idle browser is signed out");
    }

    async fn all_other_browsers_are_signed_out(bakery) {
        for token in [TOKEN, [2; 32], [3; 32]] {
            bakery.store.create_sign_in(browser(&bakery, token), NOON).await.unwrap();
        }
        let bens = NewSignIn { account: bakery.ben.id, ..browser(&bakery, [4; 32]) };
        bakery.store.create_sign_in(bens, NOON).await.unwrap();

        let mut gone = bakery.store.revoke_other_sign_ins(bakery.business, bakery.anna.id, TOKEN).await.unwrap();

        gone.sort_unstable();
        assert_eq!(gone, [[2; 32], [3; 32]]);
        assert!(look(&bakery.store, TOKEN, NOON).await.is_some());
        assert!(look(&bakery.store, [4; 32], NOON).await.is_some());
        assert_eq!(look(&bakery.store, [2; 32], NOON).await, None);
    }

    async fn a_sign_in_needs_an_account(bakery) {
        let nobody = NewSignIn { account: actors::ids::AccountId::from(1), ..browser(&bakery, TOKEN) };

        let refused = bakery.store.create_sign_in(nobody, NOON).await;

        assert!(matches!(refused, Err(hub_store::StoreError::Dangling)), "{refused:?}");
    }
}
