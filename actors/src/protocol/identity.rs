//! Who a visitor says to be, and what it filled in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::PlainText;

/// Most attributes of one visitor.
pub const ATTRIBUTES: usize = 20;
/// Longest name of an attribute, in characters.
pub const ATTRIBUTE_NAME_CHARS: usize = 40;

/// Who the visitor is, as the page tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct IdentityClaim {
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whatever else the business wants its consultants to see.
    pub attributes: BTreeMap<String, String>,
    /// `EXPIRES.HMAC`, made by the business's server over `EXPIRES.EMAIL`.
    pub signature: Option<String>,
}

/// Who the visitor is, as consultants see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts", optional_fields))]
pub struct Identity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<PlainText>,
    /// The business's server signed the e-mail.
    pub is_verified: bool,
    pub attributes: Vec<Answer>,
}

/// One named value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "wire.ts"))]
pub struct Answer {
    pub label: PlainText,
    pub value: PlainText,
}
