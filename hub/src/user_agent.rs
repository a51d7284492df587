//! Reads a user agent: which system and which browser, with versions.
//!
//! A small table by hand: what is not in it stays unknown, and nothing of the
//! browser's text but digits gets through.

/// Longest user agent that is looked at, in bytes; real ones have 60–250.
const AGENT_BYTES: usize = 512;
/// Longest number of a version, in digits.
const DIGITS: usize = 5;
/// Windows 11 tells 13 or more as its platform version, Windows 10 less.
const WINDOWS_11: u32 = 13;

/// What a user agent tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Like `Windows 11` or `macOS 10.15+`; a `+` where browsers stopped telling more.
    pub system: Option<String>,
    /// Like `Firefox 128`.
    pub browser: Option<String>,
}

/// Browsers by what only they say; whoever borrows names of others comes first.
const BROWSERS: [(&str, &str); 16] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("OPX/", "Opera GX"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Focus/", "Firefox Focus"),
    ("CriOS/", "Chrome"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
];

/// Windows versions that browsers still tell apart.
const WINDOWS: [(&str, &str); 4] =
    [("Windows NT 10.0", "10+"), ("Windows NT 6.3", "8.1"), ("Windows NT 6.2", "8"), ("Windows NT 6.1", "7")];

/// Reads a user agent; `platform` is what Chromium tells as `Sec-CH-UA-Platform-Version`.
pub(crate) fn read(agent: &str, platform: Option<&str>) -> Told {
    let agent = head(agent);
    let platform = platform.map(|told| Version::read(told.trim_matches('"'), '.')).unwrap_or_default();
    Told { system: system(agent, platform), browser: browser(agent) }
}

fn browser(agent: &str) -> Option<String> {
    let known = BROWSERS.iter().find_map(|(sign, name)| Some((*name, after(agent, sign)?)));
    // Safari tells its own version elsewhere; others on WebKit say "Safari" too, but have their own sign.
    let told = known.or_else(|| agent.contains("Safari/").then_some(("Safari", after(agent, "Version/")?)));
    told.map(|(name, rest)| Version::read(rest, '.').of(name))
}

fn system(agent: &str, platform: Version) -> Option<String> {
    if agent.contains("Windows") {
        return Some(windows(agent, platform));
    }
    if let Some(rest) = after(agent, "iPhone OS ") {
        return Some(Version::read(rest, '_').of("iOS"));
    }
    if agent.contains("iPad")
        && let Some(rest) = after(agent, "CPU OS ")
    {
        return Some(Version::read(rest, '_').of("iPadOS"));
    }
    if let Some(rest) = after(agent, "Android") {
        // Chromium says 10 and the model K on every phone.
        let told = if rest.starts_with(" 10; K)") { Version::default() } else { Version::read(rest.trim_start(), '.') };
        return Some(platform.or(told).of("Android"));
    }
    if agent.contains("CrOS ") {
        return Some(platform.of("ChromeOS"));
    }
    if let Some(rest) = after(agent, "Mac OS X ") {
        return Some(mac(Version::read(rest, if rest.starts_with("10.") { '.' } else { '_' }), platform));
    }
    agent.contains("Linux").then(|| "Linux".to_owned())
}

fn windows(agent: &str, platform: Version) -> String {
    let named = WINDOWS.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (named, platform.major) {
        (Some("10+"), Some(major)) if major >= WINDOWS_11 => "Windows 11".to_owned(),
        (Some("10+"), Some(1..)) => "Windows 10".to_owned(),
        (Some(name), _) => format!("Windows {name}"),
        (None, _) => "Windows".to_owned(),
    }
}

/// Browsers say 10.15 on every newer macOS; Chromium tells the real version beside it.
fn mac(told: Version, platform: Version) -> String {
    if platform.major.is_some() {
        return platform.of("macOS");
    }
    let is_frozen = told.major == Some(10) && told.minor >= Some(15);
    told.of("macOS") + if is_frozen { "+" } else { "" }
}

/// The first two numbers of a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Version {
    major: Option<u32>,
    minor: Option<u32>,
}

impl Version {
    fn read(text: &str, separator: char) -> Self {
        let (major, rest) = number(text);
        let minor = major.and_then(|_| rest.strip_prefix(separator)).and_then(|rest| number(rest).0);
        Self { major, minor }
    }

    fn or(self, other: Self) -> Self {
        if self.major.is_some() { self } else { other }
    }

    fn of(self, name: &str) -> String {
        match (self.major, self.minor) {
            (None, _) => name.to_owned(),
            (Some(major), None | Some(0)) => format!("{name} {major}"),
            (Some(major), Some(minor)) => format!("{name} {major}.{minor}"),
        }
    }
}

/// The number a text starts with, and what follows it.
fn number(text: &str) -> (Option<u32>, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).unwrap_or_default();
    (digits.parse().ok().filter(|_| digits.len() <= DIGITS), rest)
}

