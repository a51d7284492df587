//! The two migration folders: the same versions, and a way back that leaves nothing.

use std::fs;
use std::path::{Path, PathBuf};

use actors::ports::PublicKey;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{Nullable, Text};
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use hub_store::{PackageChange, PackageSettings, Role, Store};

use crate::bakery::{Bakery, HUB, Home};
use crate::postgres::{Database, psql, run};

fn folder(engine: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine)
}

fn versions(engine: &str) -> Vec<String> {
    let entries = fs::read_dir(folder(engine)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn script(engine: &str, version: &str, file: &str) -> String {
    fs::read_to_string(folder(engine).join(version).join(file)).unwrap()
}

/// All steps back, then all steps forward again.
fn down_and_up(engine: &str, run: impl Fn(&str), emptied: impl Fn()) {
    let versions = versions(engine);
    for version in versions.iter().rev() {
        run(&script(engine, version, "down.sql"));
    }
    emptied();
    for version in &versions {
        run(&script(engine, version, "up.sql"));
    }
}

pub(crate) fn sqlite(path: &str, sql: &str) {
    SqliteConnection::establish(path).unwrap().batch_execute(sql).unwrap();
}

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Nullable<Text>)]
    sql: Option<String>,
}

fn sqlite_schema(path: &str) -> Vec<String> {
    let mut conn = SqliteConnection::establish(path).unwrap();
    let rows: Vec<Definition> = sql_query("SELECT sql FROM sqlite_schema ORDER BY name").load(&mut conn).unwrap();
    rows.into_iter().filter_map(|row| row.sql).collect()
}

/// The definitions of everything in a database.
fn postgres_schema(database: &Database) -> String {
    // Newer versions write a line with a random key, which is not a definition.
    let dump = run("pg_dump", &["--schema-only", "-d", &database.url]);
    dump.lines().filter(|line| !line.starts_with('\\')).collect::<Vec<_>>().join("\n")
}

#[test]
fn both_engines_list_the_same_versions() {
    assert_eq!(versions("sqlite"), versions("postgres"));
    assert!(!versions("sqlite").is_empty());
}

#[actix_rt::test]
async fn up_down_up_leaves_no_difference_on_sqlite() {
    let home = Home::sqlite();
    Store::open(&home.url()).await.unwrap().close().await;
    let path = home.url();
    let before = sqlite_schema(&path);

    down_and_up(
        "sqlite",
        |sql| sqlite(&path, sql),
        || {
            let left = sqlite_schema(&path);
            assert!(left.iter().all(|sql| sql.contains("__diesel_schema_migrations")), "{left:?}");
        },
    );

    assert_eq!(sqlite_schema(&path), before);
    assert!(before.len() > 9, "{before:?}");
}

#[actix_rt::test]
async fn up_down_up_leaves_no_difference_on_postgres() {
    let database = Database::fresh();
    Store::open(&database.url).await.unwrap().close().await;
    let before = postgres_schema(&database);
    let script = |sql: &str| {
        psql(&database.url, sql);
    };

    down_and_up("postgres", script, || {
        let left = psql(&database.url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        assert_eq!(left.trim(), "__diesel_schema_migrations");
    });

    assert_eq!(postgres_schema(&database), before);
    assert!(before.contains("CREATE TABLE public.messages"), "{before}");
}

/// The step that brought versions of packages, invitations and the audit.
const SETTINGS: &str = "2026-11-22-000002_settings";

/// A business of the hub before that step goes on, with all it had.
async fn a_business_moves_on(engine: &str, home: Home) {
    let bakery = Bakery::at(home).await;
    let chat = bakery.open().await;
    let settings = PackageSettings { company: "Rye".into(), ..PackageSettings::default() };
    let change = PackageChange { name: "Shop".into(), settings, version: 1 };
    bakery.store.save_package(bakery.business, bakery.package, change, HUB).await.unwrap();
    bakery.store.close().await;

    bakery.home.run(&script(engine, SETTINGS, "down.sql"));
    bakery.home.run(&script(engine, SETTINGS, "up.sql"));

    let store = Store::open(&bakery.home.url()).await.unwrap();
    let package = store.package_by_key(&PublicKey("bakery".into())).await.unwrap().unwrap();
    assert_eq!((package.version, package.settings.company.as_str()), (2, "Rye"));
    let versions = store.package_versions(bakery.business, package.id).await.unwrap();
    assert_eq!((versions.len(), versions[0].version, versions[0].saved_at), (1, 2, package.updated_at));
    let (_, kept) = store.package_version(bakery.business, package.id, 2).await.unwrap();
    assert_eq!(kept, package.settings);
    assert_eq!(store.accounts(bakery.business).await.unwrap(), [bakery.olga, bakery.anna, bakery.ben]);
    assert_eq!(store.load_chat(chat, 10).await.unwrap().events.len(), 1);
    store.close().await;
}

#[actix_rt::test]
async fn a_business_of_the_version_before_moves_on_on_sqlite() {
    a_business_moves_on("sqlite", Home::sqlite()).await;
}

#[actix_rt::test]
async fn a_business_of_the_version_before_moves_on_on_postgres() {
    a_business_moves_on("postgres", Home::postgres()).await;
}

/// The step that brought calls, and events of chats about them.
const CALLS: &str = "2026-11-22-000003_calls";

/// What was said before that step is there after it.
async fn chats_move_on(engine: &str, home: Home) {
    let bakery = Bakery::at(home).await;
    let chat = bakery.open().await;
    bakery.store.append(bakery.said(chat, 2, "second")).await.unwrap();
    bakery.store.append(bakery.closed(chat, 3, 0)).await.unwrap();
    let before = bakery.store.load_chat(chat, 10).await.unwrap();
    bakery.store.close().await;

    bakery.home.run(&script(engine, CALLS, "down.sql"));
    bakery.home.run(&script(engine, CALLS, "up.sql"));

    let store = Store::open(&bakery.home.url()).await.unwrap();
    assert_eq!(store.load_chat(chat, 10).await.unwrap(), before);
    assert_eq!(before.events.len(), 3);
    store.close().await;
}

#[actix_rt::test]
async fn chats_of_the_version_before_move_on_on_sqlite() {
    chats_move_on("sqlite", Home::sqlite()).await;
}

#[actix_rt::test]
async fn chats_of_the_version_before_move_on_on_postgres() {
    chats_move_on("postgres", Home::postgres()).await;
}

on_both_engines! {
    async fn a_hub_of_the_version_before_still_adds_accounts(bakery) {
        bakery.home.run(&format!(
            "INSERT INTO accounts (id, business_id, email, given_name, family_name, role, password, takes_calls, \
             language, status, position, created_at) VALUES (1, {}, 'otto@bakery.example', 'otto', 'Baker', \
             'consultant', '$argon2id$', TRUE, 'en', 'away', 9, 1)",
            i64::from(bakery.business),
        ));

        let (otto, _) = bakery.store.account_by_email("otto@bakery.example").await.unwrap().unwrap();

        assert_eq!((otto.role, otto.has_joined, otto.sends_transcripts), (Role::Consultant, true, false));
    }
}
