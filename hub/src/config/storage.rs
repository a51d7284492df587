//! Section `[storage]`: where everything is kept.

use std::path::PathBuf;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

/// The name of the database file inside the data folder.
const SQLITE_FILE: &str = "hub.db";
/// The name of the key's file inside the data folder.
const KEY_FILE: &str = "hub.key";
/// What stands in place of a secret wherever it is shown.
pub(super) const MASK: &str = "********";

/// The database and the folder for what belongs to this server.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct StorageConfig {
    /// A `postgres://` address, or the path of a SQLite file; empty means `hub.db` in the data folder.
    #[serde(deserialize_with = "secret", serialize_with = "masked")]
    pub url: SecretString,
    /// The data folder; a relative SQLite path starts here.
    pub data: PathBuf,
    /// The file of the key that opens sealed secrets; a relative path starts in the data folder.
    pub key_file: PathBuf,
}

impl Default for StorageConfig {
    fn default() -> Self {
        Self { url: SecretString::default(), data: PathBuf::from("data"), key_file: PathBuf::from(KEY_FILE) }
    }
}

impl StorageConfig {
    /// What the storage opens.
    pub(crate) fn target(&self) -> SecretString {
        let url = self.url.expose_secret();
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return self.url.clone();
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        let path = if path.is_empty() { SQLITE_FILE } else { path };
        SecretString::from(super::inside(&self.data, path).to_string_lossy().into_owned())
    }

    /// Where the key that opens sealed secrets is.
    pub(crate) fn key_file(&self) -> PathBuf {
        self.data.join(&self.key_file)
    }
}

/// An address without its password; whatever is no address is shown only when it cannot hold one.
pub(super) fn without_password(url: &str) -> String {
    if !url.contains("://") && !url.contains('@') {
        return url.to_owned();
    }
    let Ok(mut parsed) = Url::parse(url) else {
        return MASK.to_owned();
    };
    if parsed.password().is_some() && parsed.set_password(Some(MASK)).is_err() {
        return MASK.to_owned();
    }
    // libpq also takes the password as a parameter.
    if parsed.query_pairs().any(|(name, _)| name.contains("password")) {
        parsed.set_query(Some(MASK));
    }
    parsed.into()
}

fn masked<S: Serializer>(url: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&without_password(url.expose_secret()))
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}
