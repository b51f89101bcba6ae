// Stands in for an advertiser's tag (purpose: ads). It only says that it ran.
// It is not called ads.js because ad blockers stop such an address on sight, whatever the visitor chose.
(window.demoRan ||= []).push("ads:tag");
document.dispatchEvent(new CustomEvent("demo:ran", { detail: "ads:tag" }));
