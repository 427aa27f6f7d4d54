import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** A server on loopback that answers every request with 401 and remembers all it was told. */
export async function nosyServer(): Promise<{ readonly url: string; heard(): string }> {
  let heard = '';
  const server = createServer((request, response) => {
    heard += `${request.method} ${request.url} ${JSON.stringify(request.headers)}\n`;
    request.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    request.on('end', () => response.writeHead(401).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}`, heard: () => heard };
}
