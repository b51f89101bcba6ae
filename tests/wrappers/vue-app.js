// A shop's part that is made of Doui's components for Vue.
import { h, onMounted, ref } from "vue";
import { Allowed, DouiFrame, DouiScript, DouiSettings, useAllowed, useDoui } from "doui/vue";

export const App = {
  setup() {
    const state = useDoui();
    const allowsAds = useAllowed("ads");
    const shows = ref(true);
    if (typeof window == "object") {
      window.app = { setShows: (value) => (shows.value = value) };
      onMounted(() => {
        window.isLive = true;
      });
    }
    return () =>
      h("main", [
        h("p", { id: "state" }, state.value ? (state.value.decided ? "decided" : "asked") : "none"),
        h("p", { id: "ads" }, allowsAds.value ? "allowed" : "not"),
        h(Allowed, { purpose: "ads" }, { default: () => h("b", { id: "inner" }, "inner"), otherwise: () => h("i", { id: "otherwise" }, "otherwise") }),
        shows.value ? h(DouiScript, { purpose: "ads", src: "/tag.js?wrapped" }) : null,
        shows.value ? h(DouiFrame, { purpose: "ads", src: "/frame.html?wrapped", title: "wrapped", width: 300, height: 150 }) : null,
        h(DouiSettings, { id: "open" }, () => "設定"),
      ]);
  },
};
