/**
 * The real server for the tests: the built jar on a free port and a data folder of its own, with the imported listings
 * where the data is at hand. IHOME_E2E_URL, IHOME_E2E_OUTBOX and IHOME_E2E_CLOCK name a server that runs already, its
 * outbox and its clock file.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { moved, START } from './start';

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
    outbox: string;
    /** The file that moves the server's clock; empty where the server is somebody else's. */
    clock: string;
    /** Milliseconds between the machine's time and the tests'. */
    offset: number;
    listings: boolean;
  }
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
/** One guest books the same house again and again. */
const MANY_ORDERS = [
  '--limit-orders-open-per-account',
  '100',
  '--limit-orders-open-per-account-and-house',
  '100',
  '--limit-nights-held-per-account',
  '1000',
  '--limit-orders-expired-per-account-week',
  '100',
];
const READY = /ready (http:\S+)/;

const java = () =>
  process.env.IHOME_E2E_JAVA ?? (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java');
const JAR = ['-jar', path('../../server/target/ihome-server.jar')];

/** Runs a command of the launcher's on the data folder of the tests' server, as an operator would; gives what it prints. */
export async function command(clock: string, ...words: string[]): Promise<string> {
  return (await promisify(execFile)(java(), [...JAR, ...words, '--data', dirname(clock)])).stdout;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { IHOME_E2E_URL: url, IHOME_E2E_OUTBOX: outbox } = process.env;
  if (url && outbox) {
    project.provide('url', url);
    project.provide('outbox', outbox);
    project.provide('clock', process.env.IHOME_E2E_CLOCK ?? '');
    project.provide('offset', 0);
    project.provide('listings', true);
    return async () => {};
  }
  const data = mkdtempSync(join(tmpdir(), 'ihome-e2e-'));
  const listings = path('../../../shared/data/beijing-listings.csv');
  const known = existsSync(listings);
  if (known) await promisify(execFile)(java(), [...JAR, 'import', listings, '--data', data]);
  else console.log('skipped: no listings at ../shared/data, pages are tested on published houses only');
  const offset = START - Date.now();
  const { url: started, stop } = await startServer(data, offset);
  project.provide('url', started);
  project.provide('outbox', join(data, 'outbox.jsonl'));
  project.provide('clock', join(data, 'clock'));
  project.provide('offset', offset);
  project.provide('listings', known);
  return async () => {
    await stop();
    rmSync(data, { recursive: true, force: true });
  };
}

/** Runs a server on a data folder, with its clock so far from the machine's, until it is stopped. */
export async function startServer(
  data: string,
  offset: number,
  ...options: string[]
): Promise<{ url: string; outbox: string; stop: () => Promise<void> }> {
  writeFileSync(join(data, 'clock'), moved(offset));
  const server = spawn(java(), [...JAR, 'run', '--dev', '--port', '0', '--data', data, ...MANY_ORDERS, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    url: await ready(server),
    outbox: join(data, 'outbox.jsonl'),
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function ready(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const match = READY.exec(text);
      if (match?.[1]) resolve(match[1].replace(/\/$/, ''));
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
}
