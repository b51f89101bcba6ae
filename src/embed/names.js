// The names of cookies and keys that services declare, and where a cookie may be (crates/core/src/sweep.rs).

/** An address may have thousands of parts, and a cookie is tried at each. */
const PATHS = 32;

/** Whether a declared name, which may end in `*`, stands for this one. @param {string} declared @param {string} name */
export const standsFor = (declared, name) =>
  declared.endsWith("*") ? name.startsWith(declared.slice(0, -1)) : name == declared;

/**
 * Whether what has this name must go: somebody declares it, and all who do are refused.
 * @param {readonly StampedName[]} declared @param {string} name @param {(condition: string) => boolean} isRefused
 */
export const mustGo = (declared, name, isRefused) => {
  const owners = declared.filter(({ _name }) => standsFor(_name, name));
  return !!owners[0] && owners.every(({ _keeps }) => isRefused(_keeps));
};

/** The domains that a cookie seen at a host may have been set for. @param {string} host */
export const domainsOf = (host) => host.split(".").map((_, at, labels) => labels.slice(at).join("."));

/** The paths that a cookie seen at a path may have been set for. @param {string} path */
export const pathsOf = (path) => {
  let whole = "";
  return (path.match(/\/|[^/]+/g) || []).slice(0, PATHS).map((part) => (whole += part));
};

/** The domain that a host's cookie is written at: the shop's own, or none where the host lies outside it. @param {string} host @param {string} domain */
export const ownDomain = (host, domain) => (("." + host).endsWith("." + domain) ? domain : "");
