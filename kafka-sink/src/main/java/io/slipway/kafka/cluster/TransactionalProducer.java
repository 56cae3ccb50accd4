package io.slipway.kafka.cluster;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes records in transactions under one transactional id. Used by one thread at a time.
 *
 * <p>Every method throws {@link io.slipway.model.FencedException} if another producer of the id was initialised after this
 * one; {@link io.slipway.model.UnavailableException} if the cluster cannot be reached or the transaction was lost; {@link
 * io.slipway.model.InvalidInputException} if the cluster refuses a record or this client.
 */
public interface TransactionalProducer extends AutoCloseable {

    /** Fences the id's earlier producers and waits until their transactions are settled. */
    void initialise();

    /** Begins a transaction. */
    void begin();

    /**
     * Adds a record to the transaction. It may be sent later: what goes wrong then is said by the next call. Waits while
     * too much is on its way.
     *
     * @param record its arrays are the caller's again afterwards
     */
    void send(ProducerRecord<byte[], byte[]> record);

    /**
     * Sends what is left and commits the transaction, which is decided when this returns. After an error other than of
     * fencing it is not known whether it is.
     */
    void commit();

    /** Aborts the transaction, if one is open. */
    void abort();

    /** Lets go of the connection; an open transaction stays open until it is settled by fencing or its time is over. */
    @Override
    void close();
}
