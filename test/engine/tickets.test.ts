import { describe, expect, it } from 'vitest';
import { Tickets } from '../../src/engine/tickets.ts';

describe('tickets', () => {
  it('are valid from their issue until they are taken back', () => {
    const tickets = new Tickets(2);
    const ticket = tickets.issue(1);
    expect(tickets.isValid(1, ticket)).toBe(true);
    tickets.revoke(1);
    expect(tickets.isValid(1, ticket)).toBe(false);
  });

  it('are void once the slot has a newer one', () => {
    const tickets = new Tickets(1);
    const older = tickets.issue(0);
    const newer = tickets.issue(0);
    expect([tickets.isValid(0, older), tickets.isValid(0, newer)]).toEqual([false, true]);
  });

  it('are no other slot’s', () => {
    const tickets = new Tickets(2);
    const ticket = tickets.issue(0);
    tickets.issue(1);
    expect([tickets.isValid(0, ticket), tickets.isValid(1, ticket)]).toEqual([true, false]);
  });

  it('stay valid when room is made for more slots', () => {
    const tickets = new Tickets(1);
    const ticket = tickets.issue(0);
    tickets.resize(4);
    expect([tickets.isValid(0, ticket), tickets.isValid(3, tickets.issue(3))]).toEqual([
      true,
      true,
    ]);
  });
});
