//! Patterns of pages as one regular expression that browsers run.
//!
//! A star is an atomic search for what follows it, so that a pattern of many
//! stars costs a page no more than reading its address once for each.

use std::fmt::Write as _;

/// Fits no address, for every path has at least its first slash.
pub(super) const NOWHERE: &str = "^$";

/// The expression for `location.pathname + location.search`; none when the button shows on every page.
pub(super) fn pages(show: &[String], hide: &[String]) -> Option<String> {
    if show.is_empty() && hide.is_empty() {
        return None;
    }
    let mut groups = 0;
    let mut expression = String::from("^");
    if !hide.is_empty() {
        expression += "(?!(?:";
        expression += &alternatives(hide, &mut groups);
        expression += ")$)";
    }
    if !show.is_empty() {
        expression += "(?:";
        expression += &alternatives(show, &mut groups);
        expression += ")$";
    }
    Some(expression)
}

fn alternatives(patterns: &[String], groups: &mut usize) -> String {
    let patterns: Vec<_> = patterns.iter().map(|pattern| alternative(pattern, groups)).collect();
    patterns.join("|")
}

/// One pattern: the text before the first star, then for each star the first place where its text stands.
fn alternative(pattern: &str, groups: &mut usize) -> String {
    let mut parts = pattern.split('*');
    let mut expression = literal(parts.next().unwrap_or_default());
    let mut parts: Vec<_> = parts.collect();
    let Some(last) = parts.pop() else { return expression };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        *groups += 1;
        // A lookahead forgets its other choices; what it found is then taken by its number.
        let _infallible = write!(expression, "(?=(.*?{}))\\{groups}(?:)", literal(part));
    }
    expression += ".*";
    expression += &literal(last);
    expression
}

/// Text as browsers write it in addresses, with nothing that means something to an expression.
fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'~' | b'%' | b'&' | b'=' => {
                escaped.push(char::from(byte));
            }
            b'!'..=b'}' => {
                escaped.push('\\');
                escaped.push(char::from(byte));
            }
            _ => {
                let _infallible = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(show: &[&str], hide: &[&str]) -> Option<String> {
        let texts = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        pages(&texts(show), &texts(hide))
    }

    #[test]
    fn no_pattern_is_every_page() {
        assert_eq!(of(&[], &[]), None);
    }

    #[test]
    fn pages_are_listed_and_excepted() {
        assert_eq!(of(&["/shop/*", "/about"], &[]).unwrap(), "^(?:/shop/.*|/about)$");
        assert_eq!(of(&[], &["/pay*"]).unwrap(), "^(?!(?:/pay.*)$)");
        assert_eq!(of(&["/shop/*"], &["/shop/pay"]).unwrap(), "^(?!(?:/shop/pay)$)(?:/shop/.*)$");
    }

    #[test]
    fn every_star_but_the_last_finds_its_text_once() {
        assert_eq!(of(&["*a*b*c"], &[]).unwrap(), "^(?:(?=(.*?a))\\1(?:)(?=(.*?b))\\2(?:).*c)$");
        assert_eq!(of(&["/**x"], &[]).unwrap(), "^(?:/.*x)$");
        assert_eq!(of(&["/a*1*"], &["*b*"]).unwrap(), "^(?!(?:(?=(.*?b))\\1(?:).*)$)(?:/a(?=(.*?1))\\2(?:).*)$");
    }

    #[test]
    fn letters_are_written_as_in_addresses_and_signs_mean_themselves() {
        assert_eq!(of(&["/żur (2)?a=b+c"], &[]).unwrap(), "^(?:/%C5%BCur%20\\(2\\)\\?a=b\\+c)$");
    }
}
