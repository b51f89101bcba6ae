// Tells the shop page around the advert's frame that the frame was loaded (purpose: ads).
(parent.demoRan ||= []).push("ads:frame");
parent.document.dispatchEvent(new parent.CustomEvent("demo:ran", { detail: "ads:frame" }));
