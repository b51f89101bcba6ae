/// <reference path="./doui.d.ts" />

/** The content of `dist/terms.json`. */
export interface Terms {
  version: number;
  revision: string;
  valid_days: number;
  cookie: { name: string; domain?: string; renewed_by_server?: boolean };
  purposes: { id: string; revised: string; before: string; gpc: boolean; consent_types?: string[] }[];
  services?: { id: string; purpose: string; choosable?: boolean; cookies?: string[]; storage?: string[] }[];
}

/** How the visitor's choices stand, as a server can tell. */
export interface ServerState extends Pick<DouiState, "decided" | "choices" | "services" | "undecided" | "revision" | "decidedAt" | "gpc" | "consent"> {
  /** When the decision ends, in Unix seconds; `null` while none is in force. */
  readonly expiresAt: number | null;
  /** Whether the decision in force was made with Global Privacy Control on. */
  readonly decidedWithGpc: boolean;
}

export interface ReadOptions {
  /** Whether the request says `Sec-GPC: 1`. */
  gpc?: boolean;
  /** Whether the page is sent over https, as it is unless said. */
  secure?: boolean;
  /** The page's host: with `cookie.domain` in `shop.json`, hosts outside it keep a cookie of their own. */
  host?: string;
  /** The time, in Unix seconds. */
  now?: number;
}

export interface Reading {
  readonly state: ServerState;
  /** Whether a purpose, or a service such as `"ads/yahoo-ads"`, is allowed. An unknown one is not. */
  allows(name: DouiPurpose | "necessary" | DouiService): boolean;
  /**
   * The `Set-Cookie` header that renews the decision in force, with its very value; `null` where there is none. Send it only
   * with pages that no shared cache keeps, and say `renewed_by_server` in `shop.json`.
   */
  readonly setCookie: string | null;
}

export interface Reader {
  /** Reads a `Cookie` header. What is missing, malformed, expired or of a newer form counts as undecided. */
  read(cookieHeader: string | null | undefined, options?: ReadOptions): Reading;
}

/**
 * Reads decisions for one shop.
 * @throws {TypeError} where that is no `terms.json`, or of another version
 */
export function createReader(terms: Terms): Reader;
