/**
 * Everything that can be read over HTTP. Nothing here can decrypt a role reference or assume a
 * role.
 */
@NullMarked
package io.cloudoperator.query;

import org.jspecify.annotations.NullMarked;
