// Flags: which of them single APIs have, and where in the AWS Management Console the owner of an account sees for themselves.

/** Flags that single APIs have. */
export const OF_APIS = ['routes_without_authorization', 'endpoint_bypasses_domain', 'wildcard_cors_with_credentials', 'function_url_without_authorization', 'graphql_api_key', 'tls_below_1_2',
  'http_listener_without_redirect', 'default_endpoint_on', 'no_access_logs', 'no_throttling', 'stage_without_deployment', 'deployed_long_ago'];

// As Partitions.java has them.
/** @type {[prefix: string, host: string][]} */
const HOSTS = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
  ['eusc-', 'console.amazonaws-eusc.eu'],
];

const INSTANCES = ['ec2/home', '#Instances:'];
const APIS = ['apigateway/main/apis', ''];

/**
 * Where what a flag speaks of is listed.
 * @type {Record<string, string[]>}
 */
const PAGES = {
  imdsv1_allowed: INSTANCES,
  public_ipv4: INSTANCES,
  launch_wizard_group: ['ec2/home', '#SecurityGroups:'],
  no_instance_profile: INSTANCES,
  previous_generation: INSTANCES,
  stopped_over_30_days: INSTANCES,
  running_over_one_year: INSTANCES,
  sparse_regions: INSTANCES,
  function_url_without_authorization: ['lambda/home', '#/functions'],
  graphql_api_key: ['appsync/home', '#/apis'],
  http_listener_without_redirect: ['ec2/home', '#LoadBalancers:'],
  permission_drift: ['iam/home', '#/roles'],
  no_trail_of_all_regions: ['cloudtrailv2/home', '#/trails'],
  default_endpoint_on: APIS,
  no_access_logs: APIS,
  no_throttling: APIS,
  stage_without_deployment: APIS,
  deployed_long_ago: APIS,
};

/** @param {string} region */
const host = region => HOSTS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'console.aws.amazon.com';

/**
 * The console's page of a region where a flag can be looked at.
 * @param {string} flag its kind
 * @param {string} region
 * @returns {string | null} null where there is no one such page
 */
export const consolePage = (flag, region) => {
  const page = PAGES[flag];
  if (page === undefined || !/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) {
    return null;
  }
  const [path, hash] = page;
  return `https://${region}.${host(region)}/${path}?region=${region}${hash}`;
};
