package io.slipway.model.publish;

/**
 * Writes one attempt at one partition. Used by one thread.
 *
 * <p>Nothing of it is visible, and {@link #close} without {@link #finish} discards it.
 */
public interface PartitionWriter extends AutoCloseable {

    /**
     * Adds a record.
     *
     * @param key the encoded key, strictly greater (unsigned, lexicographic) than the one before; not kept
     * @param value the encoded value; not kept
     * @throws io.slipway.model.InvalidInputException if the key is not greater than the one before, or belongs to
     *     another partition
     * @throws io.slipway.model.UnavailableException if the disk is full or the storage cannot be written
     * @throws io.slipway.model.FencedException if a successor has taken over
     */
    void put(byte[] key, byte[] value);

    /**
     * Adds the delete of a key to a delta. Whether the base has the key does not matter.
     *
     * @param key as that of {@link #put}, in one order with the keys that are put
     * @throws io.slipway.model.InvalidInputException as {@link #put}, and if the version is not a delta
     * @throws io.slipway.model.UnavailableException as {@link #put}
     * @throws io.slipway.model.FencedException as {@link #put}
     */
    void delete(byte[] key);

    /**
     * Reports records that the duplicate policy left out or merged, for the receipt.
     *
     * @param count how many records shared their key with one that was put, beyond the first
     */
    void countDuplicates(long count);

    /**
     * Makes the attempt durable, not visible, having read it back and compared.
     *
     * @return the receipt, to be handed to {@link PublishSession#commit}
     * @throws io.slipway.model.CorruptDataException if what was read back is not what was written
     */
    PartitionReceipt finish();

    /** Lets go of the writer; without {@link #finish}, discards what was written. */
    @Override
    void close();
}
