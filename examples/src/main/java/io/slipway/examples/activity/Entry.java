package io.slipway.examples.activity;

import io.slipway.examples.View;
import io.slipway.examples.Viewer;
import java.time.Instant;
import java.util.Optional;

/** Either what is known of a viewer, or one of the viewer's views: what is sorted together. */
record Entry(String viewer, Optional<Viewer> profile, Optional<View> view) {

    static Entry of(Viewer profile) {
        return new Entry(profile.viewer(), Optional.of(profile), Optional.empty());
    }

    static Entry of(View view) {
        return new Entry(view.viewer(), Optional.empty(), Optional.of(view));
    }

    boolean isView() {
        return view.isPresent();
    }

    /** When the view was; the beginning of time for a profile. */
    Instant at() {
        return view.map(View::at).orElse(Instant.EPOCH);
    }

    /** The page that was viewed, which decides between views at one time, so that a repeated run gives the same. */
    String page() {
        return view.map(View::page).orElse("");
    }
}
