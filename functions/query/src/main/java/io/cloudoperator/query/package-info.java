/**
 * Everything that can be read over HTTP: the routes, and what is found in the tables. Nothing here
 * can decrypt a role reference or assume a role.
 */
@NullMarked
package io.cloudoperator.query;

import org.jspecify.annotations.NullMarked;
