import { afterEach, describe, expect, test } from 'vitest';
import { locale } from '@/i18n';
import { ApiError, type FullOrder } from '@/lib/api';
import {
  asSent,
  canGive,
  concern,
  fieldsOf,
  hostStateOf,
  missing,
  peopleOf,
  refusedField,
  stateOf,
} from '@/lib/occupants';

afterEach(() => (locale.value = 'zh'));

const [nobody] = peopleOf([], 1) as [ReturnType<typeof peopleOf>[number]];
const wang = { ...nobody, name: ' 王小明 ', id_number: '110105 19491231 002x' };
const order = (status: FullOrder['status'], given: number, required = true, needed = 2) => ({
  status,
  occupants: { required, needed, given, complete: given >= needed },
});

describe('those who stay', () => {
  test('are sent as documents have them, a mobile only where one was given', () => {
    expect(
      asSent([
        wang,
        { ...nobody, name: 'Ann Lee', id_type: 'passport', id_number: 'E123 45678', mobile: '138-0000 0000' },
      ]),
    ).toEqual([
      { name: '王小明', id_type: 'id_card', id_number: '11010519491231002x' },
      { name: 'Ann Lee', id_type: 'passport', id_number: 'E12345678', mobile: '13800000000' },
    ]);
  });

  test('each need a name and a number, told at the field of the one who lacks it', () => {
    expect(missing([wang, { ...wang, mobile: '' }])).toEqual({});
    expect(missing([wang, { ...wang, name: ' ' }, { ...wang, id_number: ' - ' }])).toEqual({
      'occupants[1].name': '请填写姓名',
      'occupants[2].id_number': '请填写证件号码',
    });
  });

  test('are as many as there are, with what was written before', () => {
    expect(peopleOf([wang], 3)).toEqual([wang, nobody, nobody]);
    expect(peopleOf([wang, nobody], 1)).toEqual([wang]);
    expect(Object.keys(fieldsOf([wang, nobody], (person, field) => person[field]))).toEqual(
      [0, 1].flatMap((n) => ['name', 'id_type', 'id_number', 'mobile'].map((field) => `occupants[${n}].${field}`)),
    );
  });
});

test('what the server refuses is told at its field, by its path', () => {
  const refused = (field?: string, errno: '4103' | '4201' = '4103') =>
    refusedField(new ApiError(errno, 'no', undefined, field));
  expect(refused('occupants[1].id_number')).toEqual({
    'occupants[1].id_number': '证件号码不对，或与证件类型不符，请核对',
  });
  expect(refused('occupants[12].mobile')).toEqual({ 'occupants[12].mobile': '请填写 5 到 20 位数字' });
  // Not of one person: too few or too many, or no field at all.
  for (const other of ['occupants', 'occupants[0]', 'occupants[0].age', 'name', undefined])
    expect(refused(other), other).toBeUndefined();
  expect(refused('occupants[1].name', '4201')).toBeUndefined();
});

describe('how far it is', () => {
  test('is told to the guest while it can be said, or was', () => {
    expect(
      (['WAIT_ACCEPT', 'WAIT_PAYMENT', 'PAID', 'WAIT_COMMENT', 'COMPLETE', 'CANCELED', 'REJECTED'] as const).map(
        (status) => canGive({ status }),
      ),
    ).toEqual([true, true, true, false, false, false, false]);
    expect(concern(order('WAIT_PAYMENT', 0))).toBe(true);
    expect(concern(order('WAIT_PAYMENT', 0, false))).toBe(false);
    expect(concern(order('PAID', 0, false))).toBe(true);
    expect(concern(order('CANCELED', 0))).toBe(false);
    expect(concern(order('COMPLETE', 2))).toBe(true);
  });

  test('says what is missing, and what it is needed for', () => {
    expect(stateOf(order('PAID', 0))).toBe('请填写全部 2 位入住人的姓名和证件，填齐后才能看到门牌号和入住指引。');
    expect(stateOf(order('WAIT_PAYMENT', 0))).toContain('现在就可以填');
    expect(stateOf(order('PAID', 0, false))).not.toContain('门牌号');
    expect(stateOf(order('PAID', 1))).toBe('已填写 1 位，还差 1 位。请把所有人重新填写一遍。');
    expect(stateOf(order('PAID', 2))).toBe('已填写 2 位入住人。');
    locale.value = 'en';
    expect(stateOf(order('PAID', 0, true, 1))).toMatch(/^Please give the name and document of the guest/);
    expect(stateOf(order('PAID', 1, true, 1))).toBe('1 guest is named.');
  });

  test('is a number to the host, where anybody was named or has to be', () => {
    expect(hostStateOf(order('PAID', 0))).toBe('房客已填写入住人：0/2 位。填齐后，房客才能看到门牌号和入住指引。');
    expect(hostStateOf(order('PAID', 2))).toBe('房客已填写入住人：2/2 位。');
    expect(hostStateOf(order('PAID', 1, false))).toBe('房客已填写入住人：1/2 位。');
    expect(hostStateOf(order('PAID', 0, false))).toBe('');
    expect(hostStateOf(order('CANCELED', 0))).toBe('');
    locale.value = 'en';
    expect(hostStateOf(order('PAID', 1))).toBe(
      'Guests named for the register: 1 of 2. The guest sees the door number and the arrival guide once all are named.',
    );
  });
});
