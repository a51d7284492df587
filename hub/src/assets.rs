//! The built front end inside the binary; debug builds read it from disk.

use std::borrow::Cow;

use rust_embed::{EmbeddedFile, RustEmbed};

/// What a page says when the front end was not built.
pub(crate) const NOT_BUILT: &str = "The front end is not built. Run `make ui` in the repository and reload this page.";

#[derive(RustEmbed)]
#[folder = "../admin/dist"]
struct Admin;

#[derive(RustEmbed)]
#[folder = "../widget/dist"]
#[include = "loader.js"]
#[include = "chat.html"]
#[include = "call.html"]
#[include = "preview.html"]
struct Widget;

#[derive(RustEmbed)]
#[folder = "../widget/locales"]
#[include = "*.json"]
struct Locales;

#[derive(RustEmbed)]
#[folder = "demo"]
struct Demo;

/// Which built folder a file is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folder {
    Admin,
    Widget,
    Locales,
    Demo,
}

impl Folder {
    /// The file at `path`, as its build left it.
    pub(crate) fn file(self, path: &str) -> Option<Asset> {
        let file = match self {
            Self::Admin => Admin::get(path),
            Self::Widget => Widget::get(path),
            Self::Locales => Locales::get(path),
            Self::Demo => Demo::get(path),
        };
        file.map(|EmbeddedFile { data, metadata }| Asset { data, hash: metadata.sha256_hash() })
    }

    /// The file at `path` as text.
    pub(crate) fn text(self, path: &str) -> Option<String> {
        self.file(path).and_then(|asset| String::from_utf8(asset.data.into_owned()).ok())
    }
}

/// One file.
pub(crate) struct Asset {
    pub data: Cow<'static, [u8]>,
    pub hash: [u8; 32],
}

/// The media type of a file by the end of its name.
pub(crate) fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
