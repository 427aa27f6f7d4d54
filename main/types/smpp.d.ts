/**
 * The part of the package `smpp` 0.5.1 (SMPP 3.4, CommonJS, without types of its own) that this product uses. Import it as
 * `import smpp from 'smpp'`.
 *
 * Hazard: its filter for `message_payload` assigns a variable it never declares. That works in Node's CommonJS but throws a
 * `ReferenceError` in our bundles, which are strict. A subclass of `PDU` whose `_filter` does nothing avoids it.
 */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';
  import type { ConnectionOptions } from 'node:tls';

  namespace smpp {
    /** A short message as the package decodes it: text by `data_coding` (or octets), and the parts of its UDH. */
    type DecodedMessage = { readonly message: string | Buffer; readonly udh?: readonly Buffer[] };

    /** A short message to encode: octets as they are, or text, which is encoded by `data_coding`. */
    type MessageToSend = string | Buffer | { readonly message: string | Buffer; readonly udh?: Buffer };

    /** Fields of a PDU to send. What is left out gets its default; a status other than 0 leaves the body out. */
    type Fields = {
      command_status?: number;
      sequence_number?: number;
      system_id?: string;
      password?: string;
      system_type?: string;
      interface_version?: number;
      addr_ton?: number;
      addr_npi?: number;
      address_range?: string;
      service_type?: string;
      source_addr_ton?: number;
      source_addr_npi?: number;
      source_addr?: string;
      dest_addr_ton?: number;
      dest_addr_npi?: number;
      destination_addr?: string;
      esm_class?: number;
      protocol_id?: number;
      priority_flag?: number;
      /** The SMPP time format; the package turns a `Date` into an absolute UTC time. */
      schedule_delivery_time?: string | Date;
      validity_period?: string | Date;
      registered_delivery?: number;
      replace_if_present_flag?: number;
      /** `null` lets the package choose by the text. */
      data_coding?: number | null;
      sm_default_msg_id?: number;
      short_message?: MessageToSend;
      message_id?: string;
      message_payload?: MessageToSend;
      receipted_message_id?: string;
      message_state?: number;
      network_error_code?: Buffer;
      sar_msg_ref_num?: number;
      sar_total_segments?: number;
      sar_segment_seqnum?: number;
      sc_interface_version?: number;
      dest_addr_subunit?: number;
    };

    /** One PDU. A decoded one has only the fields that were in it; TLVs the package does not know stand by their tag. */
    class PDU {
      /** Longest PDU that is decoded, in octets: 16,384. One value for the whole process. */
      static maxLength: number;
      /** From a command with its fields, or decoded from the octets of exactly one PDU; throws on octets that are none. */
      constructor(command: string, fields?: Fields);
      constructor(octets: Buffer);
      /** Name of the command, `unknown` for an id the package does not know (then nothing else is decoded). */
      readonly command: string;
      readonly command_length: number;
      readonly command_id: number;
      readonly command_status: number;
      readonly sequence_number: number;
      readonly system_id?: string;
      readonly password?: string;
      readonly system_type?: string;
      readonly interface_version?: number;
      readonly service_type?: string;
      readonly source_addr_ton?: number;
      readonly source_addr_npi?: number;
      readonly source_addr?: string;
      readonly dest_addr_ton?: number;
      readonly dest_addr_npi?: number;
      readonly destination_addr?: string;
      readonly esm_class?: number;
      readonly protocol_id?: number;
      readonly priority_flag?: number;
      readonly schedule_delivery_time?: string | Date;
      readonly validity_period?: string | Date;
      readonly registered_delivery?: number;
      readonly replace_if_present_flag?: number;
      readonly data_coding?: number;
      readonly sm_default_msg_id?: number;
      readonly short_message?: DecodedMessage | Buffer;
      readonly message_payload?: DecodedMessage | Buffer;
      readonly message_id?: string;
      readonly receipted_message_id?: string;
      readonly message_state?: number;
      readonly network_error_code?: Buffer;
      readonly sar_msg_ref_num?: number;
      readonly sar_total_segments?: number;
      readonly sar_segment_seqnum?: number;
      readonly sc_interface_version?: number;
      readonly dest_addr_subunit?: number;
      /** A TLV the package does not know, by its tag. */
      readonly [tag: number]: Buffer | undefined;
      isResponse(): boolean;
      /** The response to this request with its sequence number; `generic_nack` for a command that is not known. */
      response(fields?: Fields): PDU;
      toBuffer(): Buffer;
      /**
       * Turns raw fields into times and texts (`decode`) or back (`encode`). Called by the constructor for octets and by
       * `toBuffer`; a subclass that leaves `decode` out sees every field as it was sent.
       */
      protected _filter(direction: 'encode' | 'decode'): void;
    }

    type OnResponse = (response: PDU) => void;

    type SessionEvents = {
      connect: [];
      secureConnect: [];
      close: [];
      /** Errors of the socket, and octets that are no PDU: after those a session reads nothing any more; destroy it. */
      error: [Error & { code?: string }];
      /** Every PDU that came, before the event of its command. */
      pdu: [PDU];
      /** Every PDU that was written. */
      send: [PDU];
      deliver_sm: [PDU];
      submit_sm: [PDU];
      bind_receiver: [PDU];
      bind_transmitter: [PDU];
      bind_transceiver: [PDU];
      enquire_link: [PDU];
      unbind: [PDU];
      generic_nack: [PDU];
      outbind: [PDU];
      unknown: [PDU];
    };

    /** Sends a request; `false` when the socket cannot be written to (then no response will come). */
    type Request = {
      (fields: Fields, onResponse?: OnResponse, onSent?: OnResponse): boolean;
      (onResponse?: OnResponse): boolean;
    };

    /** One connection. Responses are matched by sequence number; nothing in it times out. */
    class Session extends EventEmitter<SessionEvents> {
      readonly socket: Socket;
      /** The sequence number given last. */
      sequence: number;
      readonly bind_receiver: Request;
      readonly bind_transmitter: Request;
      readonly bind_transceiver: Request;
      readonly submit_sm: Request;
      readonly deliver_sm: Request;
      readonly enquire_link: Request;
      readonly unbind: Request;
      /** Sends any PDU: numbers requests, keeps the number of responses. `false` when the socket cannot be written to. */
      send(pdu: PDU, onResponse?: OnResponse, onSent?: OnResponse): boolean;
      pause(): void;
      resume(): void;
      /** Ends the connection after what was written. */
      close(onClosed?: () => void): void;
      /** Ends the connection at once. */
      destroy(onClosed?: () => void): void;
    }

    /** Where to connect to. With `tls` everything that `tls.connect` takes holds, such as `ca` and `servername`. */
    type ConnectOptions = ConnectionOptions & {
      readonly host: string;
      readonly port: number;
      readonly tls?: boolean;
      /** Sends `enquire_link` that often, in ms; its responses are not waited for. */
      readonly auto_enquire_link_period?: number;
    };

    type Encoding = {
      /** Whether every character is in the alphabet. */
      match(text: string): boolean;
      encode(text: string): Buffer;
      decode(octets: Buffer): string;
    };

    /** Opens a session; `onConnected` is called on `connect`, with `tls` on `secureConnect`. */
    function connect(options: ConnectOptions, onConnected?: () => void): Session;
    /** `ASCII` is the GSM 7-bit default alphabet with its extension, one octet a septet (SMPP 3.4 §5.2.19, 0 and 1). */
    const encodings: {
      readonly ASCII: Encoding;
      readonly LATIN1: Encoding;
      readonly UCS2: Encoding;
    };
    /** `command_status` by its name in SMPP 3.4 §5.1.3, such as `ESME_RTHROTTLED`. */
    const errors: Readonly<Record<string, number>>;
    const commands: Readonly<Record<string, { readonly id: number }>>;
  }
  export default smpp;
}
