// The steps of Consent-O-Matic that the rule uses, carried out as its description says: with a `parent`, the target is looked for
// in that one's shadow root, if it has one. Before anything is done, each object is held to the keys that rules.schema.json gives it.

window.consentOMatic = (() => {
  const SELECTION = { selector: 1, displayFilter: 0 };
  /** The keys of each kind of step and matcher; those with 1 must be there. */
  const KEYS = {
    click: { type: 1, target: 1, parent: 0, openInTab: 0 },
    list: { type: 1, actions: 1 },
    consent: { type: 1, consents: 1 },
    ifallownone: { type: 1, trueAction: 0, falseAction: 0 },
    ifcss: { type: 1, target: 1, parent: 0, trueAction: 0, falseAction: 0 },
    css: { type: 1, target: 1, parent: 0 },
    checkbox: { type: 1, target: 1, parent: 0, negated: 0 },
  };
  const CONSENT = { type: 1, matcher: 0, toggleAction: 0, trueAction: 0, falseAction: 0, description: 0 };
  const METHODS = ["OPEN_OPTIONS", "DO_CONSENT", "SAVE_CONSENT", "HIDE_CMP", "UTILITY"];

  const hold = (one, keys, what) => {
    for (const key in one) if (!(key in keys)) throw Error(`${what} has no ${key}`);
    for (const key in keys) if (keys[key] && !(key in one)) throw Error(`${what} needs ${key}`);
  };

  const check = (one) => {
    if (!(one.type in KEYS)) throw Error(`no step ${one.type}`);
    hold(one, KEYS[one.type], one.type);
    for (const name of ["target", "parent"]) if (one[name]) hold(one[name], SELECTION, name);
    for (const name of ["trueAction", "falseAction"]) if (one[name]) check(one[name]);
    (one.actions || []).forEach(check);
    for (const consent of one.consents || []) {
      hold(consent, CONSENT, "a consent");
      if (!["D", "A", "B", "E", "F", "X"].includes(consent.type)) throw Error(`no consent type ${consent.type}`);
      check(consent.matcher);
      check(consent.toggleAction);
    }
  };

  const find = ({ parent, target }) => {
    const base = parent ? document.querySelector(parent.selector) : document;
    const found = base && [...(base.shadowRoot || base).querySelectorAll(target.selector)];
    return found && found.find((one) => !target.displayFilter || one.getClientRects().length > 0);
  };

  /** @param {any} action @param {Record<string, boolean>} wishes by consent type */
  const run = (action, wishes) => {
    if (!action) return;
    if (action.type == "click") find(action)?.click();
    if (action.type == "list") action.actions.forEach((one) => run(one, wishes));
    if (action.type == "ifallownone") run(Object.values(wishes).some((is) => is) ? action.falseAction : action.trueAction, wishes);
    if (action.type == "ifcss") run(find(action) ? action.trueAction : action.falseAction, wishes);
    if (action.type == "consent") {
      for (const { type, matcher, toggleAction } of action.consents) {
        if (find(matcher)?.checked !== !!wishes[type]) run(toggleAction, wishes);
      }
    }
  };

  return (rules, wishes) => {
    const [rule] = Object.values(rules);
    hold(rule, { detectors: 0, methods: 0 }, "a rule");
    for (const { presentMatcher, showingMatcher } of rule.detectors) [presentMatcher, showingMatcher].flat().forEach(check);
    for (const method of rule.methods) {
      hold(method, { name: 1, action: 0 }, "a method");
      if (!METHODS.includes(method.name)) throw Error(`no method ${method.name}`);
      check(method.action);
    }
    if (!rule.detectors.some((one) => [one.presentMatcher, one.showingMatcher].flat().every(find))) return false;
    for (const name of METHODS) for (const method of rule.methods) if (method.name == name) run(method.action, wishes);
    return true;
  };
})();
