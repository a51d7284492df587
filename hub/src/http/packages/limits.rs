//! The most each setting of a package takes, in characters unless the name says entries.

/// Longest name of a package on the management pages.
pub(crate) const NAME: usize = 25;
/// Longest name visitors see.
pub(crate) const COMPANY: usize = 100;
/// Longest address of the company's web site.
pub(crate) const WEB_ADDRESS: usize = 100;
/// Longest name of a time zone; the longest of IANA has 32.
pub(crate) const ZONE: usize = 64;
/// Intervals of one day: more is no plan anybody keeps.
pub(crate) const INTERVALS: usize = 6;
/// Dates with hours of their own: holidays of some years.
pub(crate) const EXCEPTIONS: usize = 200;
/// Longest note on such a date.
pub(crate) const EXCEPTION_NOTE: usize = 60;
/// Consultants named for one package.
pub(crate) const CONSULTANTS: usize = 1_000;
/// Origins that may show the chat; all of them stand in one header.
pub(crate) const SITES: usize = 20;
/// Longest of them; a host name has at most 253.
pub(crate) const SITE: usize = 270;
/// Longest label of the button.
pub(crate) const LABEL: usize = 60;
/// Until the label shows itself, in seconds.
pub(crate) const REVEAL_SECONDS: std::ops::RangeInclusive<u16> = 1..=3_600;
/// Entries of pages the button shows on, and of those it does not.
pub(crate) const PATTERNS: usize = 20;
/// Longest of them.
pub(crate) const PATTERN: usize = 200;
/// Longest big heading of the call page.
pub(crate) const HEADING: usize = 50;
/// Longest small heading.
pub(crate) const SUBHEADING: usize = 200;
/// Fields of the form: more and nobody writes.
pub(crate) const FIELDS: usize = 8;
/// Longest id of a field.
pub(crate) const FIELD_ID: usize = 20;
/// Longest label of a field.
pub(crate) const FIELD_LABEL: usize = 60;
/// Longest text a visitor agrees to.
pub(crate) const CONSENT: usize = 500;
/// Longest text above the message form.
pub(crate) const MESSAGE_TEXT: usize = 200;
/// Packages of one business: each is read at every change of settings.
pub(crate) const PACKAGES: usize = 200;
/// Bytes of a body with settings: every field at its limit fits, escaped as JSON may escape it.
pub(crate) const SETTINGS_BYTES: usize = 256 * 1024;
