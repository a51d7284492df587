//! Section `[http]`: addresses, and who may speak for visitors.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::ConfigError;
use crate::client_address::TrustedProxies;

const MAIN_PORT: u16 = 8080;
const OPS_PORT: u16 = 9090;

/// Where the hub listens and how the world reaches it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct HttpConfig {
    /// Address and port for visitors and consultants; port 0 takes a free one.
    pub bind: SocketAddr,
    /// Address and port of health and metrics; keep it unreachable from outside.
    pub ops_bind: SocketAddr,
    /// How browsers reach the hub, such as `https://chat.example.com`; empty means `http://` and the bound address.
    pub public_url: String,
    /// Networks (CIDR) of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, MAIN_PORT)),
            ops_bind: SocketAddr::from((Ipv4Addr::LOCALHOST, OPS_PORT)),
            public_url: String::new(),
            trusted_proxies: Vec::new(),
        }
    }
}

impl HttpConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        TrustedProxies::parse(&self.trusted_proxies).map_err(|error| ConfigError::Invalid {
            key: "http.trusted_proxies",
            problem: format!("has something that is {error}"),
        })?;
        let public_url = match self.public_url.as_str() {
            "" if self.bind.ip().is_loopback() => Ok(String::new()),
            "" => Err("must be set when http.bind is not an address of this machine only"),
            url => origin_of(url),
        };
        public_url
            .map(|_| ())
            .map_err(|problem| ConfigError::Invalid { key: "http.public_url", problem: problem.to_owned() })
    }

    /// The proxies whose word about addresses counts.
    pub(crate) fn trusted(&self) -> TrustedProxies {
        TrustedProxies::parse(&self.trusted_proxies).unwrap_or_default()
    }

    /// The origin browsers see, once the port is known.
    pub(crate) fn public_origin(&self, bound: SocketAddr) -> String {
        origin_of(&self.public_url).unwrap_or_else(|_not_set| format!("http://{bound}"))
    }
}

/// Checks an origin: a scheme and a host that browsers give microphones and secure cookies to.
fn origin_of(text: &str) -> Result<String, &'static str> {
    let url = Url::parse(text).map_err(|_cause| "is not an address such as https://chat.example.com")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("must begin with https://");
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err("must have no path and nothing behind it");
    }
    // Over plain http anybody on the way reads passwords and chats.
    if url.scheme() == "http" && !is_this_machine(&url) {
        return Err("must begin with https:// unless it is this machine");
    }
    Ok(url.origin().ascii_serialization())
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}
