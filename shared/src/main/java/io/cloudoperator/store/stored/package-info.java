/**
 * The forms in which the tables hold what is stored, their versions, and the reading of JSON that
 * another release wrote. Knows no table and no key.
 */
@NullMarked
package io.cloudoperator.store.stored;

import org.jspecify.annotations.NullMarked;
