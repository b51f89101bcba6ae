//! The floor that `cargo xtask weigh` measures the preference centre against: the least that a Leptos app weighs.

use leptos::{mount::mount_to_body, prelude::*};

fn main() {
    mount_to_body(|| view! { <p>"Hello"</p> });
}
