//! What other parts of the hub refuse or fail at, as an `ApiError`.

use hub_store::StoreError;

use super::ApiError;
use crate::sign_in::SignInError;
use crate::sign_in::attempts::TooMany;
use crate::sign_in::fields::FieldError;
use crate::sign_in::hasher::HashError;
use crate::sign_in::secret::NoRandomness;
use crate::vault::VaultError;

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
            SignInError::NeedsCode => Self::NeedsCode,
            SignInError::WrongCode => Self::WrongCode,
            SignInError::UnknownLink => Self::UnknownLink,
            SignInError::Draft => Self::invalid("/draft", "is too old or not yours; begin again"),
            SignInError::HasSecondFactor => Self::HasSecondFactor,
            SignInError::NoSecondFactor => Self::NoSecondFactor,
            SignInError::Vault(error) => error.into(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict { .. } | StoreError::Dangling => Self::Conflict,
            StoreError::Stale => Self::Stale("somebody else changed it meanwhile"),
            StoreError::LastOwner => Self::LastOwner,
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

impl From<VaultError> for ApiError {
    fn from(error: VaultError) -> Self {
        Self::Internal(error.into())
    }
}
