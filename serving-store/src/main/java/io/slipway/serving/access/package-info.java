/**
 * The access log of the lookup port: a line of JSON for each reply, written by a thread of its own. Off unless it is
 * asked for; then a request only makes an entry and leaves it in a bounded queue. What comes into a line goes here.
 */
package io.slipway.serving.access;
