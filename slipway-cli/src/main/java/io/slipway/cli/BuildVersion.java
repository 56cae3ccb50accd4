package io.slipway.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the jar's manifest. */
final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"slipway " + number()};
    }

    static String number() {
        return Optional.ofNullable(Slipway.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
