//! What a plugin can ask of the hub: keep a log line, read a stored value.
//!
//! In tests on your own machine there is no hub: lines go to standard error, and nothing is stored.

use crate::Level;

/// Writes a line into the plugin's log, which owners see. The hub keeps 16 KiB of one call.
pub fn log(level: Level, text: &str) {
    #[cfg(target_arch = "wasm32")]
    crate::bindings::click2callme::plugin::host::log(level, text);
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("{level:?}: {text}");
}

/// Reads a value which an owner stored for this plugin; for lists too long for the form.
pub fn stored(key: &str) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    return crate::bindings::click2callme::plugin::host::get(key);
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = key;
        None
    }
}

/// Sends the text and place of a panic to the log; without this a panic is only "unreachable executed".
#[doc(hidden)]
pub fn report_panics() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|panic| log(Level::Error, &panic.to_string())));
}
