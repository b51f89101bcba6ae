//! The apps of `tests/apps/`, and how each differs from the others.

/// How an app differs from the others.
pub struct App {
    pub name: &'static str,
    pub served: Served,
    /// The script of Node's that serves it in development, and its arguments.
    pub development: (&'static str, &'static [&'static str]),
    /// How often the script that its component brings runs, if the component is shown twice.
    pub visits: usize,
    /// What is asked for as well once all is allowed.
    pub also: &'static [&'static str],
}

/// How it is served once it is built.
pub enum Served {
    /// By a script of Node's, with its arguments.
    By(&'static [&'static str]),
    /// As files, from this folder.
    From(&'static str),
}

/// What most of these scripts are to be told.
const DEV: &[&str] = &["dev", "--host", "127.0.0.1", "--port", "PORT"];

pub const NEXT: App = App {
    name: "next",
    served: Served::By(&[
        "node_modules/next/dist/bin/next",
        "start",
        "-H",
        "127.0.0.1",
        "-p",
        "PORT",
    ]),
    development: (
        "node_modules/next/dist/bin/next",
        &["dev", "-H", "127.0.0.1", "-p", "PORT"],
    ),
    visits: 1,
    also: &["//tags.example/gtm.js?id=GTM-0000000"],
};

pub const NUXT: App = App {
    name: "nuxt",
    served: Served::By(&[".output/server/index.mjs"]),
    development: ("node_modules/nuxt/bin/nuxt.mjs", DEV),
    visits: 1,
    also: &["//tags.example/offers.js", "//tags.example/measure.js"],
};

pub const SVELTEKIT: App = App {
    name: "sveltekit",
    served: Served::By(&["build"]),
    development: ("node_modules/vite/bin/vite.js", DEV),
    visits: 1,
    also: &[],
};

pub const ASTRO: App = App {
    name: "astro",
    served: Served::By(&["dist/server/entry.mjs"]),
    development: ("node_modules/astro/bin/astro.mjs", DEV),
    // Its tag stands in the page, not in a component of doui's.
    visits: 2,
    also: &[],
};

pub const REACT_ROUTER: App = App {
    name: "react-router",
    served: Served::By(&[
        "node_modules/@react-router/serve/bin.cjs",
        "build/server/index.js",
    ]),
    development: ("node_modules/@react-router/dev/bin.cjs", DEV),
    visits: 0,
    also: &[],
};

pub const REACT: App = App {
    name: "react",
    served: Served::From("dist"),
    development: ("", &[]),
    visits: 1,
    also: &[],
};

pub const ANGULAR: App = App {
    name: "angular",
    served: Served::From("dist/browser"),
    development: ("", &[]),
    visits: 0,
    also: &[],
};

pub const VUE: App = App {
    name: "vue",
    served: Served::From("dist"),
    development: ("", &[]),
    visits: 1,
    also: &[],
};
