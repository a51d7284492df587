//! The cookie of a desk: its name, its attributes and how it is read.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::COOKIE;
use secrecy::{ExposeSecret as _, SecretString};

/// With this prefix browsers take the cookie only over https, for this host and
/// path `/`: no other host of the domain can plant one.
const SECURE_NAME: &str = "__Host-c2c";
/// Browsers refuse the prefix over plain http, which is allowed on this machine only.
const PLAIN_NAME: &str = "c2c";

/// Which form of the cookie this hub uses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CookieRule {
    secure: bool,
}

impl CookieRule {
    /// The rule for a hub that browsers reach at `public_origin`.
    pub(crate) fn for_origin(public_origin: &str) -> Self {
        Self { secure: public_origin.starts_with("https://") }
    }

    /// The cookie's name.
    pub(crate) const fn name(self) -> &'static str {
        if self.secure { SECURE_NAME } else { PLAIN_NAME }
    }

    /// The cookie that signs a browser in.
    pub(crate) fn bake(self, secret: &SecretString, lifetime: Duration) -> Cookie<'static> {
        let seconds = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        let mut cookie = self.empty();
        cookie.set_value(secret.expose_secret().to_owned());
        cookie.set_max_age(actix_web::cookie::time::Duration::seconds(seconds));
        cookie
    }

    /// The cookie that makes a browser forget.
    pub(crate) fn forget(self) -> Cookie<'static> {
        let mut cookie = self.empty();
        cookie.make_removal();
        cookie
    }

    /// The secret a request carries in its `Cookie` headers.
    pub(crate) fn read(self, request: &HttpRequest) -> Option<SecretString> {
        let headers = request.headers().get_all(COOKIE).map(|value| value.to_str().unwrap_or_default());
        self.read_text(&headers.collect::<Vec<_>>().join("; "))
    }

    /// The secret in the text of `Cookie` headers.
    ///
    /// Two cookies of the name mean that somebody planted one: neither counts.
    pub(crate) fn read_text(self, cookies: &str) -> Option<SecretString> {
        let mut named = cookies.split(';').filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name.trim() == self.name()).then(|| value.trim())
        });
        let value = named.next()?;
        named.next().is_none().then(|| SecretString::from(value))
    }

    fn empty(self) -> Cookie<'static> {
        Cookie::build(self.name(), "").path("/").http_only(true).secure(self.secure).same_site(SameSite::Lax).finish()
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn baked(origin: &str) -> String {
        let secret = SecretString::from("secret");
        CookieRule::for_origin(origin).bake(&secret, Duration::from_mins(1)).to_string()
    }

    #[test]
    fn over_https_the_cookie_is_bound_to_the_host() {
        let expected = "__Host-c2c=secret; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60";

        assert_eq!(baked("https://chat.example.com"), expected);
    }

    #[test]
    fn on_this_machine_the_cookie_works_without_tls() {
        assert_eq!(baked("http://127.0.0.1:8080"), "c2c=secret; HttpOnly; SameSite=Lax; Path=/; Max-Age=60");
    }

    #[test]
    fn a_planted_second_cookie_signs_nobody_in() {
        let rule = CookieRule::for_origin("http://localhost:8080");
        let one = TestRequest::default().insert_header(("cookie", "c2c=mine")).to_http_request();
        let two = TestRequest::default().insert_header(("cookie", "c2c=planted; c2c=mine")).to_http_request();

        assert_eq!(rule.read(&one).unwrap().expose_secret(), "mine");
        assert!(rule.read(&two).is_none());
    }

    #[test]
    fn the_removal_has_the_same_attributes() {
        let text = CookieRule::for_origin("https://chat.example.com").forget().to_string();

        assert!(text.starts_with("__Host-c2c=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0"), "{text}");
    }
}
