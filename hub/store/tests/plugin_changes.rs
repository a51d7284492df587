//! What becomes of a plugin that is there: which version decides, its settings and place.

use std::collections::BTreeSet;

use actors::ids::{BusinessId, PluginId};
use hub_store::{By, Plugin, PluginChange, StoreError};
use serde_json::{Value, json};

use crate::bakery::{HUB, at};
use crate::plugins::{change, keep, life, names, running, table, versions};

on_both_engines! {
    async fn one_version_is_live_another_in_the_shadow_and_the_way_back_is_open(bakery) {
        let (made, _) = keep(&bakery, "vip", "one").await;
        keep(&bakery, "vip", "two").await;

        let first = change(&bakery, made.id, life(Some(1), Some(2))).await.unwrap();
        assert_eq!((first.live, first.shadow), (Some(1), Some(2)));
        assert_eq!(running(&bakery).await, [("vip".to_owned(), 1, false), ("vip".to_owned(), 2, true)]);
        assert_eq!(versions(&bakery, made.id).await[1].went_live_at, Some(at(9)));

        change(&bakery, made.id, life(Some(2), None)).await.unwrap();
        assert_eq!(running(&bakery).await, [("vip".to_owned(), 2, false)]);

        let back = bakery.store.change_plugin(bakery.business, made.id, life(Some(1), None), By::hub(at(20))).await;
        assert_eq!(back.unwrap().live, Some(1));
        let went_live: Vec<_> = versions(&bakery, made.id).await.iter().map(|version| version.went_live_at).collect();
        assert_eq!(went_live, [Some(at(9)), Some(at(20))]);

        change(&bakery, made.id, life(None, None)).await.unwrap();
        assert_eq!(running(&bakery).await, []);
        assert_eq!(bakery.times("plugin.changed").await, 4);
    }

    async fn a_version_that_is_not_there_goes_nowhere(bakery) {
        let (made, _) = keep(&bakery, "vip", "one").await;
        keep(&bakery, "other", "two").await;
        keep(&bakery, "other", "three").await;

        for wrong in [life(Some(2), None), life(Some(1), Some(2)), life(Some(0), None), life(Some(-1), None)] {
            let refused = change(&bakery, made.id, wrong).await;
            assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        }

        assert_eq!(bakery.store.plugin(bakery.business, made.id).await.unwrap(), made);
        assert_eq!(bakery.times("plugin.changed").await, 0);
    }

    async fn only_what_is_named_changes_of_a_plugin(bakery) {
        let (made, _) = keep(&bakery, "vip", "one").await;
        let all = PluginChange {
            name: Some("Regulars".into()),
            live: Some(Some(1)),
            shadow: Some(Some(1)),
            settings: Some(json!({ "first": "ben" })),
            secrets: Some(Some(b"sealed".to_vec())),
            packages: Some(Some(vec![bakery.package])),
            off_reason: Some(Some("It failed five times.".into())),
        };

        let changed = change(&bakery, made.id, all).await.unwrap();
        let same = change(&bakery, made.id, PluginChange::default()).await.unwrap();

        let expected = Plugin {
            name: "Regulars".into(),
            live: Some(1),
            shadow: Some(1),
            settings: json!({ "first": "ben" }),
            secrets: Some(b"sealed".to_vec()),
            packages: Some(vec![bakery.package]),
            off_reason: Some("It failed five times.".into()),
            ..made.clone()
        };
        assert_eq!((&changed, &same), (&expected, &expected));
        assert_eq!(bakery.store.plugin(bakery.business, made.id).await.unwrap(), expected);
        let nothing = PluginChange {
            secrets: Some(None),
            packages: Some(None),
            off_reason: Some(None),
            ..life(None, None)
        };
        let cleared = change(&bakery, made.id, nothing).await.unwrap();
        assert_eq!(cleared, Plugin { name: "Regulars".into(), settings: json!({ "first": "ben" }), ..made });
    }

    async fn the_audit_names_no_secret_of_a_plugin(bakery) {
        let (made, _) = keep(&bakery, "vip", "one").await;
        let secrets = Some(Some(b"canary-47-11".to_vec()));
        change(&bakery, made.id, PluginChange { secrets, ..PluginChange::default() }).await.unwrap();
        bakery.store.delete_plugin(bakery.business, made.id, bakery.by_olga()).await.unwrap();

        let told = format!("{:?}", bakery.audit().await);

        let as_numbers = format!("{:?}", b"canary-47-11").replace(['[', ']'], "");
        assert!(told.contains("plugin.changed") && told.contains("plugin.deleted"), "{told}");
        assert!(!told.contains("canary") && !told.contains(&as_numbers), "{told}");
    }

    async fn plugins_stand_in_the_order_the_owner_gives(bakery) {
        let (first, _) = keep(&bakery, "first", "1").await;
        let (second, _) = keep(&bakery, "second", "2").await;
        let (third, _) = keep(&bakery, "third", "3").await;
        assert_eq!(names(&bakery).await, ["first", "second", "third"]);

        let order = |order: &[PluginId]| bakery.store.order_plugins(bakery.business, order.to_vec(), bakery.by_olga());
        order(&[third.id, first.id, second.id]).await.unwrap();
        assert_eq!(names(&bakery).await, ["third", "first", "second"]);

        // Who is not named follows; who does not exist takes no place.
        order(&[PluginId::from(1), second.id]).await.unwrap();
        assert_eq!(names(&bakery).await, ["second", "third", "first"]);

        keep(&bakery, "fourth", "4").await;
        assert_eq!(names(&bakery).await, ["second", "third", "first", "fourth"]);
        let told = bakery.told("plugins.ordered").await;
        assert_eq!(told.after, Some(json!({ "order": [second.id, third.id, first.id] })));
    }

    async fn the_hub_learns_who_has_plugins_that_run(bakery) {
        let fiona = bakery.fiona().await;
        let (made, _) = keep(&bakery, "vip", "one").await;
        let (foreign, _) = bakery.store.keep_plugin(fiona.business, table("rules", "rows"), HUB).await.unwrap();
        assert_eq!(bakery.store.businesses_with_plugins().await.unwrap(), []);

        change(&bakery, made.id, life(Some(1), Some(1))).await.unwrap();
        bakery.store.change_plugin(fiona.business, foreign.id, life(None, Some(1)), HUB).await.unwrap();

        let found: BTreeSet<BusinessId> = bakery.store.businesses_with_plugins().await.unwrap().into_iter().collect();
        assert_eq!(found, [bakery.business, fiona.business].into());
    }

    async fn settings_of_any_shape_come_back_as_they_were(bakery) {
        let (made, _) = keep(&bakery, "vip", "one").await;
        let shapes: Value = json!({ "rows": [["a", "ż"], ["", "😀"]], "n": 0.1, "off": false, "none": null, "deep": { "x": [] } });

        let settings = Some(shapes.clone());
        change(&bakery, made.id, PluginChange { settings, ..PluginChange::default() }).await.unwrap();

        assert_eq!(bakery.store.plugin(bakery.business, made.id).await.unwrap().settings, shapes);
    }
}
