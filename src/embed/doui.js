// The shop page's script. It plays what the build stamped into it from shop.json and the Rust core:
// the purposes, the revision, the banner and its words. `xtask stamp` fills in DOUI_STAMP and minifies.
//
// It is a classic script, first in <head>, so that the state is there before any tag.
// What a shop does not use is left out of its copy: the build puts true or false in the place of each WITH_….
// It uses no markup sink and no inline style, so that it runs under a strict policy with Trusted Types.
// Cookie and record follow the grammar of crates/core; tests/vectors.json holds both to it.
(() => {
  const stamp = DOUI_STAMP;
  /**
   * The document as the browser made it. Markup can take any of its names (`<img name="cookie">`), but none of its
   * prototypes'. Source: https://html.spec.whatwg.org/multipage/dom.html#dom-tree-accessors ("named properties").
   */
  const made = Object.getPrototypeOf(document);
  const doc = new Proxy(
    {},
    {
      get: (_, name) => {
        const member = Reflect.get(made, name, document);
        return member?.bind?.(document) ?? member;
      },
    },
  );
  // A form's fields take the names of its methods.
  const { matches, closest, querySelectorAll } = Element.prototype;
  const page = doc.documentElement;
  const DAY = 86400;
  // A shop's script may replace it later.
  const { parse: fromText, stringify: toText } = JSON;
  const NAME = "doui";
  const HISTORY = 20;
  /** How many paths a cookie is looked for at: an address may have thousands of parts, and each takes its time. */
  const PATHS = 32;

  const told = new Set();
  /** Says each thing once, and not more than a few: markup may give cause by the thousand. */
  const warn = (message) => {
    if (told.size < 20 && told.size < told.add(message).size) console.warn("doui: " + message);
  };

  const guarded = (action) => {
    try {
      return action();
    } catch {
      // Storage may be switched off, full, or absent in a sandbox. That is an answer, not an error.
    }
  };

  /** What a script has set on the window. An element with such an id or name is found there too, but is not the window's own. */
  const global = (name) => Object.getOwnPropertyDescriptor(window, name) && window[name];

  if (global("doui")?.allows) return warn("included twice");

  /** This script's own element: beside its file lie those that are loaded when they are needed. */
  const own = doc.currentScript;
  /** Where its file lies. Read now: a `<base>` that comes later does not move it. */
  const home = own?.src;
  /** A page such as a checkout keeps the banner down: nobody is asked there, and what nobody decided is denied. */
  const isQuiet = own?.dataset.auto == "off";

  // ---- Reading and writing the decision (design: cookie and record grammar) ----

  const clock = () => Math.floor(Date.now() / 1000);

  /** A decision from its cookie form; without `at` it is unreadable. One from the future is forged. */
  const parse = (text, by, lang) => {
    const [match, revision, at, tokens, gpc] =
      /^1\.(\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\.([1-9]\d{0,10})((?:\.[a-z][a-z0-9-]{0,23}[01])+)(\.gpc)?$/.exec(
        text,
      ) || [];
    if (!match || at > clock() + DAY) return { newer: /^([2-9]|[1-9]\d+)\./.test(text) };
    const choices = { __proto__: null };
    for (const token of tokens.slice(1).split(".")) {
      const id = token.slice(0, -1);
      if (id in choices) return {};
      choices[id] = token.endsWith("1");
    }
    // The order of these is the order in which the record has them.
    return { revision, at: +at, choices, by, lang, gpc: !!gpc };
  };

  const write = ({ revision, at, choices, gpc }) =>
    [1, revision, at, ...Object.keys(choices).map((id) => id + +choices[id]), ...(gpc ? ["gpc"] : [])].join(".");

  /**
   * A decision from the record's form: the cookie's grammar judges it, and it must be what the cookie would say.
   * Who decided and in which language are notes: a bad one is dropped, never a reason to forget the decision.
   */
  const read = (stored) => {
    const { revision, at, choices, by, lang, gpc = false } = stored;
    const decision = parse(
      write(stored),
      ["banner", "centre", "api"].includes(by) ? by : undefined,
      typeof lang == "string" && /^[A-Za-z0-9-]{1,35}$/.test(lang) ? lang : undefined,
    );
    const isSame =
      decision.revision === revision &&
      decision.at === at &&
      decision.gpc === gpc &&
      Object.keys(choices).every((id) => decision.choices[id] === choices[id]);
    return isSame ? decision : {};
  };

  /** Every cookie that the page sees. */
  const jar = () => (guarded(() => doc.cookie) || "").split("; ");

  /** The record's text, and what was read in it: a long one is not read each second. */
  let raw;
  let readRaw;
  /** The record's decision, if there is a record, and those before and including it. */
  const readRecord = () => {
    const now = guarded(() => localStorage.getItem(NAME));
    if (now == null) return [];
    if (raw != now) {
      raw = now;
      readRaw = guarded(() => {
        const stored = fromText(raw);
        const { v, history } = stored;
        const record = v === 1 ? read(stored) : { newer: typeof v == "number" && v > 1 };
        const past = record.at && Array.isArray(history) ? history.slice(-HISTORY) : [];
        return [record, past.map((one) => guarded(() => read(one)) || {}).filter((one) => one.at)];
      }) || [{}];
    }
    return readRaw;
  };

  /** A full or closed jar drops a cookie without a word: only reading it back tells. */
  const setCookie = (name, value, seconds, domain, rest = "", path = "/") =>
    guarded(() => {
      const pair = `${name}=${value}`;
      const text = `${pair};Path=${path};SameSite=Lax;Max-Age=${seconds}${domain && ";Domain=" + domain}${
        location.protocol == "https:" ? ";Secure" : ""
      }${rest}`;
      Reflect.set(made, "cookie", text, document);
      return seconds && jar().includes(pair);
    });

  /** Writes the cookie at the shop's domain or, on a page outside that, at this host. */
  const writeCookie = (text, seconds) =>
    [stamp.domain, ""].some((domain) => setCookie(NAME, text, seconds, domain));

  const writeRecord = (decision, past = []) =>
    guarded(() => {
      const raw = toText({ v: 1, ...decision, history: [...past, decision].slice(-HISTORY) });
      localStorage.setItem(NAME, raw);
      return localStorage.getItem(NAME) == raw;
    });

  /** For how many seconds more a decision holds. */
  const lifeOf = (decision) => decision.at + stamp.life - clock();

  /** Renews the cookie's life up to the decision's end, since browsers cut that of script-written cookies. */
  const renew = (decision) => lifeOf(decision) > 0 && writeCookie(write(decision), lifeOf(decision));

  /** What this browser holds, with cookie and record made to agree: the later wins, on a tie the cookie. */
  const settle = () => {
    const [record, past] = readRecord();
    // The page may see several, of other paths or domains.
    const cookies = jar()
      .filter((pair) => pair.startsWith("doui="))
      .map((pair) => parse(pair.slice(5)));
    const later = (best, one) => (one.at > (best.at || 0) ? one : best);
    const found = [cookies.reduce(later, cookies[0]), record].filter(Boolean);
    let decision = found.reduce(later, {});
    isNew = !found[0];
    if (!decision.at || found.some((one) => one.newer)) return;
    if (record?.at && write(record) == write(decision)) decision = record;
    // Only on arrival: a tab that looks again may see half of what another one writes or deletes.
    if (!state && !doc.prerendering) {
      if (record != decision) writeRecord(decision, past);
      if (WITH_RENEWAL || !jar().includes(`doui=${write(decision)}`)) renew(decision);
    }
    return decision;
  };

  // ---- Sweeping: what refused services left in the browser (design: crates/core sweep) ----

  /** The domains, from this host up, that take cookies: public suffixes do not. Found out when first needed. */
  let domains;
  /** Names that a script can't take: a cookie for servers alone (HttpOnly) is in their place. */
  let untakable = [];
  /** The cookies that outlasted a sweep. Until the state changes they are left alone: each try may take seconds. */
  let lasting = [];

  const take = (name, domain) => {
    const isTaken = setCookie(name, "1", 9, domain);
    setCookie(name, "", 0, domain);
    return isTaken;
  };

  /** Deletes what services left whose purposes are all refused. Returns the names that could not be deleted. */
  const sweep = (isRefused, isThorough) => {
    const mustGo = (declared) => (name) => {
      const owners = declared.filter(([known]) =>
        known.endsWith("*") ? name.startsWith(known.slice(0, -1)) : name == known,
      );
      return owners[0] && owners.every(([, id]) => isRefused(id));
    };
    if (WITH_STORES) {
      for (const kind of ["localStorage", "sessionStorage"]) {
        guarded(() =>
          Object.keys(window[kind])
            .filter(mustGo(stamp.stores))
            .forEach((key) => window[kind].removeItem(key)),
        );
      }
    }
    const goes = mustGo(stamp.cookies);
    const nameOf = (pair) => pair.split("=")[0];
    // A cookie without a name shows as a value alone, and no script can delete it by that.
    const left = () => jar().filter((pair) => pair.includes("=") && goes(nameOf(pair)));
    if (isThorough) lasting = [];
    const found = left().filter((pair) => !lasting.includes(pair));
    const names = stamp.cookies.map(([name]) => name).filter((name) => isThorough && !/\*$|^__/.test(name) && goes(name));
    if (names[0] || found[0]) {
      domains ||= ["", ...location.hostname.split(".").map((_, at, labels) => labels.slice(at).join("."))].filter(
        (domain) => take("doui-probe", domain),
      );
      // A cookie goes only by its very path, and only by its partition.
      for (const rest of ["", ";Partitioned"]) {
        for (const name of found.map(nameOf)) {
          for (const domain of domains) {
            let path = "";
            for (const part of location.pathname.match(/\/|[^/]+/g).slice(0, PATHS)) {
              setCookie(name, "", 0, domain, rest, (path += part));
            }
          }
        }
      }
      lasting = left();
      if (isThorough) untakable = names.filter((name) => !domains.every((domain) => take(name, domain)));
    }
    return Object.freeze([...new Set([...left().map(nameOf), ...untakable.filter(goes)])]);
  };

  // ---- Deciding who must be asked (design: crates/core decide) ----

  /** The decision in memory, when the browser keeps nothing. */
  let unkept;
  /** The decision in force, if there is one. */
  let current;
  /** The purposes to ask about; true for those allowed before the browser's signal was on. */
  let asked;
  /** Whether the browser's signal (Global Privacy Control) keeps purposes off, and the visitor must be told. */
  let isHeeded;
  /** Whether the visitor has never answered: only then the shop's defaults count. */
  let isNew;
  /** Whether some purposes are asked again while a decision is in force for the others. */
  let isPartial;
  let state;
  /** Whether each purpose may run now and, by its path, each service: one that can't be refused alone, as its purpose. */
  let standings;
  /** What is allowed, by name. A set, since it takes any question without making a text of it, and at once. */
  let allowed;
  /** Whether each condition met so far holds in this state. */
  let answers;

  /** Works out the state, from a decision that was made here just now or else from what the browser holds. */
  const decide = (made) => {
    isNew = false;
    const decision = made || unkept || settle();
    const gpc = navigator.globalPrivacyControl === true;
    const choices = {};
    const services = {};
    current = decision && lifeOf(decision) < 0 ? undefined : decision;
    asked = { __proto__: null };
    isHeeded = false;
    answers = { __proto__: null };
    for (const [id, revised, granted, heeds] of stamp.purposes) {
      const token = revised <= current?.revision ? current.choices[id] : undefined;
      // Who decided with the signal on, and was told so, is taken at their word.
      const isHeld = heeds && gpc && !current?.gpc;
      isHeeded ||= isHeld;
      if (token === undefined || (isHeld && token)) {
        asked[id] = token;
        // The shop's default counts only for somebody who has never answered at all.
        choices[id] = WITH_GRANTED && !!granted && isNew && !isHeld && !isQuiet;
      } else {
        choices[id] = token;
      }
    }
    standings = choices;
    if (WITH_SERVICES) {
      standings = { ...choices };
      for (const [purpose, id, isChoosable] of stamp.members) {
        const path = purpose + "/" + id;
        standings[path] = choices[purpose];
        if (isChoosable) services[path] = standings[path] &&= current?.choices[id] !== false;
      }
    }
    const undecided = Object.keys(asked);
    const { revision = null, at: decidedAt = null, by = null } = current || {};
    isPartial = current && undecided[0];
    state = Object.freeze({
      decided: !undecided[0],
      choices: Object.freeze(choices),
      ...(WITH_SERVICES ? { services: Object.freeze(services) } : null),
      undecided: Object.freeze(undecided),
      revision,
      decidedAt,
      by,
      gpc,
      leftovers: state?.leftovers || Object.freeze([]),
    });
    allowed = new Set(["necessary", ...Object.keys(standings).filter((id) => standings[id])]);
    page.dataset.doui = ids.filter(allows).join(" ");
  };

  /** Sweeps after the refused purposes. Whether that changed what is left. */
  const tidy = (isThorough) => {
    if (doc.prerendering) return;
    const leftovers = guarded(() => sweep((id) => !((WITH_SERVICES ? purposeOf(id) : id) in asked) && !standings[id], isThorough)) || [];
    if (leftovers + "" != state.leftovers) return (state = Object.freeze({ ...state, leftovers }));
  };

  const ids = stamp.purposes.map(([id]) => id);
  /** The services, as conditions name them. */
  const paths = WITH_SERVICES && stamp.members.map(([purpose, id]) => purpose + "/" + id);
  const purposeOf = (path) => path.split("/", 1)[0];
  const isKnown = (id) =>
    ids.includes(id) ||
    (WITH_SERVICES && paths.includes(id)) ||
    // Not everything has a string to show.
    (told.size < 20 && warn(`unknown purpose ${guarded(() => String(id))}; known: necessary,${WITH_SERVICES ? [ids, paths] : ids}`));
  const allows = (id) => allowed.has(id) || (isKnown(id), false);

  // ---- Gates: tags held until their purposes are allowed ----

  const PLACE = "doui-banner";
  const FRAMES = "iframe,embed";
  const HELD = '[data-doui]:not(html,form,script:not([type="text/plain"])),a[data-doui-link],area[data-doui-link],doui-placeholder,' + PLACE;
  /** Below it stands what others wrote: nothing there is ours. */
  const OFF = "[data-doui-off]";
  const seen = new WeakSet();
  /** The elements that arrived and have not been looked at. */
  const fresh = [];
  /** Every gate, in the order of arrival. */
  let gates = [];
  /** Those that may stand otherwise than they should. */
  let todo = [];
  /** The scripts among them that wait for their turn. */
  let line = [];
  /** Those that can't stand as they should before more of the page is there. */
  let late = [];
  /** How many of the scripts that run in order are still on their way. */
  let loading = 0;
  /** Whether a pass over the gates is about to begin, or to go on. */
  let isDue;
  /** The conditions of the scripts that ran here. */
  const ran = new Set();

  const partsOf = (condition) => condition.trim().split(/\s+/);

  const opens = (condition) =>
    (answers[condition] ??= partsOf(condition).every((part) => (part[0] == "!" ? !allows(part.slice(1)) : allows(part))));

  // Trusted Types: the policy passes only what the shop itself wrote into its page as a gated tag.
  const same = (text) => text;
  const rules = { createScript: same, createScriptURL: same };
  const policy = guarded(() => trustedTypes.createPolicy(NAME, rules)) || rules;

  /** Runs a file of Doui's own folder. Whether it came or not, `arrive` is called. */
  const load = (name, arrive) => {
    const script = doc.createElement("script");
    script.src = policy.createScriptURL(new URL(name, home));
    script.nonce = own.nonce;
    script.onload = script.onerror = arrive;
    page.append(script);
  };

  const walker = doc.createTreeWalker(document);
  /** While the parser is at work, an inline text may be half there: it is whole once something follows it. */
  const isWhole = (node) => {
    walker.currentNode = node.lastChild || node;
    return doc.readyState != "loading" || walker.nextNode();
  };

  /**
   * Whether the page's policy would run a script. Where doui.js has a nonce, a script needs the same one, as it would without
   * us. An attribute `nonce` stands before `data-doui`, and none has the beginning of another tag in it: markup that was left
   * open swallows what comes after it, the nonce of the page's next script too.
   * Source: https://www.w3.org/TR/CSP3/#is-element-nonceable.
   */
  const isVouched = (script) => {
    const names = script.getAttributeNames().map((name) => name + "=" + script.getAttribute(name)).join();
    return (
      !own?.nonce ||
      own.dataset.nonceCheck == "off" ||
      (own.nonce == script.nonce && !/<s(cript|tyle)|(^|,)data-doui=(.*,)?nonce=/is.test(names)) ||
      warn('held scripts need the nonce of doui.js, before data-doui: nonce="…" data-doui="…"')
    );
  };

  /** What an address may begin with besides http and https, by the element that has it. */
  const SCHEMES = { a: "mailto:|tel:", img: "data:|blob:" };
  const refuse = (what) => warn("refused: " + what.slice(0, 99));

  /** Whether an element may have an address: none that is itself a script, and in pictures alone one that is itself the content. */
  const isFit = ({ localName }, address) =>
    RegExp(`^(https?:|${location.protocol}|${SCHEMES[localName]})`).test(new URL(address, doc.baseURI)) ||
    refuse(address);

  // A page may have ten thousand gates, and each `dataset` would be an object more.
  const sourceOf = (node) => node.localName == "script" && (node.getAttribute("data-src") || node.src);

  const runScript = (held) => {
    const source = sourceOf(held);
    const type = held.getAttribute("data-type") || "";
    if (!isVouched(held) || (source && !isFit(held, source))) return;
    // Whatever else a browser or a library makes of a script element, such as an import map, is not ours to set free.
    if (!/^(.+(java|ecma)script|module|)$/i.test(type)) return refuse("data-type=" + type);
    ran.add(held.getAttribute("data-doui"));
    // Not a clone: one that came by innerHTML never runs, nor do its clones.
    const fresh = doc.createElement("script");
    for (const name of held.getAttributeNames()) {
      name == "src" || guarded(() => fresh.setAttribute(name, held.getAttribute(name)));
    }
    // The attribute reads empty once the page's policy has seen it; the property does not.
    fresh.nonce = held.nonce;
    fresh.type = type;
    fresh.async = held.hasAttribute("async");
    if (source) {
      fresh.src = policy.createScriptURL(source);
      // A browser that knows modules skips a nomodule script without a word.
      if (!fresh.async && !fresh.noModule) {
        loading++;
        const arrive = () => --loading || obey();
        fresh.addEventListener("load", arrive);
        fresh.addEventListener("error", arrive);
      }
    } else {
      fresh.text = policy.createScript(held.text);
    }
    held.replaceWith(fresh);
  };

  /** Gives an element the addresses held for it, or those it had before. */
  const turn = (gate, open) => {
    const { node, plain } = gate;
    const box = WITH_PLACEHOLDERS ? boxes.get(node) : undefined;
    const isHere = box?.shadowRoot.activeElement;
    if (WITH_PLACEHOLDERS) uncover(node);
    // A frame loads, and goes, only as it enters or leaves the page: a twin takes its place.
    const twin = node.matches(FRAMES) && node.isConnected ? node.cloneNode(true) : node;
    for (const name of ["src", "srcset", "href"]) {
      const address = node.getAttribute("data-" + name);
      if (address == null) continue;
      if (open && name != "srcset" && !isFit(node, address)) continue;
      const next = open ? address : plain[name];
      if (open) plain[name] = node.getAttribute(name);
      if (next == null) twin.removeAttribute(name);
      // An <embed> runs what it loads, so its address must be a trusted one.
      else twin.setAttribute(name, policy.createScriptURL(next));
    }
    seen.add(twin);
    if (twin != node) node.replaceWith(twin);
    gate.node = twin;
    if (isHere) twin.focus();
  };

  const set = (gate, open) => {
    const { node } = gate;
    if (node.localName == "script") {
      runScript(node);
    } else if (node.localName == "template") {
      if (open) {
        const content = doc.importNode(node.content, true);
        for (const script of content.querySelectorAll("script")) {
          // What is held runs later, and what is data never.
          if (!/plain|json/.test(script.type) && !isVouched(script)) script.remove();
        }
        ran.add(gate.need);
        node.after(...(gate.shown = [...content.childNodes]));
      } else gate.shown.forEach((part) => part.remove());
    } else {
      turn(gate, open);
    }
  };

  const note = (held) => {
    if (closest.call(held, OFF)) return;
    if (WITH_PLACEHOLDERS && held.matches(FRAMES)) sight.observe(held);
    if (seen.has(held)) return;
    seen.add(held);
    // A copy that the page made has nothing in its shadow.
    if (held.localName == "doui-placeholder") {
      // The frame beside it was copied hidden. It may have been left behind.
      guarded(() => (held.nextSibling.style.display = ""));
      return held.remove();
    }
    if (held.localName == PLACE) return host && held != host && settleIn(held);
    const gate = { node: held, need: held.getAttribute("data-doui") ?? held.getAttribute("data-doui-link"), plain: {} };
    gates.push(gate);
    if (opens(gate.need)) todo.push(gate);
  };

  /** Externals load side by side and run in order; an inline one waits for those before it, and until it is whole. */
  const mayRun = ({ node }) => sourceOf(node) || (!loading && isWhole(node));

  /** Brings gates to what the state says, in slices that leave the page its frames. */
  const pass = () => {
    const end = Date.now() + 8;
    isDue = false;
    for (;;) {
      if (Date.now() > end) return (isDue = setTimeout(pass));
      if (fresh[0]) {
        const held = fresh.shift();
        guarded(() => note(held));
        continue;
      }
      const isNext = line[0] && mayRun(line[0]);
      const gate = isNext ? line.shift() : todo.shift();
      if (!gate) break;
      const { node, need } = gate;
      const open = opens(need);
      if (open == !!gate.isOpened) continue;
      if (open) {
        if (!node.isConnected) {
          // It may come back, and is noted anew then.
          seen.delete(node);
          gates = gates.filter((other) => other != gate);
          continue;
        }
        const isFree = node.localName != "script" || node.hasAttribute("async");
        if (!isNext && (isFree ? !(sourceOf(node) || isWhole(node)) : line[0] || !mayRun(gate))) {
          (isFree ? late : line).push(gate);
          continue;
        }
      }
      gate.isOpened = open;
      try {
        set(gate, open);
      } catch (error) {
        warn("a tag failed: " + error);
      }
    }
    todo = late.concat(todo);
    late = [];
  };

  const obey = () => doc.prerendering || (isDue ||= !queueMicrotask(pass));

  /** After a change of state each gate may stand otherwise than it should. */
  const obeyAll = () => {
    // A script that ran is done. What left the page may come back: open, to be closed meanwhile, or held and noted anew.
    gates = gates.filter(({ node, isOpened }) => (isOpened ? node.localName != "script" : node.isConnected || !seen.delete(node)));
    todo = [...gates];
    line = [];
    obey();
  };

  /** Takes the elements of a part of the page that are ours to look at. */
  const watch = (node) => {
    if (!node.matches) return;
    if (matches.call(node, HELD)) fresh.push(node);
    for (const held of querySelectorAll.call(node, HELD)) fresh.push(held);
  };

  // ---- Signals: what tags that listen are told, each in its vendor's words ----

  const queue = (name) => (window[name] = global(name) || []);

  const signal = (command) => {
    if (!WITH_SIGNALS) return;
    const isDefault = command == "default";
    const consent = {};
    for (const [type, need] of Object.entries(stamp.types)) {
      consent[type] = (isDefault && current ? need == "necessary" : opens(need)) ? "granted" : "denied";
    }
    const { ad_storage, analytics_storage } = consent;
    // https://developers.google.com/tag-platform/security/guides/consent
    if (WITH_GOOGLE) {
      guarded(() => {
        const layer = queue("dataLayer");
        // Google's reader takes `arguments` objects alone; an array it drops without a word.
        const gtag = function () {
          layer.push(arguments);
        };
        gtag("consent", command, WITH_WAIT && isDefault ? { ...consent, ...stamp.google.more } : consent);
        if (!isDefault) return layer.push({ event: "doui_change", doui: { ...state.choices } });
        if (WITH_REGIONS && isNew && !state.gpc && !isQuiet) {
          stamp.google.regions.forEach((regional) => gtag("consent", command, regional));
        }
        for (const name of stamp.google.settings) gtag("set", name, true);
      });
    }
    // Microsoft Advertising: each command is three entries of the queue.
    if (WITH_UET) guarded(() => queue("uetq").push("consent", command, { ad_storage }));
    // https://learn.microsoft.com/en-us/clarity/setup-and-installation/cmp-integration-guide
    if (WITH_CLARITY) {
      guarded(() => {
        window.clarity = global("clarity") || function () {
          (window.clarity.q ||= []).push(arguments);
        };
        window.clarity("consentv2", { ad_Storage: ad_storage, analytics_Storage: analytics_storage });
      });
    }
    // TikTok: a method, or before its snippet has made it, the method's name in the queue.
    if (WITH_TIKTOK) {
      guarded(() => {
        const ttq = queue("ttq");
        const name = (ad_storage == "granted" ? "grant" : isDefault ? "hold" : "revoke") + "Consent";
        ttq[name] ? ttq[name]() : ttq.push([name]);
      });
    }
    // https://developers.facebook.com/docs/facebook-pixel/implementation/gdpr
    if (WITH_META) {
      guarded(() => {
        const tellMeta = (fbq) => fbq("consent", opens(stamp.types.ad_storage) ? "grant" : "revoke");
        // An update for a snippet that is not there yet fails here: it is told when it comes.
        if (global("fbq") || !isDefault) return tellMeta(window.fbq);
        // Meta's own snippet does nothing where `fbq` is there already, so it is told as soon as it has made it.
        let made;
        const meet = () => {
          const fbq = made;
          made = undefined;
          if (fbq) {
            Object.defineProperty(window, "fbq", { value: fbq, writable: true });
            guarded(() => tellMeta(fbq));
          }
          return fbq;
        };
        Object.defineProperty(window, "fbq", {
          get: meet,
          set: (fbq) => {
            made = fbq;
            queueMicrotask(meet);
          },
          configurable: true,
        });
      });
    }
  };

  // ---- What Doui shows ----

  /** The page's language, then the one chosen in, then the browser's, then the shop's first. */
  const language = () => {
    const languages = Object.keys(stamp.words);
    return (
      [page.lang, current?.lang, ...navigator.languages]
        .map((tag) => tag?.split("-")[0].toLowerCase())
        .find((tag) => languages.includes(tag)) || languages[0]
    );
  };
  let lang;
  let sheet;
  /** The banner, the offer to load the page again, and the model of every placeholder. */
  let kit;

  /** The words of a language that lies in a file of its own, on their way. */
  let coming;

  /**
   * All of it in the page's language, built when first asked for from the tree of marks that the build packed
   * (xtask/src/tree.rs). Nothing while the words are on their way: `retry` is called once they are here, or the first
   * language has to do.
   */
  const kitOr = (retry) => {
    if (kit) return kit;
    lang ||= language();
    const text = stamp.words[lang];
    if (WITH_LANGUAGES && !text) {
      coming ||= new Promise((arrive) => load(`doui.${lang}.js`, arrive))
        .catch(() => {})
        .then((event) => {
          if (!(stamp.words[lang] = event?.target.douiWords)) lang = Object.keys(stamp.words)[0];
        });
      coming.then(retry);
    } else {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(stamp.css);
      const [, ...words] = text.split(text[0]);
      const word = (text) => (text == "$" ? words.shift() : text);
      let at = doc.createDocumentFragment();
      for (const part of stamp.tree.split(/(?=[<>^~])/)) {
        const [name, value = ""] = part.slice(1).split("=");
        if (part[0] == "<") at = at.appendChild(doc.createElement(name));
        else if (part[0] == ">") at = at.parentNode;
        else if (part[0] == "~") at.append(word(name));
        else at.setAttribute(name, word(value));
      }
      kit = [...at.children];
    }
    return kit;
  };

  /** What a visitor calls a purpose, or a service with its purpose. */
  const labelOf = (id) =>
    WITH_SERVICES && paths.includes(id)
      ? `${labelOf(purposeOf(id))} · ${kit.at(-1).querySelector(`[title="${id}"]`).textContent}`
      : ids.includes(id) && kit[0].querySelector(`[name=${id}]`).parentNode.textContent;

  /** An element with a part of the kit in its shadow, out of the reach of the page's styles. */
  const raise = (name, part) => {
    const raised = doc.createElement(name);
    raised.lang = lang;
    seen.add(raised);
    const shadow = raised.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(part);
    shadow.addEventListener("click", (event) => {
      acts[event.target.closest("[data-doui-act]")?.dataset.douiAct]?.(raised, event);
    });
    return raised;
  };

  // ---- Placeholders of frames that are not allowed ----

  /** The placeholder of each frame that has one. */
  const boxes = new WeakMap();
  const FITTED = "align-self,display,float,grid-area,height,inset,margin,position,vertical-align,width";

  /** Gives a placeholder the size and place that its frame has while neither is hidden. */
  const fit = (box) => {
    const node = box.douiFrame;
    if (!node) return;
    box.hidden = true;
    node.style.display = box.douiShown;
    const looks = getComputedStyle(node);
    if (looks.display == "inline") node.style.display = "inline-block";
    const size = node.getBoundingClientRect();
    const css = FITTED.split(",").map((name) => {
      const value = size[name] ? size[name] + "px" : looks[name];
      return `${name}:${value}!important`;
    });
    node.style.setProperty("display", "none", "important");
    box.style.cssText = css.join(";");
    box.hidden = false;
  };

  const cover = (node) => {
    const need = node.dataset.doui;
    if (!need || opens(need) || boxes.has(node) || node.dataset.placeholder == "off") return;
    if (!kitOr(WITH_LANGUAGES && (() => cover(node)))) return;
    const box = raise("doui-placeholder", kit[2].cloneNode(true));
    const labels = partsOf(need).map(labelOf);
    // What waits for a refusal, or for a purpose that the shop does not have, can't be allowed here.
    if (!labels.every(Boolean)) return;
    const [title, purposes] = box.shadowRoot.querySelectorAll("b");
    title.textContent = node.title || guarded(() => new URL(node.dataset.src, location).host);
    purposes.textContent = labels.join(" · ");
    box.douiFrame = node;
    box.douiShown = node.style.display;
    boxes.set(node, box);
    sight.unobserve(node);
    node.before(box);
    fit(box);
  };

  /**
   * Acts on a click if its button can be seen: what is all but transparent, or lies beneath something that lets clicks
   * through, is no question that anybody answered. Then the settings ask. Only Chromium tells what is painted over
   * (https://w3c.github.io/IntersectionObserver/v2/).
   */
  const whenSeen = (event, act) => {
    const isOpaque = event.composedPath().every((node) => {
      const { opacity, filter } = node.matches ? getComputedStyle(node) : {};
      return !filter || opacity + filter == "1none";
    });
    new IntersectionObserver(
      ([{ isVisible = isOpaque }], observer) => {
        observer.disconnect();
        isVisible ? act() : open();
      },
      { trackVisibility: true, delay: 100 },
    ).observe(event.target);
  };

  const uncover = (node) => {
    const box = boxes.get(node);
    if (!box) return;
    boxes.delete(node);
    box.remove();
    node.style.display = box.douiShown;
  };

  /** Frames get theirs as they come near, at the size they have then. One too small to read shows none. */
  const sight =
    WITH_PLACEHOLDERS &&
    new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          // As styled: Firefox lays out an <embed> without an address as an empty line of text.
          const { width, height } = getComputedStyle(target);
          if (isIntersecting && parseInt(width) > 48 && parseInt(height) > 24) cover(target);
        }
      },
      { rootMargin: "2000px" },
    );

  // ---- The banner ----

  let host;
  let root;
  let isShown = false;
  let isOpen = false;
  let isDismissed = isQuiet;
  let cameFrom;
  let returns = 0;

  const all = (selector) => root.querySelectorAll(selector);

  /** Sets what depends on the state: which parts show, and where the switches stand. */
  const refresh = () => {
    const flags = {
      all: !isPartial,
      some: isPartial,
      open: isOpen,
      unkept,
      gpc: isHeeded,
      conflict: Object.values(asked).includes(true),
    };
    all(".asked")[0].textContent = Object.keys(asked).map(labelOf).join(" · ");
    for (const part of all("[data-doui-when]")) part.hidden = !flags[part.dataset.douiWhen];
    for (const input of all("input")) input.checked = standings[input.name];
    all("[aria-expanded]")[0].ariaExpanded = isOpen;
  };

  /** Shows the banner as soon as there is a body to show it in. */
  const show = () => {
    isShown = true;
    if (!doc.body || !kitOr(WITH_LANGUAGES && (() => isShown && !host && (isOpen ? open() : show())))) return;
    if (!host) {
      host = raise(PLACE, kit[0]);
      host.id = PLACE;
      host.setAttribute("popover", "manual");
      root = host.shadowRoot;
      root.addEventListener("keydown", (event) => event.key == "Escape" && close());
      new ResizeObserver(() => {
        const height = host.dataset.placed ? 0 : host.offsetHeight;
        // Each element of the page inherits it, so the frame in question is painted first.
        setTimeout(() => page.style.setProperty("--doui-height", height + "px"));
      }).observe(host);
    }
    refresh();
    host.hidden = false;
    const place = doc.querySelector(PLACE + `:not(${OFF} *)`);
    if (!place) {
      delete host.dataset.placed;
      doc.body.prepend(host);
    } else if (place != host) settleIn(place);
    // In the top layer nothing of the page's can be painted over it.
    guarded(() => host.dataset.placed || host.showPopover());
  };

  /** Puts the banner where the shop wants it, in the flow of its page. */
  const settleIn = (place) => {
    host.dataset.placed = 1;
    place.replaceWith(host);
  };

  const hide = () => {
    isShown = isOpen = false;
    if (host) {
      const held = root.activeElement;
      host.hidden = true;
      guarded(() => host.hidePopover());
      if (held) cameFrom?.focus();
      cameFrom = undefined;
    }
  };

  const open = () => {
    if (doc.activeElement != host) cameFrom = doc.activeElement;
    isDismissed = false;
    isOpen = true;
    show();
    root?.firstChild.focus();
  };

  const close = () => {
    isDismissed = true;
    hide();
  };

  // ---- Choosing: the one writer of this document ----

  const tell = (name, changed) => doc.dispatchEvent(new CustomEvent("doui:" + name, { detail: { state, changed } }));

  /** Listening through the document's event keeps a failing listener from stopping the others. */
  const onChange = (listener) => {
    const relay = (event) => listener(state, event.detail.changed);
    doc.addEventListener("doui:change", relay);
    return () => doc.removeEventListener("doui:change", relay);
  };

  /** The offer to load the page again. */
  let offer;

  /** Running code can't be unrun: where a script ran whose purpose is now off, only loading the page again ends it. */
  const outlive = (isHere) => {
    const isOutlived = [...ran].flatMap(partsOf).some((part) => standings[part] === false);
    if (isOutlived && WITH_RELOAD && isHere && !unkept) return location.reload();
    if (isOutlived && !offer && doc.body) {
      if (!kitOr(WITH_LANGUAGES && (() => outlive()))) return;
      doc.body.append((offer = raise("doui-offer", kit[1])));
    }
    if (offer) offer.hidden = !isOutlived;
  };

  const isAs = (before) => toText(state) == toText(before);

  const changedSince = (before) => {
    const purposes = ids.filter((id) => standings[id] != before.choices[id]);
    if (!WITH_SERVICES) return purposes;
    return purposes.concat(Object.keys(state.services).filter((path) => standings[path] != before.services[path]));
  };

  /** After any change of state: signals to the page, then the banner, then the tags. `isHere`: the change was made here. */
  const follow = (before, isHere) => {
    const changed = changedSince(before);
    if (WITH_SWEEP) tidy(isHere);
    signal("update");
    tell("change", changed);
    // What fails in what is shown never keeps a gate from going as it should.
    guarded(() => {
      outlive(isHere);
      if (state.decided && !unkept) hide();
      else if (!isDismissed) show();
    });
    // The answer to the visitor's tap is painted before tags take the thread.
    if (doc.hidden) obeyAll();
    else requestAnimationFrame(() => setTimeout(obeyAll));
  };

  /**
   * Saves, for each purpose, what `pick` says; where it says nothing, a decided purpose stays as it is. Then likewise the
   * refusals of services, within the purposes that are allowed.
   */
  const choose = (pick, by) => {
    const before = state;
    const choices = { __proto__: null };
    const alone = WITH_SERVICES && Object.keys(state.services);
    for (const id of ids) {
      const allowed = pick(id);
      if (typeof allowed == "boolean") choices[id] = allowed;
      else if (!(id in asked)) choices[id] = standings[id];
      // Of a purpose that runs before the first answer, refusing a service is an answer: the others stay.
      else if (WITH_SERVICES && standings[id] && alone.some((path) => purposeOf(path) == id && pick(path) === false)) {
        choices[id] = true;
      }
    }
    if (WITH_SERVICES) {
      for (const path of alone) {
        const [purpose, id] = path.split("/");
        const allowed = pick(path);
        const isRefused = typeof allowed == "boolean" ? !allowed : standings[purpose] && !standings[path];
        if (choices[purpose] && isRefused) choices[id] = false;
      }
    }
    if (Object.keys(choices)[0]) {
      const decision = {
        revision: stamp.revision,
        // Later than the one before, if that is not so far ahead that it could not be read.
        at: Math.max(clock(), Math.min(before.decidedAt + 1, clock() + DAY)),
        choices,
        by,
        lang: lang || language(),
        gpc: state.gpc,
      };
      // Both are written, whichever works.
      unkept = renew(decision) | writeRecord(decision, readRecord()[1]) ? undefined : decision;
      decide(decision);
      follow(before, true);
    }
    return state;
  };

  /** Where only some purposes are asked again, the first layer answers for those; with all switches in view, for all. */
  const answer = (allowed) => choose((id) => (isPartial && !isOpen && !(id in asked) ? undefined : allowed), "banner");

  const acts = {
    accept: () => answer(true),
    reject: () => answer(false),
    settings: (from) => {
      if (from == host) {
        isOpen = true;
        show();
      } else open();
    },
    // Services have no switch here.
    save: () => choose((id) => (WITH_SERVICES && !ids.includes(id) ? undefined : all(`[name=${id}]`)[0].checked), "banner"),
    close,
    // Who has not been told of the browser's signal is told first.
    allow: (box, event) =>
      isHeeded
        ? open()
        : whenSeen(event, () =>
            choose((id) => {
              const parts = partsOf(box.douiFrame.dataset.doui);
              return parts.includes(id) || (WITH_SERVICES && parts.some((part) => purposeOf(part) == id)) || undefined;
            }, "banner"),
          ),
    reload: () => location.reload(),
    stay: (box) => (box.hidden = true),
  };

  /** Another tab, or the centre, may have decided since: read again what the browser holds. */
  const reread = () => {
    if (unkept || doc.prerendering) return;
    const before = state;
    decide();
    if (isAs(before)) {
      state = before;
    } else {
      // A decision withdrawn elsewhere is asked for here as well.
      if (before.decided) isDismissed = isQuiet;
      follow(before);
    }
  };

  const doui = Object.freeze({
    get state() {
      return state;
    },
    allows: WITH_SERVICES
      ? (id, service) => allows(service === undefined ? id : guarded(() => id + "/" + service))
      : allows,
    when: (id) =>
      new Promise((resolve) => {
        const check = () => allows(id) && (stop(), resolve(state));
        const stop = onChange(check);
        check();
      }),
    onChange,
    save: (choices) => {
      for (const id in choices) {
        if (isKnown(id) && typeof choices[id] != "boolean") warn(id + " must be true or false");
        if (WITH_SERVICES && paths.includes(id) && !(id in state.services)) warn(id + " can't be refused alone");
      }
      return choose((id) => choices?.[id], "api");
    },
    acceptAll: () => choose(() => true, "api"),
    rejectAll: () => choose(() => false, "api"),
    reset: () => {
      const before = state;
      unkept = undefined;
      isDismissed = isQuiet;
      if (WITH_SWEEP) guarded(() => sweep(() => true));
      writeCookie("", 0);
      guarded(() => localStorage.removeItem(NAME));
      decide();
      follow(before, true);
      return state;
    },
    open,
    close,
  });

  // ---- Start ----

  decide();
  // A decision comes as an update. Without one, what holds before the first answer is the default itself.
  signal("default");
  Object.defineProperty(window, NAME, { value: doui });

  const early = global("douiOnReady");
  const greet = (callback) => {
    try {
      callback(doui);
    } catch (error) {
      reportError(error);
    }
  };
  window.douiOnReady = { push: (...callbacks) => callbacks.forEach(greet) };
  early?.forEach?.(greet);
  tell("ready");

  /** From here on it may write, show and run. */
  const begin = () => {
    if (WITH_SWEEP) tidy();
    if (current) signal("update");
    if (!state.decided && !isDismissed) guarded(show);
    obeyAll();
  };
  watch(page);
  if (!doc.prerendering) begin();
  if (/[?&]doui-audit/.test(location.search)) guarded(() => load("audit.js"));
  // What was prerendered has not been seen until now, and what was kept may have changed meanwhile.
  doc.addEventListener("prerenderingchange", () => {
    const before = state;
    state = undefined;
    decide();
    begin();
    if (!isAs(before)) tell("change", changedSince(before));
  });
  /** How many changes of the page there were. */
  let grown = 0;
  new MutationObserver((records) => {
    // A blocker may take the banner away: it comes back a few times, since a race of two observers has no end.
    if (isShown && (!host || (!host.isConnected && returns++ < 9))) guarded(show);
    if (WITH_PLACEHOLDERS) records.forEach(({ removedNodes }) => removedNodes.forEach(uncover));
    // Where much is new beside what was there, the browser looks through all of it sooner than we through each node.
    if (grown / 32 < records.length) watch(page);
    else records.forEach(({ addedNodes }) => addedNodes.forEach(watch));
    grown += records.length;
    obey();
  }).observe(page, { childList: true, subtree: true });

  addEventListener("DOMContentLoaded", obey);
  doc.addEventListener("click", (event) => {
    if (guarded(() => closest.call(event.target, `[data-doui-open]:not(${OFF} *)`))) {
      event.preventDefault();
      open();
    }
  });
  // A frame's size may follow the window's.
  if (WITH_PLACEHOLDERS) addEventListener("resize", () => doc.querySelectorAll("doui-placeholder").forEach(fit));
  // No event tells of a decision made on another host, nor, in every browser, of a cookie that a tag writes again.
  let ticks = 0;
  setInterval(() => {
    if (doc.hidden) return;
    reread();
    returns = 0;
    if (WITH_SWEEP && tidy(!ticks++)) tell("change", []);
  }, 1000);
  // Another tab decides, the page comes back from the back/forward cache, or is looked at again.
  for (const name of ["storage", "pageshow", "visibilitychange"]) {
    addEventListener(name, (event) => event.persisted === false || reread());
  }
})();
