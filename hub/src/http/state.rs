//! `State`: what every handler of the main listener can reach.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::HttpRequest;
use actors::hub::Hub;
use actors::ids::BusinessId;
use actors::moment::Moment;
use actors::ports::{Clock, PublicKey};
use hub_store::{Package, Store};
use tracing::warn;

use super::error::ApiError;
use super::origin::Origins;
use super::plugins::PluginLimits;
use super::snippet::Pages;
use super::visitor_orders::VisitorLimits;
use crate::client_address::{ClientIp, TrustedProxies};
use crate::images::Images;
use crate::rules::PluginRules;
use crate::sign_in::SignIns;
use crate::sockets::Edge;
use crate::vault::Vault;

/// Longest public key looked up; every key the hub makes is shorter.
const KEY_BYTES: usize = 64;

/// Shared by all workers.
pub(crate) struct State {
    pub store: Store,
    pub hub: Hub,
    pub clock: Arc<dyn Clock>,
    pub sign_ins: Arc<SignIns>,
    pub edge: Arc<Edge>,
    pub vault: Arc<Vault>,
    pub rules: Arc<PluginRules>,
    pub images: Images,
    pub origins: Origins,
    pub trusted: TrustedProxies,
    pub pages: Pages,
    pub visitor_limits: VisitorLimits,
    pub plugin_limits: PluginLimits,
    pub with_demo: bool,
}

impl State {
    /// The time.
    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Whose request it is, also behind proxies.
    pub(super) fn ip_of(&self, request: &HttpRequest) -> ClientIp {
        ClientIp::of(request.peer_addr(), request.headers(), &self.trusted)
    }

    /// The same as the log shows it: without the part that names one household.
    pub(super) fn network_of(&self, request: &HttpRequest) -> String {
        shortened(self.ip_of(request).ip())
    }

    /// The package with this public key, open as its plugins plan it.
    pub(super) async fn package(&self, key: &str) -> Result<Package, ApiError> {
        let is_key = (1..=KEY_BYTES).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if !is_key {
            return Err(ApiError::UnknownPackage);
        }
        let mut package =
            self.store.package_by_key(&PublicKey(key.to_owned())).await?.ok_or(ApiError::UnknownPackage)?;
        let own = std::mem::take(&mut package.settings.hours);
        package.settings.hours = self.rules.hours(package.business, package.id, own);
        Ok(package)
    }

    /// Settings of a business changed: its rules read them first, then its actors.
    pub(super) async fn reload(&self, business: BusinessId) {
        if let Err(error) = self.rules.refresh(business).await {
            warn!(%business, %error, "the rules of a business are those of before");
        }
        self.hub.reload(business).await;
    }
}

/// IPv4 to /24, IPv6 to /48.
fn shortened(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_shows_a_network_and_never_a_whole_address() {
        assert_eq!(shortened("203.0.113.77".parse().unwrap()), "203.0.113.0");
        assert_eq!(shortened("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1::");
    }
}
