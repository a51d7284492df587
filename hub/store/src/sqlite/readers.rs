//! The reader threads: each takes the next query from one shared channel.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Context as _;

use super::{Conn, Purpose, READS_WAITING, close, connect};
use crate::engine::Life;

pub(super) type Job = Box<dyn FnOnce(&mut Conn) + Send>;

pub(super) enum Message {
    Job(Job),
    Stop,
}

pub(super) fn start(path: &Path, count: usize, life: &Life, lock: &Arc<File>) -> anyhow::Result<SyncSender<Message>> {
    let (sender, receiver) = sync_channel(READS_WAITING);
    let receiver = Arc::new(Mutex::new(receiver));
    for number in 1..=count {
        let reader = Reader { path: path.to_owned(), jobs: Arc::clone(&receiver) };
        let mut conn = Conn::new(connect(path, Purpose::Read)?);
        let kept = (Arc::clone(lock), life.heartbeat());
        thread::Builder::new()
            .name(format!("store-read-{number}"))
            .spawn(move || {
                reader.run(&mut conn);
                close(conn);
                drop(kept);
            })
            .context("cannot start a reader thread")?;
    }
    Ok(sender)
}

struct Reader {
    path: PathBuf,
    jobs: Arc<Mutex<Receiver<Message>>>,
}

impl Reader {
    fn run(self, conn: &mut Conn) {
        loop {
            // Nothing can go wrong while the lock is held but the end of the senders.
            let next = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Message::Job(job)) = next else { return };
            if catch_unwind(AssertUnwindSafe(|| job(conn))).is_ok() {
                continue;
            }
            tracing::error!("a query panicked, reopening its connection");
            match connect(&self.path, Purpose::Read) {
                Ok(fresh) => *conn = Conn::new(fresh),
                Err(error) => {
                    tracing::error!(%error, "cannot reopen the database for reading");
                    return;
                }
            }
        }
    }
}
