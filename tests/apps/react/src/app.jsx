import { useState } from "react";
import { useAllowed, useDoui } from "doui/react";
import { Film } from "./film.jsx";

const Home = () => {
  const state = useDoui();
  const allowsAds = useAllowed("ads");
  return (
    <main id="home">
      <p id="state">{state ? (state.decided ? "decided" : "asked") : "none"}</p>
      <p id="ads">{allowsAds ? "allowed" : "not"}</p>
      <Film />
    </main>
  );
};

const Other = () => <main id="other" />;

export const App = () => {
  const [path, setPath] = useState("/");
  const go = (event) => {
    event.preventDefault();
    history.pushState(null, "", event.currentTarget.getAttribute("href"));
    setPath(location.pathname);
  };
  return (
    <>
      {path == "/" ? <Home /> : <Other />}
      <a href={path == "/" ? "/other" : "/"} onClick={go}>
        {path == "/" ? "other" : "home"}
      </a>
    </>
  );
};
