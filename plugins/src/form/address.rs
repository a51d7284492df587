//! Addresses in settings and answers: e-mail, hosts of the public Internet, web pages.

use url::{Host, Url};

/// Longest e-mail address, in bytes (RFC 5321, section 4.5.3.1.3, without the brackets).
pub const EMAIL_BYTES: usize = 254;
/// Longest web address, in bytes.
pub const URL_BYTES: usize = 2_048;
/// Longest name of a host, in bytes (RFC 1035, section 2.3.4).
const HOST_BYTES: usize = 253;

/// Names that never lead to the public Internet (RFC 6761, RFC 6762, RFC 8375, RFC 9476).
const PRIVATE: [&str; 8] = ["alt", "arpa", "home", "internal", "lan", "local", "localhost", "onion"];

/// Is this one plain e-mail address, without a name and without quotes?
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_named = !name.is_empty() && name.len() <= 64 && name.chars().all(is_atom);
    let has_dots_inside = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    text.len() <= EMAIL_BYTES && is_named && has_dots_inside && is_name(&host.to_ascii_lowercase())
}

/// Is this a name in lowercase that may belong to a host of the public Internet?
pub fn is_public_host(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    is_name(name) && !PRIVATE.contains(&last)
}

/// The host of an `https` address by name on the usual port without a name or password in it.
pub fn https_host(text: &str) -> Option<String> {
    let url = page(text)?;
    let is_plain = url.scheme() == "https" && url.port().is_none();
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    let Some(Host::Domain(host)) = url.host() else { return None };
    (is_plain && is_anonymous && is_public_host(host)).then(|| host.to_owned())
}

/// Is this the address of a web page?
pub(crate) fn is_page(text: &str) -> bool {
    page(text).is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn page(text: &str) -> Option<Url> {
    let is_short = text.len() <= URL_BYTES;
    // The parser drops tabs and line breaks; nobody writes them on purpose.
    let is_shown = !text.chars().any(|c| c.is_control() || c == ' ');
    if is_short && is_shown { Url::parse(text).ok() } else { None }
}

/// At least two labels of letters, digits and hyphens; the last is no number (RFC 1123, section 2.1).
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let is_shaped = (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
        is_shaped && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    let ends_in_word = last.starts_with(|c: char| c.is_ascii_lowercase());
    name.len() <= HOST_BYTES && name.contains('.') && ends_in_word && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_of_the_public_internet() {
        for name in ["crm.example", "a-b.c.example", "xn--mnchen-3ya.example"] {
            assert!(is_public_host(name), "{name}");
        }
        for name in [
            "",
            "*",
            "*.example",
            "127.0.0.1",
            "localhost",
            "a.localhost",
            "nas.local",
            "CRM.example",
            "a..b",
            "-a.b",
            "[::1]",
            "a.b:443",
            "10.1",
        ] {
            assert!(!is_public_host(name), "{name}");
        }
    }

    #[test]
    fn an_email_address_is_one_address() {
        for text in ["vera@example.com", "v.era+cakes@mail.example.com", "a@B.example"] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "",
            "vera",
            "@example.com",
            "a b@example.com",
            "a@b",
            "a@[127.0.0.1]",
            "Vera <v@example.com>",
            "a@b.example,c@d.example",
            "a..b@c.example",
            "a@b.example\r\nBcc: c@d.example",
        ] {
            assert!(!is_email(text), "{text}");
        }
        assert!(!is_email(&format!("a@{}.example", "b.".repeat(200))));
    }

    #[test]
    fn a_page_is_on_the_web() {
        assert!(is_page("https://bakery.example/a?b#c") && is_page("http://10.0.0.1:8080/"));
        assert!(!is_page("javascript:alert(1)") && !is_page("bakery.example") && !is_page("https://a\tb.example/"));
        assert_eq!(https_host("https://CRM.example:443/").as_deref(), Some("crm.example"));
        assert_eq!(https_host("https://crm.example:444/"), None);
    }
}
