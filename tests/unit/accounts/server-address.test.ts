import { describe, expect, it } from 'vitest';
import { readServerAddress } from '#shared/accounts/server-address.ts';

const read = (typed: string, allowHttp = false) => {
  const result = readServerAddress(typed, allowHttp);
  return result.ok ? result.value.address : `${result.error.code} ${result.error.facts?.detail ?? ''}`.trim();
};

describe('a server address', () => {
  it.each([
    ['api.mimsms.com', 'https://api.mimsms.com'],
    ['  api.mimsms.com/  ', 'https://api.mimsms.com'],
    ['HTTPS://API.MiMSMS.com///', 'https://api.mimsms.com'],
    ['https://api.mimsms.com:443', 'https://api.mimsms.com'],
    ['https://api.mimsms.com:8443', 'https://api.mimsms.com:8443'],
    ['10.1.2.3/restapi/', 'https://10.1.2.3/restapi'],
    ['https://host.test/a/b-c/d.e_f~g', 'https://host.test/a/b-c/d.e_f~g'],
    ['localhost:8080', 'https://localhost:8080'],
    ['[::1]:9000/restapi', 'https://[::1]:9000/restapi'],
  ])('%s is kept as %s', (typed, kept) => expect(read(typed)).toBe(kept));

  it('needs consent for http, and keeps it with consent', () => {
    expect(read('http://api.mimsms.com')).toBe('HTTP_NEEDS_CONSENT');
    expect(read('http://api.mimsms.com:80/', true)).toBe('http://api.mimsms.com');
    expect(read('api.mimsms.com', true)).toBe('https://api.mimsms.com');
  });

  it.each([
    ['ftp://api.mimsms.com', 'scheme'],
    ['javascript://alert(1)', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://me:secret@api.mimsms.com', 'credentials'],
    ['https://api.mimsms.com@evil.test', 'credentials'],
    ['https://api.mimsms.com/?user=me', 'query'],
    ['https://api.mimsms.com/#x', 'query'],
    ['', 'host'],
    ['https://', 'host'],
    ['https:///restapi', 'host'],
    ['two words.com', 'host'],
    ['-bad.com', 'host'],
    ['a..b.com', 'host'],
    ['999.1.2.3', 'host'],
    ['1.2.3', 'host'],
    ['https://api.mimsms.com:0', 'port'],
    ['https://api.mimsms.com:65536', 'port'],
    ['https://api.mimsms.com:', 'port'],
    ['https://api.mimsms.com/../admin', 'path'],
    ['https://api.mimsms.com/a b', 'path'],
    ['https://api.mimsms.com/%2e%2e', 'path'],
    ['https://api.mimsms.com\\evil.test', 'host'],
    ['javascript:alert(1)', 'port'],
  ])('%j is refused for its %s', (typed, fault) =>
    expect(read(typed, true)).toBe(`INVALID_SERVER_ADDRESS ${fault}`),
  );

  it.each([
    ['smpp.mimsms.com', 'smpps://smpp.mimsms.com', 'smpp.mimsms.com', 8887],
    ['smpps://smpp.mimsms.com:8887/', 'smpps://smpp.mimsms.com', 'smpp.mimsms.com', 8887],
    ['SMPP://10.1.2.3', 'smpp://10.1.2.3', '10.1.2.3', 8888],
    ['smpp://127.0.0.1:2775', 'smpp://127.0.0.1:2775', '127.0.0.1', 2775],
    ['smpps://[::1]:8888', 'smpps://[::1]:8888', '::1', 8888],
  ])('%s of an SMPP account is kept as %s', (typed, address, host, port) =>
    expect(readServerAddress(typed, true, 'smpp')).toMatchObject({
      ok: true,
      value: { address, origin: address, host, port, encrypted: address.startsWith('smpps:') },
    }),
  );

  it.each([
    ['https://smpp.mimsms.com', 'INVALID_SERVER_ADDRESS', 'scheme'],
    ['smpps://smpp.mimsms.com/smpp', 'INVALID_SERVER_ADDRESS', 'path'],
    ['smpps://me:secret@smpp.mimsms.com', 'INVALID_SERVER_ADDRESS', 'credentials'],
    ['smpp://smpp.mimsms.com', 'HTTP_NEEDS_CONSENT', undefined],
  ])('%s of an SMPP account is refused with %s', (typed, code, detail) => {
    const read = readServerAddress(typed, false, 'smpp');
    expect(read.ok ? null : [read.error.code, read.error.facts?.detail]).toEqual([code, detail]);
  });

  it('is not an SMPP address where a web address is asked for', () =>
    expect(read('smpps://smpp.mimsms.com', true)).toBe('INVALID_SERVER_ADDRESS scheme'));

  it('agrees with the parser that requests use, whatever is typed', () => {
    const parts = [
      'https://',
      'http://',
      'a.test',
      '10.0.0.1',
      '[::1]',
      ':81',
      ':443',
      '/x',
      '/',
      '@',
      '?',
      '#',
      '%',
      '\\',
      ' ',
      'ক',
      '.',
    ];
    for (let seed = 0; seed < 20_000; seed++) {
      let typed = '';
      for (let rest = seed; rest > 0; rest = Math.floor(rest / parts.length))
        typed += parts[rest % parts.length];
      const result = readServerAddress(typed, true);
      if (!result.ok) continue;
      const url = new URL(result.value.address);
      expect([url.origin, url.origin + url.pathname.replace(/\/$/, '')], typed).toEqual([
        result.value.origin,
        result.value.address,
      ]);
    }
  });
});
