// The audit of a shop page, for its developers: which tags are held or run and why, whom the page sent requests to,
// what is kept in the browser, and what of all that shop.json does not declare. It is fetched only when the page's
// address asks for it; docs/audit.md describes what it says. xtask/src/audit.rs fills in AUDIT_STAMP and minifies.
//
// It observes: it writes nothing to the browser, sends nothing, and wraps no function of the page's.
// `look` makes one report of all there is to say; the panel shows that report, and the export is that report.
// It uses no markup sink and no inline style, so that it runs under a strict policy with Trusted Types.
(() => {
  const stamp = AUDIT_STAMP;
  // Markup can take the document's names (`<img name="cookie">`), but not those of its prototypes.
  const doc = new Proxy(
    {},
    {
      get: (_, name) => {
        const member = Reflect.get(Object.getPrototypeOf(document), name, document);
        return typeof member == "function" ? member.bind(document) : member;
      },
    },
  );
  const page = doc.documentElement;
  const HOST = "doui-audit";
  /** The shape of the exported report; it changes when a reader of the old one would be misled. */
  const FORMAT = 1;
  /** The most rows that a table shows. The export has all. */
  const ROWS = 200;
  /** How many requests a browser remembers by itself. Source: https://www.w3.org/TR/resource-timing/ ("buffer size limit"). */
  const BUFFER = 250;

  const lang = /^ja\b/i.test(page.lang || navigator.language) ? "ja" : "en";
  const words = stamp.words[lang];

  /** A text of Doui's with its gaps filled. */
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const guarded = (action) => {
    try {
      return action();
    } catch {
      // Storage may be switched off, an address malformed. Then there is nothing to tell of it.
    }
  };

  const inWords = (label) => label[lang] ?? Object.values(label)[0];

  const audit = (doui) => {
    // Who included it twice sees it once.
    if (doc.querySelector(HOST)) return;

    // ---- What is allowed, and why ----

    /** How a purpose stands, or a service of it: a key of `words.standing`. */
    const standingOf = (purpose, service) => {
      const { choices, services, undecided, gpc } = doui.state;
      const known = stamp.purposes.find(({ id }) => id == purpose);
      const isMember = (member) => member.id == service && member.purpose == purpose;
      if (purpose == "necessary" && !service) return "necessary";
      // Doui knows services only where some can be refused alone.
      if (!known || (service && !(services && stamp.services.some(isMember)))) return "unknown";
      const isAllowed = services?.[purpose + "/" + service] ?? choices[purpose];
      if (undecided.includes(purpose)) return isAllowed ? "default" : gpc && known.gpc ? "gpc" : "undecided";
      return isAllowed ? "allowed" : "refused";
    };

    const isOn = (standing) => ["necessary", "allowed", "default"].includes(standing);

    /** Of services that share something, how the one stands that is best off: what any of them may use may be there. */
    const standingOfAny = (services) => {
      const standings = services.map(({ id, purpose }) => standingOf(purpose, doui.state.services && id));
      return standings.find(isOn) ?? standings[0] ?? null;
    };

    const serviceOf = ({ id, purpose }) => ({ id, purpose });

    // ---- Tags ----

    const ADDRESSES = ["src", "srcset", "href"];
    const FETCHED = '[src]:not(script[type="text/plain"]),[srcset],link[href]';

    /** What a template holds; other elements have a `content` too, or an SVG one has none. */
    const contentOf = (node) => (node.content instanceof DocumentFragment ? node.content : undefined);

    /** A tag's address as the page wrote it, or else how its content begins. */
    const subjectOf = (node) => {
      const named = contentOf(node)?.querySelector(FETCHED) || node;
      const addresses = ADDRESSES.map((name) => named.getAttribute("data-" + name) ?? named.getAttribute(name));
      const text = () => (contentOf(node) || node).textContent.trim().replace(/\s+/g, " ");
      return addresses.find(Boolean) ?? text().slice(0, 80);
    };

    /** Whether a tag runs now, and whether anything ever held it. */
    const hold = (node, isOpen) => {
      // Firefox fetches what a template names before anybody takes it out.
      if (contentOf(node)) return [isOpen, !contentOf(node).querySelector(FETCHED)];
      if (node.localName == "script") {
        // A released script has the type that data-type gives it, or an empty one.
        const isReleased = node.getAttribute("type") == (node.dataset.type ?? "");
        return [!node.matches('[type="text/plain"]'), isReleased || node.matches('[type="text/plain"]')];
      }
      const held = ADDRESSES.filter((name) => node.hasAttribute("data-" + name));
      if (held[0]) return [held.every((name) => node.getAttribute(name) == node.getAttribute("data-" + name)), true];
      const isUngated = ADDRESSES.some((name) => node.hasAttribute(name));
      return [isUngated || isOpen, !isUngated];
    };

    const tagOf = (node) => {
      const condition = node.dataset.doui ?? node.dataset.douiLink;
      const reasons = condition.trim().split(/\s+/).map((part) => {
        const [, not, purpose, service = null] = /^(!?)([^/]*)(?:\/(.*))?$/.exec(part);
        return { purpose, service, negated: !!not, standing: standingOf(purpose, service) };
      });
      const isOpen = reasons.every(({ negated, standing }) => negated != isOn(standing));
      const [isRunning, isGated] = hold(node, isOpen);
      const note = !isGated ? "ungated" : isOpen == isRunning ? null : isOpen ? "waiting" : "outlived";
      return {
        element: node.localName,
        subject: subjectOf(node),
        condition,
        state: isRunning ? "running" : "held",
        reasons,
        note,
      };
    };

    // What Doui looks after: no form, and nothing of what others wrote.
    const tags = () =>
      [...doc.querySelectorAll("[data-doui]:not(html,form),a[data-doui-link],area[data-doui-link]")]
        .filter((node) => !node.closest("[data-doui-off]"))
        .map(tagOf);

    // ---- Requests ----

    /** Those seen, by recipient, path and type. */
    const asked = new Map();
    /** Whether those from before the audit may be missing. */
    let isPartial = false;

    const isFirstParty = (hostname) =>
      hostname == location.hostname ||
      (stamp.domain && (hostname == stamp.domain || hostname.endsWith("." + stamp.domain)));

    const receives = (hostname) => ({ hosts }) =>
      hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname == host));

    const count = ({ name, initiatorType }) => {
      const address = guarded(() => new URL(name));
      if (!address || !/^https?:$/.test(address.protocol)) return;
      const { host, hostname, pathname } = address;
      const key = [host, pathname, initiatorType].join(" ");
      const services = stamp.services.filter(receives(hostname));
      const seen = asked.get(key) ?? { host, path: pathname, type: initiatorType, count: 0, unallowed: 0, services };
      seen.count += 1;
      // How its services stood when it was seen: what is refused afterwards was not refused then.
      if (services[0] && !isOn(standingOfAny(services))) seen.unallowed += 1;
      seen.isOwn = isFirstParty(hostname);
      asked.set(key, seen);
    };

    const requests = () => {
      const types = {};
      const own = [...asked.values()].filter(({ isOwn }) => isOwn);
      for (const { type, count } of own) types[type] = (types[type] ?? 0) + count;
      return {
        complete: !isPartial,
        first_party: { count: own.reduce((sum, { count }) => sum + count, 0), types },
        third_party: [...asked.values()]
          .filter(({ isOwn }) => !isOwn)
          .map(({ host, path, type, count, unallowed, services }) => ({
            host,
            path,
            type,
            count,
            unallowed,
            services: services.map(serviceOf),
          })),
      };
    };

    // ---- Cookies and storage, by name: what is in them is nobody's to look at ----

    const placed = (place, names, declared) =>
      (names ?? []).map((name) => {
        const stands = (known) => (known.endsWith("*") ? name.startsWith(known.slice(0, -1)) : name == known);
        const services = stamp.services.filter((service) => service[declared].some(stands));
        const isOwn = name == stamp.cookie && place != "session";
        return {
          place,
          name,
          services: services.map(serviceOf),
          standing: isOwn ? "necessary" : standingOfAny(services),
          own: isOwn,
        };
      });

    const stored = () => [
      ...placed(
        "cookie",
        guarded(() => doc.cookie.split("; ").filter(Boolean).map((pair) => pair.split("=")[0])),
        "cookies",
      ),
      ...placed("local", guarded(() => Object.keys(localStorage)), "storage"),
      ...placed("session", guarded(() => Object.keys(sessionStorage)), "storage"),
    ];

    // ---- Findings ----

    /** Scripts of other sites that have no condition, by their address. */
    const ungatedScripts = () =>
      [...doc.querySelectorAll("script[src]:not([data-doui])")]
        .map(({ src }) => guarded(() => new URL(src)))
        .filter((address) => address && /^https?:$/.test(address.protocol) && !isFirstParty(address.hostname))
        .map(({ host, pathname }) => host + pathname);

    const findingsOf = ({ state, tags, requests: { third_party }, stored }) => {
      const found = new Map();
      const add = (kind, subject) => found.set(kind + subject, { kind, subject });
      for (const address of ungatedScripts()) add("ungated-script", address);
      for (const { note, subject, reasons, condition } of tags) {
        if (note == "ungated") add("ungated-tag", subject);
        if (reasons.some(({ standing }) => standing == "unknown")) add("unknown-purpose", condition);
      }
      for (const { host, services } of third_party) if (!services[0]) add("undeclared-request", host);
      for (const { host, unallowed } of third_party) if (unallowed) add("request-not-allowed", host);
      for (const { own, name, services } of stored) if (!own && !services[0]) add("undeclared-storage", name);
      for (const { name, standing } of stored) if (standing && !isOn(standing)) add("storage-not-allowed", name);
      // Doui found these without seeing them.
      for (const name of state.leftovers) add("storage-not-allowed", name);
      return [...found.values()];
    };

    /** Everything there is to say now. */
    const look = () => {
      const seen = { state: doui.state, tags: tags(), requests: requests(), stored: stored() };
      return {
        format: FORMAT,
        doui: stamp.version,
        revision: stamp.revision,
        page: location.href,
        at: new Date().toISOString(),
        user_agent: navigator.userAgent,
        findings: findingsOf(seen),
        ...seen,
      };
    };

    // ---- The panel ----

    /** An element with attributes and parts. Empty parts are left out. */
    const make = (name, attributes, ...parts) => {
      const made = doc.createElement(name);
      for (const attribute in attributes) made.setAttribute(attribute, attributes[attribute]);
      made.append(...parts.flat().filter((part) => part || part === 0));
      return made;
    };

    const act = (text, action) => {
      const button = make("button", { type: "button" }, text);
      button.addEventListener("click", action);
      return button;
    };

    /** A table that keeps its meaning where the style sheet lays its rows out as a list: hence the roles. */
    const table = (caption, columns, rows) => {
      const header = (text) => make("th", { scope: "col", role: "columnheader" }, text);
      const row = ([first, ...rest]) =>
        make(
          "tr",
          { role: "row" },
          make("th", { scope: "row", role: "rowheader" }, first),
          rest.map((cell, at) => make("td", { role: "cell", "data-column": columns[at + 1] }, cell)),
        );
      return [
        make(
          "table",
          { role: "table" },
          make("caption", {}, caption),
          make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, columns.map(header))),
          make("tbody", { role: "rowgroup" }, rows.slice(0, ROWS).map(row)),
        ),
        rows.length > ROWS && make("p", { class: "quiet" }, fill(words.more, { count: rows.length - ROWS })),
      ];
    };

    const code = (text) => make("code", {}, text);
    const line = (text, kind = "") => make("p", { class: kind }, text);
    const nameOf = ({ id }) => inWords(stamp.services.find((service) => service.id == id).label);
    const purposeOf = (id) => {
      const known = stamp.purposes.find((purpose) => purpose.id == id);
      return known ? inWords(known.label) : id;
    };
    const reasonOf = ({ purpose, service, negated, standing }) => {
      const isKnown = standing != "unknown";
      const what = service ? (isKnown ? nameOf({ id: service }) : purpose + "/" + service) : purposeOf(purpose);
      return fill(words.reason, { purpose: what, standing: words.standing[standing] }) + (negated ? words.negated : "");
    };

    const showFindings = ({ findings }) => {
      if (!findings[0]) return [line(words.noFindings)];
      return Object.entries(words.kinds).flatMap(([kind, { title, remedy }]) => {
        const subjects = findings.filter((finding) => finding.kind == kind);
        return subjects.length
          ? make(
              "div",
              { class: "finding", "data-kind": kind },
              make("h4", {}, title, make("span", { class: "count" }, fill(words.times, { count: subjects.length }))),
              make("ul", {}, subjects.slice(0, ROWS).map(({ subject }) => make("li", {}, code(subject)))),
              line(remedy, "quiet"),
            )
          : [];
      });
    };

    const showTags = ({ tags }) => {
      if (!tags[0]) return [line(words.noTags)];
      const rows = tags.map(({ element, subject, condition, state, reasons, note }) => [
        [code(`<${element}>`), " ", make("span", { class: "subject" }, subject)],
        code(condition),
        make("span", { class: "state " + state }, words[state]),
        [...reasons.map((reason) => line(reasonOf(reason))), note && line(words.note[note])],
      ]);
      return table(words.tags, words.tagColumns, rows);
    };

    const services = (list) => (list[0] ? list.map((service) => line(nameOf(service))) : line(words.undeclared, "alert"));

    const showRequests = ({ requests: { complete, first_party: { count, types }, third_party } }) => {
      const list = Object.entries(types).map(([type, count]) => `${type} ${count}`);
      const rows = third_party.map(({ host, path, type, count, services: known }) => [
        [code(host), make("span", { class: "subject" }, path)],
        code(type),
        count,
        services(known),
      ]);
      return [
        line(fill(list[0] ? words.firstPartyTypes : words.firstParty, { count, types: list.join(", ") })),
        !complete && line(words.partial),
        rows[0] ? table(words.requests, words.requestColumns, rows) : line(words.noRequests),
      ].flat();
    };

    const showStored = ({ stored }) => {
      if (!stored[0]) return [line(words.noStored)];
      const rows = stored.map(({ place, name, services: known, standing, own }) => [
        code(name),
        words[place],
        own ? words.own : services(known),
        own
          ? words.standing.necessary
          : standing
            ? [...new Set(known.map(({ purpose }) => purpose))]
                .map((id) => purposeOf(id))
                .map((purpose) => line(fill(words.reason, { purpose, standing: words.standing[standing] }), isOn(standing) ? "" : "alert"))
            : "–",
      ]);
      return table(words.stored, words.storedColumns, rows);
    };

    const SECTIONS = { findings: showFindings, tags: showTags, requests: showRequests, stored: showStored };

    const host = make(HOST, { lang });
    const shadow = host.attachShadow({ mode: "open" });
    const summary = make("p", { class: "summary" });
    const news = make("p", { class: "news", role: "status" });
    const bodies = Object.fromEntries(Object.keys(SECTIONS).map((name) => [name, make("div", {})]));

    /** The report that the panel shows. */
    let report;

    /** Looks again, and shows what is new. What did not change is left alone, and with it what somebody selected. */
    const update = () => {
      const before = report;
      report = look();
      for (const [name, show] of Object.entries(SECTIONS)) {
        const isSame = JSON.stringify(before?.[name]) == JSON.stringify(report[name]);
        if (!isSame) bodies[name].replaceChildren(...show(report).filter(Boolean));
      }
      const { length } = report.findings;
      summary.textContent = fill(words[["summaryNone", "summaryOne"][length] || "summaryMany"], { count: length });
      summary.classList.toggle("alert", !!report.findings[0]);
    };

    const toJson = () => JSON.stringify(look(), null, 2) + "\n";

    const save = () => {
      const address = URL.createObjectURL(new Blob([toJson()], { type: "application/json" }));
      const time = new Date().toISOString().slice(0, 19).replace(/\D/g, "");
      make("a", { href: address, download: `${HOST}-${location.hostname}-${time}.json` }).click();
      // The browser has taken hold of the data by then; it would otherwise be kept as long as the page.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      news.textContent = words.saved;
    };

    const copy = () =>
      navigator.clipboard.writeText(toJson()).then(
        () => (news.textContent = words.copied),
        () => (news.textContent = words.notCopied),
      );

    const move = act(words.toBottom, () => {
      const isLow = panel.classList.toggle("low");
      move.textContent = isLow ? words.toTop : words.toBottom;
    });

    const content = make(
      "div",
      { class: "content", role: "group", "aria-label": words.content, tabindex: 0 },
      Object.keys(SECTIONS).map((name) =>
        make("section", { "data-part": name }, make("h3", {}, words[name]), bodies[name]),
      ),
    );

    const foot = make(
      "div",
      { class: "tools" },
      act(words.save, save),
      // Where the page is not served over https there is no clipboard.
      navigator.clipboard && act(words.copy, copy),
      news,
    );

    const fold = act(words.fold, () => {
      const isFolded = !content.hidden;
      content.hidden = foot.hidden = isFolded;
      fold.textContent = isFolded ? words.unfold : words.fold;
    });

    const close = act(words.close, () => {
      stops.forEach((stop) => stop());
      host.remove();
    });

    const panel = make(
      "section",
      { class: "panel", "aria-labelledby": "title" },
      make(
        "div",
        { class: "head" },
        make("h2", { id: "title" }, words.title),
        summary,
        make("div", { class: "tools" }, move, fold, close),
      ),
      content,
      foot,
    );
    // A way out of the long list: it folds, and the focus stays at hand.
    panel.addEventListener("keydown", (event) => {
      if (event.key == "Escape" && !content.hidden) {
        fold.click();
        fold.focus();
      }
    });

    // ---- Kept live ----

    /** Many things come at once: they are looked at together. */
    let due;
    const soon = () => {
      due = due || setTimeout(() => {
        due = undefined;
        update();
      }, 100);
    };

    const sheet = new CSSStyleSheet();
    sheet.replaceSync(stamp.css);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(panel);

    const watcher = new PerformanceObserver((list) => {
      list.getEntries().forEach(count);
      soon();
    });
    isPartial = performance.getEntriesByType("resource").length >= BUFFER;
    watcher.observe({ type: "resource", buffered: true });

    const arrivals = new MutationObserver(soon);
    arrivals.observe(page, {
      childList: true,
      subtree: true,
      attributeFilter: ["data-doui", "data-doui-link", "type", ...ADDRESSES],
    });

    // No event tells, in every browser, of a cookie or a key that a tag writes.
    const ticks = setInterval(() => doc.hidden || soon(), 1000);

    const stops = [
      doui.onChange(soon),
      () => watcher.disconnect(),
      () => arrivals.disconnect(),
      () => clearInterval(ticks),
      () => clearTimeout(due),
    ];

    update();
    doc.body.append(host);
  };

  // It starts once the page has a body and doui.js has run, in whichever order the three come.
  const start = () => (window.douiOnReady = window.douiOnReady || []).push(audit);
  if (doc.body) start();
  else doc.addEventListener("DOMContentLoaded", start);
})();
