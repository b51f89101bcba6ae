"use client";

import { useAllowed, useDoui } from "doui/react";

export function State() {
  const state = useDoui();
  return (
    <>
      <p id="state">{state ? (state.decided ? "decided" : "asked") : "none"}</p>
      <p id="ads">{useAllowed("ads") ? "allowed" : "not"}</p>
    </>
  );
}
