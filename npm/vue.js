// Consent in Vue 3. The first render in the browser is the server's, with nothing allowed; the next one comes before anything
// is painted.

import { computed, defineComponent, getCurrentInstance, getCurrentScope, h, onMounted, onScopeDispose, onUnmounted, shallowRef, toValue } from "vue";
import { allows, getState, subscribe } from "./client.js";
import { insertScript } from "./lib/script.js";

export const useDoui = () => {
  const state = shallowRef(null);
  let stop = () => {};
  const start = () => {
    state.value = getState();
    stop = subscribe((now) => {
      state.value = now;
    });
  };
  // Outside a component nothing is hydrated.
  if (getCurrentInstance()) onMounted(start);
  else start();
  if (getCurrentScope()) onScopeDispose(() => stop());
  return state;
};

export const useAllowed = (purpose) => {
  const state = useDoui();
  return computed(() => !!state.value && allows(toValue(purpose)));
};

export const Allowed = defineComponent({
  name: "Allowed",
  props: { purpose: { type: String, required: true } },
  setup(props, { slots }) {
    const isAllowed = useAllowed(() => props.purpose);
    return () => (isAllowed.value ? slots.default?.() : slots.otherwise?.());
  },
});

export const DouiScript = defineComponent({
  name: "DouiScript",
  inheritAttrs: false,
  props: { purpose: { type: String, required: true }, src: String, id: String, nonce: String, text: String },
  emits: ["load", "error"],
  setup(props, { attrs, emit }) {
    let remove = () => {};
    onMounted(() => {
      const [onLoad, onError] = ["load", "error"].map((name) => (event) => emit(name, event));
      remove = insertScript({ ...props, onLoad, onError, attributes: attrs });
    });
    onUnmounted(() => remove());
    return () => null;
  },
});

export const DouiFrame = defineComponent({
  name: "DouiFrame",
  props: { purpose: { type: String, required: true }, src: { type: String, required: true } },
  setup(props) {
    const isLive = shallowRef(false);
    // However late Vue comes: a placeholder before its turn would not be in its tree.
    onMounted(() => {
      isLive.value = true;
    });
    // Another address is another frame: what was open in this one does not stay.
    return () =>
      h("iframe", {
        key: props.src,
        "data-placeholder": isLive.value ? undefined : "off",
        "data-doui": props.purpose,
        "data-doui-src": props.src,
      });
  },
});

export const DouiSettings = defineComponent({
  name: "DouiSettings",
  setup:
    (_, { slots }) =>
    () =>
      h("button", { type: "button", "data-doui-open": "" }, slots.default?.()),
});
