//! `ApiError`: the one place where a refusal or failure becomes HTTP.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use hub_store::StoreError;
use serde::Serialize;
use thiserror::Error;
use tracing::error;

use crate::sign_in::SignInError;
use crate::sign_in::attempts::TooMany;
use crate::sign_in::fields::FieldError;
use crate::sign_in::hasher::HashError;
use crate::sign_in::secret::NoRandomness;

/// Hashing a password takes about 50 ms; a full line is gone after this.
const BUSY_RETRY: Duration = Duration::from_secs(2);
/// The storage comes back by itself or not at all.
const UNAVAILABLE_RETRY: Duration = Duration::from_secs(1);

/// Why a request is not answered as asked.
#[derive(Debug, Error)]
pub(crate) enum ApiError {
    #[error("sign in first")]
    SignedOut,
    #[error("e-mail or password is wrong")]
    WrongSignIn,
    #[error("too many attempts")]
    Rate(Duration),
    #[error("too much is going on")]
    Busy,
    #[error("only pages of this hub may do that")]
    Origin,
    #[error("there is nothing here")]
    NotFound,
    #[error("this address does not take that method")]
    Method,
    #[error("no such chat")]
    UnknownChat,
    #[error("no such package")]
    UnknownPackage,
    #[error("the body must be JSON (Content-Type: application/json)")]
    NotJson,
    #[error("the body is too big")]
    TooBig,
    #[error("{problem}")]
    Invalid { pointer: String, problem: String },
    #[error("it exists already")]
    Conflict,
    #[error("the hub cannot reach its storage")]
    Unavailable,
    #[error("something went wrong on our side")]
    Internal(#[source] anyhow::Error),
}

/// RFC 9457, with our stable `code` that translations hang on.
#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: String,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
}

impl ApiError {
    /// A field has a value it cannot have.
    pub(crate) fn invalid(pointer: &str, problem: impl ToString) -> Self {
        Self::Invalid { pointer: pointer.to_owned(), problem: problem.to_string() }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::WrongSignIn => "wrong_sign_in",
            Self::Rate(_) => "rate",
            Self::Busy => "busy",
            Self::Origin => "origin",
            Self::NotFound => "not_found",
            Self::Method => "method",
            Self::UnknownChat => "unknown_chat",
            Self::UnknownPackage => "unknown_package",
            Self::NotJson => "not_json",
            Self::TooBig => "too_big",
            Self::Invalid { .. } => "invalid",
            Self::Conflict => "conflict",
            Self::Unavailable => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    fn pointer(&self) -> Option<&str> {
        match self {
            Self::Invalid { pointer, .. } => Some(pointer),
            _ => None,
        }
    }

    const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Rate(wait) => Some(*wait),
            Self::Busy => Some(BUSY_RETRY),
            Self::Unavailable => Some(UNAVAILABLE_RETRY),
            _ => None,
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignedOut | Self::WrongSignIn => StatusCode::UNAUTHORIZED,
            Self::Rate(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Origin => StatusCode::FORBIDDEN,
            Self::NotFound | Self::UnknownChat | Self::UnknownPackage => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Internal(cause) = self {
            // `{cause:#}` names what failed; the storage keeps values out of its errors.
            error!(error = format!("{cause:#}"), "a request failed");
        }
        let status = self.status_code();
        let retry_after = self.retry_after();
        let problem = Problem {
            r#type: "about:blank",
            title: self.to_string(),
            status: status.as_u16(),
            code: self.code(),
            pointer: self.pointer(),
            retry_after_ms: retry_after.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
        };
        let mut answer = HttpResponse::build(status);
        answer.insert_header((CONTENT_TYPE, HeaderValue::from_static("application/problem+json")));
        if let Some(wait) = retry_after {
            // The header counts whole seconds; rounding down would ask too early.
            answer.insert_header((RETRY_AFTER, wait.as_secs().saturating_add(1)));
        }
        answer.body(serde_json::to_string(&problem).unwrap_or_default())
    }
}

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Self::WrongSignIn,
            SignInError::TooMany(TooMany(wait)) => Self::Rate(wait),
            SignInError::Hash(HashError::Busy) => Self::Busy,
            SignInError::Hash(HashError::Failed) => Self::Internal(error.into()),
            SignInError::Store(error) => error.into(),
            SignInError::Randomness(error) => error.into(),
            SignInError::NoSetup => Self::NotFound,
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict { .. } | StoreError::Stale | StoreError::Dangling => Self::Conflict,
            StoreError::Unavailable(_) => Self::Unavailable,
            StoreError::Failed(cause) => Self::Internal(cause),
        }
    }
}

impl From<FieldError> for ApiError {
    fn from(FieldError { field, problem }: FieldError) -> Self {
        Self::Invalid { pointer: format!("/{field}"), problem: problem.to_string() }
    }
}

impl From<NoRandomness> for ApiError {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.into())
    }
}
