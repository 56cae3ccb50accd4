package io.slipway.kafka.cluster;

import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Says errors of Kafka's clients as Slipway's. Stateless. */
final class KafkaErrors {

    private KafkaErrors() {}

    /**
     * The exception for an error.
     *
     * @param what what was tried, as the beginning of a sentence: "The topic x cannot be created"
     */
    static SlipwayException of(String what, Throwable error) {
        Throwable cause = telling(error);
        String why = what + ": " + said(cause);
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return new FencedException(what + ": another process has taken over. Leave the work to it.", error);
        }
        if (cause instanceof AuthorizationException) {
            return new InvalidInputException(why + ". Grant this client what spec/version-topic.md lists.", error);
        }
        if (cause instanceof AuthenticationException) {
            return new InvalidInputException(
                    why + ". Look at the client's security.protocol, sasl.* and ssl.* properties.", error);
        }
        if (cause instanceof ConfigException
                || cause instanceof InvalidReplicationFactorException
                || cause instanceof PolicyViolationException
                || cause instanceof RecordTooLargeException) {
            return new InvalidInputException(why + ". Change the Kafka properties, or what the cluster allows.", error);
        }
        return new UnavailableException(
                why + ". See that the brokers are well and can be reached, and try again.", error);
    }

    /** The innermost error that Kafka has a name for, or else the innermost one. */
    private static Throwable telling(Throwable error) {
        Throwable telling = error;
        for (Throwable next = error; next != null; next = next.getCause()) {
            if (next instanceof ApiException || next instanceof ConfigException || !(telling instanceof ApiException)) {
                telling = next;
            }
        }
        return telling;
    }

    private static String said(Throwable error) {
        String name = error.getClass().getSimpleName();
        return Optional.ofNullable(error.getMessage())
                .map(message -> message.replaceAll("\\.+\\s*$", "") + " (" + name + ")")
                .orElse(name);
    }
}
