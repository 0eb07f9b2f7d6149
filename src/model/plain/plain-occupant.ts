/** Whose system has the memory of the plain flow: one at a time in each thread. */

export interface Occupant {
  /** The memory is this system's from now on. */
  moveIn(): void;
  /** Another system wants the memory: keeps a copy of what is there. */
  moveOut(): void;
}

let occupant: Occupant | null = null;

/** Gives the memory to a system, unless it has it already. */
export function takeMemory(system: Occupant): void {
  if (occupant === system) return;
  occupant?.moveOut();
  occupant = system;
  system.moveIn();
}
