//! `Baked`: an answer made once in every encoding, with a strong tag.

use std::io::Write as _;
use std::num::NonZeroU64;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use super::encoding::Encoding;

/// The slowest and smallest: it is done once per version of the settings.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;
const BROTLI_BUFFER: usize = 4_096;
/// Few take almost everything: more rounds and splits cost seconds for a thousandth of the bytes.
const GZIP_ROUNDS: NonZeroU64 = NonZeroU64::new(5).unwrap();
const GZIP_SPLITS: u16 = 4;
/// Bytes of the hash in a tag; 96 bits never meet by chance.
const TAG_BYTES: usize = 12;

/// Bytes that go out unchanged until the settings change.
pub(crate) struct Baked {
    plain: Bytes,
    brotli: Bytes,
    gzip: Bytes,
    tag: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Baked {
    /// Compresses `text`; takes up to 200 ms, so never on the reactor.
    pub(crate) fn bake(text: String, headers: Vec<(HeaderName, HeaderValue)>) -> std::io::Result<Self> {
        let plain = Bytes::from(text);
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), BROTLI_BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
        brotli.write_all(&plain)?;
        let mut gzip = Vec::new();
        let options = zopfli::Options {
            iteration_count: GZIP_ROUNDS,
            maximum_block_splits: GZIP_SPLITS,
            ..zopfli::Options::default()
        };
        zopfli::compress(options, zopfli::Format::Gzip, &plain[..], &mut gzip)?;
        let mut hash = Sha256::new();
        hash.update(&plain);
        for (_, value) in &headers {
            hash.update(value.as_bytes());
        }
        let tag = tag(&hash.finalize());
        Ok(Self { brotli: brotli.into_inner().into(), gzip: gzip.into(), plain, tag, headers })
    }

    /// The answer to `request`: 304 when the browser has these bytes.
    pub(crate) fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let encoding = Encoding::for_request(request);
        // A strong tag names bytes, and each encoding has other bytes.
        let tag = match encoding.name() {
            Some(name) => format!("\"{}-{name}\"", self.tag),
            None => format!("\"{}\"", self.tag),
        };
        let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let is_known = known.is_some_and(|known| names(known, &tag));
        let mut answer = HttpResponse::build(if is_known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        answer.insert_header((header::ETAG, tag)).insert_header((header::VARY, "accept-encoding"));
        answer.insert_header((header::CACHE_CONTROL, "no-cache"));
        for (name, value) in &self.headers {
            answer.insert_header((name.clone(), value.clone()));
        }
        if is_known {
            return answer.finish();
        }
        if let Some(name) = encoding.name() {
            answer.insert_header((header::CONTENT_ENCODING, name));
        }
        answer.body(match encoding {
            Encoding::Brotli => self.brotli.clone(),
            Encoding::Gzip => self.gzip.clone(),
            Encoding::Plain => self.plain.clone(),
        })
    }
}

/// The tag of bytes with this hash, without its quotes.
pub(super) fn tag(hash: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(hash.get(..TAG_BYTES).unwrap_or(hash))
}

/// Does an `If-None-Match` header name this tag?
pub(super) fn names(known: &str, tag: &str) -> bool {
    known.trim() == "*" || known.split(',').any(|entry| entry.trim().trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use actix_web::body::{BodySize, MessageBody as _};
    use actix_web::test::TestRequest;

    use super::*;

    fn baked(text: &str) -> Baked {
        Baked::bake(text.to_owned(), vec![(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript"))]).unwrap()
    }

    fn tag_for(baked: &Baked, encoding: &'static str) -> String {
        let request = TestRequest::default().insert_header((header::ACCEPT_ENCODING, encoding)).to_http_request();
        let answer = baked.answer(&request);
        answer.headers().get(header::ETAG).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn the_tag_follows_bytes_encoding_and_headers() {
        let one = baked("label: Chat");

        assert_eq!(tag_for(&one, "br"), tag_for(&baked("label: Chat"), "br"));
        assert_ne!(tag_for(&one, "br"), tag_for(&one, "gzip"));
        assert_ne!(tag_for(&one, "br"), tag_for(&baked("label: Talk"), "br"));
        let other_header = Baked::bake("label: Chat".into(), Vec::new()).unwrap();
        assert_ne!(tag_for(&one, "br"), tag_for(&other_header, "br"));
    }

    #[test]
    fn a_browser_that_has_the_bytes_gets_none() {
        let one = baked("label: Chat");
        let known = format!("\"other\", W/{}", tag_for(&one, "br"));
        let request = TestRequest::default()
            .insert_header((header::ACCEPT_ENCODING, "br"))
            .insert_header((header::IF_NONE_MATCH, known))
            .to_http_request();

        let answer = one.answer(&request);

        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer.body().size(), BodySize::Sized(0));
        assert!(answer.headers().contains_key(header::CONTENT_TYPE));
    }

    #[test]
    fn every_encoding_unfolds_to_the_same_text() {
        let text = "a button ".repeat(500);
        let one = baked(&text);
        let mut gzip = String::new();
        let mut brotli = String::new();

        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&one.gzip[..]), &mut gzip).unwrap();
        std::io::Read::read_to_string(&mut brotli::Decompressor::new(&one.brotli[..], 4_096), &mut brotli).unwrap();

        assert_eq!(gzip, text);
        assert_eq!(brotli, text);
        assert!(one.brotli.len() < one.plain.len() / 10);
    }
}
