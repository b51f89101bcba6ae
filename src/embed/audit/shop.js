// What the shop file says that the audit needs, as the build stamped it in.

import { ownDomain } from "../names.js";

export const stamp = DOUI_AUDIT;

/** @param {string} id */
export const purposeNamed = (id) => stamp._purposes.find(({ _id }) => _id == id);

/** A service as conditions name it, `"ads/yahoo-ads"`. @param {string} path */
export const serviceNamed = (path) => stamp._services.find(({ _id, _purpose }) => _purpose + "/" + _id == path);

/**
 * A service as the report names it.
 * @typedef {object} Service
 * @property {string} id
 * @property {string} purpose
 */

/** @param {AuditedService} service @returns {Service} */
export const serviceOf = ({ _id: id, _purpose: purpose }) => ({ id, purpose });

/** Whether a host is the shop's own. @param {string} hostname */
export const isShops = (hostname) => hostname == location.hostname || !!ownDomain(hostname, stamp._domain);
