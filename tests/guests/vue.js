import { Fragment, createApp, h, reactive } from "vue";

export const state = reactive({ shows: true, order: ["a", "b", "c"], count: 0 });

const tags = () => [
  h("iframe", { title: "vue", width: 300, height: 150, "data-doui": "ads", "data-doui-src": "/frame.html?vue" }),
  h("script", { type: "text/plain", "data-doui": "ads", src: "/tag.js?vue" }),
];

const frame = (name) =>
  h("iframe", { key: name, title: name, width: 300, height: 60, "data-doui": "traffic", "data-doui-src": `/frame.html?${name}` });

createApp({
  render: () =>
    h("main", [
      h("button", { id: "count", onClick: () => state.count++ }, state.count),
      state.shows ? h(Fragment, tags()) : null,
      h("div", state.order.map(frame)),
    ]),
}).mount("#root");
