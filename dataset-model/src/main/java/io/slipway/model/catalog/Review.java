package io.slipway.model.catalog;

import java.util.Optional;

/**
 * What gates and operators said of one version. Immutable; each {@code with…} method returns a changed copy.
 *
 * @param pinned whether an operator protects it from being retired
 * @param gates what the gates found when they ran last; none before, and of a retired version
 * @param approval who let it through a gate that held it, if somebody did
 */
public record Review(boolean pinned, Optional<GateReport> gates, Optional<Approval> approval) {

    /** The review of a version that nobody has looked at. */
    public static final Review NONE = new Review(false, Optional.empty(), Optional.empty());

    /** This review with protection from being retired, or without. */
    public Review withPinned(boolean isPinned) {
        return new Review(isPinned, gates, approval);
    }

    /** This review with what the gates found. */
    public Review withGates(GateReport report) {
        return new Review(pinned, Optional.of(report), approval);
    }

    /** This review without what the gates found, which nobody asks for once the version is gone. */
    public Review withoutGates() {
        return new Review(pinned, Optional.empty(), approval);
    }

    /** This review with an operator's approval. */
    public Review withApproval(Approval given) {
        return new Review(pinned, gates, Optional.of(given));
    }
}
