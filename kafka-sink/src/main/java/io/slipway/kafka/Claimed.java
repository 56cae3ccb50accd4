package io.slipway.kafka;

import io.slipway.kafka.ledger.LedgerVersion;

/**
 * A version that is this run's.
 *
 * @param version the version, as the ledger had it
 * @param session this process's session on it; 0 if the version is committed already and nobody works on it any more
 */
record Claimed(LedgerVersion version, int session) {}
