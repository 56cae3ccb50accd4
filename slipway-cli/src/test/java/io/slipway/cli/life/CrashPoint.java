package io.slipway.cli.life;

import io.slipway.testkit.Faults;
import io.slipway.testkit.disk.FaultyDisk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fault at one call of a process.
 *
 * @param call the call's name
 * @param occurrence at which call of that name
 */
record CrashPoint(Kind kind, String call, int occurrence) {

    /** What happens at the call. */
    enum Kind {
        /** It fails without an effect. */
        ERROR(Faults.Kind.ERROR),
        /** It has its effect, and fails all the same. */
        LOST_ACKNOWLEDGEMENT(Faults.Kind.LOST_ACKNOWLEDGEMENT),
        /** The process is killed before it; what was written stays. */
        KILL(Faults.Kind.CRASH_BEFORE),
        /** The power goes after it; what was not synced is lost. */
        POWER_LOSS(Faults.Kind.CRASH_AFTER);

        private final Faults.Kind kind;

        Kind(Faults.Kind kind) {
            this.kind = kind;
        }

        /** Whether the process dies; else it goes on. */
        boolean kills() {
            return this == KILL || this == POWER_LOSS;
        }
    }

    Faults faults() {
        return Faults.at(kind.kind, call, occurrence);
    }

    /** Every point of a run that made these calls: where a call changes nothing, only an error tells it from the next. */
    static List<CrashPoint> of(List<String> calls) {
        List<CrashPoint> points = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Map<String, Integer> occurrences = new HashMap<>();
            for (String call : calls) {
                int occurrence = occurrences.merge(call, 1, Integer::sum);
                if (kind == Kind.ERROR || !changesNothing(call)) {
                    points.add(new CrashPoint(kind, call, occurrence));
                }
            }
        }
        return points;
    }

    /** What kind of call it is: the first words of its name, without paths. */
    String operation() {
        if (call.startsWith("disk: ")) {
            return call.substring(0, call.lastIndexOf(' '));
        }
        String verb = call.replaceAll(" (datasets|catalog).*?( from a file)?$", "$2");
        return "storage: " + verb;
    }

    private static boolean changesNothing(String call) {
        boolean looks = call.startsWith("read ")
                || call.startsWith("open ")
                || call.startsWith("files of ")
                || call.startsWith("folders of ");
        return looks || FaultyDisk.changesNothing(call);
    }

    @Override
    public String toString() {
        return kind + " at '" + call + "', time " + occurrence;
    }
}
