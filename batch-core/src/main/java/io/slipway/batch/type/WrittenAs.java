package io.slipway.batch.type;

/**
 * A class whose values are written as records: it has a constructor that takes such a record, and makes equal
 * values of equal records. {@link Type#of(Class)} knows classes that implement it directly; their schema has the class's
 * name and the record's fields.
 *
 * @param <R> the record
 */
public interface WrittenAs<R extends Record> {

    /** The record that this value is written as. */
    R toRecord();
}
