//! What businesses may decide for themselves: their uploaded plugins, their rule table, and the built-in rules.
//!
//! The hub asks them for `actors::ports::Rules`. Nothing here may keep a visitor waiting.

pub mod artifacts;
pub mod ask;
pub mod breaker;
pub mod built_in;
pub mod chain;
pub mod compile;
pub mod engine;
#[cfg(feature = "fakes")]
pub mod fakes;
pub mod form;
pub mod hooks;
mod host;
pub mod inspect;
pub mod library;
pub mod limits;
pub mod loaded;
pub mod planning;
mod plans;
pub mod pool;
mod questions;
mod refusal;
mod run;
#[cfg(test)]
mod samples;
pub mod table;
pub mod trace;
pub mod wit;

pub use host::Values;
pub use plans::*;
pub use questions::*;
pub use refusal::Refusal;
