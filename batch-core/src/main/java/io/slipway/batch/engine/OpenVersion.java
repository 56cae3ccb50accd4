package io.slipway.batch.engine;

import io.slipway.batch.KeyValue;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.VersionSource;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.Type;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.VersionReader;
import io.slipway.model.value.ValueCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;

/**
 * The records of a published version, a file a split. Thread-safe.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class OpenVersion<K, V> implements Source<KeyValue<K, V>> {

    private final VersionReader reader;
    private final CommittedVersion version;
    private final Type<K> keyType;
    private final Type<V> valueType;

    /**
     * Opens a version.
     *
     * @throws io.slipway.model.NotFoundException if there is none
     * @throws InvalidInputException if its keys and values cannot be read as of the source's types
     */
    OpenVersion(VersionSource<K, V> source, VersionReader reader) {
        this.reader = reader;
        this.version = source.number().isPresent()
                ? reader.version(new VersionId(source.dataset(), source.number().getAsLong()))
                : reader.current(source.dataset());
        this.keyType = source.keyType();
        this.valueType = source.valueType();
        checkKeys();
        checkValues();
    }

    /** The version as a job's provenance names it, with the hash of its manifest, which binds all that it consists of. */
    InputFile asInput() {
        return new InputFile(label(), manifest().bytes(), version.manifestSha256());
    }

    @Override
    public String label() {
        return manifest().version().dataset() + " version "
                + manifest().version().number();
    }

    @Override
    public Type<KeyValue<K, V>> type() {
        throw new IllegalStateException("Keys and values have types of their own");
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public List<Split> splits(long targetBytes) {
        List<FileEntry> files = manifest().files();
        return IntStream.range(0, files.size())
                .mapToObj(i -> new Split(Path.of(files.get(i).name()), i, i + 1))
                .toList();
    }

    @Override
    public void read(Split split, SourceContext<KeyValue<K, V>> context) {
        FileEntry file = manifest().files().get((int) split.start());
        Function<byte[], V> values = values();
        reader.read(
                version, file, (key, value) -> context.emit(new KeyValue<>(keyType.readKey(key), values.apply(value))));
        context.bytesRead(file.bytes());
    }

    private Manifest manifest() {
        return version.manifest();
    }

    private void checkKeys() {
        List<String> found = shape(manifest().keySchema());
        List<String> wanted = shape(keyType.schema());
        if (!found.equals(wanted)) {
            throw new InvalidInputException("The keys of " + label() + " are " + found + ", and are read as " + wanted
                    + ". Read them as what they are.");
        }
    }

    private static List<String> shape(Schema schema) {
        KeyCodec codec = KeyCodec.of(schema);
        return codec.fields().stream()
                .map(field -> codec.isRecord() ? field.name() + ": " + field.typeName() : field.typeName())
                .toList();
    }

    private void checkValues() {
        var found = SchemaCompatibility.checkReaderWriterCompatibility(
                valueType.schema(), manifest().valueSchema());
        if (found.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new InvalidInputException("The values of " + label() + " cannot be read as " + valueType + ": "
                    + found.getDescription() + " Its value schema is "
                    + manifest().valueSchema() + ".");
        }
    }

    /** What makes values of bytes; for one thread. */
    private Function<byte[], V> values() {
        Schema written = manifest().valueSchema();
        BinaryIn in = new BinaryIn();
        if (written.equals(valueType.schema())) {
            return value -> valueType.read(in.set(value, 0, value.length));
        }
        GenericDatumReader<Object> resolving = new GenericDatumReader<>(written, valueType.schema(), new GenericData());
        ValueCodec codec = ValueCodec.of(valueType.schema());
        return value -> {
            byte[] resolved = codec.encode(resolve(resolving, value));
            return valueType.read(in.set(resolved, 0, resolved.length));
        };
    }

    private Object resolve(GenericDatumReader<Object> resolving, byte[] value) {
        try {
            return resolving.read(null, DecoderFactory.get().binaryDecoder(value, null));
        } catch (IOException | AvroRuntimeException e) {
            throw new CorruptDataException("A value of " + label(), "whole value", "it is not of its schema", e);
        }
    }
}
