// `doui mark`: marks the tags of services in HTML and in templates, so that they wait. What is code in a template, and whatever
// else is not marked, keeps its bytes.

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { recipients } from "../index.js";
import { diff } from "./diff.js";
import { tagsOf } from "./tags.js";
import { UserError } from "./write.js";

/**
 * @typedef {{ id: string, condition: string, hosts: string[], declared: boolean }} Recipient
 * @typedef {{ at: number, length: number, text: string }} Edit
 * @typedef {{ at: number, what: string }} Remark
 */

/** What runs. @param {string} type */
const isCode = (type) => /^(.+(java|ecma)script|module|)$/i.test(type);

/** What an inline script says that inserts a tag, texts aside (src/embed/declared/parsed.js has the same). */
const INSERTS = /createElement|\bImage\b|\bsrc\b|\bsrcdoc\b|\bhref\b|\bwrite(ln)?\b|\bimport\b(?!\s*\()|HTML\b/;
const TEXTS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`/g;

/** Links that browsers fetch nothing for. */
const IDLE = /^(alternate|amphtml|author|canonical|help|license|me|next|prev|search|shortlink)$/i;

/** The attributes by which an element fetches. @type {Record<string, string[]>} */
const FETCHES = {
  script: ["src"],
  img: ["src", "srcset"],
  iframe: ["src"],
  embed: ["src"],
  link: ["href"],
  source: ["src", "srcset"],
  video: ["src"],
  audio: ["src"],
  object: [],
  input: [],
};

/** An attribute by which something else is fetched, or by which code does it. */
const OTHERS = /^(srcdoc|data|poster|imagesrcset)$|\b(src|srcset|href)\b/;

/** Which of several services on one host an address is of, where the address says it. */
const TOLD = [
  [/googletagmanager\.com\/(gtm\.js|ns\.html)/i, "google-tag-manager"],
  [/googletagmanager\.com\/gtag\/js\?id=G-/i, "google-analytics"],
  [/googletagmanager\.com\/gtag\/js\?id=AW-/i, "google-ads"],
  [/google\.com\/recaptcha\//i, "recaptcha"],
  [/google\.com\/maps/i, "google-maps"],
];

/** @param {string} declared @param {string} host */
const standsFor = (declared, host) => (declared.startsWith("*.") ? host.endsWith(declared.slice(1)) : host == declared);

/**
 * What an address, or a script that names it, waits for. Services of the shop come before those of the catalogue.
 * @param {string} text @param {string} host @param {Recipient[]} services
 * @returns {{ condition?: string, ids: string[], isDeclared?: boolean }}
 */
const needOf = (text, host, services) => {
  const all = services.filter(({ hosts }) => hosts.some((declared) => standsFor(declared, host.toLowerCase().replace(/\.$/, ""))));
  const declared = all.filter((service) => service.declared);
  const candidates = declared[0] ? declared : all;
  const told = TOLD.find(([pattern, id]) => /** @type {RegExp} */ (pattern).test(text) && candidates.some((service) => service.id == id));
  const meant = told ? candidates.filter(({ id }) => id == told[1]) : candidates;
  const conditions = [...new Set(meant.map(({ condition }) => condition))];
  const ids = meant.map(({ id }) => id);
  return { ids, isDeclared: !!declared[0], condition: conditions.length == 1 ? conditions[0] : undefined };
};

/** The hosts that a text names, where none of their letters is made by code. @param {string} text */
const hostsIn = (text) => [...text.matchAll(/\/\\?\/([\w.-]+)(?![\w.\uE000-])/g)].map(([, host]) => host);

/** The host of an address: its own, `""` where it has none, `null` where code makes it. @param {string} address */
const hostOf = (address) => {
  const [, host] = /^\s*(?:https?:)?[\\/]{2}([^\\/?#:\s]*)/i.exec(address) || [];
  if (host === undefined) return /^\s*\uE000/.test(address) ? null : "";
  return host.includes("\uE000") ? null : host;
};

/** @param {string[]} ids */
const severalOf = (ids) => `${ids.join(" and ")} have this host and wait for different purposes: write data-doui yourself`;

/** Why a tag that fetches nothing of a service by itself is to be looked at. @param {import("./tags.js").Attribute[]} attributes @param {string[]} own @param {Recipient[]} services */
const otherOf = (attributes, own, services) => {
  for (const { name, value } of attributes) {
    if (own.includes(name) || !OTHERS.test(name)) continue;
    for (const host of hostsIn(value)) {
      const { ids } = needOf(value, host, services);
      if (ids[0]) return `its ${name} names ${host}, a host of ${ids.join(", ")}`;
    }
  }
};

/** What is done to one tag. @param {import("./tags.js").Tag} tag @param {Recipient[]} services @returns {{ edits?: Edit[], conditions?: string[], why?: string, note?: string }} */
const markOf = (tag, services) => {
  const { name, attributes, nameEnd, text } = tag;
  const of = (/** @type {string} */ wanted) => attributes.find((attribute) => attribute.name == wanted);
  const type = of("type");
  const kind = type?.value.trim() ?? "";
  // Data is no tag, and what is marked says itself what it waits for.
  if (of("data-doui") || /^(application|importmap|speculationrules)\b(?!.*(java|ecma)script$)/i.test(kind)) return {};
  const addresses = FETCHES[name].map(of).filter(Boolean);
  const isInline = name == "script" && !of("src");
  /** @type {Set<string>} */
  const conditions = new Set();
  const notes = new Set();
  let whatFor = "";
  for (const { value } of isInline ? [{ value: text }] : addresses) {
    const isList = isInline || /^\s*\S+\s+\S+|,/.test(value);
    const hosts = isList ? hostsIn(value) : [hostOf(value)];
    for (const host of new Set(hosts)) {
      if (host === null && /^(script|iframe)$/.test(name)) return { why: "its address is made by code" };
      if (!host) continue;
      const { condition, ids, isDeclared } = needOf(value, host, services);
      if (!ids[0]) continue;
      if (!condition) return { why: severalOf(ids) };
      conditions.add(condition);
      whatFor = ids[0];
      if (!isDeclared) notes.add(`${ids.join(", ")} is of the catalogue and not in the shop file: add it to services`);
    }
  }
  if (!conditions.size) return { why: otherOf(attributes, FETCHES[name], services) };
  if (isInline && !INSERTS.test(text.replace(TEXTS, ""))) return { why: `it names ${whatFor}, and loads nothing that can be seen` };
  if (tag.within == "noscript") return { why: `it is ${whatFor}'s within <noscript>, where no script can hold it: take it away` };
  if (name == "link" && IDLE.test(of("rel")?.value ?? "")) return {};
  const other = otherOf(attributes, FETCHES[name], services);
  if (other) notes.add(other);
  const condition = [...conditions].join(" ");
  /** @type {Edit[]} */
  const edits = [];
  const nonce = of("nonce");
  if (name == "script") {
    if (kind.includes("\uE000")) return { why: "its type is made by code" };
    if (!isCode(kind)) return { why: `it is ${kind}, which browsers do not run, and has no data-doui` };
    const isModule = /^module$/i.test(kind);
    if (type && kind && !isModule) edits.push({ at: type.valueAt, length: type.value.length, text: "text/plain" });
    else {
      if (type) edits.push({ at: type.at, length: type.name.length, text: "data-type" });
      edits.push({ at: nameEnd, length: 0, text: ' type="text/plain"' });
    }
    const src = of("src");
    if (nonce && src && src.at < nonce.at) notes.add("its nonce must stand before src, or the script stays held");
  } else {
    for (const attribute of addresses) edits.push({ at: attribute.at, length: attribute.name.length, text: `data-doui-${attribute.name}` });
  }
  edits.push({ at: nonce && name == "script" ? nonce.end : nameEnd, length: 0, text: ` data-doui="${condition}"` });
  return { edits, note: [...notes].join("; ") };
};

