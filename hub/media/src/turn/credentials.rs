//! Who may relay: time-limited credentials of one side of one call, and the nonces they are used with.
//!
//! Nothing is stored. A password is made of its username with a secret of this process, so a restart ends them all.

use std::net::SocketAddr;
use std::time::{Duration, Instant, SystemTime};

use actors::ids::CallId;
use actors::protocol::CallSide;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest, Md5};
use ring::{digest, hmac};

pub(crate) const REALM: &str = "hub";

/// How long credentials make an allocation. One that exists lives on with its call.
const CREDENTIALS_LIFE: Duration = Duration::from_mins(10);
/// How long a nonce is taken; afterwards the client is told another one and goes on.
const NONCE_LIFE: Duration = Duration::from_hours(1);

/// Half of it makes passwords, half nonces.
pub(crate) const SECRET_BYTES: usize = 64;

/// What a username says: whose it is and until when it is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) call: CallId,
    pub(crate) side: CallSide,
    /// In seconds since 1970.
    expires: u64,
}

/// Makes and checks credentials and nonces.
pub(crate) struct Credentials {
    passwords: hmac::Key,
    nonces: hmac::Key,
    /// The wall clock may jump; time goes on from here.
    started: Instant,
    started_unix: u64,
}

impl Credentials {
    pub(crate) fn new(secret: &[u8; SECRET_BYTES], now: Instant) -> Self {
        let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let (passwords, nonces) = secret.split_at(SECRET_BYTES / 2);
        Self {
            passwords: hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, passwords),
            nonces: hmac::Key::new(hmac::HMAC_SHA256, nonces),
            started: now,
            started_unix: unix.as_secs(),
        }
    }

    /// Makes a username and its password.
    pub(crate) fn mint(&self, call: CallId, side: CallSide, now: Instant) -> (String, String) {
        let expires = self.unix(now) + CREDENTIALS_LIFE.as_secs();
        let username = Claim { call, side, expires }.to_username();
        let password = self.password(&username);
        (username, password)
    }

    /// The key messages of this username are signed with.
    pub(crate) fn key(&self, username: &str) -> hmac::Key {
        let mut hash = Md5::new();
        for part in [username, ":", REALM, ":", &self.password(username)] {
            hash.update(part);
        }
        hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &hash.finalize())
    }

    pub(crate) fn is_expired(&self, claim: Claim, now: Instant) -> bool {
        claim.expires <= self.unix(now)
    }

    /// A nonce for this client alone.
    pub(crate) fn nonce(&self, client: SocketAddr, now: Instant) -> String {
        self.nonce_of(client, self.unix(now))
    }

    pub(crate) fn is_nonce_good(&self, nonce: &str, client: SocketAddr, now: Instant) -> bool {
        let made = nonce.split_once('-').and_then(|(made, _)| u64::from_str_radix(made, 16).ok());
        made.is_some_and(|made| {
            let age = self.unix(now).checked_sub(made);
            age.is_some_and(|age| age < NONCE_LIFE.as_secs()) && nonce == self.nonce_of(client, made)
        })
    }

    fn nonce_of(&self, client: SocketAddr, made: u64) -> String {
        let tag = hmac::sign(&self.nonces, format!("{made} {client}").as_bytes());
        let short = tag.as_ref().iter().take(digest::SHA256_OUTPUT_LEN / 2);
        short.fold(format!("{made:x}-"), |nonce, byte| format!("{nonce}{byte:02x}"))
    }

    fn password(&self, username: &str) -> String {
        BASE64_STANDARD.encode(hmac::sign(&self.passwords, username.as_bytes()))
    }

    fn unix(&self, now: Instant) -> u64 {
        self.started_unix + now.saturating_duration_since(self.started).as_secs()
    }
}

impl Claim {
    /// Reads `EXPIRY:CALL:SIDE`, in no other spelling than ours.
    pub(crate) fn read(username: &str) -> Option<Self> {
        let mut parts = username.split(':');
        let expires = parts.next()?.parse().ok()?;
        let call = parts.next()?.parse().ok()?;
        let side = match parts.next()? {
            "visitor" => CallSide::Visitor,
            "consultant" => CallSide::Consultant,
            _ => return None,
        };
        let claim = Self { call, side, expires };
        (claim.to_username() == username).then_some(claim)
    }

    fn to_username(self) -> String {
        let side = match self.side {
            CallSide::Visitor => "visitor",
            CallSide::Consultant => "consultant",
        };
        format!("{}:{}:{side}", self.expires, self.call)
    }
}
