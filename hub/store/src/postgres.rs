//! PostgreSQL on a thread of our own, which drives all of its connections.
//!
//! Writes run as tasks of that thread: a caller that vanishes does not take a
//! half-done transaction with it. Messages go through the lanes.

mod connect;
mod lanes;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use deadpool::managed::Timeouts;
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::{Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use tokio::runtime::{Builder, Handle};
use tokio::sync::{OwnedRwLockReadGuard, RwLock, Semaphore, oneshot};

use crate::engine::{Heartbeat, Life};
use crate::error::{OpenError, StoreError};
use crate::messages::Row;
use crate::migrate;
use connect::Target;
use lanes::Lanes;

/// Connections for everything but the lanes: PostgreSQL's default allows 100 in all.
const CONNECTIONS: usize = 8;
/// How long a query may wait for a connection, and a connection may take to be made.
const PATIENCE: Duration = Duration::from_secs(5);
/// Writes that may run or wait, as for SQLite.
const WRITES_WAITING: usize = 16_384;
/// Reads that may run or wait, as for SQLite.
const READS_WAITING: usize = 2_048;

/// A connection of the pool.
pub(crate) type Held = Object<AsyncPgConnection>;

/// Held by a write until it is kept or refused; `flush` waits for all of them.
pub(crate) type InFlight = OwnedRwLockReadGuard<()>;

/// An open PostgreSQL database.
pub(crate) struct Postgres {
    pub(crate) life: Life,
    handle: Handle,
    pool: Pool<AsyncPgConnection>,
    lanes: Lanes,
    gate: Arc<RwLock<()>>,
    reads: Arc<Semaphore>,
    writes: Arc<Semaphore>,
    stop: Mutex<Option<oneshot::Sender<()>>>,
}

impl Postgres {
    pub(crate) async fn open(url: &str) -> Result<Self, OpenError> {
        let target = Target::read(url)?;
        let life = Life::default();
        let (stop, handle) = start_thread(life.heartbeat())?;
        let migrating = target.clone();
        let migrated = handle.spawn(async move {
            let conn = connect::establish(&migrating).await.context("cannot connect to PostgreSQL")?;
            tokio::task::spawn_blocking(move || migrate::postgres(conn)).await.context("cannot migrate")?
        });
        migrated.await.map_err(|error| OpenError::Failed(error.into()))??;

        let pool = pool(&target, CONNECTIONS)?;
        let lanes = Lanes::start(&handle, &pool_of_lanes(&target)?, &life);
        Ok(Self {
            life,
            handle,
            pool,
            lanes,
            gate: Arc::default(),
            reads: Arc::new(Semaphore::new(READS_WAITING)),
            writes: Arc::new(Semaphore::new(WRITES_WAITING)),
            stop: Mutex::new(Some(stop)),
        })
    }

    /// Runs a body on a connection.
    pub(crate) async fn read<T, F, Fut>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Held) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        self.run(&self.reads, None, body).await
    }

    /// Runs a body on a connection to its end, whether or not the caller waits for it.
    pub(crate) async fn write<T, F, Fut>(&self, body: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Held) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let in_flight = Arc::clone(&self.gate).read_owned().await;
        self.run(&self.writes, Some(in_flight), body).await
    }

    async fn run<T, F, Fut>(
        &self,
        bound: &Arc<Semaphore>,
        in_flight: Option<InFlight>,
        body: F,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Held) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let permit = Arc::clone(bound).try_acquire_owned();
        let permit = permit.or(Err(StoreError::Unavailable("too many queries wait")))?;
        let pool = self.pool.clone();
        let task = self.handle.spawn(async move {
            let _kept = (permit, in_flight);
            body(held(&pool).await?).await
        });
        task.await.unwrap_or(Err(StoreError::Unavailable("the query failed badly")))
    }

    /// Appends a message together with others; `None` when it must be looked at alone.
    pub(crate) async fn append(&self, row: Row) -> Result<Option<()>, StoreError> {
        let in_flight = Arc::clone(&self.gate).read_owned().await;
        self.lanes.append(row, in_flight).await
    }

    /// The gate is fair: it opens once every write that came before has left.
    pub(crate) async fn flush(&self) {
        drop(self.gate.write().await);
    }

    pub(crate) fn stop(&self) {
        // Dropping the sender ends the thread.
        drop(self.stop.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Takes a connection; a broken or missing one is a reason to ask again.
async fn held(pool: &Pool<AsyncPgConnection>) -> Result<Held, StoreError> {
    pool.get().await.map_err(|error| {
        tracing::warn!(%error, "no connection to PostgreSQL");
        StoreError::Unavailable("no connection to the database")
    })
}

/// Starts the thread that all connections live on.
fn start_thread(heartbeat: Heartbeat) -> anyhow::Result<(oneshot::Sender<()>, Handle)> {
    let runtime = Builder::new_current_thread().enable_all().build().context("cannot start a runtime")?;
    let handle = runtime.handle().clone();
    let (stop, stopped) = oneshot::channel();
    thread::Builder::new()
        .name("store-postgres".to_owned())
        .spawn(move || {
            // The value never comes; the end of the sender does.
            let _ = runtime.block_on(stopped);
            drop(runtime);
            drop(heartbeat);
        })
        .context("cannot start the PostgreSQL thread")?;
    Ok((stop, handle))
}

fn pool_of_lanes(target: &Target) -> anyhow::Result<Pool<AsyncPgConnection>> {
    pool(target, lanes::LANES)
}

fn pool(target: &Target, size: usize) -> anyhow::Result<Pool<AsyncPgConnection>> {
    let target = target.clone();
    let mut config = ManagerConfig::default();
    // A lost connection shows itself in the first query; asking before each query would cost a round trip.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |_| {
        let target = target.clone();
        Box::pin(async move { connect::establish(&target).await })
    });
    let manager = AsyncDieselConnectionManager::new_with_config("", config);
    let timeouts = Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) };
    let pool = Pool::builder(manager).max_size(size).timeouts(timeouts).runtime(deadpool::Runtime::Tokio1).build();
    pool.map_err(|error| anyhow!("cannot make the connection pool: {error}"))
}
