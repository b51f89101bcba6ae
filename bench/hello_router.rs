//! The other floor of `cargo xtask weigh`: a Leptos app with a router and one route.

use leptos::{mount::mount_to_body, prelude::*};
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

fn main() {
    mount_to_body(|| {
        view! {
            <Router>
                <Routes fallback=|| "None">
                    <Route path=path!("/") view=|| view! { <p>"Hello"</p> } />
                </Routes>
            </Router>
        }
    });
}
