import type { InboundMessage } from '../core/inbox.ts';
import type { Delivery } from './deliveries.ts';
import { encodeText } from './text.ts';

const UDH_INDICATOR = 0x40;
const ALPHANUMERIC = { ton: 5, npi: 0 };
const SHORT_CODE = { ton: 3, npi: 0 };
const INTERNATIONAL = { ton: 1, npi: 1 };
/** Numbers up to so many digits are short codes. */
const SHORT_CODE_DIGITS = 6;

/** A message from a phone as `deliver_sm`: one, or one for each part with its user data header. */
export function inboundDeliveries(message: InboundMessage): Delivery[] {
  const { dataCoding, parts } = encodeText(message.text, Number(message.id.slice(-2)));
  const [from, to] = [typeOf(message.from), typeOf(message.to)];
  return parts.map((part) => ({
    fields: {
      source_addr_ton: from.ton,
      source_addr_npi: from.npi,
      source_addr: message.from,
      dest_addr_ton: to.ton,
      dest_addr_npi: to.npi,
      destination_addr: message.to,
      esm_class: parts.length > 1 ? UDH_INDICATOR : 0,
      data_coding: dataCoding,
      short_message: part,
    },
    tlvs: [],
    isReport: false,
  }));
}

function typeOf(address: string): { readonly ton: number; readonly npi: number } {
  if (!/^\+?\d+$/.test(address)) return ALPHANUMERIC;
  return address.length <= SHORT_CODE_DIGITS ? SHORT_CODE : INTERNATIONAL;
}
