// doui-build, compiled to WebAssembly.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** A fault of Doui's own, not of the shop file. */
export class DouiError extends Error {
  name = "DouiError";
}

/** @type {Promise<any> | undefined} */
let loading;
let count = 0;

const load = async () => {
  // A module of its own each time: a panic leaves the one that it happened in unusable.
  const core = await import(`./build.js?${count++}`);
  core.initSync({ module: gunzipSync(readFileSync(new URL("build.wasm.gz", import.meta.url))) });
  return core;
};

/**
 * Calls a function with doui-build's exports.
 * @template T
 * @param {(core: any) => T} action must be done when it returns
 * @returns {Promise<T>}
 */
export const withCore = async (action) => {
  const core = await (loading ??= load());
  // A panic says what and where on the console, with a trace that says nothing to an operator.
  const { error } = console;
  let said = "";
  console.error = (text) => {
    said ||= String(text).split("\n\nStack:")[0];
  };
  try {
    return action(core);
  } catch (failure) {
    if (!(failure instanceof WebAssembly.RuntimeError)) throw failure;
    loading = undefined;
    throw new DouiError(`Doui failed, and not because of your shop file; please report this: ${said || failure.message}`);
  } finally {
    console.error = error;
  }
};

/** Today where the day is furthest on, at UTC+14: nothing is called yet to come that is there for some visitor. */
export const today = () => new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
