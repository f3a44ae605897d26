/**
 * What an AWS account's owner agrees to: the connection, its role and the proof that only we can
 * assume it.
 */
@NullMarked
package io.cloudoperator.connection;

import org.jspecify.annotations.NullMarked;
