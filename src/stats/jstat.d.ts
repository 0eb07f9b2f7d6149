/** jstat ships no types; this is all of it that is used. */
declare module 'jstat' {
  const jStat: {
    /** Student's t distribution with `dof` degrees of freedom. */
    readonly studentt: {
      /** The value that it stays below with probability `p`. */
      inv(p: number, dof: number): number;
      /** Its density. */
      pdf(x: number, dof: number): number;
    };
  };
  export = jStat;
}
