//! Second factors and recovery codes.

use futures_util::future::join_all;
use hub_store::{NewSecondFactor, SecondFactor, StoreError};

use crate::bakery::{Bakery as Shop, HUB, NOON, at};

const CODES: [[u8; 32]; 3] = [[1; 32], [2; 32], [3; 32]];

async fn anna_has_a_second_factor(bakery: &Shop) {
    let factor = NewSecondFactor { secret: vec![9; 60], last_step: 100, codes: CODES.to_vec() };
    bakery.store.set_second_factor(bakery.business, bakery.anna.id, factor, HUB).await.unwrap();
}

on_both_engines! {
    async fn a_second_factor_is_kept_and_cleared(bakery) {
        let (store, business, anna) = (&bakery.store, bakery.business, bakery.anna.id);
        assert_eq!(store.second_factor(business, anna).await.unwrap(), None);

        anna_has_a_second_factor(&bakery).await;
        let kept = store.second_factor(business, anna).await.unwrap();
        let marked = store.account(business, anna).await.unwrap().has_second_factor;
        store.clear_second_factor(business, anna, bakery.by_olga()).await.unwrap();

        assert_eq!(kept, Some(SecondFactor { secret: vec![9; 60], last_step: 100 }));
        assert!(marked);
        assert_eq!(store.second_factor(business, anna).await.unwrap(), None);
        assert_eq!(store.recovery_codes_left(business, anna).await.unwrap(), 0);
        assert!(!store.account(business, anna).await.unwrap().has_second_factor);
        assert_eq!(bakery.told("account.second_factor_cleared").await.account, Some(bakery.olga.id));
        assert_eq!(bakery.times("account.second_factor_set").await, 1);
    }

    async fn clearing_what_is_not_there_is_no_change(bakery) {
        let before = bakery.audit().await;

        bakery.store.clear_second_factor(bakery.business, bakery.anna.id, HUB).await.unwrap();

        assert_eq!(bakery.audit().await, before);
    }

    async fn a_step_is_taken_once_and_never_backwards(bakery) {
        anna_has_a_second_factor(&bakery).await;
        let take = |step| bakery.store.take_step(bakery.business, bakery.anna.id, step);

        assert!(!take(100).await.unwrap(), "it proved the secret");
        assert!(take(102).await.unwrap());
        assert!(!take(101).await.unwrap());
        assert!(!take(102).await.unwrap());
        assert!(take(103).await.unwrap());
    }

    async fn of_browsers_with_the_same_code_one_is_let_in(bakery) {
        anna_has_a_second_factor(&bakery).await;

        for step in 101..=110 {
            let tries = (0..5).map(|_| bakery.store.take_step(bakery.business, bakery.anna.id, step));
            let taken: Vec<bool> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
            assert_eq!(taken.iter().filter(|taken| **taken).count(), 1, "{taken:?}");
        }
    }

    async fn a_recovery_code_works_once(bakery) {
        anna_has_a_second_factor(&bakery).await;
        let take = |code| bakery.store.take_recovery_code(bakery.business, bakery.anna.id, code, at(1));

        let tries: Vec<bool> = join_all((0..5).map(|_| take(CODES[0]))).await.into_iter().map(Result::unwrap).collect();

        assert_eq!(tries.iter().filter(|taken| **taken).count(), 1, "{tries:?}");
        assert!(!take([4; 32]).await.unwrap());
        assert_eq!(bakery.store.recovery_codes_left(bakery.business, bakery.anna.id).await.unwrap(), 2);
        let used = bakery.told("account.recovery_code_used").await;
        assert_eq!((used.account, used.at), (Some(bakery.anna.id), at(1)));
    }

    async fn new_recovery_codes_replace_the_old(bakery) {
        anna_has_a_second_factor(&bakery).await;
        let (store, business, anna) = (&bakery.store, bakery.business, bakery.anna.id);

        store.replace_recovery_codes(business, anna, vec![[7; 32]], HUB).await.unwrap();

        assert_eq!(store.recovery_codes_left(business, anna).await.unwrap(), 1);
        assert!(!store.take_recovery_code(business, anna, CODES[0], NOON).await.unwrap());
        assert!(store.take_recovery_code(business, anna, [7; 32], NOON).await.unwrap());
    }

    async fn recovery_codes_need_a_second_factor(bakery) {
        let refused = bakery.store.replace_recovery_codes(bakery.business, bakery.ben.id, CODES.to_vec(), HUB).await;

        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        assert!(!bakery.store.take_step(bakery.business, bakery.ben.id, 1).await.unwrap());
    }
}
