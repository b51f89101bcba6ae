//! 日本語。

use super::Messages;

pub static JA: Messages = Messages {
    language: "日本語",

    banner_title: "クッキーの設定",
    banner_lead: "次の目的のクッキーは、お選びいただくまで使いません。あとからいつでも変えられます。",
    banner_lead_opt_out: "次の目的でクッキーを使うことがあります。いつでもお断りいただけます。",
    banner_some: "まだお選びでないか、変更のあった目的です。お選びください。",
    accept: "すべて許可",
    reject: "すべて拒否",
    settings: "目的ごとに選ぶ",
    save: "この内容で保存",
    close: "閉じる",
    centre_link: "くわしい説明",
    always_on: "常に有効",
    gpc_before: "ブラウザーの意思表示（Global Privacy Control）に従い、「",
    gpc_after: "」はオフです。",
    conflict: "以前の許可は止めています。",
    unkept: "保存できないため、選択はこのページだけで有効です。",
    list_separator: "」「",
    #[cfg(feature = "ssr")]
    held_before: "表示するには「",
    #[cfg(feature = "ssr")]
    held_after: "」の許可がいります。",
    #[cfg(feature = "ssr")]
    allow: "許可して表示",
    #[cfg(feature = "ssr")]
    outlived: "すでに動いたものは、再読み込みで止まります。",
    #[cfg(feature = "ssr")]
    reload: "再読み込み",

    opt_outs_title: "広告会社のオプトアウト",
    opt_outs_note: "リンク先は情報の「利用」を、設定のスイッチは「送信」を止めます。",
    new_tab: "新しいタブ",
    run_by: "運営：",
    stops_use: "止まるのは、広告のための情報の「利用」です。情報の「送信」は止まりません。",
    stops_sending: "情報の「送信」が止まります。",

    skip: "本文へ",
    nav: "ページ",
    choices_title: "クッキーの設定",
    choices_lead: "クッキーを何に使ってよいかを、目的ごとにお選びいただけます。選んだ内容は、開いているすべてのタブですぐに反映されます。",
    purposes: "目的ごとの設定",
    undecided: "いまは有効な選択がありません。お選びいただくまで、必要なクッキーのほかは使いません。",
    undecided_opt_out: "いまは有効な選択がありません。お断りいただくまで、オンになっている目的でクッキーを使います。",
    decided_at: "お選びいただいた日時：",
    holds_until: "有効期限：",
    revised: "内容が変わりました",
    saved: "保存しました。",
    leftovers_before: "\n次のクッキーは、この画面からは消せませんでした：「",
    leftovers_after: "」。ブラウザーの設定で、このサイトのデータを削除すると消えます。",
    forgotten: "選択を消去しました。はじめからお選びいただけます。",
    unsaved: "変更はまだ保存されていません。",
    withdraw_title: "許可の取り消しとやり直し",
    withdraw_note: "許可はいつでも取り消せます。やり直すと、このブラウザーに残っている選択とその履歴を消して、もう一度おたずねします。",
    withdraw: "許可をすべて取り消す",
    start_over: "選択を消してやり直す",
    opt_out_lead: "クッキーを利用した広告は、各社のページでも無効にできます。",
    opt_out_limits_title: "手続きの前にご確認ください",
    opt_out_limits: [
        "各社のオプトアウトで止まるのは、集めた情報を広告に使うことです。情報の送信そのものは止まりません。",
        "送信を止めるには、「クッキーの設定」で該当する目的をオフにしてください。当サイトがそのタグを読み込まなくなります。",
        "各社のページへは、リンクを押したときにだけ移動します。このページから各社への通信はありません。",
    ],
    browser_title: "ブラウザーの設定で断るには",
    browser_note: "ブラウザーの設定で、新しいクッキーを拒否する、受け取るときに警告を表示する、クッキーを無効にする、といった選択ができます。その場合、当サイトの機能の一部がご利用いただけなくなります。",
    policy_address: "プライバシーポリシーに記載のアドレス：",
    current_address: "現在のアドレス：",
    contact: "お問い合わせ先",
    phone: "電話：",
    policy: "プライバシーポリシー",
    not_found_title: "ページが見つかりません",
    not_found_lead: "お探しのページは、移動したか、アドレスが違うようです。次のページからお進みください。",
    needs_script: "設定を変えるには、ブラウザーのJavaScriptを有効にしてください。説明とリンクは、このままお読みいただけます。",
    back_to_shop: "ショップに戻る",
};
