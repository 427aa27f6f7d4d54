import { describe, expect, it } from 'vitest';
import smpp from 'smpp';
import type { SmppOptions } from '#shared/accounts/options.ts';
import { isGsm7 } from '#shared/sms/gsm7.ts';
import { countParts } from '#shared/sms/parts.ts';
import type { SubmitOptions } from '../../../main/engine/gateways/gateway.ts';
import { compose } from '../../../main/engine/gateways/smpp/compose.ts';
import { decodeText, encodeText } from '../../../main/engine/gateways/smpp/encode-text.ts';
import { RawPdu } from '../../../main/engine/gateways/smpp/pdu.ts';

const NOW = 1_795_000_000_000;
const write = (
  text: string,
  { options = {}, wanted = {}, sender = 'Office', to = '8801711000001', reference = 9 } = {} as {
    options?: SmppOptions;
    wanted?: SubmitOptions;
    sender?: string;
    to?: string;
    reference?: number;
  },
) => {
  const composed = compose(sender, { to, text, ownId: null }, wanted, options, reference, NOW);
  if (!composed.ok) return composed.error;
  // What the server will see.
  return composed.value.pdus.map((fields) => new RawPdu(new RawPdu('submit_sm', fields).toBuffer()));
};
const one = (text: string, how: Parameters<typeof write>[1] = {}) => {
  const pdus = write(text, how);
  return Array.isArray(pdus) ? pdus[0] : pdus;
};
const hex = (octets: unknown): string => (Buffer.isBuffer(octets) ? octets.toString('hex') : '');

