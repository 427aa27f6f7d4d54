import type { Gateway } from '../../gateways/gateway.ts';
import type { CollectorDeps } from './collector-deps.ts';

/** One account's open connection that reports and received SMS come over unasked. */
export function createListening({
  account,
  ingest,
  onInbound,
  touched,
}: Pick<CollectorDeps, 'account' | 'ingest' | 'onInbound' | 'touched'>) {
  let open: { readonly gateway: Gateway; readonly close: () => void } | null = null;

  return {
    /** Opens it, once for each gateway; another protocol or server closes the one before. */
    to(gateway: Gateway): void {
      if (open?.gateway === gateway) return;
      open?.close();
      open = null;
      if (!gateway.stream) return;
      const close = gateway.stream.open((kind, raw) => {
        if (kind === 'inbox') return onInbound(account, raw);
        ingest.report(account, gateway.clockOffsetMs(), 'stream', raw);
        touched(null);
      });
      open = { gateway, close };
    },
    close(): void {
      open?.close();
      open = null;
    },
  };
}
