// The whole backend on this machine, as `./cloudoperator serve` starts it, for the tests to talk to.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// Another command line that takes the same arguments, such as one that runs classes that an IDE has compiled.
const COMMAND = process.env.CLOUDOPERATOR ?? fileURLToPath(new URL('../../../cloudoperator', import.meta.url));

/** @typedef {Awaited<ReturnType<typeof serve>>} Backend */

/**
 * Starts it on a free port, and waits for its address.
 * @param {string[]} options of `serve`
 * @param {Record<string, string>} [environment]
 */
export const serve = async (options = [], environment = {}) => {
  const process_ = spawn(COMMAND, ['serve', '--port', '0', '--log', 'off', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let complaints = '';
  process_.stderr.on('data', text => (complaints += text));
  /** @type {Record<string, string>} */
  const said = {};
  const lines = createInterface({ input: process_.stdout });
  for await (const line of lines) {
    const [, name, value] = /^(url|token|console): (\S+)$/.exec(line) ?? [];
    if (name !== undefined) {
      said[name] = value;
    }
    if (said.console !== undefined) {
      break;
    }
  }
  process_.stdout.resume();
  if (said.console === undefined) {
    throw new Error(`serve has ended: ${complaints}`);
  }
  const { url, token } = said;

  /**
   * Asks the API as a program does.
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  const ask = (method, path, body) =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  /**
   * The JSON of an answer that must be a success.
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<any>}
   */
  const json = async (method, path, body) => {
    const answer = await ask(method, path, body);
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer.json();
  };

  /**
   * A connection whose role is proven.
   * @param {string} name
   * @param {'minimal' | 'audit'} [tier]
   * @returns {Promise<string>} its id
   */
  const connect = async (name, tier = 'minimal') => {
    const { id, externalId } = await json('POST', '/connections', { name, tier });
    const { roleArn } = await json('POST', '/local/launch', { externalId, tier });
    await json('PUT', `/connections/${id}/role`, { roleArn });
    return id;
  };

  /**
   * Waits for the end of a scan.
   * @param {string} id of the connection
   * @param {string} scanId
   * @returns {Promise<any>} the scan
   */
  const ended = async (id, scanId) => {
    for (;;) {
      const scan = await json('GET', `/connections/${id}/scans/${scanId}`);
      if (scan.status !== 'running') {
        return scan;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  };

  /**
   * Scans, to the end.
   * @param {string} id of the connection
   * @returns {Promise<any>} the scan
   */
  const scan = async id => ended(id, (await json('POST', `/connections/${id}/scans`)).scanId);

  const stop = async () => {
    if (process_.exitCode === null) {
      const ended = once(process_, 'exit');
      process_.kill('SIGTERM');
      await ended;
    }
  };

  return { url, token, console: said.console, ask, json, connect, scan, ended, stop };
};
