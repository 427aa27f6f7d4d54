import { describe, expect, test } from 'vitest';
import { openBench, type Bench } from './gateway-client.ts';
import {
  call,
  DELIVERED,
  DELIVERED_XML,
  exception,
  ID,
  json,
  NO_ERROR,
  NO_ERROR_XML,
  refused,
  withoutIds,
  xml,
} from './rest-client.ts';

const ROBI = '8801811000002';
const magic = (number: string): string => `880199903${number}`;

const lookUp = (bench: Bench, to: unknown): Promise<unknown> =>
  json(bench, { path: '/number/1/query', body: { to } });

const network = (networkName: string, networkPrefix: string): object => ({
  networkName,
  networkPrefix,
  countryName: 'Bangladesh',
  countryPrefix: '880',
});

const robi = {
  to: ROBI,
  mccMnc: '47002',
  imsi: expect.stringMatching(/^47002\d{10}$/),
  originalNetwork: network('Robi', '18'),
  ported: false,
  roaming: false,
  servingMSC: expect.stringMatching(/^\d+$/),
  status: DELIVERED,
  error: NO_ERROR,
};

const ROBI_NETWORK_XML =
  '<originalNetwork><networkName>Robi</networkName><networkPrefix>18</networkPrefix>' +
  '<countryName>Bangladesh</countryName><countryPrefix>880</countryPrefix></originalNetwork>';

describe('facts of the platform, "Number Context / HLR": /number/1/query', () => {
  test('JSON, one number as a text or in a list: no bulkId', async () => {
    const bench = await openBench();
    expect(await lookUp(bench, ROBI)).toEqual({ results: [robi] });
    expect(await lookUp(bench, [ROBI])).toEqual({ results: [robi] });
    expect(await bench.balance()).toBe(4_999.8);
  });

  test.each([['<to>8801811000002</to>'], ['<to><to>8801811000002</to></to>']])(
    'XML, %s: ncResults in ncResults',
    async (to) => {
      const bench = await openBench();
      const answer = await xml(bench, { path: '/number/1/query', body: `<request>${to}</request>` });
      expect(answer).toBe(
        `<NCResponse><ncResults><ncResults><to>${ROBI}</to><mccMnc>47002</mccMnc><imsi>470021811000002</imsi>${ROBI_NETWORK_XML}<ported>false</ported><roaming>false</roaming><servingMSC>8801700000001</servingMSC>${DELIVERED_XML}${NO_ERROR_XML}</ncResults></ncResults></NCResponse>`,
      );
    },
  );

  test('magic numbers: ported, roaming, switched off, unknown, blacklisted', async () => {
    const bench = await openBench();
    const answer = await lookUp(bench, ['0001', '0002', '0003', '0004', '0005'].map(magic));
    expect(answer).toMatchObject({
      bulkId: ID,
      results: [
        {
          mccMnc: '47001',
          originalNetwork: network('Banglalink', '19'),
          ported: true,
          portedNetwork: network('Grameenphone', '17'),
          roaming: false,
          status: { id: 5 },
        },
        { ported: false, roaming: true, roamingNetwork: { countryName: 'India', countryPrefix: '91' } },
        { status: { id: 9 }, error: { id: 27, name: 'EC_ABSENT_SUBSCRIBER', permanent: false } },
        { status: { id: 9 }, error: { id: 1, name: 'EC_UNKNOWN_SUBSCRIBER', permanent: true } },
        { status: { id: 14, action: 'Remove destination from blacklist' }, error: { id: 0 } },
      ],
    });
    expect(await bench.balance()).toBe(4_999.6);
  });

  test('what is no number gets a group 5 status and costs nothing; what cannot be paid gets 12', async () => {
    const bench = await openBench();
    bench.gateway.setBalance('practice', 100_000);
    expect(await lookUp(bench, ['01811000002', 'abc', ROBI, ROBI])).toMatchObject({
      results: [{ status: { id: 8 } }, { status: { id: 52 } }, { status: { id: 5 } }, { status: { id: 12 } }],
    });
    expect(await bench.balance()).toBe(0);
  });

  test('0006: made, paid and in the logs, but the answer is lost', async () => {
    const bench = await openBench();
    const body = { to: [ROBI, magic('0006')] };
    await expect(call(bench, { path: '/number/1/query', body })).rejects.toThrow(TypeError);
    expect(await bench.balance()).toBe(4_999.8);
    expect(await json(bench, { path: '/number/1/logs' })).toMatchObject({ results: [{}, { to: ROBI }] });
  });

  test.each([
    [{}, '[to : must be a string or a list of strings]'],
    [{ to: [] }, '[to : must not be empty]'],
    [
      { to: Array.from({ length: 1_001 }, () => ROBI) },
      '[to : more than 1000 numbers: use /number/1/notify]',
    ],
  ])('refused: %j', async (body, text) => {
    const bench = await openBench();
    expect(await refused(bench, { path: '/number/1/query', body })).toEqual({
      status: 400,
      body: exception('BAD_REQUEST', text),
    });
    expect(await bench.balance()).toBe(5_000);
  });
});

