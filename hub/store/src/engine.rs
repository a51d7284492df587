//! The two databases, and the macros that run one query body on either.
//!
//! A body is type-checked once for each engine. It owns its arguments, awaits
//! nothing but its connection, and gives `Result<_, StoreError>`. One body is
//! one trip to the thread that owns the connection.

use std::sync::Arc;

use tokio::sync::watch;

use crate::error::OpenError;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;

/// Where the rows are.
pub(crate) enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Engine {
    pub(crate) async fn open(url: &str) -> Result<Self, OpenError> {
        match Place::of(url)? {
            Place::File(path) => Ok(Self::Sqlite(Sqlite::open(path.into()).await?)),
            Place::Server(url) => Ok(Self::Postgres(Postgres::open(url).await?)),
        }
    }

    pub(crate) fn life(&self) -> &Life {
        match self {
            Self::Sqlite(engine) => &engine.life,
            Self::Postgres(engine) => &engine.life,
        }
    }

    pub(crate) fn stop(&self) {
        match self {
            Self::Sqlite(engine) => engine.stop(),
            Self::Postgres(engine) => engine.stop(),
        }
    }
}

/// What a storage url points to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    File(&'a str),
    Server(&'a str),
}

impl<'a> Place<'a> {
    pub(crate) fn of(url: &'a str) -> Result<Self, OpenError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Server(url));
        }
        match url.strip_prefix("sqlite://") {
            Some(path) if path.starts_with('/') => Ok(Self::File(path)),
            None if !url.is_empty() && !url.contains("://") => Ok(Self::File(url)),
            // Only the scheme is repeated: the rest may hold a password.
            _ => Err(OpenError::UnknownScheme(url.split("://").next().unwrap_or_default().to_owned())),
        }
    }
}

/// Tells when an engine's threads have ended.
#[derive(Clone, Debug, Default)]
pub(crate) struct Life(Arc<watch::Sender<Threads>>);

#[derive(Clone, Copy, Debug, Default)]
struct Threads {
    alive: usize,
    ended: usize,
}

/// Held by a thread; its drop, also by a panic, is the end.
#[derive(Debug)]
pub(crate) struct Heartbeat(Life);

impl Life {
    pub(crate) fn heartbeat(&self) -> Heartbeat {
        self.0.send_modify(|threads| threads.alive += 1);
        Heartbeat(self.clone())
    }

    /// Waits for the first thread to end.
    pub(crate) async fn one_ended(&self) {
        self.reaches(|threads| threads.ended > 0).await;
    }

    /// Waits for all threads to end.
    pub(crate) async fn all_ended(&self) {
        self.reaches(|threads| threads.alive == 0).await;
    }

    async fn reaches(&self, is_there: impl FnMut(&Threads) -> bool) {
        // It fails when nobody can tell any more, and then nobody lives.
        let _ = self.0.subscribe().wait_for(is_there).await;
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.0.0.send_modify(|threads| {
            threads.alive = threads.alive.saturating_sub(1);
            threads.ended += 1;
        });
    }
}

/// Runs a body that only reads.
macro_rules! read {
    ($store:expr, |$conn:ident| $body:expr) => {
        match $store.engine.as_ref() {
            $crate::engine::Engine::Sqlite(engine) => {
                engine.read(move |$conn| $crate::sqlite::at_once(async move { $body })).await
            }
            $crate::engine::Engine::Postgres(engine) => {
                let body = move |mut held: $crate::postgres::Held| async move {
                    let $conn = &mut *held;
                    $body
                };
                engine.read(body).await
            }
        }
    };
}

/// Runs a body in a transaction of its own; an error undoes all of it.
macro_rules! write {
    ($store:expr, |$conn:ident| $body:expr) => {
        match $store.engine.as_ref() {
            $crate::engine::Engine::Sqlite(engine) => {
                let body = move |held: &mut $crate::sqlite::Conn| {
                    use diesel_async::AsyncConnection as _;
                    $crate::sqlite::at_once(
                        held.transaction::<_, $crate::error::StoreError, _>(async move |$conn| $body),
                    )
                };
                engine.write(body).await
            }
            $crate::engine::Engine::Postgres(engine) => {
                let body = move |mut held: $crate::postgres::Held| async move {
                    use diesel_async::AsyncConnection as _;
                    let conn: &mut diesel_async::AsyncPgConnection = &mut held;
                    conn.transaction::<_, $crate::error::StoreError, _>(async move |$conn| $body).await
                };
                engine.write(body).await
            }
        }
    };
}

/// Runs a body with one writing statement, which is a transaction by itself; cheaper than `write!`.
macro_rules! write_one {
    ($store:expr, |$conn:ident| $body:expr) => {
        match $store.engine.as_ref() {
            $crate::engine::Engine::Sqlite(engine) => {
                engine.write(move |$conn| $crate::sqlite::at_once(async move { $body })).await
            }
            $crate::engine::Engine::Postgres(engine) => {
                let body = move |mut held: $crate::postgres::Held| async move {
                    let $conn = &mut *held;
                    $body
                };
                engine.write(body).await
            }
        }
    };
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod place_tests {
    use super::*;

    #[test]
    fn a_url_names_a_file_or_a_server() {
        assert_eq!(Place::of("hub.db").ok(), Some(Place::File("hub.db")));
        assert_eq!(Place::of("sqlite:///var/lib/hub/hub.db").ok(), Some(Place::File("/var/lib/hub/hub.db")));
        assert_eq!(Place::of("postgres://db/hub").ok(), Some(Place::Server("postgres://db/hub")));
    }

    #[test]
    fn a_strange_url_is_refused_without_its_secrets() {
        for url in ["", "sqlite://hub.db", "mysql://anna:secret@db/hub"] {
            let error = Place::of(url).unwrap_err().to_string();

            assert!(!error.contains("secret"), "{error}");
        }
    }
}
