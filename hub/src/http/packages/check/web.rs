//! Addresses: of the company, and of sites that may show the chat.

use hub_store::Button;
use url::Url;

use super::{Problem, Wrong, at_most, limits, line, unique};

/// The company's web site: http or https, as it was typed; empty without one.
pub(super) fn address(pointer: &str, text: &str) -> Result<String, Wrong> {
    let text = line(pointer, text, limits::WEB_ADDRESS)?;
    if text.is_empty() || web_url(&text).is_some() { Ok(text) } else { Err(Wrong::new(pointer, Problem::Address)) }
}

/// Origins, written as browsers write them.
pub(super) fn sites(sites: &[String]) -> Result<Vec<String>, Wrong> {
    at_most("/sites", sites, limits::SITES)?;
    let origins = sites.iter().enumerate().map(|(at, site)| {
        let pointer = format!("/sites/{at}");
        let site = line(&pointer, site, limits::SITE)?;
        let url = web_url(&site).filter(|url| url.path() == "/" && url.query().is_none() && url.fragment().is_none());
        let url = url.ok_or_else(|| Wrong::new(pointer, Problem::Origin))?;
        Ok(url.origin().ascii_serialization())
    });
    let origins: Vec<_> = origins.collect::<Result<_, Wrong>>()?;
    unique("/sites", &origins)?;
    Ok(origins)
}

/// Where the button shows and where not.
pub(super) fn patterns(button: &Button) -> Result<(Vec<String>, Vec<String>), Wrong> {
    Ok((pages("/button/show_on", &button.show_on)?, pages("/button/hide_on", &button.hide_on)?))
}

fn pages(pointer: &str, patterns: &[String]) -> Result<Vec<String>, Wrong> {
    at_most(pointer, patterns, limits::PATTERNS)?;
    let cleaned = patterns.iter().enumerate().map(|(at, pattern)| {
        let pointer = format!("{pointer}/{at}");
        let pattern = line(&pointer, pattern, limits::PATTERN)?;
        if pattern.starts_with(['/', '*']) { Ok(pattern) } else { Err(Wrong::new(pointer, Problem::Pattern)) }
    });
    let cleaned: Vec<_> = cleaned.collect::<Result<_, _>>()?;
    unique(pointer, &cleaned)?;
    Ok(cleaned)
}

/// An address a link may lead to; one with a name and a password in it misleads those who read it.
fn web_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_web && url.username().is_empty() && url.password().is_none()).then_some(url)
}
