// A shop's part that is made of Doui's components for React.
import { useLayoutEffect, useState } from "react";
import { Allowed, DouiFrame, DouiScript, DouiSettings, useAllowed, useDoui } from "doui/react";

export const App = () => {
  const state = useDoui();
  const allowsAds = useAllowed("ads");
  const [shows, setShows] = useState(true);
  if (typeof window == "object") {
    window.app = { setShows };
    useLayoutEffect(() => {
      window.isLive = true;
    }, []);
  }
  return (
    <main>
      <p id="state">{state ? (state.decided ? "decided" : "asked") : "none"}</p>
      <p id="ads">{allowsAds ? "allowed" : "not"}</p>
      <Allowed purpose="ads" otherwise={<i id="otherwise">otherwise</i>}>
        <b id="inner">inner</b>
      </Allowed>
      {shows && <DouiScript purpose="ads" src="/tag.js?wrapped" />}
      {shows && <DouiFrame purpose="ads" src="/frame.html?wrapped" title="wrapped" width="300" height="150" />}
      <DouiSettings id="open">設定</DouiSettings>
    </main>
  );
};
