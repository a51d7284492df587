//! What happens to the neighbours of a write that fails, panics or never ends.

#[path = "../../../../tests/harness/postgres.rs"]
mod postgres;

use std::path::PathBuf;
use std::sync::mpsc::channel;

use diesel::sql_query;
use diesel_async::RunQueryDsl as _;
use futures_util::future::{join3, poll_immediate};

use self::postgres::Database;
use super::*;
use crate::Store;
use crate::error::StoreError;
use crate::sqlite::{Conn, at_once};

/// A store on SQLite, and what keeps its files.
async fn on_sqlite() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("hub.db").to_str().unwrap()).await.unwrap();
    (store, folder)
}

async fn on_postgres() -> (Store, Database) {
    let database = Database::fresh();
    (Store::open(&database.url).await.unwrap(), database)
}

fn sqlite(store: &Store) -> &Sqlite {
    match store.engine.as_ref() {
        Engine::Sqlite(engine) => engine,
        Engine::Postgres(_) => panic!("this test is about SQLite"),
    }
}

/// Keeps a fact under a name.
async fn keep(store: &Store, key: &'static str) -> Result<(), StoreError> {
    write!(store, |conn| {
        sql_query(format!("INSERT INTO meta (key, value) VALUES ('{key}', '')")).execute(conn).await?;
        Ok(())
    })
}

/// Keeps a fact, and then falls.
async fn keep_and_panic(store: &Store, key: &'static str) -> Result<(), StoreError> {
    write!(store, |conn| {
        sql_query(format!("INSERT INTO meta (key, value) VALUES ('{key}', '')")).execute(conn).await?;
        panic!("on purpose")
    })
}

/// Keeps a fact, and then a table that nobody has.
async fn keep_and_fail(store: &Store, key: &'static str) -> Result<(), StoreError> {
    write!(store, |conn| {
        sql_query(format!("INSERT INTO meta (key, value) VALUES ('{key}', '')")).execute(&mut *conn).await?;
        sql_query("INSERT INTO nowhere VALUES (1)").execute(&mut *conn).await?;
        Ok(())
    })
}

async fn kept(store: &Store) -> Vec<String> {
    use crate::schema::meta;
    use diesel::prelude::{ExpressionMethods as _, QueryDsl as _};

    read!(store, |conn| {
        let keys = meta::table.filter(meta::key.ne("epoch")).order(meta::key).select(meta::key);
        Ok(keys.load(conn).await?)
    })
    .unwrap()
}

async fn a_panic_hurts_nobody_else(store: Store) {
    let (first, fallen, last) = join3(keep(&store, "a"), keep_and_panic(&store, "b"), keep(&store, "c")).await;

    assert!(first.is_ok() && last.is_ok(), "{first:?} {last:?}");
    assert!(matches!(fallen, Err(StoreError::Unavailable(_))), "{fallen:?}");
    keep(&store, "d").await.unwrap();
    assert_eq!(kept(&store).await, ["a", "c", "d"]);
}

async fn a_failure_hurts_nobody_else(store: Store) {
    let (first, failed, last) = join3(keep(&store, "a"), keep_and_fail(&store, "b"), keep(&store, "c")).await;

    assert!(first.is_ok() && last.is_ok(), "{first:?} {last:?}");
    assert!(matches!(failed, Err(StoreError::Failed(_))), "{failed:?}");
    assert!(matches!(keep(&store, "a").await, Err(StoreError::Conflict { .. })));
    assert_eq!(kept(&store).await, ["a", "c"]);
}

async fn a_panicking_read_hurts_nobody_else(store: Store) {
    for _ in 0..10 {
        let fallen: Result<(), StoreError> = read!(store, |conn| {
            sql_query("SELECT 1").execute(conn).await?;
            panic!("on purpose")
        });
        assert!(matches!(fallen, Err(StoreError::Unavailable(_))), "{fallen:?}");
    }

    assert_eq!(kept(&store).await, Vec::<String>::new());
}

#[actix_rt::test]
async fn a_panic_on_sqlite_hurts_nobody_else() {
    let (store, _folder) = on_sqlite().await;
    a_panic_hurts_nobody_else(store).await;
}

