package io.slipway.cli;

import io.slipway.batch.JobDefinition;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The jobs that can be run by name: those on the class path, and those in a jar. */
final class JobCatalog implements AutoCloseable {

    private final ClassLoader loader;
    private final Optional<URLClassLoader> jarLoader;

    private JobCatalog(ClassLoader loader, Optional<URLClassLoader> jarLoader) {
        this.loader = loader;
        this.jarLoader = jarLoader;
    }

    /** The jobs on the class path. */
    static JobCatalog ofClassPath() {
        return new JobCatalog(JobCatalog.class.getClassLoader(), Optional.empty());
    }

    /**
     * The jobs on the class path and in a jar.
     *
     * @throws InvalidInputException if there is no such file
     */
    static JobCatalog ofJar(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new InvalidInputException("There is no jar " + jar + ". Check the path.");
        }
        try {
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, JobCatalog.class.getClassLoader());
            return new JobCatalog(loader, Optional.of(loader));
        } catch (MalformedURLException e) {
            throw new InvalidInputException("The jar " + jar + " cannot be named as a URL. Move it.", e);
        }
    }

    /** All jobs that are registered as services, by name. */
    List<JobDefinition> all() {
        try {
            return StreamSupport.stream(
                            ServiceLoader.load(JobDefinition.class, loader).spliterator(), false)
                    .sorted(Comparator.comparing(JobDefinition::name))
                    .toList();
        } catch (ServiceConfigurationError e) {
            throw new InvalidInputException(
                    "A job that is registered in META-INF/services cannot be used: " + e.getMessage()
                            + ". Correct the jar.",
                    e);
        }
    }

    /**
     * The job of a name, or of a class.
     *
     * @throws NotFoundException if there is none
     * @throws InvalidInputException if there is such a class, but it is no job
     */
    JobDefinition find(String name) {
        List<JobDefinition> all = all();
        return all.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .or(() -> ofClass(name))
                .orElseThrow(() -> new NotFoundException("There is no job '" + name + "'. There are "
                        + all.stream().map(JobDefinition::name).collect(Collectors.joining(", "))
                        + "; a class in a jar needs --jar."));
    }

    private Optional<JobDefinition> ofClass(String name) {
        try {
            Class<?> found = Class.forName(name, true, loader);
            if (!JobDefinition.class.isAssignableFrom(found)) {
                throw new InvalidInputException(
                        name + " does not implement " + JobDefinition.class.getName() + ". Name a class that does.");
            }
            return Optional.of((JobDefinition) found.getConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidInputException(
                    "The job " + name + " cannot be created (" + e
                            + "). Give it a public constructor without parameters.",
                    e);
        }
    }

    @Override
    public void close() {
        if (jarLoader.isPresent()) {
            try {
                jarLoader.get().close();
            } catch (IOException e) {
                // Nobody misses what was only read.
            }
        }
    }
}
