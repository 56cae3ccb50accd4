package io.slipway.kafka.control;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** The version that a topic of this name holds, if it is such a name. */
    public Optional<VersionId> versionOf(String topic) {
        Matcher parts = Pattern.compile(Pattern.quote(prefix) + "\\.([^.]+)\\.v([1-9][0-9]{0,17})")
                .matcher(topic);
        return parts.matches() && DatasetName.isValid(parts.group(1))
                ? Optional.of(new VersionId(new DatasetName(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
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