describe('a submit_sm', () => {
  it('wants reports, and names both addresses by their kind', () => {
    expect(one('Hi')).toMatchObject({
      source_addr: 'Office',
      source_addr_ton: 5,
      source_addr_npi: 0,
      destination_addr: '8801711000001',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      registered_delivery: 1,
      schedule_delivery_time: '',
      validity_period: '',
      data_coding: 0,
      esm_class: 0,
    });
  });

  it.each([
    ['16263', 3, 0, '16263'],
    ['8809601000001', 1, 1, '8809601000001'],
    ['+16263', 1, 1, '16263'],
    ['Mim 24', 5, 0, 'Mim 24'],
  ])('from %s has the type %i and plan %i', (sender, ton, npi, address) => {
    expect(one('Hi', { sender })).toMatchObject({
      source_addr_ton: ton,
      source_addr_npi: npi,
      source_addr: address,
    });
    const options = { sourceTon: 2, sourceNpi: 9, destinationTon: 0, destinationNpi: 3 };
    expect(one('Hi', { sender, options })).toMatchObject({
      source_addr_ton: 2,
      source_addr_npi: 9,
      dest_addr_ton: 0,
      dest_addr_npi: 3,
    });
  });

  it.each([
    ['Hi', {}, false, 0x00, '4869'],
    ['Hi', { gsmCoding: 1 }, false, 0x01, '4869'],
    ['à [', { gsmCoding: 0 }, false, 0x00, '7f201b3c'],
    ['à [', { gsmCoding: 3 }, false, 0x03, 'e0205b'],
    ['5 €', { gsmCoding: 3 }, false, 0x00, '35201b65'],
    ['à', { gsmCoding: 3 }, true, 0x10, '7f'],
    ['ক', { gsmCoding: 3 }, false, 0x08, '0995'],
    ['ক', {}, true, 0x18, '0995'],
    ['\\', {}, false, 0x00, '1b2f'],
    ['', {}, false, 0x00, ''],
  ] as const)('of %j with %j (flash: %s) has the coding %i', (text, options, flash, coding, octets) => {
    const pdu = one(text, { options, wanted: { flash } });
    expect(pdu).toMatchObject({ data_coding: coding });
    expect(pdu instanceof smpp.PDU ? hex(pdu.short_message) : '').toBe(octets);
  });

  it('holds and limits a message by relative times', () => {
    const day = 86_400_000;
    expect(one('Hi', { wanted: { sendAt: NOW + 90_500, validityMinutes: 61 } })).toMatchObject({
      schedule_delivery_time: '000000000131000R',
      validity_period: '000000010231000R',
    });
    expect(one('Hi', { wanted: { sendAt: NOW - 5, validityMinutes: 2_880 } })).toMatchObject({
      schedule_delivery_time: '',
      validity_period: '000002000000000R',
    });
    expect(one('Hi', { wanted: { sendAt: NOW + 31 * day } })).toMatchObject({
      schedule_delivery_time: '000031000000000R',
    });
    for (const sendAt of [NOW + 31 * day + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(one('Hi', { wanted: { sendAt } })).toMatchObject({ code: 'INVALID_SCHEDULE' });
    }
  });

  it('of a long text has a part for each that is counted, with its header, and loses nothing', () => {
    for (const text of [
      '€'.repeat(200),
      'a'.repeat(161),
      '😀'.repeat(36),
      'x'.repeat(66) + '😀আ'.repeat(30),
    ]) {
      const pdus = write(text);
      if (!Array.isArray(pdus)) throw new Error(pdus.code);
      expect(pdus).toHaveLength(countParts(text).parts);
      const pieces = pdus.map((pdu, index) => {
        const octets = Buffer.isBuffer(pdu.short_message) ? pdu.short_message : Buffer.alloc(0);
        expect(hex(octets.subarray(0, 6))).toBe(
          Buffer.from([5, 0, 3, 9, pdus.length, index + 1]).toString('hex'),
        );
        expect(pdu.esm_class).toBe(0x40);
        return decodeText(octets.subarray(6), pdu.data_coding ?? 0);
      });
      // Each part alone is whole text: no escape and no surrogate pair is cut.
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) expect(piece).not.toMatch(/\p{Cs}/u);
      const payload = one(text, { options: { longMessages: 'payload' } });
      const whole = payload instanceof smpp.PDU ? payload.message_payload : null;
      expect(decodeText(Buffer.isBuffer(whole) ? whole : Buffer.alloc(0), pdus[0]?.data_coding ?? 0)).toBe(
        text,
      );
    }
  });

  it('takes octets as they are', () => {
    const binary = { hex: '0605040B8423F0', dataCoding: 0xf5, esmClass: 0x40 };
    const pdu = one('', { wanted: { binary } });
    expect(pdu).toMatchObject({ data_coding: 0xf5, esm_class: 0x40 });
    expect(pdu instanceof smpp.PDU ? hex(pdu.short_message) : '').toBe('0605040b8423f0');
    for (const wrong of ['0', 'zz', '00 1']) {
      expect(one('', { wanted: { binary: { ...binary, hex: wrong } } })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
    expect(one('', { wanted: { binary: { ...binary, esmClass: 256 } } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('is not written for what its fields cannot carry', () => {
    for (const sender of ['', 'দোকান', 'a\0b', 'a'.repeat(21), '8'.repeat(21)]) {
      expect(one('Hi', { sender })).toMatchObject({ code: 'INVALID_SENDER' });
    }
    for (const to of ['', '+880', '88\0', '8'.repeat(21)]) {
      expect(one('Hi', { to })).toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(one('a'.repeat(153 * 255 + 1))).toMatchObject({ code: 'TEXT_TOO_LONG', facts: { limit: 255 } });
    expect(write('a'.repeat(153 * 255))).toHaveLength(255);
  });
});

describe('the alphabets', () => {
  it('give every character back that they took', () => {
    const changed: number[] = [];
    for (let unit = 0; unit < 0x10000; unit += 1) {
      const text = String.fromCharCode(unit);
      const { dataCoding, whole } = encodeText(text, { flash: false, gsmCoding: 0 });
      const same = decodeText(whole, dataCoding) === text && isGsm7(text) === (dataCoding === 0);
      if (!same && !/\p{Cs}/u.test(text)) changed.push(unit);
    }
    // A byte order mark at the beginning is no character of the text.
    expect(changed).toEqual([0xfeff]);
  });

  it('read any octets', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet));
    for (let coding = 0; coding < 256; coding += 1) expect(decodeText(all, coding)).toBeTypeOf('string');
    expect(decodeText(Buffer.from('411b', 'hex'), 0)).toBe('A ');
    expect(decodeText(Buffer.from('e9', 'hex'), 3)).toBe('é');
    expect(decodeText(Buffer.from('00ff', 'hex'), 4)).toBe('00ff');
    expect(decodeText(Buffer.from('00ff', 'hex'), 0xf5)).toBe('00ff');
    expect(decodeText(Buffer.from('0995', 'hex'), 0x19)).toBe('ক');
  });
});
