// Stands in for a tag that advertises and tracks the sale at once, so it needs two purposes: ads and affiliate.
(window.demoRan ||= []).push("ads affiliate:partner");
document.dispatchEvent(new CustomEvent("demo:ran", { detail: "ads affiliate:partner" }));
