// openapi.yaml, and whether an exchange keeps to it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';

export const FILE = fileURLToPath(new URL('../../../openapi.yaml', import.meta.url));

/** @typedef {any} Node a part of the document */
/** @typedef {{ id: string, method: string, path: string, pattern: RegExp, secured: boolean, operation: Node, responses: Record<string, Node> }} Operation */

/** @type {Node} */
export const contract = parse(readFileSync(FILE, 'utf8'));

/** What a reference leads to, or the node itself. @param {Node} node @returns {Node} */
export const resolved = node => {
  if (node?.$ref === undefined) {
    return node;
  }
  return resolved(node.$ref.slice(2).split('/').reduce((/** @type {Node} */ at, /** @type {string} */ name) => at?.[unescaped(name)], contract));
};

/** @param {string} name of a JSON pointer */
const unescaped = name => name.replaceAll('~1', '/').replaceAll('~0', '~');

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** @type {Operation[]} */
export const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  METHODS.filter(method => item[method] !== undefined).map(method => ({
    id: item[method].operationId,
    method: method.toUpperCase(),
    path,
    // The variable `path` has slashes in it.
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace('{path}', '.+').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    secured: (item[method].security ?? contract.security).length > 0,
    operation: item[method],
    responses: Object.fromEntries(Object.entries(item[method].responses).map(([status, response]) => [status, resolved(response)])),
  })),
);

/**
 * The operation of a request; those with fewer variables come first.
 * @param {string} method
 * @param {string} path without its query
 */
export const operationOf = (method, path) =>
  operations.filter(each => each.method === method && each.pattern.test(path)).sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];

/**
 * A copy in which objects have no members but those that are named: callers must expect more, and tests must not.
 * @param {Node} node
 * @returns {Node}
 */
const closed = node => {
  if (Array.isArray(node)) {
    return node.map(closed);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, name === 'example' || name === 'examples' ? value : closed(value)]));
  if (copy.properties !== undefined && typeof copy.properties === 'object' && copy.type === 'object' && copy.additionalProperties === undefined) {
    copy.additionalProperties = false;
  }
  return copy;
};

const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: false });
/** @type {any} */ (formats)(ajv);
ajv.addSchema(closed(contract), 'contract');

/** @type {Map<string, import('ajv').ValidateFunction>} */
const validators = new Map();

/**
 * What is wrong with a value, in words; empty if nothing is.
 * @param {string} pointer to the schema, within openapi.yaml
 * @param {unknown} value
 * @returns {string[]}
 */
export const wrongs = (pointer, value) => {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `contract#${pointer}` });
  validators.set(pointer, validate);
  return validate(value) ? [] : (validate.errors ?? []).map(e => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`);
};

/** @param {...string} names */
export const pointer = (...names) => names.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * Where the schema of an answer is, references followed.
 * @param {Operation} operation
 * @param {string} status
 * @param {string} type
 */
export const schemaOf = (operation, status, type) => {
  const response = operation.operation.responses[status];
  const base = response.$ref === undefined ? pointer('paths', operation.path, operation.method.toLowerCase(), 'responses', status) : response.$ref.slice(1);
  return `${base}${pointer('content', type, 'schema')}`;
};

const OF_THE_CONNECTION = ['content-length', 'date', 'connection', 'keep-alive', 'transfer-encoding'];

/**
 * Whether the introduction says of a header that it may be with every answer.
 * @param {string} name
 */
const isGeneral = name => OF_THE_CONNECTION.includes(name) || contract.info.description.includes(`\`${name}\``);

/**
 * How an answer differs from what the contract says of it.
 * @param {string} method
 * @param {string} path with its query
 * @param {{ status: number, headers: Headers, text: string }} answer
 * @returns {string[]}
 */
export const differences = (method, path, { status, headers, text }) => {
  const operation = operationOf(method, path.split('?')[0]);
  if (operation === undefined) {
    return ['there is no such operation'];
  }
  const response = operation.responses[status];
  if (response === undefined) {
    return [`${status} is not documented`];
  }
  const type = (headers.get('content-type') ?? '').split(';')[0].trim();
  const declared = response.content?.[type];
  const undocumented = [...headers.keys()].filter(name => !isGeneral(name) && response.headers?.[name] === undefined).map(name => `header ${name} is not documented`);
  const absent = Object.entries(response.headers ?? {}).filter(([name, header]) => resolved(header).required && !headers.has(name)).map(([name]) => `header ${name} is missing`);
  if (declared === undefined) {
    return [...undocumented, ...absent, `${status} as ${type} is not documented`];
  }
  const schema = resolved(declared.schema);
  const body = schema.type === 'string' ? text : JSON.parse(text);
  return [...undocumented, ...absent, ...wrongs(schemaOf(operation, String(status), type), body)];
};

/**
 * The examples of a media type, by their names.
 * @param {Node} media
 * @returns {[string, any][]}
 */
export const examplesOf = media => [
  ...(media.example === undefined ? [] : [/** @type {[string, any]} */ (['example', media.example])]),
  ...Object.entries(media.examples ?? {}).map(([name, example]) => /** @type {[string, any]} */ ([name, resolved(example).value])),
];
