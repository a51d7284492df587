//! Only pages of this hub may write, and only in JSON, or files where those are brought.
//!
//! A browser sends the cookie along with whatever a foreign page asks. It also
//! says truthfully where the page is from, and that is what counts here.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ORIGIN};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpRequest, ResponseError as _};
use url::Url;

use super::State;
use super::error::ApiError;
use super::images::UPLOADS;
use super::plugins::PluginProblem;
use super::plugins::upload::PLUGIN_UPLOADS;
use crate::images::ImageError;

/// What the types of pictures begin with; the content says later which one it is.
const PICTURE: &str = "image/";
const FETCH_SITE: &str = "sec-fetch-site";
/// Names of this machine that people mix; the cookie is separate for each.
const LOOPBACK_NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// How browsers reach the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origins {
    public: String,
    also: Vec<String>,
}

impl Origins {
    /// The origins of the hub at `public`; on this machine each of its names counts.
    pub(crate) fn of(public: &str) -> Self {
        let port =
            Url::parse(public).ok().filter(|url| url.scheme() == "http").and_then(|url| url.port_or_known_default());
        let also = match port {
            Some(80) => LOOPBACK_NAMES.iter().map(|name| format!("http://{name}")).collect(),
            Some(port) => LOOPBACK_NAMES.iter().map(|name| format!("http://{name}:{port}")).collect(),
            None => Vec::new(),
        };
        Self { public: public.to_owned(), also }
    }

    /// The origin that is written into pages and links.
    pub(crate) fn public(&self) -> &str {
        &self.public
    }

    /// The same for sockets.
    pub(crate) fn socket(&self) -> String {
        self.public.replacen("http", "ws", 1)
    }

    /// All of them.
    pub(crate) fn all(&self) -> Vec<String> {
        let mut all = vec![self.public.clone()];
        all.extend(self.also.iter().filter(|origin| **origin != self.public).cloned());
        all
    }

    fn contains(&self, origin: &str) -> bool {
        self.public == origin || self.also.iter().any(|other| other == origin)
    }

    /// May the page that sent this request write?
    fn allow(&self, request: &HttpRequest) -> bool {
        let mut origins = request.headers().get_all(ORIGIN);
        let site = request.headers().get(FETCH_SITE).map(|value| value.as_bytes() == b"same-origin");
        match (origins.next(), origins.next(), site) {
            (_, Some(_), _) | (_, _, Some(false)) | (None, None, None) => false,
            (None, None, Some(true)) => true,
            (Some(origin), None, _) => origin.to_str().is_ok_and(|origin| self.contains(origin)),
        }
    }
}

/// Refuses a write from anywhere else.
pub(super) async fn check<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let allowed = request.app_data::<Data<State>>().is_some_and(|state| state.origins.allow(request.request()));
    let refusal = match (request.method().is_safe(), allowed, has_right_type(request.request())) {
        (true, ..) | (false, true, true) => return Ok(next.call(request).await?.map_into_left_body()),
        (false, false, _) => ApiError::Origin,
        (false, true, false) if request.path() == UPLOADS => ImageError::Unknown.into(),
        (false, true, false) if request.path() == PLUGIN_UPLOADS => PluginProblem::NotWasm.into(),
        (false, true, false) => ApiError::NotJson,
    };
    // Answered here and not as an error, so that the outer layers still add their headers and log it.
    Ok(request.into_response(refusal.error_response()).map_into_right_body())
}

/// A form of a foreign page cannot send these types, whatever else it can do.
fn has_right_type(request: &HttpRequest) -> bool {
    let headers = request.headers();
    if request.method() == Method::DELETE && !headers.contains_key(CONTENT_TYPE) {
        // No form can ask this, and most have nothing to say besides.
        return true;
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    // A compressed body could unfold to anything; nobody needs one here.
    let is_right = match request.path() {
        UPLOADS => {
            let is_picture = kind.get(..PICTURE.len()).is_some_and(|start| start.eq_ignore_ascii_case(PICTURE));
            is_picture || kind.eq_ignore_ascii_case("application/octet-stream")
        }
        PLUGIN_UPLOADS => kind.eq_ignore_ascii_case("application/wasm"),
        _ => kind.eq_ignore_ascii_case("application/json"),
    };
    is_right && !headers.contains_key(CONTENT_ENCODING)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn allows(public: &str, headers: &[(&str, &str)]) -> bool {
        let request =
            headers.iter().fold(TestRequest::post(), |request, (name, value)| request.append_header((*name, *value)));
        Origins::of(public).allow(&request.to_http_request())
    }

    #[test]
    fn pages_of_the_hub_may_write() {
        assert!(allows("https://hub.example.com", &[("origin", "https://hub.example.com")]));
        assert!(allows("https://hub.example.com", &[("sec-fetch-site", "same-origin")]));
        assert!(allows("http://127.0.0.1:8080", &[("origin", "http://localhost:8080")]));
    }

    #[test]
    fn nobody_else_may() {
        let hub = "https://hub.example.com";
        for origin in [
            "https://evil.example",
            "https://hub.example.com.evil.example",
            "http://hub.example.com",
            "https://hub.example.com:8443",
            "https://hub.example.com/",
            "null",
            "",
        ] {
            assert!(!allows(hub, &[("origin", origin)]), "{origin}");
        }
        assert!(!allows(hub, &[]));
        assert!(!allows(hub, &[("sec-fetch-site", "same-site")]));
        assert!(!allows(hub, &[("origin", hub), ("sec-fetch-site", "cross-site")]));
        assert!(!allows(hub, &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")]));
        assert!(!allows(hub, &[("origin", hub), ("origin", "https://evil.example")]));
        assert!(!allows(hub, &[("origin", "http://localhost")]));
    }

    #[test]
    fn a_write_says_that_it_is_json() {
        let says =
            |kind: &str| has_right_type(&TestRequest::post().insert_header(("content-type", kind)).to_http_request());

        assert!(says("application/json") && says("Application/JSON; charset=utf-8"));
        assert!(!says("text/plain") && !says("application/x-www-form-urlencoded") && !says("application/jsonx"));
        assert!(!says("image/png") && !says("application/octet-stream"));
        assert!(!has_right_type(&TestRequest::post().to_http_request()));
        assert!(has_right_type(&TestRequest::delete().to_http_request()));
        let form = ("content-type", "application/x-www-form-urlencoded");
        assert!(!has_right_type(&TestRequest::delete().insert_header(form).to_http_request()));
    }

    #[test]
    fn a_picture_is_brought_as_one_and_only_where_pictures_are_brought() {
        let says = |path: &str, kind: &str| {
            has_right_type(&TestRequest::post().uri(path).insert_header(("content-type", kind)).to_http_request())
        };

        for kind in ["image/png", "IMAGE/jpeg", "image/x-unknown", "application/octet-stream"] {
            assert!(says("/v1/images?fit=logo", kind), "{kind}");
            assert!(!says("/v1/images/from-url?fit=logo", kind), "{kind}");
        }
        for kind in ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "imag"] {
            assert!(!says("/v1/images", kind), "{kind}");
        }
    }

    #[test]
    fn the_socket_origin_keeps_its_security() {
        assert_eq!(Origins::of("https://hub.example.com").socket(), "wss://hub.example.com");
        assert_eq!(Origins::of("http://127.0.0.1:1").socket(), "ws://127.0.0.1:1");
    }
}
