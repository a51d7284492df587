//! Plugins and rule tables: how they and their versions come and go.

use std::collections::BTreeSet;

use actors::ids::{AccountId, PluginId};
use futures_util::future::join_all;
use hub_store::{By, NewPlugin, Plugin, PluginChange, PluginKind, PluginVersion, StoreError, VERSIONS_OF_A_PLUGIN};
use serde_json::json;

use crate::bakery::{Bakery as Shop, HUB, NOON, at};

/// An upload whose digest is made of its bytes.
pub(crate) fn upload(key: &str, bytes: &str) -> NewPlugin {
    let mut digest = [0; 32];
    let length = bytes.len().min(32);
    digest[..length].copy_from_slice(&bytes.as_bytes()[..length]);
    NewPlugin {
        kind: PluginKind::Wasm,
        key: key.to_owned(),
        name: format!("Plugin {key}"),
        label: "1.0.0".into(),
        about: json!({ "id": key }),
        hooks: json!(["routing"]),
        digest,
        bytes: bytes.as_bytes().to_vec(),
        settings: json!({}),
    }
}

pub(crate) fn table(key: &str, bytes: &str) -> NewPlugin {
    NewPlugin { kind: PluginKind::Table, ..upload(key, bytes) }
}

pub(crate) async fn keep(bakery: &Shop, key: &str, bytes: &str) -> (Plugin, i32) {
    bakery.store.keep_plugin(bakery.business, upload(key, bytes), bakery.by_olga()).await.unwrap()
}

pub(crate) async fn change(bakery: &Shop, plugin: PluginId, change: PluginChange) -> Result<Plugin, StoreError> {
    bakery.store.change_plugin(bakery.business, plugin, change, By::account(bakery.olga.id, at(9))).await
}

pub(crate) fn life(live: Option<i32>, shadow: Option<i32>) -> PluginChange {
    PluginChange { live: Some(live), shadow: Some(shadow), ..PluginChange::default() }
}

pub(crate) async fn versions(bakery: &Shop, plugin: PluginId) -> Vec<PluginVersion> {
    bakery.store.plugin_versions(bakery.business, plugin).await.unwrap()
}

pub(crate) async fn numbers(bakery: &Shop, plugin: PluginId) -> Vec<i32> {
    versions(bakery, plugin).await.into_iter().map(|version| version.version).collect()
}

pub(crate) async fn names(bakery: &Shop) -> Vec<String> {
    bakery.store.plugins(bakery.business).await.unwrap().into_iter().map(|plugin| plugin.key).collect()
}

/// Which versions run: key, version, whether in the shadow.
pub(crate) async fn running(bakery: &Shop) -> Vec<(String, i32, bool)> {
    let live = bakery.store.live_plugins(bakery.business).await.unwrap();
    live.into_iter().map(|live| (live.plugin.key, live.version.version, live.is_shadow)).collect()
}

