package io.slipway.examples.activity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a viewer did: the value of the dataset {@code viewer-activity}.
 *
 * @param country the viewer's country, if anything is known of the viewer
 * @param ageGroup how old the viewer is
 * @param views how many pages were viewed
 * @param visits how many visits these were: one ends when nothing is viewed for half an hour
 * @param first when the first page was viewed
 * @param last when the last page was viewed
 * @param lastPages the last pages of all visits, at most five, the latest last
 */
public record Activity(
        Optional<String> country,
        AgeGroup ageGroup,
        long views,
        long visits,
        Instant first,
        Instant last,
        List<String> lastPages) {}
