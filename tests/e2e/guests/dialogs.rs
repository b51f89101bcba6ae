//! What keeps the visitor inside a dialog or a drawer: focus-trap, Radix, MUI, React Aria, Headless UI, what sets
//! `inert`, the browser's own `<dialog>`, and that of a web component. The banner can be used all the same.

use doui_tests::{Choices, Door, PURPOSES, Setting, Stage};
use thirtyfour::Key;

use super::page;

struct Dialog {
    library: &'static str,
    body: &'static str,
    /// Opens it, once the page is there.
    show: &'static str,
}

const DRAWER: &str = "<button>before</button>
    <div id=\"drawer\" style=\"position: fixed; top: 0; right: 0; width: 300px; height: 300px; background: white\">
    <p>a cart</p><button data-doui-open>settings</button><button>pay</button></div>";

const FOCUS_TRAP: Dialog = Dialog {
    library: "focus-trap",
    body: DRAWER,
    show: "guest.createFocusTrap('#drawer').activate()",
};

const RADIX: Dialog = Dialog {
    library: "dialogs",
    body: "<div id=\"root\"></div>",
    show: "guest.radix()",
};

const MUI: Dialog = Dialog {
    library: "dialogs",
    body: "<div id=\"root\"></div>",
    show: "guest.mui()",
};

const ARIA: Dialog = Dialog {
    library: "aria",
    body: "<div id=\"root\"></div>",
    show: "guest.show()",
};

const HEADLESS: Dialog = Dialog {
    library: "headless",
    body: "<div id=\"root\"></div>",
    show: "guest.show()",
};

/// What keeps the focus nowhere.
const INERT: Dialog = Dialog {
    library: "",
    body: DRAWER,
    show: "for (const it of document.body.children) if (it.id != 'drawer') it.inert = true;
        document.querySelector('#drawer button').focus()",
};

const NATIVE: Dialog = Dialog {
    library: "",
    body: "<button>before</button><dialog id=\"drawer\" style=\"margin-top: 0\"><p>a cart</p>\
        <button data-doui-open>settings</button><button>pay</button></dialog>",
    show: "document.querySelector('#drawer').showModal()",
};

const IS_SHOWN: &str = "document.querySelector('#drawer')?.getClientRects().length
    && document.querySelector('#drawer').contains(document.activeElement)";

/// Nobody keeps the banner from those who listen, or makes it inert.
const IS_HEARD: &str =
    "!document.querySelector('#doui-banner').closest('[aria-hidden=true], [inert]')";

impl Dialog {
    async fn play(&self, test: impl AsyncFnOnce(&Stage)) {
        Setting::guests()
            .file("a.html", page(self.library, self.body))
            .play(async |stage| {
                stage.open("/a.html").await;
                stage.until("document.readyState == 'complete'").await;
                test(stage).await;
            })
            .await;
    }

    async fn show(&self, stage: &Stage) {
        stage.run::<()>(self.show, vec![]).await;
        stage.until(IS_SHOWN).await;
        stage.until_quiet().await;
    }

    /// The dialog opens while the banner asks; each of its controls answers to the mouse.
    async fn banner_first(&self) {
        self.play(async |stage| {
            stage.until_banner_shows().await;
            self.show(stage).await;
            stage.until_banner_shows().await;
            stage.until(IS_HEARD).await;
            scrolls(stage).await;
            let choices: Choices = PURPOSES
                .iter()
                .map(|id| ((*id).to_owned(), *id == "ads"))
                .collect();
            stage.choose_on_banner(&choices).await;
            stage.until_banner_is_gone().await;
            assert!(
                stage
                    .value::<bool>("doui.allows('ads') && !doui.allows('traffic')")
                    .await
            );
            // The dialog is still there, and still has its visitor.
            stage
                .until("document.querySelector('#drawer').getClientRects().length > 0")
                .await;
        })
        .await;
    }

    /// The settings are opened from inside the dialog: by the mouse, then by the keyboard.
    async fn settings_inside(&self) {
        self.play(async |stage| {
            stage.run::<()>("doui.acceptAll()", vec![]).await;
            stage.until_banner_is_gone().await;
            self.show(stage).await;
            let button = stage
                .element("document.querySelector('#drawer [data-doui-open]')")
                .await;
            stage.click(&button).await;
            stage.until_banner_shows().await;
            stage.until(IS_HEARD).await;
            scrolls(stage).await;
            stage.press(Door::Banner, "reject").await;
            stage.until("!doui.allows('ads')").await;
            stage.until_banner_is_gone().await;

            stage
                .run::<()>(
                    "document.querySelector('#drawer [data-doui-open]').focus()",
                    vec![],
                )
                .await;
            stage.keys(&char::from(Key::Enter).to_string()).await;
            stage.until_banner_shows().await;
            stage.until_quiet().await;
            reaches(stage, "accept").await;
            stage.keys(&char::from(Key::Enter).to_string()).await;
            stage.until("doui.allows('ads')").await;
            stage.until_banner_is_gone().await;
        })
        .await;
    }
}

