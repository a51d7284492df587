//! SQLite on threads of our own: one writer with group commit, a few readers.
//!
//! diesel-async's stock wrapper needs a multi-threaded runtime and panics in an
//! actix worker; `Inline` runs each call in place instead, on our threads.

mod readers;
mod writer;

use std::error::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use diesel_async::sync_connection_wrapper::{SpawnBlocking, SyncConnectionWrapper};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
// Named for its feature `bundled` alone: the hub brings its own SQLite.
use libsqlite3_sys as _;
use tokio::sync::oneshot;

use crate::engine::Life;
use crate::error::{OpenError, StoreError};
use crate::migrate;

/// Writes that may wait for the writer: more than every socket's unacknowledged messages in a busy second.
const WRITES_WAITING: usize = 16_384;
/// Reads that may wait for a reader; each is a page for a person who looks at a screen.
const READS_WAITING: usize = 2_048;
/// Readers: history pages are rare and short, so more than this only adds memory.
const READERS_MAX: usize = 4;

/// A connection whose calls run in place.
pub(crate) type Conn = SyncConnectionWrapper<SqliteConnection, Inline>;

/// Runs a call where it is made.
#[derive(Debug)]
pub(crate) struct Inline;

impl SpawnBlocking for Inline {
    fn spawn_blocking<'a, R>(
        &mut self,
        task: impl FnOnce() -> R + Send + 'static,
    ) -> BoxFuture<'a, Result<R, Box<dyn Error + Send + Sync + 'static>>>
    where
        R: Send + 'static,
    {
        let result = task();
        Box::pin(std::future::ready(Ok(result)))
    }

    fn get_runtime() -> Self {
        Self
    }
}

/// Finishes a body that awaits only `Inline` calls, which are ready at the first poll.
pub(crate) fn at_once<T>(body: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    body.now_or_never().unwrap_or(Err(StoreError::Unavailable("a query waited for something else")))
}

/// An open SQLite file and its threads.
pub(crate) struct Sqlite {
    pub(crate) path: PathBuf,
    pub(crate) life: Life,
    writes: SyncSender<writer::Message>,
    reads: SyncSender<readers::Message>,
    readers: usize,
}

impl Sqlite {
    pub(crate) async fn open(path: PathBuf) -> Result<Self, OpenError> {
        // Opening and migrating block, and may take long on a big file.
        let opened = tokio::task::spawn_blocking(move || Self::open_here(path)).await;
        opened.context("cannot open the database").map_err(OpenError::from)?
    }

    fn open_here(path: PathBuf) -> Result<Self, OpenError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let lock = Arc::new(lock(&path)?);
        // Created here, so that it is readable by nobody else from its first byte on.
        OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        migrate::sqlite(&path)?;

        let life = Life::default();
        let readers = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, READERS_MAX);
        let writes = writer::start(path.clone(), life.heartbeat(), Arc::clone(&lock))?;
        let reads = readers::start(&path, readers, &life, &lock)?;
        Ok(Self { path, life, writes, reads, readers })
    }

    /// Runs a body on a reader thread.
    pub(crate) async fn read<T, F>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = readers::Message::Job(Box::new(move |conn| {
            // Whoever asked may be gone.
            let _ = reply.send(body(conn));
        }));
        self.reads.try_send(job).map_err(refusal)?;
        answer.await.unwrap_or(Err(StoreError::Unavailable("the query failed badly")))
    }

    /// Runs a body on the writer thread; answers once its group is committed.
    pub(crate) async fn write<T, F>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = writer::Message::Job(Box::new(move |conn| {
            let result = body(conn);
            let is_surprising = matches!(result, Err(StoreError::Failed(_) | StoreError::Unavailable(_)));
            let settle = Box::new(move |committed: Result<(), StoreError>| {
                let _ = reply.send(committed.and(result));
            });
            writer::Done { settle, is_surprising }
        }));
        self.writes.try_send(job).map_err(refusal)?;
        answer.await.unwrap_or(Err(StoreError::Unavailable("the query failed badly")))
    }

    /// The writer works in order, so a write of nothing comes after all others.
    pub(crate) async fn flush(&self) -> Result<(), StoreError> {
        self.write(|_| Ok(())).await
    }

    pub(crate) fn stop(&self) {
        // A full channel ends with its senders instead.
        let _ = self.writes.try_send(writer::Message::Stop);
        for _ in 0..self.readers {
            let _ = self.reads.try_send(readers::Message::Stop);
        }
    }
}

fn refusal<T>(error: TrySendError<T>) -> StoreError {
    match error {
        TrySendError::Full(_) => StoreError::Unavailable("too many queries wait"),
        TrySendError::Disconnected(_) => StoreError::Unavailable("it is closed"),
    }
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

/// Opens a connection with the settings every connection has.
///
/// `FULL` syncs each commit: with `NORMAL` a power cut takes acknowledged
/// messages with it. `secure_delete` overwrites what is erased.
pub(crate) fn connect(path: &Path, purpose: Purpose) -> anyhow::Result<SqliteConnection> {
    const SETTINGS: &str = "
        PRAGMA busy_timeout = 5000;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -65536;
        PRAGMA mmap_size = 268435456;
    ";
    let name = path.to_str().context("the path of the database is not UTF-8")?;
    let mut conn = SqliteConnection::establish(name).with_context(|| format!("cannot open {name}"))?;
    conn.batch_execute(SETTINGS).with_context(|| format!("cannot use {name} as a database"))?;
    if purpose == Purpose::Read {
        conn.batch_execute("PRAGMA query_only = ON")?;
    }
    Ok(conn)
}

/// Closes a connection, one at a time.
///
/// Of two that close at the same moment each sees the other still there, and
/// neither brings the journal home: what was erased would stay in it.
fn close(conn: Conn) {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    drop(conn);
    drop(turn);
}

/// Makes sure that no other hub has this file open.
pub(crate) fn lock(path: &Path) -> Result<File, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let file = OpenOptions::new().append(true).create(true).mode(0o600).open(&name);
    let file = file.with_context(|| format!("cannot open {}", name.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(path.display().to_string())),
        Err(TryLockError::Error(error)) => {
            Err(OpenError::Failed(anyhow::Error::new(error).context(format!("cannot lock {}", name.display()))))
        }
    }
}
