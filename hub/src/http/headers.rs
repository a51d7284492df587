//! Headers every answer carries, and the policies of pages.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
/// What no page needs but one people talk on.
const NO_DEVICES: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
/// Voice is the only thing a page asks of the machine, and only pages of the hub itself.
const MICROPHONE: &str = "camera=(), geolocation=(), microphone=(self), payment=(), usb=()";
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// Half a year is not enough for the preload lists; a year is what they ask.
const HSTS: &str = "max-age=31536000";
/// What needs no page around it needs no right at all.
const BARE: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/// Adds what is right for an answer unless its handler knew better.
pub(super) async fn harden(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let is_public_https = request
        .app_data::<actix_web::web::Data<super::State>>()
        .is_some_and(|state| state.origins.public().starts_with("https://"));
    let mut answer = next.call(request).await?;
    let headers = answer.headers_mut();
    default(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(headers, header::REFERRER_POLICY, "no-referrer");
    default(headers, header::CONTENT_SECURITY_POLICY, BARE);
    default(headers, header::CACHE_CONTROL, "no-store");
    default(headers, RESOURCE, "same-origin");
    default(headers, OPENER, "same-origin");
    default(headers, PERMISSIONS, NO_DEVICES);
    if is_public_https {
        default(headers, header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    Ok(answer)
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Lets a page of ours open the microphone.
pub(super) fn with_microphone() -> (HeaderName, HeaderValue) {
    (PERMISSIONS, HeaderValue::from_static(MICROPHONE))
}

/// Lets pages of other sites load this answer.
pub(super) fn for_everybody() -> (HeaderName, HeaderValue) {
    (RESOURCE, HeaderValue::from_static("cross-origin"))
}

/// Policy sources for the inline scripts and styles of a page of ours.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Inline {
    pub scripts: String,
    pub styles: String,
}

impl Inline {
    /// Hashes what stands between the tags of a built page.
    ///
    /// Blocks of JSON are data to the browser and need no hash.
    pub(super) fn of(html: &str) -> Self {
        let scripts = blocks(html, "script").filter(|(tag, _)| !tag.contains("application/json"));
        Self {
            scripts: sources(scripts.map(|(_, text)| text)),
            styles: sources(blocks(html, "style").map(|(_, text)| text)),
        }
    }
}

fn sources<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|text| !text.is_empty()).fold(String::new(), |sources, text| {
        sources + " 'sha256-" + &STANDARD.encode(Sha256::digest(text.as_bytes())) + "'"
    })
}

/// The opening tags called `name` with the text up to their closing tags.
fn blocks<'a>(html: &'a str, name: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, tail) = rest.split_once(&format!("<{name}"))?;
            rest = tail;
            if !tail.starts_with(['>', ' ', '\n', '\t']) {
                continue;
            }
            let (tag, tail) = tail.split_once('>')?;
            let (text, tail) = tail.split_once(&format!("</{name}"))?;
            rest = tail;
            return Some((tag, text));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_blocks_are_named_by_their_hash() {
        let html = r#"<style>a{}</style><script type="application/json" id="config">{}</script>
            <script type="module">alert(1)</script><script src="/x.js"></script><styles>no</styles>"#;

        let inline = Inline::of(html);

        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(inline.scripts, " 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
        assert_eq!(inline.styles.matches("sha256").count(), 1);
    }

    #[test]
    fn a_page_without_inline_blocks_names_none() {
        assert_eq!(Inline::of("<p>bread</p><script src=\"a.js\"></script>"), Inline::default());
    }
}
