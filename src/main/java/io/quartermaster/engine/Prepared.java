package io.quartermaster.engine;

import io.quartermaster.engine.Decided.Change;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.engine.wire.WireFamily.Stored;
import io.quartermaster.es.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A decided command in the form in which it is stored, prepared by its own caller so that one which
 * cannot be stored fails alone.
 *
 * @param streams the first change of each of its streams, in order
 * @param places of its streams among these, from 1
 * @param events of all its changes, in order
 * @param keys what no other command of the same transaction may share: its id and its streams
 */
record Prepared(
        Decided command,
        String metadata,
        List<Change> streams,
        Map<StreamId, Integer> places,
        List<Stored> events,
        Set<Object> keys) {

    static Prepared of(Decided command, Codec codec) {
        var streams = new LinkedHashMap<StreamId, Change>();
        var places = new LinkedHashMap<StreamId, Integer>();
        var events = new ArrayList<Stored>();
        for (var change : command.changes()) {
            streams.putIfAbsent(change.stream(), change);
            places.putIfAbsent(change.stream(), streams.size());
            for (var event : change.events()) events.add(codec.events().write(event));
        }
        var id = Stream.<Object>of(command.metadata().commandId());
        var keys = Stream.concat(id, streams.keySet().stream()).collect(Collectors.toSet());
        var metadata = codec.write(command.metadata());
        return new Prepared(command, metadata, List.copyOf(streams.values()), places, events, keys);
    }

    /** The place of one of its streams, from 1. */
    int place(StreamId stream) {
        return places.getOrDefault(stream, 0);
    }
}