/**
 * Marks the tags of a text. Code points past Latin 1 do not occur in it: it is the file's bytes.
 * @param {string} bytes @param {Recipient[]} services
 */
export const markText = (bytes, services) => {
  /** @type {Edit[]} */
  const edits = [];
  /** @type {Remark[]} */
  const left = [];
  /** @type {Remark[]} */
  const notes = [];
  let count = 0;
  const { tags, code } = tagsOf(bytes);
  for (const tag of tags) {
    if (!FETCHES[tag.name]) continue;
    const made = markOf(tag, services);
    if (made.why) left.push({ at: tag.at, what: `<${tag.name}> left alone: ${made.why}` });
    if (made.note) notes.push({ at: tag.at, what: `<${tag.name}> marked: ${made.note}` });
    if (!made.edits) continue;
    edits.push(...made.edits);
    count++;
  }
  for (const { at, text } of code) {
    for (const host of new Set(hostsIn(text))) {
      const { ids } = needOf(text, host, services);
      if (ids[0]) left.push({ at: at + text.indexOf(host), what: `code left alone: it names ${host}, a host of ${ids.join(", ")}` });
    }
  }
  // From the end, so that the places before keep their positions; of two at one place the later one goes in first.
  const sorted = edits.map((edit, order) => ({ ...edit, order })).sort((a, b) => b.at - a.at || b.order - a.order);
  const marked = sorted.reduce((text, { at, length, text: by }) => text.slice(0, at) + by + text.slice(at + length), bytes);
  return { marked, count, remarks: [...left, ...notes].sort((a, b) => a.at - b.at) };
};

