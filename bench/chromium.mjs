// The browser that is measured in.

import { cpus } from "node:os";
import puppeteer from "puppeteer-core";

/** Starts Chromium, from where `CHROMIUM` says, with a Japanese visitor's languages and no way to any other machine. */
export const launch = () =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Some peers show nothing to a browser that says it is driven.
      "--disable-blink-features=AutomationControlled",
      // The address bar's own pages start up in every new window, and would be measured along.
      "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
      "--lang=ja",
      "--accept-lang=ja",
      // Nothing is asked of any other machine.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });

/** When, in what and where something is measured: a sentence for above its table. */
export const measured = async (browser, rounds) => {
  const date = new Date().toISOString().slice(0, 10);
  const cores = cpus();
  return `${date}, ${await browser.version()}, ${cores.length} cores (${cores[0].model.trim()}), ${rounds} rounds.`;
};
