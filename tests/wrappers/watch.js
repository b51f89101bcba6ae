// Notes each frame in which the page is live and does not say what is so.
window.wrong = [];
(function look() {
  const text = document.querySelector("#ads")?.textContent;
  if (window.isLive && text != (doui.allows("ads") ? "allowed" : "not")) wrong.push(text);
  requestAnimationFrame(look);
})();
