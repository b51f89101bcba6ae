/** One fault of a shop file, or something to note in it. */
export interface Finding {
  file: string;
  /** From 1. */
  line: number;
  /** In characters, from 1. */
  column: number;
  /** Where in the data, such as `purposes[1].label.en`. */
  path: string;
  problem: string;
  /** What to do about it. */
  remedy: string;
  /** The rule behind it, where it is not Doui's own. */
  source: string | null;
}

/** What a check found. */
export interface Report {
  /** Whether the shop file has no fault. */
  ok: boolean;
  /** All of it, one finding a line, as `npx doui check` prints it. */
  text: string;
  findings: Finding[];
  /** What is unknown or missing in a file without faults. */
  notes: Finding[];
}

export interface Options {
  /** What findings call the file. `shop.json` unless said. */
  file?: string;
  /** Today, as `2026-11-30`: what is dated later is a fault. */
  day?: string;
}

/** The shop file has faults. `message` has one a line. */
export class ShopFileError extends Error {}

/** Doui itself failed. */
export class DouiError extends Error {}

/** Checks the text of a shop file. */
export function check(json: string, options?: Options): Promise<Report>;

/**
 * Builds the files of `dist/`, by path, from the text of a shop file. With `compress: false` there are no `.br` and `.gz`
 * copies.
 * @throws {ShopFileError}
 */
export function build(json: string, options?: Options & { compress?: boolean }): Promise<Map<string, Uint8Array>>;

/**
 * `doui.js` as one block to paste into a head, `<script>` and all: ASCII alone, and it loads nothing. It is the banner without a
 * centre. With `moreLanguages` the words of `more_languages` are within.
 * @throws {ShopFileError}
 */
export function inline(json: string, options?: Options & { moreLanguages?: boolean }): Promise<string>;

/**
 * TypeScript types in which the shop's purposes and services are names: a file to put beside one's own.
 * @throws {ShopFileError}
 */
export function types(json: string, options?: Options): Promise<string>;

/** A service whose facts Doui knows. */
export interface KnownService {
  id: string;
  purpose: string;
  label: Record<string, string>;
}

/** Whom tags are sent to. */
export interface Recipient {
  id: string;
  /** What its tags wait for: `ads`, or `ads/yahoo-ads` where it can be refused alone. */
  condition: string;
  hosts: string[];
  /** Whether it is in the shop file, or only in the catalogue. */
  declared: boolean;
}

/** Whom tags are sent to: the services of the shop, then those that the catalogue knows besides. */
export function recipients(json: string, options?: { file?: string; day?: string }): Promise<Recipient[]>;

/** The services of the catalogue. */
export function services(): Promise<KnownService[]>;

/** The services of the catalogue, one a line. */
export function catalog(): Promise<string>;

/** The JSON Schema of a shop file. */
export function schema(): Promise<object>;
