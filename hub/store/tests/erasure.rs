//! What is erased is gone from the disk, not only from the answers.

use std::fs;
use std::path::Path;

use hub_store::{NewSecondFactor, NewSignIn, PluginChange};

use crate::bakery::{Bakery, HUB, Home, NOON, at};
use crate::decisions::decision;
use crate::plugins::{change, keep};

const CANARY: &str = "Canary/47.11 (a browser like no other)";

fn files_with_canary(folder: &Path) -> usize {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.filter(|bytes| bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes())).count()
}

#[actix_rt::test]
async fn a_deleted_row_leaves_no_copy_in_the_file() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let folder = bakery.home.folder();
    let agent = Some(CANARY.to_owned());
    let sign_in = NewSignIn { token: [1; 32], account: bakery.anna.id, agent, ip: "192.0.2.7".into() };
    bakery.store.create_sign_in(sign_in, NOON).await.unwrap();
    assert!(files_with_canary(folder) > 0);

    bakery.store.revoke_sign_in([1; 32]).await.unwrap();
    bakery.store.close().await;

    assert_eq!(files_with_canary(folder), 0);
    assert!(!folder.join("hub.db-wal").exists(), "the last connection brings the journal home");
}

#[actix_rt::test]
async fn the_second_factor_of_a_deleted_account_leaves_no_copy_in_the_file() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let (store, folder, anna) = (&bakery.store, bakery.home.folder(), bakery.anna.id);
    let factor = NewSecondFactor { secret: CANARY.into(), last_step: 1, codes: vec![[1; 32]] };
    store.set_second_factor(bakery.business, anna, factor, HUB).await.unwrap();
    assert!(files_with_canary(folder) > 0);

    store.delete_account(bakery.business, anna, HUB).await.unwrap();
    bakery.store.close().await;

    assert_eq!(files_with_canary(folder), 0);
}

#[actix_rt::test]
async fn a_forgotten_decision_leaves_no_copy_in_the_file() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let folder = bakery.home.folder();
    let new = vec![decision(&bakery, 1, CANARY)];
    bakery.store.keep_decisions(new).await.unwrap();
    assert!(files_with_canary(folder) > 0);

    assert_eq!(bakery.store.forget_decisions(at(2)).await.unwrap(), 1);
    bakery.store.close().await;

    assert_eq!(files_with_canary(folder), 0);
}

#[actix_rt::test]
async fn the_secrets_and_the_file_of_a_deleted_plugin_leave_no_copy() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let folder = bakery.home.folder();
    let (plugin, _) = keep(&bakery, "vip", CANARY).await;
    let sealed = PluginChange { secrets: Some(Some(CANARY.into())), ..PluginChange::default() };
    change(&bakery, plugin.id, sealed).await.unwrap();
    assert!(files_with_canary(folder) > 0);

    bakery.store.delete_plugin(bakery.business, plugin.id, HUB).await.unwrap();
    bakery.store.close().await;

    assert_eq!(files_with_canary(folder), 0);
}
