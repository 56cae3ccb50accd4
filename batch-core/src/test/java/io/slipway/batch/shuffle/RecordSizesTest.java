package io.slipway.batch.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import org.junit.jupiter.api.Test;

class RecordSizesTest {

    private static final long MEBIBYTE = 1 << 20;

    @Test
    void sixteenMebibytesNeedTheDefaultMemoryForTwoTasksAndLessForOne() {
        assertThat(new RecordSizes(256 * MEBIBYTE, 2).most()).isEqualTo(16 * MEBIBYTE);
        assertThat(new RecordSizes(112 * MEBIBYTE, 1).most()).isEqualTo(16 * MEBIBYTE);
        assertThat(new RecordSizes(111 * MEBIBYTE, 1).most()).isLessThan(16 * MEBIBYTE);
    }

    @Test
    void aLargerRecordIsRefusedSayingHowMuchMemoryItNeeds() {
        RecordSizes sizes = new RecordSizes(128 * MEBIBYTE, 2);
        int bytes = (int) (16 * MEBIBYTE);
        assertThatThrownBy(() -> sizes.meetEncoded(10, bytes - 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("16777216 bytes", "128 MiB", "2 tasks", "Give at least 256 MiB");
        assertThatCode(() -> new RecordSizes(256 * MEBIBYTE, 2).meetEncoded(10, bytes - 10))
                .doesNotThrowAnyException();
    }

    @Test
    void onlyLargeRecordsTakeRoom() {
        RecordSizes sizes = new RecordSizes(256 * MEBIBYTE, 2);
        assertThat(sizes.meet(60_000)).isFalse();
        assertThat(sizes.reserveBytes()).isZero();
        assertThat(sizes.meet(100_000)).isTrue();
        assertThat(sizes.meet(100_000)).isFalse();
        assertThat(sizes.reserveBytes()).isEqualTo(900_000);
    }
}
