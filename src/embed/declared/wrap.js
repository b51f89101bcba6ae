// How a function of the browser's is wrapped, so that nobody can tell, and is put back.

/**
 * @typedef {(native: Function, self: any, args: any[]) => unknown} Apply what is done instead
 *
 * @typedef {object} Wrap
 * @property {any} _owner
 * @property {string} _name
 * @property {"value" | "get" | "set"} _part
 * @property {Apply} _apply
 * @property {Function} [_ours]
 * @property {boolean} [_isBeneath] whether somebody else has wrapped it since, so that it has to stay
 */

/** Of each wrapping function the one in it. @type {WeakMap<object, Function>} */
const natives = new WeakMap();
/** @type {Wrap[]} */
const wraps = [];
let isWrapping = false;

/** @param {Wrap} wrap */
const putOn = (wrap) => {
  const { _owner, _name, _part, _apply } = wrap;
  const found = Object.getOwnPropertyDescriptor(_owner, _name);
  const native = found?.[_part];
  if (!native || !found.configurable || wrap._isBeneath) return;
  // A proxy has the name, the length, the prototype and the complaints of the function in it.
  const ours = new Proxy(native, {
    apply: (target, self, args) => (isWrapping ? _apply(target, self, args) : Reflect.apply(target, self, args)),
  });
  natives.set(ours, native);
  wrap._ours = ours;
  Object.defineProperty(_owner, _name, { ...found, [_part]: ours });
};

/** @param {Wrap} wrap */
const takeOff = (wrap) => {
  const { _owner, _name, _part, _ours } = wrap;
  const found = Object.getOwnPropertyDescriptor(_owner, _name);
  if (!_ours || !found) return;
  wrap._isBeneath = found[_part] != _ours;
  if (!wrap._isBeneath) Object.defineProperty(_owner, _name, { ...found, [_part]: natives.get(_ours) });
};

/** @param {any} kind the interface, or nothing where the browser does not have it @param {string[]} names @param {Wrap["_part"]} part @param {Apply} apply */
export const wrap = (kind, names, part, apply) => {
  if (kind) for (const name of names) wraps.push({ _owner: kind.prototype, _name: name, _part: part, _apply: apply });
};

/** Puts all wraps on, or takes them off. @param {boolean} isNeeded */
export const setWraps = (isNeeded) => {
  if (isWrapping == isNeeded) return;
  isWrapping = isNeeded;
  wraps.forEach(isWrapping ? putOn : takeOff);
};

/** What a wrapping function reads like is what the one in it does. */
export const wrapReading = () =>
  wrap(Function, ["toString"], "value", (native, self, args) => Reflect.apply(native, natives.get(self) || self, args));
