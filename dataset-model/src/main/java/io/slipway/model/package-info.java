/**
 * The vocabulary of Slipway as types: names, versions and the exceptions of the public API.
 *
 * <p>Everything else in Slipway may use this package; it uses nothing of Slipway itself. New words of the vocabulary
 * that more than one module needs go here; what concerns only keys, values, publishing, storage or the catalog goes
 * into the package of that name below this one.
 */
package io.slipway.model;
