// In which language Doui speaks (crates/core/src/language.rs).

/** In lower case; Chinese with its script where that is Traditional, and without it where it is not. @param {string} tag */
const plain = (tag) => {
  const lower = tag.toLowerCase();
  return WITH_CHINESE ? lower.replace(/^zh(?=-(tw|hk|mo)(-|$))/, "zh-hant").replace(/^zh-hans(?=-|$)/, "zh") : lower;
};

/**
 * The first of the wanted languages that there is, else the first that there is: a tag, then the same without its last subtag,
 * and so on (RFC 4647, 3.4). Simplified and Traditional Chinese never stand in for each other; nor is the `zh` that browsers
 * add to a list that asks for Traditional a wish for Simplified.
 * @param {string[]} there @param {(string | undefined)[]} wanted
 */
export const languageOf = (there, wanted) => {
  let isTraditional = false;
  for (const one of wanted) {
    let tag = plain(one || "");
    if (WITH_CHINESE) {
      isTraditional = isTraditional || /^zh-hant/.test(tag);
      if (isTraditional && /^zh$/i.test(one || "")) continue;
    }
    for (; tag; tag = tag.replace(WITH_CHINESE ? /(^zh-hant|-?[^-]*)$/ : /-?[^-]*$/, "")) {
      const found = there.find((known) => plain(known) == tag);
      if (found) return found;
    }
  }
  return there[0];
};
