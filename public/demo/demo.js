// The panel この画面で動いたもの: for each gated element of the page, whether it ran and why, seen through Doui's public API alone.
// A stand-in tag reports itself in `demoRan` as "<what it needs>:<name>"; a gated template is seen by its [data-demo-mark].
// Both spell their needs as data-doui does: "ads", "ads affiliate", "!ads".
(() => {
  const panel = document.querySelector("[data-demo-panel]");
  const rows = [...panel.querySelectorAll("[data-demo-record]")];
  const names = {
  auth: "入力の省略とお客様向けの表示",
  ads: "お客様に合わせた広告",
  traffic: "アクセス解析とサービス改善",
  affiliate: "アフィリエイト広告",
};
  const named = (ids) => ids.map((id) => `「${names[id] ?? id}」`).join("と");
  const put = (hook, text) => (panel.querySelector(hook).textContent = text);

  const met = (need) => (need.startsWith("!") ? !doui.allows(need.slice(1)) : doui.allows(need));
  const ran = (record) => (window.demoRan ?? []).includes(record) || document.querySelector(`[data-demo-mark="${record}"]`) !== null;

  /** Why needs are met, or what stands in their way: a sentence for the visitor. */
  function reason(needs) {
    if (!window.doui) return "doui.js が読み込まれていないため";
    const unmet = needs.filter((need) => !met(need));
    const decisive = (unmet.length ? unmet : needs).map((need) => need.replace("!", ""));
    const allowed = decisive.every((id) => doui.allows(id));
    const open = decisive.some((id) => doui.state.undecided.includes(id));
    return `${named(decisive)}が${allowed ? "許可されている" : open ? "まだ選ばれていない" : "許可されていない"}ため`;
  }

  function showRow(row) {
    const record = row.dataset.demoRecord;
    const needs = record.split(":")[0].split(" ");
    const free = Boolean(window.doui) && needs.every(met);
    const [verdict, because] = ran(record)
      ? free ? ["ran", reason(needs)] : ["stopped", "許可が変わったため、次の読み込みからは動きません"]
      : free ? ["starting", reason(needs)] : ["held", reason(needs)];
    const words = { ran: "動きました", stopped: "すでに動きました", starting: "読み込んでいます", held: "止めています" };
    row.dataset.verdict = verdict;
    row.querySelector("[data-demo-verdict]").textContent = words[verdict];
    row.querySelector("[data-demo-because]").textContent = because;
  }

  function decision() {
    if (!window.doui) return "doui.js を読み込めませんでした。許可が必要なものは、すべて止まったままです。";
    const { decided, decidedAt, revision, undecided } = doui.state;
    if (decided) return `${new Date(decidedAt * 1000).toLocaleString("ja-JP")} に選びました（${revision.replace(/(....)(..)(..)/, (_, y, m, d) => `${y}年${+m}月${+d}日`)}版）`;
    const all = undecided.length === Object.keys(names).length;
    return all ? "まだ選んでいません" : `${named(undecided)}をまだ選んでいません`;
  }

  function allowed() {
    const ids = window.doui ? Object.keys(names).filter((id) => doui.allows(id)) : [];
    return ids.length ? named(ids) : "なし";
  }

  function show() {
    rows.forEach(showRow);
    put("[data-demo-count]", `${rows.length}件のうち${rows.filter((row) => ran(row.dataset.demoRecord)).length}件`);
    put("[data-demo-decision]", decision());
    put("[data-demo-allowed]", allowed());
    put("[data-demo-cookies]", document.cookie.split("; ").filter(Boolean).join("\n") || "なし");
  }

  show();
  document.addEventListener("demo:ran", show);
  for (const slot of document.querySelectorAll(".slot")) new MutationObserver(show).observe(slot, { childList: true });
  (window.douiOnReady ||= []).push((doui) => {
    show();
    doui.onChange(show);
  });
})();
