/**
 * The typed client: an operation of the contract by its name, its parameters checked by the compiler, its data out.
 * Every failure is an {@link ApiError}; there is no other way for a call to end badly.
 */
import { operations as table } from '#api/operations';
import type { components, operations } from '#api/schema';
import { waiting } from './slow';

/** `total`: of the stay searched for, in fen and without the deposit; only a search with dates tells it, and not every server. */
export type BasicHouse = components['schemas']['BasicHouse'] & {
  capacity?: number;
  beds?: string;
  rating?: number | null;
  rating_count?: number;
  total?: number;
};
export type FullHouse = components['schemas']['FullHouse'] & { latitude?: number | null; longitude?: number | null };
export type NewHouse = components['schemas']['NewHouse'];
export type OwnHouse = components['schemas']['EditableHouse'];
export type HouseEdit = components['schemas']['HouseEdit'];
export type User = components['schemas']['User'];
export type ListedOrder = components['schemas']['ListedOrder'];
export type FullOrder = components['schemas']['FullOrder'];
export type Quote = components['schemas']['Quote'];
export type Refund = components['schemas']['Refund'];
export type Verification = components['schemas']['Verification'];
export type Session = components['schemas']['Session'];

export type Operation = keyof typeof table & keyof operations;
type Parameters<O extends Operation> = operations[O]['parameters'];
type Answers<O extends Operation> = operations[O]['responses'][200] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;
type Sent<O extends Operation> = operations[O] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? Body
  : undefined;
type DataOf<Body> = Body extends { errno: '0' | 0 } ? (Body extends { data: infer Data } ? Data : void) : never;

/** What an operation gives when it succeeds. */
export type Data<O extends Operation> = DataOf<Answers<O>>;

export interface Call<O extends Operation> {
  path?: Parameters<O>['path'];
  query?: Parameters<O>['query'];
  body?: Sent<O>;
  signal?: AbortSignal;
  /** Further headers, such as an Idempotency-Key. */
  headers?: Record<string, string>;
  /** Nobody waits for the answer: a slow one is not worth a word. */
  quiet?: boolean;
}

/** `offline`: no answer at all; `broken`: an answer that is none of ours. The others are the contract's. */
export type Errno = components['schemas']['Failure']['errno'] | 'offline' | 'broken' | 'cancelled';

export class ApiError extends Error {
  constructor(
    readonly errno: Errno,
    message: string,
    /** Seconds until another try makes sense, where the server told. */
    readonly retryAfter?: number,
    /** Key of the request's field that was refused, where the server told. */
    readonly field?: string,
    /** What else the server told of it. */
    readonly data?: unknown,
  ) {
    super(message);
  }
}

export const SESSION_ENDED: Errno = '4101';
const listeners = new Set<() => void>();

/** Calls back whenever the server says that nobody is logged in (any more), until the function it gives is called. */
export function onSessionEnded(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const writers = new Set<() => void>();

/** Calls back whenever something was written. */
export function onWritten(listener: () => void): void {
  writers.add(listener);
}

export async function call<O extends Operation>(name: O, options: Call<O> = {}): Promise<Data<O>> {
  const [method, pattern] = table[name];
  const address = addressOf(pattern, options.path as Values, options.query as Values);
  const { data } = await send<Data<O>>(method, address, options.body, options.signal, options.headers, options.quiet);
  if (method !== 'GET') writers.forEach((listener) => listener());
  return data;
}

/** The same, with the answer's headers. */
export async function callWithHeaders<O extends Operation>(
  name: O,
  options: Call<O> = {},
): Promise<{ data: Data<O>; headers: Headers }> {
  const [method, pattern] = table[name];
  const address = addressOf(pattern, options.path as Values, options.query as Values);
  return send<Data<O>>(method, address, options.body, options.signal, options.headers);
}

type Values = Record<string, string | number | undefined> | undefined;

export function addressOf(pattern: string, path: Values, query: Values): string {
  const filled = pattern.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(path?.[key] ?? '')));
  const pairs = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value)).replaceAll('%2C', ',')}`);
  return pairs.length ? `${filled}?${pairs.join('&')}` : filled;
}

export async function send<T>(
  method: string,
  address: string,
  body?: unknown,
  signal?: AbortSignal,
  more?: Record<string, string>,
  quiet = false,
): Promise<{ data: T; headers: Headers }> {
  let response: Response;
  let answer: unknown;
  const wait = quiet ? undefined : waiting(signal, method === 'GET');
  try {
    const init: RequestInit = {
      method,
      headers: { Accept: 'application/json', ...more },
      signal: wait?.signal ?? signal,
    };
    if (body instanceof FormData) {
      init.body = body;
    } else if (body !== undefined) {
      init.headers = { ...init.headers, 'Content-Type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    response = await fetch(address, init);
    answer = await response.json();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw new ApiError('cancelled', 'cancelled');
    throw new ApiError(cause instanceof SyntaxError ? 'broken' : 'offline', String(cause));
  } finally {
    wait?.over();
  }
  return { data: dataOf<T>(answer, response.headers), headers: response.headers };
}

/** Opens the envelope, or throws what it says. */
export function dataOf<T>(answer: unknown, headers: Headers): T {
  const envelope = answer as { errno?: unknown; errmsg?: unknown; data?: unknown } | null;
  if (envelope === null || typeof envelope !== 'object' || envelope.errno === undefined) {
    throw new ApiError('broken', 'not an answer of this server');
  }
  const errno = String(envelope.errno);
  if (errno === '0') return envelope.data as T;
  const wait = Number(headers.get('Retry-After'));
  if (errno === SESSION_ENDED && envelope.errmsg !== 'false') listeners.forEach((listener) => listener());
  const field = (envelope.data as { field?: unknown } | null | undefined)?.field;
  throw new ApiError(
    errno as Errno,
    String(envelope.errmsg),
    wait > 0 ? wait : undefined,
    typeof field === 'string' ? field : undefined,
    envelope.data,
  );
}

/** Uploads one picture; `progress` hears fractions from 0 to 1. */
export function upload<T>(
  address: string,
  field: string,
  picture: Blob,
  progress: (fraction: number) => void = () => {},
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError('offline', 'no answer'));
    request.onabort = () => reject(new ApiError('cancelled', 'cancelled'));
    request.onload = () => {
      try {
        const wait = request.getResponseHeader('Retry-After');
        resolve(dataOf<T>(JSON.parse(request.responseText), new Headers(wait ? { 'Retry-After': wait } : {})));
      } catch (failure) {
        reject(failure instanceof ApiError ? failure : new ApiError('broken', String(failure)));
      }
    };
    signal?.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append(field, picture, 'picture.jpg');
    request.send(form);
  });
}
