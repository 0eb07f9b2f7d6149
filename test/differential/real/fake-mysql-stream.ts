import { EventEmitter } from 'node:events';
import type { Connection, FakeDatabase } from './fake-database.ts';

/**
 * The socket that mysql2 would have opened, with the smallest server behind it that lets a client in: it
 * greets when the connect time is over, and says OK to whatever the client answers.
 */
export class FakeMysqlStream extends EventEmitter {
  private readonly database: FakeDatabase;
  private connection: Connection | undefined;

  constructor(database: FakeDatabase) {
    super();
    this.database = database;
    database.attempt((connection) => {
      this.connection = connection;
      if (connection === undefined) this.emit('error', new Error('connect ECONNREFUSED'));
      else this.emit('data', GREETING);
    });
  }

  /** Later, because the client writes before it is ready to read the answer. */
  write(): void {
    process.nextTick(() => this.emit('data', OK));
  }

  /** mysql2 ends the stream of a failed attempt, too, which was never a connection. */
  end(): void {
    if (this.connection !== undefined) this.database.close();
  }
}

/** Capabilities: protocol of MySQL 4.1, and a challenge of 20 bytes. */
const GREETING = packet(0, [
  [10, ...Buffer.from('8.0.0-fake\0')],
  [1, 0, 0, 0],
  zeros(8 + 1),
  [0x00, 0x82],
  [33, 2, 0, 0, 0],
  zeros(1 + 10),
  zeros(12 + 1),
]);

/** No rows, no insert id, autocommit, no warnings. */
const OK = packet(2, [[0, 0, 0, 2, 0, 0, 0]]);

/** https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html */
function packet(sequence: number, parts: readonly (readonly number[])[]): Buffer {
  const payload = parts.flat();
  return Buffer.from([payload.length, 0, 0, sequence, ...payload]);
}

function zeros(n: number): number[] {
  return Array.from({ length: n }, () => 0);
}
