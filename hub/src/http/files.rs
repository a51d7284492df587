//! Pages and files of the admin and the demo shop, and where `/` leads.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::baked::{names, tag};
use super::encoding::Encoding;
use super::error::ApiError;
use super::headers::{Inline, with_microphone};
use super::{State, demo};
use crate::assets::{Asset, Folder, NOT_BUILT, media_type};

const INDEX: &str = "index.html";
/// The name of a file in this folder changes with its content.
const HASHED: &str = "assets/";
pub(super) const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "no-cache";

/// Leads to what a newcomer wants to see.
pub(super) async fn front(state: Data<State>) -> HttpResponse {
    to(if state.with_demo { demo::HOME } else { "/admin/" })
}

/// `/admin` without its slash.
pub(super) async fn admin_without_slash() -> HttpResponse {
    to("/admin/")
}

/// Any address under `/admin/`: a file, or the page that knows the address.
pub(super) async fn admin(
    request: HttpRequest,
    state: Data<State>,
    path: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let path = path.into_inner();
    if path != INDEX && path.contains('.') {
        return file(&request, Folder::Admin, &path).ok_or(ApiError::NotFound);
    }
    let Some(page) = Folder::Admin.text(INDEX) else { return Ok(not_built()) };
    let policy = admin_policy(&page, &state.origins.socket());
    let mut answer = file(&request, Folder::Admin, INDEX).ok_or(ApiError::NotFound)?;
    let (permissions, microphone) = with_microphone();
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value(&policy)?);
    answer.headers_mut().insert(permissions, microphone);
    Ok(answer)
}

/// Scripts and styles only of our own files, connections only to this hub.
fn admin_policy(page: &str, socket: &str) -> String {
    let Inline { scripts, styles } = Inline::of(page);
    format!(
        "default-src 'none'; script-src 'self'{scripts}; style-src 'self'{styles}; img-src 'self' data: blob:; \
         font-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'self' {socket}; \
         frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'"
    )
}

/// A built file in the encoding its build made, with a tag.
pub(super) fn file(request: &HttpRequest, folder: Folder, path: &str) -> Option<HttpResponse> {
    let (encoding, asset) = encoded(Encoding::for_request(request), folder, path)?;
    let tag = format!("\"{}\"", tag(&asset.hash));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| names(known, &tag));
    let mut answer = HttpResponse::build(if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    answer.insert_header((header::ETAG, tag));
    answer.insert_header((header::VARY, "accept-encoding"));
    answer.insert_header((header::CONTENT_TYPE, media_type(path)));
    answer.insert_header((header::CACHE_CONTROL, if path.starts_with(HASHED) { FOREVER } else { ASK_EACH_TIME }));
    if is_known {
        return Some(answer.finish());
    }
    if let Some(name) = encoding.name() {
        answer.insert_header((header::CONTENT_ENCODING, name));
    }
    Some(answer.body(asset.data.into_owned()))
}

fn encoded(wanted: Encoding, folder: Folder, path: &str) -> Option<(Encoding, Asset)> {
    let end = match wanted {
        Encoding::Brotli => ".br",
        Encoding::Gzip => ".gz",
        Encoding::Plain => "",
    };
    let encoded = (!end.is_empty()).then(|| folder.file(&format!("{path}{end}"))).flatten();
    match encoded {
        Some(asset) => Some((wanted, asset)),
        None => folder.file(path).map(|asset| (Encoding::Plain, asset)),
    }
}

/// The page that says how to build the pages.
pub(super) fn not_built() -> HttpResponse {
    HttpResponse::ServiceUnavailable()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(NOT_BUILT)
}

fn to(place: &'static str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish()
}

/// A header value made of our own words and configured names.
pub(super) fn value(text: &str) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(text).map_err(|error| ApiError::Internal(error.into()))
}

/// A pair for `Baked`.
pub(super) fn pair(name: HeaderName, text: &str) -> Result<(HeaderName, HeaderValue), ApiError> {
    Ok((name, value(text)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_admin_may_be_framed_by_nobody_and_talks_to_this_hub_only() {
        let policy = admin_policy("<script>boot()</script>", "wss://hub.example.com");

        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(policy.contains("connect-src 'self' wss://hub.example.com;"), "{policy}");
        assert!(policy.contains("script-src 'self' 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}