fn after<'t>(text: &'t str, sign: &str) -> Option<&'t str> {
    text.split_once(sign).map(|(_, rest)| rest)
}

/// The start of a text, cut between characters.
fn head(text: &str) -> &str {
    let end = (0..=AGENT_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(agent: &str, platform: Option<&str>) -> String {
        let told = read(agent, platform);
        format!("{} / {}", told.system.as_deref().unwrap_or("?"), told.browser.as_deref().unwrap_or("?"))
    }

    #[test]
    fn browsers_of_desktops_are_known() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (agent, platform, expected) in [
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/126.0.0.0 Safari/537.36"), None, "Windows 10+ / Chrome 126"),
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/126.0.0.0 Safari/537.36"), Some("15.0.0"), "Windows 11 / Chrome 126"),
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/126.0.0.0 Safari/537.36"), Some("\"13.0.0\""), "Windows 11 / Chrome 126"),
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87"), Some("10.0.0"), "Windows 10 / Edge 126"),
            (format!("Mozilla/5.0 (Windows NT 6.1; Win64; x64) {webkit} Chrome/109.0.0.0 Safari/537.36"), Some("0.1.0"), "Windows 7 / Chrome 109"),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0".into(), None, "Windows 10+ / Firefox 128"),
            (format!("Mozilla/5.0 (Windows NT 10.0) {webkit} Chrome/125.0.0.0 Safari/537.36 OPR/111.0.0.0"), None, "Windows 10+ / Opera 111"),
            (format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Chrome/126.0.0.0 Safari/537.36"), Some("14.5.0"), "macOS 14.5 / Chrome 126"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15".into(), None, "macOS 10.15+ / Safari 17.5"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0".into(), None, "macOS 10.15+ / Firefox 127"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1 Safari/605.1.15".into(), None, "macOS 10.14 / Safari 13.1"),
            ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".into(), None, "Linux / Firefox 128"),
            (format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Chrome/126.0.0.0 Safari/537.36"), Some("6.5.0"), "Linux / Chrome 126"),
            (format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {webkit} Chrome/126.0.0.0 Safari/537.36"), Some("15886.44.0"), "ChromeOS 15886.44 / Chrome 126"),
        ] {
            assert_eq!(told(&agent, platform), expected, "{agent}");
        }
    }

    #[test]
    fn browsers_of_phones_are_known() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let iphone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        for (agent, platform, expected) in [
            (format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/126.0.0.0 Mobile Safari/537.36"), None, "Android / Chrome 126"),
            (format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/126.0.0.0 Mobile Safari/537.36"), Some("14.0.0"), "Android 14 / Chrome 126"),
            (format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/126.0.0.0 Mobile Safari/537.36 EdgA/126.0.0.0"), None, "Android / Edge 126"),
            (format!("Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S911B) {webkit} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36"), None, "Android 13 / Samsung Internet 25"),
            ("Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0".into(), None, "Android 14 / Firefox 128"),
            (format!("{iphone} Version/17.5 Mobile/15E148 Safari/604.1"), None, "iOS 17.5 / Safari 17.5"),
            (format!("{iphone} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1"), None, "iOS 17.5 / Chrome 126"),
            (format!("{iphone} FxiOS/127.0 Mobile/15E148 Safari/605.1.15"), None, "iOS 17.5 / Firefox 127"),
            (format!("{iphone} Version/17.0 EdgiOS/126.0.2592.86 Mobile/15E148 Safari/604.1"), None, "iOS 17.5 / Edge 126"),
            (format!("{iphone} OPT/4.7.0"), None, "iOS 17.5 / Opera 4.7"),
            ("Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1".into(), None, "iPadOS 16.6 / Safari 16.6"),
        ] {
            assert_eq!(told(&agent, platform), expected, "{agent}");
        }
    }

    #[test]
    fn hostile_text_says_nothing() {
        for (agent, expected) in [
            ("", "? / ?"),
            ("<img src=x onerror=alert(1)>", "? / ?"),
            ("Chrome/<script>", "? / Chrome"),
            ("Chrome/99999999999999999999", "? / Chrome"),
            ("Firefox/1.99999999999", "? / Firefox 1"),
            ("Android 9\u{202E}.1", "Android 9 / ?"),
            ("Windows", "Windows / ?"),
            ("Safari/", "? / ?"),
            ("Mac OS X 10_", "macOS 10 / ?"),
            ("Firefox/", "? / Firefox"),
        ] {
            assert_eq!(told(agent, Some("\u{0}<b>")), expected, "{agent}");
        }
    }

    #[test]
    fn a_long_agent_is_read_at_its_start() {
        assert_eq!(told(&format!("{}Firefox/128.0", "ż".repeat(100_000)), None), "? / ?");
        assert_eq!(told(&format!("Firefox/128.0 {}", "ż".repeat(100_000)), None), "? / Firefox 128");
    }
}
