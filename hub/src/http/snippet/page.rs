//! Which pages there are, and what each is made of.

use actix_web::http::header;
use hub_store::Package;

use super::{Header, policy};
use crate::assets::{Folder, media_type};
use crate::http::State;
use crate::http::call_page::with_head;
use crate::http::error::ApiError;
use crate::http::files::pair;
use crate::http::headers::{for_everybody, with_microphone};
use crate::http::settings::{LoaderConfig, call_config, chat_config, for_html};

/// What stands in the built files in place of the settings.
const PLACE: &str = "__CONFIG__";

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Page {
    Loader,
    Settings,
    Chat,
    Preview,
    Call,
}

/// A built file, what goes into it and what goes with it.
pub(super) struct Made {
    pub(super) built: String,
    pub(super) config: String,
    pub(super) headers: Vec<Header>,
}

impl Page {
    /// Gathers the parts; nothing when the front end was not built.
    pub(super) fn make(self, state: &State, package: &Package, company: &str) -> Result<Option<Made>, ApiError> {
        let Some(built) = self.built() else { return Ok(None) };
        let (origin, socket) = (state.origins.public(), state.origins.socket());
        let button = || {
            let is_open = crate::http::packages::is_open(&package.settings, state.now());
            LoaderConfig::of(&package.key.0, &package.settings, origin, is_open)
        };
        Ok(Some(match self {
            Self::Loader => Made { built, config: for_html(&button())?, headers: script()? },
            Self::Settings => Made { built, config: for_html(&button())?, headers: json()? },
            Self::Chat => {
                let policy = policy::chat(&built, &socket, &package.settings.sites);
                let mut headers = document(&policy)?;
                headers.push(for_everybody());
                Made { built, config: chat_config(package, company)?, headers }
            }
            Self::Preview => {
                let headers = document(&policy::preview(&built))?;
                Made { built, config: for_html(&button().for_preview())?, headers }
            }
            Self::Call => {
                let mut headers = document(&policy::call_page(&built, &socket))?;
                headers.push(with_microphone());
                let built = with_head(&built, package, company, origin);
                Made { built, config: call_config(package, company)?, headers }
            }
        }))
    }

    /// Puts the settings into a built file.
    pub(super) fn fill(self, built: &str, config: &str) -> String {
        match self {
            Self::Loader | Self::Settings => built.replace(PLACE, config),
            // Only the first: what follows is the hashed script.
            Self::Chat | Self::Preview | Self::Call => built.replacen(PLACE, config, 1),
        }
    }

    fn built(self) -> Option<String> {
        match self {
            Self::Loader => Folder::Widget.text("loader.js"),
            Self::Settings => Some(PLACE.to_owned()),
            Self::Chat => Folder::Widget.text("chat.html"),
            Self::Preview => Folder::Widget.text("preview.html"),
            Self::Call => Folder::Widget.text("call.html"),
        }
    }
}

fn script() -> Result<Vec<Header>, ApiError> {
    Ok(vec![pair(header::CONTENT_TYPE, media_type(".js"))?, for_everybody()])
}

fn json() -> Result<Vec<Header>, ApiError> {
    Ok(vec![pair(header::CONTENT_TYPE, media_type(".json"))?])
}

fn document(policy: &str) -> Result<Vec<Header>, ApiError> {
    Ok(vec![pair(header::CONTENT_TYPE, media_type(".html"))?, pair(header::CONTENT_SECURITY_POLICY, policy)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_put_where_the_build_left_room() {
        let html = "<script id=\"config\">__CONFIG__</script><script>\"__CONFIG__\"</script>";

        let filled = Page::Chat.fill(html, "{}");

        assert_eq!(filled, "<script id=\"config\">{}</script><script>\"__CONFIG__\"</script>");
        assert_eq!(Page::Loader.fill("a(__CONFIG__)", "{}"), "a({})");
    }
}
