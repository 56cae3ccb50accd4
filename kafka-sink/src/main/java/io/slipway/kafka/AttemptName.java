package io.slipway.kafka;

import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.model.InvalidInputException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.publish.PartitionReceipt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a manifest and a receipt name what an attempt wrote into a version topic: {@code part-<PPPPP>-<session>-<attempt>},
 * with {@code -deletes} for the deletes of a delta. Stateless.
 */
public final class AttemptName {

    private static final Pattern NAME = Pattern.compile("part-\\d{5}-(\\d{1,9})-(\\d{1,9})(-deletes)?");

    private AttemptName() {}

    /** Whether an entry of a manifest's files is what an attempt at its partition wrote. */
    public static boolean isOf(FileEntry file, AttemptId id) {
        return file.name().equals(records(file.partition(), id)) || file.name().equals(deletes(file.partition(), id));
    }

    static String records(int partition, AttemptId id) {
        return String.format("part-%05d-%d-%d", partition, id.session(), id.attempt());
    }

    static String deletes(int partition, AttemptId id) {
        return records(partition, id) + "-deletes";
    }

    /**
     * The attempt that a receipt is of, and what it wrote. That of an empty partition does not matter.
     *
     * @throws InvalidInputException if the receipt names none
     */
    static Winner winner(PartitionReceipt receipt) {
        AttemptTotals totals =
                new AttemptTotals(receipt.digest(), receipt.deletes(), receipt.bytes(), receipt.duplicates());
        if (receipt.files().isEmpty()) {
            return new Winner(receipt.partition(), new AttemptId(0, receipt.attempt()), totals);
        }
        String name = receipt.files().get(0).name();
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new InvalidInputException("The receipt of partition " + receipt.partition() + " of "
                    + receipt.version() + " names '" + name + "', which is not an attempt of the Kafka route. Give the"
                    + " receipt that the partition's writer gave.");
        }
        AttemptId id = new AttemptId(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        return new Winner(receipt.partition(), id, totals);
    }
}
