// The page's document and window as the browser made them. Markup can take their names (`<img name="cookie">`, a form's
// field named `matches`), but not those of their prototypes.
// Source: https://html.spec.whatwg.org/multipage/dom.html#dom-tree-accessors ("named properties").

/** @type {Document} */
export const doc = new Proxy(/** @type {any} */ ({}), {
  get: (_, name) => {
    const member = Reflect.get(Object.getPrototypeOf(document), name, document);
    return member?.bind?.(document) ?? member;
  },
});

/** @param {string} text */
export const writeJar = (text) => Reflect.set(Object.getPrototypeOf(document), "cookie", text, document);

/** @param {Element} node @param {string} selector */
export const matches = (node, selector) => Element.prototype.matches.call(node, selector);

/** @param {Element} node @param {string} selector */
export const closest = (node, selector) => Element.prototype.closest.call(node, selector);

/** @param {Element} node @param {string} selector */
export const findAll = (node, selector) => Element.prototype.querySelectorAll.call(node, selector);

/**
 * What a script has set on the window. An element with such an id is found there too, but is not the window's own.
 * @template {keyof Window} N
 * @param {N} name
 * @returns {Window[N] | undefined}
 */
export const given = (name) => (Object.getOwnPropertyDescriptor(window, name) && window[name]);

/** Below it stands what others wrote: nothing there is Doui's. */
export const OFF = "[data-doui-off]";
