//! The writer thread: commits in groups.
//!
//! While one group is synced to the disk the next one gathers, so there is no
//! timer. Nobody is answered before the commit. A job that fails or panics is
//! undone alone; a commit that fails is a failure of the whole group.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use anyhow::Context as _;
use diesel::connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager as _};
use diesel::{QueryResult, SqliteConnection};
use futures_util::FutureExt as _;

use super::{Conn, Purpose, WRITES_WAITING, close, connect};
use crate::engine::Heartbeat;
use crate::error::StoreError;

/// Jobs in one commit: beyond this the wait of the first grows faster than the gain.
const JOBS_PER_COMMIT: usize = 512;

/// Answers the caller, with what became of the commit.
pub(super) type Settle = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// A job that ran.
pub(super) struct Done {
    pub(super) settle: Settle,
    /// It failed in a way that may have ended the transaction under it.
    pub(super) is_surprising: bool,
}

pub(super) type Job = Box<dyn FnOnce(&mut Conn) -> Done + Send>;

pub(super) enum Message {
    Job(Job),
    Stop,
}

pub(super) fn start(path: PathBuf, heartbeat: Heartbeat, lock: Arc<File>) -> anyhow::Result<SyncSender<Message>> {
    let (sender, jobs) = sync_channel(WRITES_WAITING);
    let conn = Conn::new(connect(&path, Purpose::Write)?);
    thread::Builder::new()
        .name("store-write".to_owned())
        .spawn(move || {
            let kept = (lock, heartbeat);
            let mut writer = Writer { path, conn, jobs };
            writer.run();
            close(writer.conn);
            drop(kept);
        })
        .context("cannot start the writer thread")?;
    Ok(sender)
}

struct Writer {
    path: PathBuf,
    conn: Conn,
    jobs: Receiver<Message>,
}

/// What the connection is good for after a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Good,
    Doubtful,
    /// The transaction is lost.
    Gone,
}

impl Writer {
    fn run(&mut self) {
        while let Ok(Message::Job(first)) = self.jobs.recv() {
            let mut group = Group { settles: Vec::new(), health: Health::Good, is_last: false };
            self.fill(first, &mut group);
            let is_last = group.is_last;
            let health = self.finish(group);
            if health != Health::Good && !self.reopen() {
                return;
            }
            if is_last {
                return;
            }
        }
    }

    /// Runs the first job and those that wait behind it.
    fn fill(&mut self, first: Job, group: &mut Group) {
        if let Err(error) = self.sync(|conn| AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")) {
            tracing::error!(%error, "cannot begin a transaction");
            group.health = Health::Gone;
            return;
        }
        let mut next = Some(first);
        while let Some(job) = next.take() {
            self.run_one(job, group);
            if group.health == Health::Good && group.settles.len() < JOBS_PER_COMMIT {
                match self.jobs.try_recv() {
                    Ok(Message::Job(job)) => next = Some(job),
                    Ok(Message::Stop) => group.is_last = true,
                    Err(_) => {}
                }
            }
        }
    }

    fn run_one(&mut self, job: Job, group: &mut Group) {
        let conn = &mut self.conn;
        if let Ok(done) = catch_unwind(AssertUnwindSafe(|| job(conn))) {
            group.settles.push(done.settle);
            if done.is_surprising && self.has_lost_transaction() {
                group.health = Health::Gone;
            }
        } else {
            tracing::error!("a write panicked, undoing it and reopening the connection");
            group.health = if self.undo_savepoints().is_ok() { Health::Doubtful } else { Health::Gone };
        }
    }

    /// Commits, then answers everybody.
    fn finish(&mut self, group: Group) -> Health {
        let began = Instant::now();
        let mut health = group.health;
        if health != Health::Gone
            && let Err(error) = self.sync(AnsiTransactionManager::commit_transaction)
        {
            tracing::error!(%error, "cannot commit");
            health = Health::Gone;
        }
        metrics::histogram!("store_commit_seconds").record(began.elapsed());
        metrics::counter!("store_commits_total").increment(1);
        metrics::counter!("store_writes_total").increment(u64::try_from(group.settles.len()).unwrap_or_default());
        for settle in group.settles {
            settle(if health == Health::Gone { Err(StoreError::Unavailable("the commit failed")) } else { Ok(()) });
        }
        health
    }

    /// A full disk or a failing one makes SQLite roll back by itself; only then can a new transaction begin.
    fn has_lost_transaction(&mut self) -> bool {
        self.sync(|conn| conn.batch_execute("BEGIN")).is_ok()
    }

    /// Undoes what a panicking job left open, down to the group's own transaction.
    fn undo_savepoints(&mut self) -> QueryResult<()> {
        self.sync(|conn| {
            while AnsiTransactionManager::transaction_manager_status_mut(conn)
                .transaction_depth()?
                .is_some_and(|depth| depth.get() > 1)
            {
                AnsiTransactionManager::rollback_transaction(conn)?;
            }
            Ok(())
        })
    }

    fn reopen(&mut self) -> bool {
        match connect(&self.path, Purpose::Write) {
            Ok(conn) => {
                self.conn = Conn::new(conn);
                true
            }
            Err(error) => {
                tracing::error!(%error, "cannot reopen the database for writing");
                false
            }
        }
    }

    fn sync<T: Send + 'static>(
        &mut self,
        call: impl FnOnce(&mut SqliteConnection) -> QueryResult<T> + Send + 'static,
    ) -> QueryResult<T> {
        let ready = self.conn.spawn_blocking(call).now_or_never();
        ready.unwrap_or(Err(diesel::result::Error::BrokenTransactionManager))
    }
}

struct Group {
    settles: Vec<Settle>,
    health: Health,
    is_last: bool,
}
