//! `Owner`: the extractor of every handler that only owners may call.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt as _;
use hub_store::Role;

use super::State;
use super::error::ApiError;
use super::signed_in::SignedIn;

/// Who asks, and is an owner at this moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner(pub SignedIn);

impl FromRequest for Owner {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = request.app_data::<Data<State>>().cloned();
        let signed_in = SignedIn::from_request(request, payload);
        async move {
            let signed_in = signed_in.await?;
            let state = state.ok_or(ApiError::SignedOut)?;
            // Read anew each time: whoever was an owner at the sign-in may be none now.
            match state.store.account(signed_in.business, signed_in.account).await?.role {
                Role::Owner => Ok(Self(signed_in)),
                Role::Consultant => Err(ApiError::OwnersOnly),
            }
        }
        .boxed_local()
    }
}
