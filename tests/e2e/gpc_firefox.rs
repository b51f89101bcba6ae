//! Global Privacy Control in Firefox, which sends it of itself: no script plays the browser here.

use doui_tests::Setting;

use crate::gpc;

#[tokio::test(flavor = "multi_thread")]
async fn without_the_signal_nothing_is_said_of_it() {
    gpc::nothing_is_said(Setting::fixtures().in_firefox()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_with_the_signal_reads_of_it_and_may_still_allow() {
    gpc::it_is_told_and_all_is_allowed(Setting::fixtures().in_firefox().sending_gpc()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_grant_that_did_not_know_of_the_signal_is_held_back_kept_and_asked_again() {
    gpc::an_older_grant_is_held_back(Setting::fixtures().in_firefox().sending_gpc()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_honours_the_signal_too() {
    gpc::the_centre_tells_too(Setting::fixtures().in_firefox().sending_gpc()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_centre_holds_back_an_older_grant_too() {
    gpc::the_centre_holds_an_older_grant_back(Setting::fixtures().in_firefox().sending_gpc()).await;
}
