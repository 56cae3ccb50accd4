package io.slipway.model.catalog;

import java.util.Optional;

/**
 * What gates and operators said of one version. Immutable; each {@code with…} method returns a changed copy.
 *
 * @param pinned whether an operator protects it from being retired
 * @param gates what the gates found in the manifests when they ran last; none before, and of a retired version
 * @param dataGates what the gates found in the records when they ran last; none before, where there was nothing to look
 *     for, and of a retired version
 * @param approval who let it through a gate that held it, if somebody did
 */
public record Review(
        boolean pinned, Optional<GateReport> gates, Optional<GateReport> dataGates, Optional<Approval> approval) {

    /** The review of a version that nobody has looked at. */
    public static final Review NONE = new Review(false, Optional.empty(), Optional.empty(), Optional.empty());

    /** This review with protection from being retired, or without. */
    public Review withPinned(boolean isPinned) {
        return new Review(isPinned, gates, dataGates, approval);
    }

    /** This review with what the gates found in the manifests. */
    public Review withGates(GateReport report) {
        return new Review(pinned, Optional.of(report), dataGates, approval);
    }

    /** This review with what the gates found in the records. */
    public Review withDataGates(GateReport report) {
        return new Review(pinned, gates, Optional.of(report), approval);
    }

    /** This review without what the gates found, which nobody asks for once the version is gone. */
    public Review withoutGates() {
        return new Review(pinned, Optional.empty(), Optional.empty(), approval);
    }

    /** This review with an operator's approval. */
    public Review withApproval(Approval given) {
        return new Review(pinned, gates, dataGates, Optional.of(given));
    }
}
