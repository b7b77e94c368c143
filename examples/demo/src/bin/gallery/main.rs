//! The gallery: every state, kind of client, theme and language of the widget has an address. It
//! needs no server: a memory backend plays the scenes of `examples/demo/gallery.json`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    page::mount();
}

#[cfg(target_arch = "wasm32")]
mod address;
#[cfg(target_arch = "wasm32")]
mod frame;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod player;
#[cfg(target_arch = "wasm32")]
mod script;
#[cfg(target_arch = "wasm32")]
mod texts;
#[cfg(target_arch = "wasm32")]
mod words;
