/** Column shapes that several entities share, and the database's own time as a value. */

import { p, sql } from '@mikro-orm/core';

export const id = () => p.uuid().primary().defaultRaw('gen_random_uuid()');
export const time = () => p.datetime().columnType('timestamptz');
export const timeOfInsert = () => time().defaultRaw('now()');
/** When the transaction began, by the database's clock. */
export const now = () => sql.now();
/** So long after `now`. */
export const minutesFromNow = (minutes: number) => sql`now() + make_interval(mins => ${minutes})`;
/** A bigint that stays far below 2^53. */
export const sequenceNumber = () => p.bigint('number');
