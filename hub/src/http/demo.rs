//! The pages of the demo shop: what a business's site looks like with the button on it.
//!
//! Their policy is as strict as one can be that allows the button, so they also
//! prove the snippet.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::State;
use super::error::ApiError;
use super::files::{file, value};
use super::headers::Inline;
use crate::assets::{Folder, media_type};

/// Where the demo begins.
pub(crate) const HOME: &str = "/demo/";
/// What the pages hold in place of the hub's address.
const ORIGIN: &str = "__ORIGIN__";
/// Pictures may hold scripts when they are SVG; nothing in them may run.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Any address of the shop.
pub(super) async fn shop(
    request: HttpRequest,
    state: Data<State>,
    path: Path<String>,
) -> Result<HttpResponse, ApiError> {
    if !state.with_demo {
        return Err(ApiError::NotFound);
    }
    let page = match path.as_str() {
        "" => "en.html",
        "prices" => "en-prices.html",
        "pl/" => "pl.html",
        "pl/ceny" => "pl-prices.html",
        "strict" => "strict.html",
        picture if picture.starts_with("faces/") => return face(&request, picture),
        "shop.css" => return file(&request, Folder::Demo, "shop.css").ok_or(ApiError::NotFound),
        "pl" => return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, "/demo/pl/")).finish()),
        _ => return Err(ApiError::NotFound),
    };
    let origin = state.origins.public();
    let html = Folder::Demo.text(page).ok_or(ApiError::NotFound)?.replace(ORIGIN, origin);
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, media_type(page)));
    answer.insert_header((header::CONTENT_SECURITY_POLICY, value(&policy(&html, origin))?));
    answer.insert_header((header::CACHE_CONTROL, "no-cache"));
    Ok(answer.body(html))
}

/// `/demo` without its slash.
pub(super) async fn without_slash() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, HOME)).finish()
}

fn face(request: &HttpRequest, path: &str) -> Result<HttpResponse, ApiError> {
    let mut answer = file(request, Folder::Demo, path).ok_or(ApiError::NotFound)?;
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, value(PICTURE_POLICY)?);
    Ok(answer)
}

/// The two directives a site needs for the button, and as little as possible beside them.
fn policy(html: &str, origin: &str) -> String {
    let Inline { styles, .. } = Inline::of(html);
    let styles = if styles.is_empty() { " 'self'".to_owned() } else { styles };
    format!(
        "default-src 'none'; script-src {origin}; frame-src {origin}; style-src{styles}; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strict_page_allows_the_hub_and_its_own_style_only() {
        let html = Folder::Demo.text("strict.html").unwrap();

        let policy = policy(&html, "https://hub.example.com");

        assert!(policy.starts_with("default-src 'none'; script-src https://hub.example.com; frame-src https://hub"));
        assert!(policy.contains("style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }

    #[test]
    fn every_page_holds_the_snippet_of_its_language() {
        for (page, key) in [
            ("en.html", "demo-en"),
            ("en-prices.html", "demo-en"),
            ("pl.html", "demo-pl"),
            ("pl-prices.html", "demo-pl"),
        ] {
            let snippet = format!("<script async src=\"__ORIGIN__/w/{key}.js\"></script>");
            assert!(Folder::Demo.text(page).unwrap().contains(&snippet), "{page}");
        }
    }
}
