//! What a package shows outside the admin, with its settings baked in: script, settings and documents.
//!
//! Each is made once per version of what it says, in every encoding; a change
//! in the admin is on the business's site at the next page load.

mod page;
mod policy;

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
use super::files::not_built;
use super::headers::for_everybody;
use crate::assets::media_type;
use page::{Made, Page};

/// Baked answers kept in memory: about 60 KB each, so 60 MB at most.
const MOST_KEPT: usize = 1_000;
/// The answer to a key nobody has: a script that does nothing, so that the page shows no error.
const NO_PACKAGE: &str = "/* no package has this key */\n";
/// The answer to a call page nobody has; whose language it is cannot be known.
const NO_CALL_PAGE: &str = "<!doctype html><html><meta charset=\"utf-8\"><meta name=\"viewport\" \
    content=\"width=device-width\"><title>404</title><p lang=\"en\">This page is no longer here.</p>\
    <p lang=\"pl\">Tej strony już tu nie ma.</p></html>\n";

/// What a page is made of, as a hash: another hash means bake again.
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

/// `GET /w/KEY.json`: what the loader was told, for pages that are open.
pub(super) async fn settings(
    request: HttpRequest,
    state: Data<State>,
    key: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let package = state.package(&key).await?;
    answer(&request, &state, package, Page::Settings).await
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

/// `GET /w/KEY/preview`: the button on an empty page, for the frame in the admin.
pub(super) async fn preview(
    request: HttpRequest,
    state: Data<State>,
    key: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let package = state.package(&key).await?;
    answer(&request, &state, package, Page::Preview).await
}

/// `GET /p/KEY`: people come here from printed codes, also after the package is gone.
pub(super) async fn call_page(
    request: HttpRequest,
    state: Data<State>,
    key: Path<String>,
) -> Result<HttpResponse, ApiError> {
    match state.package(&key).await {
        Ok(package) => answer(&request, &state, package, Page::Call).await,
        Err(ApiError::UnknownPackage) => {
            Ok(HttpResponse::NotFound().insert_header((header::CONTENT_TYPE, media_type(".html"))).body(NO_CALL_PAGE))
        }
        Err(error) => Err(error),
    }
}

async fn answer(request: &HttpRequest, state: &State, package: Package, page: Page) -> Result<HttpResponse, ApiError> {
    let company = match package.settings.company.as_str() {
        "" => state.store.business(package.business).await?.name,
        company => company.to_owned(),
    };
    let Some(made) = page.make(state, &package, &company)? else { return Ok(not_built()) };
    let version = version(&made);
    let kept_as = (package.key, page);
    if let Some(kept) = state.pages.kept.get(&kept_as).filter(|kept| kept.0 == version) {
        return Ok(kept.1.answer(request));
    }
    let baked = web::block(move || Baked::bake(page.fill(&made.built, &made.config), made.headers));
    let baked =
        baked.await.map_err(|_cause| ApiError::Unavailable)?.map_err(|error| ApiError::Internal(error.into()))?;
    let baked = Arc::new(baked);
    if state.pages.kept.len() >= MOST_KEPT {
        state.pages.kept.clear();
    }
    state.pages.kept.insert(kept_as, (version, Arc::clone(&baked)));
    Ok(baked.answer(request))
}

fn version(made: &Made) -> Version {
    let mut hash = Sha256::new();
    hash.update(&made.built);
    hash.update(&made.config);
    for (_, value) in &made.headers {
        hash.update(value.as_bytes());
    }
    hash.finalize().into()
}

/// A header of a page.
type Header = (HeaderName, HeaderValue);
