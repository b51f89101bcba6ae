// What a page may have and TypeScript's own declarations do not know: all of it may be absent.

interface Window {
  /** Google's layer: https://developers.google.com/tag-platform/security/guides/consent */
  dataLayer?: unknown[];
  /** Microsoft Advertising's queue. */
  uetq?: unknown[];
  /** Microsoft Clarity, or the queue in its place. */
  clarity?: ((...command: unknown[]) => void) & { q?: unknown[] };
  /** Meta's pixel. */
  fbq?: (...command: unknown[]) => void;
  /** TikTok's pixel, or the queue in its place. */
  ttq?: unknown[] & Record<string, (() => void) | undefined>;
  /** Pinterest's tag, or the queue in its place. */
  pintrk?: (...command: unknown[]) => void;
  /** Matomo's queue. */
  _paq?: unknown[];
  /** HubSpot's queue of consent. */
  _hsp?: unknown[];
  disableHubSpotCookieBanner?: boolean;
  /** Microsoft's Universal Pixel. */
  pixie?: (...command: unknown[]) => void;
  Shopify?: {
    loadFeatures?(features: { name: string; version: string }[], then: (error: unknown) => void): void;
    customerPrivacy?: { setTrackingConsent(consent: Record<string, boolean>, then: () => void): void };
  };
  /** Trusted Types: https://www.w3.org/TR/trusted-types/ */
  trustedTypes?: { createPolicy(name: string, rules: TrustedRules): TrustedRules };
}

/** Trusted values are strings to TypeScript: what takes them takes strings too. */
interface TrustedRules {
  createHTML(markup: string): string;
  createScript(text: string): string;
  createScriptURL(address: string): string;
}

interface Navigator {
  /** Global Privacy Control: https://www.w3.org/TR/gpc/ */
  readonly globalPrivacyControl?: boolean;
}

interface Document {
  /** https://wicg.github.io/nav-speculation/prerendering.html */
  readonly prerendering?: boolean;
}