describe('facts of the platform, "Number Context / HLR": /number/1/notify and /number/1/logs', () => {
  const onItsWay = {
    groupId: 1,
    groupName: 'PENDING',
    id: 7,
    name: 'PENDING_ENROUTE',
    description: 'Message sent to next instance',
  };

  test('JSON: on its way with an id, or refused without one', async () => {
    const bench = await openBench();
    const to = [ROBI, magic('0005'), 'abc'];
    expect(await json(bench, { path: '/number/1/notify', body: { to } })).toEqual({
      bulkId: ID,
      ncResults: [
        { to: ROBI, status: onItsWay, messageId: ID },
        { to: magic('0005'), status: expect.objectContaining({ id: 14 }) },
        { to: 'abc', status: expect.objectContaining({ id: 52, action: 'Check to parameter.' }) },
      ],
    });
  });

  test('XML: NCResponseAsync', async () => {
    const bench = await openBench();
    const body = `<request><to><to>${ROBI}</to></to><notifyUrl>http://127.0.0.1:9/</notifyUrl><notifyContentType>application/xml</notifyContentType></request>`;
    expect(withoutIds(await xml(bench, { path: '/number/1/notify', body }))).toBe(
      `<NCResponseAsync><ncResults><ncResults><to>${ROBI}</to><status><groupId>1</groupId><groupName>PENDING</groupName><id>7</id><name>PENDING_ENROUTE</name><description>Message sent to next instance</description></status><messageId>ID</messageId></ncResults></ncResults></NCResponseAsync>`,
    );
  });

  test('logs: newest first, with the price, filtered, in XML doubled', async () => {
    const bench = await openBench();
    await lookUp(bench, [ROBI, '8801711000001']);
    const { servingMSC, ...context } = robi;
    expect(await json(bench, { path: `/number/1/logs?to=%2B${ROBI}` })).toEqual({
      results: [
        {
          ...context,
          servingMSC,
          bulkId: ID,
          messageId: ID,
          sentAt: '2016-03-14T12:00:00.000+0600',
          doneAt: '2016-03-14T12:00:00.000+0600',
          price: { pricePerLookup: 0.1, currency: 'BDT' },
        },
      ],
    });
    expect(await json(bench, { path: '/number/1/logs?limit=1' })).toMatchObject({
      results: [{ to: '8801711000001' }],
    });
    expect(await json(bench, { path: '/number/1/logs?bulkId=none' })).toEqual({ results: [] });
    expect(await xml(bench, { path: '/number/1/logs?limit=1' })).toMatch(
      /^<NCLogsResponse><results><results><bulkId>.*<price><pricePerLookup>0\.1000<\/pricePerLookup><currency>BDT<\/currency><\/price>/,
    );
  });
});
