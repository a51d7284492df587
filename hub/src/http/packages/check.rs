//! Settings of a package as somebody sends them, checked and cleaned. Pure.
//!
//! What only the store knows (accounts, images) is checked by `known`.

mod button;
mod form;
mod hours;
#[cfg(test)]
mod tests;
mod web;

use actors::hours::Zone;
use actors::text::{PlainText, TextError};
use hub_store::{Message, PackageSettings, Page};
use thiserror::Error;

use super::limits;
use crate::http::error::ApiError;

/// A setting that cannot be taken.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{problem}")]
pub(crate) struct Wrong {
    /// JSON pointer to it, from the settings on.
    pub(crate) pointer: String,
    pub(crate) problem: Problem,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum Problem {
    #[error(transparent)]
    Text(#[from] TextError),
    #[error("has too many entries")]
    TooMany,
    #[error("has no entry")]
    NoEntry,
    #[error("stands there twice")]
    Twice,
    #[error("must be an http or https address")]
    Address,
    #[error("must be an origin such as https://bakery.example")]
    Origin,
    #[error("must begin with / or *")]
    Pattern,
    #[error("must be a color such as #1763e0")]
    Color,
    #[error("must be between 1 and 3600")]
    Seconds,
    #[error("no time zone has this name")]
    Zone,
    #[error("must begin by 23:30")]
    Begin,
    #[error("must begin after the one before has ended")]
    Order,
    #[error("must be 1 to 20 of a-z, 0-9 and _")]
    FieldId,
    #[error("is no image of this business")]
    Image,
    #[error("is no account of this business")]
    Account,
}

impl Wrong {
    pub(super) fn new(pointer: impl Into<String>, problem: impl Into<Problem>) -> Self {
        Self { pointer: pointer.into(), problem: problem.into() }
    }
}

impl From<Wrong> for ApiError {
    fn from(Wrong { pointer, problem }: Wrong) -> Self {
        Self::invalid(&format!("/settings{pointer}"), problem)
    }
}

/// Checks the name of a package.
pub(crate) fn name(text: &str) -> Result<String, ApiError> {
    PlainText::line(text, limits::NAME).map(String::from).map_err(|problem| ApiError::invalid("/name", problem))
}

/// Checks a time zone on its own.
pub(crate) fn zone(text: &str) -> Result<String, Problem> {
    let is_known = text.len() <= limits::ZONE && Zone::named(text).is_ok();
    if is_known { Ok(text.to_owned()) } else { Err(Problem::Zone) }
}

/// Checks settings and cleans their texts.
pub(crate) fn settings(settings: PackageSettings) -> Result<PackageSettings, Wrong> {
    let PackageSettings { company, web_address, language, sites, page, message, .. } = settings;
    Ok(PackageSettings {
        logo: settings.logo,
        company: line("/company", &company, limits::COMPANY)?,
        web_address: web::address("/web_address", &web_address)?,
        language,
        zone: zone(&settings.zone).map_err(|problem| Wrong::new("/zone", problem))?,
        hours: hours::hours(settings.hours)?,
        consultants: consultants(settings.consultants)?,
        sites: web::sites(&sites)?,
        button: button::button(settings.button)?,
        page: Page {
            heading: line("/page/heading", &page.heading, limits::HEADING)?,
            subheading: line("/page/subheading", &page.subheading, limits::SUBHEADING)?,
            has_chat: page.has_chat,
        },
        form: form::form(settings.form)?,
        message: Message {
            is_offered: message.is_offered,
            text: line("/message/text", &message.text, limits::MESSAGE_TEXT)?,
        },
    })
}

fn consultants<T: PartialEq>(consultants: Option<Vec<T>>) -> Result<Option<Vec<T>>, Wrong> {
    let Some(named) = consultants else { return Ok(None) };
    if named.is_empty() {
        return Err(Wrong::new("/consultants", Problem::NoEntry));
    }
    at_most("/consultants", &named, limits::CONSULTANTS)?;
    unique("/consultants", &named)?;
    Ok(Some(named))
}

/// One line that may be empty.
fn line(pointer: &str, text: &str, max_chars: usize) -> Result<String, Wrong> {
    match PlainText::line(text, max_chars) {
        Ok(text) => Ok(text.into()),
        Err(TextError::Empty) => Ok(String::new()),
        Err(problem @ TextError::TooLong) => Err(Wrong::new(pointer, problem)),
    }
}

/// A list of no more than `most` entries.
fn at_most<T>(pointer: &str, entries: &[T], most: usize) -> Result<(), Wrong> {
    if entries.len() > most { Err(Wrong::new(pointer, Problem::TooMany)) } else { Ok(()) }
}

/// No entry stands twice; the second one is named. Lists are short, so each pair is compared.
fn unique<T: PartialEq>(pointer: &str, entries: &[T]) -> Result<(), Wrong> {
    let twice = entries.iter().enumerate().find(|(at, entry)| entries.iter().take(*at).any(|other| other == *entry));
    twice.map_or(Ok(()), |(at, _)| Err(Wrong::new(format!("{pointer}/{at}"), Problem::Twice)))
}