#[actix_rt::test]
async fn a_panic_on_postgres_hurts_nobody_else() {
    let (store, _database) = on_postgres().await;
    a_panic_hurts_nobody_else(store).await;
}

#[actix_rt::test]
async fn a_failure_on_sqlite_hurts_nobody_else() {
    let (store, _folder) = on_sqlite().await;
    a_failure_hurts_nobody_else(store).await;
}

#[actix_rt::test]
async fn a_failure_on_postgres_hurts_nobody_else() {
    let (store, _database) = on_postgres().await;
    a_failure_hurts_nobody_else(store).await;
}

#[actix_rt::test]
async fn a_panicking_read_on_sqlite_hurts_nobody_else() {
    let (store, _folder) = on_sqlite().await;
    a_panicking_read_hurts_nobody_else(store).await;
}

#[actix_rt::test]
async fn a_panicking_read_on_postgres_hurts_nobody_else() {
    let (store, _database) = on_postgres().await;
    a_panicking_read_hurts_nobody_else(store).await;
}

#[actix_rt::test]
async fn nobody_is_answered_before_the_commit() {
    let (store, _folder) = on_sqlite().await;
    let (started, is_started) = channel();
    let (release, is_released) = channel();

    let mut first = Box::pin(keep(&store, "a"));
    // Asked for one after the other, both are in the group that the second one holds open.
    let mut second = Box::pin(sqlite(&store).write(move |_: &mut Conn| {
        started.send(()).unwrap();
        is_released.recv().unwrap();
        Ok(())
    }));
    let mut asked = (poll_immediate(&mut first).await, poll_immediate(&mut second).await);
    is_started.recv().unwrap();
    if asked.0.is_none() {
        asked.0 = poll_immediate(&mut first).await;
    }
    let was_open = kept(&store).await;
    release.send(()).unwrap();
    second.await.unwrap();

    // The first may have been alone in a group before; answered and kept then go together.
    match asked.0 {
        None => {
            assert_eq!(was_open, Vec::<String>::new());
            first.await.unwrap();
        }
        Some(answer) => {
            answer.unwrap();
            assert_eq!(was_open, ["a"]);
        }
    }
    assert_eq!(kept(&store).await, ["a"]);
}

#[actix_rt::test]
async fn a_lost_transaction_is_told_to_its_whole_group() {
    let (store, _folder) = on_sqlite().await;
    let (release, is_released) = channel::<()>();
    // Holds the writer, so that what follows is one group with it.
    let mut holding = Box::pin(sqlite(&store).write(move |_: &mut Conn| {
        is_released.recv().unwrap();
        Ok(())
    }));
    assert!(poll_immediate(&mut holding).await.is_none());
    let mut first = Box::pin(keep(&store, "a"));
    assert!(poll_immediate(&mut first).await.is_none());
    // What SQLite does by itself on a full disk.
    let mut losing = Box::pin(sqlite(&store).write(|conn: &mut Conn| {
        at_once(async {
            sql_query("ROLLBACK").execute(conn).await?;
            Err::<(), _>(StoreError::Failed(anyhow::anyhow!("the disk is full")))
        })
    }));
    assert!(poll_immediate(&mut losing).await.is_none());
    release.send(()).unwrap();

    let answers = [holding.await, first.await, losing.await];

    assert!(answers.iter().all(|answer| matches!(answer, Err(StoreError::Unavailable(_)))), "{answers:?}");
    keep(&store, "b").await.unwrap();
    assert_eq!(kept(&store).await, ["b"]);
}

#[actix_rt::test]
async fn a_writer_that_cannot_go_on_is_noticed() {
    let (store, folder) = on_sqlite().await;
    let path: PathBuf = folder.path().join("hub.db");
    assert!(poll_immediate(Box::pin(store.died())).await.is_none());
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();

    assert!(keep_and_panic(&store, "a").await.is_err());

    tokio::time::timeout(std::time::Duration::from_secs(10), store.died()).await.unwrap();
    assert!(matches!(keep(&store, "b").await, Err(StoreError::Unavailable(_))));
}
