//! Backup and restore.

use std::fs;

use actors::protocol::Seq;
use hub_store::{BackupError, ImageFormat, NewImage, OpenError, Store, restore};

use crate::bakery::{Bakery, HUB, Home, NOON, at};
use crate::decisions::decision;
use crate::orders::order;
use crate::plugins::{keep, upload};

#[actix_rt::test]
async fn a_restored_backup_has_its_chats_and_a_new_epoch() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let folder = bakery.home.folder();
    let copy = folder.join("copy.db");
    let chat = bakery.open().await;
    bakery.store.backup(copy.clone()).await.unwrap();
    bakery.store.append(bakery.said(chat, 2, "lost")).await.unwrap();
    bakery.store.close().await;

    restore(copy.clone(), &bakery.home.url()).await.unwrap();

    let restored = Store::open(&bakery.home.url()).await.unwrap();
    assert_eq!(restored.load_chat(chat, 10).await.unwrap().last_seq, Seq::new(1));
    assert_ne!(restored.epoch(), bakery.store.epoch());
    let former = format!("{}.before-restore", bakery.home.url());
    let former = Store::open(&former).await.unwrap();
    assert_eq!(former.load_chat(chat, 10).await.unwrap().last_seq, Seq::new(2));
    assert_eq!(former.epoch(), bakery.store.epoch());
}

#[actix_rt::test]
async fn a_restored_backup_has_its_settings_images_and_plugins() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let copy = bakery.home.folder().join("copy.db");
    let logo =
        NewImage { digest: [1; 32], format: ImageFormat::Png, width: 300, height: 100, bytes: b"a picture".to_vec() };
    bakery.store.keep_image(bakery.business, logo, NOON).await.unwrap();
    bakery.store.create_order(bakery.business, order(bakery.package), NOON).await.unwrap();
    let (plugin, _) = keep(&bakery, "vip", "a plugin").await;
    let decided = bakery.store.keep_decisions(vec![decision(&bakery, 1, "Rye?")]).await.unwrap();
    let before = bakery.audit().await;
    bakery.store.backup(copy.clone()).await.unwrap();
    bakery.store.delete_package(bakery.business, bakery.package, HUB).await.unwrap();
    bakery.store.delete_plugin(bakery.business, plugin.id, HUB).await.unwrap();
    bakery.store.forget_decisions(at(2)).await.unwrap();
    bakery.store.close().await;

    restore(copy, &bakery.home.url()).await.unwrap();

    let restored = Store::open(&bakery.home.url()).await.unwrap();
    assert_eq!(restored.image([1; 32]).await.unwrap().unwrap().bytes, b"a picture");
    assert_eq!(restored.new_order_count(bakery.business).await.unwrap(), 1);
    assert_eq!(restored.packages(bakery.business).await.unwrap().len(), 1);
    assert_eq!(restored.plugins(bakery.business).await.unwrap(), [plugin]);
    assert_eq!(restored.plugin_file(upload("vip", "a plugin").digest).await.unwrap(), b"a plugin");
    assert_eq!(restored.decision(bakery.business, decided[0]).await.unwrap().id, decided[0]);
    assert_eq!(restored.audit(bakery.business, None, 100).await.unwrap(), before);
}

#[actix_rt::test]
async fn a_backup_is_taken_while_messages_are_written() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let folder = bakery.home.folder();
    let copy = folder.join("copy.db");
    let chat = bakery.open().await;

    let writing = async {
        for seq in 2..200 {
            bakery.store.append(bakery.said(chat, seq, &format!("n{seq}"))).await.unwrap();
        }
    };
    let (copied, ()) = tokio::join!(bakery.store.backup(copy.clone()), writing);

    copied.unwrap();
    let kept = Store::open(copy.to_str().unwrap()).await.unwrap().load_chat(chat, 500).await.unwrap();
    let places: Vec<u32> = kept.events.iter().map(|event| event.seq.number()).collect();
    assert_eq!(places, (1..=kept.last_seq.number()).collect::<Vec<_>>());
    assert!(!folder.join("copy.db.unfinished").exists());
}

#[actix_rt::test]
async fn a_damaged_database_is_replaced() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let copy = bakery.home.folder().join("copy.db");
    let chat = bakery.open().await;
    bakery.store.backup(copy.clone()).await.unwrap();
    bakery.store.close().await;
    fs::write(bakery.home.url(), "flour, water, salt, and not a page of a database").unwrap();
    fs::write(format!("{}-wal", bakery.home.url()), "a journal of something else").unwrap();

    restore(copy, &bakery.home.url()).await.unwrap();

    let restored = Store::open(&bakery.home.url()).await.unwrap();
    assert_eq!(restored.load_chat(chat, 10).await.unwrap().events.len(), 1);
    let former = format!("{}.before-restore", bakery.home.url());
    assert!(fs::read_to_string(&former).unwrap().starts_with("flour"));
    assert!(fs::read_to_string(format!("{former}-wal")).unwrap().starts_with("a journal"));
}

#[actix_rt::test]
async fn a_backup_needs_no_open_store() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let copy = bakery.home.folder().join("copy.db");
    let chat = bakery.open().await;

    hub_store::backup(&bakery.home.url(), copy.clone()).await.unwrap();
    let missing = hub_store::backup(bakery.home.folder().join("missing.db").to_str().unwrap(), copy.clone()).await;

    assert!(missing.is_err());
    assert!(!bakery.home.folder().join("missing.db").exists());
    let kept = Store::open(copy.to_str().unwrap()).await.unwrap();
    assert_eq!(kept.load_chat(chat, 10).await.unwrap().events.len(), 1);
}

#[actix_rt::test]
async fn a_running_hub_is_not_restored() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let folder = bakery.home.folder();
    let copy = folder.join("copy.db");
    bakery.store.backup(copy.clone()).await.unwrap();

    let refused = restore(copy, &bakery.home.url()).await;

    assert!(matches!(refused, Err(BackupError::Open(OpenError::InUse(_)))), "{refused:?}");
}

#[actix_rt::test]
async fn a_file_that_is_no_backup_leaves_the_database_alone() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let folder = bakery.home.folder();
    let wrong = folder.join("wrong.db");
    crate::migrations::sqlite(wrong.to_str().unwrap(), "CREATE TABLE list (item TEXT)");
    let epoch = bakery.store.epoch().to_owned();
    bakery.store.close().await;

    assert!(restore(wrong, &bakery.home.url()).await.is_err());
    assert!(restore(folder.join("missing.db"), &bakery.home.url()).await.is_err());

    assert!(!fs::exists(folder.join("missing.db")).unwrap());
    assert_eq!(Store::open(&bakery.home.url()).await.unwrap().epoch(), epoch);
}

#[actix_rt::test]
async fn postgres_is_backed_up_by_its_own_tools() {
    let mut bakery = Bakery::at(Home::postgres()).await;
    let epoch = bakery.store.epoch().to_owned();

    let refused = bakery.store.backup("copy.db".into()).await;
    bakery.store.new_epoch().await.unwrap();

    assert!(matches!(refused, Err(BackupError::NotAFile)), "{refused:?}");
    assert_ne!(bakery.store.epoch(), epoch);
    let again = Store::open(&bakery.home.url()).await.unwrap();
    assert_eq!(again.epoch(), bakery.store.epoch());
}
