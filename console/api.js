// The HTTP API of openapi.yaml.
import { useCallback, useEffect, useRef, useState } from './vendor/preact.js';
import { expire, session, signIn } from './session.js';

/** @typedef {import('./types/api.d.ts').components['schemas']} Schemas */

/** A refusal of the API (RFC 9457), or none of its answers. */
export class Problem extends Error {
  /**
   * @param {number} status 0: nothing answered
   * @param {Record<string, any>} members
   */
  constructor(status, members) {
    super(members.detail ?? members.title ?? members.message ?? `The API answered ${status}.`);
    this.status = status;
    /** @type {string} */
    this.title = members.title ?? 'That did not work';
    /** @type {string} */
    this.code = members.code ?? '';
    /** @type {string | undefined} */
    this.field = members.field;
    /** @type {boolean} */
    this.retryable = members.retryable === true || status === 0 || status === 429;
    this.members = members;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{ body?: unknown, headers?: Record<string, string>, signal?: AbortSignal }} [options]
 * @returns {Promise<Response>} one that is not a refusal
 * @throws {Problem} for all others
 */
const ask = async (method, path, { body, headers = {}, signal } = {}) => {
  /** @type {Record<string, string>} */
  const sent = { accept: 'application/json', ...headers };
  if (session.value !== null) {
    sent.authorization = `Bearer ${session.value.token}`;
  }
  if (body !== undefined) {
    sent['content-type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(path, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), signal, cache: 'no-store' });
  } catch (e) {
    if (signal?.aborted) {
      throw e;
    }
    throw new Problem(0, { title: 'No answer', detail: 'The API does not answer. Is it running, and are you online?' });
  }
  if (response.ok) {
    return response;
  }
  const members = await response.json().catch(() => ({}));
  if (response.status === 401) {
    expire();
  } else if (members.code === 'sign_in_again') {
    await signIn({ fresh: true });
  }
  throw new Problem(response.status, members);
};

/**
 * @param {string} method
 * @param {string} path
 * @param {Parameters<typeof ask>[2]} [options]
 * @returns {Promise<any>} the answer's JSON
 */
const json = async (method, path, options) => (await ask(method, path, options)).json();

export const api = {
  /** @param {string} path @param {Parameters<typeof ask>[2]} [options] */
  get: (path, options) => json('GET', path, options),
  /** @param {string} path @param {unknown} [body] @param {Parameters<typeof ask>[2]} [options] */
  post: (path, body, options) => json('POST', path, { ...options, body }),
  /** @param {string} path @param {unknown} [body] */
  put: (path, body) => json('PUT', path, { body }),
  /** @param {string} path */
  delete: path => json('DELETE', path),
  /** A report or another document, as bytes. @param {string} path */
  blob: async path => (await ask('GET', path)).blob(),
};

/**
 * The connection that a proof was asked of, once its role is proven; it is looked at again while AWS refuses the role and the API tries it.
 * @param {string} id
 * @param {Promise<Schemas['Connection']>} asked
 * @param {(refused: Problem) => boolean} [goOn] whether to look again
 * @returns {Promise<Schemas['Connection']>}
 */
export const proven = async (id, asked, goOn = () => true) => {
  for (let connection = await asked; ; connection = await api.get(`/connections/${id}`)) {
    const { verification } = connection;
    if (!verification) {
      return connection;
    }
    const problem = new Problem(verification.problem.status, verification.problem);
    if (verification.status === 'failed' || !goOn(problem)) {
      throw problem;
    }
    await new Promise(wait => setTimeout(wait, 3_000));
  }
};

/** @template T @typedef {{ data: T | null, problem: Problem | null, reload: () => void }} Answer */

/**
 * What a GET answers, for a component; again whenever its path changes, and every so many milliseconds if asked.
 * @template T
 * @param {string | null} path null: nothing is asked yet
 * @param {(data: T) => number | null} [again] the milliseconds after which to ask again; null for no more
 * @param {(path: string, options: { signal: AbortSignal }) => Promise<any>} [get] asks for it, where that is more than one request
 * @returns {Answer<T>}
 */
export const useApi = (path, again, get = api.get) => {
  const [answer, setAnswer] = useState(/** @type {{ path: string, data: T | null, problem: Problem | null } | null} */ (null));
  const [round, setRound] = useState(0);
  const next = useRef(again);
  next.current = again;
  useEffect(() => {
    if (path === null) {
      return;
    }
    const stopped = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const load = async () => {
      try {
        const data = /** @type {T} */ (await get(path, { signal: stopped.signal }));
        setAnswer({ path, data, problem: null });
        const wait = next.current?.(data) ?? null;
        if (wait !== null) {
          timer = setTimeout(load, wait);
        }
      } catch (e) {
        if (!stopped.signal.aborted && e instanceof Problem) {
          const problem = e;
          setAnswer(before => ({ path, data: before?.path === path ? before.data : null, problem }));
          if (problem.retryable && next.current !== undefined) {
            timer = setTimeout(load, 3_000);
          }
        }
      }
    };
    load();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [path, round]);
  const reload = useCallback(() => setRound(n => n + 1), []);
  const current = answer?.path === path ? answer : null;
  return { data: current?.data ?? null, problem: current?.problem ?? null, reload };
};

/**
 * What people ask for: whether it goes on, and why it was refused.
 * @template {any[]} A
 * @param {(...given: A) => Promise<unknown>} act
 * @returns {{ busy: boolean, problem: Problem | null, run: (...given: A) => Promise<void>, forget: () => void }}
 */
export const useAct = act => {
  const [state, setState] = useState({ busy: false, problem: /** @type {Problem | null} */ (null) });
  const forget = () => setState({ busy: false, problem: null });
  const run = async (/** @type {A} */ ...given) => {
    setState({ busy: true, problem: null });
    try {
      await act(...given);
      forget();
    } catch (e) {
      if (!(e instanceof Problem)) {
        throw e;
      }
      setState({ busy: false, problem: e });
    }
  };
  return { ...state, run, forget };
};

/**
 * All pages of a list that is paged by `next`.
 * @param {string} path with its query, if it has one
 * @param {string} member of the answer that holds the items
 * @param {number} [most] items
 * @returns {Promise<{ items: any[], more: boolean }>}
 */
export const pages = async (path, member, most = 5_000) => {
  const items = [];
  let next = '';
  do {
    const page = await api.get(next === '' ? path : `${path}${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(next)}`);
    items.push(...page[member]);
    next = page.next ?? '';
  } while (next !== '' && items.length < most);
  return { items, more: next !== '' };
};
