"use client";
// Consent in React 18 and 19. The first render in the browser is the server's, with nothing allowed; the next one comes before
// anything is painted.

import { createElement, useEffect, useLayoutEffect, useReducer, useState, useSyncExternalStore } from "react";
import { allows, getState, subscribe } from "./client.js";
import { insertScript } from "./lib/script.js";

/** React 18 warns of layout effects on a server, where there are none. */
const useBrowserLayoutEffect = typeof document == "undefined" ? useEffect : useLayoutEffect;

const useValue = (read, onServer) => {
  const value = useSyncExternalStore(subscribe, read, onServer);
  const [, renderAgain] = useReducer((count) => count + 1, 0);
  // By itself React would compare only after it has painted what it hydrated.
  useBrowserLayoutEffect(() => {
    if (read() !== value) renderAgain();
  }, []);
  return value;
};

export const useDoui = () => useValue(getState, () => null);

export const useAllowed = (purpose) =>
  useValue(
    () => allows(purpose),
    () => false,
  );

export const Allowed = ({ purpose, otherwise = null, children }) => (useAllowed(purpose) ? children : otherwise);

export const DouiScript = ({ purpose, src, id, nonce, onLoad, onError, children, ...attributes }) => {
  useEffect(() => insertScript({ purpose, src, text: children, id, nonce, onLoad, onError, attributes }), [purpose, src, id]);
  return null;
};

/**
 * Another address is another frame: what was open in this one does not stay. What is allowed has its `src` before React comes,
 * and React would say so while one develops.
 */
export const DouiFrame = ({ purpose, src, ...attributes }) => {
  const [isLive, setLive] = useState(false);
  // However late React comes: a placeholder before its turn would not be in its tree.
  useEffect(() => setLive(true), []);
  return createElement("iframe", {
    key: src,
    suppressHydrationWarning: true,
    "data-placeholder": isLive ? undefined : "off",
    ...attributes,
    "data-doui": purpose,
    "data-doui-src": src,
  });
};

export const DouiSettings = (attributes) => createElement("button", { type: "button", "data-doui-open": "", ...attributes });
