package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {

    record Line(String name, int number, Optional<Double> share) {}

    @TempDir
    Path folder;

    @Test
    void quotedFieldsHoldDelimitersLineEndsAndQuotes() throws IOException {
        assertThat(rows("a,b\n\"x,y\",\"one\ntwo\"\n\"say \"\"hi\"\"\",z\r\n"))
                .containsExactly("2:[x,y, one\ntwo]", "4:[say \"hi\", z]");
    }

    @Test
    void aCarriageReturnInQuotesDoesNotHideTheEndOfTheRecord() throws IOException {
        assertThat(rows("a,b\n1,\"x\ry\"\n2,z\n"))
                .extracting(row -> row.replaceAll("^.:", ""))
                .containsExactly("[1, x\ry]", "[2, z]");
    }

    @Test
    void anUnquotedEmptyFieldIsNullAndAQuotedOneIsNot() throws IOException {
        CsvRow row = Reading.all(csv("a,b,c\n,\"\",NA\n").nullText("NA").rows())
                .records
                .get(0);
        assertThat(row.value(0)).isEmpty();
        assertThat(row.value(1)).contains("");
        assertThat(row.value(2)).isEmpty();
        CsvRow quoted =
                Reading.all(csv("a\n\"NA\"\n").nullText("NA").rows()).records.get(0);
        assertThat(quoted.value(0)).contains("NA");
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(rows("a,b\n1,2")).containsExactly("2:[1, 2]");
        assertThat(rows("a\n\"1\"")).containsExactly("2:[1]");
        assertThat(rows("a\n\"1\"\n")).containsExactly("2:[1]");
        assertThat(rows("a,b\n1,")).containsExactly("2:[1, ]");
    }

    @Test
    void emptyLinesAreLeftOutAndCounted() throws IOException {
        assertThat(rows("a,b\n\n1,2\n\n")).containsExactly("3:[1, 2]");
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstName() throws IOException {
        assertThat(Reading.all(csv("\ufeffa,b\n1,2\n").rows()).records.get(0).header())
                .containsExactly("a", "b");
    }

    @Test
    void aQuoteThatIsNeverClosedIsNamedByTheLineItOpensAt() throws IOException {
        for (String text : List.of(
                "a,b\n1,2\n3,\"x\n4,5\n",
                "a,b\n1,2\n3,\"x",
                "a,b\n1,2\n3,\"",
                "a,b\n1,2\n3,\"x\"\"",
                "a,b\n1,2\n3,\"x\"\"\n")) {
            assertThatThrownBy(() -> rows(text))
                    .as(text)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("in.csv, line 3: a quote is opened and never closed");
        }
        assertThatThrownBy(() -> rows("a,b\n\"1\n2\",\"x\n")).hasMessageContaining("line 3: a quote");
    }

    @Test
    void textBehindAClosingQuoteIsRefused() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n\"x\"y,3\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in.csv, line 3: ");
    }

    @Test
    void aLineWithTooFewOrTooManyFieldsIsRefused() throws IOException {
        assertThatThrownBy(() -> rows("a,b\n1,2\n1\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 3: 1 fields where the header has 2.");
        assertThatThrownBy(() -> rows("a,b\n1,2,3\n")).hasMessageContaining("line 2: 3 fields");
        Reading<CsvRow> reading = Reading.all(
                csv("a,b\n1,2\n1\n3,4\n").onBadRecord(BadRecords.skip()).rows());
        assertThat(reading.records).hasSize(2);
        assertThat(reading.bad)
                .singleElement()
                .satisfies(bad -> assertThat(bad.place()).isEqualTo("line 3"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("a,b\n1,2\n3,é".getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(",\n".getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("latin.csv"), bytes.toByteArray());
        assertThatThrownBy(() -> Reading.all(Csv.files(List.of(file)).rows()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("latin.csv, line 3: byte e9 is not UTF-8");
    }

    @Test
    void namesMustBeThereAndDiffer() {
        assertThatThrownBy(() -> rows("a,a\n1,2\n")).hasMessageContaining("two columns are called 'a'");
        assertThatThrownBy(() -> rows("a,\n1,2\n")).hasMessageContaining("column 2 has no name");
        assertThatThrownBy(() -> rows("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> rows("\n")).hasMessageContaining("is empty");
    }

    @Test
    void withoutHeaderColumnsAreNumbered() throws IOException {
        CsvRow row = Reading.all(csv("1;2\n").noHeader().delimiter(';').rows())
                .records
                .get(0);
        assertThat(row.header()).containsExactly("c1", "c2");
        assertThat(row.text(1)).isEqualTo("2");
    }

    @Test
    void columnsBecomeComponentsByName() throws IOException {
        assertThat(Reading.all(csv("share,other,number,name\n0.5,x,7,a\n,y,8,\n")
                                .as(Line.class))
                        .records)
                .containsExactly(new Line("a", 7, Optional.of(0.5)), new Line("", 8, Optional.empty()));
    }

    @Test
    void aValueThatDoesNotFitIsNamedWithItsPlace() {
        assertThatThrownBy(() ->
                        Reading.all(csv("name,number,share\na,1,\nb,x1,\n").as(Line.class)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in.csv, line 3: column number is 'x1' and should be an integer of 32 bits.");
        assertThatThrownBy(() -> Reading.all(csv("name,share\na,1\n").as(Line.class)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no column 'number'");
    }

    @Test
    void gzipOfSeveralMembersIsReadWholeOrNotAtAll() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Reading.gzip("a,b\n1,2\n"));
        bytes.writeBytes(Reading.gzip("3,4\n"));
        Path file = Files.write(folder.resolve("in.csv.gz"), bytes.toByteArray());
        Reading<CsvRow> reading = Reading.all(Csv.files(List.of(file)).rows());
        assertThat(reading.records).hasSize(2);
        assertThat(reading.bytes).isEqualTo(bytes.size());

        int firstMember = Reading.gzip("a,b\n1,2\n").length;
        for (int length = 2; length < bytes.size(); length++) {
            if (length == firstMember) {
                continue;
            }
            Files.write(file, Arrays.copyOf(bytes.toByteArray(), length));
            assertThatThrownBy(() -> Reading.all(Csv.files(List.of(file)).rows()))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("in.csv.gz is damaged");
        }
    }

    @Test
    void pathsMayBeFoldersAndPatterns() throws IOException {
        Files.createDirectories(folder.resolve("in/_temporary"));
        for (String name : List.of("in/b.csv", "in/a.csv", "in/.hidden.csv", "in/_SUCCESS", "in/_temporary/c.csv")) {
            Files.writeString(folder.resolve(name), "a\n" + name + "\n");
        }
        assertThat(Csv.files(List.of(folder.resolve("in"))).rows().files())
                .containsExactly(folder.resolve("in/a.csv"), folder.resolve("in/b.csv"));
        assertThat(Csv.files(List.of(folder.resolve("in/b*.csv"))).rows().files())
                .containsExactly(folder.resolve("in/b.csv"));
        for (String missing : List.of("nothing.csv", "in/x*.csv")) {
            assertThatThrownBy(() ->
                            Csv.files(List.of(folder.resolve(missing))).rows().files())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(missing);
        }
    }

    private Csv csv(String text) throws IOException {
        return Csv.files(List.of(Files.writeString(folder.resolve("in.csv"), text)));
    }

    private List<String> rows(String text) throws IOException {
        return Reading.all(csv(text).rows()).records.stream()
                .map(row -> row.line() + ":" + texts(row))
                .toList();
    }

    private static List<String> texts(CsvRow row) {
        return java.util.stream.IntStream.range(0, row.size())
                .mapToObj(row::text)
                .toList();
    }
}
