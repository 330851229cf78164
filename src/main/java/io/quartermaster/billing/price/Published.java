package io.quartermaster.billing.price;

/**
 * A price in a book.
 *
 * @param book whose: a tenant's name, or {@link Prices#DEFAULT}
 * @param version counts the prices of a book, from 1
 */
public record Published(String book, int version, Price price) {}
