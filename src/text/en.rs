//! English.

use super::Messages;

pub static EN: Messages = Messages {
    language: "English",

    banner_title: "Cookie settings",
    banner_lead: "This site uses cookies. For these purposes it waits for your choice; change it at any time.",
    banner_lead_opt_out: "This site uses cookies, also for these purposes. You can refuse at any time.",
    banner_some: "Not chosen yet, or changed: please choose.",
    accept: "Accept all",
    reject: "Reject all",
    settings: "Manage preferences",
    save: "Save my choice",
    close: "Close",
    centre_link: "Learn more",
    always_on: "Always on",
    gpc_before: "Your browser sends Global Privacy Control, so these are off: ",
    gpc_after: ".",
    conflict: "What you allowed before is on hold.",
    unkept: "This browser can’t keep your choice: it ends with this page.",
    list_separator: ", ",
    #[cfg(feature = "ssr")]
    held_before: "This is shown once you allow “",
    #[cfg(feature = "ssr")]
    held_after: "”.",
    #[cfg(feature = "ssr")]
    allow: "Allow and show",
    #[cfg(feature = "ssr")]
    outlived: "What already ran here stops on reload.",
    #[cfg(feature = "ssr")]
    reload: "Reload",

    opt_outs_title: "Opt-out pages of ad companies",
    opt_outs_note: "They stop the use of data; the switches stop its sending.",
    new_tab: "new tab",
    run_by: "Run by ",
    stops_use: "It stops the use of data for ads, not the sending of it.",
    stops_sending: "It stops the sending of data.",

    skip: "Skip to content",
    nav: "Pages",
    choices_title: "Cookie settings",
    choices_lead: "Choose what cookies may be used for, purpose by purpose. Your choice takes effect at once, in every open tab.",
    purposes: "Settings by purpose",
    undecided: "There is no choice in force. Until you choose, only the necessary cookies are used.",
    undecided_opt_out: "There is no choice in force. Until you refuse, cookies are used for the purposes that are switched on.",
    decided_at: "Chosen on ",
    holds_until: "Holds until ",
    revised: "This has changed",
    saved: "Saved.",
    leftovers_before: "\nThese cookies could not be deleted from here: ",
    leftovers_after: ". They go when you delete this site's data in your browser's settings.",
    forgotten: "Your choice is deleted. You can choose anew.",
    unsaved: "Your changes are not saved yet.",
    withdraw_title: "Withdraw, or start over",
    withdraw_note: "You can withdraw at any time. Starting over deletes your choice and its history from this browser, and asks you again.",
    withdraw: "Withdraw everything I allowed",
    start_over: "Delete my choice and start over",
    opt_out_lead: "You can also turn off ads that use cookies on each company’s own page.",
    opt_out_limits_title: "Before you go there",
    opt_out_limits: [
        "An opt-out at these companies stops them from using the data for ads. The data is still sent.",
        "To stop the sending, switch the purpose off in the cookie settings: this site then no longer loads its tags.",
        "You go to these pages only by following a link. This page itself contacts none of these companies.",
    ],
    browser_title: "Refusing cookies in your browser",
    browser_note: "In its settings, your browser can refuse new cookies, warn you when it receives one, or turn cookies off. Some functions of this site then no longer work.",
    policy_address: "Address printed in the privacy policy: ",
    current_address: "Current address: ",
    contact: "Contact",
    phone: "Telephone: ",
    policy: "Privacy policy",
    not_found_title: "This page was not found",
    not_found_lead: "It may have moved, or the address may be mistyped. These pages may help.",
    needs_script: "To change a setting, please turn on JavaScript in your browser. You can read everything and follow the links as it is.",
    back_to_shop: "Back to the shop",
};