/** @param {string} file */
const readBytes = (file) => {
  try {
    if (statSync(file).isDirectory()) throw new UserError(`${file} is a folder: name its files, as in: npx doui mark ${file}/*.html`);
    return readFileSync(file, "latin1");
  } catch (failure) {
    if (failure instanceof UserError) throw failure;
    throw new UserError(`${file} cannot be read: ${failure.code == "ENOENT" ? "there is no such file" : failure.message}`);
  }
};

/**
 * @param {string} shop the text of the shop file @param {string[]} files
 * @param {{ shopFile: string, write: boolean, say: (text: string) => void }} options
 */
export const mark = async (shop, files, { shopFile, write, say }) => {
  const services = await recipients(shop, { file: shopFile });
  // All are read before one is written.
  const texts = files.map((file) => ({ file, bytes: readBytes(file) }));
  let total = 0;
  let changed = 0;
  for (const { file, bytes } of texts) {
    if (bytes.includes("\0")) {
      say(`${file}: left alone: it is no text in UTF-8, Shift_JIS or another encoding with ASCII in it`);
      continue;
    }
    const { marked, count, remarks } = markText(bytes, services);
    if (count) {
      say(diff(file, Buffer.from(bytes, "latin1").toString(), Buffer.from(marked, "latin1").toString()));
      if (write) {
        try {
          writeFileSync(file, marked, "latin1");
        } catch (failure) {
          throw new UserError(`${file} cannot be written: ${failure.message}`);
        }
      }
      total += count;
      changed++;
    }
    for (const { at, what } of remarks) say(`${file}:${bytes.slice(0, at).split("\n").length}: ${what}`);
  }
  const tags = `${total} ${total == 1 ? "tag" : "tags"} in ${changed} of ${files.length} ${files.length == 1 ? "file" : "files"}`;
  if (!total) say(`Nothing to mark in ${files.length} ${files.length == 1 ? "file" : "files"}.`);
  else say(write ? `Marked ${tags}.` : `${tags} to mark. Nothing was written: add --write.`);
};
