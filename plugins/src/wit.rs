//! The types of `wit/plugin.wit`, as wasmtime writes them; they are also what is recorded, shown and replayed.

wasmtime::component::bindgen!({
    path: "wit",
    world: "everything",
    additional_derives: [PartialEq, serde::Deserialize, serde::Serialize],
});
