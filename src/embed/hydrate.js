// Pages that a framework hydrates whole: it compares the document, from <html> on, with what it rendered on the server.

import { isToldToHydrate } from "./trust.js";

/**
 * What frameworks leave on the window of such a page: Next's App Router, Remix, React Router, TanStack Start, and those that
 * stream React's server components by `rsc-html-stream`.
 */
const SIGNS = ["__next_f", "__remixContext", "__reactRouterContext", "$_TSR", "__FLIGHT_DATA"];

export const hydratesWhole = () => isToldToHydrate() || SIGNS.some((name) => name in window);