pub(crate) async fn is_kept(bakery: &Shop, bytes: &str) -> bool {
    match bakery.store.plugin_file(upload("any", bytes).digest).await {
        Ok(kept) => kept == bytes.as_bytes(),
        Err(StoreError::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

on_both_engines! {
    async fn an_upload_is_kept_as_a_draft(bakery) {
        let new = NewPlugin { settings: json!({ "first": "anna" }), ..upload("vip", "one") };

        let (made, version) = bakery.store.keep_plugin(bakery.business, new, bakery.by_olga()).await.unwrap();

        assert_eq!((version, made.kind, made.live, made.shadow), (1, PluginKind::Wasm, None, None));
        assert_eq!((made.key.as_str(), made.name.as_str(), &made.settings), ("vip", "Plugin vip", &json!({ "first": "anna" })));
        assert_eq!((&made.secrets, &made.packages, &made.off_reason, made.created_at), (&None, &None, &None, NOON));
        assert_eq!(bakery.store.plugin(bakery.business, made.id).await.unwrap(), made);
        assert_eq!(bakery.store.plugin_called(bakery.business, "vip").await.unwrap().as_ref(), Some(&made));
        assert_eq!(bakery.store.plugin_called(bakery.business, "vi").await.unwrap(), None);
        let expected = PluginVersion {
            version: 1,
            digest: upload("vip", "one").digest,
            label: "1.0.0".into(),
            about: json!({ "id": "vip" }),
            hooks: json!(["routing"]),
            uploaded_at: NOON,
            uploaded_by: Some(bakery.olga.id),
            went_live_at: None,
        };
        assert_eq!(versions(&bakery, made.id).await, [expected]);
        assert_eq!(bakery.store.plugin_file(upload("vip", "one").digest).await.unwrap(), b"one");
        assert_eq!(running(&bakery).await, []);
        let told = bakery.told("plugin.uploaded").await;
        assert_eq!((told.subject, told.account), (made.id.to_string(), Some(bakery.olga.id)));
        assert_eq!(told.after, Some(json!({ "version": 1, "label": "1.0.0" })));
    }

    async fn the_same_bytes_twice_are_one_version(bakery) {
        let first = keep(&bakery, "vip", "one").await;
        let again = keep(&bakery, "vip", "one").await;

        assert_eq!(again, first);
        assert_eq!(numbers(&bakery, first.0.id).await, [1]);
        assert_eq!(bakery.times("plugin.uploaded").await, 1);
    }

    async fn other_bytes_are_a_new_version_and_change_nothing_else(bakery) {
        let (made, _) = keep(&bakery, "vip", "one").await;
        let renamed = PluginChange {
            name: Some("Regulars".into()),
            settings: Some(json!({ "first": "ben" })),
            ..life(Some(1), None)
        };
        let before = change(&bakery, made.id, renamed).await.unwrap();
        let new = NewPlugin { label: "2.0.0".into(), settings: json!({ "first": "" }), ..upload("vip", "two") };

        let (after, version) = bakery.store.keep_plugin(bakery.business, new, HUB).await.unwrap();

        assert_eq!((version, &after), (2, &before), "name, settings and what is live stay");
        let kept = versions(&bakery, made.id).await;
        let labels: Vec<_> = kept.iter().map(|one| (one.version, one.label.as_str(), one.uploaded_by)).collect();
        assert_eq!(labels, [(2, "2.0.0", None), (1, "1.0.0", Some(bakery.olga.id))]);
        assert_eq!(running(&bakery).await, [("vip".to_owned(), 1, false)]);
        // The bytes of an earlier version are a version again.
        assert_eq!(keep(&bakery, "vip", "one").await.1, 3);
        assert_eq!(numbers(&bakery, made.id).await, [3, 2, 1]);
    }

    async fn a_key_belongs_to_one_kind(bakery) {
        let (rules, _) = bakery.store.keep_plugin(bakery.business, table("rules", "rows"), HUB).await.unwrap();

        let refused = bakery.store.keep_plugin(bakery.business, upload("rules", "wasm"), HUB).await;

        assert!(matches!(&refused, Err(StoreError::Conflict { table }) if table == "plugins"), "{refused:?}");
        assert_eq!(rules.kind, PluginKind::Table);
        assert_eq!(numbers(&bakery, rules.id).await, [1]);
        assert!(!is_kept(&bakery, "wasm").await);
        assert_eq!(bakery.times("plugin.uploaded").await, 1);
    }

    async fn of_uploads_at_the_same_moment_each_is_a_version(bakery) {
        let contents: Vec<String> = (0..8).map(|number| format!("bytes {number}")).collect();
        let uploads = contents.iter().map(|bytes| keep(&bakery, "vip", bytes));

        let kept: Vec<(Plugin, i32)> = join_all(uploads).await;

        let numbers: BTreeSet<i32> = kept.iter().map(|(_, version)| *version).collect();
        assert_eq!(numbers, (1..=8).collect());
        assert_eq!(bakery.store.plugins(bakery.business).await.unwrap().len(), 1);
    }

    async fn a_deleted_plugin_is_gone_with_what_only_it_used(bakery) {
        let fiona = bakery.fiona().await;
        let (made, _) = keep(&bakery, "vip", "own").await;
        keep(&bakery, "vip", "shared here").await;
        keep(&bakery, "other", "shared here").await;
        keep(&bakery, "vip", "shared there").await;
        bakery.store.keep_plugin(fiona.business, upload("vip", "shared there"), HUB).await.unwrap();
        change(&bakery, made.id, life(Some(1), None)).await.unwrap();

        bakery.store.delete_plugin(bakery.business, made.id, bakery.by_olga()).await.unwrap();
        let again = bakery.store.delete_plugin(bakery.business, made.id, bakery.by_olga()).await;

        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
        assert_eq!((names(&bakery).await, running(&bakery).await), (vec!["other".to_owned()], vec![]));
        assert_eq!(versions(&bakery, made.id).await, []);
        assert!(!is_kept(&bakery, "own").await);
        assert!(is_kept(&bakery, "shared here").await && is_kept(&bakery, "shared there").await);
        assert_eq!(bakery.told("plugin.deleted").await.subject, made.id.to_string());
        assert_eq!(keep(&bakery, "vip", "own").await.1, 1, "the key is free again");
    }

    async fn old_versions_go_but_not_those_that_run(bakery) {
        let (made, _) = keep(&bakery, "vip", "bytes 1").await;
        for number in 2..=4 {
            keep(&bakery, "vip", &format!("bytes {number}")).await;
        }
        change(&bakery, made.id, life(Some(1), Some(3))).await.unwrap();
        let newest = VERSIONS_OF_A_PLUGIN + 4;

        for number in 5..=newest {
            keep(&bakery, "vip", &format!("bytes {number}")).await;
        }

        let mut expected: Vec<i32> = (5..=newest).rev().collect();
        expected.extend([3, 1]);
        assert_eq!(numbers(&bakery, made.id).await, expected);
        for (number, is_there) in [(1, true), (2, false), (3, true), (4, false), (5, true)] {
            assert_eq!(is_kept(&bakery, &format!("bytes {number}")).await, is_there, "{number}");
        }
        assert_eq!(running(&bakery).await, [("vip".to_owned(), 1, false), ("vip".to_owned(), 3, true)]);
    }

    async fn a_deleted_package_and_a_deleted_account_break_no_plugin(bakery) {
        let (made, _) = keep(&bakery, "vip", "one").await;
        let of_package = PluginChange { packages: Some(Some(vec![bakery.package])), ..life(Some(1), None) };
        let before = change(&bakery, made.id, of_package).await.unwrap();
        let by_ben = By::account(bakery.ben.id, NOON);
        bakery.store.keep_plugin(bakery.business, upload("vip", "two"), by_ben).await.unwrap();

        bakery.store.delete_package(bakery.business, bakery.package, HUB).await.unwrap();
        bakery.store.delete_account(bakery.business, bakery.ben.id, HUB).await.unwrap();

        assert_eq!(bakery.store.plugin(bakery.business, made.id).await.unwrap(), before);
        assert_eq!(running(&bakery).await, [("vip".to_owned(), 1, false)]);
        let by: Vec<Option<AccountId>> = versions(&bakery, made.id).await.iter().map(|one| one.uploaded_by).collect();
        assert_eq!(by, [Some(bakery.ben.id), Some(bakery.olga.id)]);
    }

    async fn a_foreign_plugin_is_unknown(bakery) {
        let fiona = bakery.fiona().await;
        let (store, florist, by) = (&bakery.store, fiona.business, By::account(fiona.id, NOON));
        let (made, _) = keep(&bakery, "vip", "one").await;
        change(&bakery, made.id, life(Some(1), None)).await.unwrap();
        let before = store.plugins(bakery.business).await.unwrap();

        for id in [made.id, PluginId::from(1)] {
            assert!(matches!(store.plugin(florist, id).await, Err(StoreError::NotFound)));
            assert!(matches!(store.change_plugin(florist, id, life(None, None), by).await, Err(StoreError::NotFound)));
            assert!(matches!(store.delete_plugin(florist, id, by).await, Err(StoreError::NotFound)));
            assert_eq!(store.plugin_versions(florist, id).await.unwrap(), []);
        }
        assert_eq!(store.plugins(florist).await.unwrap(), []);
        assert_eq!(store.live_plugins(florist).await.unwrap(), []);
        assert_eq!(store.plugin_called(florist, "vip").await.unwrap(), None);
        store.order_plugins(florist, vec![made.id], by).await.unwrap();
        let (own, version) = store.keep_plugin(florist, upload("vip", "two"), by).await.unwrap();

        assert!(own.id != made.id && version == 1, "the same key is another plugin there");
        assert_eq!(store.plugins(bakery.business).await.unwrap(), before);
        assert_eq!(numbers(&bakery, made.id).await, [1]);
    }

    async fn an_uploader_is_of_the_same_business(bakery) {
        let fiona = bakery.fiona().await;

        let refused = bakery.store.keep_plugin(bakery.business, upload("vip", "one"), By::account(fiona.id, NOON)).await;

        assert!(matches!(refused, Err(StoreError::Dangling)), "{refused:?}");
        assert_eq!(names(&bakery).await, Vec::<String>::new());
        assert!(!is_kept(&bakery, "one").await);
    }
}
