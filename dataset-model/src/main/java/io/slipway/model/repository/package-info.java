/**
 * A repository as bundles and claims: which versions of which datasets exist, who claimed them, and how each was
 * decided ({@code spec/bundle-format.md}). Which of them readers see is the catalog's business.
 */
package io.slipway.model.repository;
