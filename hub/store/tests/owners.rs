//! What owners do with accounts: change, delete and order them, and never lose the last owner.

use std::collections::BTreeSet;

use actors::ids::AccountId;
use futures_util::future::join_all;
use hub_store::{Account, AccountChange, By, Language, NewSecondFactor, NewSignIn, Role, StoreError};

use crate::bakery::{Bakery as Shop, HUB, NOON, account, at, invited, person};

fn demoted() -> AccountChange {
    AccountChange { role: Some(Role::Consultant), ..AccountChange::default() }
}

fn renamed(email: &str) -> AccountChange {
    AccountChange { email: Some(email.to_owned()), ..AccountChange::default() }
}

async fn owners(bakery: &Shop) -> Vec<AccountId> {
    let accounts = bakery.store.accounts(bakery.business).await.unwrap();
    accounts.into_iter().filter(|one| one.role == Role::Owner && one.has_joined).map(|one| one.id).collect()
}

on_both_engines! {
    async fn only_what_is_named_changes(bakery) {
        let photo = AccountChange { photo: Some(Some("/i/1.png".into())), ..AccountChange::default() };
        let all = AccountChange {
            email: Some("ANNE@Bakery.example".into()),
            given_name: Some("Anne".into()),
            family_name: Some("Miller".into()),
            role: Some(Role::Owner),
            takes_calls: Some(false),
            sends_transcripts: Some(true),
            photo: Some(None),
            language: Some(Language::Pl),
            most_chats: Some(Some(3)),
            languages: Some(vec!["pl".into(), "en-GB".into()]),
            skills: Some(vec!["sourdough".into()]),
            password: Some("$argon2id$new".into()),
        };
        let (store, business, anna) = (&bakery.store, bakery.business, bakery.anna.id);

        let pictured = store.change_account(business, anna, photo, bakery.by_olga()).await.unwrap();
        let same = store.change_account(business, anna, AccountChange::default(), bakery.by_olga()).await.unwrap();
        let other = store.change_account(business, anna, all, bakery.by_olga()).await.unwrap();

        assert_eq!(pictured, Account { photo: Some("/i/1.png".into()), ..bakery.anna.clone() });
        assert_eq!(same, pictured);
        let expected = Account {
            email: "anne@bakery.example".into(),
            given_name: "Anne".into(),
            family_name: "Miller".into(),
            role: Role::Owner,
            takes_calls: false,
            sends_transcripts: true,
            language: Language::Pl,
            most_chats: Some(3),
            languages: vec!["pl".into(), "en-GB".into()],
            skills: vec!["sourdough".into()],
            ..bakery.anna.clone()
        };
        assert_eq!(other, expected);
        let (kept, password) = store.account_by_email("anne@bakery.example").await.unwrap().unwrap();
        assert_eq!((kept, password.as_str()), (expected, "$argon2id$new"));
    }

    async fn an_email_is_unique_in_any_case(bakery) {
        let taken = bakery.store.change_account(bakery.business, bakery.ben.id, renamed("ANNA@bakery.example"), HUB).await;
        let own = bakery.store.change_account(bakery.business, bakery.anna.id, renamed("ANNA@bakery.example"), HUB).await;

        assert!(matches!(&taken, Err(StoreError::Conflict { table }) if table == "accounts"), "{taken:?}");
        assert_eq!(own.unwrap().email, "anna@bakery.example");
    }

    async fn the_last_owner_stays(bakery) {
        let (store, business, olga) = (&bakery.store, bakery.business, bakery.olga.id);
        store.create_account(business, invited("otto", Role::Owner), HUB).await.unwrap();

        let refused = store.change_account(business, olga, demoted(), bakery.by_olga()).await.err();
        assert!(matches!(refused, Some(StoreError::LastOwner)), "an invited owner does not count: {refused:?}");
        let refused = store.delete_account(business, olga, bakery.by_olga()).await.err();
        assert!(matches!(refused, Some(StoreError::LastOwner)), "{refused:?}");

        let ola = account(store, business, "ola", Role::Owner).await;
        store.change_account(business, olga, demoted(), HUB).await.unwrap();
        let refused = store.delete_account(business, ola.id, HUB).await.err();
        assert!(matches!(refused, Some(StoreError::LastOwner)), "{refused:?}");
        store.delete_account(business, olga, HUB).await.unwrap();
    }

    async fn an_invited_owner_may_go(bakery) {
        let otto = bakery.store.create_account(bakery.business, invited("otto", Role::Owner), HUB).await.unwrap();

        bakery.store.change_account(bakery.business, otto, demoted(), HUB).await.unwrap();
        bakery.store.delete_account(bakery.business, otto, HUB).await.unwrap();

        assert_eq!(owners(&bakery).await, [bakery.olga.id]);
    }

    async fn two_owners_who_delete_each_other_leave_one(bakery) {
        for turn in 0..5 {
            let first = owners(&bakery).await[0];
            let second = account(&bakery.store, bakery.business, &format!("owner{turn}"), Role::Owner).await.id;
            let delete = |who, by| bakery.store.delete_account(bakery.business, who, By::account(by, NOON));

            let both = join_all([delete(first, second), delete(second, first)]).await;

            let refused = both.into_iter().filter_map(Result::err).collect::<Vec<_>>();
            assert!(matches!(refused[..], [StoreError::LastOwner]), "{refused:?}");
            assert_eq!(owners(&bakery).await.len(), 1);
        }
    }

    async fn two_owners_who_demote_each_other_leave_one(bakery) {
        for turn in 0..5 {
            let first = owners(&bakery).await[0];
            let second = account(&bakery.store, bakery.business, &format!("owner{turn}"), Role::Owner).await.id;
            let demote = |who, by| bakery.store.change_account(bakery.business, who, demoted(), By::account(by, NOON));

            let both = join_all([demote(first, second), demote(second, first)]).await;

            let refused = both.into_iter().filter_map(Result::err).collect::<Vec<_>>();
            assert!(matches!(refused[..], [StoreError::LastOwner]), "{refused:?}");
            assert_eq!(owners(&bakery).await.len(), 1);
        }
    }

    async fn a_deleted_account_is_gone_but_named(bakery) {
        let (store, business, anna) = (&bakery.store, bakery.business, bakery.anna.id);
        let sign_in = NewSignIn { token: [1; 32], account: anna, agent: None, ip: "192.0.2.7".into() };
        store.create_sign_in(sign_in, NOON).await.unwrap();
        let factor = NewSecondFactor { secret: vec![9; 60], last_step: 100, codes: vec![[2; 32]] };
        store.set_second_factor(business, anna, factor, HUB).await.unwrap();

        store.delete_account(business, anna, By::account(bakery.olga.id, at(1))).await.unwrap();

        assert_eq!(store.sign_in([1; 32], NOON).await.unwrap(), None);
        assert_eq!(store.account_by_email("anna@bakery.example").await.unwrap(), None);
        assert!(matches!(store.account(business, anna).await, Err(StoreError::NotFound)));
        assert_eq!(store.accounts(business).await.unwrap(), [bakery.olga.clone(), bakery.ben.clone()]);
        assert_eq!(store.second_factor(business, anna).await.unwrap(), None);
        assert_eq!(store.recovery_codes_left(business, anna).await.unwrap(), 0);
        let record = store.business_record(business).await.unwrap();
        assert!(record.accounts.iter().all(|account| account.id != anna));
        assert!(store.account_names(business).await.unwrap().contains(&(anna, "anna Baker".into())));
        let faces = store.account_faces(business, &BTreeSet::from([anna])).await.unwrap();
        assert_eq!(faces, [bakery.anna.face()]);
        let again = store.delete_account(business, anna, HUB).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
    }

    async fn the_email_of_a_deleted_account_is_free(bakery) {
        bakery.store.delete_account(bakery.business, bakery.anna.id, HUB).await.unwrap();
        bakery.store.delete_account(bakery.business, bakery.ben.id, HUB).await.unwrap();

        let twin = bakery.store.create_account(bakery.florist().await, person("anna", Role::Owner), HUB).await;

        assert_ne!(twin.unwrap(), bakery.anna.id);
    }

    async fn an_invited_account_takes_nothing_and_cannot_sign_in(bakery) {
        let otto = bakery.store.create_account(bakery.business, invited("otto", Role::Consultant), HUB).await.unwrap();

        let listed = bakery.store.accounts(bakery.business).await.unwrap();
        let record = bakery.store.business_record(bakery.business).await.unwrap();

        assert_eq!((listed[3].id, listed[3].has_joined), (otto, false));
        assert!(record.accounts.iter().all(|account| account.id != otto));
        assert_eq!(bakery.store.account_by_email("otto@bakery.example").await.unwrap(), None);

        let change = AccountChange { password: Some("$argon2id$new".into()), ..AccountChange::default() };
        assert!(bakery.store.change_account(bakery.business, otto, change, HUB).await.unwrap().has_joined);
        assert!(bakery.store.account_by_email("otto@bakery.example").await.unwrap().is_some());
    }

    async fn an_order_names_each_account_once(bakery) {
        let (store, business) = (&bakery.store, bakery.business);
        let (olga, anna, ben) = (bakery.olga.id, bakery.anna.id, bakery.ben.id);
        let fiona = bakery.fiona().await.id;

        store.order_accounts(business, vec![ben, olga, anna], bakery.by_olga()).await.unwrap();

        let order: Vec<_> = store.accounts(business).await.unwrap().into_iter().map(|account| account.id).collect();
        assert_eq!(order, [ben, olga, anna]);
        for wrong in [vec![], vec![ben, olga], vec![ben, olga, olga], vec![ben, olga, anna, anna], vec![ben, olga, fiona]] {
            let refused = store.order_accounts(business, wrong, HUB).await;
            assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
        }
        let entry = bakery.told("accounts.ordered").await;
        let names = serde_json::json!({ "accounts": ["ben Baker", "olga Baker", "anna Baker"] });
        assert_eq!(entry.after, Some(names));
    }

    async fn a_new_account_comes_last(bakery) {
        let order = vec![bakery.ben.id, bakery.olga.id, bakery.anna.id];
        bakery.store.order_accounts(bakery.business, order, HUB).await.unwrap();

        let otto = account(&bakery.store, bakery.business, "otto", Role::Consultant).await;

        assert_eq!(bakery.store.accounts(bakery.business).await.unwrap().pop(), Some(otto));
    }
}
