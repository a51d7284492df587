//! Backup and restore of a SQLite database.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::{ExpressionMethods as _, QueryDsl as _};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use thiserror::Error;

use crate::Store;
use crate::engine::{Engine, Place};
use crate::error::OpenError;
use crate::schema::meta;
use crate::sqlite::{Purpose, connect, lock};
use crate::upkeep::{EPOCH, random_epoch};

/// Why a backup or restore was not done.
#[derive(Debug, Error)]
pub enum BackupError {
    #[error("PostgreSQL is backed up and restored with pg_dump and pg_restore; give it a new epoch after a restore")]
    NotAFile,
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl Store {
    /// Writes a checked copy of a SQLite database while it is used.
    pub async fn backup(&self, to: PathBuf) -> Result<(), BackupError> {
        let Engine::Sqlite(engine) = self.engine.as_ref() else { return Err(BackupError::NotAFile) };
        let from = engine.path.clone();
        let copied = tokio::task::spawn_blocking(move || copy_file(&from, &to)).await;
        Ok(copied.context("cannot back up")??)
    }
}

/// Writes a checked copy of a SQLite database, whether a hub uses it or not.
pub async fn backup(url: &str, to: PathBuf) -> Result<(), BackupError> {
    let Place::File(path) = Place::of(url)? else { return Err(BackupError::NotAFile) };
    let from = PathBuf::from(path);
    let copied = tokio::task::spawn_blocking(move || {
        // Opening a path nobody has would make an empty database and copy that.
        fs::metadata(&from).with_context(|| format!("cannot open {}", from.display()))?;
        copy_file(&from, &to)
    });
    Ok(copied.await.context("cannot back up")??)
}

/// Puts a backup in the place of a stopped hub's SQLite database, with a new epoch.
///
/// The database that was there stays beside it as `<name>.before-restore`.
pub async fn restore(backup: PathBuf, url: &str) -> Result<(), BackupError> {
    let Place::File(path) = Place::of(url)? else { return Err(BackupError::NotAFile) };
    let path = PathBuf::from(path);
    tokio::task::spawn_blocking(move || restore_here(&backup, &path)).await.context("cannot restore")?
}

fn restore_here(backup: &Path, path: &Path) -> Result<(), BackupError> {
    // Held to the end: no hub may start on half a file.
    let _lock = lock(path)?;
    fs::metadata(backup).with_context(|| format!("cannot open {}", backup.display()))?;
    let fresh = beside(path, ".restoring");
    copy_file(backup, &fresh)?;
    let epoch = random_epoch().map_err(OpenError::from)?;
    let mut conn = connect(&fresh, Purpose::Write)?;
    let renamed = diesel::update(meta::table.filter(meta::key.eq(EPOCH))).set(meta::value.eq(epoch)).execute(&mut conn);
    if renamed.context("the backup is not a hub's database")? == 0 {
        return Err(BackupError::Failed(anyhow!("the backup has no epoch")));
    }
    // Back to one file, without a journal beside it.
    conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").context("cannot finish the copy")?;
    drop(conn);
    put_aside(path).context("cannot put the former database aside")?;
    put_in_place(&fresh, path)?;
    Ok(())
}

/// Renames a database with its journal, damaged or not.
///
/// The journal goes first: left behind, it would be read into the restored file.
fn put_aside(path: &Path) -> std::io::Result<()> {
    let aside = beside(path, ".before-restore");
    for ending in ["-wal", "-shm", ""] {
        let (from, to) = (beside(path, ending), beside(&aside, ending));
        if from.exists() {
            fs::rename(from, to)?;
        } else if to.exists() {
            // Of an earlier restore; it does not belong to what is put aside now.
            fs::remove_file(to)?;
        }
    }
    Ok(())
}

/// Copies a database that may be in use: whole or not at all.
///
/// `VACUUM INTO` reads one snapshot; SQLite's stepped backup starts over at
/// each write and never ends under load.
pub(crate) fn copy_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    let unfinished = beside(to, ".unfinished");
    if let Err(error) = fs::remove_file(&unfinished)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        return Err(error).with_context(|| format!("cannot replace {}", unfinished.display()));
    }
    let name = unfinished.to_str().context("the path of the copy is not UTF-8")?;
    let mut conn = connect(from, Purpose::Write)?;
    let copied = sql_query("VACUUM INTO ?").bind::<Text, _>(name).execute(&mut conn);
    copied.with_context(|| format!("cannot copy to {name}"))?;
    check(&unfinished)?;
    put_in_place(&unfinished, to)
}

/// Syncs a finished file, gives it its name, and syncs the name.
fn put_in_place(finished: &Path, path: &Path) -> anyhow::Result<()> {
    let failed = || format!("cannot put {} in its place", path.display());
    File::open(finished).and_then(|file| file.sync_all()).with_context(failed)?;
    fs::rename(finished, path).with_context(failed)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(failed)
}

#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Text)]
    quick_check: String,
}

fn check(path: &Path) -> anyhow::Result<()> {
    use diesel::Connection as _;
    let name = path.to_str().context("the path of the copy is not UTF-8")?;
    let mut conn = SqliteConnection::establish(name).context("cannot open the copy")?;
    let verdict: Verdict = sql_query("PRAGMA quick_check(1)").get_result(&mut conn).context("cannot check the copy")?;
    anyhow::ensure!(verdict.quick_check == "ok", "the copy is damaged: {}", verdict.quick_check);
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
