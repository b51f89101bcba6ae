// What a log of the report has, counted: of each day, how often each message came. Lines are read as they come, so a log may be
// as long as it likes.

import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { UserError } from "./write.js";

const TOKEN = "[a-z][a-z0-9-]{0,23}";
const tokens = (digit) => `${TOKEN}${digit}(?:\\.${TOKEN}${digit})*`;

/** A message, to the byte as src/embed/report.js and src/report.rs write it. docs/report.md has the same for SQL. */
const MESSAGE = new RegExp(
  "^e=(?:(shown)|answered&by=(banner|settings|centre|api)&act=" +
    `(?:(all)&c=(${tokens("1")})|(refused)&c=(${tokens("0")})|(chosen)&c=(${tokens("[01]")})))` +
    `&rev=(\\d{8})&lang=([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)&w=(narrow|wide)(?:&p=(${TOKEN}))?$`,
);

/** As nginx writes it by the configuration of docs/report.md. */
const PLAIN = /^\{"t":"([^"\\]*)","q":"([^"\\]*)"\}$/;

/** A day, by the clock of whoever wrote the log. */
const TIME = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

/** The most characters of a line: Doui's own are a tenth of that. */
const LONGEST = 8192;

/** How many characters of different messages are kept in mind before they are added up. */
const MANY = 4_000_000;

/** How many different days, languages and so on there may be: who writes into a log could make up more without an end. */
const MOST = 2_000;

const WHY = {
  format: 'no line of the log that docs/report.md sets up: {"t": time, "q": message}',
  time: "no time such as 2026-01-31T09:00:00+09:00",
  message: "a message that doui does not send",
  long: `longer than ${LONGEST} characters`,
  many: `more than ${MOST} different days, languages or classes of pages`,
};

/** @typedef {{ shown: number, answered: number, all: number, refused: number, chosen: number, consent: number, purposes: Map<string, { answered: number, allowed: number }> }} Tally */

/** @returns {Tally} */
const empty = () => ({ shown: 0, answered: 0, all: 0, refused: 0, chosen: 0, consent: 0, purposes: new Map() });

/** What a message says; nothing of one that is not Doui's. @param {string} text */
const parse = (text) => {
  const found = MESSAGE.exec(text);
  if (!found) return undefined;
  const [, shown, door, all, allTokens, refused, refusedTokens, chosen, chosenTokens, revision, language, width, page] = found;
  const choices = allTokens ?? refusedTokens ?? chosenTokens;
  return { isShown: !!shown, door, act: all ?? refused ?? chosen, choices: choices?.split(".") ?? [], revision, language, width, page };
};

/** Adds as many times a message. @param {Tally} tally @param {NonNullable<ReturnType<typeof parse>>} message @param {number} times */
const add = (tally, { isShown, act, choices }, times) => {
  if (isShown) {
    tally.shown += times;
    return;
  }
  tally.answered += times;
  tally[act] += times;
  if (choices.some((token) => token.endsWith("1"))) tally.consent += times;
  for (const token of choices) {
    const id = token.slice(0, -1);
    let purpose = tally.purposes.get(id);
    if (!purpose) {
      if (tally.purposes.size >= MOST) continue;
      tally.purposes.set(id, (purpose = { answered: 0, allowed: 0 }));
    }
    purpose.answered += times;
    if (token.endsWith("1")) purpose.allowed += times;
  }
};

/** Counts the lines of logs. */
export class Counts {
  /** In all. */
  total = empty();
  /** By day, door and so on. @type {Record<"day" | "door" | "language" | "width" | "page" | "revision", Map<string, Tally>>} */
  by = { day: new Map(), door: new Map(), language: new Map(), width: new Map(), page: new Map(), revision: new Map() };
  lines = 0;
  /** What is not Doui's, by why not: how many lines, and the first of them. @type {Map<string, { lines: number, first: string }>} */
  unknown = new Map();
  /** How often each message came on each day, until that is added up. @type {Map<string, { day: string, text: string, times: number }>} */
  #pending = new Map();
  #length = 0;

  /** Reads a log. @param {AsyncIterable<Uint8Array>} stream @param {string} name */
  async read(stream, name) {
    const decoder = new TextDecoder();
    let rest = "";
    let number = 0;
    // The rest of a line that is too long already is passed over.
    let isLong = false;
    for await (const chunk of stream) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        number++;
        if (isLong) this.#miss("long", name, number);
        else this.#line(line, name, number);
        isLong = false;
      }
      if (rest.length > LONGEST) {
        isLong = true;
        rest = "";
      }
    }
    rest += decoder.decode();
    if (isLong) this.#miss("long", name, number + 1);
    else if (rest) this.#line(rest, name, number + 1);
    this.#addUp();
  }

  /** @param {keyof typeof WHY} why @param {string} name @param {number} number */
  #miss(why, name, number) {
    this.lines++;
    const known = this.unknown.get(WHY[why]);
    if (known) known.lines++;
    else this.unknown.set(WHY[why], { lines: 1, first: `${name}:${number}` });
  }

  /** @param {string} line @param {string} name @param {number} number */
  #line(line, name, number) {
    if (line.endsWith("\r")) line = line.slice(0, -1);
    if (!line) return;
    if (line.length > LONGEST) return this.#miss("long", name, number);
    let [, time, text] = PLAIN.exec(line) ?? [];
    if (time === undefined) {
      try {
        // The log may have keys of the shop's own.
        ({ t: time, q: text } = JSON.parse(line));
      } catch {
        return this.#miss("format", name, number);
      }
      if (typeof time != "string" || typeof text != "string") return this.#miss("format", name, number);
    }
    const day = TIME.exec(time)?.[1];
    if (!day) return this.#miss("time", name, number);
    const key = day + text;
    const pending = this.#pending.get(key);
    if (pending) {
      pending.times++;
      this.lines++;
      return;
    }
    const message = parse(text);
    if (!message) return this.#miss("message", name, number);
    const groups = this.#groups(message, day);
    if (groups.some(([kind, value]) => !this.by[kind].has(value) && this.by[kind].size >= MOST)) return this.#miss("many", name, number);
    for (const [kind, value] of groups) if (!this.by[kind].has(value)) this.by[kind].set(value, empty());
    this.lines++;
    // What is cut out of a string keeps all of that in memory, so this is a copy.
    const own = Buffer.from(key, "latin1").toString("latin1");
    this.#pending.set(own, { day: own.slice(0, day.length), text: own.slice(day.length), times: 1 });
    this.#length += own.length;
    if (this.#length >= MANY) this.#addUp();
  }

  /** Where a message is counted, besides in all. @returns {[keyof Counts["by"], string][]} */
  #groups({ door, language, width, page, revision }, day) {
    /** @type {[keyof Counts["by"], string | undefined][]} */
    const groups = [
      ["day", day],
      ["door", door],
      ["language", language],
      ["width", width],
      ["page", page],
      ["revision", revision],
    ];
    return groups.filter(([, value]) => value !== undefined);
  }

  #addUp() {
    for (const { day, text, times } of this.#pending.values()) {
      const message = parse(text);
      add(this.total, message, times);
      for (const [kind, value] of this.#groups(message, day)) add(this.by[kind].get(value), message, times);
    }
    this.#pending.clear();
    this.#length = 0;
  }
}

/** Counts what logs have. Without any, or for `-`, it reads what is piped in. @param {string[]} files */
export const countAll = async (files) => {
  const counts = new Counts();
  for (const file of files.length ? files : ["-"]) {
    const source = file == "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
    const stream = file.endsWith(".gz") ? source.pipe(createGunzip()) : source;
    // What fails before the pipe is told to nobody else.
    if (stream != source) source.on("error", (failure) => stream.destroy(failure));
    try {
      await counts.read(stream, file);
    } catch (failure) {
      const why = failure.code == "ENOENT" ? "there is no such file" : failure.message;
      throw new UserError(`${file} cannot be read: ${why}. Name the log of the report, as in: npx doui report doui.log`);
    }
  }
  return counts;
};
