// `doui csp`: a Content-Security-Policy that lets a page reach the shop's own host, what is always allowed, and the services of
// what is allowed. Sent by the server, it stops what a browser fetches ahead too.

/** What the shop's own pages need of each kind. */
const OWN = {
  "default-src": "'self'",
  "script-src": "'self' 'unsafe-inline'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self' data:",
  "media-src": "'self' blob:",
  "connect-src": "'self'",
  "frame-src": "'self'",
  "worker-src": "'self' blob:",
  "base-uri": "'self'",
  "object-src": "'none'",
};

/** The kinds that services have a part in. */
const THEIRS = /^(script|style|img|font|media|connect|frame)-src$/;

/** @param {import("./mark.js").Recipient[]} services those of the shop @param {string[]} allowed purposes and services */
export const policyOf = (services, allowed) => {
  const isAllowed = (/** @type {string} */ condition) => ["necessary", ...allowed].some((name) => condition == name || condition.startsWith(name + "/"));
  const hosts = [...new Set(services.filter(({ condition }) => isAllowed(condition)).flatMap((service) => service.hosts))];
  return Object.entries(OWN)
    .map(([kind, own]) => [kind, own, ...(THEIRS.test(kind) ? hosts : [])].join(" "))
    .join("; ");
};
