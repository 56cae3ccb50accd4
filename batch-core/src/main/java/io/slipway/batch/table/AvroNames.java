package io.slipway.batch.table;

import io.slipway.model.DatasetName;

/** The Avro names of what is called otherwise in files. Stateless. */
final class AvroNames {

    private AvroNames() {}

    /** The name of a column's field: each character that may not be in one becomes {@code _}. */
    static String of(String column) {
        if (isName(column)) {
            return column;
        }
        StringBuilder name = new StringBuilder(column.length() + 1);
        column.codePoints().forEach(c -> name.append(isPart(c) ? (char) c : '_'));
        if (name.isEmpty() || isDigit(name.charAt(0))) {
            name.insert(0, '_');
        }
        return name.toString();
    }

    /** The namespace of a dataset's key and value records. */
    static String namespace(DatasetName dataset) {
        return "io.slipway." + dataset.value().replace('-', '_');
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && !isDigit(text.charAt(0));
    }

    private static boolean isPart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
