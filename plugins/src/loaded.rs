//! A plugin ready to run: its code, what it says about itself, and which hooks
//! it has.

use std::collections::BTreeSet;
use std::sync::Arc;

use wasmtime::component::{Component, InstancePre};

use crate::ask::{Answer, Hook, Question};
use crate::engine::Engine;
use crate::host::{Host, Values};
use crate::refusal::Refusal;
use crate::wit::exports::click2callme::plugin::{
    bot, enrichment, manifest, messages, notifications, pre_chat, routing, working_hours,
};

/// Immutable and shared by everybody who asks it; a new version is another one.
pub struct Loaded {
    pub(crate) engine: Arc<Engine>,
    pub(crate) code: InstancePre<Host>,
    pub(crate) hooks: Hooks,
    digest: String,
    about: manifest::About,
}

impl Loaded {
    /// Links the code and asks it what it is.
    ///
    /// `digest` is the SHA-256 of the upload in hexadecimal digits.
    ///
    /// # Errors
    ///
    /// It needs what the hub does not have, or cannot say what it is.
    pub(crate) fn new(engine: &Arc<Engine>, component: &Component, digest: String) -> Result<Self, Refusal> {
        let code = engine.linker().instantiate_pre(component).map_err(|error| Refusal::link(&format!("{error:#}")))?;
        let hooks = Hooks::of(&code)?;
        let about = manifest::About::nothing();
        let mut loaded = Self { engine: Arc::clone(engine), code, hooks, digest, about };
        let run = loaded.run(&Question::Describe, &Arc::<Values>::default());
        match run.answer {
            Ok(Answer::Describe(about)) => loaded.about = *about,
            Ok(_) => return Err(Refusal::hub("another question was answered")),
            Err(failure) => return Err(Refusal::Describe { failure }),
        }
        loaded.check_hooks()?;
        Ok(loaded)
    }

    /// The SHA-256 of the upload in hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What it says about itself, unchecked.
    pub fn about(&self) -> &manifest::About {
        &self.about
    }

    /// The hooks it has.
    pub fn hooks(&self) -> BTreeSet<Hook> {
        Hook::ALL.into_iter().filter(|hook| self.hooks.has(*hook)).collect()
    }
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loaded").field("digest", &self.digest).field("hooks", &self.hooks()).finish_non_exhaustive()
    }
}

impl manifest::About {
    /// Stands there until the plugin has described itself.
    fn nothing() -> Self {
        Self {
            id: String::new(),
            name: Vec::new(),
            summary: Vec::new(),
            version: String::new(),
            author: String::new(),
            homepage: None,
            license: None,
            capabilities: Vec::new(),
            hosts: Vec::new(),
            fields: Vec::new(),
        }
    }
}

/// Where the functions of each interface are.
pub(crate) struct Hooks {
    pub(crate) manifest: manifest::GuestIndices,
    pub(crate) routing: Option<routing::GuestIndices>,
    pub(crate) working_hours: Option<working_hours::GuestIndices>,
    pub(crate) notifications: Option<notifications::GuestIndices>,
    pub(crate) messages: Option<messages::GuestIndices>,
    pub(crate) bot: Option<bot::GuestIndices>,
    pub(crate) pre_chat: Option<pre_chat::GuestIndices>,
    pub(crate) enrichment: Option<enrichment::GuestIndices>,
}

impl Hooks {
    /// An interface that is missing or lacks a function is a hook it does not have.
    fn of(code: &InstancePre<Host>) -> Result<Self, Refusal> {
        Ok(Self {
            manifest: manifest::GuestIndices::new(code)
                .map_err(|error| Refusal::not_a_plugin(&format!("{error:#}")))?,
            routing: routing::GuestIndices::new(code).ok(),
            working_hours: working_hours::GuestIndices::new(code).ok(),
            notifications: notifications::GuestIndices::new(code).ok(),
            messages: messages::GuestIndices::new(code).ok(),
            bot: bot::GuestIndices::new(code).ok(),
            pre_chat: pre_chat::GuestIndices::new(code).ok(),
            enrichment: enrichment::GuestIndices::new(code).ok(),
        })
    }

    fn has(&self, hook: Hook) -> bool {
        match hook {
            Hook::Routing => self.routing.is_some(),
            Hook::WorkingHours => self.working_hours.is_some(),
            Hook::Notifications => self.notifications.is_some(),
            Hook::Messages => self.messages.is_some(),
            Hook::Bot => self.bot.is_some(),
            Hook::PreChat => self.pre_chat.is_some(),
            Hook::Enrichment => self.enrichment.is_some(),
        }
    }
}
