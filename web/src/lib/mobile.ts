/**
 * A mobile number of mainland China, however people write it or their phone copies it: with blanks, dashes, dots or
 * brackets between, +86 or 0086 before, in full-width digits, between marks of the direction of writing. The server reads
 * it by the same rule (Mobile.java), and both are tested by one table.
 */
const BETWEEN = /[\p{Z}\p{Cf}\p{Pd}\t\r\n.()]+/gu;
const FORM = /^(?:\+86|0086|86)?(1[3-9][0-9]{9})$/;

/** How long a typed number may be; what is longer is none. */
export const TYPED_MOBILE = 128;

/** The eleven digits; undefined when it is no mobile number. */
export function mobileIn(typed: string): string | undefined {
  if (typed.length > TYPED_MOBILE) return undefined;
  return FORM.exec(typed.normalize('NFKC').replace(BETWEEN, ''))?.[1];
}
