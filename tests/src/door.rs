//! The two doors through which a visitor chooses, by their stable hooks.

use thirtyfour::WebElement;

use crate::{Choices, PURPOSES, Stage};

/// Where a visitor chooses.
#[derive(Clone, Copy, Debug)]
pub enum Door {
    /// The banner of a shop page, or of the preference centre while something is undecided.
    Banner,
    /// The preference centre's own switches and buttons.
    Centre,
}

impl Door {
    /// The JavaScript expression of the node that holds the door's hooks.
    pub fn root(self) -> &'static str {
        match self {
            Door::Banner => "document.querySelector('#doui-banner').shadowRoot",
            Door::Centre => "document.querySelector('main')",
        }
    }
}

/// The selector of a purpose's switch.
fn switch(purpose: &str) -> String {
    format!("input[type=checkbox][role=switch][name={purpose}]")
}

impl Stage {
    /// The element that `selector` names behind `door`, as soon as it has a box.
    pub async fn find(&self, door: Door, selector: &str) -> WebElement {
        self.element(&format!(
            "[{}.querySelector({selector:?})].find(found => found?.getClientRects().length)",
            door.root()
        ))
        .await
    }

    /// Presses the button whose `data-doui-act` is `act`, as a pointer does. The centre's answer once they are live.
    pub async fn press(&self, door: Door, act: &str) {
        if matches!(door, Door::Centre) {
            self.until_alive().await;
        }
        let button = self.find(door, &format!("[data-doui-act={act}]")).await;
        self.click(&button).await;
    }

    /// Answers on the banner by the button whose `data-doui-act` is `act`, and awaits that the page has it.
    pub async fn answer(&self, act: &str) {
        self.press(Door::Banner, act).await;
        self.until("doui.state.decided").await;
    }

    /// Clicks on an element, wherever on the page it is: a visitor scrolls to what the banner covers.
    pub async fn click(&self, element: &WebElement) {
        let element_json = element.to_json().expect("an element has an id");
        self.run::<()>(
            "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })",
            vec![element_json],
        )
        .await;
        let clicked = element.click().await;
        clicked.unwrap_or_else(|e| panic!("a click did not arrive: {e}"));
    }

    /// Clicks on the element that a JavaScript expression is, as soon as it is there.
    pub async fn click_on(&self, expression: &str) {
        let element = self.element(expression).await;
        self.click(&element).await;
    }

    /// Moves the switches to `choices`, one click for each that differs.
    pub async fn set(&self, door: Door, choices: &Choices) {
        for (purpose, allowed) in choices {
            let input = self.find(door, &switch(purpose)).await;
            if input.is_selected().await.expect("a switch has a state") != *allowed {
                self.click(&input).await;
            }
        }
    }

    /// What the switches show.
    pub async fn shown(&self, door: Door) -> Choices {
        let mut shown = Choices::new();
        for purpose in PURPOSES {
            let input = self.find(door, &switch(purpose)).await;
            let on = input.is_selected().await.expect("a switch has a state");
            shown.insert(purpose.to_owned(), on);
        }
        shown
    }

    /// Awaits that the switches show `choices`.
    pub async fn until_shown(&self, door: Door, choices: &Choices) {
        let wanted = serde_json::json!(choices);
        self.until(&format!(
            "Object.entries({wanted}).every(([id, on]) => {}.querySelector(`[name=${{id}}]`).checked == on)",
            door.root()
        ))
        .await;
    }

    /// Awaits that the preference centre is live: only then it holds a banner, seen or not.
    pub async fn until_alive(&self) {
        self.until(
            "document.querySelector('#doui-banner').shadowRoot.querySelector('[data-doui-act]')",
        )
        .await;
    }

    /// What a visitor can read on the banner.
    pub async fn banner_text(&self) -> String {
        self.value(&format!(
            "[...{}.children].map(part => part.innerText ?? '').join('\\n')",
            Door::Banner.root()
        ))
        .await
    }

    /// Chooses on the banner, each switch by itself, and awaits that the page has it.
    pub async fn choose_on_banner(&self, choices: &Choices) {
        self.press(Door::Banner, "settings").await;
        self.set(Door::Banner, choices).await;
        self.answer("save").await;
    }

    /// Whether a banner can be seen now.
    pub async fn banner_shows(&self) -> bool {
        self.value(BANNER_SHOWS).await
    }

    /// Awaits that a banner can be seen.
    pub async fn until_banner_shows(&self) {
        self.until(BANNER_SHOWS).await;
    }

    /// Awaits that no banner can be seen.
    pub async fn until_banner_is_gone(&self) {
        self.until(&format!("!({BANNER_SHOWS})")).await;
    }
}

/// On the page of the choices that is the question, and the banner stands back.
const BANNER_SHOWS: &str = "(() => {
    const host = document.querySelector('#doui-banner');
    if (document.querySelector('[data-doui-live=choices]')) return !!host && !host.hidden;
    return [...host?.shadowRoot.querySelectorAll('[data-doui-act]') ?? []].some(act => act.getClientRects().length);
})()";
