package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import java.util.ArrayList;
import java.util.List;

/**
 * A version with all that it is built on, each found to be what the one above it says. Immutable.
 *
 * @param manifests the version's manifest, its base's and so on; the last is that of a full version
 */
public record DeltaChain(List<Manifest> manifests) {

    /** Takes a copy of the list. */
    public DeltaChain {
        manifests = List.copyOf(manifests);
    }

    /**
     * The chain of a version.
     *
     * @throws CorruptDataException if a base is missing, or not the one that the delta on it names
     */
    public static DeltaChain of(Repository repository, Manifest manifest) {
        List<Manifest> manifests = new ArrayList<>();
        Manifest last = manifest;
        manifests.add(last);
        while (last.delta().isPresent()) {
            last = base(repository, last, last.delta().get());
            manifests.add(last);
        }
        return new DeltaChain(manifests);
    }

    /** The full version at its end. */
    public Manifest full() {
        return manifests.get(manifests.size() - 1);
    }

    /** How many deltas are on top of it. */
    public int deltas() {
        return manifests.size() - 1;
    }

    private static Manifest base(Repository repository, Manifest above, Delta delta) {
        VersionId id = new VersionId(above.version().dataset(), delta.base());
        String place = Layout.file(id, Layout.MANIFEST);
        try {
            Decision.Committed committed = repository.committed(id);
            if (!committed.sha256().equals(delta.baseSha256())) {
                throw new CorruptDataException(
                        place,
                        "whole file",
                        "SHA-256 " + delta.baseSha256() + ", as its delta "
                                + above.version().number() + " has it",
                        committed.sha256());
            }
            return committed.manifest();
        } catch (NotFoundException e) {
            throw new CorruptDataException(
                    place, "whole file", "the base of delta " + above.version().number(), "no committed version");
        }
    }
}
