//! Why something is not done with a plugin, in words its owner can act on.

use actix_web::http::StatusCode;
use plugins::Refusal;
use plugins::form::Flaw;
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;
use utoipa::ToSchema;

use crate::http::error::ApiError;
use crate::rules::AskError;

/// Flaws of a description that are told in one sentence; whoever mends them sees the others next time.
const TOLD_FLAWS: usize = 5;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// JSON pointer (RFC 6901) into the body.
    pub(super) pointer: String,
    pub(super) code: String,
    pub(super) message: String,
}

/// Why it is not done.
#[derive(Debug, Error)]
pub(crate) enum PluginProblem {
    #[error("no such plugin")]
    Unknown,
    #[error("no such decision")]
    UnknownDecision,
    #[error("the body must be WebAssembly (Content-Type: application/wasm)")]
    NotWasm,
    #[error("this plugin is refused")]
    Refused { sentence: String },
    #[error("this plugin is refused")]
    TooLarge { sentence: String },
    #[error("a rule table has this id")]
    IsATable,
    #[error("this is a plugin, not a rule table")]
    IsNotATable,
    #[error("these settings cannot be taken")]
    Settings { errors: Vec<FieldProblem> },
    #[error("this rule table cannot be taken")]
    Table { errors: Vec<FieldProblem> },
    #[error("this is not a question to a plugin")]
    Question { why: String },
}

impl PluginProblem {
    /// Flaws of what a plugin says about itself.
    pub(super) fn description(flaws: &[Flaw]) -> Self {
        let told: Vec<String> = flaws.iter().take(TOLD_FLAWS).map(ToString::to_string).collect();
        Self::Refused { sentence: format!("its description of itself has flaws: {}", told.join("; ")) }
    }

    /// Flaws of settings, which stand at `/settings` in the body.
    pub(super) fn settings(flaws: Vec<Flaw>) -> Self {
        Self::Settings { errors: told("/settings", flaws) }
    }

    /// Flaws of a rule table.
    pub(super) fn table(flaws: Vec<Flaw>) -> Self {
        Self::Table { errors: told("", flaws) }
    }

    /// What the browser translates.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown_plugin",
            Self::UnknownDecision => "unknown_decision",
            Self::NotWasm => "not_wasm",
            Self::Refused { .. } | Self::TooLarge { .. } => "plugin_refused",
            Self::IsATable => "plugin_is_a_table",
            Self::IsNotATable => "plugin_is_not_a_table",
            Self::Settings { .. } => "invalid_settings",
            Self::Table { .. } => "invalid_table",
            Self::Question { .. } => "invalid_question",
        }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::Unknown | Self::UnknownDecision => StatusCode::NOT_FOUND,
            Self::NotWasm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::IsATable | Self::IsNotATable => StatusCode::CONFLICT,
            Self::Refused { .. } | Self::Settings { .. } | Self::Table { .. } | Self::Question { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        }
    }

    /// What nobody but the hub knows about it.
    pub(crate) fn detail(&self) -> Option<&str> {
        match self {
            Self::Refused { sentence } | Self::TooLarge { sentence } => Some(sentence),
            Self::Question { why } => Some(why),
            _ => None,
        }
    }

    /// Every field that is wrong.
    pub(crate) fn errors(&self) -> &[FieldProblem] {
        match self {
            Self::Settings { errors } | Self::Table { errors } => errors,
            _ => &[],
        }
    }
}

fn told(root: &str, flaws: Vec<Flaw>) -> Vec<FieldProblem> {
    let told = |flaw: Flaw| FieldProblem {
        pointer: format!("{root}{}", flaw.at),
        message: flaw.kind.to_string(),
        code: code(&flaw),
    };
    flaws.into_iter().map(told).collect()
}

/// The code stands in the JSON of a flaw only.
fn code(flaw: &Flaw) -> String {
    let json = serde_json::to_value(flaw).unwrap_or_default();
    json.get("code").and_then(Value::as_str).unwrap_or("invalid").to_owned()
}

impl From<PluginProblem> for ApiError {
    fn from(problem: PluginProblem) -> Self {
        Self::Plugin(problem)
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        match refusal {
            Refusal::Busy => Self::Busy,
            Refusal::Hub { .. } => Self::Internal(refusal.into()),
            Refusal::TooLarge { .. } => PluginProblem::TooLarge { sentence }.into(),
            _ => PluginProblem::Refused { sentence }.into(),
        }
    }
}

impl From<AskError> for ApiError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Store(error) => error.into(),
            AskError::Refused(refusal) => refusal.into(),
            AskError::Unreadable => Self::Internal(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use plugins::form::FlawKind;

    use super::*;

    #[test]
    fn a_flaw_keeps_its_place_its_code_and_its_words() {
        let flaw = Flaw { at: "/phone".to_owned(), kind: FlawKind::Missing };

        let problem = PluginProblem::settings(vec![flaw]);

        let [error] = problem.errors() else { panic!("{problem:?}") };
        assert_eq!((error.pointer.as_str(), error.code.as_str()), ("/settings/phone", "missing"));
        assert_eq!(error.message, "is missing");
    }

    #[test]
    fn a_lying_description_is_told_in_one_sentence() {
        let flaw = |at: &str| Flaw { at: at.to_owned(), kind: FlawKind::Missing };
        let flaws: Vec<Flaw> = (0..9).map(|at| flaw(&format!("/{at}"))).collect();

        let problem = PluginProblem::description(&flaws);

        let said = problem.detail().unwrap();
        assert!(said.starts_with("its description of itself has flaws: /0 is missing; /1 is missing"), "{said}");
        assert!(!said.contains("/5"), "{said}");
    }

    #[test]
    fn what_is_not_the_fault_of_the_plugin_says_so() {
        assert!(matches!(ApiError::from(Refusal::Busy), ApiError::Busy));
        let broken = Refusal::Hub { message: "no disk".to_owned() };
        assert!(matches!(ApiError::from(broken), ApiError::Internal(_)));
        let large = ApiError::from(Refusal::TooLarge { size: 9 << 20, allowed: 4 << 20 });
        assert!(matches!(large, ApiError::Plugin(problem) if problem.status() == StatusCode::PAYLOAD_TOO_LARGE));
    }
}
