//! No server: each phone is connected with the other one. What the generator and
//! the loopback cost by themselves.

use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::BorrowedFd;

use anyhow::Result;

use super::Exchange;
use super::phones::Phones;
use crate::clock::now;
use crate::server::Server;

pub(crate) struct Direct;

impl Exchange for Direct {
    fn server(&self) -> Option<&Server> {
        None
    }

    fn ip(&self) -> IpAddr {
        Ipv4Addr::LOCALHOST.into()
    }

    fn line(&self) -> Option<BorrowedFd<'_>> {
        None
    }

    fn begin(&mut self, call: usize, phones: &mut Phones) -> Result<()> {
        let offer = phones.offer(2 * call)?;
        let answer = phones.answer(2 * call + 1, &offer)?;
        phones.tally.answer(call, now());
        phones.conclude(2 * call, &answer)
    }

    fn hear(&mut self, _phones: &mut Phones) -> Result<()> {
        Ok(())
    }

    fn report(&mut self, _phone: usize) -> Result<()> {
        Ok(())
    }
}
