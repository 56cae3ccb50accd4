package io.slipway.model.catalog;

import io.slipway.model.InvalidInputException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of one dataset: those that were set, and the defaults of the others. Immutable.
 */
public final class DatasetSettings {

    /** All at their defaults. */
    public static final DatasetSettings DEFAULTS = new DatasetSettings(new TreeMap<>());

    private final SortedMap<String, String> texts;

    private DatasetSettings(SortedMap<String, String> texts) {
        this.texts = Collections.unmodifiableSortedMap(texts);
    }

    /** The value of a setting. */
    public <T> T get(Setting<T> setting) {
        return setting.parse(text(setting));
    }

    /** The value of a setting as users write it. */
    public String text(Setting<?> setting) {
        return texts.getOrDefault(setting.name(), setting.defaultText());
    }

    /** The settings that were set, by name, as users write them. */
    public SortedMap<String, String> texts() {
        return texts;
    }

    /**
     * These settings with one of them set.
     *
     * @throws InvalidInputException if there is no setting of that name or the value is not acceptable
     */
    public DatasetSettings with(String name, String value) {
        Setting<?> setting = Setting.of(name);
        try {
            setting.parse(value);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("Setting " + name + ": " + e.getMessage(), e);
        }
        SortedMap<String, String> changed = new TreeMap<>(texts);
        changed.put(name, value);
        return new DatasetSettings(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DatasetSettings settings && texts.equals(settings.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return texts.toString();
    }
}
