package io.slipway.batch.plan;

import io.slipway.model.publish.Publication;
import org.apache.avro.Schema;

/** An output that is published as a version. */
public sealed interface Published extends Output permits PublishOutput, EncodedOutput {

    /** As what; without schemas, job and inputs. */
    Publication publication();

    /** The schema of the keys. */
    Schema keySchema();

    /** The schema of the values. */
    Schema valueSchema();
}
