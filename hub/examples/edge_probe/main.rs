mod client_address;
mod server;
mod sockets;
mod user_agent;
fn main() {}
