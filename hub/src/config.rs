//! The configuration: `hub.toml`, then the environment, section by section.
//!
//! A key nobody knows is an error that names it. Only this module reads the
//! environment.

mod chat;
mod drain;
mod egress;
mod http;
mod limits;
mod log;
mod media;
mod print;
mod storage;

use std::path::{Path, PathBuf};

use actors::hub::Options;
use figment::Figment;
use figment::error::Kind;
use figment::providers::{Env, Format as _, Serialized, Toml};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub(crate) use chat::ChatConfig;
pub(crate) use drain::DrainConfig;
pub(crate) use egress::EgressConfig;
pub(crate) use http::HttpConfig;
pub(crate) use limits::LimitsConfig;
pub(crate) use log::{LogConfig, LogFormat};
pub(crate) use media::MediaConfig;
pub(crate) use storage::StorageConfig;

/// Read beside the program when `--config` names no other file.
const DEFAULT_FILE: &str = "hub.toml";
const ENVIRONMENT_PREFIX: &str = "HUB_";
/// Between section and key. Names without it are left alone: container
/// platforms put names such as `HUB_PORT` into the environment by themselves.
const SECTION_MARK: &str = "__";

/// Everything an operator may set.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    pub http: HttpConfig,
    pub storage: StorageConfig,
    pub chat: ChatConfig,
    pub media: MediaConfig,
    pub limits: LimitsConfig,
    pub egress: EgressConfig,
    pub drain: DrainConfig,
    pub log: LogConfig,
}

/// Why the configuration cannot be used.
#[derive(Debug, Error)]
pub(crate) enum ConfigError {
    #[error("cannot find the configuration file {}", .0.display())]
    NoFile(PathBuf),
    #[error("{}", told(.0))]
    Unreadable(Box<figment::Error>),
    #[error("{key} {problem}")]
    Invalid { key: &'static str, problem: String },
}

/// What the command line says about the configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    pub file: Option<PathBuf>,
    pub data: Option<PathBuf>,
    pub bind: Option<std::net::SocketAddr>,
    pub ops_bind: Option<std::net::SocketAddr>,
    pub media_bind: Option<std::net::SocketAddr>,
}

impl Config {
    /// Reads file, environment and command line, in rising order of weight, and checks the result.
    pub(crate) fn load(overrides: &Overrides) -> Result<Self, ConfigError> {
        let file = match &overrides.file {
            Some(file) if !file.is_file() => return Err(ConfigError::NoFile(file.clone())),
            Some(file) => file.clone(),
            None => PathBuf::from(DEFAULT_FILE),
        };
        let environment =
            Env::prefixed(ENVIRONMENT_PREFIX).filter(|name| name.as_str().contains(SECTION_MARK)).split(SECTION_MARK);
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if file.is_file() {
            figment = figment.merge(Toml::file_exact(file));
        }
        Self::finish(figment.merge(environment), overrides)
    }

    fn finish(figment: Figment, overrides: &Overrides) -> Result<Self, ConfigError> {
        let mut config: Self = figment.extract().map_err(|error| ConfigError::Unreadable(Box::new(error)))?;
        if let Some(bind) = overrides.bind {
            config.http.bind = bind;
        }
        if let Some(ops_bind) = overrides.ops_bind {
            config.http.ops_bind = ops_bind;
        }
        match overrides.media_bind {
            Some(media_bind) => config.media.bind = media_bind,
            None => config.media.follow(config.http.bind),
        }
        if let Some(data) = &overrides.data {
            config.storage.data.clone_from(data);
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        self.http.check()?;
        self.chat.check()?;
        self.media.check()?;
        self.limits.check()?;
        self.drain.check()?;
        self.log.check()
    }

    /// Times and bounds of chats and calls, for the actors.
    pub(crate) fn options(&self) -> Options {
        let (chat, media) = (&self.chat, &self.media);
        Options {
            visitor_grace: chat.visitor_grace(),
            consultant_grace: chat.consultant_grace(),
            silence: chat.silence(),
            idle: chat.idle(),
            waiting_per_package: chat.waiting_per_package,
            chats_per_visitor: chat.chats_per_visitor,
            ring: media.ring(),
            longest_call: media.longest_call(),
            calls: media.calls,
            calls_per_package: media.calls_per_package,
        }
    }

    /// The configuration as `hub.toml` would say it, secrets masked.
    pub(crate) fn effective(&self) -> String {
        print::toml(self)
    }
}

/// What is wrong, where, and in which file or variable; never the value, it may be a secret.
fn told(error: &figment::Error) -> String {
    let place = error.metadata.as_ref().map(|metadata| match &metadata.source {
        Some(figment::Source::File(file)) => format!(" (in {})", file.display()),
        _ => " (in the environment)".to_owned(),
    });
    let place = place.unwrap_or_default();
    let mut path = error.path.clone();
    let problem = match &error.kind {
        Kind::UnknownField(name, known) => {
            // The path leads to the section in files, and to the key itself in the environment.
            if path.last() != Some(name) {
                path.push(name.clone());
            }
            format!("is not a key; there are {}", known.join(", "))
        }
        Kind::InvalidType(_, expected) if matches!(expected.as_str(), "u16" | "u32" | "u64" | "usize") => {
            "must be a whole number".to_owned()
        }
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => format!("must be {expected}"),
        Kind::Message(message) => format!("is wrong: {message}"),
        Kind::UnknownVariant(_, known) => format!("must be one of {}", known.join(", ")),
        kind => kind.to_string(),
    };
    format!("{} {problem}{place}", path.join(".")).trim_start().to_owned()
}

/// A secret that is given to one command, never kept in a file.
pub(crate) fn environment_secret(name: &str) -> Option<secrecy::SecretString> {
    environment_text(name).map(secrecy::SecretString::from)
}

/// A text that is given to one run, never kept in a file.
pub(crate) fn environment_text(name: &str) -> Option<String> {
    Env::var(name).filter(|value| !value.is_empty())
}

/// Refuses a number that would stop everything.
fn at_least<T: PartialOrd + std::fmt::Display>(key: &'static str, value: T, least: T) -> Result<(), ConfigError> {
    if value >= least {
        return Ok(());
    }
    Err(ConfigError::Invalid { key, problem: format!("is {value}; it must be {least} or more") })
}

/// Refuses a number that only a slip of the finger explains.
fn at_most<T: PartialOrd + std::fmt::Display>(key: &'static str, value: T, most: T) -> Result<(), ConfigError> {
    if value <= most {
        return Ok(());
    }
    Err(ConfigError::Invalid { key, problem: format!("is {value}; it must be {most} or less") })
}

/// Makes a relative path start at `base`.
fn inside(base: &Path, path: &str) -> PathBuf {
    base.join(path)
}

#[cfg(test)]
mod tests;
