package io.slipway.kafka.control;

/**
 * One attempt at one partition.
 *
 * @param session the session on the claim that made it, from 1
 * @param attempt which try of that session it is, from 0
 */
public record AttemptId(int session, int attempt) {

    @Override
    public String toString() {
        return "attempt " + attempt + " of session " + session;
    }
}
