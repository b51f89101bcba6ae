// A stand-in for the sandbox in which Google Tag Manager runs the code of a template, written from its reference
// (https://developers.google.com/tag-platform/tag-manager/templates/api): each API that the template uses, refused where the
// template's permissions do not name what it asks for. It runs in a page, and in Node with an object in the window's place.

(() => {
  /** The sandbox hands over copies of plain data alone. */
  const copied = (value) => {
    if (Array.isArray(value)) return value.map(copied);
    if (typeof value == "function" || typeof value != "object" || value === null) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copied(one)]));
  };

  /** A value of the permissions' own notation. */
  const plain = ({ type, string, boolean, listItem, mapKey, mapValue }) => {
    if (type == 2) return listItem.map(plain);
    if (type == 3) return Object.fromEntries(mapKey.map((key, at) => [plain(key), plain(mapValue[at])]));
    return type == 8 ? boolean : string;
  };

  const matches = (pattern, url) =>
    new RegExp("^" + pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, "[^/]*") + "$").test(url);

  /** @param {any} page the window @param {any[]} permissions the template's @param {Record<string, unknown>} mocks @param {unknown[][]} calls each API's calls with its name */
  const makeSandbox = (page, permissions, mocks, calls) => {
    const given = (name) => {
      const found = permissions.find((one) => one.instance.key.publicId == name);
      return found && Object.fromEntries(found.instance.param.map(({ key, value }) => [key, plain(value)]));
    };
    const isGlobal = (key, right) => given("access_globals")?.keys.some((one) => one.key == key && one[right]);
    const isConsent = (type) => given("access_consent")?.consentTypes.some((one) => one.consentType == type && one.write);
    const isUrl = (url) => url.startsWith("https://") && given("inject_script")?.urls.some((one) => matches(one, url));
    const need = (is, what) => {
      if (!is) throw Error("no permission: " + what);
    };
    const at = (path) => path.split(".").reduce((from, name) => from?.[name], page);
    const consent = (command) => (types) => {
      for (const type in types) {
        if (type != "wait_for_update" && type != "region") need(isConsent(type), "access_consent " + type);
      }
      (page.consentCalls ||= []).push([command, copied(types)]);
    };
    const storage = {};
    const real = {
      callInWindow: (path, ...values) => {
        need(isGlobal(path, "execute"), "access_globals execute " + path);
        const wrapped = values.map((one) => (typeof one == "function" ? (...told) => one(...told.map(copied)) : copied(one)));
        return copied(at(path)?.(...wrapped));
      },
      copyFromWindow: (path) => {
        need(isGlobal(path, "read"), "access_globals read " + path);
        return copied(at(path));
      },
      createQueue: (name) => {
        need(isGlobal(name, "read") && isGlobal(name, "write"), "access_globals read, write " + name);
        const queue = (page[name] ||= []);
        return (entry) => queue.push(copied(entry));
      },
      getUrl: (part) => {
        const parts = given("get_url");
        need(parts?.urlParts == "any" || parts?.[part], "get_url " + part);
        return { protocol: page.location?.protocol.slice(0, -1), host: page.location?.hostname }[part];
      },
      gtagSet: (settings) => {
        for (const name in settings) need(given("write_data_layer")?.keyPatterns.includes(name), "write_data_layer " + name);
        (page.gtagSettings ||= []).push(copied(settings));
      },
      injectScript: (url, succeeded, failed) => {
        need(isUrl(url), "inject_script " + url);
        const script = page.document.createElement("script");
        script.src = url;
        script.onload = () => succeeded();
        script.onerror = () => failed();
        page.document.head.append(script);
      },
      logToConsole: () => need(given("logging"), "logging"),
      makeNumber: Number,
      queryPermission: (name, what) => (name == "inject_script" ? !!isUrl(what) : !!given(name)),
      setDefaultConsentState: consent("default"),
      templateStorage: {
        getItem: (key) => (need(given("access_template_storage"), "access_template_storage"), storage[key] ?? null),
        setItem: (key, value) => (need(given("access_template_storage"), "access_template_storage"), void (storage[key] = value)),
      },
      updateConsentState: consent("update"),
    };
    return (name) => {
      if (!Object.hasOwn(real, name)) throw Error(`the stand-in has no ${name}`);
      const api = mocks[name] ?? real[name];
      if (typeof api != "function") return api;
      return (...values) => {
        calls.push([name, ...values.map(copied)]);
        return api(...values);
      };
    };
  };

  globalThis.makeSandbox = makeSandbox;
  globalThis.runTemplate = (code, data, require) => new Function("require", "data", code)(require, data);
})();
