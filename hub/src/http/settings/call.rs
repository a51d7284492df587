//! What the call page is told.

use actors::hours::Hours;
use hub_store::{Form, Message, Package, PackageSettings};
use serde::Serialize;
use serde_json::Value;

use super::{catalogue, for_html, language_name, mode_name, outside_name};
use crate::http::error::ApiError;
use crate::http::theme::{Gradient, gradient};

#[derive(Serialize)]
struct CallConfig<'a> {
    key: &'a str,
    company: &'a str,
    web_address: &'a str,
    lang: &'a str,
    a: String,
    b: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'a str>,
    zone: &'a str,
    hours: Hours,
    heading: &'a str,
    subheading: &'a str,
    has_chat: bool,
    mode: &'a str,
    outside: &'a str,
    form: &'a Form,
    message: &'a Message,
    texts: Value,
}

/// The settings of the call page as the content of its data block.
pub(crate) fn call_config(package: &Package, company: &str) -> Result<String, ApiError> {
    let PackageSettings { logo, web_address, language, zone, button, page, form, message, .. } = &package.settings;
    let Gradient { a, b } = gradient(button);
    for_html(&CallConfig {
        key: &package.key.0,
        company,
        web_address,
        lang: language_name(*language),
        a,
        b,
        logo: logo.as_deref(),
        zone,
        hours: for_visitors(&package.settings.hours),
        heading: &page.heading,
        subheading: &page.subheading,
        has_chat: page.has_chat,
        mode: mode_name(button.mode),
        outside: outside_name(button.outside_hours),
        form,
        message,
        texts: catalogue(*language, "page"),
    })
}

/// The hours without the notes: those are for the people who edit them.
fn for_visitors(hours: &Hours) -> Hours {
    let mut hours = hours.clone();
    for exception in &mut hours.exceptions {
        exception.note.clear();
    }
    hours
}

#[cfg(test)]
mod tests {
    use actors::hours::{Day, Exception};
    use hub_store::Button;

    use super::super::samples::package;
    use super::*;

    #[test]
    fn visitors_see_the_dates_and_not_why() {
        let mut bakery = package(Button::default());
        let date = "2026-12-24".parse().unwrap();
        let note = "Olga is away".to_owned();
        bakery.settings.hours.exceptions = vec![Exception { date, note, day: Day::Closed }];

        let config: Value = serde_json::from_str(&call_config(&bakery, "Bakery").unwrap()).unwrap();

        assert_eq!(config["hours"]["exceptions"][0]["date"], "2026-12-24");
        assert_eq!(config["hours"]["exceptions"][0]["note"], "");
        assert_eq!(config["company"], "Bakery");
    }
}
