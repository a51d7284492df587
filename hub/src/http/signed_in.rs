//! `SignedIn`: the extractor of every handler that only accounts may call.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use actors::ids::{AccountId, BusinessId};
use futures_util::FutureExt as _;

use super::State;
use super::error::ApiError;
use crate::sign_in::Holder;
use crate::sockets::SignInKey;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignedIn {
    pub business: BusinessId,
    pub account: AccountId,
    key: SignInKey,
}

impl SignedIn {
    /// The same for the actors.
    pub(super) fn who(self) -> actors::hub::SignedIn {
        actors::hub::SignedIn { business: self.business, account: self.account }
    }

    /// The same for a ticket.
    pub(super) fn holder(self) -> Holder {
        Holder { who: self.who(), key: self.key }
    }
}

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<Data<State>>().cloned();
        let request = request.clone();
        async move {
            let state = state.ok_or(ApiError::SignedOut)?;
            let secret = state.sign_ins.cookie().read(&request).ok_or(ApiError::SignedOut)?;
            let Holder { who, key } = state.sign_ins.holder(&secret).await?.ok_or(ApiError::SignedOut)?;
            Ok(Self { business: who.business, account: who.account, key })
        }
        .boxed_local()
    }
}
