//! Brings a database up to date at start, and refuses one that is ahead.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use diesel::backend::Backend;
use diesel::connection::SimpleConnection as _;
use diesel::migration::{Migration, MigrationSource};
use diesel::sqlite::Sqlite;
use diesel_async::AsyncPgConnection;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::backup;
use crate::error::OpenError;
use crate::sqlite::{Purpose, connect};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The advisory lock that lets one hub at a time migrate; any number that nothing else in the database uses.
const LOCK: &str = "6293047651862";

/// Migrates a SQLite file, after a copy when it holds something.
pub(crate) fn sqlite(path: &Path) -> Result<(), OpenError> {
    sqlite_with(path, &SQLITE)
}

fn sqlite_with(path: &Path, source: &impl MigrationSource<Sqlite>) -> Result<(), OpenError> {
    let mut conn = connect(path, Purpose::Write)?;
    let plan = Plan::of(&mut conn, source)?;
    if let Some(next) = plan.pending.first().filter(|_| plan.applied > 0) {
        let copy = path.with_file_name(format!("hub-before-{}.db", next.name().version()));
        backup::copy_file(path, &copy).context("cannot copy the database before its migration")?;
    }
    plan.run(&mut conn)
}

/// Migrates a PostgreSQL database, one hub at a time. Blocks.
pub(crate) fn postgres(conn: AsyncPgConnection) -> Result<(), OpenError> {
    let mut conn: AsyncConnectionWrapper<AsyncPgConnection> = conn.into();
    if migrations_table_exists(&mut conn)? && Plan::of(&mut conn, &POSTGRES)?.pending.is_empty() {
        return Ok(());
    }
    // Another hub may take as long as it needs. The lock ends with this connection.
    let wait = format!("SET statement_timeout = 0; SELECT pg_advisory_lock({LOCK})");
    conn.batch_execute(&wait).context("cannot wait for the migration lock")?;
    Plan::of(&mut conn, &POSTGRES)?.run(&mut conn)
}

/// Two hubs that both see no table of versions would both create it.
fn migrations_table_exists(conn: &mut AsyncConnectionWrapper<AsyncPgConnection>) -> Result<bool, OpenError> {
    use diesel::RunQueryDsl as _;
    let question = "to_regclass('__diesel_schema_migrations') IS NOT NULL";
    let exists = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(question)).get_result(conn);
    Ok(exists.context("cannot ask for the schema version")?)
}

/// What there is to do.
struct Plan<DB: Backend> {
    /// How many migrations were run before.
    applied: usize,
    /// The others, in their order.
    pending: Vec<Box<dyn Migration<DB>>>,
}

impl<DB: Backend> Plan<DB> {
    /// Compares a database with what this hub knows; refuses one that knows more.
    fn of(conn: &mut impl MigrationHarness<DB>, source: &impl MigrationSource<DB>) -> Result<Self, OpenError> {
        let applied: Vec<String> = conn.applied_migrations().map_err(failed)?.iter().map(ToString::to_string).collect();
        let mut known = source.migrations().map_err(failed)?;
        known.sort_by_key(|one| one.name().version().to_string());
        let is_known = |version: &&String| known.iter().any(|one| one.name().version().to_string() == **version);
        if let Some(newer) = applied.iter().find(|version| !is_known(version)) {
            return Err(OpenError::Newer(newer.clone()));
        }
        known.retain(|one| !applied.contains(&one.name().version().to_string()));
        Ok(Self { applied: applied.len(), pending: known })
    }

    fn run(self, conn: &mut impl MigrationHarness<DB>) -> Result<(), OpenError> {
        for migration in &self.pending {
            let version = conn.run_migration(migration.as_ref()).map_err(failed)?;
            tracing::info!(%version, "migrated the database");
        }
        Ok(())
    }
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> OpenError {
    OpenError::Failed(anyhow!("cannot migrate the database: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use diesel::connection::SimpleConnection as _;
    use diesel_migrations::FileBasedMigrations;

    use super::*;

    #[test]
    fn a_file_is_copied_before_it_is_migrated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hub.db");
        sqlite(&path).unwrap();
        assert!(!folder.path().join("hub-before-20301231000001.db").exists(), "a new file has nothing to lose");
        connect(&path, Purpose::Write).unwrap().batch_execute("INSERT INTO meta VALUES ('kept', 'yes')").unwrap();

        sqlite_with(&path, &next_release(folder.path())).unwrap();

        let copy = folder.path().join("hub-before-20301231000001.db");
        let mut copied = connect(&copy, Purpose::Read).unwrap();
        copied.batch_execute("SELECT key FROM meta").unwrap();
        assert!(copied.batch_execute("SELECT * FROM later").is_err(), "the copy is of the time before");
        connect(&path, Purpose::Read).unwrap().batch_execute("SELECT * FROM later").unwrap();
        assert!(matches!(sqlite(&path), Err(OpenError::Newer(_))));
        sqlite(&copy).unwrap();
    }

    /// The migrations of today and one more.
    fn next_release(folder: &Path) -> FileBasedMigrations {
        let all = folder.join("migrations");
        let today = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/sqlite");
        for version in fs::read_dir(today).unwrap() {
            let version = version.unwrap();
            fs::create_dir_all(all.join(version.file_name())).unwrap();
            for file in ["up.sql", "down.sql"] {
                fs::copy(version.path().join(file), all.join(version.file_name()).join(file)).unwrap();
            }
        }
        let later = all.join("2030-12-31-000001_later");
        fs::create_dir_all(&later).unwrap();
        fs::write(later.join("up.sql"), "CREATE TABLE later (id INTEGER)").unwrap();
        fs::write(later.join("down.sql"), "DROP TABLE later").unwrap();
        FileBasedMigrations::from_path(all).unwrap()
    }
}
