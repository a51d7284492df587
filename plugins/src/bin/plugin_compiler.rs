//! The process that compiles, for the tests of this crate; in the hub it is a hidden command.

fn main() -> std::io::Result<()> {
    plugins::compile::compile_child()
}
