/**
 * What `doui.js` offers a shop's page: `window.doui`, two events on `document`, and one queue.
 *
 * Everything is synchronous unless it returns a Promise, and nothing here throws: an unknown
 * purpose or a bad value is a warning on the console, and counts as not allowed.
 */

declare global {
  /** The purposes and services of one shop, as `npx doui types` writes them. Without them, any text may name one. */
  interface DouiShop {}

  /** A purpose of the shop, as `shop.json` names it, such as `"ads"`. */
  type DouiPurpose = DouiShop extends { purpose: infer Purpose extends string } ? Purpose : string;

  /** A service and the purpose it serves, such as `"ads/yahoo-ads"`: what a shop's services that are `choosable` are named by. */
  type DouiService = DouiShop extends { service: infer Service extends string } ? Service : `${string}/${string}`;

  /** Google's consent types. */
  type DouiConsentType =
    | "ad_storage"
    | "ad_user_data"
    | "ad_personalization"
    | "analytics_storage"
    | "functionality_storage"
    | "personalization_storage"
    | "security_storage";

  /** How Google's consent types stand. */
  type DouiConsent = Readonly<Record<DouiConsentType, "granted" | "denied">>;

  /** How the visitor's choices stand. Frozen: each change makes a new one. */
  interface DouiState {
    /** Whether every purpose has been answered, so that nothing needs to be asked. */
    readonly decided: boolean;
    /** For each purpose of the shop, whether it is allowed now. Undecided purposes are `false`, unless the shop runs an opt-out model. */
    readonly choices: Readonly<Record<DouiPurpose, boolean>>;
    /**
     * For each service that can be refused alone (`choosable` in `shop.json`), whether it is allowed now: its purpose is, and
     * it is not refused. Absent where the shop has no such service.
     */
    readonly services?: Readonly<Record<DouiService, boolean>>;
    /** The purposes that must be asked: never answered, revised since, expired, unreadable, or in conflict with Global Privacy Control. */
    readonly undecided: readonly DouiPurpose[];
    /** The revision that the visitor was shown when deciding, `yyyymmdd`; `null` while no decision is in force. */
    readonly revision: string | null;
    /** When the decision was made, in Unix seconds; `null` while no decision is in force. */
    readonly decidedAt: number | null;
    /** Where it was made; `null` while no decision is in force, or where the browser has lost the note. */
    readonly by: "banner" | "centre" | "api" | null;
    /** Whether the browser sends Global Privacy Control now (`navigator.globalPrivacyControl`). */
    readonly gpc: boolean;
    /**
     * All seven of Google's consent types, for whatever takes them: those that the allowed purposes grant by
     * `consent_types` in `shop.json`, or as is usual for their ids. `security_storage` is always granted. It is there
     * whether or not a signal is switched on.
     */
    readonly consent: DouiConsent;
    /**
     * The cookies of refused services that a script cannot delete, by name: those for servers alone (`HttpOnly`), above
     * all. Delete them with `Set-Cookie` on the server that set them. Without `services` in `shop.json`, always empty.
     */
    readonly leftovers: readonly string[];
  }

  interface Doui {
    /** How things stand now. */
    readonly state: DouiState;
    /**
     * Whether a purpose is allowed now; or one service of it, `allows("ads", "yahoo-ads")` or `allows("ads/yahoo-ads")`. A
     * service that cannot be refused alone is allowed as its purpose is. An unknown one is a warning, and not allowed.
     * Where the shop has no `choosable` service, `service` is not looked at. `"necessary"` is always allowed.
     */
    allows(purpose: DouiPurpose | "necessary" | DouiService, service?: string): boolean;
    /** Resolves with the state once the purpose or service is allowed; at once if it is. It never rejects. */
    when(purpose: DouiPurpose | "necessary" | DouiService): Promise<DouiState>;
    /**
     * Calls back after each change, before any tag runs.
     * @returns the function that stops it
     */
    onChange(listener: (state: DouiState, changed: readonly (DouiPurpose | DouiService)[]) => void): () => void;
    /**
     * Saves choices that the visitor made in an interface of the shop's own; what is not named stays as it is. A service,
     * `{ "ads/yahoo-ads": false }`, is refused alone while its purpose is allowed; `true` lifts that, and never allows the
     * purpose. A purpose that is refused and allowed again begins without refused services.
     * With Global Privacy Control on, the decision is marked as made with it on: show the visitor that it is.
     * @returns the state after it
     */
    save(choices: Partial<Record<DouiPurpose | DouiService, boolean>>): DouiState;
    /** Saves that every purpose is allowed, with every service. */
    acceptAll(): DouiState;
    /** Saves that every purpose is refused. */
    rejectAll(): DouiState;
    /** Deletes the decision, its cookie and its history, and what services left that `shop.json` lists; asks again. With `cookie.domain`, another host's record may bring the decision back: to withdraw, use `rejectAll`. */
    reset(): DouiState;
    /** Shows the banner with its settings open and the current choice in its switches, and moves focus to it. */
    open(): void;
    /** Hides the banner; decides nothing. */
    close(): void;
    /**
     * Looks after what is held inside a shadow root, and in open ones inside it. Open roots of elements that the page knew
     * when it was read, or when they arrived, need no call; closed ones do, and those that are attached later.
     */
    watch(root: ShadowRoot): void;
  }

  /** A queue that takes callbacks before `doui.js` has run, and calls them at once after. */
  interface DouiQueue {
    push(...callbacks: ((doui: Doui) => void)[]): unknown;
  }

  interface Window {
    readonly doui: Doui;
    douiOnReady?: DouiQueue;
  }

  const doui: Doui;

  interface DocumentEventMap {
    /** `doui.js` has run; the state is there. */
    "doui:ready": CustomEvent<{ readonly state: DouiState }>;
    /**
     * A decision was saved or withdrawn, here or in another tab, or `leftovers` are others now. `changed` lists the
     * purposes whose `choices` differ, then the `services` that do; it may be empty.
     */
    "doui:change": CustomEvent<{ readonly state: DouiState; readonly changed: readonly (DouiPurpose | DouiService)[] }>;
  }
}

export {};
