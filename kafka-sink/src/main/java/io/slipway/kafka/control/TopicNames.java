package io.slipway.kafka.control;

import io.slipway.model.VersionId;
import java.util.ArrayList;
import java.util.List;

/**
 * How topics and transactional ids are called.
 *
 * @param prefix what all of them begin with
 */
public record TopicNames(String prefix) {

    /** The ledger of all publications. */
    public String ledger() {
        return prefix + ".publications";
    }

    /** What publishers have to know of each dataset. */
    public String datasets() {
        return prefix + ".datasets";
    }

    /** The topic that holds a version. */
    public String version(VersionId version) {
        return prefix + "." + version.dataset() + ".v" + version.number();
    }

    /** The transactional id of whoever writes a partition. */
    public String writer(VersionId version, int partition) {
        return version(version) + "." + partition;
    }

    /** The transactional ids of all partitions' writers. */
    public List<String> writers(VersionId version, int partitions) {
        List<String> writers = new ArrayList<>(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            writers.add(writer(version, partition));
        }
        return writers;
    }

    /** The transactional id of whoever decides the version. */
    public String driver(VersionId version) {
        return version(version) + ".driver";
    }
}
