/** The APIs of an account: who can reach them and how, what is wrong, and what has changed. */
@NullMarked
package io.cloudoperator.apis;

import org.jspecify.annotations.NullMarked;
