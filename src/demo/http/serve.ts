import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BASE_PATH } from '../../contract/version';
import { fileStorage } from '../records/fileStorage';
import { createDemoServer } from './handler';
import { serveHttp } from './httpServer';
import { seedDemo } from '../seed/seedDemo';

/** What `npm run -s serve` asks for. */
export interface ServeOptions {
  port: number;
  /** Folder to keep the boards in; absent = in memory. */
  data?: string;
  /** Of the first board, when it is made anew. */
  cards?: number;
  onWarning: (message: string) => void;
}

export interface Served {
  url: string;
  /** Of the user with all rights; good as long as the server runs. */
  token: string;
  login: string;
  password: string;
  /** Ends what is under way and saves it. */
  stop: () => Promise<void>;
}

/**
 * Runs the demo as an HTTP server in this process.
 * @throws Error with one sentence when the folder or the port cannot be had
 */
export async function serve({ port, data, cards, onWarning }: ServeOptions): Promise<Served> {
  const storage =
    data === undefined ? undefined : fileStorage(join(writableFolder(data), 'boards.json'), { onWarning });
  const seed = (now: Date) => seedDemo(now, { ...(cards !== undefined && { cards }) });
  const demo = createDemoServer({ seed, onWarning, ...(storage && { storage }) });
  const http = await serveHttp(demo, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new Error(`Port ${port} is in use: choose another with --port, or leave it out.`);
    if (error.code === 'EACCES')
      throw new Error(`Port ${port} may not be used by this user: choose one above 1023.`);
    throw error;
  });
  // Makes the boards now, not when the first request waits.
  const { ok } = await demo.fetch(`${http.url}${BASE_PATH}/health`);
  if (!ok) throw new Error(`The boards${data === undefined ? '' : ` in ${data}`} cannot be read or saved.`);
  const [login, password] = ['dev@example.com', 'demo'];
  return {
    url: http.url,
    token: demo.issueToken(login),
    login,
    password,
    async stop() {
      await http.close();
      await demo.flush();
      demo.dispose();
    },
  };
}

function writableFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return path;
  } catch (error) {
    throw new Error(`The folder ${path} cannot be written to (${(error as NodeJS.ErrnoException).code}).`);
  }
}
