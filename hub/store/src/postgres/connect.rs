//! One connection: plain, or TLS when the address says `sslmode=require`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Where Linux distributions keep the certificates they trust.
const SYSTEM_ROOTS: [&str; 3] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// What each connection promises: an acknowledged write is on the disk, and no query runs for ever.
const SETTINGS: &str = "
    SET synchronous_commit = on;
    SET statement_timeout = '30s';
    SET idle_in_transaction_session_timeout = '60s';
";

/// Where to connect to, and how.
#[derive(Clone)]
pub(super) struct Target {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Target {
    /// Reads a `postgres://` address; `sslrootcert=FILE` names the certificates to trust instead of the system's.
    pub(super) fn read(url: &str) -> anyhow::Result<Self> {
        let (url, roots) = without_roots(url);
        // The parser's own error does not repeat the address, which may hold a password.
        let mut config: Config = url.parse().context("cannot read the address of PostgreSQL")?;
        config.application_name("hub");
        config.connect_timeout(super::PATIENCE);
        let tls = if config.get_ssl_mode() == SslMode::Require {
            Some(MakeRustlsConnect::new(client_config(roots)?))
        } else {
            // `prefer` would fall back without a word, so it means what it gives at worst.
            config.ssl_mode(SslMode::Disable);
            None
        };
        Ok(Self { config, tls })
    }
}

/// Splits `sslrootcert` off, which only libpq knows.
fn without_roots(url: &str) -> (String, Option<PathBuf>) {
    let Some((address, query)) = url.split_once('?') else { return (url.to_owned(), None) };
    let (roots, kept): (Vec<&str>, Vec<&str>) =
        query.split('&').partition(|parameter| parameter.starts_with("sslrootcert="));
    let roots = roots.first().and_then(|parameter| parameter.split_once('=')).map(|(_, file)| PathBuf::from(file));
    (format!("{address}?{}", kept.join("&")), roots)
}

fn client_config(roots: Option<PathBuf>) -> anyhow::Result<ClientConfig> {
    let system = || SYSTEM_ROOTS.iter().map(PathBuf::from).find(|file| file.exists());
    let file = roots.or_else(system).context("no trusted certificates found, name them with sslrootcert=FILE")?;
    let mut store = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(&file);
    for certificate in certificates.with_context(|| format!("cannot read {}", file.display()))? {
        store.add(certificate.with_context(|| format!("cannot read {}", file.display()))?)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(store).with_no_client_auth())
}

pub(super) async fn establish(target: &Target) -> ConnectionResult<AsyncPgConnection> {
    let mut conn = match &target.tls {
        None => {
            let (client, driver) = target.config.connect(NoTls).await.map_err(refused)?;
            AsyncPgConnection::try_from_client_and_connection(client, driver).await?
        }
        Some(tls) => {
            let (client, driver) = target.config.connect(tls.clone()).await.map_err(refused)?;
            AsyncPgConnection::try_from_client_and_connection(client, driver).await?
        }
    };
    conn.batch_execute(SETTINGS).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

fn refused(error: tokio_postgres::Error) -> ConnectionError {
    // The cause says what the outer error only announces.
    let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
    ConnectionError::BadConnection(format!("{error}{cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_certificates_are_split_off_the_address() {
        let (url, roots) = without_roots("postgres://db/hub?sslmode=require&sslrootcert=/etc/root.pem&user=hub");

        assert_eq!(url, "postgres://db/hub?sslmode=require&user=hub");
        assert_eq!(roots, Some(PathBuf::from("/etc/root.pem")));
    }

    #[test]
    fn a_bad_address_is_refused_without_its_password() {
        let error = Target::read("postgres://hub:secret@db/hub?nonsense=1").err().map(|error| format!("{error:#}"));

        assert!(error.as_ref().is_some_and(|error| !error.contains("secret")), "{error:?}");
    }

    #[test]
    fn tls_is_used_when_the_address_asks_for_it() {
        let roots = tempfile::NamedTempFile::new().unwrap();
        let url = format!("postgres://db/hub?sslmode=require&sslrootcert={}", roots.path().display());

        assert!(Target::read(&url).unwrap().tls.is_some());
        assert!(Target::read("postgres://db/hub").unwrap().tls.is_none());
    }
}
