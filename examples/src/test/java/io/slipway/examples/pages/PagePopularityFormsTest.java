package io.slipway.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.Source;
import io.slipway.batch.format.AccessLog;
import io.slipway.batch.format.BadRecords;
import io.slipway.batch.format.LogLine;
import io.slipway.batch.format.Parquet;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.examples.ExampleData;
import io.slipway.examples.JobRunner;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagePopularityFormsTest {

    private static final Path SAMPLE = ExampleData.flights().resolveSibling("access-sample.log");

    /** Makes a form of a file. */
    private interface Packing {

        OutputStream into(OutputStream out) throws IOException;
    }

    @TempDir
    private Path folder;

    private JobRunner runner;

    @BeforeEach
    void start() {
        runner = new JobRunner(folder);
    }

    @AfterEach
    void stop() {
        runner.close();
    }

    @Test
    void whateverTheFormOfTheLogThePublishedRecordsAreByteForByteTheSame() throws IOException {
        List<String> plain = published(log(SAMPLE));
        assertThat(plain).hasSize(2);
        assertThat(published(log(packed("log.gz", GZIPOutputStream::new)))).isEqualTo(plain);
        assertThat(published(log(packed("log.bz2", BZip2CompressorOutputStream::new))))
                .isEqualTo(plain);
        assertThat(published(log(packed("log.zst", ZstdOutputStream::new)))).isEqualTo(plain);
        assertThat(published(Parquet.files(List.of(parquet())).as(LogLine.class)))
                .isEqualTo(plain);
    }

    private static Source<LogLine> log(Path file) {
        return AccessLog.files(List.of(file)).onBadRecord(BadRecords.skip());
    }

    /** The digests of both datasets, and what is in their files. Their hashes differ: RocksDB puts a random id in each. */
    private List<String> published(Source<LogLine> lines) {
        JobResult result = runner.run(PagePopularityJob.job(
                lines,
                Publication.of(PagePopularityJob.DATASET).withPartitions(3),
                Publication.of(PagePopularityJob.TOP_DATASET).withPartitions(1)));
        return result.publications().stream()
                .map(publication -> publication.manifest())
                .map(manifest -> manifest.digest() + " " + manifest.partitions() + " "
                        + manifest.files().stream()
                                .map(file -> file.partition() + ":" + file.records() + ":" + file.leastKey() + ":"
                                        + file.greatestKey())
                                .toList())
                .toList();
    }

    private Path packed(String name, Packing packing) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = packing.into(Files.newOutputStream(file))) {
            Files.copy(SAMPLE, out);
        }
        return file;
    }

    private Path parquet() throws IOException {
        Job job = Job.named("read");
        Collected<LogLine> lines = job.read(log(SAMPLE)).collect();
        Type<LogLine> type = Type.of(LogLine.class);
        Type<GenericRecord> generic = Type.generic(type.schema());
        Path file = folder.resolve("log.parquet");
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withSchema(type.schema())
                .withDataModel(new GenericData())
                .build()) {
            for (LogLine line : runner.run(job).of(lines)) {
                BinaryOut out = new BinaryOut();
                type.write(line, out);
                writer.write(generic.read(new BinaryIn().set(out.array(), 0, out.size())));
            }
        }
        return file;
    }
}
