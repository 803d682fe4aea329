// Packages of Debian's unstable suite, unpacked into a folder of their own: the system itself never sees the suite.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { withLock } from '../cache.mjs';
import { log } from '../log.mjs';
import { run } from '../run.mjs';
import { Unavailable } from '../unavailable.mjs';
import { rigHome } from './home.mjs';

/** Python packages that Odoo 18 and 19 and the addon import, all in the stable suite. */
export const pythonPackages = (
  'asn1crypto babel bs4 cbor2 chardet cryptography dateutil decorator docutils freezegun geoip2 gevent greenlet idna ' +
  'jinja2 jsonschema ldap libsass linkify-it lxml magic markdown-it markupsafe num2words ofxparse openpyxl openssl passlib pil ' +
  'polib prometheus-client psutil psycopg2 pypdf pypdf2 qrcode renderpm reportlab requests rjsmin serial stdnum tz ' +
  'urllib3 usb vobject werkzeug xlrd xlsxwriter xlwt zeep'
)
  .split(' ')
  .map((name) => `python3-${name}`);

/** What the links of the unpacked Odoo package point to. */
export const linkedPackages = ['libjs-jquery', 'libjs-jquery-form', 'libjs-underscore'];

/**
 * Downloads a package of the unstable suite and unpacks it into `dir`; its version is left in `dir/VERSION`. A version
 * other than the pinned one is taken, and said.
 * @param {string} name
 * @param {string | undefined} pinned
 * @param {string} dir empty
 */
export async function unpackUnstable(name, pinned, dir) {
  const home = await rigHome();
  await withLock(join(home, 'unstable.lock'), async () => {
    const options = await unstableOptions(join(home, 'unstable'));
    await run('apt-get', [...options, '-q', 'update']);
    const policy = await run('apt-cache', [...options, 'policy', name]);
    const version = /Candidate: (\S+)/.exec(policy)?.[1] ?? '(none)';
    if (version === '(none)')
      throw new Unavailable('odoo', `Debian's unstable suite has no package ${name} now.`);
    if (pinned !== undefined && pinned !== version)
      log(
        `Debian has moved on from ${name} ${pinned}: taking ${version}. Put it into versions.json once it is tried.`,
      );
    log(`downloading ${name} ${version}`);
    await run('apt-get', [...options, '-q', 'download', name], { cwd: dir });
    for (const file of await readdir(dir)) {
      await run('dpkg', ['-x', file, dir], { cwd: dir });
      await rm(join(dir, file));
    }
    await mendLinks(dir, join(dir, 'usr'));
    await writeFile(join(dir, 'VERSION'), version);
  });
}

/** @param {string} dir for the lists and archives @returns {Promise<string[]>} options for apt */
async function unstableOptions(dir) {
  await mkdir(join(dir, 'lists', 'partial'), { recursive: true });
  await mkdir(join(dir, 'cache', 'archives', 'partial'), { recursive: true });
  const sources = join(dir, 'sources.list');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  await writeFile(sources, `deb [signed-by=${keyring}] ${await debianMirror()} sid main\n`);
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::Lists': join(dir, 'lists'),
    'Dir::Cache': join(dir, 'cache'),
    // apt's own download user may not enter this folder.
    'APT::Sandbox::User': 'root',
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

/** The address that this machine's own apt takes Debian's main suite from. */
async function debianMirror() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const codename = /^VERSION_CODENAME=(\S+)/m.exec(release)?.[1];
  if (!/^ID=debian$/m.test(release) || codename === undefined || !existsSync('/usr/bin/apt-get'))
    throw new Unavailable(
      'odoo',
      `Odoo 19 is taken from Debian's package, and this is not Debian. ${otherWays}`,
    );
  const targets = await run('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(RELEASE) $(COMPONENT)',
    'Created-By: Packages',
  ]);
  const line = targets.split('\n').find((target) => target.endsWith(` ${codename} main`));
  if (line === undefined)
    throw new Unavailable('odoo', `apt's sources name no mirror of Debian ${codename}. ${otherWays}`);
  return line.split(' ')[0];
}

/** What to do where Odoo cannot be had by itself. */
export const otherWays =
  'Set ODOO_SOURCE to a checkout of Odoo 18 or 19 on a Debian machine; on any other, `npm run odoo -- up` runs one in Docker, to sign in to.';

/**
 * Links that leave the package for files of other packages: pointed at the file where this machine has it.
 * The rest (fonts) stays dangling; Odoo runs without.
 * @param {string} top unpacked package
 * @param {string} dir
 */
async function mendLinks(top, dir) {
  for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = join(entry.parentPath ?? entry.path, entry.name);
    if (existsSync(link)) continue;
    const target = resolve(dirname(link), await readlink(link));
    const onSystem = target.startsWith(top) ? target.slice(top.length) : target;
    if (!existsSync(onSystem)) continue;
    await rm(link);
    await symlink(onSystem, link);
  }
}
