package io.slipway.sst;

import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.Setting;
import io.slipway.model.publish.Compression;

/**
 * What a dataset's settings say of its files.
 *
 * @param compression how their blocks are compressed
 * @param bytes about how large one gets before another is begun
 */
public record FileShape(Compression compression, long bytes) {

    /** What datasets have that nobody has set anything for. */
    public static final FileShape DEFAULT = of(DatasetSettings.DEFAULTS);

    /** What the settings of a dataset say. */
    public static FileShape of(DatasetSettings settings) {
        return new FileShape(settings.get(Setting.COMPRESSION), settings.get(Setting.FILE_SIZE));
    }
}
