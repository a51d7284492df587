//! Which compression a browser takes.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_ENCODING;

/// How an answer is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Encoding {
    /// The smallest form the browser of `request` takes.
    pub(crate) fn for_request(request: &HttpRequest) -> Self {
        let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        Self::best(accepted.unwrap_or_default())
    }

    fn best(accepted: &str) -> Self {
        let takes = |name: &str| {
            accepted.split(',').any(|entry| {
                let (coding, weight) = entry.split_once(';').unwrap_or((entry, ""));
                let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
                coding.trim().eq_ignore_ascii_case(name) && weight.is_ok_and(|weight| weight > 0.0)
            })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    /// As in `Content-Encoding`; nothing for plain.
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_accepted_form_is_chosen() {
        assert_eq!(Encoding::best("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(Encoding::best("gzip, br;q=0"), Encoding::Gzip);
        assert_eq!(Encoding::best("GZIP;q=0.5"), Encoding::Gzip);
        assert_eq!(Encoding::best(""), Encoding::Plain);
        assert_eq!(Encoding::best("brotli, xgzip"), Encoding::Plain);
    }
}
