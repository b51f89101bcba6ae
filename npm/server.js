// The visitor's choice on a server, Node or edge: read from the Cookie header by the rules that doui.js itself has.

import { open } from "./lib/reader.js";

const DAY = 86_400;
const TYPES = [
  "ad_storage",
  "ad_user_data",
  "ad_personalization",
  "analytics_storage",
  "functionality_storage",
  "personalization_storage",
  "security_storage",
];

/** `20231201`, as the cookie has it, of `2023-12-01`. */
const compact = (day) => day.replaceAll("-", "");

/** The condition that grants a consent type: all purposes that grant it. */
const conditionOf = (type, purposes) => {
  if (type == "security_storage") return "necessary";
  const granting = purposes.filter(({ consent_types }) => consent_types?.includes(type));
  return granting.map(({ id }) => id).join(" ") || "!necessary";
};

/** What the build stamps into doui.js, of `terms.json`. */
const stampOf = ({ revision, valid_days, cookie, purposes, services = [] }) => ({
  _revision: compact(revision),
  _life: valid_days * DAY,
  _cookie: cookie.name,
  _domain: cookie.domain ?? "",
  _purposes: purposes.map(({ id, revised, before, gpc }) => ({
    _id: id,
    _revised: compact(revised),
    _granted: before == "granted",
    _heeds: gpc,
  })),
  // Without one that can be refused alone, none is known by name.
  _services: services.some(({ choosable }) => choosable)
    ? services.map(({ id, purpose, choosable = false }) => ({ _id: id, _purpose: purpose, _choosable: choosable }))
    : [],
  _types: Object.fromEntries(TYPES.map((type) => [type, conditionOf(type, purposes)])),
});

/** The values of a cookie in a Cookie header: there may be several, of other paths or domains. */
const valuesOf = (header, name) =>
  (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));

export const createReader = (terms) => {
  if (terms?.version !== 1) {
    throw new TypeError("createReader takes the content of the terms.json that lies in dist/, of the same version of Doui");
  }
  const stamp = stampOf(terms);
  const { settle, decide, holds, consentOf, toCookie, ownDomain } = open(stamp);
  return {
    read(header, { gpc = false, secure = true, host, now = Math.floor(Date.now() / 1000) } = {}) {
      const found = settle(valuesOf(header, stamp._cookie), null, now);
      const { _decision, _choices, _services, _asked, _standings } = decide(found, now, gpc, false);
      const allows = (name) => name == "necessary" || _standings[name] === true;
      const undecided = Object.keys(_asked);
      const state = {
        decided: !undecided.length,
        choices: { ..._choices },
        ...(stamp._services.length ? { services: { ..._services } } : undefined),
        undecided,
        revision: _decision?.revision ?? null,
        decidedAt: _decision?.at ?? null,
        expiresAt: _decision ? _decision.at + stamp._life : null,
        decidedWithGpc: _decision?.gpc ?? false,
        gpc,
        consent: { ...consentOf((condition) => holds(condition, allows)) },
      };
      let setCookie = null;
      if (_decision) {
        const domain = host === undefined ? stamp._domain : ownDomain(host.replace(/:\d+$/, ""), stamp._domain);
        const seconds = Math.min(state.expiresAt - now, stamp._life);
        setCookie = [
          `${stamp._cookie}=${toCookie(_decision)}`,
          "Path=/",
          ...(domain ? [`Domain=${domain}`] : []),
          "SameSite=Lax",
          `Max-Age=${seconds}`,
          ...(secure ? ["Secure"] : []),
        ].join("; ");
      }
      return { state, allows, setCookie };
    },
  };
};
