// The state in Svelte. The first render in the browser is the server's, with nothing allowed; the next one comes before anything
// is painted.

import { onMount } from "svelte";
import { allows, getState, subscribe } from "../client.js";

export const useDoui = () => {
  let state = $state.raw(null);
  onMount(() => {
    state = getState();
    return subscribe((now) => {
      state = now;
    });
  });
  return {
    get current() {
      return state;
    },
  };
};

export const useAllowed = (purpose) => {
  const doui = useDoui();
  return {
    get current() {
      return !!doui.current && allows(typeof purpose == "function" ? purpose() : purpose);
    },
  };
};
