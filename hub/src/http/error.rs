//! `ApiError`: the one place where a refusal or failure becomes HTTP.

mod causes;

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use thiserror::Error;
use tracing::error;
use utoipa::ToSchema;

use super::images;
use super::plugins::{FieldProblem, PluginProblem};
use crate::images::ImageError;

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
    #[error("the account has a second factor: send its code as well")]
    NeedsCode,
    #[error("the code is wrong")]
    WrongCode,
    /// The same, of somebody who is signed in and stays so.
    #[error("the code is wrong")]
    RefusedCode,
    #[error("the password is wrong")]
    RefusedPassword { pointer: &'static str },
    #[error("too many attempts")]
    Rate(Duration),
    #[error("too much is going on")]
    Busy,
    #[error("only pages of this hub may do that")]
    Origin,
    #[error("only owners may do that")]
    OwnersOnly,
    #[error("there is nothing here")]
    NotFound,
    #[error("this address does not take that method")]
    Method,
    #[error("no such chat")]
    UnknownChat,
    #[error("no such account")]
    UnknownAccount,
    #[error("no such link; it may be used or too old")]
    UnknownLink,
    #[error("no such sign-in")]
    UnknownSignIn,
    #[error("no such package")]
    UnknownPackage,
    #[error("no such version")]
    UnknownVersion,
    #[error("no such order")]
    UnknownOrder,
    #[error("no such message")]
    UnknownMessage,
    #[error("the body must be JSON (Content-Type: application/json)")]
    NotJson,
    #[error(transparent)]
    Image(ImageError),
    #[error(transparent)]
    Plugin(PluginProblem),
    #[error("the body is too big")]
    TooBig,
    #[error("{problem}")]
    Invalid { pointer: String, problem: String },
    #[error("it exists already")]
    Conflict,
    #[error("an account has this e-mail already")]
    EmailTaken,
    #[error("a business needs an owner who can sign in")]
    LastOwner,
    #[error("nobody does that to the own account")]
    Yourself,
    #[error("a business has at most {0} accounts")]
    TooManyAccounts(usize),
    #[error("there is a second factor already")]
    HasSecondFactor,
    #[error("there is no second factor")]
    NoSecondFactor,
    #[error("{0}")]
    Stale(&'static str),
    #[error("{0}")]
    Full(&'static str),
    #[error("this package does not take messages")]
    NotOffered,
    #[error("the hub cannot reach its storage")]
    Unavailable,
    #[error("something went wrong on our side")]
    Internal(#[source] anyhow::Error),
}

/// RFC 9457, with our stable `code` that translations hang on.
#[derive(Serialize, ToSchema)]
pub(super) struct Problem<'a> {
    r#type: &'static str,
    title: String,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    /// What only the hub knows about it, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    /// Every field that is wrong, where there may be several.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Option<Vec<FieldProblem>>)]
    errors: &'a [FieldProblem],
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
            Self::NeedsCode => "second_factor",
            Self::WrongCode | Self::RefusedCode => "wrong_code",
            Self::RefusedPassword { .. } => "wrong_password",
            Self::Rate(_) => "rate",
            Self::Busy => "busy",
            Self::Origin => "origin",
            Self::OwnersOnly => "owners_only",
            Self::NotFound => "not_found",
            Self::Method => "method",
            Self::UnknownChat => "unknown_chat",
            Self::UnknownAccount => "unknown_account",
            Self::UnknownLink => "unknown_link",
            Self::UnknownSignIn => "unknown_sign_in",
            Self::UnknownPackage => "unknown_package",
            Self::UnknownVersion => "unknown_version",
            Self::UnknownOrder => "unknown_order",
            Self::UnknownMessage => "unknown_message",
            Self::NotJson => "not_json",
            Self::Image(error) => images::code(*error),
            Self::Plugin(problem) => problem.code(),
            Self::TooBig => "too_big",
            Self::Invalid { .. } => "invalid",
            Self::Conflict => "conflict",
            Self::EmailTaken => "email_taken",
            Self::LastOwner => "last_owner",
            Self::Yourself => "yourself",
            Self::TooManyAccounts(_) => "too_many_accounts",
            Self::HasSecondFactor => "has_second_factor",
            Self::NoSecondFactor => "no_second_factor",
            Self::Stale(_) => "stale",
            Self::Full(_) => "full",
            Self::NotOffered => "not_offered",
            Self::Unavailable => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    fn pointer(&self) -> Option<&str> {
        match self {
            Self::Invalid { pointer, .. } => Some(pointer),
            Self::RefusedPassword { pointer } => Some(pointer),
            Self::RefusedCode => Some("/code"),
            Self::EmailTaken => Some("/email"),
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
            Self::SignedOut | Self::WrongSignIn | Self::NeedsCode | Self::WrongCode => StatusCode::UNAUTHORIZED,
            Self::Rate(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Origin | Self::OwnersOnly => StatusCode::FORBIDDEN,
            Self::NotFound
            | Self::UnknownChat
            | Self::UnknownAccount
            | Self::UnknownLink
            | Self::UnknownSignIn
            | Self::UnknownPackage
            | Self::UnknownVersion
            | Self::UnknownOrder
            | Self::UnknownMessage => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Image(error) => images::status(*error),
            Self::Plugin(problem) => problem.status(),
            Self::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid { .. } | Self::RefusedCode | Self::RefusedPassword { .. } => StatusCode::BAD_REQUEST,
            Self::Conflict
            | Self::EmailTaken
            | Self::LastOwner
            | Self::Yourself
            | Self::TooManyAccounts(_)
            | Self::HasSecondFactor
            | Self::NoSecondFactor
            | Self::Stale(_)
            | Self::Full(_)
            | Self::NotOffered => StatusCode::CONFLICT,
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
        let (detail, errors) = match self {
            Self::Plugin(problem) => (problem.detail(), problem.errors()),
            _ => (None, Default::default()),
        };
        let problem = Problem {
            r#type: "about:blank",
            title: self.to_string(),
            status: status.as_u16(),
            code: self.code(),
            pointer: self.pointer(),
            retry_after_ms: retry_after.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
            detail,
            errors,
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
