/**
 * Who may ask a node for what, and how nobody else listens: TLS, bearer tokens, and what keeps foreign clients off.
 * The servers of both ports use it, and so do the command's clients. What checks a request before it is looked at goes
 * here; what a resource does with it does not.
 */
package io.slipway.serving.security;
