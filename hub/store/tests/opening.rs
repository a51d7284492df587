//! What a hub does with a database it should not touch, and with its address.

use hub_store::{OpenError, Store};

use crate::bakery::{Bakery, Home};
use crate::postgres::{Database, psql};

const NEWER: &str = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20300101000001')";

#[actix_rt::test]
async fn a_second_hub_on_one_file_is_refused() {
    let bakery = Bakery::at(Home::sqlite()).await;

    let refused = Store::open(&bakery.home.url()).await.unwrap_err();

    assert!(matches!(refused, OpenError::InUse(_)), "{refused:?}");
    assert!(refused.to_string().contains("in use by another hub"));

    bakery.store.close().await;
    assert!(Store::open(&bakery.home.url()).await.is_ok());
}

#[actix_rt::test]
async fn a_file_migrated_by_a_newer_hub_is_refused() {
    let bakery = Bakery::at(Home::sqlite()).await;
    bakery.store.close().await;
    crate::migrations::sqlite(&bakery.home.url(), NEWER);

    let refused = Store::open(&bakery.home.url()).await.unwrap_err();

    assert!(matches!(&refused, OpenError::Newer(version) if version == "20300101000001"), "{refused:?}");
}

#[actix_rt::test]
async fn a_database_migrated_by_a_newer_hub_is_refused() {
    let database = Database::fresh();
    Store::open(&database.url).await.unwrap().close().await;
    psql(&database.url, NEWER);

    let refused = Store::open(&database.url).await.unwrap_err();

    assert!(matches!(&refused, OpenError::Newer(version) if version == "20300101000001"), "{refused:?}");
}

#[actix_rt::test]
async fn two_hubs_may_migrate_one_database_at_once() {
    let database = Database::fresh();

    let all = futures_util::future::join_all((0..4).map(|_| Store::open(&database.url))).await;

    let epochs: Vec<String> = all.into_iter().map(|store| store.unwrap().epoch().to_owned()).collect();
    assert!(epochs.iter().all(|epoch| epoch == &epochs[0] && epoch.len() == 32), "{epochs:?}");
}

#[actix_rt::test]
async fn a_file_that_is_no_database_is_refused() {
    let home = Home::sqlite();
    let path = home.folder().join("hub.db");
    std::fs::write(&path, "a shopping list, certainly longer than a header of SQLite would be").unwrap();

    let refused = Store::open(path.to_str().unwrap()).await.unwrap_err();

    assert!(format!("{:#}", anyhow::Error::new(refused)).contains("hub.db"));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("a shopping list"));
}

#[actix_rt::test]
async fn a_server_that_is_not_there_is_an_error() {
    let refused = Store::open("postgres://hub:secret@127.0.0.1:1/hub").await.unwrap_err();

    let text = format!("{:#}", anyhow::Error::new(refused));
    assert!(text.contains("cannot connect") && !text.contains("secret"), "{text}");
}

#[actix_rt::test]
async fn connections_are_encrypted_when_the_address_asks_for_it() {
    let database = Database::fresh();
    let certificate = psql(&database.url, "SHOW ssl_cert_file");
    let url = format!("{}?sslmode=require&sslrootcert={}", database.url, certificate.trim());
    let encrypted = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                     WHERE datname = current_database() AND application_name = 'hub'";

    let store = Store::open(&url).await.unwrap();
    assert_eq!(psql(&database.url, encrypted).trim(), "t");
    store.close().await;

    let store = Store::open(&database.url).await.unwrap();
    assert_eq!(psql(&database.url, encrypted).trim(), "f");
    store.close().await;
}

#[actix_rt::test]
async fn a_server_with_a_foreign_certificate_is_refused() {
    let database = Database::fresh();

    // Without `sslrootcert` only the system's authorities are trusted, and ours is none.
    let refused = Store::open(&format!("{}?sslmode=require", database.url)).await.unwrap_err();

    let text = format!("{:#}", anyhow::Error::new(refused));
    assert!(text.to_lowercase().contains("certificate"), "{text}");
}

#[actix_rt::test]
async fn a_url_with_a_scheme_opens_the_same_file() {
    let bakery = Bakery::at(Home::sqlite()).await;
    let epoch = bakery.store.epoch().to_owned();
    bakery.store.close().await;

    let again = Store::open(&format!("sqlite://{}", bakery.home.url())).await.unwrap();

    assert_eq!(again.epoch(), epoch);
}

#[cfg(unix)]
#[actix_rt::test]
async fn a_database_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let bakery = Bakery::at(Home::sqlite()).await;

    let mode = std::fs::metadata(bakery.home.url()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
