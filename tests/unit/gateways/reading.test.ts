import { describe, expect, test } from 'vitest';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { apiSample } from './api-sample.ts';

type Plain = string | number | boolean | readonly Plain[] | { readonly [name: string]: Plain };

/** A value of a JSON sample as XML elements; a list is flat, or wrapped once more. */
function xml(name: string, value: Plain, doubled: boolean): string {
  if (Array.isArray(value)) {
    const items = value.map((item: Plain) => xml(name, item, doubled)).join('\n');
    return doubled ? `<${name}>${items}</${name}>` : items;
  }
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([key, member]: [string, Plain]) => xml(key, member, doubled))
          .join('\n  ')
      : String(value);
  return `<${name}>${inner}</${name}>`;
}
const asXml = (root: string, sample: string, doubled: boolean): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${xml(root, JSON.parse(sample) as Plain, doubled)}`;

const reportsOf = (body: string) => {
  const read = reading.reports(body);
  if (!read.ok) throw new Error(read.error.facts?.detail ?? read.error.code);
  return read.value;
};
const withoutRaw = (body: string) => reportsOf(body).reports.map(({ raw, ...report }) => report);

describe('reports in XML say what they say in JSON', () => {
  test.each([
    ['SMSReportResponse', 'reports-response', false],
    ['SMSReportResponse', 'reports-one-message-response', false],
    ['SMSLogsResponse', 'logs-response', true],
    ['SMSLogsResponse', 'logs-filtered-response', true],
    ['reportResponse', 'logs-response', true],
  ])('%s of %s', (root, name, doubled) => {
    const sample = apiSample(name);
    expect(withoutRaw(asXml(root, sample, doubled))).toEqual(withoutRaw(sample));
  });

  test.each([
    '<SMSReportResponse/>',
    '<SMSReportResponse></SMSReportResponse>',
    '<SMSReportResponse>\n  <results/>\n</SMSReportResponse>',
    '<SMSLogsResponse><results><results/></results></SMSLogsResponse>',
  ])('%s is an empty page', (body) => {
    expect(reading.reports(body)).toEqual({ ok: true, value: { reports: [], skipped: 0 } });
  });

  test.each([
    '<requestError><serviceException><messageId>GENERAL_ERROR</messageId></serviceException></requestError>',
    '<html><body>Log in</body></html>',
    '<SMSReportResponse>later</SMSReportResponse>',
    '<SMSReportResponse><results>none</results></SMSReportResponse>',
    '<SMSReportResponse><results><messageId>a</messageId></results>',
  ])('%s is unreadable', (body) => {
    expect(reading.reports(body)).toMatchObject({ ok: false, error: { code: 'GATEWAY_UNREADABLE' } });
  });

  test('entries without an id are counted', () => {
    const body = '<R><results><to>1</to></results><results><messageId>7</messageId></results></R>';
    expect(reportsOf(body)).toMatchObject({ skipped: 1, reports: [{ gatewayMessageId: '7' }] });
  });
});

test.each([
  ['JSON', apiSample('logs-filtered-response')],
  ['XML', asXml('SMSLogsResponse', apiSample('logs-filtered-response'), true)],
  ['XML with a 19-digit id', '<R><results><messageId>2033247207850523790</messageId><x>1</x></results></R>'],
])('what is kept of a report is read as the same report again: %s', (_, body) => {
  const { reports } = reportsOf(body);
  expect(reports).toHaveLength(1);
  expect(reportsOf(JSON.stringify({ results: reports.map((report) => report.raw) })).reports).toEqual(
    reports,
  );
});

describe('received messages', () => {
  const message = {
    messageId: '4073456097323900929',
    from: '8801711000001',
    to: '8801700',
    text: 'PROMO please & thanks',
    cleanText: 'please & thanks',
    keyword: 'PROMO',
    receivedAt: '2016-10-06T09:28:39.220+0000',
    smsCount: 1,
  };
  const expected = {
    gatewayMessageId: '4073456097323900929',
    from: '8801711000001',
    to: '8801700',
    text: 'PROMO please & thanks',
    keyword: 'PROMO',
    receivedAt: Date.UTC(2016, 9, 6, 9, 28, 39, 220),
  };

  test('in JSON, with the counts of later versions beside them', () => {
    const body = JSON.stringify({ results: [message], messageCount: 1, pendingMessageCount: 0 });
    expect(reading.inbox(body)).toEqual({ ok: true, value: { messages: [expected], skipped: 0 } });
  });

  test('in XML, without a keyword', () => {
    const body =
      '<MOReportResponse><results><results><messageId>4073456097323900929</messageId><from>8801711000001</from>' +
      '<to>8801700</to><text>PROMO please &amp; thanks</text><keyword/>' +
      '<receivedAt>2016-10-06T09:28:39.220+0000</receivedAt></results></results></MOReportResponse>';
    expect(reading.inbox(body)).toEqual({
      ok: true,
      value: { messages: [{ ...expected, keyword: null }], skipped: 0 },
    });
  });

  test('without sender or text it is counted; an empty text is a message', () => {
    const body = JSON.stringify({ results: [{ text: 'x' }, { from: '1' }, 5, { from: '1', text: '' }] });
    expect(reading.inbox(body)).toMatchObject({
      ok: true,
      value: { skipped: 3, messages: [{ text: '', to: null, receivedAt: null }] },
    });
  });
});

describe('number context', () => {
  const network = (name: string) => ({
    networkName: name,
    networkPrefix: '17',
    countryName: 'Bangladesh',
    countryPrefix: '880',
  });
  const reached = {
    to: '8801711000001',
    mccMnc: '47001',
    imsi: '470010123456789',
    originalNetwork: network('Grameenphone'),
    ported: true,
    portedNetwork: network('Robi'),
    roaming: false,
    servingMSC: '8801700000099',
    status: { groupId: 3, groupName: 'DELIVERED', id: 5, name: 'DELIVERED_TO_HANDSET' },
    error: { groupId: 0, id: 0, name: 'NO_ERROR', permanent: false },
  };
  const gone = {
    to: '8801811000002',
    status: { groupId: 2, id: 9, name: 'UNDELIVERABLE_NOT_DELIVERED' },
    error: { groupId: 1, id: 1, name: 'EC_UNKNOWN_SUBSCRIBER', permanent: true },
  };
  const waiting = { to: '8801911000003', messageId: 'nc-3', status: { groupId: 1, id: 3 } };
  const expected = [
    {
      msisdn: '8801711000001',
      lookupId: null,
      mccmnc: '47001',
      imsi: '470010123456789',
      original: { name: 'Grameenphone', prefix: '17', country: 'Bangladesh', countryPrefix: '880' },
      ported: true,
      portedTo: { name: 'Robi', prefix: '17', country: 'Bangladesh', countryPrefix: '880' },
      roaming: false,
      roamingIn: null,
      servingMsc: '8801700000099',
      reachable: true,
      statusId: 5,
      statusName: 'DELIVERED_TO_HANDSET',
      errorId: 0,
      errorName: 'NO_ERROR',
      permanent: false,
    },
    { msisdn: '8801811000002', ported: null, reachable: false, errorId: 1, permanent: true },
    { msisdn: '8801911000003', lookupId: 'nc-3', reachable: null, statusId: 3, errorId: null },
  ];

  test.each(['results', 'ncResults'])('in JSON under %s', (name) => {
    const body = JSON.stringify({ bulkId: 'b', [name]: [reached, gone, waiting, { status: {} }] });
    expect(reading.lookups(body)).toMatchObject({ ok: true, value: { answers: expected, skipped: 1 } });
  });

  test.each([
    ['response', 'results', false],
    ['NCResponse', 'ncResults', true],
    ['NCResponseAsync', 'ncResults', true],
  ])('in XML: %s with %s', (root, name, doubled) => {
    const body = xml(root, { [name]: [reached, gone, waiting] }, doubled);
    expect(reading.lookups(body)).toMatchObject({ ok: true, value: { answers: expected, skipped: 0 } });
  });
});
