import { BrowserAgent } from "@newrelic/browser-agent/loaders/browser-agent";

// What it would send goes to the tests' own server.
const init = { distributed_tracing: { enabled: true }, privacy: { cookies_enabled: true }, ajax: { enabled: true } };
const info = { beacon: location.host, errorBeacon: location.host, licenseKey: "key", applicationID: "1", sa: 1 };
window.agent = new BrowserAgent({ init, info, loader_config: { accountID: "1", trustKey: "1", agentID: "1", licenseKey: "key", applicationID: "1" } });
