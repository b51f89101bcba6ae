import { useSyncExternalStore } from "react";
import { Link } from "react-router";
import { allows, getState, subscribe } from "doui/client";
import { Film } from "../film.jsx";

export default function Home() {
  const state = useSyncExternalStore(subscribe, getState, () => null);
  return (
    <main id="home">
      <p id="state">{state ? (state.decided ? "decided" : "asked") : "none"}</p>
      <p id="ads">{state && allows("ads") ? "allowed" : "not"}</p>
      <Film />
      <Link to="/other">other</Link>
    </main>
  );
}
