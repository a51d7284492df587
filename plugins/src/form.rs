//! Forms that plugins declare: is the declaration sane, and do the owner's settings fit it?
//!
//! Pure. A declaration with a flaw is refused at upload; settings with a flaw are
//! not saved. Each flaw says where it is, as a JSON pointer (RFC 6901).

mod about;
pub mod address;
mod cells;
mod fields;
mod flaws;
mod kinds;
#[cfg(test)]
pub(crate) mod samples;
pub mod secret;
mod settings;
#[cfg(test)]
mod tests;
mod values;

pub use about::{check_about, check_update};
pub use fields::{Place, check_fields};
pub use flaws::{Flaw, FlawKind, MOST_FLAWS};
pub(crate) use flaws::{Flaws, escaped};
pub use settings::{Accepted, answers, defaults, own_addresses, settings};
pub use values::Known;

/// Most fields of a settings form.
pub const MOST_FIELDS: usize = 64;
/// Most fields that a visitor is asked to fill in before a chat.
pub const MOST_VISITOR_FIELDS: usize = 20;
/// Most options of a choice.
pub const MOST_OPTIONS: usize = 200;
/// Most columns of a table.
pub const MOST_COLUMNS: usize = 12;
/// Most rows of a table.
pub const MOST_ROWS: usize = 200;
/// Largest settings of one plugin, as JSON, in bytes.
pub const SETTINGS_BYTES: usize = 65_536;
/// Longest key of a field or column, in bytes.
pub const KEY_BYTES: usize = 64;
/// Longest label, option or section, in characters.
pub const LABEL_CHARS: usize = 80;
/// Longest text under a field, in characters.
pub const HELP_CHARS: usize = 500;
/// Longest value of a text field, in characters, whatever its rule says.
pub const TEXT_CHARS: u32 = 10_000;
/// Longest text of a cell, in characters.
pub const CELL_CHARS: usize = 500;
/// Longest pattern of a text field, in bytes.
pub const PATTERN_BYTES: usize = 500;
