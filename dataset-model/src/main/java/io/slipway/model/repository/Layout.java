package io.slipway.model.repository;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where things are in a repository:
 *
 * <pre>
 *   datasets/&lt;dataset&gt;/v&lt;N&gt;/
 *      claim.json                               created first
 *      session-&lt;n&gt;.json                         one per process that works on the claim
 *      part-&lt;PPPPP&gt;-&lt;session&gt;-&lt;attempt&gt;.sst     only those that the manifest names count
 *      part-&lt;PPPPP&gt;-&lt;session&gt;-&lt;attempt&gt;.deletes.sst     of a delta, likewise
 *      manifest.json                            created last: the decision
 *   catalog/&lt;20-digit sequence&gt;.json
 * </pre>
 */
public final class Layout {

    /** The folder of the catalog. */
    public static final String CATALOG = "catalog";

    /** The name of a version's decision. */
    public static final String MANIFEST = "manifest.json";

    static final String DATASETS = "datasets";
    static final String CLAIM = "claim.json";
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,17})");
    private static final Pattern SESSION = Pattern.compile("session-([1-9][0-9]{0,8})\\.json");

    private Layout() {}

    /** The folder of a dataset. */
    public static String folder(DatasetName dataset) {
        return DATASETS + "/" + dataset;
    }

    /** The folder of a version. */
    public static String folder(VersionId version) {
        return folder(version.dataset()) + "/v" + version.number();
    }

    /** The path of a file of a version. */
    public static String file(VersionId version, String name) {
        return folder(version) + "/" + name;
    }

    /** The name of the file of one attempt at one partition. */
    public static String partitionFile(int partition, int session, int attempt) {
        return String.format("part-%05d-%d-%d.sst", partition, session, attempt);
    }

    /** The name of the file of the deletes of one attempt at one partition. */
    public static String deletesFile(int partition, int session, int attempt) {
        return String.format("part-%05d-%d-%d.deletes.sst", partition, session, attempt);
    }

    /** Whether a file of a version goes when the version is retired; the claim and the decision stay. */
    public static boolean isDeletedOnRetirement(String fileName) {
        return !fileName.equals(CLAIM) && !fileName.equals(MANIFEST);
    }

    /** Whether a file of a version says which process works on its claim. */
    public static boolean isSession(String fileName) {
        return sessionNumber(fileName).isPresent();
    }

    static String sessionFile(int session) {
        return "session-" + session + ".json";
    }

    static OptionalLong versionNumber(String folderName) {
        return number(VERSION.matcher(folderName));
    }

    static OptionalLong sessionNumber(String fileName) {
        return number(SESSION.matcher(fileName));
    }

    private static OptionalLong number(Matcher matcher) {
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
