// Makes the typed client's tables from the contract: .generated/schema.d.ts (types) and .generated/operations.ts
// (method and path of every operation).
//
// The contract refines a shared shape by properties beside its $ref, as OpenAPI 3.1 allows; the generator of types
// ignores what stands beside a $ref, so such a pair becomes an allOf first, and the answers get their exact types.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const contract = new URL('../../api/openapi.yaml', import.meta.url);
const target = new URL('../.generated/', import.meta.url);

function refined(node) {
  if (Array.isArray(node)) return node.map(refined);
  if (node === null || typeof node !== 'object') return node;
  const entries = Object.entries(node).filter(([key]) => key !== 'examples' && key !== 'example');
  const copy = Object.fromEntries(entries.map(([key, value]) => [key, refined(value)]));
  if (typeof copy.$ref !== 'string' || !copy.$ref.startsWith('#/components/schemas/')) return copy;
  const { $ref, title, description, ...rest } = copy;
  const kept = Object.keys(rest).some((key) => ['properties', 'allOf', 'required', 'type'].includes(key));
  if (!kept) return { $ref };
  const required = Object.keys(rest.properties ?? {});
  return { title, description, allOf: [{ $ref }, { type: 'object', required, ...rest }] };
}

const document = parse(await readFile(contract, 'utf8'));
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => ['get', 'post', 'put', 'delete'].includes(method))
    .map(([method, operation]) => {
      const base = operation.servers ?? item.servers ?? document.servers;
      return `  ${operation.operationId}: ['${method.toUpperCase()}', '${base[0].url.replace(/\/$/, '')}${path}'],`;
    }),
);
const schema = astToString(await openapiTS(refined(document), { alphabetize: false }));
await mkdir(target, { recursive: true });
await writeFile(new URL('schema.d.ts', target), schema);
await writeFile(
  new URL('operations.ts', target),
  `export const operations = {\n${operations.join('\n')}\n} as const;\n`,
);
