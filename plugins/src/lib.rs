//! What businesses may decide for themselves; so far the built-in rules.
//!
//! It implements `actors::ports::Rules`. Nothing here may keep a visitor waiting.

use actors::ports::{Later, Plan, RouteQuestion, Rules};

/// The rules of a business that has none of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltIn;

impl Rules for BuiltIn {
    /// Everybody sees the visitor, and the first to claim answers.
    fn route(&self, _question: RouteQuestion) -> Later<Plan> {
        Box::pin(std::future::ready(Plan::WaitingRoom))
    }
}
