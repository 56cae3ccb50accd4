/**
 * The {@code slipway} command: parses, wires the modules together, and tells people what happened. No logic of its own
 * beyond that: what another program might want is in the module it belongs to.
 *
 * <p>A further command is a class with a {@code @Command} annotation, added to {@link io.slipway.cli.Slipway}; options
 * that several commands share are mix-ins. Results go to standard output, progress and words to standard error.
 */
package io.slipway.cli;
