//! What is erased is gone from the disk, not only from the answers.

use std::fs;
use std::path::Path;

use hub_store::NewSignIn;

use crate::bakery::{Bakery, Home, NOON};

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
