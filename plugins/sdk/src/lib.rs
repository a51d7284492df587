//! Write a plugin for `Click2CallMe`: implement [`Plugin`] and the traits of the hooks you want, then [`export!`] it.
//!
//! Every method of a hook has a default that leaves the decision to the hub. A plugin keeps nothing between two
//! calls: each one runs in a fresh copy of it, and everything it may know comes in as arguments.

/// What wit-bindgen writes from `plugin.wit`.
#[doc(hidden)]
#[allow(
    clippy::allow_attributes,
    clippy::pedantic,
    missing_docs,
    reason = "written by wit-bindgen; documented in plugin.wit"
)]
pub mod bindings {
    wit_bindgen::generate!({
        path: "wit",
        world: "everything",
        additional_derives: [PartialEq],
        generate_unused_types: true,
        pub_export_macro: true,
    });
}

pub mod example;
mod export;
mod form;
mod hooks;
mod host;
mod outcome;
mod random;
#[doc(hidden)]
pub mod sections;
mod settings;

pub use bindings::click2callme::plugin::host::Level;
pub use bindings::click2callme::plugin::types;
pub use bindings::exports::click2callme::plugin::{
    bot, enrichment, manifest, messages, notifications, pre_chat, routing, working_hours,
};
pub use form::localised;
pub use hooks::{Bot, Enrichment, Messages, Notifications, Plugin, PreChat, Routing, WorkingHours};
#[doc(hidden)]
pub use host::report_panics;
pub use host::{log, stored};
pub use random::Random;
pub use settings::Settings;
