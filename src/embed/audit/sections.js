// How the panel shows each part of a report.

import { code, first, line, make, subject, table } from "./elements.js";
import { purposeNamed, serviceNamed } from "./shop.js";
import { isOn } from "./standing.js";
import { fill, inWords, words } from "./words.js";

/**
 * @typedef {import("./report.js").Report} Report
 * @typedef {import("./elements.js").Part} Part
 * @typedef {import("./shop.js").Service} Service
 */

/** What there is no name for. */
const NONE = "–";

/** What a purpose or a service is called, `"ads"`, `"ads/yahoo-ads"`. @param {string} name */
const labelOf = (name) => {
  const known = purposeNamed(name) || serviceNamed(name);
  return known ? inWords(known._label) : name;
};

/** @param {import("./tags.js").Reason} reason */
const reasonLine = ({ purpose: id, service, negated, standing }) => {
  const name = service == null ? id : id + "/" + service;
  const purpose = standing == "unknown" ? name : labelOf(name);
  return line(fill(words.reason, { purpose, standing: words.standing[standing] }) + (negated ? words.negated : ""));
};

/** @param {readonly Service[]} services */
const serviceLines = (services) =>
  services[0] ? services.map(({ id, purpose }) => line(labelOf(purpose + "/" + id))) : line(words.undeclared, "alert");

/** @param {Report} report @returns {Part[]} */
const showFindings = ({ findings }) => {
  if (!findings[0]) return [line(words.noFindings)];
  return Object.entries(words.kinds).map(([kind, { title, remedy }]) => {
    const found = findings.filter((finding) => finding.kind == kind);
    const [shown, more] = first(found, ({ subject }) => make("li", {}, code(subject || NONE)));
    const times = make("span", { class: "count" }, fill(words.times, { count: found.length }));
    return (
      found[0] &&
      make(
        "div",
        { class: "finding", "data-kind": kind },
        make("h4", {}, title, times),
        make("ul", {}, shown),
        more,
        line(remedy, "quiet"),
      )
    );
  });
};

/** @param {Report} report @returns {Part[]} */
const showTags = ({ tags }) => {
  if (!tags[0]) return [line(words.noTags)];
  const rows = tags.map(({ element, subject: text, condition, state, reasons, note }) => [
    [code(`<${element}>`), " ", subject(text)],
    code(condition),
    make("span", { class: "state " + state }, words[state]),
    [...reasons.map(reasonLine), note && line(words.note[note])],
  ]);
  return table(words.tags, words.tagColumns, rows);
};

/** @param {Report} report @returns {Part[]} */
const showRequests = ({ requests: { complete, first_party: { count, types }, third_party } }) => {
  const list = Object.entries(types).map(([type, count]) => `${type} ${count}`);
  const rows = third_party.map(({ host, path, type, count, services }) => [
    [code(host), subject(path)],
    code(type),
    "" + count,
    serviceLines(services),
  ]);
  return [
    line(fill(list[0] ? words.firstPartyTypes : words.firstParty, { count, types: list.join(", ") })),
    !complete && line(words.partial),
    ...(rows[0] ? table(words.requests, words.requestColumns, rows) : [line(words.noRequests)]),
  ];
};

/** @param {Report} report @returns {Part[]} */
const showStored = ({ stored }) => {
  if (!stored[0]) return [line(words.noStored)];
  const rows = stored.map(({ place, name, services, standing, own }) => {
    const purposes = [...new Set(services.map(({ purpose }) => purpose))];
    const stands = (/** @type {string} */ id) =>
      standing &&
      line(
        fill(words.reason, { purpose: labelOf(id), standing: words.standing[standing] }),
        isOn(standing) ? "" : "alert",
      );
    return [
      code(name || NONE),
      words[place],
      own ? words.own : serviceLines(services),
      own ? words.standing.necessary : standing ? purposes.map(stands) : NONE,
    ];
  });
  return table(words.stored, words.storedColumns, rows);
};

/** In the panel's order. */
export const SECTIONS = { findings: showFindings, tags: showTags, requests: showRequests, stored: showStored };
