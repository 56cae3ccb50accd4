package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.Setting;
import java.util.Optional;

/** One check of a version that is to become current. Implementations are stateless. */
sealed interface Gate
        permits CanaryGate, ChangedGate, ChangeGate, CountGate, EmptyGate, FieldGate, SchemaGate, ShareGate {

    /** Its name in results: that of its setting, without {@code gate.} before it. */
    String name();

    /** What it finds; nothing if it is off, or there is nothing to compare with. What it throws holds the version. */
    Optional<GateResult> check(Comparison comparison);

    /** The name of the gate that a setting limits. */
    static String name(Setting<?> setting) {
        return setting.name().substring("gate.".length());
    }
}
