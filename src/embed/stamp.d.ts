// What the build puts into the shop page's script and its audit: the data of the shop, and a switch for each part that some
// shops do without. crates/build/src/stamp.rs writes both. The names of the data begin with _, for they never leave the script.

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
  /** With `WITH_REPORT`. */
  readonly _report: StampedReport;
  /** The cookies that services declare. */
  readonly _cookies: readonly StampedName[];
  /** With `WITH_STORES`: the keys of storage that they declare. */
  readonly _stores: readonly StampedName[];
  /** With `WITH_DECLARED`: the hosts that services declare; `*.` before one stands for all below it. */
  readonly _hosts: readonly StampedName[];
  /** The banner's style sheet. */
  readonly _css: string;
  /** What Doui shows, packed by crates/build/src/tree.rs. */
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

/** Where the shop counts how its visitors answer. */
interface StampedReport {
  /** A path on the page's origin. */
  readonly _url: string;
  /** Whether Global Privacy Control keeps it off. */
  readonly _heeds: boolean;
}

declare const DOUI_STAMP: Stamp;

/** Takes what the reader of a server gives. */
declare const DOUI_READER: (rules: Record<string, unknown>) => void;

/** What `audit.js` knows of its shop; crates/build/src/audit.rs writes it. */
interface AuditStamp {
  /** Doui's version. */
  readonly _version: string;
  /** The shop's revision, `yyyy-mm-dd`. */
  readonly _revision: string;
  /** The name of the cookie, and the key of the record in local storage. */
  readonly _cookie: string;
  /** The cookie's `Domain`, or empty: hosts below it are the shop's own. */
  readonly _domain: string;
  readonly _purposes: readonly AuditedPurpose[];
  readonly _services: readonly AuditedService[];
  /** The panel's style sheet. */
  readonly _css: string;
  /** By language, English among them. */
  readonly _words: Readonly<Record<string, AuditWords>>;
}

interface AuditedPurpose {
  readonly _id: string;
  /** In each language that `_words` has. */
  readonly _label: Readonly<Record<string, string>>;
  /** Whether Global Privacy Control keeps it off. */
  readonly _heeds: boolean;
}

interface AuditedService {
  readonly _id: string;
  /** The purpose that it serves. */
  readonly _purpose: string;
  /** In each language that `_words` has. */
  readonly _label: Readonly<Record<string, string>>;
  /** The hosts that it is sent to; `*.` before one stands for all below it. */
  readonly _hosts: readonly string[];
  /** The names of its cookies, and its keys in storage; one that ends in `*` stands for all that begin like it. */
  readonly _cookies: readonly string[];
  readonly _storage: readonly string[];
}

/** What the panel says: crates/pages/src/text/audit.rs describes each text. Some are looked up by what the report says, so no name is private. */
interface AuditWords {
  readonly title: string;
  readonly summaryNone: string;
  readonly summaryOne: string;
  readonly summaryMany: string;
  readonly toTop: string;
  readonly toBottom: string;
  readonly fold: string;
  readonly unfold: string;
  readonly close: string;
  readonly save: string;
  readonly copy: string;
  readonly saved: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly content: string;
  readonly findings: string;
  readonly noFindings: string;
  readonly times: string;
  readonly more: string;
  readonly tags: string;
  readonly noTags: string;
  readonly tagColumns: readonly string[];
  readonly held: string;
  readonly running: string;
  readonly requests: string;
  readonly noRequests: string;
  readonly requestColumns: readonly string[];
  readonly firstParty: string;
  readonly firstPartyTypes: string;
  readonly partial: string;
  readonly stored: string;
  readonly noStored: string;
  readonly storedColumns: readonly string[];
  readonly cookie: string;
  readonly local: string;
  readonly session: string;
  readonly own: string;
  readonly undeclared: string;
  readonly standing: {
    readonly necessary: string;
    readonly allowed: string;
    readonly default: string;
    readonly refused: string;
    readonly undecided: string;
    readonly gpc: string;
    readonly unknown: string;
  };
  readonly reason: string;
  readonly negated: string;
  readonly note: {
    readonly waiting: string;
    readonly outlived: string;
    readonly ungated: string;
    readonly unmarked: string;
  };
  readonly kinds: {
    readonly "ungated-script": AuditKind;
    readonly "ungated-tag": AuditKind;
    readonly "unknown-purpose": AuditKind;
    readonly "lazy-address": AuditKind;
    readonly "unmarked-tag": AuditKind;
    readonly "hold-off": AuditKind;
    readonly "second-manager": AuditKind;
    readonly "undeclared-request": AuditKind;
    readonly "request-not-allowed": AuditKind;
    readonly "told-not-held": AuditKind;
    readonly "undeclared-storage": AuditKind;
    readonly "storage-not-allowed": AuditKind;
  };
}

interface AuditKind {
  readonly title: string;
  readonly remedy: string;
}

declare const DOUI_AUDIT: AuditStamp;

declare const WITH_SIGNALS: boolean;
declare const WITH_GOOGLE: boolean;
declare const WITH_REGIONS: boolean;
declare const WITH_WAIT: boolean;
declare const WITH_UET: boolean;
declare const WITH_CLARITY: boolean;
declare const WITH_META: boolean;
declare const WITH_TIKTOK: boolean;
declare const WITH_PINTEREST: boolean;
declare const WITH_MATOMO: boolean;
declare const WITH_HUBSPOT: boolean;
declare const WITH_UNIVERSAL: boolean;
declare const WITH_SHOPIFY: boolean;
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
declare const WITH_BUTTON: boolean;
declare const WITH_REPORT: boolean;
declare const WITH_DECLARED: boolean;
