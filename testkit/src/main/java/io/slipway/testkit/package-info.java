/**
 * What the tests of several modules share: contracts as abstract test classes, which every implementation of a port
 * runs, fakes that pass the same contracts, and fault injection. Used in test scope only.
 *
 * <p>A contract knows nothing of the implementations; where it must reach below one (to make a version current, to
 * inject a fault) it asks for it through a hook. New contracts, fakes and faults go here; the subclasses go with the
 * implementation, except those of dataset-model, which are in this module's own tests.
 */
package io.slipway.testkit;
