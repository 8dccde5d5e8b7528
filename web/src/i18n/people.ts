/** The names that the server gives: RegisterAccount's to whoever has chosen none, and that of a deleted account. */
const NONE = /^住客([a-z0-9]{8})$/;
const DELETED = '已注销用户';

/** Such a name in English; a name that somebody chose stays as it is. */
export function personInEnglish(name: string): string {
  return name === DELETED ? 'Deleted member' : name.replace(NONE, 'Member $1');
}
