// `window.doui` from modules: safe on a server, and before doui.js has run. Until then nothing is allowed.

/** What doui.js offers, once it has run. An element with the id `doui` is found under that name too, but is none of it. */
const page = () => (typeof window != "undefined" && typeof window.doui?.allows == "function" ? window.doui : undefined);

/** Calls back with `window.doui`, at once where it is there. On a server never. */
const whenThere = (action) => {
  const there = page();
  if (there) action(there);
  else if (typeof window != "undefined") (window.douiOnReady ??= []).push(action);
};

export const ready = () => new Promise(whenThere);

export const getState = () => page()?.state ?? null;

export const allows = (purpose, service) => page()?.allows(purpose, service) ?? false;

export const when = (purpose) => ready().then((doui) => doui.when(purpose));

export const subscribe = (listener) => {
  const wasThere = !!page();
  let hasStopped = false;
  let stop = () => {};
  whenThere((doui) => {
    if (hasStopped) return;
    stop = doui.onChange(listener);
    if (!wasThere) listener(doui.state, []);
  });
  return () => {
    hasStopped = true;
    stop();
  };
};
