import { describe, expect, test } from 'vitest';
import { legacyDate, legacyInstant } from '../../../main/engine/gateways/legacy/times.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';

const report = (attributes: string): string =>
  `<DeliveryReport>\n<message ${attributes} />\n</DeliveryReport>`;

function only(body: string) {
  const read = reading.reports(body);
  return read.ok ? read.value.reports[0] : undefined;
}

describe('DeliveryReport documents', () => {
  test('the sample of the API document', () => {
    const body = `<DeliveryReport>

<message id="1023012301" sentdate="2005/7/19 22:0:0" donedate="2005/7/19

22:0:0"

status="NOT_SENT" />

</DeliveryReport>`;
    expect(reading.reports(body)).toMatchObject({
      ok: true,
      value: {
        skipped: 0,
        reports: [
          {
            gatewayMessageId: '1023012301',
            sentAt: Date.UTC(2005, 6, 19, 16),
            doneAt: Date.UTC(2005, 6, 19, 16),
            parts: null,
            pricePerPart: null,
            status: { id: 28, groupId: 5, name: 'NOT_SENT' },
            error: null,
          },
        ],
      },
    });
  });

  test('every attribute of real traffic', () => {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n${report(
      'id="253021713103442623" sentdate="2014/05/22 08:11:01" donedate="2014/05/22 08:11:09" status="DELIVERED" gsmerror="0" price="17.0000" pducount="2"',
    )}`;
    expect(only(body)).toMatchObject({
      gatewayMessageId: '253021713103442623',
      sentAt: Date.UTC(2014, 4, 22, 2, 11, 1),
      doneAt: Date.UTC(2014, 4, 22, 2, 11, 9),
      parts: 2,
      pricePerPart: { micros: 17_000_000, currency: 'BDT' },
      status: { id: 5, groupId: 3, groupName: 'DELIVERED', name: 'DELIVERED' },
      error: { id: 0, name: 'NO_ERROR' },
    });
  });

  test('many messages, one of them without an id', () => {
    const body =
      '<DeliveryReport><message id="1" status="SENT"/><message status="SENT"/><message id="2" status="DELIVERED"/></DeliveryReport>';
    const read = reading.reports(body);
    expect(read.ok && read.value.reports.map((one) => one.gatewayMessageId)).toEqual(['1', '2']);
    expect(read.ok && read.value.skipped).toBe(1);
  });

  test.each([
    '<DeliveryReport></DeliveryReport>',
    '<DeliveryReport/>',
    '<DeliveryReport>\n\n</DeliveryReport>',
  ])('nothing: %s', (body) => {
    expect(reading.reports(body)).toEqual({ ok: true, value: { reports: [], skipped: 0 } });
  });

  test.each(['<DeliveryReport><message id="1"', '<DeliveryReport><message id="1"></DeliveryReport>'])(
    'a cut document is none: %s',
    (body) => {
      expect(reading.reports(body)).toMatchObject({ error: { code: 'GATEWAY_UNREADABLE' } });
    },
  );

  test.each([
    ['SENT', 7, 1],
    ['DELIVERED', 5, 3],
    ['NOT_DELIVERED', 9, 2],
    ['NOT_SENT', 28, 5],
    ['NOT_ALLOWED', null, 5],
    ['INVALID_DESTINATION_ADDRESS', 52, 5],
    ['INVALID_SOURCE_ADDRESS', 11, 5],
    ['ROUTE_NOT_AVAILABLE', 19, 5],
    ['NOT_ENOUGH_CREDITS', 12, 5],
    ['REJECTED', null, 5],
    ['INVALID_MESSAGE_FORMAT', null, 5],
    ['not delivered', 9, 2],
    ['SOMETHING_NEW', null, null],
    ['constructor', null, null],
  ])('the word %s', (word, id, groupId) => {
    expect(only(report(`id="1" status="${word}"`))?.status).toMatchObject({ id, groupId, name: word });
  });

  test('an error of the document and an unknown one', () => {
    expect(only(report('id="1" status="NOT_DELIVERED" gsmerror="27"'))?.error).toMatchObject({
      id: 27,
      name: 'EC_ABSENT_SUBSCRIBER',
      permanent: false,
    });
    expect(only(report('id="1" gsmerror="9999"'))?.error).toEqual({
      id: 9999,
      groupId: null,
      groupName: null,
      name: null,
      description: null,
      permanent: null,
    });
  });

  test('what is kept of a report is read as the same report again', () => {
    const first = only(
      report('id="25" sentdate="2014/05/22 08:11:01" status="NOT_DELIVERED" gsmerror="1" price="0.35" x="y"'),
    );
    expect(only(JSON.stringify({ results: [first?.raw] }))).toEqual(first);
  });
});

describe('dates', () => {
  test.each([
    ['2014/05/22 08:11:01', Date.UTC(2014, 4, 22, 2, 11, 1)],
    ['2014/5/2 8:1:9', Date.UTC(2014, 4, 2, 2, 1, 9)],
    ['2014-05-22T08:11:01.250', Date.UTC(2014, 4, 22, 2, 11, 1)],
    ['2014/05/22 08:11', Date.UTC(2014, 4, 22, 2, 11)],
    ['2014/02/30 08:11:01', null],
    ['2014/13/01 08:11:01', null],
    ['2014/05/22 24:00:00', null],
    ['22/05/2014 08:11:01', null],
    ['', null],
    [7, null],
  ])('%s', (text, ms) => {
    expect(legacyInstant(text)).toBe(ms);
  });

  test('the place can be another one, and what is written is read back', () => {
    expect(legacyInstant('2014/05/22 08:11:01', 0)).toBe(Date.UTC(2014, 4, 22, 8, 11, 1));
    expect(legacyInstant(legacyDate(1_400_000_000_000))).toBe(1_400_000_000_000);
    expect(legacyDate(Number.NaN)).toBe('1970/01/01 06:00:00');
    expect(legacyDate(8.64e15)).toMatch(/^9999/);
  });
});

describe('received messages', () => {
  test('the second version’s shape, and the names of others', () => {
    const body = JSON.stringify({
      inboxMessages: [
        {
          externalMessageId: 'x1',
          networkName: 'GP',
          from: '8801711000001',
          messageText: 'Yes',
          receivedDateTime: '2014/05/22 08:11:01',
        },
        { sender: '8801711000002', receiver: '8809601', text: '', datetime: '2014/5/2 8:1:9' },
        { from: '8801711000003' },
      ],
    });
    expect(reading.inbox(body)).toEqual({
      ok: true,
      value: {
        skipped: 1,
        messages: [
          {
            gatewayMessageId: 'x1',
            from: '8801711000001',
            to: null,
            text: 'Yes',
            keyword: null,
            receivedAt: Date.UTC(2014, 4, 22, 2, 11, 1),
          },
          {
            gatewayMessageId: null,
            from: '8801711000002',
            to: '8809601',
            text: '',
            keyword: null,
            receivedAt: Date.UTC(2014, 4, 2, 2, 1, 9),
          },
        ],
      },
    });
  });

  test('none', () => {
    expect(reading.inbox('{"inboxMessages":[]}')).toEqual({ ok: true, value: { messages: [], skipped: 0 } });
    expect(reading.inbox('{"inboxMessages":7}')).toMatchObject({ error: { code: 'GATEWAY_UNREADABLE' } });
  });
});

describe('facts about numbers', () => {
  const facts = {
    destination: '8801711000001',
    id: '4073456097323900929',
    stat: 'DELIVRD',
    IMSI: '470010000000001',
    err: '0',
    'error.description': 'No Error',
    orn: 'Grameenphone',
    pon: 'Robi',
    ron: 'Airtel IN',
    mccmnc: '47001',
    ppm: '0.0100',
    onp: '17',
    ocn: 'Bangladesh',
    ocp: '880',
    is_ported: 'true',
    pnp: '18',
    pcn: 'Bangladesh',
    pcp: '880',
    is_roaming: 'false',
    rcn: 'India',
    MSC: '8801700000',
  };

  test('every field', () => {
    const read = reading.lookups(JSON.stringify(facts));
    expect(read.ok && read.value.answers).toEqual([
      {
        msisdn: '8801711000001',
        lookupId: '4073456097323900929',
        mccmnc: '47001',
        imsi: '470010000000001',
        original: { name: 'Grameenphone', prefix: '17', country: 'Bangladesh', countryPrefix: '880' },
        ported: true,
        portedTo: { name: 'Robi', prefix: '18', country: 'Bangladesh', countryPrefix: '880' },
        roaming: false,
        roamingIn: { name: 'Airtel IN', prefix: null, country: 'India', countryPrefix: null },
        servingMsc: '8801700000',
        reachable: true,
        statusId: 5,
        statusName: 'DELIVRD',
        errorId: 0,
        errorName: 'NO_ERROR',
        permanent: null,
      },
    ]);
  });

  test.each([
    ['DELIVRD', true],
    ['UNDELIV', false],
    ['EXPIRED', false],
    ['REJECTD', null],
    ['UNKNOWN', null],
  ])('stat %s', (stat, reachable) => {
    const read = reading.lookups(JSON.stringify([{ destination: '+88017', stat, err: '27' }]));
    expect(read.ok && read.value.answers[0]).toMatchObject({
      msisdn: '88017',
      reachable,
      errorId: 27,
      permanent: false,
      original: null,
    });
  });
});
