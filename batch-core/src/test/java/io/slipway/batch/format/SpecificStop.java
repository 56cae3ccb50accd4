package io.slipway.batch.format;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** What Avro's compiler would generate, in short. */
public final class SpecificStop extends SpecificRecordBase {

    private static final long serialVersionUID = 1L;

    /** Avro looks for a field of this name. */
    public static final Schema SCHEMA$ = AvroRecordsTest.schema("""
            {'type':'record','name':'SpecificStop','namespace':'io.slipway.batch.format','fields':[
             {'name':'more','type':'string','default':'none'},
             {'name':'seen','type':{'type':'map','values':'long','avro.java.string':'String'}},
             {'name':'name','type':['null',{'type':'string','avro.java.string':'String'}]},
             {'name':'id','type':'long'}]}""");

    CharSequence more;
    Map<String, Long> seen;
    String name;
    long id;

    /** Avro makes one, and puts its fields. */
    public SpecificStop() {}

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return switch (field) {
            case 0 -> more;
            case 1 -> seen;
            case 2 -> name;
            default -> id;
        };
    }

    @Override
    @SuppressWarnings("unchecked")
    public void put(int field, Object value) {
        switch (field) {
            case 0 -> more = (CharSequence) value;
            case 1 -> seen = (Map<String, Long>) value;
            case 2 -> name = (String) value;
            default -> id = (long) value;
        }
    }
}
