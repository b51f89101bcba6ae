// In which language Doui speaks.

/**
 * The first of the wanted languages that there is, else the first that there is.
 * @param {string[]} there @param {(string | undefined)[]} wanted
 */
export const languageOf = (there, wanted) =>
  wanted
    .map((tag) => tag?.split("-")[0].toLowerCase())
    .find((/** @returns {tag is string} */ tag) => !!tag && there.includes(tag)) || there[0];
