package io.cloudoperator.call;

/**
 * An item of a list that could not be read, while the others were.
 *
 * @param item as AWS names it: the id of an API, the name of a function or of a domain
 * @param code AWS's error code, or one of our own where no answer came
 */
public record UnreadItem(String item, Reading.Reason reason, String code) {}
