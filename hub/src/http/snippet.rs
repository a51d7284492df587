//! The loader and the chat document of a package, with its settings baked in.
//!
//! Both are made once per version of the settings, in every encoding; a change
//! in the admin is on the business's site at the next page load.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use actors::ports::PublicKey;
use dashmap::DashMap;
use hub_store::Package;
use sha2::{Digest as _, Sha256};

use super::State;
use super::baked::Baked;
use super::error::ApiError;
use super::files::{not_built, pair};
use super::headers::{Inline, for_everybody};
use super::settings::{chat_config, loader_config};
use crate::assets::{Folder, media_type};

/// What stands in the built files in place of the settings.
const PLACE: &str = "__CONFIG__";
/// Baked answers kept in memory: about 60 KB each, so 60 MB at most.
const MOST_KEPT: usize = 1_000;
/// The answer to a key nobody has: a script that does nothing, so that the page shows no error.
const NO_PACKAGE: &str = "/* no package has this key */\n";

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Page {
    Loader,
    Chat,
}

/// A page's settings and built files, as a hash: another hash means bake again.
type Version = [u8; 32];

/// The baked answers.
#[derive(Default)]
pub(crate) struct Pages {
    kept: DashMap<(PublicKey, Page), (Version, Arc<Baked>)>,
}

/// `GET /w/KEY.js`
pub(super) async fn loader(
    request: HttpRequest,
    state: Data<State>,
    key: Path<String>,
) -> Result<HttpResponse, ApiError> {
    match state.package(&key).await {
        Ok(package) => answer(&request, &state, package, Page::Loader).await,
        Err(ApiError::UnknownPackage) => Ok(HttpResponse::NotFound()
            .insert_header((header::CONTENT_TYPE, media_type(".js")))
            .insert_header(for_everybody())
            .body(NO_PACKAGE)),
        Err(error) => Err(error),
    }
}

/// `GET /w/KEY/chat`
pub(super) async fn chat_document(
    request: HttpRequest,
    state: Data<State>,
    key: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let package = state.package(&key).await?;
    answer(&request, &state, package, Page::Chat).await
}

async fn answer(request: &HttpRequest, state: &State, package: Package, page: Page) -> Result<HttpResponse, ApiError> {
    let built = match page {
        Page::Loader => Folder::Widget.text("loader.js"),
        Page::Chat => Folder::Widget.text("chat.html"),
    };
    let Some(built) = built else { return Ok(not_built()) };
    let company = match package.settings.company.as_str() {
        "" => state.store.business(package.business).await?.name,
        company => company.to_owned(),
    };
    let origin = state.origins.public();
    let (config, headers) = match page {
        Page::Loader => (loader_config(&package, origin)?, loader_headers()?),
        Page::Chat => {
            let policy = chat_policy(&built, &state.origins.socket(), &package.settings.sites);
            (chat_config(&package, &company)?, chat_headers(&policy)?)
        }
    };
    let version = version(&built, &config, &headers);
    let slot = (package.key, page);
    if let Some(kept) = state.pages.kept.get(&slot).filter(|kept| kept.0 == version) {
        return Ok(kept.1.answer(request));
    }
    let baked = web::block(move || Baked::bake(fill(page, &built, &config), headers));
    let baked =
        baked.await.map_err(|_cause| ApiError::Unavailable)?.map_err(|error| ApiError::Internal(error.into()))?;
    let baked = Arc::new(baked);
    if state.pages.kept.len() >= MOST_KEPT {
        state.pages.kept.clear();
    }
    state.pages.kept.insert(slot, (version, Arc::clone(&baked)));
    Ok(baked.answer(request))
}

/// Puts the settings into a built file.
fn fill(page: Page, built: &str, config: &str) -> String {
    match page {
        Page::Loader => built.replace(PLACE, config),
        // Only the first: what follows is the hashed script.
        Page::Chat => built.replacen(PLACE, config, 1),
    }
}

fn version(built: &str, config: &str, headers: &[(HeaderName, HeaderValue)]) -> Version {
    let mut hash = Sha256::new();
    hash.update(built);
    hash.update(config);
    for (_, value) in headers {
        hash.update(value.as_bytes());
    }
    hash.finalize().into()
}

fn loader_headers() -> Result<Vec<(HeaderName, HeaderValue)>, ApiError> {
    Ok(vec![pair(header::CONTENT_TYPE, media_type(".js"))?, for_everybody()])
}

fn chat_headers(policy: &str) -> Result<Vec<(HeaderName, HeaderValue)>, ApiError> {
    Ok(vec![
        pair(header::CONTENT_TYPE, media_type(".html"))?,
        pair(header::CONTENT_SECURITY_POLICY, policy)?,
        for_everybody(),
    ])
}

/// Nothing runs but the document's own script, and only the business's sites may show it.
fn chat_policy(built: &str, socket: &str, sites: &[String]) -> String {
    let Inline { scripts, styles } = Inline::of(built);
    let sites: Vec<_> = sites.iter().filter_map(|site| origin_only(site)).collect();
    let ancestors = if sites.is_empty() { "*".to_owned() } else { sites.join(" ") };
    format!(
        "default-src 'none'; script-src{scripts}; style-src{styles}; connect-src 'self' {socket}; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// The origin of a site as policies write it; a typed name must not become a directive.
fn origin_only(site: &str) -> Option<String> {
    let url = url::Url::parse(site).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chat_may_be_shown_where_the_business_says() {
        let html = "<style>a{}</style><script>b()</script>";

        let anywhere = chat_policy(html, "wss://hub.example.com", &[]);
        let sites = ["https://bakery.example/shop".to_owned(), "x; script-src *".to_owned()];
        let listed = chat_policy(html, "wss://hub.example.com", &sites);

        assert!(anywhere.contains("frame-ancestors *;"), "{anywhere}");
        assert!(listed.contains("frame-ancestors https://bakery.example;"), "{listed}");
        assert!(!listed.contains("script-src *") && !listed.contains("unsafe"), "{listed}");
    }

    #[test]
    fn settings_are_put_where_the_build_left_room() {
        let html = "<script id=\"config\">__CONFIG__</script><script>\"__CONFIG__\"</script>";

        let filled = fill(Page::Chat, html, "{}");

        assert_eq!(filled, "<script id=\"config\">{}</script><script>\"__CONFIG__\"</script>");
        assert_eq!(fill(Page::Loader, "a(__CONFIG__)", "{}"), "a({})");
    }
}
