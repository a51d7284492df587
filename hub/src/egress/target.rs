//! `Target`: an address the hub may ask, as far as its spelling tells.

use std::net::IpAddr;

use url::{Host, Url};

use super::EgressError;

/// The ports of the web. Anything else is another service, which a crafted path could speak to.
pub(super) const PORTS: [u16; 2] = [80, 443];

/// Longest address that is read; browsers stop at about the same.
const URL_CHARS: usize = 2_048;

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    url: Url,
    host: Host<String>,
    port: u16,
}

impl Target {
    /// Reads what somebody typed. Every way to write an IP becomes the one address it means.
    pub(super) fn parse(text: &str) -> Result<Self, EgressError> {
        if text.len() > URL_CHARS {
            return Err(EgressError::NotWeb);
        }
        Self::of(Url::parse(text.trim()).map_err(|_cause| EgressError::NotWeb)?)
    }

    /// Where a redirect leads to.
    pub(super) fn join(&self, location: &str) -> Result<Self, EgressError> {
        if location.len() > URL_CHARS {
            return Err(EgressError::NotWeb);
        }
        Self::of(self.url.join(location).map_err(|_cause| EgressError::NotWeb)?)
    }

    fn of(url: Url) -> Result<Self, EgressError> {
        let is_web = matches!(url.scheme(), "http" | "https");
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        let host = url.host().map(|host| host.to_owned());
        match (host, url.port_or_known_default()) {
            (Some(host), Some(port)) if is_web && !has_credentials => Ok(Self { url, host, port }),
            _ => Err(EgressError::NotWeb),
        }
    }

    pub(super) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// The address, when the host is one.
    pub(super) fn ip(&self) -> Option<IpAddr> {
        match self.host {
            Host::Domain(_) => None,
            Host::Ipv4(ip) => Some(ip.into()),
            Host::Ipv6(ip) => Some(ip.into()),
        }
    }

    /// The name to look up or to find in a certificate; an address as text otherwise.
    pub(super) fn name(&self) -> String {
        match &self.host {
            Host::Domain(name) => name.trim_end_matches('.').to_owned(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        }
    }

    /// What the header `Host` says.
    pub(super) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.to_string(),
        }
    }

    /// What the request line asks for.
    pub(super) fn path(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_address_is_taken_apart() {
        let target = Target::parse(" https://Cdn.Bakery.example:443/a%20b/logo.png?v=2#top ").unwrap();

        assert_eq!((target.name().as_str(), target.port(), target.is_secure()), ("cdn.bakery.example", 443, true));
        assert_eq!(
            (target.authority().as_str(), target.path().as_str()),
            ("cdn.bakery.example", "/a%20b/logo.png?v=2")
        );
        assert_eq!(target.ip(), None);
    }

    #[test]
    fn a_redirect_is_read_against_the_address_before() {
        let target = Target::parse("https://bakery.example/shop/logo").unwrap();
        let leads = |location: &str| target.join(location).map(|target| target.url.to_string());

        assert_eq!(leads("/logo.png").unwrap(), "https://bakery.example/logo.png");
        assert_eq!(leads("logo.png").unwrap(), "https://bakery.example/shop/logo.png");
        assert_eq!(leads("//florist.example/x").unwrap(), "https://florist.example/x");
        assert_eq!(leads("file:///etc/passwd"), Err(EgressError::NotWeb));
        assert_eq!(leads("http://anna@bakery.example/"), Err(EgressError::NotWeb));
    }

    #[test]
    fn what_is_no_address_of_the_web_is_refused() {
        for text in [
            "",
            "bakery.example/logo.png",
            "//bakery.example/logo.png",
            "https://",
            "http:///",
            "https://bakery.example:99999/",
            "https://[fe80::1%25eth0]/",
            "https://bak ery.example/",
            "https://anna@bakery.example/",
            "https://:secret@bakery.example/",
            "https://anna:secret@bakery.example/",
            "https://bakery.example@127.0.0.1/",
            "file:///etc/passwd",
            "ftp://bakery.example/logo.png",
            "gopher://bakery.example:70/_GET",
            "data:image/png;base64,iVBORw0KGgo=",
            "javascript:alert(1)",
            "ws://bakery.example/",
            "blob:https://bakery.example/1",
            "unix:///run/docker.sock",
            "http+unix://%2Frun%2Fdocker.sock/info",
        ] {
            assert_eq!(Target::parse(text), Err(EgressError::NotWeb), "{text}");
        }
        assert!(Target::parse(&format!("https://a.example/{}", "x".repeat(URL_CHARS))).is_err());
    }
}
