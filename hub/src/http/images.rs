//! Pictures: brought by an account as a file or by its address, shown to everybody.

use actix_web::HttpResponse;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::web::{Data, Path, Payload, Query};
use futures_util::StreamExt as _;
use hub_store::{ImageFormat, NewImage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::files::FOREVER;
use super::headers::for_everybody;
use super::signed_in::SignedIn;
use crate::egress::EgressError;
use crate::images::{Fit, ImageError, MOST_BYTES, Name, Picture};

/// Where files are brought, the one address that takes something else than JSON.
pub(crate) const UPLOADS: &str = "/v1/images";
/// A picture is no page, whatever its bytes look like to a browser.
const NO_PAGE: &str = "sandbox; default-src 'none'";

/// What the picture is for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// A logo fits in 300 × 100 pixels, a photo in 150 × 150; smaller pictures stay as they are.
    fit: Fit,
}

/// Where a picture lies that the hub is to fetch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FromUrl {
    /// With http or https, at a public address.
    url: String,
}

/// A picture as it was kept.
#[derive(Serialize, ToSchema)]
pub(super) struct KeptPicture {
    /// Its address under the origin of the hub.
    image: String,
    width: u32,
    height: u32,
}

/// Keeps a picture: decoded, turned upright, made to fit and encoded afresh.
#[utoipa::path(
    post, path = "/v1/images", tag = "images", params(Wanted),
    request_body(content = String, description = "the bytes of a PNG, JPEG or GIF; its content decides, at most 5 MiB",
        content_type = "application/octet-stream"),
    responses(
        (status = 201, description = "kept; the same picture gets the same address", body = KeptPicture),
        (status = 400, description = "a parameter is wrong, or the body ended early"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "origin"),
        (status = 408, description = "slow"),
        (status = 413, description = "image_too_big"),
        (status = 415, description = "image_unknown"),
        (status = 422, description = "image_too_many_pixels, image_broken"),
        (status = 429, description = "rate"),
        (status = 503, description = "busy, unavailable"),
    ),
)]
pub(super) async fn upload(
    state: Data<State>,
    signed_in: SignedIn,
    wanted: Query<Wanted>,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    state.images.count(signed_in.account).map_err(ApiError::Rate)?;
    let picture = state.images.accept(file(payload).await?, wanted.fit).await?;
    keep(&state, signed_in, picture).await
}

/// Fetches a picture from a public address and keeps it.
#[utoipa::path(
    post, path = "/v1/images/from-url", tag = "images", params(Wanted), request_body = FromUrl,
    responses(
        (status = 201, description = "kept; the same picture gets the same address", body = KeptPicture),
        (status = 400, description = "invalid, with the pointer of the field"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "origin"),
        (status = 408, description = "slow"),
        (status = 413, description = "image_too_big, too_big"),
        (status = 415, description = "image_unknown, not_json"),
        (status = 422, description = "image_forbidden_address, image_unreachable, image_too_many_pixels, image_broken"),
        (status = 429, description = "rate"),
        (status = 503, description = "busy, unavailable"),
    ),
)]
pub(super) async fn from_url(
    state: Data<State>,
    signed_in: SignedIn,
    wanted: Query<Wanted>,
    Body(body): Body<FromUrl>,
) -> Result<HttpResponse, ApiError> {
    state.images.count(signed_in.account).map_err(ApiError::Rate)?;
    let picture = state.images.fetch(&body.url, wanted.fit).await?;
    keep(&state, signed_in, picture).await
}

/// `GET /i/{name}`: what lies at an address never changes.
pub(super) async fn show(state: Data<State>, name: Path<String>) -> Result<HttpResponse, ApiError> {
    let name = Name::of_file(&name).ok_or(ApiError::NotFound)?;
    let image = state.store.image(name.digest).await?.filter(|image| image.format == name.format);
    let image = image.ok_or(ApiError::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_TYPE, media_type(image.format)));
    answer.insert_header((CACHE_CONTROL, FOREVER));
    answer.insert_header((CONTENT_SECURITY_POLICY, NO_PAGE));
    answer.insert_header(for_everybody());
    Ok(answer.body(image.bytes))
}

const fn media_type(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
    }
}

/// Reads a file. One that is too big is read to its end as far as the listener lets it,
/// since a browser that is still sending does not hear the answer.
async fn file(mut payload: Payload) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    let mut is_too_big = false;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            PayloadError::Overflow => ApiError::Image(ImageError::TooBig),
            _ => ApiError::invalid("", "the body ended early"),
        })?;
        is_too_big |= bytes.len() + chunk.len() > MOST_BYTES;
        if is_too_big {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if is_too_big { Err(ApiError::Image(ImageError::TooBig)) } else { Ok(bytes) }
}

async fn keep(state: &State, signed_in: SignedIn, picture: Picture) -> Result<HttpResponse, ApiError> {
    let Picture { digest, format, width, height, bytes } = picture;
    let image = Name { digest, format }.to_string();
    state.store.keep_image(signed_in.business, NewImage { digest, format, width, height, bytes }, state.now()).await?;
    Ok(HttpResponse::Created().json(KeptPicture { image, width, height }))
}

impl From<ImageError> for ApiError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Busy => Self::Busy,
            ImageError::Fetch(EgressError::NotWeb) => Self::invalid("/url", EgressError::NotWeb),
            other => Self::Image(other),
        }
    }
}

/// What the browser translates.
pub(super) const fn code(error: ImageError) -> &'static str {
    match error {
        ImageError::Unknown => "image_unknown",
        ImageError::TooBig => "image_too_big",
        ImageError::TooManyPixels => "image_too_many_pixels",
        ImageError::Broken => "image_broken",
        ImageError::Busy => "busy",
        ImageError::Fetch(EgressError::Forbidden) => "image_forbidden_address",
        ImageError::Fetch(_) => "image_unreachable",
    }
}

pub(super) const fn status(error: ImageError) -> StatusCode {
    match error {
        ImageError::Unknown => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ImageError::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
        ImageError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ImageError::TooManyPixels | ImageError::Broken | ImageError::Fetch(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
