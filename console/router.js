// Addresses of the pages: the fragment, as `#/connections/con-1/apis?exposure=public`. Fragments never reach a server or its logs.
// And signals, values that belong to no page, such as where we are and who looks: when one changes, what is shown is drawn anew.

/** @type {() => void} */
let draw = () => {};

let due = false;

/** Draws once for all that changes together, and never from within a drawing. */
const changed = () => {
  if (!due) {
    due = true;
    queueMicrotask(() => {
      due = false;
      draw();
    });
  }
};

/** @param {() => void} listener what draws */
export const onChange = listener => {
  draw = listener;
};

/**
 * @template T
 * @param {T} initial
 * @returns {{ value: T }}
 */
export const signal = initial => {
  let current = initial;
  return {
    get value() {
      return current;
    },
    set value(next) {
      current = next;
      changed();
    },
  };
};

/** @typedef {{ path: string, query: URLSearchParams }} Place */

/** @returns {Place} */
const read = () => {
  const [path, query] = location.hash.replace(/^#/, '').split('?');
  return { path: path || '/', query: new URLSearchParams(query) };
};

/** Where we are. */
export const place = signal(read());

addEventListener('hashchange', () => {
  place.value = read();
});

/**
 * Another address for this page, without a step in the browser's history.
 * @param {string} path with its query, if it has one
 */
export const replace = path => {
  history.replaceState(null, '', `/console#${path}`);
  place.value = read();
};

/** @param {string} path with its query, if it has one */
export const go = path => {
  location.hash = path;
};

/**
 * Changes the query of this page, without a step in the browser's history.
 * @param {Record<string, string>} changes empty values are left out
 */
export const filter = changes => {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  replace(`${place.value.path}${text === '' ? '' : `?${text}`}`);
};

/**
 * The ids of a path that a pattern names, as `/connections/:id`; null if it is another path.
 * @param {string} pattern
 * @param {string} path
 * @returns {Record<string, string> | null}
 */
export const match = (pattern, path) => {
  const names = pattern.split('/');
  const parts = path.split('/');
  if (names.length !== parts.length) {
    return null;
  }
  /** @type {Record<string, string>} */
  const found = {};
  for (const [i, name] of names.entries()) {
    if (name.startsWith(':')) {
      // An id alone: in the address of a request, `..` would lead to another route.
      if (!/^[\w-]+$/.test(parts[i])) {
        return null;
      }
      found[name.slice(1)] = parts[i];
    } else if (name !== parts[i]) {
      return null;
    }
  }
  return found;
};
