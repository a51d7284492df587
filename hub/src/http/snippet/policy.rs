//! The policies of the documents: nothing runs but their own script.

use crate::http::headers::Inline;

/// The chat: only the business's sites may show it, and the hub's own pages.
pub(super) fn chat(built: &str, socket: &str, sites: &[String]) -> String {
    let sites: Vec<_> = sites.iter().filter_map(|site| origin_only(site)).collect();
    let ancestors = if sites.is_empty() { "*".to_owned() } else { format!("'self' {}", sites.join(" ")) };
    let own = own(built);
    format!(
        "{own}; connect-src 'self' {socket}; img-src 'self' data:; frame-ancestors {ancestors}; trusted-types 'none'"
    )
}

/// The call page: it shows the chat in a frame, and nobody shows it in one.
///
/// Voice needs no word here: no directive that browsers know speaks of WebRTC, and what is heard has no address.
pub(super) fn call_page(built: &str, socket: &str) -> String {
    let own = own(built);
    format!(
        "{own}; connect-src 'self' {socket}; img-src 'self' data:; frame-src 'self'; frame-ancestors 'none'; \
         trusted-types 'none'"
    )
}

/// The preview: the button with its window, in the admin only.
pub(super) fn preview(built: &str) -> String {
    let own = own(built);
    format!("{own}; img-src 'self' data:; frame-src 'self'; frame-ancestors 'self'; trusted-types 'none'")
}

fn own(built: &str) -> String {
    let Inline { scripts, styles } = Inline::of(built);
    format!(
        "default-src 'none'; script-src{scripts}; style-src{styles}; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'"
    )
}

/// The origin of a site as policies write it; a typed name must not become a directive.
fn origin_only(site: &str) -> Option<String> {
    let url = url::Url::parse(site).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<style>a{}</style><script>b()</script>";
    const SOCKET: &str = "wss://hub.example.com";

    #[test]
    fn the_chat_may_be_shown_where_the_business_says() {
        let sites = ["https://bakery.example/shop".to_owned(), "x; script-src *".to_owned()];

        let anywhere = chat(PAGE, SOCKET, &[]);
        let listed = chat(PAGE, SOCKET, &sites);

        assert!(anywhere.contains("frame-ancestors *;"), "{anywhere}");
        assert!(listed.contains("frame-ancestors 'self' https://bakery.example;"), "{listed}");
        assert!(!listed.contains("script-src *") && !listed.contains("unsafe"), "{listed}");
    }

    #[test]
    fn the_call_page_is_framed_by_nobody_and_the_preview_by_the_admin() {
        assert!(call_page(PAGE, SOCKET).contains("frame-ancestors 'none';"));
        assert!(preview(PAGE).contains("frame-ancestors 'self';"));
    }

    #[test]
    fn every_document_runs_its_own_script_only() {
        for policy in [chat(PAGE, SOCKET, &[]), call_page(PAGE, SOCKET), preview(PAGE)] {
            assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
            assert!(!policy.contains("unsafe"), "{policy}");
        }
    }
}