/// Tab leads to the button whose `data-doui-act` is `act`.
async fn reaches(stage: &Stage, act: &str) {
    let active =
        "document.querySelector('#doui-banner').shadowRoot.activeElement?.dataset.douiAct ?? ''";
    let mut passed = Vec::new();
    for _ in 0..12 {
        let at: String = stage.value(active).await;
        if at == act {
            return;
        }
        passed.push(at);
        stage.tab(false).await;
    }
    panic!("Tab did not lead to {act}, only to {passed:?}");
}

/// Nobody takes the wheel from the banner.
async fn scrolls(stage: &Stage) {
    let scrolls: bool = stage
        .value(
            "document.querySelector('#doui-banner').shadowRoot.querySelector('section').dispatchEvent(
                new WheelEvent('wheel', { deltaY: 9, bubbles: true, composed: true, cancelable: true }))",
        )
        .await;
    assert!(scrolls, "the wheel is taken from the banner");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_dead_beside_a_focus_trap() {
    FOCUS_TRAP.banner_first().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_opened_from_a_focus_trap_were_dead() {
    FOCUS_TRAP.settings_inside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_dead_beside_a_radix_dialog() {
    RADIX.banner_first().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_opened_from_a_radix_dialog_were_dead() {
    RADIX.settings_inside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_dead_beside_a_mui_modal() {
    MUI.banner_first().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_opened_from_a_mui_modal_were_dead() {
    MUI.settings_inside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_inert_where_a_library_makes_the_page_so() {
    INERT.banner_first().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_were_inert_where_a_library_makes_the_page_so() {
    INERT.settings_inside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_dead_under_a_modal_dialog() {
    NATIVE.banner_first().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_opened_from_a_modal_dialog_were_dead() {
    NATIVE.settings_inside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_dead_beside_a_modal_of_react_aria() {
    ARIA.banner_first().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_opened_from_a_modal_of_react_aria_were_dead() {
    ARIA.settings_inside().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_banner_was_dead_beside_a_dialog_of_headless_ui() {
    HEADLESS.banner_first().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_opened_from_a_dialog_of_headless_ui_were_dead() {
    HEADLESS.settings_inside().await;
}

/// The button of the banner's, if a press in its middle is one on it. The banner may stand in a shadow root.
const PRESSED: &str = "(() => {
    const host = document.querySelector('#doui-banner')
        ?? document.querySelector('#drawer').shadowRoot.querySelector('#doui-banner');
    const button = host?.shadowRoot.querySelector('[data-doui-act=ACT]');
    if (!button?.getClientRects().length) return null;
    const { x, y, width, height } = button.getBoundingClientRect();
    const at = root => root.elementFromPoint(x + width / 2, y + height / 2);
    return at(host.getRootNode()) == host && at(host.shadowRoot) == button ? button : null;
})()";

/// Presses a button of the banner's where it can be seen. (ChromeDriver takes none within `md-dialog` for displayed.)
async fn presses(stage: &Stage, act: &str) {
    let button = PRESSED.replace("ACT", act);
    stage.until(&format!("!!{button}")).await;
    stage.run::<()>(&format!("{button}.click()"), vec![]).await;
}

/// A component has the browser's modal dialog in its shadow root, so that all of the page is inert but what stands in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_modal_dialog_in_a_shadow_root_made_the_banner_dead() {
    let body = "<button>before</button><md-dialog id=\"drawer\"><div slot=\"content\"><p>a cart</p>\
        <button data-doui-open>settings</button></div></md-dialog>";
    Setting::guests()
        .file("a.html", page("material", body))
        .play(async |stage| {
            stage.open("/a.html").await;
            stage.until_banner_shows().await;
            let dialog = "document.querySelector('#drawer').shadowRoot.querySelector('dialog')";
            let open = async || {
                stage.run::<()>("guest.show()", vec![]).await;
                stage
                    .until(&format!("{dialog}.matches(':modal') && document.querySelector('#drawer').contains(document.activeElement)"))
                    .await;
                stage.until_quiet().await;
            };
            open().await;
            presses(stage, "accept").await;
            stage.until("doui.allows('ads')").await;

            let settings = "const button = document.querySelector('[data-doui-open]'); button.focus(); button.click()";
            stage.run::<()>(settings, vec![]).await;
            presses(stage, "reject").await;
            stage.until("!doui.allows('ads')").await;
            assert!(stage.value::<bool>(&format!("{dialog}.open")).await);

            // It comes out of a dialog that closes.
            stage.run::<()>(settings, vec![]).await;
            stage.until(&format!("!!{}", PRESSED.replace("ACT", "accept"))).await;
            stage.run::<()>("document.querySelector('#drawer').open = false", vec![]).await;
            stage.until(&format!("!{dialog}.open")).await;
            stage.until_banner_shows().await;
            presses(stage, "accept").await;
            stage.until("doui.allows('ads')").await;
        })
        .await;
}
