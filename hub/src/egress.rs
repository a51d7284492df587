//! The only way out: every request the hub sends to an address that somebody typed.
//!
//! Such an address may lead into the network the hub stands in. So only public
//! addresses are connected to, and exactly those that were checked. Nothing of an
//! answer but its bytes ever leaves this module.

mod addresses;
mod exchange;
mod target;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use thiserror::Error;
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use exchange::Outcome;
use target::Target;

/// From the first look at a name to the last byte; whoever waits for it sits in front of a form.
const BUDGET: Duration = Duration::from_secs(5);
/// Real addresses redirect once or twice: to https, and to where the file lies.
const REDIRECTS: usize = 3;
/// Fetches at once; each holds an answer in memory.
const FETCHES: usize = 8;

/// Why nothing was fetched. The texts say nothing about what answered.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum EgressError {
    #[error("is not an address of the form https://example.com/name")]
    NotWeb,
    #[error("leads to an address that is not public")]
    Forbidden,
    #[error("cannot be reached")]
    Unreachable,
    #[error("took too long")]
    TooSlow,
    #[error("redirects too often")]
    TooManyRedirects,
    #[error("is too big")]
    TooBig,
    #[error("too much is being fetched")]
    Busy,
}

/// Finds the addresses of a name.
type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// The way out; one for the whole hub.
pub(crate) struct Egress {
    lookup: Lookup,
    allowed: Vec<SocketAddr>,
    tls: TlsConnector,
    fetches: Semaphore,
    budget: Duration,
}

impl Egress {
    /// Leads to public addresses, and to those the operator allows besides.
    pub(crate) fn new(allowed: Vec<SocketAddr>) -> anyhow::Result<Self> {
        let lookup: Lookup = Arc::new(|name| Box::pin(ask_the_system(name)));
        Self::with_lookup(allowed, lookup)
    }

    fn with_lookup(allowed: Vec<SocketAddr>, lookup: Lookup) -> anyhow::Result<Self> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let tls = TlsConnector::from(Arc::new(config));
        Ok(Self { lookup, allowed, tls, fetches: Semaphore::new(FETCHES), budget: BUDGET })
    }

    /// Fetches what lies at `url`, at most `most_bytes` of it.
    pub(crate) async fn get(&self, url: &str, most_bytes: usize) -> Result<Vec<u8>, EgressError> {
        let _place = self.fetches.try_acquire().map_err(|_full| EgressError::Busy)?;
        let fetched = tokio::time::timeout(self.budget, self.follow(url, most_bytes)).await;
        fetched.unwrap_or(Err(EgressError::TooSlow))
    }

    /// Every redirect is a new address and is checked like the first.
    async fn follow(&self, url: &str, most_bytes: usize) -> Result<Vec<u8>, EgressError> {
        let mut target = Target::parse(url)?;
        for _ in 0..=REDIRECTS {
            let addresses = self.addresses(&target).await?;
            match exchange::get(&target, &addresses, &self.tls, most_bytes).await? {
                Outcome::Body(bytes) => return Ok(bytes),
                Outcome::Redirect(location) => target = target.join(&location)?,
            }
        }
        Err(EgressError::TooManyRedirects)
    }

    /// Where to connect. One answer inside our network spoils all: a name that gives
    /// both is how a check and a connection are made to see different addresses.
    async fn addresses(&self, target: &Target) -> Result<Vec<SocketAddr>, EgressError> {
        let ips = match target.ip() {
            Some(ip) => vec![ip],
            None => (self.lookup)(target.name()).await.map_err(|_cause| EgressError::Unreachable)?,
        };
        let addresses: Vec<SocketAddr> =
            ips.into_iter().map(|ip| SocketAddr::new(ip.to_canonical(), target.port())).collect();
        if !addresses.iter().all(|address| self.permits(*address)) {
            return Err(EgressError::Forbidden);
        }
        if addresses.is_empty() { Err(EgressError::Unreachable) } else { Ok(addresses) }
    }

    fn permits(&self, address: SocketAddr) -> bool {
        let is_public = target::PORTS.contains(&address.port()) && addresses::is_public(address.ip());
        is_public || self.allowed.contains(&address)
    }
}

async fn ask_the_system(name: String) -> io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
}

#[cfg(test)]
mod tests;
