//! The head of a call page: its title, and what is shown where its address is shared (Open Graph).

use hub_store::{Package, PackageSettings};
use serde_json::Value;

use super::settings::{catalogue, language_name};

/// The title as the build left it.
const TITLE: (&str, &str) = ("<title>", "</title>");
/// The language as the build left it.
const LANGUAGE: &str = "<html lang=\"en\">";
const HEAD_END: &str = "</head>";

/// Puts title, language and preview of the package into a built call page.
pub(super) fn with_head(built: &str, package: &Package, company: &str, origin: &str) -> String {
    let PackageSettings { language, page, logo, .. } = &package.settings;
    let texts = catalogue(*language, "page");
    let text = |name: &str| texts.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let heading = if page.heading.is_empty() { text("heading") } else { page.heading.clone() };
    let about = if page.subheading.is_empty() { text("subheading") } else { page.subheading.clone() };
    let title = if heading.is_empty() { company.to_owned() } else { format!("{heading} – {company}") };
    let address = format!("{origin}/p/{}", package.key.0);

    let mut metas = vec![
        ("og:type", "website".to_owned()),
        ("og:site_name", company.to_owned()),
        ("og:title", title.clone()),
        ("og:url", address),
    ];
    metas.extend((!about.is_empty()).then_some(("og:description", about)));
    metas.extend(logo.as_deref().map(|logo| ("og:image", format!("{origin}{logo}"))));
    let metas = metas.iter().fold(String::new(), |written, (name, value)| {
        written + "<meta property=\"" + name + "\" content=\"" + &escaped(value) + "\">"
    });

    let spoken = format!("<html lang=\"{}\">", language_name(*language));
    titled(&built.replacen(LANGUAGE, &spoken, 1), &title).replacen(HEAD_END, &format!("{metas}{HEAD_END}"), 1)
}

/// The page with another title.
fn titled(page: &str, title: &str) -> String {
    let (open, close) = TITLE;
    let parts = page.split_once(open).and_then(|(before, rest)| Some((before, rest.split_once(close)?.1)));
    match parts {
        Some((before, after)) => format!("{before}{open}{}{close}{after}", escaped(title)),
        None => page.to_owned(),
    }
}

/// Text that stays text, in an element and in a quoted attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use hub_store::{Button, Language};

    use super::super::settings::samples::package;
    use super::*;

    const BUILT: &str = "<!doctype html><html lang=\"en\"><head><title>Call</title></head><body></body></html>";

    #[test]
    fn a_shared_address_shows_the_business() {
        let mut bakery = package(Button::default());
        bakery.settings.language = Language::Pl;
        bakery.settings.page.heading = "Zadzwoń".to_owned();
        bakery.settings.logo = Some("/i/abc.png".to_owned());

        let page = with_head(BUILT, &bakery, "Piekarnia", "https://hub.example.com");

        assert!(page.contains("<html lang=\"pl\">") && page.contains("<title>Zadzwoń – Piekarnia</title>"), "{page}");
        assert!(page.contains("property=\"og:url\" content=\"https://hub.example.com/p/demo-en\""), "{page}");
        assert!(page.contains("property=\"og:image\" content=\"https://hub.example.com/i/abc.png\""), "{page}");
    }

    #[test]
    fn a_hostile_heading_stays_text() {
        let mut bakery = package(Button::default());
        bakery.settings.page.heading = "\"><script>alert(1)</script>".to_owned();
        bakery.settings.page.subheading = "</head>".to_owned();

        let page = with_head(BUILT, &bakery, "</title><script>", "https://hub.example.com");

        assert!(!page.contains("<script"), "{page}");
        assert_eq!(page.matches("</head>").count(), 1, "{page}");
        assert_eq!(page.matches("</title>").count(), 1, "{page}");
    }
}
