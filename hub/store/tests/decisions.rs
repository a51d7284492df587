//! Decisions: kept as they were made, listed, forgotten.

use actors::ids::DecisionId;
use actors::moment::Moment;
use futures_util::future::try_join_all;
use hub_store::{DecisionFilter, NewDecision, StoreError};
use serde_json::json;

use crate::bakery::{Bakery as Shop, HUB, at};

/// About chat 7, made this many seconds after noon.
pub(crate) fn decision(bakery: &Shop, second: u32, said: &str) -> NewDecision {
    NewDecision {
        business: bakery.business,
        package: bakery.package,
        subject: 7,
        hook: "routing".into(),
        took_us: 1_250,
        has_failed: false,
        record: json!({ "question": { "first_message": said }, "steps": [] }),
        at: at(second),
    }
}

async fn keep(bakery: &Shop, new: Vec<NewDecision>) -> Vec<DecisionId> {
    bakery.store.keep_decisions(new).await.unwrap()
}

async fn listed(bakery: &Shop, filter: DecisionFilter) -> Vec<DecisionId> {
    let found = bakery.store.decisions(bakery.business, filter).await.unwrap();
    found.into_iter().map(|decision| decision.id).collect()
}

fn all() -> DecisionFilter {
    DecisionFilter { limit: 200, ..DecisionFilter::default() }
}

on_both_engines! {
    async fn a_decision_is_kept_as_it_was_made(bakery) {
        let new = NewDecision { took_us: u32::MAX, has_failed: true, ..decision(&bakery, 1, "Zażółć 😀") };

        let ids = keep(&bakery, vec![new.clone()]).await;

        let kept = bakery.store.decision(bakery.business, ids[0]).await.unwrap();
        assert_eq!(bakery.store.decisions(bakery.business, all()).await.unwrap(), std::slice::from_ref(&kept));
        assert_eq!((kept.id, kept.package, kept.subject, kept.hook), (ids[0], new.package, new.subject, new.hook));
        assert_eq!((kept.has_failed, kept.record), (true, new.record));
        assert_eq!(kept.took_us, i32::MAX.unsigned_abs(), "half an hour is as long as it gets");
        assert!(matches!(
            bakery.store.decision(bakery.business, DecisionId::from(1)).await,
            Err(StoreError::NotFound)
        ));
    }

    async fn decisions_are_listed_newest_first_by_filter_and_page(bakery) {
        let other = NewDecision { subject: 8, ..decision(&bakery, 2, "b") };
        let failed = NewDecision { has_failed: true, ..decision(&bakery, 3, "c") };
        let hours = NewDecision { hook: "working-hours".into(), ..decision(&bakery, 4, "d") };
        let ids = keep(&bakery, vec![decision(&bakery, 1, "a"), other, failed, hours]).await;
        let [first, second, third, fourth] = ids[..] else { panic!("{ids:?}") };

        assert_eq!(listed(&bakery, all()).await, [fourth, third, second, first]);
        assert_eq!(listed(&bakery, DecisionFilter { subject: Some(8), ..all() }).await, [second]);
        assert_eq!(listed(&bakery, DecisionFilter { has_failed: true, ..all() }).await, [third]);
        let hook = Some("working-hours".into());
        assert_eq!(listed(&bakery, DecisionFilter { hook, ..all() }).await, [fourth]);
        assert_eq!(listed(&bakery, DecisionFilter { limit: 2, ..all() }).await, [fourth, third]);
        let rest = DecisionFilter { before: Some(third), limit: 2, ..all() };
        assert_eq!(listed(&bakery, rest).await, [second, first]);
        let both = DecisionFilter { subject: Some(7), has_failed: true, before: Some(third), ..all() };
        assert_eq!(listed(&bakery, both).await, []);
        assert_eq!(listed(&bakery, DecisionFilter::default()).await, [], "nobody asked for any");
    }

    async fn no_page_is_endless(bakery) {
        let many: Vec<NewDecision> = (1..=201).map(|second| decision(&bakery, second, "a")).collect();
        let ids = keep(&bakery, many).await;

        let page = listed(&bakery, DecisionFilter { limit: u32::MAX, ..all() }).await;

        assert_eq!((page.len(), page[0], page[199]), (200, ids[200], ids[1]));
    }

    async fn decisions_are_kept_all_or_none(bakery) {
        let nowhere = NewDecision { business: 1.into(), ..decision(&bakery, 2, "b") };

        let refused = bakery.store.keep_decisions(vec![decision(&bakery, 1, "a"), nowhere]).await;

        assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
        assert_eq!(listed(&bakery, all()).await, []);
        assert_eq!(keep(&bakery, vec![]).await, []);
    }

    async fn old_decisions_are_forgotten_and_no_others(bakery) {
        let fiona = bakery.fiona().await;
        let foreign = NewDecision { business: fiona.business, ..decision(&bakery, 1, "f") };
        // More than are forgotten at once.
        let moment = |number| Moment::from_millis(at(1).millis() + number);
        let old = (0..600).map(|number| NewDecision { at: moment(number), ..decision(&bakery, 1, "a") });
        keep(&bakery, old.collect()).await;
        keep(&bakery, vec![foreign]).await;
        let young = keep(&bakery, vec![decision(&bakery, 2, "b"), decision(&bakery, 3, "c")]).await;

        assert_eq!(bakery.store.forget_decisions(at(2)).await.unwrap(), 601);
        assert_eq!(bakery.store.forget_decisions(at(2)).await.unwrap(), 0);

        assert_eq!(listed(&bakery, all()).await, [young[1], young[0]], "also the one of that very moment stays");
        assert_eq!(bakery.store.decisions(fiona.business, all()).await.unwrap(), []);
    }

    async fn foreign_decisions_are_unknown(bakery) {
        let fiona = bakery.fiona().await;
        let ids = keep(&bakery, vec![decision(&bakery, 1, "a")]).await;

        let found = bakery.store.decisions(fiona.business, all()).await.unwrap();
        let by_subject = DecisionFilter { subject: Some(7), ..all() };

        assert_eq!(found, []);
        assert_eq!(bakery.store.decisions(fiona.business, by_subject).await.unwrap(), []);
        assert!(matches!(bakery.store.decision(fiona.business, ids[0]).await, Err(StoreError::NotFound)));
    }

    async fn decisions_outlive_their_package_and_their_plugin(bakery) {
        let (plugin, _) = crate::plugins::keep(&bakery, "vip", "one").await;
        let ids = keep(&bakery, vec![decision(&bakery, 1, "a")]).await;

        bakery.store.delete_package(bakery.business, bakery.package, HUB).await.unwrap();
        bakery.store.delete_plugin(bakery.business, plugin.id, HUB).await.unwrap();

        assert_eq!(listed(&bakery, all()).await, ids);
        let kept = bakery.store.decision(bakery.business, ids[0]).await.unwrap();
        assert_eq!(kept.package, bakery.package);
    }

    async fn decisions_made_at_the_same_time_are_all_kept(bakery) {
        let batch = |second| vec![decision(&bakery, second, "a"), decision(&bakery, second, "b")];
        let batches = (1..=50).map(|second| bakery.store.keep_decisions(batch(second)));

        let kept = try_join_all(batches).await.unwrap();

        assert_eq!(kept.iter().map(Vec::len).sum::<usize>(), 100);
        assert_eq!(listed(&bakery, all()).await.len(), 100);
    }
}
