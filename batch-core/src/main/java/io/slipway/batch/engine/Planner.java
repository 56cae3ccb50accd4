package io.slipway.batch.engine;

import io.slipway.batch.plan.Accumulation;
import io.slipway.batch.plan.Aggregate;
import io.slipway.batch.plan.CoGroup;
import io.slipway.batch.plan.CollectOutput;
import io.slipway.batch.plan.EncodedOutput;
import io.slipway.batch.plan.Group;
import io.slipway.batch.plan.Join;
import io.slipway.batch.plan.Narrow;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Partition;
import io.slipway.batch.plan.PublishOutput;
import io.slipway.batch.plan.Published;
import io.slipway.batch.plan.Read;
import io.slipway.batch.plan.Side;
import io.slipway.batch.plan.Sort;
import io.slipway.batch.plan.Steps;
import io.slipway.batch.plan.Union;
import io.slipway.batch.plan.Wide;
import io.slipway.batch.shuffle.Combiner;
import io.slipway.batch.type.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes stages of the nodes that lead to the outputs of a run. A stage comes after those it reads from. Used by one
 * thread.
 */
final class Planner {

    private final RunContext run;
    private final RunSources sources;
    private final IdentityHashMap<Node, PublishTarget> copartitioned;
    private final IdentityHashMap<Node, Stage> stages = new IdentityHashMap<>();
    private final List<Stage> order = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    /** Plans a run in which the given aggregates are published as they are, by these targets. */
    Planner(RunContext run, RunSources sources, IdentityHashMap<Node, PublishTarget> copartitioned) {
        this.run = run;
        this.sources = sources;
        this.copartitioned = copartitioned;
    }

    /** The stages, in an order in which they can be run. */
    List<Stage> stages() {
        return order;
    }

    /** The edges, by their numbers. */
    List<Edge> edges() {
        return edges;
    }

    /** Plans an output in memory. */
    CollectExit collect(CollectOutput output) {
        CollectExit exit = new CollectExit(output);
        lead(output.input(), exit);
        return exit;
    }

    /** Plans an output in files. */
    void write(WriteTarget target) {
        lead(target.output().input(), new WriteExit(target));
    }

    /** Plans the publishing of a version. */
    void publish(PublishTarget target) {
        Published published = target.output();
        Node input = published.input();
        if (copartitioned.get(input) == target) {
            lead(input, new DirectPublishExit(target, (PublishOutput) published));
            return;
        }
        Edge edge = edge(Partitioning.of(target.session().partitioner()), Optional::empty);
        Exit exit = published instanceof EncodedOutput encoded
                ? ShuffleExit.encoded(edge, encoded)
                : typed(edge, (PublishOutput) published);
        lead(input, exit);
        order.add(new Stage(new PublishRoot(edge, target), input, false));
    }

    private static Exit typed(Edge edge, PublishOutput output) {
        return ShuffleExit.typed(edge, output.keyType(), output.valueType());
    }

    /** The stages that a node is in, more than one behind a union; plans them, and those before them, if need be. */
    private Set<Stage> stagesOf(Node node) {
        if (node instanceof Narrow || node instanceof Union) {
            Set<Stage> fused = new LinkedHashSet<>();
            node.inputs().forEach(input -> fused.addAll(stagesOf(input)));
            fused.forEach(stage -> stage.add(node));
            return fused;
        }
        Stage known = stages.get(node);
        if (known != null) {
            return Set.of(known);
        }
        Root root = node instanceof Read read
                ? new SourceRoot(sources.of(read), run.layout().splitBytes())
                : rootOf((Wide) node);
        Stage stage = new Stage(root, node, node instanceof Read);
        stages.put(node, stage);
        order.add(stage);
        return Set.of(stage);
    }

    private Root rootOf(Wide node) {
        if (node instanceof Aggregate aggregate) {
            return aggregateRoot(aggregate);
        }
        if (node instanceof Group group) {
            Edge edge = plainEdge();
            lead(group.input(), exitOf(edge, group));
            return new GroupRoot(edge, group);
        }
        if (node instanceof Join join) {
            return new JoinRoot(sideEdge(join.left(), join.keyType()), sideEdge(join.right(), join.keyType()), join);
        }
        if (node instanceof Partition partition) {
            Edge edge = edge(Partitioning.byHash(partition.partitions()), Optional::empty);
            lead(partition.input(), exitOf(edge, partition));
            return new PartitionRoot(edge, partition);
        }
        if (node instanceof Sort sort) {
            Edge edge = edge(Partitioning.byHash(1), Optional::empty);
            int samples = SortRoot.samples(run.layout());
            lead(sort.input(), ShuffleExit.sliced(edge, sort.order(), sort.valueType(), samples));
            return new SortRoot(run, edge, sort);
        }
        CoGroup both = (CoGroup) node;
        return new CoGroupRoot(sideEdge(both.left(), both.keyType()), sideEdge(both.right(), both.keyType()), both);
    }

    private Edge sideEdge(Side side, Type<Object> keyType) {
        Edge edge = plainEdge();
        lead(side.node(), ShuffleExit.typed(edge, keyType, side.valueType()));
        return edge;
    }

    private static Exit exitOf(Edge edge, Group group) {
        return group.order()
                .map(order -> ShuffleExit.sorting(edge, group.keyType(), group.valueType(), order))
                .orElseGet(() -> ShuffleExit.typed(edge, group.keyType(), group.valueType()));
    }

    private static Exit exitOf(Edge edge, Partition partition) {
        return partition
                .function()
                .map(function -> ShuffleExit.partitioning(edge, partition, function))
                .orElseGet(() -> ShuffleExit.typed(edge, partition.keyType(), partition.valueType()));
    }

    private Root aggregateRoot(Aggregate aggregate) {
        Accumulation accumulation = aggregate.accumulation().get();
        Type<Object> keyType = Steps.any(aggregate.keyType());
        Edge edge = edge(partitioning(aggregate), () -> Optional.of(new AccumulatorCombiner(accumulation)));
        lead(aggregate.input(), ShuffleExit.accumulating(edge, keyType, accumulation));
        return new AggregateRoot(aggregate.label(), edge, keyType, accumulation);
    }

    private Partitioning partitioning(Aggregate aggregate) {
        PublishTarget target = copartitioned.get(aggregate);
        if (target != null) {
            return Partitioning.of(target.session().partitioner());
        }
        return aggregate.spread() == Aggregate.Spread.ONE_PARTITION
                ? Partitioning.byHash(1)
                : Partitioning.byHash(run.layout().shufflePartitions());
    }

    private Edge edge(Partitioning partitioning, Supplier<Optional<Combiner>> combiner) {
        Edge edge = new Edge(edges.size(), partitioning, combiner);
        edges.add(edge);
        return edge;
    }

    private Edge plainEdge() {
        return edge(Partitioning.byHash(run.layout().shufflePartitions()), Optional::empty);
    }

    private void lead(Node node, Exit exit) {
        stagesOf(node).forEach(stage -> stage.add(node, exit));
    }
}
