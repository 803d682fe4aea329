import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureNginx } from '../../scripts/lib/nginx.mjs';
import { run } from '../../scripts/lib/run.mjs';

export const root = join(__dirname, '..', '..');

export interface RunningNginx {
  httpPort: number;
  httpsPort: number;
  /** The certificate that a client must trust. */
  certificate: string;
  /** A file that holds it. */
  certificateFile: string;
  accessLog(): Promise<string>;
  stop(): Promise<void>;
}

/** Where Odoo is, and whatever else of `taskboard.env` a test wants otherwise. */
export type Settings = Record<`TASKBOARD_${string}`, string>;

/** A folder as /etc/nginx is, with the files that render.sh writes and a certificate for localhost. */
export async function renderedNginx(settings: Settings): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'taskboard-nginx-'));
  const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await run('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', certificate]);
  const env = {
    ...process.env,
    TASKBOARD_TLS_CERTIFICATE: certificate,
    TASKBOARD_TLS_KEY: key,
    TASKBOARD_NGINX_LOG: join(dir, 'access.log'),
    ...settings,
  };
  await run(join(root, 'deploy', 'nginx', 'render.sh'), [dir], { env });
  await writeFile(join(dir, 'nginx.conf'), mainFile(dir));
  return dir;
}

/** What Debian's and the image's nginx.conf do, for a folder of any user. */
function mainFile(dir: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off;
    worker_processes 1;
    pid ${dir}/nginx.pid;
    error_log stderr notice;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${dir}/${name};`).join('\n      ')}
      include ${dir}/conf.d/*.conf;
    }
  `;
}

/** The command line for the nginx of a folder. */
export const inFolder = (dir: string): string[] => ['-p', dir, '-c', join(dir, 'nginx.conf')];

/** Starts the real nginx as it is shipped, on loopback and two free ports. @throws Unavailable where there is none */
export async function startNginx(settings: Settings): Promise<RunningNginx> {
  const nginx = await ensureNginx();
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const dir = await renderedNginx({
    TASKBOARD_SERVER_NAME: 'localhost',
    TASKBOARD_HTTP_LISTEN: `127.0.0.1:${httpPort}`,
    TASKBOARD_HTTPS_LISTEN: `127.0.0.1:${httpsPort}`,
    TASKBOARD_HTTPS_SUFFIX: `:${httpsPort}`,
    ...settings,
  });
  const child = spawn(nginx, inFolder(dir), { stdio: ['ignore', 'ignore', 'pipe'] });
  await started(child);
  const certificateFile = join(dir, 'certificate.pem');
  return {
    ...{ httpPort, httpsPort, certificateFile },
    certificate: await readFile(certificateFile, 'utf8'),
    accessLog: () => readFile(join(dir, 'access.log'), 'utf8'),
    async stop() {
      const ended = once(child, 'exit');
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Resolves when its worker runs; rejects with what it said when it ends instead. */
async function started(child: ChildProcess): Promise<void> {
  if (!child.stderr) throw new Error('nginx has no standard error');
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    if (line.includes('start worker process ')) {
      child.stderr.resume();
      return;
    }
  }
  throw new Error(`nginx did not start:\n${said.join('\n')}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
