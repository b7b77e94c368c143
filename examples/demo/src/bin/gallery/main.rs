//! The gallery: every state, kind of client, theme and language of the widget by an address that can be shared, without a server. Its
//! scenes are data (`examples/demo/gallery.json`) that a memory backend plays.

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
mod words;
