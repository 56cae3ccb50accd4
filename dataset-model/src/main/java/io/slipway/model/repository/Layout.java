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
 *      part-&lt;PPPPP&gt;-&lt;session&gt;-&lt;attempt&gt;-&lt;k&gt;.sst     where one was not enough: k = 1, 2, 3 …
 *      part-&lt;PPPPP&gt;-&lt;session&gt;-&lt;attempt&gt;[-&lt;k&gt;].deletes.sst     of a delta, likewise
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

    /** The name of the first file of one attempt at one partition. */
    public static String partitionFile(int partition, int session, int attempt) {
        return partitionFile(partition, session, attempt, 0);
    }

    /**
     * The name of a file of one attempt at one partition.
     *
     * @param file which of its files, by key, from 0
     */
    public static String partitionFile(int partition, int session, int attempt, int file) {
        return attemptFile(partition, session, attempt, file) + ".sst";
    }

    /**
     * The name of a file of the deletes of one attempt at one partition.
     *
     * @param file which of its files of deletes, by key, from 0
     */
    public static String deletesFile(int partition, int session, int attempt, int file) {
        return attemptFile(partition, session, attempt, file) + ".deletes.sst";
    }

    private static String attemptFile(int partition, int session, int attempt, int file) {
        String first = String.format("part-%05d-%d-%d", partition, session, attempt);
        return file == 0 ? first : first + "-" + file;
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
