package io.quartermaster.engine;

/**
 * The transaction in which a pure handler writes. It commits together with the handler's checkpoint
 * or not at all. Projections get the one with SQL; sagas need neither.
 */
public sealed interface Tx permits SqlTx, MemoryTx {}
