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

/**
 * What stands in the place of a function of the browser's. A proxy has the name, the length, the prototype and the complaints of
 * the function in it; but browsers are slow to read or set a property by one.
 * @param {Wrap} wrap @param {any} native
 */
const standInFor = ({ _name, _part, _apply }, native) => {
  /** @param {any} self @param {any} args @returns {any} */
  const run = (self, args) => (isWrapping ? _apply(native, self, args) : Reflect.apply(native, self, args));
  if (_part == "value") return new Proxy(native, { apply: (_, self, args) => run(self, args) });
  const accessor = {
    /** @returns {any} */
    get [_name]() {
      return run(this, arguments);
    },
    /** @param {any} _ */
    set [_name](_) {
      run(this, arguments);
    },
  };
  return /** @type {any} */ (Object.getOwnPropertyDescriptor(accessor, _name))[_part];
};

/** @param {Wrap} wrap */
const putOn = (wrap) => {
  const { _owner, _name, _part } = wrap;
  const found = Object.getOwnPropertyDescriptor(_owner, _name);
  const native = found?.[_part];
  if (!native || !found.configurable || wrap._isBeneath) return;
  const ours = standInFor(wrap, native);
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
