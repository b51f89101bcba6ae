// DuckDuckGo's autoconsent asks whoever runs it for its rules, and says what it does. The test writes in the rule and the action.

window.said = [];
window.autoconsentSendMessage = (message) => {
  window.said.push(message);
  if (message.type != "init") return;
  const config = { enabled: true, autoAction: ACTION, enablePrehide: true, detectRetries: 20, isMainWorld: true };
  // It asks while it is being made, and hears once it is.
  queueMicrotask(() => window.autoconsentReceiveMessage({ type: "initResp", rules: { autoconsent: [RULE] }, config }));
};
