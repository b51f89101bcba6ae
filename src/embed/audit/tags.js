// The page's tags: which are held or run, and why.

import { holds, partsOf } from "../condition.js";
import { OFF, closest, doc, matches } from "../document.js";
import { HELD_NAMES, RAN, heldFor, keptFor } from "../held.js";
import { isOn, standingOf } from "./standing.js";

/**
 * @typedef {object} Reason
 * @property {string} purpose
 * @property {string | null} service
 * @property {boolean} negated
 * @property {import("./standing.js").Standing} standing
 *
 * @typedef {object} Tag
 * @property {string} element
 * @property {string} subject
 * @property {string} condition
 * @property {"running" | "held"} state
 * @property {Reason[]} reasons
 * @property {keyof AuditWords["note"] | null} note
 */

const FETCHED = '[src]:not(script[type="text/plain"]),[srcset],link[href]';
const HELD = '[type="text/plain"]';

/** What a template holds. Other elements have a `content` too, and an SVG one has none. @param {Element} node */
const contentOf = (node) => (node instanceof HTMLTemplateElement ? node.content : null);

/** A tag's address as the page wrote it, or else how its content begins. @param {Element} node */
const subjectOf = (node) => {
  const content = contentOf(node);
  const named = content?.querySelector(FETCHED) || node;
  const addresses = HELD_NAMES.map((name) => heldFor(named, name) ?? named.getAttribute(name));
  const text = () => (content || node).textContent || "";
  return addresses.find(Boolean) ?? text().trim().replace(/\s+/g, " ").slice(0, 80);
};

/** Whether a tag runs now, and whether anything ever held it. @param {Element} node @param {boolean} isOpen */
const hold = (node, isOpen) => {
  const content = contentOf(node);
  // Firefox fetches what a template names before anybody takes it out.
  if (content) return [isOpen, !content.querySelector(FETCHED)];
  if (node.localName == "script") {
    // One that was released and ran says held again.
    const isHeld = matches(node, HELD);
    return [!isHeld || RAN in node, isHeld];
  }
  const held = HELD_NAMES.filter((name) => heldFor(node, name) != null);
  if (held[0]) return [held.every((name) => node.getAttribute(name) == heldFor(node, name)), true];
  const isUngated = HELD_NAMES.some((name) => node.hasAttribute(name));
  return [isUngated || isOpen, !isUngated];
};

/** Whether a lazy loader would take the address that is held for an element: those know one by its class. @param {Element} node */
const isLazy = (node) =>
  node.localName != "script" && /lazy/i.test(node.className) && ["src", "srcset"].some((name) => node.hasAttribute("data-" + name));

/** The addresses that a lazy loader would take before any answer. */
export const lazyAddresses = () => [...doc.querySelectorAll("[data-doui]")].filter(isLazy).map(subjectOf);

/** @param {DouiState} state @param {string} part @returns {Reason} */
const reasonOf = (state, part) => {
  const negated = part[0] == "!";
  const name = negated ? part.slice(1) : part;
  const [purpose] = name.split("/", 1);
  const service = name == purpose ? null : name.slice(purpose.length + 1);
  return { purpose, service, negated, standing: standingOf(state, name) };
};

/** @param {DouiState} state @param {Element} node @returns {Tag} */
const tagOf = (state, node) => {
  const condition = node.getAttribute("data-doui") ?? node.getAttribute("data-doui-link") ?? "";
  const isOpen = holds(condition, (name) => isOn(standingOf(state, name)));
  const [isRunning, isGated] = hold(node, isOpen);
  return {
    element: node.localName,
    subject: subjectOf(node),
    condition,
    state: isRunning ? "running" : "held",
    reasons: partsOf(condition).map((part) => reasonOf(state, part)),
    note: !isGated
      ? "ungated"
      : isOpen != isRunning
        ? isOpen
          ? "waiting"
          : "outlived"
        : WITH_DECLARED && !isRunning && keptFor(node)
          ? "unmarked"
          : null,
  };
};

/** What Doui looks after: no form, and nothing of what others wrote. @param {DouiState} state */
export const tagsNow = (state) =>
  [...doc.querySelectorAll("[data-doui]:not(html,form),a[data-doui-link],area[data-doui-link]")]
    .filter((node) => !closest(node, OFF))
    .map((node) => tagOf(state, node));
