//! Enrichment: what a plugin asks of other sites, and what it tells of a visitor.
//!
//! Promises: a request goes over https to a host that an owner approved, and
//! names only secrets that the plugin has; a profile is bounded and clean.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Checked, Notes, Why, attributes, line, tags};
use crate::form::{address, secret};
use crate::wit::click2callme::plugin::types::Attribute;
use crate::wit::exports::click2callme::plugin::enrichment::{HttpRequest, Profile};

/// Most requests for one visitor.
pub const MOST_REQUESTS: usize = 3;
/// Most requests that are answered at all, each refused one with its reason.
pub const MOST_ANSWERED: usize = 256;
/// Longest address, in bytes.
pub const URL_BYTES: usize = 2_048;
/// Most headers of a request.
pub const MOST_HEADERS: usize = 16;
/// Longest name or value of a header, in bytes.
pub const HEADER_BYTES: usize = 1_024;
/// Largest body of a request or a response, in bytes.
pub const BODY_BYTES: usize = 65_536;
/// Longest name of a visitor, in characters.
pub const NAME_CHARS: usize = 80;
/// Longest value of an attribute, in characters.
pub const VALUE_CHARS: usize = 500;

const METHODS: [&str; 4] = ["GET", "PATCH", "POST", "PUT"];
/// Headers that belong to the connection, which is the hub's (RFC 9110, section 7.6.1; RFC 9112, section 6).
const OWN_HEADERS: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// What an owner allowed this plugin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants {
    /// Approved hosts, in lowercase.
    pub hosts: BTreeSet<String>,
    /// Keys of its secret settings.
    pub secrets: BTreeSet<String>,
}

/// A request that may be sent, or the sentence that `enrich` is told instead of a response.
pub type Judged = Result<HttpRequest, String>;

/// Checks requests; the result has one entry for each, in order, at most [`MOST_ANSWERED`].
pub fn check_requests(grants: &Grants, told: Vec<HttpRequest>) -> Checked<Vec<Judged>> {
    let mut notes = Notes::default();
    let mut granted = 0;
    let mut judged = Vec::new();
    for (index, request) in notes.first("", told, MOST_ANSWERED).into_iter().enumerate() {
        let answer =
            if granted == MOST_REQUESTS { Err(Why::TooMany { limit: MOST_REQUESTS }) } else { judge(grants, request) };
        granted += usize::from(answer.is_ok());
        judged.push(answer.map_err(|why| {
            let sentence = why.to_string();
            notes.add(format!("/{index}"), why);
            sentence
        }));
    }
    notes.with(judged)
}

/// Checks what a plugin tells of a visitor.
pub fn check_profile(profile: Profile) -> Checked<Profile> {
    let mut notes = Notes::default();
    let name = profile.name.map(|name| line(&mut notes, "/name", &name, NAME_CHARS));
    let attributes = attributes(&mut notes, "/attributes", profile.attributes, VALUE_CHARS);
    let tags = tags(&mut notes, "/tags", &profile.tags);
    notes.with(Profile { name: name.filter(|name| !name.is_empty()), attributes, tags })
}

fn judge(grants: &Grants, request: HttpRequest) -> Result<HttpRequest, Why> {
    if !METHODS.contains(&request.method.as_str()) {
        return Err(Why::refused("the method must be GET, PATCH, POST or PUT"));
    }
    if request.body.len() > BODY_BYTES {
        return Err(Why::TooLong { limit: BODY_BYTES });
    }
    if request.method == "GET" && !request.body.is_empty() {
        return Err(Why::refused("a GET has no body"));
    }
    let url = approved(grants, &request.url)?;
    if request.headers.len() > MOST_HEADERS {
        return Err(Why::TooMany { limit: MOST_HEADERS });
    }
    request.headers.iter().try_for_each(|header| may_be_sent(grants, header))?;
    only_own_secrets(grants, &request.body)?;
    Ok(HttpRequest { url, ..request })
}

/// The address in the form in which it is asked.
fn approved(grants: &Grants, raw: &str) -> Result<String, Why> {
    if raw.len() > URL_BYTES {
        return Err(Why::TooLong { limit: URL_BYTES });
    }
    if raw.contains("{{") {
        return Err(Why::refused("a secret stands in a header or the body, never in an address"));
    }
    let Some(host) = address::https_host(raw) else {
        return Err(Why::refused("the address must be https, by name, on the usual port"));
    };
    if !grants.hosts.contains(&host) {
        return Err(Why::refused("an owner has not approved this host"));
    }
    let mut url = Url::parse(raw).map_err(|_checked_above| Why::refused("this is no address"))?;
    url.set_fragment(None);
    Ok(url.into())
}

fn may_be_sent(grants: &Grants, header: &Attribute) -> Result<(), Why> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let is_named = !header.key.is_empty() && header.key.chars().all(is_token);
    let is_shown = header.value.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if header.key.len() > HEADER_BYTES || header.value.len() > HEADER_BYTES {
        return Err(Why::TooLong { limit: HEADER_BYTES });
    }
    if !is_named || !is_shown {
        return Err(Why::refused("a header has characters that cannot be sent"));
    }
    if OWN_HEADERS.contains(&header.key.to_ascii_lowercase().as_str()) {
        return Err(Why::refused("a header belongs to the connection"));
    }
    only_own_secrets(grants, header.value.as_bytes())
}

fn only_own_secrets(grants: &Grants, bytes: &[u8]) -> Result<(), Why> {
    match secret::named(bytes).into_iter().find(|key| !grants.secrets.contains(key)) {
        None => Ok(()),
        Some(key) => Err(Why::unknown(&key)),
    }
}

#[cfg(test)]
mod tests;
