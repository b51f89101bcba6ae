/// Doui's own sources that a build needs, from the project's root: folders and files.
pub const PLACES: [&str; 5] = [
    "catalog",
    "index.html",
    "public/icons",
    "src/embed",
    "style",
];
