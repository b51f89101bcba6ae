// What the shop file says, as the build stamped it in.

export const stamp = DOUI_STAMP;

/** The purposes that are asked about, in the shop's order. */
export const ids = stamp._purposes.map(({ _id }) => _id);

/** Every service as conditions name it, `"ads/yahoo-ads"`; none where no service can be refused alone. */
export const paths = WITH_SERVICES ? stamp._services.map(({ _purpose, _id }) => _purpose + "/" + _id) : [];

/** The purpose that a service serves. @param {string} path */
export const purposeOf = (path) => path.split("/", 1)[0];
