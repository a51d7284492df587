//! Calls of synthetic clients, through a server or without one.

pub(crate) mod direct;
pub(crate) mod hub;
pub(crate) mod janus;
pub(crate) mod lines;
pub(crate) mod phone;
pub(crate) mod phones;
pub(crate) mod tally;

use std::net::IpAddr;
use std::os::fd::BorrowedFd;

use anyhow::Result;

use crate::server::Server;
use phones::Phones;

/// What connects phones. Call `n` is between phone `2n`, which calls, and phone `2n + 1`, which answers.
pub(crate) trait Exchange {
    /// The measured process; none where phones are connected with each other.
    fn server(&self) -> Option<&Server>;

    /// Where phones reach it.
    fn ip(&self) -> IpAddr;

    /// Readable when there is something to hear.
    fn line(&self) -> Option<BorrowedFd<'_>>;

    /// Has the first phone of a call ring the other one, which answers at once.
    fn begin(&mut self, call: usize, phones: &mut Phones) -> Result<()>;

    /// Does what the exchange asks of the phones.
    fn hear(&mut self, phones: &mut Phones) -> Result<()>;

    /// Tells how well a phone hears, as browsers do every few seconds.
    fn report(&mut self, phone: usize) -> Result<()>;
}
