/** The nightly run takes the same tests at larger sizes. */
export const isNightly = process.env['TIDEMARK_NIGHTLY'] === '1';
