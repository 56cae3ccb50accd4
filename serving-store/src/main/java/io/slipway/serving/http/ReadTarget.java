package io.slipway.serving.http;

import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;

/** Finds what a request is about, and notes it for the reply's headers. Stateless. */
final class ReadTarget {

    private ReadTarget() {}

    /**
     * The dataset that a request is about.
     *
     * @throws ProblemException if there is none of this name
     */
    static ServedDataset dataset(Exchange exchange, Snapshot snapshot, String name) {
        ServedDataset dataset = find(snapshot, name);
        exchange.about(dataset);
        dataset.current().ifPresent(exchange::about);
        return dataset;
    }

    /** Notes which dataset a request is about, if it is about one, before anything else is known of it. */
    static void note(Exchange exchange, Snapshot snapshot) {
        Address address = Address.of(exchange.request().getHttpURI());
        if (!address.dataset().isEmpty()) {
            dataset(exchange, snapshot, address.dataset());
        }
    }

    /**
     * The version that a request is about.
     *
     * @param number the version that it names; 0 if none
     * @throws ProblemException if it cannot be read
     */
    static OpenVersion version(Exchange exchange, ServedDataset dataset, long number) {
        OpenVersion version = find(dataset, number);
        exchange.about(version);
        return version;
    }

    /** The same without a note: of one of several datasets. */
    static OpenVersion version(Snapshot snapshot, String name, long number) {
        return find(find(snapshot, name), number);
    }

    private static ServedDataset find(Snapshot snapshot, String name) {
        ServedDataset dataset = snapshot.datasets().get(name);
        if (dataset == null) {
            throw new ProblemException(
                    ProblemType.DATASET_NOT_FOUND,
                    "There is no dataset '" + shortened(name) + "' on this node. See " + Address.DATASETS
                            + " for those there are.");
        }
        return dataset;
    }

    private static OpenVersion find(ServedDataset dataset, long number) {
        if (number != 0) {
            OpenVersion pinned = dataset.readable().get(number);
            if (pinned == null) {
                throw new ProblemException(
                        ProblemType.VERSION_GONE,
                        "Version " + number + " of " + dataset.name() + " cannot be read (readable: "
                                + dataset.readable().keySet() + "). Read one of these, or the current one.");
            }
            return pinned;
        }
        return dataset.current()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NO_CURRENT_VERSION,
                        "The dataset " + dataset.name()
                                + " has no current version on this node yet. Try again once one is swapped in."));
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
