//! Why the storage did not do what it was asked.

use diesel::result::{DatabaseErrorKind, Error};
use thiserror::Error;

/// An answer the caller did not hope for; the same on both engines.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("there is no such row")]
    NotFound,
    /// Somebody else wrote in between.
    #[error("the row was changed meanwhile")]
    Stale,
    /// A business keeps at least one owner who can sign in.
    #[error("no owner would be left")]
    LastOwner,
    #[error("{table} has such a row already")]
    Conflict { table: String },
    /// The row points to one that is not there.
    #[error("the row points to nothing")]
    Dangling,
    /// Nothing was kept; asking again may help.
    #[error("the storage is unavailable: {0}")]
    Unavailable(&'static str),
    #[error("the storage failed")]
    Failed(#[source] anyhow::Error),
}

/// A row holds what this hub could not have written.
///
/// The cause is left out: it would repeat what a person wrote, and this text goes to the log.
pub(crate) fn unreadable(what: &'static str) -> StoreError {
    StoreError::Failed(anyhow::anyhow!("cannot read a stored {what}"))
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                let table = info.table_name().map_or_else(|| table_in(info.message()), str::to_owned);
                Self::Conflict { table }
            }
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Self::Dangling,
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => {
                Self::Unavailable("the connection is lost")
            }
            Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Self::Unavailable("two writers met"),
            Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => Self::Unavailable("it is read-only"),
            error => Self::Failed(error.into()),
        }
    }
}

/// The table in SQLite's "UNIQUE constraint failed: accounts.email".
fn table_in(message: &str) -> String {
    let columns = message.rsplit(": ").next().unwrap_or_default();
    columns.split('.').next().unwrap_or_default().to_owned()
}

/// Why the storage cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error("{0} is in use by another hub")]
    InUse(String),
    #[error("the database was migrated by a newer hub (to {0}); start that one, or restore a copy made before")]
    Newer(String),
    #[error("{0} is neither a path, sqlite:///path nor postgres://…")]
    UnknownScheme(String),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}
