//! A gate between the hub and its database: closed, it cuts every connection and takes no new one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// The gate; it is gone with the test.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Where the hub finds the database, through the gate.
    pub url: String,
    is_open: Arc<AtomicBool>,
    cut: Arc<Notify>,
}

impl Gate {
    /// An open gate before the database with this address.
    pub async fn before(database: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let near = listener.local_addr().unwrap().port();
        let far = database.rsplit(':').next().and_then(|rest| rest.split('/').next()).unwrap();
        let behind: u16 = far.parse().unwrap();
        let url = database.replace(&format!(":{behind}/"), &format!(":{near}/"));
        let gate = Self { url, is_open: Arc::new(AtomicBool::new(true)), cut: Arc::default() };
        let porter = gate.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let porter = porter.clone();
                tokio::spawn(async move { porter.pass(near, behind).await });
            }
        });
        gate
    }

    /// Cuts every connection, in the middle of whatever it says.
    pub fn close(&self) {
        self.is_open.store(false, Ordering::SeqCst);
        self.cut.notify_waiters();
    }

    /// Lets connections through again.
    pub fn open(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }

    async fn pass(&self, mut near: TcpStream, behind: u16) {
        let cut = self.cut.notified();
        if !self.is_open.load(Ordering::SeqCst) {
            return;
        }
        let Ok(mut far) = TcpStream::connect(("127.0.0.1", behind)).await else { return };
        tokio::select! {
            () = cut => {}
            _ended = copy_bidirectional(&mut near, &mut far) => {}
        }
    }
}
