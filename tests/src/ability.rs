//! What some engines cannot do, so that a test which needs it is left out there. This table is the only place that says
//! so; how an engine is told what all of them can do is in `browser.rs`.

use crate::browser::Engine;

/// Something that a test needs of the engine, and that not every engine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// The [DevTools protocol](https://chromedevtools.github.io/devtools-protocol/), by which a test plays another
    /// screen, colour scheme or medium, gives a permission, or empties the cache.
    DevTools,
    /// Pages that are rendered before a visitor goes to them
    /// (<https://wicg.github.io/nav-speculation/prerendering.html>).
    Prerendering,
    /// Cookies for servers alone (HttpOnly) that a test puts there, as a server would.
    ServersCookies,
    /// Windows as narrow as 320 CSS pixels.
    NarrowWindows,
    /// To tell what moved on the page by itself (<https://wicg.github.io/layout-instability/>).
    LayoutShifts,
    /// To tell how long scripts and layouts kept a frame (<https://w3c.github.io/long-animation-frames/>).
    FrameTimes,
    /// Several hosts over https.
    SecureHosts,
}

impl Engine {
    /// What a page reads of the cookie that it wrote as `nameless`, a value without a name: Firefox takes it for a name
    /// without a value.
    pub fn nameless_cookie(self) -> &'static str {
        match self {
            Engine::Firefox => "nameless=",
            Engine::Chromium | Engine::WebKit => "nameless",
        }
    }

    /// Whether a cookie of this value can be: WebKit ends it before what is not ASCII.
    pub fn takes_cookie(self, value: &str) -> bool {
        self != Engine::WebKit || value.is_ascii()
    }

    /// For how many milliseconds a page may read the first of two cookies that were written one upon the other.
    pub fn cookie_lag(self) -> u32 {
        match self {
            Engine::WebKit => 1000,
            Engine::Chromium | Engine::Firefox => 0,
        }
    }

    /// Whether pictures are asked for only when the scripts of the page have come.
    pub fn asks_for_pictures_last(self) -> bool {
        self == Engine::WebKit
    }

    /// Whether a page is told of requests whose answers it may not read.
    pub fn tells_of_unreadable_answers(self) -> bool {
        self != Engine::WebKit
    }

    /// Whether a page is told of its beacons.
    pub fn tells_of_beacons(self) -> bool {
        self == Engine::Chromium
    }

    /// Whether a service worker starts in a session of WebDriver's.
    pub fn starts_service_workers(self) -> bool {
        self != Engine::WebKit
    }

    /// Whether Tab leads from the page's end into the browser around it: what is then active in the page has no focus.
    pub fn leaves_page_by_tab(self) -> bool {
        self == Engine::Firefox
    }

    /// Why a test that needs the ability is left out in this engine; `None` where the engine has it.
    pub fn why_without(self, ability: Ability) -> Option<&'static str> {
        match (ability, self) {
            (_, Engine::Chromium) => None,
            (Ability::DevTools, _) => Some("only Chromium speaks the DevTools protocol"),
            (Ability::Prerendering, _) => Some("only Chromium prerenders pages"),
            (Ability::ServersCookies, Engine::Firefox) => None,
            (Ability::NarrowWindows, Engine::Firefox) => {
                Some("Firefox's windows are at least 500 pixels wide")
            }
            (Ability::ServersCookies, Engine::WebKit) => Some(
                "a script may overwrite the HttpOnly cookies of WebKitWebDriver, as it may not those of a server",
            ),
            (Ability::NarrowWindows, Engine::WebKit) => {
                Some("MiniBrowser's tool bar keeps its window wider than 440 pixels")
            }
            (Ability::LayoutShifts, _) => Some("only Chromium tells what moved"),
            (Ability::SecureHosts, Engine::Firefox) => None,
            (Ability::SecureHosts, Engine::WebKit) => Some(
                "WebKitWebDriver reaches named hosts through a proxy alone, which would have to speak TLS",
            ),
            (Ability::FrameTimes, _) => Some("only Chromium tells what kept a frame"),
        }
    }
}
