// What the build puts into the shop page's script: the data of the shop, and a switch for each part that some shops do
// without. xtask/src/stamp.rs writes both. The names of the data begin with _, for they never leave the script.

/** A condition as a gate says it: `"ads affiliate"`, `"!ads"`, `"ads/yahoo-ads"`. */
type Condition = string;

interface Stamp {
  /** In the shop's order. */
  readonly _purposes: readonly StampedPurpose[];
  /** With `WITH_SERVICES`: every service, in the shop's order. */
  readonly _services: readonly StampedService[];
  /** The revision that a visitor is shown, `yyyymmdd`. */
  readonly _revision: string;
  /** How many seconds a decision holds. */
  readonly _life: number;
  /** The name of the cookie, and the key of the record in local storage. */
  readonly _cookie: string;
  /** The cookie's `Domain`, or empty. */
  readonly _domain: string;
  /** Per consent type of Google's, the condition that grants it. */
  readonly _types: Readonly<Record<string, Condition>>;
  /** With `WITH_GOOGLE`. */
  readonly _google: StampedGoogle;
  /** The cookies that services declare. */
  readonly _cookies: readonly StampedName[];
  /** With `WITH_STORES`: the keys of storage that they declare. */
  readonly _stores: readonly StampedName[];
  /** The banner's style sheet. */
  readonly _css: string;
  /** What Doui shows, packed by xtask/src/tree.rs. */
  readonly _tree: string;
  /** Per language, in the shop's order, its packed words; empty for those that lie in a file of their own. */
  readonly _words: Record<string, string>;
}

interface StampedPurpose {
  readonly _id: string;
  /** `yyyymmdd` */
  readonly _revised: string;
  /** With `WITH_GRANTED`: whether it is allowed before the first answer. */
  readonly _granted: boolean;
  /** Whether Global Privacy Control keeps it off. */
  readonly _heeds: boolean;
}

interface StampedService {
  readonly _id: string;
  /** The purpose that it serves. */
  readonly _purpose: string;
  /** Whether it can be refused alone. */
  readonly _choosable: boolean;
}

/** A declared name; one that ends in `*` stands for all that begin like it. */
interface StampedName {
  readonly _name: string;
  /** The purpose or the service that keeps it. */
  readonly _keeps: Condition;
}

interface StampedGoogle {
  /** With `WITH_WAIT`: what the default says besides the types. */
  readonly _more: { readonly wait_for_update: number };
  /** With `WITH_REGIONS`: the defaults of regions, as they are sent. */
  readonly _regions: readonly Readonly<Record<string, unknown>>[];
  /** The settings that are on. */
  readonly _settings: readonly string[];
}

declare const DOUI_STAMP: Stamp;

declare const WITH_SIGNALS: boolean;
declare const WITH_GOOGLE: boolean;
declare const WITH_REGIONS: boolean;
declare const WITH_WAIT: boolean;
declare const WITH_UET: boolean;
declare const WITH_CLARITY: boolean;
declare const WITH_META: boolean;
declare const WITH_TIKTOK: boolean;
declare const WITH_GRANTED: boolean;
declare const WITH_LANGUAGES: boolean;
/** Whether any of the shop's languages is a Chinese one. */
declare const WITH_CHINESE: boolean;
declare const WITH_SERVICES: boolean;
declare const WITH_SWEEP: boolean;
declare const WITH_STORES: boolean;
declare const WITH_PLACEHOLDERS: boolean;
declare const WITH_RENEWAL: boolean;
declare const WITH_RELOAD: boolean;
