/** Who sleeps in the house: as the guest's form has it, as the server takes it, and what is wrong with it. */
import { locale } from '@/i18n';
import { s } from '@/i18n/stay';
import { ApiError, type Data, type FullOrder } from './api';

export type Named = Data<'getOccupants'>;
type IdType = Named['occupants'][number]['id_type'];
export const ID_TYPES = [
  'id_card',
  'passport',
  'hk_macau_permit',
  'taiwan_permit',
  'residence_permit',
] as const satisfies readonly IdType[];

/** One of them as they are being written. */
export interface Person {
  name: string;
  id_type: IdType;
  id_number: string;
  mobile: string;
}

const FIELDS = ['name', 'id_type', 'id_number', 'mobile'] as const satisfies readonly (keyof Person)[];
type FieldName = (typeof FIELDS)[number];
/** As the server names it. */
type FieldPath = `occupants[${number}].${FieldName}`;
export const pathOf = (place: number, field: FieldName): FieldPath => `occupants[${place}].${field}`;

/** The fields of so many people, each with what `of` gives for it. */
export function fieldsOf<T>(
  people: readonly Person[],
  of: (person: Person, field: FieldName) => T,
): Record<FieldPath, T> {
  return Object.fromEntries(
    people.flatMap((person, place) => FIELDS.map((field) => [pathOf(place, field), of(person, field)])),
  );
}

/** So many people, those of before among them. */
export const peopleOf = (before: readonly Person[], count: number): Person[] =>
  Array.from(
    { length: count },
    (_, place) => before[place] ?? { name: '', id_type: 'id_card', id_number: '', mobile: '' },
  );

/** Numbers are typed as they are printed: in groups. */
const together = (text: string): string => text.replace(/[\s-]/g, '');

/** What a request says of them; a mobile that was not given is left out. */
export const asSent = (people: readonly Person[]) =>
  people.map(({ name, id_type, id_number, mobile }) => ({
    name: name.trim(),
    id_type,
    id_number: together(id_number),
    ...(together(mobile) ? { mobile: together(mobile) } : {}),
  }));

/** What has not been filled in, by field. */
export function missing(people: readonly Person[]): Partial<Record<FieldPath, string>> {
  const wrong: Partial<Record<FieldPath, string>> = {};
  people.forEach(({ name, id_number }, place) => {
    if (!name.trim()) wrong[pathOf(place, 'name')] = s('occupants.need.name');
    if (!together(id_number)) wrong[pathOf(place, 'id_number')] = s('occupants.need.id_number');
  });
  return wrong;
}

/** The field that the server refused, and what is wrong with it; undefined when it was something else. */
export function refusedField(problem: unknown): Partial<Record<FieldPath, string>> | undefined {
  const [, place, field] =
    (problem instanceof ApiError &&
      problem.errno === '4103' &&
      /^occupants\[(\d+)\]\.(\w+)$/.exec(problem.field ?? '')) ||
    [];
  const known = FIELDS.find((each) => each === field);
  return known && { [pathOf(Number(place), known)]: s(`occupants.bad.${known}`) };
}

type Counted = Pick<FullOrder, 'status' | 'occupants'>;

/** Whether the guest may still say who stays. */
export const canGive = ({ status }: Pick<FullOrder, 'status'>): boolean =>
  status === 'WAIT_ACCEPT' || status === 'WAIT_PAYMENT' || status === 'PAID';

/** Whether there is anything to say of them to the guest: before the payment only where they are wanted. */
export const concern = (order: Counted): boolean =>
  order.occupants.given > 0 || order.status === 'PAID' || (canGive(order) && order.occupants.required);

/** Whether how to get in waits for them. */
export const awaited = ({ status, occupants }: Counted): boolean =>
  status === 'PAID' && occupants.required && !occupants.complete;

/** How far it is, to the guest. */
export function stateOf({ status, occupants: { required, needed, given, complete } }: Counted): string {
  if (complete) return s('occupants.complete', { n: given });
  if (given) return s('occupants.partial', { given: String(given), n: needed - given });
  if (!required) return s('occupants.optional', { n: needed });
  return s(status === 'PAID' ? 'occupants.required' : 'occupants.soon', { n: needed });
}

/** How far it is, to the host; empty where nobody wants it. */
export function hostStateOf({ status, occupants: { required, needed, given, complete } }: Counted): string {
  if (!given && !(required && canGive({ status }))) return '';
  const counts = s('occupants.host', { given: String(given), needed: String(needed) });
  return required && !complete ? `${counts}${locale.value === 'zh' ? '' : ' '}${s('occupants.host.required')}` : counts;
}
