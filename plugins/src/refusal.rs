//! Why an upload is refused, in words its owner understands.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ask::{Failure, Hook, size as bytes};
use crate::host::cut;
use crate::limits;

/// Says what is wrong and, where it is known, what to do. Sizes are in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refusal {
    #[error("the file is empty")]
    Empty,
    #[error(
        "the file has {}, and {} are allowed; build it for release, without debug information",
        bytes(*size),
        bytes(*allowed)
    )]
    TooLarge { size: u64, allowed: u64 },
    #[error("this is not WebAssembly; upload the .wasm file that the build made")]
    NotWasm,
    #[error("this is WebAssembly as text; turn it into a .wasm file first")]
    Text,
    #[error("this is compiled for one machine (.cwasm); upload the .wasm file it was made from")]
    Precompiled,
    #[error("this WebAssembly is damaged or uses what plugins may not use: {message}")]
    Invalid { message: String },
    /// A core module without its `component-type` section.
    #[error(
        "this module does not say which interface it has; build it with the SDK or with wit-bindgen, and do not strip custom sections"
    )]
    Unwrapped,
    #[error("this module cannot be made a component: {message}")]
    Wrapping { message: String },
    #[error("it wants {name}, which plugins do not have: {advice}")]
    ForeignImport { name: String, advice: String },
    #[error("it needs {interface} {needed}, and this hub has {present}; update the hub")]
    NewerInterface { interface: String, needed: String, present: String },
    #[error("it has no {interface} of version {present}; build it against the interface of this hub")]
    OtherVersion { interface: String, present: String },
    #[error("this is a component, but not a plugin: {message}")]
    NotAPlugin { message: String },
    #[error("it starts with {} of memory, and {} are allowed", bytes(*asked), bytes(*allowed))]
    Memory { asked: u64, allowed: u64 },
    #[error("it starts with tables of {asked} elements, and {allowed} are allowed")]
    Table { asked: u64, allowed: u64 },
    #[error("it has {asked} {what}, and {allowed} are allowed")]
    TooMany { what: String, asked: u64, allowed: u64 },
    #[error("compiling it took longer than {} s", limit.as_secs())]
    SlowCompile { limit: Duration },
    #[error("it cannot be compiled: {message}")]
    Compile { message: String },
    #[error("it does not fit the hub: {message}")]
    Link { message: String },
    #[error("its hook for {hook} is not as the interface says: {message}")]
    Hook { hook: Hook, message: String },
    #[error("it could not say what it is: {failure}")]
    Describe { failure: Failure },
    #[error("too many plugins are being compiled; try again in a minute")]
    Busy,
    /// Not the fault of the plugin: for the operator.
    #[error("the hub could not check it: {message}")]
    Hub { message: String },
}

impl Refusal {
    pub(crate) fn invalid(message: &str) -> Self {
        Self::Invalid { message: short(message) }
    }

    pub(crate) fn wrapping(message: &str) -> Self {
        Self::Wrapping { message: short(message) }
    }

    pub(crate) fn not_a_plugin(message: &str) -> Self {
        Self::NotAPlugin { message: short(message) }
    }

    pub(crate) fn compile(message: &str) -> Self {
        Self::Compile { message: short(message) }
    }

    pub(crate) fn link(message: &str) -> Self {
        Self::Link { message: short(message) }
    }

    pub(crate) fn hook(hook: Hook, message: &str) -> Self {
        Self::Hook { hook, message: short(message) }
    }

    /// The hub could not do it; the plugin may be fine.
    pub fn hub(message: &str) -> Self {
        Self::Hub { message: short(message) }
    }
}

/// Names in a plugin may be as long as the plugin.
pub(crate) fn short(text: &str) -> String {
    let is_hidden = |c: char| c.is_control() && c != '\n';
    cut(text.replace(is_hidden, "\u{fffd}"), limits::MESSAGE_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_to_do() {
        let refusal = Refusal::TooLarge { size: 10 << 20, allowed: 4 << 20 };
        let words = "the file has 10 MiB, and 4 MiB are allowed; build it for release, without debug information";
        assert_eq!(refusal.to_string(), words);
        let json = serde_json::to_string(&refusal).unwrap();
        assert_eq!(json, r#"{"refusal":"too-large","size":10485760,"allowed":4194304}"#);
        assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), refusal);
    }

    #[test]
    fn words_of_a_plugin_are_cut_and_cleaned() {
        let Refusal::Link { message } = Refusal::link(&"\u{1b}[31mé".repeat(200_000)) else { panic!() };
        assert!(message.len() <= limits::MESSAGE_BYTES);
        assert!(!message.contains('\u{1b}'));
    }
}
